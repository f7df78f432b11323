"""How many of two coders' codings have one another's words, for rows of the table of agreement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from qualcode.analysis.agreement._span_scores import span_f1

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.analysis.units._unit_frame import UnitTable

__all__ = ["Spans", "matched", "spans_of"]

_ANY = 1e-12  # the least share of overlap: a single code point in the longest of transcripts


class Spans(NamedTuple):
    """F1 of spans that are the same and of spans that share a code point, and how many there are."""

    exact: float
    overlap: float
    codings: int


def spans_of(table: UnitTable, rows: NDArray[Any]) -> Spans:
    """Match two coders' codings, of those chosen, in transcripts that both have read.

    What one coder gave twice to the same words, as codes below one theme, counts once.
    """
    marks = table.marks
    at = np.searchsorted(table.places.base, marks.start, side="right") - 1
    kept = rows & table.read.all(axis=0)[at] if len(at) else rows
    columns = (
        column[kept].tolist() for column in (marks.coder, marks.start, marks.end, marks.code)
    )
    continua: tuple[set[tuple[int, int, int]], ...] = (set(), set())
    for coder, *span in zip(*columns, strict=True):
        continua[coder].add((span[0], span[1], span[2]))
    sides = [sorted(spans) for spans in continua]
    exact, overlap = (span_f1(sides, overlap=share).value for share in (None, _ANY))
    return Spans(exact, overlap, sum(map(len, sides)))


def matched(spans: Sequence[Spans]) -> dict[str, list[float]]:
    """Give the columns of the table."""
    return {
        "span_f1": [one.exact for one in spans],
        "overlap_f1": [one.overlap for one in spans],
    }
