"""What stands above the first turn of an Otter export: title, date, keywords, summary, speakers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date
from typing import Any

__all__ = ["Preface", "find_date", "read_preface"]

_HEADING = re.compile(
    r"(?P<name>summary keywords|keywords|summary|speakers|outline|action items)\s*(?P<rest>:.*)?",
    re.IGNORECASE,
)
_LISTS = frozenset({"keywords", "speakers"})
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = "(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS) + r"|sept)\.?"
_DAYS = (
    re.compile(
        rf"\b{_MONTH}\s+(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>[0-9]{{4}})\b", re.I
    ),
    re.compile(
        rf"\b(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<year>[0-9]{{4}})\b", re.I
    ),
    re.compile(r"\b(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})\b"),
)


@dataclass(frozen=True)
class Preface:
    """The block above the turns, as attributes; `loose` are the lines nobody knows."""

    attributes: dict[str, Any]
    date: Date | None
    speakers: tuple[str, ...]
    loose: tuple[str, ...]


def read_preface(lines: Sequence[str]) -> Preface:
    """Sort the lines above the first turn into their sections."""
    sections: dict[str, list[str]] = {"": []}
    current = ""
    for line in map(str.strip, lines):
        heading = _HEADING.fullmatch(line)
        if heading:
            current = heading["name"].lower().removeprefix("summary ").replace(" ", "_")
            line = (heading["rest"] or "").lstrip(": ")
        elif not line and current in _LISTS and sections[current]:
            current = ""  # a list ends at a blank line, a summary may have paragraphs
        section = sections.setdefault(current, [])
        if line:
            section.append(line)
    return _preface(sections)


def _preface(sections: dict[str, list[str]]) -> Preface:
    loose = sections.pop("")
    speakers = _items(sections.pop("speakers", []))
    attributes: dict[str, Any] = {}
    dated = next((line for line in loose if find_date(line) and len(line) < 100), None)
    if dated is not None:
        loose.remove(dated)
    if loose and len(loose[0]) <= 120:
        attributes["title"] = loose.pop(0)
    if dated is not None:
        attributes["recorded"] = dated
    for name, lines in sections.items():
        if lines:
            attributes[name] = _items(lines) if name in _LISTS else "\n".join(lines)
    if loose:
        attributes["preface"] = "\n".join(loose)
    return Preface(attributes, find_date(dated or ""), speakers, tuple(loose))


def _items(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(item.strip() for item in ",".join(lines).split(",") if item.strip())


def find_date(line: str) -> Date | None:
    """Find a day in a line where there can be no doubt which is meant: ``Jan 3, 2026``, ISO."""
    for pattern in _DAYS:
        found = pattern.search(line)
        if found:
            month = found["month"].lower()
            number = int(month) if month.isdigit() else _number_of(month)
            try:
                return Date(int(found["year"]), number, int(found["day"]))
            except ValueError:
                continue
    return None


def _number_of(month: str) -> int:
    return next(n for n, name in enumerate(_MONTHS, start=1) if name.startswith(month[:3]))
