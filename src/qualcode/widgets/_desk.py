"""The journals on a coder's desk: their own, which is written, and others', which are read.

A desk places codings in the present text of one transcript at a time, and counts codings and
coded turns of all.
"""

from __future__ import annotations

import time
import warnings
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qualcode.coding.anchors import place_codings
from qualcode.errors import AdriftWarning
from qualcode.widgets._payload import blocks_of, coding_payload

if TYPE_CHECKING:
    from qualcode.coding.anchors import Placed, Placement
    from qualcode.coding.codebook import Codebook
    from qualcode.coding.journal import Journal
    from qualcode.model import Coding, Transcript
    from qualcode.widgets._live_codebook import LiveCodebook

__all__ = ["Desk"]

_BUDGET = 0.15  # seconds that progress may take at a time


class Desk:
    """Some coders' codings, by transcript, as they are on the disk now.

    Parameters
    ----------
    texts : mapping of str to Transcript
        The transcripts that are coded.
    journals : mapping of str to Journal
        Coder -> journal.
    own : str
        The coder whose journal is written, and whose progress is told.
    codes : LiveCodebook
        The codes.
    """

    def __init__(
        self,
        texts: Mapping[str, Transcript],
        journals: Mapping[str, Journal],
        own: str,
        codes: LiveCodebook,
    ) -> None:
        self.texts, self.journals, self.own, self.codes = texts, journals, own, codes
        self.adrift = 0
        self._all: dict[str, tuple[Coding, ...]] = {}
        self._grouped: dict[str, dict[str, list[Coding]]] = {}
        self._rows: dict[str, tuple[list[Coding], dict[str, Any]]] = {}
        self._payloads: dict[str, tuple[Placed, Codebook, dict[str, Any]]] = {}
        self._placed: tuple[Any, dict[str, dict[str, Any]]] = (None, {})

    def grouped(self, coder: str) -> Mapping[str, Sequence[Coding]]:
        """Give a coder's codings by transcript."""
        codings = self.journals[coder].codings
        if self._all.get(coder) is not codings:
            groups: dict[str, list[Coding]] = {}
            for coding in codings:
                groups.setdefault(coding.transcript_id, []).append(coding)
            self._all[coder], self._grouped[coder] = codings, groups
        return self._grouped[coder]

    def codings_in(self, transcript: Transcript) -> dict[str, dict[str, Any]]:
        """Give all coders' codings of a transcript, where they stand now, by id."""
        groups = [self.grouped(coder).get(transcript.id, []) for coder in self.journals]
        key = (transcript.id, transcript.text_hash, self.codes.now, groups)
        if self._placed[0] == key:
            return self._placed[1]
        placements = [self._place(group, transcript) for group in groups]
        self.adrift = sum(len(placement.adrift) for placement in placements)
        found = {
            placed.coding.id: self._payload(placed)
            for placement in placements
            for placed in placement.placed
        }
        self._placed = (key, found)
        return found

    def _payload(self, placed: Placed) -> dict[str, Any]:
        """Give what is shown of a coding; the same value while it is where and what it was."""
        known = self._payloads.get(placed.coding.id)
        if known is not None and known[0] == placed and known[1] is self.codes.now:
            return known[2]
        payload = coding_payload(placed, self.codes.now, own=placed.coding.coder == self.own)
        self._payloads[placed.coding.id] = (placed, self.codes.now, payload)
        return payload

    @staticmethod
    def _place(codings: Sequence[Coding], transcript: Transcript) -> Placement:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", AdriftWarning)  # the view says how many
            return place_codings(codings, {transcript.id: transcript})

    def counts(self, transcript_id: str) -> dict[str, list[int]]:
        """Count the own codings of each code: in all transcripts, and in one."""
        everywhere: Counter[str] = Counter()
        here: Counter[str] = Counter()
        for name, group in self.grouped(self.own).items():
            counted = Counter(coding.code_id for coding in group)
            everywhere.update(counted)
            if name == transcript_id:
                here = counted
        counts: dict[str, list[int]] = {}
        for code_id, number in everywhere.items():
            now = self.codes.resolve(code_id) if code_id in self.codes else code_id
            sums = counts.setdefault(now, [0, 0])
            sums[0] += number
            sums[1] += here[code_id]
        return counts

    def rows(self, *, fill: bool) -> dict[str, dict[str, Any]]:
        """Tell each transcript's progress; `fill` works out a few that are not known yet."""
        groups = self.grouped(self.own)
        until = time.monotonic() + (_BUDGET if fill else 0)
        return {name: self._row(name, groups.get(name, []), until) for name in self.texts}

    def _row(self, name: str, codings: Sequence[Coding], until: float) -> dict[str, Any]:
        known = self._rows.get(name)
        if known is not None and known[0] == codings:
            return known[1]
        if known is None and time.monotonic() > until:
            return {"id": name, "body": "", "codings": len(codings), "turns": None, "coded": 0}
        transcript = self.texts[name]
        blocks = blocks_of(transcript)
        starts = [block["start"] for block in blocks]
        touched: set[int] = set()
        for placed in self._place(codings, transcript).placed:
            first = max(bisect_right(starts, placed.start) - 1, 0)
            touched.update(range(first, max(bisect_right(starts, placed.end - 1), first + 1)))
        answers = {number for number, block in enumerate(blocks) if not block["asks"]}
        row = {
            "id": name,
            "body": transcript.body,
            "codings": len(codings),
            "turns": len(answers),
            "coded": len(touched & answers),
        }
        self._rows[name] = (list(codings), row)
        return row

    def recent(self, most: int = 9) -> list[str]:
        """Give the codes given last, each once, the latest first."""
        codings = sorted(self.journals[self.own].codings, key=lambda one: one.created_at)
        codes: dict[str, None] = {}
        for coding in reversed(codings):
            if coding.code_id in self.codes:
                codes.setdefault(self.codes.resolve(coding.code_id))
            if len(codes) == most:
                break
        return list(codes)
