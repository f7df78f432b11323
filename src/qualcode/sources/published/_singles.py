"""Reports that quote in single marks: turn the outer ones into double, and back."""

from __future__ import annotations

import re

__all__ = ["as_double", "as_printed", "quotes_in_singles"]

_AFTER = r"(?=\s?(?:[⁰¹²³⁴-⁹]|<sup>|\[\^?\d|\^\d|\d{1,3}(?:\s|$)))"
_SINGLE_MARKED = re.compile(rf"[.!?…,\w][’']{_AFTER}")
_DOUBLE_MARKED = re.compile(rf"[.!?…,\w’'][”\"»]{_AFTER}|[⁰¹²³⁴-⁹\d>\]]\s?[”\"»](?:\s|$)")
_OPENER = re.compile(r"(?<![A-Za-z0-9.,!?…’'”\"])[‘'](?=[^\W_]|[“\"\[(…£])")
_CLOSER = re.compile(r"[’'](?![^\W\d_⁰¹²³⁴-⁹])")
#: what the inner double marks become meanwhile
_INNER = str.maketrans({"“": "〝", "”": "〞", '"': "〃"})
_OUTER_BACK = str.maketrans({"〝": "“", "〞": "”", "〃": '"'})


def quotes_in_singles(text: str) -> bool:
    """Tell whether most quotations that a footnote follows stand in single marks."""
    singles = len(_SINGLE_MARKED.findall(text))
    return singles >= 2 and singles > 2 * len(_DOUBLE_MARKED.findall(text))


def as_double(text: str) -> str:
    """Write the outer single quotation marks double; every character keeps its place."""
    lines = []
    waiting = 0  # lines for which a quotation that a page break cut may still be closed
    for line in text.split("\n"):
        line, waiting = _line_as_double(line.translate(_INNER), waiting)
        lines.append(line)
    return "\n".join(lines)


def as_printed(passage: str) -> str:
    """Give a passage its inner marks back."""
    return passage.translate(_OUTER_BACK)


def _line_as_double(line: str, waiting: int) -> tuple[str, int]:
    pieces, done = [], 0
    if waiting:
        end = _closer(line, 0)
        if end is not None and line[end - 1 : end] in ".,!?…)":
            pieces, done, waiting = [line[:end] + "”"], end + 1, 0
    for opener in _OPENER.finditer(line):
        if opener.start() < done:
            continue
        pieces.append(line[done : opener.start()] + "“")
        end = _closer(line, opener.end())
        if end is None:
            return "".join(pieces) + line[opener.end() :], 12
        pieces.append(line[opener.end() : end] + "”")
        done = end + 1
    return "".join(pieces) + line[done:], max(0, waiting - 1)


def _closer(line: str, start: int) -> int | None:
    """Find the mark that closes a quotation, passing over the apostrophes of plurals."""
    following = _OPENER.search(line, start)
    limit = following.start() if following else len(line)
    maybe = [m.start() for m in _CLOSER.finditer(line, start, limit)]
    sure = [at for at in maybe if line[at - 1] in ".,!?…)" or not line[at + 1 : at + 2].isspace()]
    return sure[0] if sure else (maybe[-1] if maybe else None)
