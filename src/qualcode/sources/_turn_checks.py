"""What is wrong, or only odd, in the turns of a transcript's text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import Fault, clip

if TYPE_CHECKING:
    from qualcode.model import Transcript

__all__ = ["turn_faults", "turn_notes"]

# A paragraph that begins like a turn, right or wrong: [time] label:
_LIKE_A_TURN = re.compile(r"\[(\d[\d:.,hms ]{0,15})\][ \t]*([^:\n]{1,60}):")
_TIME = r"[0-9]{1,6}:[0-9]{2}:[0-9]{2}"
# One mistake repeated in every turn of a long file is still one mistake.
_MOST = 50
_BLANK_LINES = re.compile(r"\n*")


def turn_faults(
    text: str, labels: tuple[str, ...], *, file: Path | None = None, text_line: int = 1
) -> list[Fault]:
    """List what keeps a text from being cut into turns: all of it, with its lines."""
    strays = [start for start in _strays(text, labels) if _LIKE_A_TURN.match(text, start)]
    faults = [_stray(text, start, labels, file, text_line) for start in strays[:_MOST]]
    if len(strays) > _MOST:
        faults.append(Fault(f"{len(strays) - _MOST} more paragraphs like these", file))
    first = _first_turn(text, labels)
    if first is None:
        what = f"no turn: no paragraph begins with a speaker ({_listed(labels)})"
        mend = "begin each turn with '[hh:mm:ss] LABEL:' or 'LABEL:' after a blank line"
        return [Fault(what, file, text_line, mend), *faults]
    if text[:first].strip():
        at = len(text) - len(text.lstrip())
        mend = "say who speaks them, or move them to the front matter"
        found = Fault("words before the first turn", file, _line(text, at, text_line), mend)
        faults.insert(0, found)
    return faults


def _strays(text: str, labels: tuple[str, ...]) -> Iterator[int]:
    """Find the paragraphs that begin with a bracket and not as a turn of one of the speakers."""
    start = _start(text)
    if text.startswith("[", start) and not _head(labels).match(text, start):
        yield start
    for found in _stray_bracket(labels).finditer(text):
        yield found.end() - 1


def _first_turn(text: str, labels: tuple[str, ...]) -> int | None:
    head = _head(labels)
    start = _start(text)
    while not head.match(text, start):
        # "\n\n\nA:" has its paragraph one character on
        start = text.find("\n\n", max(0, start - 1)) + 2
        if start == 1:
            return None
    return start


def _start(text: str) -> int:
    """Give the place of the first line that has something on it."""
    found = _BLANK_LINES.match(text)
    return found.end() if found else 0


@lru_cache(maxsize=1024)
def _head(labels: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, labels))
    return re.compile(rf"(?:\[{_TIME}\][ \t]+)?(?:{names}):")


@lru_cache(maxsize=1024)
def _stray_bracket(labels: tuple[str, ...]) -> re.Pattern[str]:
    # what comes first is literal, so that the search runs at the speed of memory
    names = "|".join(map(re.escape, labels))
    return re.compile(rf"\n\n\[(?!{_TIME}\][ \t]+(?:{names}):)")


def _stray(
    text: str, start: int, labels: tuple[str, ...], file: Path | None, text_line: int
) -> Fault:
    """Say why a paragraph that looks like a turn is none."""
    found = _LIKE_A_TURN.match(text, start)
    assert found is not None, "only paragraphs that look like a turn come here"
    line = _line(text, start, text_line)
    if found[2].strip() in labels:
        what = f"{clip(found[0])!r} looks like a turn, and is not written like one"
        mend = f"write it '[hh:mm:ss] {found[2].strip()}:'"
        return Fault(what, file, line, mend)
    what = f"a turn of {clip(found[2])!r}, who is not among the speakers ({_listed(labels)})"
    mend = "add the label to 'speakers' in the front matter, or correct it here"
    return Fault(what, file, line, mend)


def _listed(labels: tuple[str, ...]) -> str:
    return ", ".join(clip(label, 20) for label in labels[:8]) + (", …" if len(labels) > 8 else "")


def _line(text: str, at: int, text_line: int) -> int:
    return text_line + text.count("\n", 0, at)


def turn_notes(transcript: Transcript) -> list[Fault]:
    """List what is odd and may be right: times that run backwards, somebody who never speaks."""
    text, file, line = transcript.text, transcript.path, transcript.text_line
    odd: list[tuple[int, str, str]] = list(_buried_turns(transcript))
    latest = 0.0
    for turn in transcript.turns:
        if turn.time is not None and turn.time < latest:
            what = f"turn {turn.number} begins before the one above it"
            odd.append((turn.start, what, "check the times"))
        latest = latest if turn.time is None else turn.time
    notes = []
    at = 0
    for start, what, mend in sorted(odd):  # counted on from place to place: there may be many
        line += text.count("\n", at, start)
        at = start
        notes.append(Fault(what, file, line, mend))
    silent = set(transcript.roles) - {turn.speaker for turn in transcript.turns}
    for label in (label for label in transcript.roles if label in silent):
        notes.append(Fault(f"speaker {clip(label)!r} never speaks", file, 1, "check the label"))
    return notes


def _buried_turns(transcript: Transcript) -> Iterator[tuple[int, str, str]]:
    """Find lines inside a turn that begin as a timed turn does, with no blank line above."""
    head = _head(tuple(transcript.roles)).match
    for found in re.finditer(r"(?<=[^\n]\n)\[", transcript.text):
        if head(transcript.text, found.start()):
            what = "a line that begins like a turn, with no blank line above it"
            yield found.start(), what, "put a blank line above it if it is one"
