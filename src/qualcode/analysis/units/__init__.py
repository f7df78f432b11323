"""Text cut into units, and what each coder made of them."""
