"""Passages as arrays: spans on one line on which all transcripts stand one behind the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qualcode.analysis._pairs import overlap_pairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]

__all__ = ["Leaves", "Passages", "cross_pairs", "inside", "touched"]

_NONE = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Leaves:
    """What a query found: codings and words. `row` is the coding's place, -1 for words."""

    start: Ints
    end: Ints
    row: Ints

    @classmethod
    def joined(cls, several: list[Leaves]) -> Leaves:
        """Put together what several queries found; what is found twice counts once."""
        if not several:
            return cls(_NONE, _NONE, _NONE)
        columns = [
            np.concatenate([getattr(one, name) for one in several])
            for name in ("start", "end", "row")
        ]
        return cls(*np.unique(np.stack(columns), axis=1))

    def only(self, keep: Mask) -> Leaves:
        """Keep some."""
        return Leaves(self.start[keep], self.end[keep], self.row[keep])


@dataclass(frozen=True, eq=False)
class Passages:
    """Spans that answer a query, each once and in order, and what they hold.

    Parameters
    ----------
    start, end : array of int, shape (passages,)
        Half-open, never empty; they may overlap.
    leaves : Leaves
        The codings and words that make them answers.
    """

    start: Ints
    end: Ints
    leaves: Leaves

    @classmethod
    def of(cls, start: Ints, end: Ints, leaves: Leaves | None = None) -> Passages:
        """Make passages of spans in any order, some of them perhaps twice."""
        spans = np.unique(np.stack([start, end]).astype(np.int64), axis=1)
        return cls(spans[0], spans[1], leaves or Leaves.joined([]))

    @classmethod
    def found(cls, start: Ints, end: Ints, row: Ints | None = None) -> Passages:
        """Make passages of codings or words that were found."""
        rows = np.full(len(start), -1) if row is None else row
        return cls.of(start, end, Leaves.joined([Leaves(start, end, rows)]))

    def only(self, keep: Mask) -> Passages:
        """Keep some passages, and what was found in them."""
        start, end = self.start[keep], self.end[keep]
        return Passages(start, end, self.leaves.only(touched(self.leaves, start, end)))


def touched(units: Leaves | Passages, start: Ints, end: Ints) -> Mask:
    """Say of each unit whether any of the spans shares a code point with it.

    Of the spans that begin before a unit's end, those that have ended by its start do not.
    """
    begun = np.searchsorted(np.sort(start), units.end, side="left")
    ended = np.searchsorted(np.sort(end), units.start, side="right")
    return begun > ended


def inside(inner: Passages | Leaves, outer: Passages) -> Mask:
    """Say of each span whether it lies inside one of the others, or is the same."""
    reached = np.maximum.accumulate(outer.end) if len(outer.end) else outer.end
    before = np.searchsorted(outer.start, inner.start, side="right")
    return np.append(reached, -1)[before - 1] >= inner.end


def cross_pairs(one: Passages, other: Passages | Leaves) -> tuple[Ints, Ints]:
    """Find which of the one share a code point with which of the other."""
    count = len(one.start)
    start = np.concatenate([one.start, other.start])
    end = np.concatenate([one.end, other.end])
    left, right = overlap_pairs(np.zeros_like(start), start, end)
    left, right = np.minimum(left, right), np.maximum(left, right)
    across = (left < count) & (right >= count)
    return left[across], right[across] - count
