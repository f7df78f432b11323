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


@dataclass(frozen=True, slots=True)
class Found:
    """A place in the text, and how alike its words are, 0 to 1."""

    start: int
    end: int
    score: float = 1.0


def find_near(words: str, text: str) -> Found | None:
    """Find the place most like some words, and let it begin and end where words do."""
    rough = fuzz.partial_ratio_alignment(words, text, score_cutoff=50)
    if rough is None or not words.strip():
        return None
    room = max(_SHORT, len(words) // 3)
    left = max(0, rough.dest_start - room)
    region = text[left : rough.dest_end + room]
    start, end = _ends_in(words, region)
    pairs = [(a, b) for a in _edges(region, start) for b in _edges(region, end) if a < b]
    scored = [(fuzz.ratio(words, region[a:b]), a - b, a, b) for a, b in pairs or [(start, end)]]
    score, _, a, b = max(scored)
    return Found(left + a, left + b, score / 100)


def best_elsewhere(words: str, text: str, place: Found) -> tuple[float, int]:
    """Give the likeness, 0 to 1, and the place of the next best match beside one place."""
    best = (0.0, 0)
    for offset, part in ((0, text[: place.start]), (place.end, text[place.end :])):
        # A part shorter than the words would be the one sought in the other.
        if len(part) >= len(words):
            rough = fuzz.partial_ratio_alignment(words, part, score_cutoff=50)
            if rough is not None:
                best = max(best, (rough.score / 100, offset + rough.dest_start))
    return best


def alike_at(words: str, text: str, start: int) -> bool:
    """Tell whether the words that begin at a place look like an edit of some words.

    A likeness tells little of a few words, but an edit mostly leaves their first letters.
    """
    if start < 0:
        return False
    there = text[start : start + len(words)]
    if len(words) >= _SHORT:
        return fuzz.ratio(words, there) >= 75
    begins = not text[max(0, start - 1) : start].isalnum()
    same = 1 if len(words) < _FEW else 3
    return (begins and words[:same] == there[:same]) or fuzz.ratio(words, there) >= 65


def _ends_in(words: str, region: str) -> tuple[int, int]:
    """Find where the first of the words begin, and where the last of them end."""
    head = fuzz.partial_ratio_alignment(words[:_PIECE], region)
    tail = fuzz.partial_ratio_alignment(words[-_PIECE:], region)
    start = 0 if head is None else head.dest_start
    return start, len(region) if tail is None else tail.dest_end


def _edges(region: str, near: int) -> list[int]:
    low = max(0, near - _REACH)
    edges = [low + found.start() for found in _EDGE.finditer(region[low : near + _REACH])]
    return edges or [near]
