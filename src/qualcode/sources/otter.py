"""Transcripts as Otter exports them to TXT: ``Name  0:03``, then the words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qualcode.errors import Fault, TranscriptError, clip
from qualcode.sources._cleaning import clean_text, read_clean
from qualcode.sources._otter_preface import Preface, find_date, read_preface
from qualcode.sources._otter_stacked import TIME, find_stacked, unite_stacked
from qualcode.sources._reading import Reading, Spoken, counted, make_reading, without_steering

__all__ = ["looks_like_otter", "parse_otter"]

_HEAD = re.compile(rf"(?:(?P<name>[^\s:](?:.{{0,78}}?[^\s:])?)(?P<gap>[ \t]+))?{TIME}")
_LONGEST_HEAD = 120
_FOOTER = re.compile(r"transcribed by (?:https?://)?(?:www\.)?otter\.ai\S*", re.IGNORECASE)
_UNNAMED = "Unknown Speaker"


@dataclass(frozen=True, slots=True)
class _Head:
    """A line that may begin a turn."""

    index: int
    name: str
    time: float
    wide: bool  # two spaces or a tab before the time: people write "at 10:30" with one
    apart: bool  # nothing stands on the line above


def looks_like_otter(text: str) -> bool:
    r"""Tell whether a text is an Otter export.

    Parameters
    ----------
    text : str
        The whole file, decoded.

    Returns
    -------
    bool
        True where at least two paragraphs begin with a line ``Name  0:03``, or one does and
        the file begins with it, has Otter's headings or its last line.

    Examples
    --------
    >>> looks_like_otter("Ann Lee  0:03\nGood morning.\n\nBo  0:05\nMorning!\n")
    True
    >>> looks_like_otter("Ann: Good morning.\nBo: Morning! We meet at 10:30\n")
    False
    """
    bare, has_footer = _without_footer(clean_text(text)[0].split("\n"))
    lines, _ = _unite(bare)
    heads = [head for head in _find_heads(lines) if head.wide and head.apart]
    if len(heads) != 1:
        return len(heads) > 1
    preface = read_preface(lines[: heads[0].index])
    return has_footer or bool(preface.speakers) or not any(lines[: heads[0].index])


def parse_otter(data: bytes, *, path: Path | str | None = None, encoding: str = "utf-8") -> Reading:
    r"""Make a transcript of Otter's TXT export.

    The time may stand on a line of its own below the name. Paragraphs of one speaker that follow one another become one turn, with the time of the first.
    Title, date, keywords and summary become attributes. The last line "Transcribed by" is dropped.

    Parameters
    ----------
    data : bytes
        The whole file.
    path : Path or str, optional
        Where it was read, for messages and for the transcript's id.
    encoding : str, default 'utf-8'
        In which the file was saved.

    Returns
    -------
    Reading
        `transcript`, still without a body, and `notes`: what the reader was unsure of.

    Raises
    ------
    EncodingError
        If the bytes are not in that encoding.
    TranscriptError
        If there is no line such as ``Name  0:03``.

    Examples
    --------
    >>> found = parse_otter(b"Ann Lee  0:03\nGood morning.\n\nBo  1:00:05\nMorning!\n")
    >>> print(found.transcript.text, end="")
    [00:00:03] Ann Lee: Good morning.
    <BLANKLINE>
    [01:00:05] Bo: Morning!
    """
    path = None if path is None else Path(path)
    text, dropped = read_clean(data, path, encoding)
    lines, unsure = _unite(_without_footer(text.split("\n"))[0])
    heads, preface, doubts = _choose_heads(lines, path)
    if not heads:
        mend = "each turn must begin with a line such as 'Name  0:03'"
        raise TranscriptError("no turn as Otter writes them", file=path, line=1, mend=mend)
    paragraphs = [_spoken(head, end, lines) for head, end in _with_ends(heads, len(lines))]
    turns = _join(paragraphs)
    doubts += [_unsure_stacked(lines[index], index, path) for index in unsure]
    notes = [*dropped, *doubts, *_preface_notes(preface, turns, path)]
    if len(turns) < len(paragraphs):
        joined = counted(len(paragraphs) - len(turns), "paragraph")
        notes.append(Fault(f"{joined} joined to the same speaker's words above", path))
    attributes = {**preface.attributes, "imported_from": "otter"}
    return make_reading(turns, path=path, notes=notes, date=preface.date, attributes=attributes)


def _without_footer(lines: list[str]) -> tuple[list[str], bool]:
    """Drop the last line that has words where it is Otter's own, and tell whether it was."""
    last = next((i for i in range(len(lines) - 1, -1, -1) if lines[i].strip()), None)
    if last is None or not _FOOTER.fullmatch(lines[last].strip()):
        return lines, False
    return lines[:last], True


