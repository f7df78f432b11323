"""What is said of each code in a rendered codebook: its number, its place and its counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.errors import UnknownValueError

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.coding.codebook import Code, Codebook

__all__ = ["Counts", "Entry", "count_words", "make_entries", "size_words", "total_counts"]

_COLUMNS = ("code_id", "transcript_id", "body")
Row = tuple[str, str]


@dataclass(frozen=True)
class Counts:
    """How many codings, and in how many interviews and bodies."""

    codings: int
    interviews: int
    bodies: int


@dataclass(frozen=True)
class Entry:
    """One code with its number (``2.1``), its depth and its counts, if there are segments."""

    code: Code
    number: str
    depth: int
    has_children: bool
    own: Counts | None = None
    with_below: Counts | None = None


def make_entries(codebook: Codebook, segments: pd.DataFrame | None) -> list[Entry]:
    """Make the entries of a codebook in tree order."""
    rows = None if segments is None else _rows_by_code(codebook, segments)
    numbers: list[int] = []
    entries = []
    for code in codebook:
        depth = codebook.depth_of(code.id)
        numbers = [*numbers[:depth], numbers[depth] + 1 if depth < len(numbers) else 1]
        below = codebook.descendants(code.id)
        own = None if rows is None else _count(rows[code.id])
        all_below = None if rows is None else _count([row for one in below for row in rows[one]])
        number = ".".join(map(str, numbers))
        entries.append(Entry(code, number, depth, len(below) > 1, own, all_below))
    return entries


def total_counts(segments: pd.DataFrame) -> Counts:
    """Count all segments."""
    return _count([*zip(segments["transcript_id"], segments["body"], strict=True)])


def count_words(counts: Counts) -> str:
    """Say counts in words: ``1 coding · 1 interview · 1 body``."""
    words = (
        (counts.codings, "coding", "codings"),
        (counts.interviews, "interview", "interviews"),
        (counts.bodies, "body", "bodies"),
    )
    return " · ".join(f"{number:,} {one if number == 1 else many}" for number, one, many in words)


def _rows_by_code(codebook: Codebook, segments: pd.DataFrame) -> dict[str, list[Row]]:
    missing = [column for column in _COLUMNS if column not in segments.columns]
    if missing:
        what = f"the segments have no column {', '.join(missing)}"
        raise UnknownValueError(what, mend="give the frame that study.segments() returns")
    rows: dict[str, list[Row]] = {code.id: [] for code in codebook}
    columns = (segments[column] for column in _COLUMNS)
    for code_id, transcript_id, body in zip(*columns, strict=True):
        rows[codebook.resolve(code_id)].append((transcript_id, body))
    return rows


def _count(rows: list[Row]) -> Counts:
    bodies = {body for _, body in rows if isinstance(body, str) and body}
    return Counts(len(rows), len({transcript_id for transcript_id, _ in rows}), len(bodies))


def size_words(entries: Sequence[Entry], total: Counts | None) -> str:
    """Say how many codes and themes there are, and how much is coded."""
    themes = sum(entry.depth == 0 for entry in entries)
    codes = f"{len(entries)} code{'s' * (len(entries) != 1)}"
    words = f"{codes}, {themes} theme{'s' * (themes != 1)}"
    return words if total is None else f"{words}; {count_words(total)}"
