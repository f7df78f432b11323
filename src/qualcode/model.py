"""The frozen values that everything else points at.

A transcript's text is fixed: it is normalised once at the door, and a span is two numbers into
it. Spans are half-open ``[start, end)`` and count Unicode code points.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

__all__ = ["Coding", "FixedText", "Source", "Speaker", "Transcript", "Turn", "text_hash"]

_NO_ATTRIBUTES: Mapping[str, Any] = MappingProxyType({})


def text_hash(text: str) -> str:
    """Fingerprint a transcript's text, to know later whether it was edited.

    Parameters
    ----------
    text : str
        The text, normalised.

    Returns
    -------
    str
        ``sha256:`` and the first 32 hexadecimal digits of the SHA-256 of the UTF-8 bytes.

    Examples
    --------
    >>> text_hash("Hello")
    'sha256:185f8db32271fe25f561a6fc938b2e26'
    """
    return bytes_hash(text.encode("utf-8", "surrogatepass"))


def bytes_hash(data: bytes | memoryview) -> str:
    """Fingerprint the UTF-8 bytes of a text, as `text_hash` does the text."""
    return "sha256:" + hashlib.sha256(data).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks in a transcript.

    Parameters
    ----------
    label : str
        As it stands before the colon: ``INT``, ``DCS``.
    role : str
        What the person is: ``Interviewer``, ``Director of Children's Services``.

    Examples
    --------
    >>> Speaker("INT", "Interviewer").role
    'Interviewer'
    """

    label: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says without interruption, as a place in the text.

    Parameters
    ----------
    number : int
        Counted from 1.
    speaker : str
        The speaker's label.
    start : int
        Where the turn begins, its time and label included (code points).
    words_start : int
        Where the words begin (code points).
    end : int
        Where the words end (code points, exclusive).
    time : float or None
        Start of the turn in the recording, in seconds.

    Examples
    --------
    >>> Turn(1, "INT", 0, 16, 21, 4.0).speaker
    'INT'
    """

    number: int
    speaker: str
    start: int
    words_start: int
    end: int
    time: float | None = None


@dataclass(frozen=True, slots=True)
class FixedText:
    """A transcript's text and its fingerprint, where nothing else of it is needed.

    Parameters
    ----------
    text : str
        NFC, with LF line ends.
    text_hash : str
        Fingerprint of the text (see `qualcode.model.text_hash`).

    Examples
    --------
    >>> FixedText("Hello", text_hash("Hello")).text_hash
    'sha256:185f8db32271fe25f561a6fc938b2e26'
    """

    text: str = field(repr=False)
    text_hash: str = field(repr=False)


@dataclass(frozen=True)
class Transcript:
    """One interview: its fixed text and what is known about it.

    Parameters
    ----------
    id : str
        The name of the file, without ``.txt``.
    text : str
        Everything after the front matter; NFC, with LF line ends.
    body : str
        The organisation interviewed.
    body_type : str
        What kind of organisation that is.
    date : datetime.date, optional
        Day of the interview.
    speakers : tuple of Speaker
        Everybody whose label may begin a turn.
    synthetic : bool, default False
        True where the words were written, not recorded.
    attributes : mapping
        Whatever else the front matter says.
    path : Path, optional
        Where it was read.
    text_line : int, default 1
        The line of the file on which the text begins, for messages.

    Examples
    --------
    >>> t = Transcript("a", "[00:00:04] INT: Hello\\n", speakers=(Speaker("INT"),))
    >>> [t.text[turn.words_start:turn.end] for turn in t.turns]
    ['Hello']
    """

    id: str
    text: str = field(repr=False)
    body: str = ""
    body_type: str = ""
    date: Date | None = None
    speakers: tuple[Speaker, ...] = ()
    synthetic: bool = False
    attributes: Mapping[str, Any] = field(default_factory=lambda: _NO_ATTRIBUTES, repr=False)
    path: Path | None = field(default=None, repr=False, compare=False)
    text_line: int = field(default=1, repr=False, compare=False)

    @cached_property
    def text_hash(self) -> str:
        """Fingerprint of the text (see `qualcode.model.text_hash`)."""
        return text_hash(self.text)

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """The turns, in order. Text before the first label belongs to none."""
        return tuple(self._turn(index) for index in range(len(self._turn_starts)))

    @cached_property
    def _turn_starts(self) -> tuple[int, ...]:
        return tuple(_find_turns(self.text, self._labels))

    @property
    def _labels(self) -> tuple[str, ...]:
        return tuple(speaker.label for speaker in self.speakers)

    def _turn(self, index: int) -> Turn:
        """Build one turn: all turns of a long study are seldom wanted at once."""
        start, later = self._turn_starts[index], self._turn_starts[index + 1 : index + 2]
        head = _turn_pattern(self._labels).match(self.text, start)
        assert head is not None, "a turn starts where its head was found"
        words = self.text[head.end() : later[0] if later else None].rstrip()
        return Turn(
            index + 1, head["label"], start, head.end(), head.end() + len(words), _seconds(head)
        )

    @cached_property
    def roles(self) -> Mapping[str, str]:
        """Label of each speaker, and the role."""
        return MappingProxyType({speaker.label: speaker.role for speaker in self.speakers})

    def turn_at(self, offset: int) -> Turn | None:
        """Find the turn that an offset lies in.

        Parameters
        ----------
        offset : int
            Code points from the start of the text.

        Returns
        -------
        Turn or None
            None before the first turn.

        Examples
        --------
        >>> t = Transcript("a", "INT: Hello\\n\\nDCS: Hi\\n", speakers=(Speaker("INT"), Speaker("DCS")))
        >>> t.turn_at(18).speaker
        'DCS'
        """
        index = bisect_right(self._turn_starts, offset) - 1
        return self._turn(index) if index >= 0 else None


def _find_turns(text: str, labels: tuple[str, ...]) -> Iterator[int]:
    """Find where each turn begins: at the start of the text, or of a paragraph."""
    if not labels:
        return
    first = _turn_pattern(labels).match(text)
    if first:
        yield 0
    for cut in _paragraph_pattern(labels).finditer(text, first.end() if first else 0):
        yield cut.end()


@lru_cache(maxsize=4096)
def _turn_pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    """Match the beginning of a turn: blank lines at the very start, time, label, colon."""
    names = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
    return re.compile(
        rf"(?:\A\n*)?(?:\[(?P<h>[0-9]{{1,6}}):(?P<m>[0-9]{{2}}):(?P<s>[0-9]{{2}})\][ \t]+)?(?P<label>{names}):[ \t]*"
    )


@lru_cache(maxsize=4096)
def _paragraph_pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    """Match a blank line before a turn.

    It begins with what it looks for, which `re` finds fast: in a long study most of the time goes
    into looking for turns.
    """
    names = "|".join(map(re.escape, labels))
    return re.compile(rf"\n\n(?=(?:\[[0-9]{{1,6}}:[0-9]{{2}}:[0-9]{{2}}\][ \t]+)?(?:{names}):)")


def _seconds(match: re.Match[str]) -> float | None:
    if match["h"] is None:
        return None
    return int(match["h"]) * 3600.0 + int(match["m"]) * 60.0 + int(match["s"])


@dataclass(frozen=True, slots=True)
class Source:
    """Where a coding comes from.

    Parameters
    ----------
    kind : str, default 'manual'
        ``manual``, ``suggestion`` or ``import``.
    model : str, optional
        What suggested it.
    score : float, optional
        The suggestion's score, 0 to 1.

    Examples
    --------
    >>> Source("suggestion", "keywords", 0.8).kind
    'suggestion'
    """

    kind: str = "manual"
    model: str | None = None
    score: float | None = None


class Coding(msgspec.Struct, frozen=True, gc=False):
    """One code applied to one span of one transcript by one coder.

    Parameters
    ----------
    id : str
        The id of the event that added it (UUIDv7).
    transcript_id : str
        The transcript.
    code_id : str
        The code, as the journal has it.
    coder : str
        Who gave the code.
    start, end : int
        Half-open span in code points of the text with hash `text_hash`.
    quote : str
        The words under the span when the coding was made.
    text_hash : str
        Fingerprint of the text the span points into.
    created_at : datetime.datetime
        When, in UTC.
    memo : str
        The coder's note, or nothing.
    source : Source
        By hand, from a suggestion, or imported.

    Examples
    --------
    >>> from datetime import UTC
    >>> Coding("1", "a", "delay", "RT", 0, 5, "Hello", "", datetime(2026, 1, 1, tzinfo=UTC)).end
    5
    """

    # A Struct, not a dataclass: a study of 20,000 codings is opened in half the time.
    id: str
    transcript_id: str
    code_id: str
    coder: str
    start: int
    end: int
    quote: str
    text_hash: str
    created_at: datetime
    memo: str = ""
    source: Source = Source()

    def __repr__(self) -> str:
        place = f"{self.transcript_id!r}, {self.start}, {self.end}"
        return f"Coding({self.id!r}, {self.code_id!r}, {self.coder!r}, {place})"
