"""Machine reading: what a machine offers, and a person decides on."""
