"""Spans of a text cut into pieces, and laid side by side in lanes.

Nothing here knows of codes or pages. A span is half-open ``(start, end)`` in code points; spans
are told apart by their place in the list. All work grows with the spans, never with the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from heapq import heappop, heappush
from itertools import pairwise
from typing import NamedTuple

__all__ = ["Piece", "Span", "assign_lanes", "cut_pieces", "share_out"]

Span = tuple[int, int]


class Piece(NamedTuple):
    """A part of a text with the spans, by number, that cover the whole of it."""

    start: int
    end: int
    over: tuple[int, ...]


def cut_pieces(spans: Sequence[Span], start: int, end: int) -> list[Piece]:
    """Cut the text from `start` to `end` wherever one of the spans begins or ends.

    Examples
    --------
    >>> for piece in cut_pieces([(0, 5), (3, 9)], 1, 12):
    ...     print(*piece)
    1 3 (0,)
    3 5 (0, 1)
    5 9 (1,)
    9 12 ()
    """
    opened: dict[int, list[int]] = {}
    closed: dict[int, list[int]] = {}
    for number, span in enumerate(spans):
        first, last = max(span[0], start), min(span[1], end)
        if first < last:
            opened.setdefault(first, []).append(number)
            closed.setdefault(last, []).append(number)
    pieces = []
    over: set[int] = set()
    for here, there in pairwise(sorted({start, end, *opened, *closed})):
        over.difference_update(closed.get(here, ()))
        over.update(opened.get(here, ()))
        pieces.append(Piece(here, there, tuple(sorted(over))))
    return pieces


def assign_lanes(spans: Sequence[Span], *, gap: int = 0) -> list[int]:
    """Give each span the lowest lane in which none of the others is in its way.

    Spans in one lane lie at least `gap` apart. Of spans that begin together the longest comes
    first.

    Examples
    --------
    >>> assign_lanes([(0, 5), (3, 9), (5, 7), (9, 12)])
    [0, 1, 0, 0]
    >>> assign_lanes([(0, 5), (5, 9)], gap=1)
    [0, 1]
    """
    lanes = [0] * len(spans)
    busy: list[tuple[int, int]] = []  # where the lane's last span ends, the lane
    free: list[int] = []
    for number in sorted(range(len(spans)), key=lambda n: (spans[n][0], -spans[n][1])):
        start, end = spans[number]
        while busy and busy[0][0] + gap <= start:
            heappush(free, heappop(busy)[1])
        lanes[number] = heappop(free) if free else len(busy)
        heappush(busy, (end, lanes[number]))
    return lanes


def share_out(spans: Sequence[Span], places: Sequence[Span]) -> list[list[int]]:
    """Tell which spans touch each of some places, which stand in order and do not overlap.

    A span that touches none goes to the next place, or to the last: beside the words stand the
    time and the label before them.

    Examples
    --------
    >>> share_out([(2, 12), (6, 8)], [(0, 5), (10, 20)])
    [[0], [0, 1]]
    """
    shares: list[list[int]] = [[] for _ in places]
    starts = [place[0] for place in places]
    for number, (start, end) in enumerate(spans):
        here = max(bisect_right(starts, start) - 1, 0)
        found = []
        while here < len(places) and starts[here] < end:
            if max(start, starts[here]) < min(end, places[here][1]):
                found.append(here)
            here += 1
        beside = min(bisect_right(starts, start), len(places) - 1)
        for place in found or [beside][: len(places)]:
            shares[place].append(number)
    return shares
