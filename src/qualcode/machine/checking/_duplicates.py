"""Nearly the same words in two places, coded with nothing in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from qualcode.machine.checking._quotes import Quotes

__all__ = ["find_duplicates"]

_WORDS = 4  # "Yes, we do." is said of everything
_MAYBE = 0.75  # vectors that are less alike are not of nearly equal words
_BLOCK = 1000


def find_duplicates(quotes: Quotes, near: float, words: float) -> Iterator[dict[str, Any]]:
    """Find pairs of passages that say nearly the same, and have codes of other themes only."""
    from rapidfuzz.distance import Indel

    frame = quotes.frame
    text = [" ".join(one.casefold().split()) for one in frame["quote"]]
    long = [len(one.split()) >= _WORDS for one in text]
    themes = [quotes.codebook.theme_of(code) for code in quotes.code]
    given: dict[tuple[Any, ...], set[str]] = {}
    spans = list(zip(quotes.interview.tolist(), frame["start"], frame["end"], strict=True))
    for span, theme in zip(spans, themes, strict=True):
        given.setdefault(span, set()).add(theme)
    seen = set()
    for one, other, cosine in _pairs(quotes, min(near, _MAYBE)):
        pair = (spans[one], spans[other])
        if pair in seen or not (long[one] and long[other]) or _touch(*pair):
            continue
        seen.add(pair)
        alike = Indel.normalized_similarity(text[one], text[other])
        if given[pair[0]] & given[pair[1]] or (cosine < near and alike < words):
            continue
        what = f"nearly the same, in other themes (words {alike:.0%} alike, meaning {cosine:.2f})"
        ends = (np.array([one]), np.array([other]))
        codes = (quotes.code[one], quotes.code[other])
        yield quotes.finding("duplicate", what, max(cosine, alike), np.nan, ends, codes) | {
            "passages": 2
        }


def _pairs(quotes: Quotes, least: float) -> Iterator[tuple[int, int, float]]:
    """Give the pairs of quotes whose vectors are alike, a block of quotes at a time."""
    for start in range(0, len(quotes.vectors), _BLOCK):
        cosine = quotes.vectors[start : start + _BLOCK] @ quotes.vectors[start:].T
        for one, other in np.argwhere(cosine >= least).tolist():
            if one < other:
                yield start + one, start + other, float(cosine[one, other])


def _touch(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Tell whether two spans share words; those are one passage, coded twice."""
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]
