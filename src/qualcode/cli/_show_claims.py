"""Show the verdicts on a report's claims in a terminal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["claims_shown", "claims_that_fell"]

_STYLES = {"holds": "green", "thin": "yellow", "not shown": "red", "": ""}
_BASES = (("transcripts", "in_transcripts"), ("report", "in_report"))


def claims_shown(table: pd.DataFrame) -> Group:
    """Lay the frame ``claim_table`` out: a row a claim, then a line of counts."""
    shown = Table("claim", "needs", "people", "bodies", "against", box=None, pad_edge=False)
    for name in ("transcripts", "footnotes", "report"):
        shown.add_column(name)
    for row in table.itertuples():
        shown.add_row(
            Text(str(row.claim)),
            Text(str(row.needs)),
            f"{row.people} of {row.of_people}",
            f"{row.bodies} of {row.of_bodies}",
            str(row.contrary_people),
            _verdict(row.in_transcripts),
            Text(str(row.footnotes)),
            _verdict(row.in_report),
        )
    counts = [Text(f"in the {basis}: {_counted(table[column])}") for basis, column in _BASES]
    return Group(shown, *counts)


def _verdict(verdict: Any) -> Text:
    return Text(str(verdict) or "–", style=_STYLES[str(verdict)])


def _counted(verdicts: pd.Series[Any]) -> str:
    counts = Counter(verdicts)
    named = [f"{counts[name]} {name}" for name in _STYLES if name and counts[name]]
    return ", ".join(named) or "nothing to judge by"


def claims_that_fell(table: pd.DataFrame) -> list[str]:
    """Say which claims have another verdict than they expect."""
    fallen = table[~table["stands"]].to_dict("records")
    return [
        f"claim {row['claim_id']} has another verdict than it expects: "
        f"{row['in_transcripts'] or '–'} in the transcripts, {row['in_report'] or '–'} in the report"
        for row in fallen
    ]
