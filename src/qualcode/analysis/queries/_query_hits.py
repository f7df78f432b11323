"""The passages that answer a query, as the frame ``query_hits``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.analysis._place import place_of
from qualcode.analysis.queries._line import sentence_around
from qualcode.analysis.queries._passages import Passages, cross_pairs
from qualcode.frames import make_frame

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.analysis.queries._line import Line
    from qualcode.coding.codebook import Codebook
    from qualcode.model import Transcript

__all__ = ["Hits"]

_GAP = " […] "


@dataclass(frozen=True, eq=False)
class Hits:
    """Makes a row of each passage.

    Parameters
    ----------
    found : Passages
        The answers.
    line : Line
        The transcripts.
    segments : pandas.DataFrame
        The codings that the leaves' rows mean.
    codebook : Codebook
        The codes' names.
    """

    found: Passages
    line: Line
    segments: pd.DataFrame
    codebook: Codebook

    def frame(self) -> pd.DataFrame:
        """Give the frame."""
        return make_frame("query_hits", [self._row(n) for n in range(len(self.found.start))])

    @cached_property
    def _leaves(self) -> list[list[int]]:
        """The leaves of each passage, in order of place."""
        leaves: list[list[int]] = [[] for _ in self.found.start]
        passages, which = cross_pairs(self.found, self.found.leaves)
        for order in np.argsort(which, kind="stable"):
            leaves[passages[order]].append(int(which[order]))
        return leaves

    @cached_property
    def _transcripts(self) -> list[int]:
        return [int(one) for one in self.line.transcript_of(self.found.start)]

    def _row(self, n: int) -> dict[str, Any]:
        transcript = self.line.corpus[self.line.names[self._transcripts[n]]]
        base = self.line.bases[transcript.id]
        start, end = int(self.found.start[n]) - base, int(self.found.end[n]) - base
        spans = list(self._spans(n, transcript, base))
        whole = not spans and (start, end) == (0, len(transcript.text))
        turn = None if whole else transcript.turn_at(spans[0][0] if spans else start)
        number = None if turn is None else turn.number
        speaker = "" if turn is None else turn.speaker
        texts = [transcript.text[a:b] for a, b in spans or [(start, end)]]
        return {
            "transcript_id": transcript.id,
            "body": transcript.body,
            "body_type": transcript.body_type,
            "speaker": speaker,
            "role": transcript.roles.get(speaker, ""),
            "turn": number,
            "place": place_of(transcript.id, number, turn.start if turn else 0, self.line.corpus),
            "words": "" if whole else _GAP.join(texts),
            "start": start,
            "end": end,
            **self._codings(n),
        }

    def _spans(self, n: int, transcript: Transcript, base: int) -> Iterator[tuple[int, int]]:
        """Give the words to show of a passage, those that overlap made one."""
        start = end = -1
        for first, last in sorted(self._shown(n, transcript, base)):
            if first > end:
                if end >= 0:
                    yield start, end
                start = first
            end = max(end, last)
        if end >= 0:
            yield start, end

    def _shown(self, n: int, transcript: Transcript, base: int) -> Iterator[tuple[int, int]]:
        """Give the coded words in the passage, and the sentences of words that were found."""
        leaves, low, high = self.found.leaves, self.found.start[n], self.found.end[n]
        for leaf in self._leaves[n]:
            first, last = int(leaves.start[leaf]) - base, int(leaves.end[leaf]) - base
            if leaves.row[leaf] < 0:
                yield sentence_around(transcript, first, last)
            else:
                yield max(first, int(low) - base), min(last, int(high) - base)

    def _codings(self, n: int) -> dict[str, Any]:
        rows = [int(self.found.leaves.row[leaf]) for leaf in self._leaves[n]]
        ids, codes, coders = self._known
        rows = [row for row in rows if row >= 0]
        names = dict.fromkeys(self.codebook[codes[row]].name for row in rows)
        return {
            "codes": "; ".join(names),
            "coders": "; ".join(sorted({coders[row] for row in rows})),
            "coding_ids": tuple(ids[row] for row in rows),
        }

    @cached_property
    def _known(self) -> list[list[str]]:
        return [self.segments[name].tolist() for name in ("coding_id", "code_id", "coder")]
