"""How quick qualcode is on a large study: run with ``make bench``."""
