"""Two coders' journals and the third, as they are on the disk now, compared by transcript."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.analysis.agreement._pairing import AGREE, IN_PART, Mark, Pair, pair_marks
from qualcode.analysis.stance import speaks_against
from qualcode.coding.anchors import place_codings
from qualcode.errors import AdriftWarning
from qualcode.widgets._payload import coding_payload
from qualcode.widgets._settling import Item, Outcome, outcomes_of, pair_id

if TYPE_CHECKING:
    from qualcode.coding.anchors import Placed
    from qualcode.coding.journal import Journal
    from qualcode.model import Coding, Transcript
    from qualcode.study import Study
    from qualcode.widgets._live_codebook import LiveCodebook

__all__ = ["CompareDesk", "Compared", "differs", "takes"]

_BUDGET = 0.15  # seconds that counting transcripts may take at a time


def takes(pair: Pair) -> bool:
    """Tell whether both agree and it is plain on which words: the same, or the narrower."""
    return pair.kind in (AGREE, IN_PART) and pair.narrower is not None


def differs(pair: Pair) -> bool:
    """Tell whether a reason is needed: the two do not both give the code on the same side."""
    return pair.kind not in (AGREE, IN_PART)


@dataclass(frozen=True)
class Compared:
    """One transcript's codings by three journals, paired, and what was settled."""

    codings: dict[str, dict[str, Any]]
    pairs: dict[str, Pair]
    outcomes: dict[str, Outcome]
    adrift: int

    @property
    def counts(self) -> dict[str, int]:
        """How much there is to settle and to take over, and how much of it is done."""
        agreed = [name for name, pair in self.pairs.items() if takes(pair)]
        differ = [name for name, pair in self.pairs.items() if not takes(pair)]
        return {
            "differences": len(differ),
            "settled": sum(name in self.outcomes for name in differ),
            "agreed": len(agreed),
            "taken": sum(name in self.outcomes for name in agreed),
        }

    def ids_of(self, name: str, pair: Pair) -> set[str]:
        """Give the ids of a pair's codings, and of those that settle it."""
        outcome = self.outcomes.get(name)
        items = outcome.items if outcome else ()
        return {mark.id for mark in pair.marks} | {item.coding.id for item in items}


class CompareDesk:
    """Some coders' codings, by transcript.

    Parameters
    ----------
    study : Study
        Whose transcripts are coded.
    coders : (str, str)
        Who is compared.
    into : str
        Whose journal holds what is settled.
    codes : LiveCodebook
        The codes.
    """

    def __init__(
        self, study: Study, coders: tuple[str, str], into: str, codes: LiveCodebook
    ) -> None:
        self.study, self.coders, self.into, self.codes = study, coders, into, codes
        self.journals: dict[str, Journal] = {
            name: study.journal(name, codebook=codes) for name in (*coders, into)
        }
        self._groups: dict[str, tuple[Any, dict[str, list[Coding]]]] = {}
        self._known: dict[str, tuple[Any, Compared]] = {}

    def both_coded(self, transcript_id: str) -> bool:
        """Tell whether there is anything to compare."""
        return all(transcript_id in self._grouped(coder) for coder in self.coders)

    def compared(self, transcript_id: str) -> Compared:
        """Compare the journals on one transcript, as they are now."""
        names = (*self.coders, self.into)
        groups = [self._grouped(name).get(transcript_id, []) for name in names]
        groups.append(self._grouped(self.into, declined=True).get(transcript_id, []))
        known = self._known.get(transcript_id)
        if known is None or known[0] != (groups, self.codes.now):
            known = ((groups, self.codes.now), self._compare(transcript_id, groups))
            self._known[transcript_id] = known
        return known[1]

    def rows(self, *, fill: bool) -> dict[str, dict[str, Any]]:
        """Tell how far each transcript is; `fill` works out a few that are not known yet."""
        until = time.monotonic() + (_BUDGET if fill else 0)
        coded = {name for coder in self.coders for name in self._grouped(coder)}
        return {name: self._row(name, until) for name in self.study.corpus if name in coded}

    def _row(self, name: str, until: float) -> dict[str, Any]:
        row: dict[str, Any] = {"id": name, "both": self.both_coded(name), "counts": None}
        if name in self._known or time.monotonic() < until:
            row["counts"] = self.compared(name).counts
        return row

    def _grouped(self, coder: str, *, declined: bool = False) -> Mapping[str, list[Coding]]:
        journal = self.journals[coder]
        now, key = journal.codings, f"{coder}:{declined}"
        known = self._groups.get(key)
        # A journal makes a new tuple after each change; only the empty one is always the same.
        if known is None or known[0] is not now or not now:
            groups: dict[str, list[Coding]] = {}
            for coding in journal.declined if declined else now:
                groups.setdefault(coding.transcript_id, []).append(coding)
            known = self._groups[key] = (now, groups)
        return known[1]

    def _compare(self, name: str, groups: Sequence[list[Coding]]) -> Compared:
        transcript = self.study.corpus[name]
        placed = [_placed(group, transcript) for group in groups]
        first, second, held, declined = ([self._item(one) for one in side] for side in placed)
        pairs = pair_marks([item.mark for item in first], [item.mark for item in second])
        payloads = (
            coding_payload(one, self.codes.now, own=one.coding.coder == self.into)
            for side in placed[:3]
            for one in side
        )
        return Compared(
            {payload["id"]: payload for payload in payloads},
            {pair_id(pair): pair for pair in pairs},
            outcomes_of(pairs, held, declined),
            sum(len(group) for group in groups[:3]) - sum(len(side) for side in placed[:3]),
        )

    def _item(self, placed: Placed) -> Item:
        coding = placed.coding
        code = (
            self.codes.resolve(coding.code_id) if coding.code_id in self.codes else coding.code_id
        )
        contrary = speaks_against(coding.memo)
        return Item(coding, Mark(placed.start, placed.end, code, coding.id, contrary))


def _placed(codings: Iterable[Coding], transcript: Transcript) -> tuple[Placed, ...]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", AdriftWarning)  # the view says how many
        return place_codings(codings, {transcript.id: transcript}).placed
