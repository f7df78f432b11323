"""What several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["Coder", "Study"]

Study = Annotated[Path, typer.Argument(metavar="STUDY", help="The study's folder.")]
Coder = Annotated[
    str | None,
    typer.Option(help="Whose codings.", show_default="the coder study.yaml names, else everybody"),
]
