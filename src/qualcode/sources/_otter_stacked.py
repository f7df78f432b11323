"""Otter's turns with the time on a line of its own: ``Bob``, then ``0:42``, then the words."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

__all__ = ["TIME", "find_stacked", "unite_stacked"]

#: a time as Otter writes it: 0:42, 1:02:03
TIME = r"(?:(?P<h>[0-9]{1,4}):(?P<m>[0-9]{2})|(?P<min>[0-9]{1,3})):(?P<s>[0-9]{2})"
_ONLY_TIME = re.compile(TIME)
_NAME = re.compile(r"[^\W_][^:,;!?…\n]{0,58}?(?<![:,;!?…\s])")
_MOST_WORDS = 6


def find_stacked(lines: Sequence[str]) -> list[int]:
    """Find the lines that have a name alone, begin a paragraph and stand above a time alone."""
    return [
        index
        for index in range(len(lines) - 1)
        if len(lines[index + 1]) < 20
        and _ONLY_TIME.fullmatch(lines[index + 1].strip())
        and (index == 0 or not lines[index - 1].strip())
        and _is_name(lines[index].strip())
    ]


def _is_name(line: str) -> bool:
    return bool(_NAME.fullmatch(line)) and len(line.split()) <= _MOST_WORDS and line[-1] != "."


def unite_stacked(
    lines: Sequence[str], found: Sequence[int], *, names: Collection[str]
) -> list[str]:
    """Put name and time on one line, as Otter mostly does; the count of lines stays.

    Where other turns have name and time on one line, only the `names` of these are believed.
    """
    united = list(lines)
    for index in found:
        name = lines[index].strip()
        if not names or name in names:
            united[index : index + 2] = [f"{name}  {lines[index + 1].strip()}", ""]
    return united
