"""The command ``query``: passages found, on the screen or in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from qualcode.cli._options import Coder, Study  # noqa: TC001 - typer reads them at run time
from qualcode.cli._show import count, printable, say, show, show_written

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["query"]

_SHOWN = ("place", "speaker", "codes", "words")


def query(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="What to look for, in quotes.")],
    study: Study = Path(),
    coder: Coder = None,
    out: Annotated[
        Path | None, typer.Option(help="Write the passages here: .csv, .html or .docx.")
    ] = None,
) -> None:
    """Find the passages that answer a query, such as 'delay AND NOT "sorry"'.

    A code by its id, words in quotes, role:"Ward manager", coder:A, memo:"contrary*"; AND, OR, NOT,
    NEAR/2 (turns), WITHIN; (a AND b IN sentence), or turn, transcript, overlap.
    """
    from qualcode.analysis.queries.queries import query as find
    from qualcode.study import open_study

    opened = open_study(study)
    hits = find(opened, query, coder=coder)
    interviews = opened.interviews
    synthetic = interviews.loc[interviews["synthetic"], "transcript_id"]
    note = opened.settings.synthetic_label if hits["transcript_id"].isin(synthetic).any() else ""
    if out is None:
        show_hits(hits, note)
        return
    from qualcode.reporting.export import export

    show_written([export(hits, out, title=query, note=note)])


def show_hits(hits: pd.DataFrame, note: str) -> None:
    """Print the passages as a table, and how many there are."""
    table = Table(*_SHOWN, box=None, pad_edge=False)
    for row in hits[list(_SHOWN)].itertuples(index=False):
        table.add_row(*(Text(printable(text)) for text in row))
    if len(hits):
        show(table)
    found = count(len(hits), "passages")
    say(f"{found} in {count(hits['transcript_id'].nunique(), 'transcripts')}")
    if note:
        say(note)
