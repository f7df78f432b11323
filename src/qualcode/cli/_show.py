"""What commands print: text from outside is shown as text, never as markup."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from qualcode.errors import Fault

__all__ = [
    "complain",
    "count",
    "printable",
    "say",
    "show",
    "show_faults",
    "show_text",
    "show_warning",
    "show_written",
]


def show_warning(message: Warning | str, *_: Any) -> None:
    """Print a warning as a line of its own, without a place in the program."""
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    console.print(Text.assemble(("Warning  ", "yellow"), printable(str(message))))


def complain(message: str) -> None:
    """Print an error; it comes from outside in part, so it is text and never markup."""
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    console.print(Text.assemble(("qualcode: ", "bold red"), printable(message)))


def count(number: int, noun: str) -> str:
    """Write a number and its noun, which is given for many."""
    return f"{number:,} {noun.removesuffix('s') if number == 1 else noun}"


def say(text: str) -> None:
    """Print a line as it is."""
    Console(soft_wrap=True, highlight=False).print(Text(printable(text)))


def printable(text: str) -> str:
    """Show control characters instead of sending them to the terminal."""
    return "".join(c if c.isprintable() or c == "\n" else ascii(c)[1:-1] for c in text)


def show(renderable: RenderableType) -> None:
    """Print a table or a group of lines."""
    Console(highlight=False).print(renderable)


def show_faults(kind: str, faults: Sequence[Fault], *, style: str) -> None:
    """List faults or notes, a line each."""
    console = Console(soft_wrap=True, highlight=False)
    for fault in faults:
        console.print(Text.assemble((f"{kind}  ", style), printable(str(fault))))


def show_text(text: str, out: Path | None) -> None:
    """Write a page to a file, or to the screen."""
    if out is None:
        typer.echo(text, nl=False)
        return
    from qualcode._files import write_whole
    from qualcode.errors import ExportError

    write_whole(out, text.encode(), error=ExportError)
    show_written([out])


def show_written(paths: Sequence[Path]) -> None:
    """Say what was written, a row a folder; files that differ in their ending are named once."""
    table = Table("folder", "files", "names", box=None, pad_edge=False)
    folders: dict[Path, list[str]] = {}
    for path in paths:
        folders.setdefault(path.parent, []).append(path.stem)
    for folder, stems in folders.items():
        names = ", ".join(dict.fromkeys(stems))
        table.add_row(Text(printable(str(folder))), str(len(stems)), Text(printable(names)))
    if paths:
        Console(highlight=False).print(table)
    say(f"{len(paths):,} files written")
