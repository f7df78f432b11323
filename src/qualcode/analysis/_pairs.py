"""Which spans stand in a relation: found by sorting and searching, never by trying all pairs.

Every function takes arrays with a place for each span and gives two arrays of places, one pair a
row. Spans are half-open and have at least one code point. `group` says which spans may be related
at all: those of one interview.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints: TypeAlias = NDArray[np.int64]
    Pairs: TypeAlias = tuple[Ints, Ints]

__all__ = ["near_pairs", "nested_pairs", "overlap_pairs", "sequel_pairs"]


def overlap_pairs(group: Ints, start: Ints, end: Ints) -> Pairs:
    """Find the spans that share a code point, each pair once.

    Parameters
    ----------
    group, start, end : array of int, shape (spans,)
        Group, and half-open span.

    Returns
    -------
    tuple of array of int, shape (pairs,)
        Places of the one and the other, in no order that means anything.

    Examples
    --------
    >>> group, start, end = np.array([0, 0, 0, 1]), np.array([0, 4, 9, 0]), np.array([5, 9, 12, 20])
    >>> [places.tolist() for places in overlap_pairs(group, start, end)]
    [[0], [1]]
    """
    starts, ends = _on_one_line(group, start, end)
    order = np.argsort(starts, kind="stable")
    starts, ends = starts[order], ends[order]
    # What begins later overlaps exactly if it begins before the end.
    after = np.arange(1, len(starts) + 1)
    upto = np.searchsorted(starts, ends, side="left")
    one, other = _spread(after, np.maximum(upto, after))
    return order[one], order[other]


def near_pairs(group: Ints, first: Ints, last: Ints, within: int) -> Pairs:
    """Find the spans at most so many turns apart, each pair once; 0 is in the same turn.

    `first` and `last` are the turns that a span begins and ends in.
    """
    return overlap_pairs(group, first, last + within + 1)


def nested_pairs(group: Ints, start: Ints, end: Ints) -> Pairs:
    """Find the spans that lie inside a longer one: (inner, outer)."""
    one, other = overlap_pairs(group, start, end)
    inner, outer = np.concatenate([one, other]), np.concatenate([other, one])
    inside = (start[outer] <= start[inner]) & (end[inner] <= end[outer])
    longer = end[outer] - start[outer] > end[inner] - start[inner]
    return inner[inside & longer], outer[inside & longer]


def sequel_pairs(
    group: Ints, start: Ints, end: Ints, first: Ints, last: Ints, within: int
) -> Pairs:
    """Find for each span what begins next after its end: (earlier, later).

    Several that begin at one place are all next. One that begins more than `within` turns after
    the end is not.
    """
    starts, ends = _on_one_line(group, start, end)
    order = np.argsort(starts, kind="stable")
    sorted_starts = starts[order]
    found = np.searchsorted(sorted_starts, ends, side="left")
    following = np.append(sorted_starts, 0)[found]
    upto = np.where(
        found < len(starts), np.searchsorted(sorted_starts, following, side="right"), found
    )
    earlier, place = _spread(found, upto)
    later = order[place]
    keep = (group[earlier] == group[later]) & (first[later] - last[earlier] <= within)
    return earlier[keep], later[keep]


def _on_one_line(group: Ints, start: Ints, end: Ints) -> Pairs:
    """Put the groups one behind the other, so that no span reaches into the next group."""
    room = int(end.max(initial=0)) + 1
    return start + group * room, end + group * room


def _spread(lower: Ints, upper: Ints) -> Pairs:
    """Pair each row with all places from its lower to its upper bound."""
    counts = upper - lower
    rows = np.repeat(np.arange(len(lower)), counts)
    behind = np.cumsum(counts) - counts  # pairs of the rows before
    return rows, np.arange(len(rows)) - behind[rows] + lower[rows]
