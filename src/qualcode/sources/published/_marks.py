"""Lift footnote marks out of a text, in whatever way a conversion wrote them."""

from __future__ import annotations

import re
from collections.abc import Collection
from statistics import median

__all__ = ["GLUED", "MARKS", "lift_marks", "plausible_glued"]

_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SUPERSCRIPT = "[⁰¹²³⁴-⁹]"

#: marks that cannot be mistaken for anything else
MARKS = re.compile(
    rf"\s?(?:\[(?P<linked>{_SUPERSCRIPT}{{1,4}})\]\([^)]{0, 300}\)|(?P<super>{_SUPERSCRIPT}{{1,8}})"
    r"|<sup[^>]{0,80}>\s{0,3}(?:<a[^>]{0,200}>)?\s{0,3}\[?(?P<html>\d{1,4})\]?(?:\([^)]{0,200}\))?\s{0,3}(?:</a>)?\s{0,3}</sup>"
    r"|\[\^(?P<markdown>\d{1,4})\](?!:)|\^(?P<caret>\d{1,4})\^|\[(?P<bracket>\d{1,3})\](?!\())"
)
#: plain digits set against the word or the punctuation before them
GLUED = re.compile(
    r"(?:(?<=[^\W\d_])|(?<=[.,;:!?…)\]”\"’'])[ ]{0,2})(?<!\d[.,])(?P<glued>\d{1,3})(?=[\s”\"’'),;:—–]|[.](?:\s|$)|$)"
)


def lift_marks(
    text: str, known: Collection[int], *, glued: Collection[tuple[int, int]] = ()
) -> tuple[str, list[tuple[int, int]]]:
    """Take the marks out of a text.

    Parameters
    ----------
    text : str
        One paragraph.
    known : collection of int
        Footnotes that have a definition; needed to tell ``[12]`` from other brackets.
    glued : collection of (offset, number)
        Plain digits of this paragraph that were judged to be marks.

    Returns
    -------
    text : str
        Without marks; the space before a mark goes with it.
    marks : list of (number, offset)
        Offsets in the returned text.
    """
    spots = [(m.start(), m.end(), _numbers(m, known)) for m in MARKS.finditer(text)]
    spots += [(at, at + len(str(number)), [number]) for at, number in glued]
    pieces: list[str] = []
    marks: list[tuple[int, int]] = []
    done = length = 0
    for start, end, numbers in sorted(spots):
        if not numbers or start < done:
            continue
        pieces.append(text[done:start])
        length += start - done
        marks += [(number, length) for number in numbers]
        done = end
    pieces.append(text[done:])
    return "".join(pieces), marks


def _numbers(match: re.Match[str], known: Collection[int]) -> list[int]:
    """Read the number, or the two numbers, of a mark; none if it is no mark."""
    written = next(group for group in match.groups() if group is not None)
    number = int(written.translate(_DIGITS))
    if match["bracket"] is not None and number not in known:
        return []
    if number in known or len(str(number)) < 2:
        return [number]
    return _two_numbers(str(number), known) or [number]


def _two_numbers(digits: str, known: Collection[int]) -> list[int]:
    """Split digits that two marks run together made, such as 1819."""
    for cut in range(1, len(digits)):
        left, right = int(digits[:cut]), int(digits[cut:])
        if left in known and right == left + 1 and right in known:
            return [left, right]
    return []


def plausible_glued(
    found: list[tuple[int, int, int]], known: Collection[int]
) -> dict[int, list[tuple[int, int]]]:
    """Keep the plain digits that are marks: defined, and in step with their neighbours.

    Parameters
    ----------
    found : list of (paragraph, offset, number)
        In order of the text.
    known : collection of int
        Footnotes that have a definition.

    Returns
    -------
    dict
        Paragraph -> list of (offset, number).
    """
    defined = [spot for spot in found if spot[2] in known]
    kept: dict[int, list[tuple[int, int]]] = {}
    for index, (paragraph, offset, number) in enumerate(defined):
        near = [spot[2] for spot in defined[max(0, index - 4) : index + 5]]
        if abs(number - median(near)) <= 9:
            kept.setdefault(paragraph, []).append((offset, number))
    return kept
