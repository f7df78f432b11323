"""All transcripts one behind the other, and the turns, sentences and interviews they make up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from qualcode.analysis.units._unit_sentences import sentences_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.model import Transcript

    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]

__all__ = ["Line", "Stretches", "sentence_around"]

_LANGUAGE = "en"  # abbreviations that end no sentence


@dataclass(frozen=True, eq=False)
class Stretches:
    """Turns, sentences or transcripts, in their order.

    Parameters
    ----------
    low, high : array of int
        What counts as part of it: of a turn, also its time and label.
    start, end : array of int
        Its words, never none.
    """

    low: Ints
    high: Ints
    start: Ints
    end: Ints

    @classmethod
    def of(cls, rows: list[tuple[int, int, int, int]]) -> Stretches:
        table = np.array(rows, dtype=np.int64).reshape(-1, 4)
        return cls(*table[table[:, 2] < table[:, 3]].T)

    def holding(self, start: Ints, end: Ints) -> Mask:
        """Say of each stretch whether any of the spans shares a code point with it."""
        begun = np.searchsorted(np.sort(start), self.high, side="left")
        ended = np.searchsorted(np.sort(end), self.low, side="right")
        return begun > ended


def sentence_around(transcript: Transcript, start: int, end: int) -> tuple[int, int]:
    """Give the sentence, or sentences, that some words stand in."""
    turn = transcript.turn_at(start)
    if turn is None or not turn.words_start <= start < turn.end:
        return start, end
    sentences = sentences_of(transcript, turn.words_start, turn.end, _LANGUAGE)
    touching = [(a, b) for a, b in sentences if a < end and start < b]
    return min(start, touching[0][0]), max(end, touching[-1][1])


@dataclass(frozen=True, eq=False)
class Line:
    """Where each transcript stands on the line.

    Parameters
    ----------
    corpus : mapping of str to Transcript
        The transcripts, in their order.
    """

    corpus: Mapping[str, Transcript]

    @cached_property
    def bases(self) -> Mapping[str, int]:
        """Where each transcript begins; one place is left between two."""
        bases, place = {}, 0
        for name, transcript in self.corpus.items():
            bases[name] = place
            place += len(transcript.text) + 1
        return bases

    @cached_property
    def names(self) -> list[str]:
        """The transcripts' ids."""
        return list(self.bases)

    @cached_property
    def _starts(self) -> Ints:
        return np.array(list(self.bases.values()), dtype=np.int64)

    def transcript_of(self, places: Ints) -> Ints:
        """Say in which transcript each place is, as a number."""
        return np.searchsorted(self._starts, places, side="right") - 1

    def stretches(self, scope: str) -> Stretches:
        """Give the turns, sentences or transcripts."""
        found: Stretches = getattr(self, f"{scope}s")
        return found

    @cached_property
    def turns(self) -> Stretches:
        """The turns, and the text before the first of each transcript."""
        return Stretches.of([row for one in self.corpus.values() for row in self._turns(one)])

    def _turns(self, transcript: Transcript) -> Iterator[tuple[int, int, int, int]]:
        base, size = self.bases[transcript.id], len(transcript.text)
        starts = [turn.start for turn in transcript.turns] + [size]
        if transcript.text[: starts[0]].strip():
            yield base, base + starts[0], base, base + len(transcript.text[: starts[0]].rstrip())
        for turn, after in zip(transcript.turns, starts[1:], strict=True):
            yield base + turn.start, base + after, base + turn.words_start, base + turn.end

    @cached_property
    def sentences(self) -> Stretches:
        """The sentences of all turns."""
        rows = []
        for transcript in self.corpus.values():
            base = self.bases[transcript.id]
            for _, _, first, last in self._turns(transcript):
                found = sentences_of(transcript, first - base, last - base, _LANGUAGE)
                rows += [(base + a, base + b, base + a, base + b) for a, b in found]
        return Stretches.of(rows)

    @cached_property
    def transcripts(self) -> Stretches:
        """The transcripts."""
        ends = ((self.bases[one.id], len(one.text)) for one in self.corpus.values())
        return Stretches.of([(base, base + size, base, base + size) for base, size in ends])

    @cached_property
    def _turn_starts(self) -> Ints:
        """Where turns begin, also those without words; text before the first counts as one."""
        starts = [
            self.bases[one.id] + place
            for one in self.corpus.values()
            for place in (0, *(turn.start for turn in one.turns if turn.start))
        ]
        return np.array(starts, dtype=np.int64)

    def turn_numbers(self, start: Ints, end: Ints, *, apart: int) -> tuple[Ints, Ints]:
        """Give the numbers of the turns a span begins and ends in, `apart` numbers between transcripts."""
        gaps = self.transcript_of(start) * (apart + 1)
        first = np.searchsorted(self._turn_starts, start, side="right") + gaps
        last = np.searchsorted(self._turn_starts, end - 1, side="right") + gaps
        return first, np.maximum(first, last)
