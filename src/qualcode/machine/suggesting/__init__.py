"""Offers learned from a coder's codings, and how far they can be trusted."""
