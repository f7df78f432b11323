"""Show the verdicts on a report's claims in a terminal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from qualcode.analysis.claims.claim_summary import claim_summary

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["claims_shown", "claims_that_fell"]

_STYLES = {"holds": "green", "thin": "yellow", "not shown": "red", "": ""}
_BASES = (("transcripts", "in_transcripts"), ("report", "in_report"))


def claims_shown(table: pd.DataFrame) -> Group:
    """Lay the frame ``claim_table`` out: verdicts, claim and support, then a line of counts."""
    shown = Table("transcripts", "report", "claim and what bears it", box=None, pad_edge=False)
    for row in claim_summary(table).itertuples():
        support = [str(text) for text in (row.heard, row.attributed) if text]
        shown.add_row(
            _verdict(row.in_transcripts),
            _verdict(row.in_report),
            Group(
                Text(_headed(row), style="bold"),
                *(Text(text) for text in support),
                Text(f"needs {row.needs}\n", style="dim"),
            ),
        )
    counts = [Text(f"in the {basis}: {_counted(table[column])}") for basis, column in _BASES]
    return Group(shown, *counts)


def _headed(row: Any) -> str:
    """Give the claim; one that recommends says so."""
    return f"Recommendation: {row.claim}" if row.kind == "recommendation" else str(row.claim)


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
