"""Recalculate the arithmetic that a report states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualcode.sources.published._values import Block

__all__ = ["check_sums"]

_NUMBER = r"£?(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(m|bn|million|billion)?\b"
_CHANGE = re.compile(
    rf"(\d+(?:\.\d+)?)\s*(?:per cent|percent|%)\s+(increase|rise|growth|reduction|decrease|fall|drop)\b[^.]{{0,160}}?\bfrom\s+{_NUMBER}\s+to\s+{_NUMBER}",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\b(\d{1,6})\s+(?:out\s+)?of\s+(?:the\s+|all\s+)?(\d{1,6})\b[^.()]{0,40}?\(?\s*(\d+(?:\.\d+)?)\s*(?:per cent|percent|%)",
    re.IGNORECASE,
)
_PARTS = re.compile(
    rf"{_NUMBER}(?:\.\d+)?\.?\s+Of (?:this|these|which|them),?[^.]{{0,40}}?{_NUMBER}[^.]{{0,120}}?\band\b[^.]{{0,20}}?{_NUMBER}"
)
_SCALE = {"m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}


def check_sums(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """Recalculate percentages, parts of a total and table columns.

    Parameters
    ----------
    blocks : sequence of Block
        The report.

    Yields
    ------
    line : int
        Where the sum stands.
    finding : str
        What was stated and what comes out, for those that do not agree.
    """
    for block in blocks:
        for check in (_changes, _shares, _parts):
            yield from ((block.line, finding) for finding in check(block.text))
    yield from _tables(blocks)


def _value(number: str, scale: str | None) -> float:
    return float(number.replace(",", "")) * _SCALE.get((scale or "").lower(), 1.0)


def _changes(text: str) -> Iterator[str]:
    for m in _CHANGE.finditer(text):
        stated = float(m[1])
        before, after = _value(m[3], m[4]), _value(m[5], m[6])
        if not before:
            continue
        change = abs(after - before) / before * 100
        if abs(change - stated) > _half_unit(m[1]) + 0.5:
            yield f"stated {m[1]} per cent {m[2]} from {m[3]} to {m[5]}; that is {change:.1f} per cent"


def _shares(text: str) -> Iterator[str]:
    for m in _SHARE.finditer(text):
        part, whole, stated = float(m[1]), float(m[2]), float(m[3])
        if whole and abs(part / whole * 100 - stated) > _half_unit(m[3]) + 0.01:
            yield f"stated {m[1]} of {m[2]} as {m[3]} per cent; that is {part / whole * 100:.1f} per cent"


def _parts(text: str) -> Iterator[str]:
    for m in _PARTS.finditer(text):
        total = _value(m[1], m[2])
        parts = _value(m[3], m[4]) + _value(m[5], m[6])
        if abs(parts - total) > 1.5:
            yield f"parts {m[3]} and {m[5]} make {parts:,.0f}; the total stated is {m[1]}"


def _half_unit(number: str) -> float:
    return 0.5 * float(10 ** -len(number.partition(".")[2]))


def _tables(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """Compare the sum of a table's last column with a total stated just before it or in it."""
    start = 0
    while start < len(blocks):
        end = start
        while end < len(blocks) and blocks[end].kind == "table":
            end += 1
        if end - start >= 3:
            before = " ".join(
                b.text for b in blocks[max(0, start - 2) : start] if b.kind != "heading"
            )
            yield from ((blocks[start].line, f) for f in _column(blocks[start:end], before))
        start = end + 1


def _column(rows: Sequence[Block], before: str) -> Iterator[str]:
    cells = [re.split(r"\t+|\s*\|\s*", row.text.strip(" |"))[-1].strip() for row in rows]
    numbers = [
        _value(cell, None) for cell in cells if re.fullmatch(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?", cell)
    ]
    if len(numbers) < 3:
        return
    last = re.search(r"\btotal\b", rows[-1].text, re.IGNORECASE) is not None
    column = numbers[:-1] if last else numbers
    total = sum(column)
    stated = [numbers[-1]] if last else [_value(m[1], m[2]) for m in re.finditer(_NUMBER, before)]
    near = [s for s in stated if abs(s - total) <= 0.05 * total and s > max(column)]
    if near and total not in near:
        yield f"the column adds up to {total:,.0f}; the total stated is {near[0]:,.0f}"
