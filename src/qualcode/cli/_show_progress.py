"""Show how far the notebooks are: a bar on a terminal, a line a notebook elsewhere."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

__all__ = ["show_progress"]

Tell = Callable[[str, int, int], None]


@contextmanager
def show_progress(notebooks: int) -> Iterator[Tell]:
    """Give a function to call with a notebook's name, its cells done and all its cells."""
    console = Console(highlight=False)
    if console.is_terminal and not os.environ.get("CI"):
        with _bars(console) as bars:
            yield _on_bars(bars)
    else:
        yield _on_lines(console, notebooks)


def _bars(console: Console) -> Progress:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("cells"),
    )
    return Progress(*columns, TimeElapsedColumn(), console=console)


def _on_bars(bars: Progress) -> Tell:
    """Show each run of a notebook as a bar of its own."""
    running: list[int] = []

    def tell(name: str, done: int, cells: int) -> None:
        if not running:
            running.append(bars.add_task(name, total=cells))
        bars.update(bars.tasks[-1].id, completed=done)
        if done == cells:
            running.clear()

    return tell


def _on_lines(console: Console, notebooks: int) -> Tell:
    """Print a line when a notebook is done."""
    started, count = time.monotonic(), 0

    def tell(name: str, done: int, cells: int) -> None:
        nonlocal count
        if done == cells:
            count += 1
            seconds = time.monotonic() - started
            console.print(f"  {count}/{notebooks}  {name}  ({seconds:.0f} s)", markup=False)

    return tell
