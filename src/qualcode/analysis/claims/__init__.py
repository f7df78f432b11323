"""What a report claims, and whether its evidence and its sums bear it."""
