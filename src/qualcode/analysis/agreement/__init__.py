"""Whether coders agree: measures, tables, and where they part."""
