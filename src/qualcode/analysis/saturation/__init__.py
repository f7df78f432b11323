"""Whether more interviews would bring more codes."""
