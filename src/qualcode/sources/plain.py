"""Plain transcripts with speaker labels: ``Name:``, ``I:``, ``Q.``, ``Speaker 1 (00:03):``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from qualcode.errors import Fault, TranscriptError, clip
from qualcode.sources._cleaning import clean_text, read_clean
from qualcode.sources._labels import LabelLine, find_label_lines
from qualcode.sources._reading import Reading, Spoken, counted, make_reading
from qualcode.sources._speakers import choose_speakers

__all__ = ["looks_like_plain", "parse_plain"]


def looks_like_plain(text: str) -> bool:
    r"""Tell whether a text has turns that begin with a speaker's label.

    Parameters
    ----------
    text : str
        The whole file, decoded.

    Returns
    -------
    bool
        True where at least one speaker was found.

    Examples
    --------
    >>> looks_like_plain("I: How long have you worked here?\nR: Nine years.\n")
    True
    >>> looks_like_plain("The plan is as follows: we wait.\nThen we go.\n")
    False
    """
    lines = clean_text(text)[0].split("\n")
    return bool(choose_speakers(list(find_label_lines(lines)), lines).chosen)


def parse_plain(data: bytes, *, path: Path | str | None = None, encoding: str = "utf-8") -> Reading:
    r"""Make a transcript of a plain text in which turns begin with a label.

    A label is short, stands at the start of a line, and recurs or is one of those that
    transcripts use everywhere (I, R, Q, A, INT, Interviewer, Speaker 1). Labels in small letters
    (Council officer) must recur about as often as others do. A time may stand before
    or after it. Turns may be one line each or separated by blank lines; lines without a label
    belong to the turn above. What stands above the first turn becomes the attribute `preface`.

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
        If there is no speaker.

    Examples
    --------
    >>> found = parse_plain(b"I: How long have you worked here?\nR (00:09): Nine years.\n")
    >>> print(found.transcript.text, end="")
    I: How long have you worked here?
    <BLANKLINE>
    [00:00:09] R: Nine years.
    """
    path = None if path is None else Path(path)
    text, dropped = read_clean(data, path, encoding)
    lines = text.split("\n")
    choice = choose_speakers(list(find_label_lines(lines)), lines)
    if not choice.chosen:
        mend = "begin each turn with the speaker and a colon, such as 'INT:'"
        raise TranscriptError("no speaker was found", file=path, line=1, mend=mend)
    heads = _with_inner_times(choice.chosen)
    preface = [line.strip() for line in lines[: heads[0].start] if line.strip()]
    notes = [*dropped, *_notes(choice.doubts, preface, path)]
    attributes: dict[str, Any] = {"preface": "\n".join(preface)} if preface else {}
    attributes["imported_from"] = "plain text"
    return make_reading(_spoken(heads, lines), path=path, notes=notes, attributes=attributes)


def _with_inner_times(heads: Sequence[LabelLine]) -> list[LabelLine]:
    """Take ``INT: [00:04] Hello`` for a time where most turns have one there."""
    inner = sum(head.then is not None for head in heads)
    if 2 * inner < len(heads):
        return list(heads)
    return [
        replace(head, time=head.then, words=head.words_after_then)
        if head.then is not None and head.time is None
        else head
        for head in heads
    ]


def _spoken(heads: Sequence[LabelLine], lines: Sequence[str]) -> Iterator[Spoken]:
    names: dict[str, str] = {}
    ends = [head.start for head in heads[1:]] + [len(lines)]
    for head, end in zip(heads, ends, strict=True):
        words = "\n".join([head.words, *(line.strip() for line in lines[head.index + 1 : end])])
        yield Spoken(names.setdefault(head.key, head.label), head.time, words, head.index + 1)


def _how_to_mark(label: str) -> str:
    return (
        "if a turn begins here, give it a paragraph of its own and begin it, and the other turns, "
        f"with a time and the label: '[00:00:00] {clip(label)}:'"
    )


def _notes(
    doubts: Sequence[tuple[LabelLine, bool]], preface: Sequence[str], path: Path | None
) -> Iterator[Fault]:
    for line, is_turn in doubts:
        read_as = "the beginning of a turn" if is_turn else "words, not a speaker"
        what = f"{clip(line.label)!r} is read as {read_as}"
        mend = "look at this line" if is_turn else _how_to_mark(line.label)
        yield Fault(what, path, line.index + 1, mend)
    if preface:
        what = f"{counted(len(preface), 'line')} above the first turn kept as attribute 'preface'"
        yield Fault(what, path, 1, "look whether they are words of the interview")
