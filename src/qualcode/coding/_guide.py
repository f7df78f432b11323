"""Where words should be by now, judged by the codings around them that were found for certain."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

__all__ = ["Anchor", "Expected", "Guide"]


@dataclass(frozen=True, slots=True, order=True)
class Anchor:
    """Words that stood at one place, and now stand at one other."""

    old: int
    new: int
    length: int

    @property
    def shift(self) -> int:
        """By how much the words have moved."""
        return self.new - self.old

    def holds(self, start: int, end: int) -> bool:
        """Tell whether a span lies within these words, and is not the whole of them."""
        reach = self.old + self.length
        return self.old <= start and end <= reach and end - start < self.length


@dataclass(frozen=True, slots=True)
class Expected:
    """Where a span should begin by now.

    If text was only put in or only taken out between the anchors before and after, the start is
    from `low` to `high`. `is_sure` where both moved equally, or one anchor holds the whole span.
    From `first` to `last` is the room that the order of the text leaves.
    """

    low: int
    high: int
    is_sure: bool
    is_between: bool
    first: int
    last: int

    def distance(self, start: int) -> int:
        """How far a start is from where it should be."""
        return max(self.low - start, start - self.high, 0)


class Guide:
    """Anchors of one transcript that kept their order."""

    def __init__(self, anchors: Iterable[Anchor], length: int) -> None:
        self._length = length
        self._chain = _longest_rising(sorted(set(anchors)))
        self._starts = [anchor.old for anchor in self._chain]
        # For each place in the chain, the anchor up to there that reaches farthest.
        self._widest = list(accumulate(self._chain, _farther))

    def expect(self, start: int, end: int) -> Expected:
        """Say where a span of the old text should begin. Its own anchor is not asked."""
        upto = bisect_right(self._starts, start)
        holding = self._widest[upto - 1] if upto else None
        if holding is not None and holding.holds(start, end):
            place = start + holding.shift
            return Expected(place, place, True, True, place, place + end - start)
        left = self._next(range(upto - 1, -1, -1), start, end)
        right = self._next(range(bisect_left(self._starts, start), len(self._chain)), start, end)
        # The text begins where it began, unless something was put before it.
        shifts = [0 if left is None else left.shift]
        shifts += [] if right is None else [right.shift]
        both = left is not None and right is not None
        return Expected(
            start + min(shifts),
            start + max(shifts),
            both and min(shifts) == max(shifts),
            both,
            0 if left is None else left.new,
            self._length if right is None else right.new + right.length,
        )

    def _next(self, places: Iterable[int], start: int, end: int) -> Anchor | None:
        for place in places:
            anchor = self._chain[place]
            if (anchor.old, anchor.length) != (start, end - start):
                return anchor
        return None


def _farther(one: Anchor, two: Anchor) -> Anchor:
    return two if two.old + two.length > one.old + one.length else one


def _longest_rising(anchors: list[Anchor]) -> list[Anchor]:
    """Keep the most anchors whose new places rise as their old ones do (patience sorting)."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, anchor in enumerate(anchors):
        pile = bisect_right(tails, anchor.new)
        before.append(ends[pile - 1] if pile else -1)
        tails[pile : pile + 1] = [anchor.new]
        ends[pile : pile + 1] = [place]
    chain = []
    place = ends[-1] if ends else -1
    while place >= 0:
        chain.append(anchors[place])
        place = before[place]
    return chain[::-1]