def _unite(lines: list[str]) -> tuple[list[str], list[int]]:
    """Put names and the times below them on one line; give where that would be a guess."""
    found = find_stacked(lines)
    if not found:
        return lines, []
    names = {head.name for head in _find_heads(lines) if head.wide and head.apart}
    return unite_stacked(lines, found, names=names), [
        index for index in found if names and lines[index].strip() not in names
    ]


def _unsure_stacked(line: str, index: int, path: Path | None) -> Fault:
    what = f"{clip(line)!r} stands above a time and is read as words"
    mend = "if a turn begins here, write name and time on one line: 'Name  0:03'"
    return Fault(what, path, index + 1, mend)


def _find_heads(lines: Sequence[str]) -> list[_Head]:
    """Find the lines that end in a time, after a name or alone."""
    heads = []
    for index, line in enumerate(lines):
        bare = without_steering(line).strip() if len(line) <= _LONGEST_HEAD else ""
        found = _HEAD.fullmatch(bare) if bare[-1:].isdigit() else None
        if found and not find_date(found["name"] or ""):
            gap = found["gap"] or ""
            apart = index == 0 or not lines[index - 1].strip()
            wide = len(gap) > 1 or "\t" in gap
            heads.append(_Head(index, found["name"] or "", _seconds(found), wide, apart))
    wide_heads = [head for head in heads if head.wide]
    if 2 * sum(head.apart for head in wide_heads) < len(wide_heads):  # blank lines were taken out
        return [replace(head, apart=True) for head in heads]
    return heads


def _seconds(found: re.Match[str]) -> float:
    minutes = found["min"] or found["m"]
    return int(found["h"] or 0) * 3600.0 + int(minutes) * 60.0 + int(found["s"])


def _choose_heads(
    lines: Sequence[str], path: Path | None
) -> tuple[list[_Head], Preface, list[Fault]]:
    """Keep the lines that begin a turn; say which others looked like it."""
    candidates = _find_heads(lines)
    counts = Counter(head.name for head in candidates if head.wide and head.apart)
    first = next((head.index for head in candidates if head.wide and head.apart), len(lines))
    preface = read_preface(lines[:first])
    known = {name for name, count in counts.items() if count > 1} | set(preface.speakers)
    chosen: list[_Head] = []
    doubts = []
    for head in (head for head in candidates if head.index >= first):
        onward = not chosen or head.time >= chosen[-1].time
        sure = head.wide and (head.name in known or (head.apart and onward))
        likely = head.apart and onward and (head.name in known or not head.name)
        if sure or likely:
            chosen.append(head)
        if not sure and (likely or head.wide):
            read_as = "the beginning of a turn" if likely else "words"
            what = f"{clip(lines[head.index])!r} is read as {read_as}"
            doubts.append(Fault(what, path, head.index + 1, "look at this line"))
    return chosen, preface, doubts


def _with_ends(heads: Sequence[_Head], count: int) -> Iterator[tuple[_Head, int]]:
    ends = [head.index for head in heads[1:]] + [count]
    return zip(heads, ends, strict=True)


def _spoken(head: _Head, end: int, lines: Sequence[str]) -> Spoken:
    words = "\n".join(lines[head.index + 1 : end])
    return Spoken(head.name or _UNNAMED, head.time, words.strip(), head.index + 1)


def _join(paragraphs: Sequence[Spoken]) -> list[Spoken]:
    """Join the paragraphs of one speaker that follow one another; the first time counts."""
    turns: list[Spoken] = []
    words: list[list[str]] = []
    for spoken in paragraphs:
        if turns and turns[-1].name == spoken.name:
            words[-1].append(spoken.words)
        else:
            turns.append(spoken)
            words.append([spoken.words])
    return [replace(turn, words="\n".join(parts)) for turn, parts in zip(turns, words, strict=True)]


def _preface_notes(preface: Preface, turns: Sequence[Spoken], path: Path | None) -> Iterator[Fault]:
    if preface.loose:
        what = f"{counted(len(preface.loose), 'line')} above the first turn kept as attribute 'preface'"
        yield Fault(what, path, 1, "look whether they are words of the interview")
    speaking = {turn.name for turn in turns}
    for name in preface.speakers:
        if name not in speaking:
            yield Fault(f"{clip(name)!r} is among Otter's speakers and never speaks", path)
