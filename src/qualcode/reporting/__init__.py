"""Tables, figures and documents made from frames."""
