"""Passages found by what they hold: codes, words, who speaks."""
