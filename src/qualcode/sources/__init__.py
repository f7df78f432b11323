"""Files from outside become transcripts: one file format a module."""
