"""The stretches of text that units are: turns, sentences, or runs of characters, as arrays.

All transcripts stand on one axis, one after the other, so that codings and units are compared at
once. A run of characters is never cut into its characters: it is one unit with a weight.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from qualcode.analysis.units._unit_sentences import sentences_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from qualcode.model import Transcript

    Ints: TypeAlias = NDArray[np.int64]

__all__ = ["Marks", "Places", "asks_only", "cut_runs", "find_places", "touches"]

_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\n))*")
Row: TypeAlias = tuple[int, int, str, int, int]


@dataclass(frozen=True, eq=False)
class Places:
    """Stretches of text in order, none overlapping another.

    Parameters
    ----------
    names : tuple of str
        Ids of the transcripts.
    base : array of int, shape (transcripts,)
        Where each transcript begins on the axis.
    transcript, turn, start, end : arrays of int, shape (places,)
        Number of the transcript; of the turn (below 0 for the paragraphs of text without turns);
        half-open span on the axis.
    speaker : array of str, shape (places,)
        Who speaks.
    """

    names: tuple[str, ...]
    base: Ints
    transcript: Ints
    turn: Ints
    start: Ints
    end: Ints
    speaker: NDArray[Any]

    def take(self, rows: NDArray[Any]) -> Places:
        """Keep some places, in order."""
        columns = (self.transcript, self.turn, self.start, self.end, self.speaker)
        return Places(self.names, self.base, *(column[rows] for column in columns))

    @cached_property
    def length(self) -> Ints:
        """Code points of each place."""
        return self.end - self.start


@dataclass(frozen=True, eq=False)
class Marks:
    """Codings on the axis: coder and code are numbers, spans half-open; arrays of one length."""

    coder: Ints
    code: Ints
    start: Ints
    end: Ints

    @classmethod
    def of(
        cls,
        segments: pd.DataFrame,
        places: Places,
        coders: Sequence[str],
        code_numbers: dict[str, int],
    ) -> Marks:
        """Put the frame ``segments`` on the axis; codes that have no number are left out."""
        rows = segments[segments["code_id"].isin(code_numbers)]
        at = {name: int(base) for name, base in zip(places.names, places.base, strict=True)}
        base = _numbers(at, rows["transcript_id"])
        coder = _numbers({name: number for number, name in enumerate(coders)}, rows["coder"])
        spans = (base + rows[name].to_numpy(dtype=np.int64) for name in ("start", "end"))
        return cls(coder, _numbers(code_numbers, rows["code_id"]), *spans)

    def __len__(self) -> int:
        return len(self.code)


def _numbers(numbers: dict[str, int], names: pd.Series[Any]) -> Ints:
    return np.array([numbers[name] for name in names.tolist()], dtype=np.int64)


def find_places(
    transcripts: Iterable[Transcript], *, unit: str, speakers: str, language: str
) -> Places:
    """Find the turns or sentences of transcripts; for characters, the turns they stand in."""
    names: dict[str, int] = {}  # id -> where it begins on the axis
    rows: list[Row] = []
    base = 0
    for number, transcript in enumerate(transcripts):
        names[transcript.id] = base
        for turn, speaker, start, end in _stretches(transcript, speakers):
            spans: tuple[tuple[int, int], ...] = ((start, end),)
            if unit == "sentence":
                spans = sentences_of(transcript, start, end, language)
            rows += [(number, turn, speaker, base + one, base + other) for one, other in spans]
        base += len(transcript.text) + 1
    columns: list[tuple[Any, ...]] = list(zip(*rows, strict=True)) or [()] * 5
    at, turns, starts, ends = (np.array(columns[one], dtype=np.int64) for one in (0, 1, 3, 4))
    bases = np.array(list(names.values()), dtype=np.int64)
    said_by = np.array(columns[2], dtype=object)
    return Places(tuple(names), bases, at, turns, starts, ends, said_by)


def _stretches(transcript: Transcript, speakers: str) -> Iterator[tuple[int, str, int, int]]:
    """Give the turns with words; of a text without turns, its paragraphs."""
    asks = asks_only(transcript)
    for turn in transcript.turns:
        if turn.words_start < turn.end and (speakers == "all" or turn.speaker not in asks):
            yield turn.number, turn.speaker, turn.words_start, turn.end
    if not transcript.turns:
        for number, found in enumerate(_PARAGRAPH.finditer(transcript.text), start=1):
            yield -number, "", found.start(), found.start() + len(found[0].rstrip())


def asks_only(transcript: Transcript) -> set[str]:
    """Give the labels of those who interview."""
    roles = transcript.roles.items()
    return {label for label, role in roles if role.strip().casefold() == "interviewer"}


def cut_runs(places: Places, marks: Marks) -> Places:
    """Cut places wherever a coding begins or ends: within a run nothing changes."""
    points = np.unique(np.concatenate([places.start, places.end, marks.start, marks.end]))
    starts, ends = points[:-1], points[1:]
    inside = np.searchsorted(places.start, starts, side="right") - 1
    kept = inside >= 0
    kept[kept] = starts[kept] < places.end[inside[kept]]
    whole = places.take(inside[kept])
    return Places(
        places.names,
        places.base,
        whole.transcript,
        whole.turn,
        starts[kept],
        ends[kept],
        whole.speaker,
    )


def touches(places: Places, marks: Marks) -> tuple[Ints, Ints]:
    """Give the numbers of each mark and each place that share at least one code point."""
    first = np.searchsorted(places.end, marks.start, side="right")
    beyond = np.searchsorted(places.start, marks.end, side="left")
    many = np.maximum(beyond - first, 0)
    which = np.repeat(np.arange(len(marks), dtype=np.int64), many)
    steps = np.arange(len(which), dtype=np.int64) - np.repeat(np.cumsum(many) - many, many)
    return which, np.repeat(first, many) + steps
