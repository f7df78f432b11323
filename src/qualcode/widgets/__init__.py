"""What a researcher works with inside JupyterLab."""
