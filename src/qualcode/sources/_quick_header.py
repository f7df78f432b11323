"""The plainest front matter, read without a YAML parser.

A study of 1,000 transcripts opens in about the time that reading its bytes takes only if the
headers that qualcode itself writes need neither YAML nor pydantic.
"""

from __future__ import annotations

import re
from datetime import date as Date
from types import MappingProxyType
from typing import Any

from qualcode.model import Speaker
from qualcode.sources._front_matter import MOST_SPEAKERS, Header
from qualcode.sources._slugs import is_slug

__all__ = ["quick_header"]

# Words that YAML can only take for words: they begin with a letter and hold no sign of its own.
_WORDS = r"[^\W\d_](?:[\w .()/&’'-]*[\w.()’'])?"
_PAIR = re.compile(rf"([a-z][a-z_]*): (?:({_WORDS})|([1-9][0-9]{{0,8}})|([0-9]{{4}}-\d\d-\d\d))")
_SPEAKER = re.compile(rf"  - \{{label: ({_WORDS})(?:, role: ({_WORDS}))?\}}")
_NOT_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null"})
_FIELDS = ("id", "body", "body_type", "date", "synthetic")
_RESERVED = frozenset({"speakers", "transcript_id"})


class _NotPlainError(Exception):
    """A front matter that needs YAML."""


def quick_header(text: str, stem: str) -> Header | None:
    """Read a front matter of the plainest kind, faultless, or give None.

    Whatever is not surely right is left to `read_header`, which also says what is wrong.
    """
    try:
        values, speakers = _read_lines(text)
        return _header(values, speakers, stem)
    except (_NotPlainError, ValueError):
        return None


def _read_lines(text: str) -> tuple[dict[str, Any], list[Speaker]]:
    values: dict[str, Any] = {}
    speakers: list[Speaker] = []
    listing = False
    for line in text.removesuffix("\n").split("\n"):
        if listing and (speaker := _SPEAKER.fullmatch(line)):
            speakers.append(Speaker(_words(speaker[1]), _words(speaker[2] or "")))
            continue
        listing = line == "speakers:" and not speakers
        if not listing:
            key, value = _pair(line)
            if key in values:
                raise _NotPlainError
            values[key] = value
    return values, speakers


def _pair(line: str) -> tuple[str, Any]:
    found = _PAIR.fullmatch(line)
    if found is None or found[1] in _NOT_WORDS or found[1] in _RESERVED:
        raise _NotPlainError
    key, words, number, day = found.groups()
    if key == "date":
        return key, Date.fromisoformat(day or "")
    if key == "synthetic":
        return key, {"true": True, "false": False}.get(words, words)
    if day or (number and key in _FIELDS):
        raise _NotPlainError
    return key, int(number) if number else _words(words)


def _words(words: str) -> str:
    if words.lower() in _NOT_WORDS:
        raise _NotPlainError
    return words


def _header(values: dict[str, Any], speakers: list[Speaker], stem: str) -> Header:
    labels = {speaker.label for speaker in speakers}
    given = {field: values.pop(field, None) for field in _FIELDS}
    synthetic = given["synthetic"] or False
    sure = (
        given["id"] == stem
        and is_slug(stem)
        and given["body"]
        and 0 < len(labels) == len(speakers) <= MOST_SPEAKERS
        and isinstance(synthetic, bool)
    )
    if not sure:
        raise _NotPlainError
    return Header(
        id=stem,
        body=given["body"],
        body_type=given["body_type"] or "",
        date=given["date"],
        speakers=tuple(speakers),
        synthetic=synthetic,
        attributes=MappingProxyType(values),
    )
