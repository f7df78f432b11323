"""Lists for a coder to look at: nothing here changes a coding."""
