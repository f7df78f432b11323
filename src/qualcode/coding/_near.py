"""Find words that are nearly the same."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

__all__ = ["Found", "alike_at", "best_elsewhere", "find_near"]

# Places where one kind of character ends and another begins.
_EDGE = re.compile(r"(?<=\w)(?!\w)|(?<!\w)(?=\w)|(?<=\s)(?=\S)|(?<=\S)(?=\s)")
_REACH = 12
_PIECE = 40
_SHORT = 20
_FEW = 12
# The time to look for words rises with the square of their length: of longer ones than this the
# first and the last are looked for.
_LONG = 400
_LONG_PIECE = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A place in the text, and how alike its words are, 0 to 1."""

    start: int
    end: int
    score: float = 1.0


def find_near(words: str, text: str) -> Found | None:
    """Find the place most like some words, and let it begin and end where words do."""
    rough = _find_rough(words, text, 0.5)
    if rough is None:
        return None
    room = max(_SHORT, min(len(words), _LONG) // 3)
    left = max(0, rough.start - room)
    region = text[left : rough.end + room]
    start, end = _ends_in(words, region)
    starts, ends = _edges(region, start), _edges(region, end)
    if len(words) > _LONG:
        head, tail = words[:_LONG_PIECE], words[-_LONG_PIECE:]
        starts = [max(starts, key=lambda a: fuzz.ratio(head, region[a : a + _LONG_PIECE]))]
        ends = [max(ends, key=lambda b: fuzz.ratio(tail, region[max(0, b - _LONG_PIECE) : b]))]
    pairs = [(a, b) for a in starts for b in ends if a < b] or [(start, end)]
    # Of two that are equally alike, the shorter.
    score, _, a, b = max((fuzz.ratio(words, region[a:b]), a - b, a, b) for a, b in pairs)
    return Found(left + a, left + b, score / 100)


def best_elsewhere(words: str, text: str, place: Found, *, least: float) -> Found | None:
    """Find the place most like some words beside a place found, if it is like enough."""
    best = None
    for offset, part in ((0, text[: place.start]), (place.end, text[place.end :])):
        # A part shorter than the words would be the one sought in the other.
        rough = _find_rough(words, part, least) if len(part) >= len(words) else None
        if rough is not None and (best is None or rough.score > best.score):
            best = Found(offset + rough.start, offset + rough.end, rough.score)
    return best


def alike_at(words: str, text: str, start: int) -> bool:
    """Tell whether the words that begin at a place look like an edit of some words.

    A likeness tells little of a few words, but an edit mostly leaves their first letters.
    """
    if start < 0:
        return False
    there = text[start : start + len(words)]
    if len(words) >= _SHORT:
        return fuzz.ratio(words, there, score_cutoff=75) > 0
    begins = not text[max(0, start - 1) : start].isalnum()
    same = 1 if len(words) < _FEW else 3
    return (begins and words[:same] == there[:same]) or fuzz.ratio(words, there) >= 65


def _find_rough(words: str, text: str, least: float) -> Found | None:
    """Find about where words like these stand, in as many characters as they have."""
    if len(words) > _LONG:
        first = _find_rough(words[:_LONG_PIECE], text, least)
        last = _find_rough(words[-_LONG_PIECE:], text, least)
        if first is None or last is None or last.end <= first.start:
            return None
        return Found(first.start, last.end, min(first.score, last.score))
    rough = fuzz.partial_ratio_alignment(words, text, score_cutoff=least * 100)
    if rough is None or rough.score < least * 100:
        return None
    return Found(rough.dest_start, rough.dest_end, rough.score / 100)


def _ends_in(words: str, region: str) -> tuple[int, int]:
    """Find where the first of the words begin, and where the last of them end."""
    head = _find_rough(words[:_PIECE], region, 0)
    tail = _find_rough(words[-_PIECE:], region, 0)
    return 0 if head is None else head.start, len(region) if tail is None else tail.end


def _edges(region: str, near: int) -> list[int]:
    low = max(0, near - _REACH)
    edges = [low + found.start() for found in _EDGE.finditer(region[low : near + _REACH])]
    return edges or [near]
