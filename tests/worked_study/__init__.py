"""The worked study itself: its interviews, codings, codebook, claims and figures."""
