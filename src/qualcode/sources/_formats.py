"""The formats that transcripts can be imported from, and how a file's is found."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from qualcode.errors import SourceError, TranscriptError
from qualcode.sources._decode import decode_text, normalise
from qualcode.sources._front_matter import split_front_matter
from qualcode.sources._reading import Reading
from qualcode.sources.canonical import parse_transcript
from qualcode.sources.otter import looks_like_otter, parse_otter
from qualcode.sources.plain import looks_like_plain, parse_plain

__all__ = ["FORMATS", "Format", "RawFile", "find_format"]


@dataclass(frozen=True)
class RawFile:
    """A file as it was found; its text is decoded when a format asks for it."""

    data: bytes
    path: Path
    encoding: str = "utf-8"

    @cached_property
    def text(self) -> str:
        """The text; raises `EncodingError` where the bytes are not in the file's encoding."""
        return decode_text(self.data, self.path, encoding=self.encoding)


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is called, what it looks like, how it is told and how it is read."""

    name: str
    sign: str
    fits: Callable[[RawFile], bool]
    read: Callable[[RawFile], Reading]


def _read_canonical(raw: RawFile) -> Reading:
    """Read a file of our own; it may bear any name, since it is written under a new one."""
    try:
        found = parse_transcript(raw.text.encode())
    except TranscriptError as exc:
        faults = [replace(fault, file=raw.path) for fault in exc.faults]
        raise TranscriptError.from_faults(faults) from None
    return Reading(replace(found, path=raw.path))


def _read_otter(raw: RawFile) -> Reading:
    return parse_otter(raw.data, path=raw.path, encoding=raw.encoding)


def _read_plain(raw: RawFile) -> Reading:
    return parse_plain(raw.data, path=raw.path, encoding=raw.encoding)


#: tried in this order; a new source is one new module and one line here
FORMATS: tuple[Format, ...] = (
    Format("qualcode", "front matter", lambda raw: _has_front_matter(raw.text), _read_canonical),
    Format("Otter", "'Name  0:03' lines", lambda raw: looks_like_otter(raw.text), _read_otter),
    Format("plain text", "'Name:' lines", lambda raw: looks_like_plain(raw.text), _read_plain),
)


def _has_front_matter(text: str) -> bool:
    parts = split_front_matter(normalise(text))
    return parts is not None and re.search(r"^(?:id|speakers):", parts[0], re.MULTILINE) is not None


def find_format(raw: RawFile) -> Format:
    """Find the first format that a file fits, or raise `SourceError` that says what was tried."""
    if not raw.data.strip():
        raise SourceError("the file is empty", file=raw.path, mend="leave it out")
    found = next((format_ for format_ in FORMATS if format_.fits(raw)), None)
    if found is None:
        tried = ", ".join(f"{format_.name} ({format_.sign})" for format_ in FORMATS)
        mend = "begin each turn with the speaker and a colon, such as 'INT:'"
        raise SourceError(f"no known format; tried {tried}", file=raw.path, line=1, mend=mend)
    return found
