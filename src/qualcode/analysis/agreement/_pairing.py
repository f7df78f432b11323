"""Pair two coders' codings of one transcript: each stands in exactly one pair, or alone.

What is surest is paired first: one code on one side of the question, on the same words before
words that overlap; then one code on both sides; then other codes. Within each step a sweep from
left to right gives a coding the open partner that ends first, which leaves the later partners to
later codings. Everything is sorted by place, code and id, and neither coder is asked first, so
that swapping the coders swaps the pairs and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from heapq import heappop, heappush

__all__ = ["AGREE", "IN_PART", "ONE_ONLY", "OTHER_CODE", "STANCE", "Mark", "Pair", "pair_marks"]

AGREE = "agree"
IN_PART = "agree in part"
STANCE = "for or against"
OTHER_CODE = "other code"
ONE_ONLY = "one only"


@dataclass(frozen=True, slots=True)
class Mark:
    """What pairing needs of a coding: its words, its code, and whether it is contrary."""

    start: int
    end: int
    code: str
    id: str
    contrary: bool = False

    @property
    def order(self) -> tuple[int, int, str, str]:
        """What marks are sorted by."""
        return self.start, self.end, self.code, self.id


@dataclass(frozen=True, slots=True)
class Pair:
    """What two coders made of one passage; one of the two may have nothing there."""

    first: Mark | None
    second: Mark | None

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The codings there are, the first coder's first."""
        return tuple(mark for mark in (self.first, self.second) if mark is not None)

    @property
    def kind(self) -> str:
        """How the two stand to each other."""
        if self.first is None or self.second is None:
            return ONE_ONLY
        if self.first.code != self.second.code:
            return OTHER_CODE
        if self.first.contrary != self.second.contrary:
            return STANCE
        same = (self.first.start, self.first.end) == (self.second.start, self.second.end)
        return AGREE if same else IN_PART

    @property
    def narrower(self) -> Mark | None:
        """The mark that lies inside the other; of equals the first; None if they cross."""
        if self.first is None or self.second is None:
            return None
        one, other = sorted(self.marks, key=lambda mark: mark.end - mark.start)
        return one if other.start <= one.start and one.end <= other.end else None

    @property
    def order(self) -> tuple[tuple[int, int, str, str], ...]:
        """What pairs are sorted by, whoever is first."""
        return tuple(sorted(mark.order for mark in self.marks))


Key = Callable[[Mark], Hashable]
Step = Callable[[list[Mark], list[Mark], Key], list[Pair]]


def pair_marks(first: Iterable[Mark], second: Iterable[Mark]) -> list[Pair]:
    """Pair two coders' marks of one transcript, in the order of the text."""
    left = (sorted(first, key=_by_order), sorted(second, key=_by_order))
    pairs: list[Pair] = []
    # What is surest comes first; the last key is the same for all.
    steps: list[tuple[Step, Key]] = [
        (_equal, lambda mark: (mark.start, mark.end, mark.code, mark.contrary)),
        (_overlapping, lambda mark: (mark.code, mark.contrary)),
        (_equal, lambda mark: (mark.start, mark.end, mark.code)),
        (_overlapping, lambda mark: mark.code),
        (_equal, lambda mark: (mark.start, mark.end)),
        (_overlapping, lambda _: None),
    ]
    for step, key in steps:
        found = step(*left, key)
        pairs += found
        left = (
            _without(left[0], {pair.first for pair in found}),
            _without(left[1], {pair.second for pair in found}),
        )
    pairs += [Pair(mark, None) for mark in left[0]] + [Pair(None, mark) for mark in left[1]]
    return sorted(pairs, key=lambda pair: pair.order)


def _by_order(mark: Mark) -> tuple[int, int, str, str]:
    return mark.order


def _without(marks: list[Mark], paired: set[Mark | None]) -> list[Mark]:
    return [mark for mark in marks if mark not in paired]


def _grouped(marks: Iterable[Mark], key: Key) -> dict[Hashable, list[Mark]]:
    groups: dict[Hashable, list[Mark]] = {}
    for mark in marks:
        groups.setdefault(key(mark), []).append(mark)
    return groups


def _equal(first: list[Mark], second: list[Mark], key: Key) -> list[Pair]:
    """Pair the marks that have one key, in order."""
    there = _grouped(second, key)
    return [
        Pair(*both)
        for name, marks in _grouped(first, key).items()
        for both in zip(marks, there.get(name, ()), strict=False)
    ]


def _overlapping(first: list[Mark], second: list[Mark], key: Key) -> list[Pair]:
    """Pair the marks that have one key and share words."""
    there = _grouped(second, key)
    return [
        pair
        for name, marks in _grouped(first, key).items()
        if name in there
        for pair in _sweep(marks, there[name])
    ]


def _sweep(first: list[Mark], second: list[Mark]) -> list[Pair]:
    """Go through both from left to right; whoever comes takes the open one that ends first."""
    pairs: list[Pair] = []
    open_: tuple[list[tuple[int, str, Mark]], ...] = ([], [])  # heaps, by end
    coming = [(mark.order, 0, mark) for mark in first] + [(mark.order, 1, mark) for mark in second]
    for _, side, mark in sorted(coming, key=lambda one: one[0]):
        others = open_[1 - side]
        while others and others[0][0] <= mark.start:
            heappop(others)
        if not others:
            heappush(open_[side], (mark.end, mark.id, mark))
            continue
        other = heappop(others)[2]
        pairs.append(Pair(mark, other) if side == 0 else Pair(other, mark))
    return pairs
