"""Passages that answer a question: by meaning, by words, or by both."""
