"""Run the command line as ``python -m qualcode.cli``."""

from __future__ import annotations

from qualcode.cli import main

main()
