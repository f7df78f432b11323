"""Find codings again in a text that has changed since, by their words; or say why not.

Being wrong is worse than being adrift: a place is taken only if no other can be meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.coding._guide import Anchor, Expected, Guide
from qualcode.coding._near import Found, alike_at, best_elsewhere, find_near

if TYPE_CHECKING:
    from qualcode.model import Coding

__all__ = ["Found", "seek_codings"]

# Shorter words than this stand in many places, and say little about where they came from.
_TELLING = 20
_LONG = 40
_SHORTEST = 4
_APART = 30
_MOST = 1000

_SEVERAL = "its words stand in several places, and nothing tells which is meant"
_RIVAL = "its words stand elsewhere now, and others that are like them stand at its old place"
_ORDER = "its words stand elsewhere now than the codings around it tell"
_TOO_SHORT = "its words have moved, and are too short to be known again"
_LOST = "its words are not in the text, nor any that are near enough"
_DOUBTFUL = "its words are not in the text, and several places are somewhat like them"
_BLANK = "it holds no words to be found by"


def seek_codings(codings: list[Coding], text: str) -> list[Found | str]:
    """Find codings that were all made on one earlier text; in place of a place, why not."""
    places = {words: _places(words, text) for words in {coding.quote for coding in codings}}
    anchors = [
        Anchor(coding.start, places[coding.quote][0], len(coding.quote))
        for coding in codings
        if len(places[coding.quote]) == 1 and len(coding.quote) >= _TELLING
    ]
    guide = Guide(anchors, len(text))
    return [_seek(coding, places[coding.quote], text, guide) for coding in codings]


def _places(words: str, text: str) -> list[int]:
    """Find where words stand, overlaps included; nowhere for blanks."""
    places: list[int] = []
    place = text.find(words) if words.strip() else -1
    while place >= 0 and len(places) < _MOST:
        places.append(place)
        place = text.find(words, place + 1)
    return places


def _seek(coding: Coding, places: list[int], text: str, guide: Guide) -> Found | str:
    words = coding.quote
    if not words.strip():
        return _BLANK
    expected = guide.expect(coding.start, coding.end)
    if not places:
        return _seek_near(words, text, expected)
    if len(places) == 1:
        return _judge_only(words, places[0], text, expected)
    return _judge_several(words, places, text, expected)


def _judge_only(words: str, place: int, text: str, expected: Expected) -> Found | str:
    """Take the one place of the words, unless it can be another of the same words."""
    found = Found(place, place + len(words))
    ends = {expected.low, expected.high}
    if place in ends and not any(alike_at(words, text, start) for start in ends - {place}):
        return found
    if len(words.strip()) < _SHORTEST:
        return _TOO_SHORT
    in_order = expected.first <= place and found.end <= expected.last
    if len(words) < _LONG and (expected.is_sure or not in_order):
        return _ORDER
    return _RIVAL if _has_rival(words, found, text, expected) else found


def _has_rival(words: str, found: Found, text: str, expected: Expected) -> bool:
    """Tell whether an edit of the words may stand where they used to be."""
    if _is_old_place_alike(words, found, text, expected):
        return True
    rival = best_elsewhere(words, text, found, least=0.85)
    return rival is not None and expected.distance(rival.start) < expected.distance(found.start)


def _judge_several(words: str, places: list[int], text: str, expected: Expected) -> Found | str:
    """Take the place where the words should be, if no other comes near it."""
    near, next_best = sorted(places, key=expected.distance)[:2]
    found = Found(near, near + len(words))
    off, margin = expected.distance(near), expected.distance(next_best)
    if off == 0 and margin > 0 and expected.is_sure:
        return found
    if len(words) < _TELLING or margin < _APART + 10 * off:
        return _SEVERAL
    if off == 0:
        return found
    doubt = not expected.is_between or _is_old_place_alike(words, found, text, expected)
    return _SEVERAL if doubt else found


def _seek_near(words: str, text: str, expected: Expected) -> Found | str:
    """Take the place most like the words, if it is like enough and no other nearly so."""
    found = find_near(words, text)
    if found is None or found.score < 0.70:
        return _LOST
    if best_elsewhere(words, text, found, least=found.score - 0.10) is not None:
        return _DOUBTFUL
    if expected.distance(found.start) <= max(3, len(words) // 10):
        return found
    in_order = expected.first <= found.start and found.end <= expected.last
    if found.score < 0.85 or len(words) < _TELLING or not in_order:
        return _LOST
    return _DOUBTFUL if _is_old_place_alike(words, found, text, expected) else found


def _is_old_place_alike(words: str, found: Found, text: str, expected: Expected) -> bool:
    """Tell whether an edit of the words may stand where they should be, beside a place found."""
    return any(
        alike_at(words, text, start)
        for start in {expected.low, expected.high}
        if start + len(words) <= found.start or found.end <= start
    )
