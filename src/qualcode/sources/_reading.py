"""What a reader of foreign transcripts gives: a canonical transcript, and what it was unsure of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path
from typing import Any

from qualcode.errors import Fault, TranscriptError, clip
from qualcode.model import Speaker, Transcript
from qualcode.sources._front_matter import MOST_SPEAKERS
from qualcode.sources._frozen import freeze
from qualcode.sources._slugs import make_slug

__all__ = ["STEERING", "Reading", "Spoken", "counted", "make_reading", "without_steering"]

_INTERVIEWERS = frozenset({"i", "int", "interviewer", "q"})
# Marks that steer the direction of writing: needed in words, and only a trap in a name.
STEERING = "[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]"


@dataclass(frozen=True, slots=True)
class Reading:
    """A transcript made of a foreign file, and what its reader was unsure of."""

    transcript: Transcript
    notes: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Spoken:
    """A turn as a reader finds it: name as given, seconds or None, words, line of the file."""

    name: str
    time: float | None
    words: str
    line: int


def make_reading(
    spoken: Iterable[Spoken],
    *,
    path: Path | None,
    notes: Iterable[Fault] = (),
    date: Date | None = None,
    attributes: Mapping[str, Any],
) -> Reading:
    """Write turns down in the canonical form, and make sure that they are found there again."""
    turns = list(spoken)
    labels = _label_names(dict.fromkeys(turn.name for turn in turns))
    if len(labels) > MOST_SPEAKERS:
        what = f"{len(labels):,} speakers were found; an interview has fewer than {MOST_SPEAKERS}"
        raise TranscriptError(what, file=path, line=turns[0].line, mend="is this a transcript?")
    parts = [(labels[turn.name], turn.time, _flatten(turn.words)) for turn in turns]
    transcript = Transcript(
        id=make_slug(path.stem if path else ""),
        text="".join(_paragraphs(parts)),
        date=date,
        speakers=tuple(Speaker(label, _guess_role(label)) for label in labels.values()),
        attributes=freeze(attributes),
        path=path,
    )
    found = [
        (turn.speaker, turn.time, transcript.text[turn.words_start : turn.end])
        for turn in transcript.turns
    ]
    if found != parts:
        line = next(
            (t.line for t, one, two in zip(turns, parts, found, strict=False) if one != two), 1
        )
        mend = "take the square brackets and colons out of the name"
        raise TranscriptError("a turn that cannot be written down", file=path, line=line, mend=mend)
    changed = [
        Fault(f"speaker {clip(name)!r} is written {clip(label)!r}", path, None, None)
        for name, label in labels.items()
        if name != label
    ]
    return Reading(transcript, (*notes, *changed))


def _paragraphs(parts: Iterable[tuple[str, float | None, str]]) -> Iterable[str]:
    between = ""
    for label, time, words in parts:
        clock = "" if time is None else f"[{_clock(time)}] "
        yield f"{between}{clock}{label}:{' ' if words else ''}{words}\n"
        between = "\n"


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def _flatten(words: str) -> str:
    """Take blank lines out of a turn: a paragraph in it might look like the turn of another."""
    return re.sub(r"\n\s*\n", "\n", words.strip())


def _label_names(names: Iterable[str]) -> dict[str, str]:
    """Give each name a label that can stand before a colon, no label twice."""
    labels: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        plain = unicodedata.normalize("NFC", without_steering(name).translate(_UNFIT))
        plain = " ".join("".join(c if c.isprintable() else " " for c in plain).split())
        plain = plain or "Unknown speaker"
        label, count = plain, 2
        while label in taken:
            label, count = f"{plain} ({count})", count + 1
        taken.add(label)
        labels[name] = label
    return labels


_UNFIT = str.maketrans({":": "-", "：": "-", "[": "(", "]": ")"})


def counted(number: int, noun: str) -> str:
    """Say how many: ``1 line``, ``2 lines``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def without_steering(text: str) -> str:
    """Drop the marks that steer the direction of writing, as stand around right-to-left names."""
    return re.sub(STEERING, "", text)


def _guess_role(label: str) -> str:
    return "Interviewer" if label.casefold() in _INTERVIEWERS else ""
