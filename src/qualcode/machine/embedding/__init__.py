"""Texts as vectors: the models, how they are run, and what is kept of what they gave."""
