"""The words of a framework matrix that every kind of file shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode._text import clean

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Grid", "Quote", "TextCell", "grid_of"]

_HEADS = {"body": "Body", "transcript": "Interview", "speaker": "Person"}
_NO_CASE = "no body given"
NOTHING = "–"


@dataclass(frozen=True)
class Quote:
    """One quote of a cell: its number in the file, its words, who and where."""

    number: int
    words: str
    source: str
    coding_id: str


@dataclass(frozen=True)
class TextCell:
    """One cell as it is read: the researcher's summary, what stands behind it, and the quotes."""

    case: str
    theme: str
    summary: str
    facts: str
    quotes: tuple[Quote, ...]

    @property
    def text(self) -> str:
        """The cell without its quotes."""
        return "\n".join(part for part in (self.summary, self.facts) if part) or NOTHING


@dataclass(frozen=True)
class Grid:
    """A whole matrix as it is read: the word for its cases, the heads, and a row of cells a case."""

    head: str
    cases: tuple[str, ...]
    themes: tuple[str, ...]
    rows: tuple[tuple[TextCell, ...], ...]

    @property
    def quotes(self) -> tuple[tuple[TextCell, Quote], ...]:
        """All quotes with their cells, in the order of their numbers."""
        return tuple((cell, one) for row in self.rows for cell in row for one in cell.quotes)


def grid_of(matrix: pd.DataFrame) -> Grid:
    """Lay the frame ``framework`` out; quotes are numbered row by row."""
    records = matrix.to_dict("records")
    cases = tuple(dict.fromkeys(row["case"] for row in records))
    names = {row["theme_id"]: clean(row["theme"]) for row in records}
    cells: dict[tuple[str, str], TextCell] = {}
    number = 0
    for row in records:
        cells[row["case"], row["theme_id"]] = _cell(row, number)
        number += len(row["quotes"])
    kind = records[0]["kind"] if records else "body"
    return Grid(
        _HEADS.get(kind, kind),
        tuple(clean(case) or _NO_CASE for case in cases),
        tuple(names.values()),
        tuple(tuple(cells[case, code] for code in names) for case in cases),
    )


def _cell(row: Mapping[Any, Any], number: int) -> TextCell:
    several = zip(row["quotes"], row["sources"], row["coding_ids"], strict=True)
    quotes = tuple(
        Quote(number + place, clean(words), clean(source), coding_id)
        for place, (words, source, coding_id) in enumerate(several, start=1)
    )
    case, theme = clean(row["case"]) or _NO_CASE, clean(row["theme"])
    return TextCell(case, theme, clean(row["summary"]), _facts(row), quotes)


def _facts(row: Mapping[Any, Any]) -> str:
    """Say what stands behind a cell: ``3 codings, 2 people, 1 against; stale``."""
    if not row["codings"]:
        said = "no codings" if row["summary"] else ""
    else:
        counted = [(row["codings"], "coding", "codings"), (row["people"], "person", "people")]
        parts = [f"{number} {one if number == 1 else many}" for number, one, many in counted]
        against = row["contrary_people"]
        said = ", ".join([*parts, f"{against} against"] if against else parts)
    return f"{said}; summary stale" if row["stale"] else said
