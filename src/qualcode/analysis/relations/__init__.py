"""Which codes go together, and in which order they come."""
