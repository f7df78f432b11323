"""Find the quoted strings of a paragraph: curly or straight, nested, or never closed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qualcode.sources.published._values import Quotation

__all__ = ["find_quotations", "is_opener", "open_at_end", "shifted", "starts_inside"]

_OPEN = "“«„‟"
_MARKS = re.compile(r"[“”«»„‟\"]")


def is_opener(text: str, at: int) -> bool:
    """Tell whether the character at a place opens a quotation."""
    if at >= len(text):
        return False
    if text[at] in _OPEN:
        return True
    if text[at] != '"':
        return False
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    return (before.isspace() or before in "([–—-/‘'") and (not after.isspace() or at == 0)


def _events(text: str) -> list[tuple[int, bool]]:
    """List the quotation marks: (place, opens)."""
    return [
        (m.start(), m[0] in _OPEN or (m[0] == '"' and is_opener(text, m.start())))
        for m in _MARKS.finditer(text)
    ]


def open_at_end(text: str) -> bool:
    """Tell whether a quotation is still open where the text ends."""
    depth = 0
    for _, opens in _events(text):
        depth = depth + 1 if opens else max(0, depth - 1)
    return depth > 0


def starts_inside(text: str) -> bool:
    """Tell whether the first quotation mark of a text closes one opened before it."""
    events = _events(text)
    return bool(events) and not events[0][1]


def find_quotations(text: str, mark_offsets: Sequence[int] = ()) -> list[Quotation]:
    """List the quotations of a paragraph, outermost only.

    Parameters
    ----------
    text : str
        Without footnote marks.
    mark_offsets : sequence of int
        Where footnote marks stood: a quotation that is never closed ends at one.

    Returns
    -------
    list of Quotation
        In order, disjoint.
    """
    found: list[Quotation] = []
    opened: list[int] = []
    for at, opens in _events(text):
        if opens:
            if opened and _left_open(text, opened[0], at, mark_offsets):
                found.append(_unclosed(text, opened[0], at, mark_offsets))
                opened = []
            opened.append(at)
        elif opened:
            start = opened.pop()
            if not opened:
                found.append(_quotation(text, start, at))
    if opened:
        found += _unfinished(text, opened[0], mark_offsets)
    return [q for q in found if q.end > q.start]


def _left_open(text: str, start: int, at: int, mark_offsets: Sequence[int]) -> bool:
    """Tell a missing closing mark from a quotation inside another."""
    return any(start < mark <= at and _ends_sentence(text, mark) for mark in mark_offsets)


def _ends_sentence(text: str, at: int) -> bool:
    return bool(re.search(r"[.!?…][’']?\s*$", text[:at]))


def _quotation(text: str, start: int, at: int) -> Quotation:
    inner = text[start + 1 : at]
    lead = len(inner) - len(inner.lstrip())
    return Quotation(start + 1 + lead, start + 1 + lead + len(inner.strip()), start, at + 1)


def _unclosed(text: str, start: int, limit: int, mark_offsets: Sequence[int]) -> Quotation:
    """End a quotation that is never closed at the first mark after a sentence, or at the limit."""
    ends = [m for m in mark_offsets if start < m <= limit and _ends_sentence(text, m)]
    end = ends[0] if ends else limit
    closed = _quotation(text, start, end)
    return Quotation(closed.start, closed.end, start, closed.end, closed=False)


def _unfinished(text: str, start: int, mark_offsets: Sequence[int]) -> list[Quotation]:
    """Judge the end of what is open at the end of the text, and go on behind it."""
    first = _unclosed(text, start, len(text), mark_offsets)
    marks_behind = [m - first.end for m in mark_offsets if m > first.end]
    behind = find_quotations(text[first.end :], marks_behind)
    return [first, *(shifted(q, first.end) for q in behind)]


def shifted(q: Quotation, by: int) -> Quotation:
    """Move a quotation along its text."""
    return Quotation(q.start + by, q.end + by, q.outer_start + by, q.outer_end + by, q.closed)
