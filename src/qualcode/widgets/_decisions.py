"""What a coder has decided that a suggester was not told yet.

It is read off the journal, not counted key by key. So undo, redo and what another program writes
need no rule of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from qualcode.coding.suggesting import Decision

if TYPE_CHECKING:
    from qualcode.coding.journal import Journal
    from qualcode.widgets._live_codebook import LiveCodebook
    from qualcode.widgets._offers import Key

__all__ = ["Decisions"]


class Decisions:
    """A journal's decisions, with what has been told of them.

    Parameters
    ----------
    journal : Journal
        The coder's. What it holds at first counts as told: the suggester was made from it.
    codes : LiveCodebook
        The codes.
    """

    def __init__(self, journal: Journal, codes: LiveCodebook) -> None:
        self._journal, self._codes = journal, codes
        self._read: tuple[Any, Mapping[Key, bool]] = (None, {})
        self._told = self.now
        self._untold: tuple[Any, tuple[Decision, ...]] = (None, ())

    @property
    def now(self) -> Mapping[Key, bool]:
        """Whether a code for a span was accepted, for all that is decided."""
        codings = self._journal.codings
        # All versions without codings share one empty tuple, hence the length.
        seen = (self._journal.length, self._codes.now)
        if self._read[0] is None or self._read[0][:2] != seen or self._read[0][2] is not codings:
            groups = ((self._journal.declined, False), (codings, True))
            keys = {
                (one.transcript_id, one.start, one.end, self._codes.resolve(one.code_id)): accepted
                for group, accepted in groups
                for one in group
                if one.code_id in self._codes
            }
            self._read = ((*seen, codings), keys)
        return self._read[1]

    @property
    def untold(self) -> tuple[Decision, ...]:
        """What was decided since the suggester was told last."""
        now = self.now
        if self._untold[0] is not now:
            before = self._before()
            self._untold = (now, (*_new(before, now), *_gone(before, now)))
        return self._untold[1]

    def tell(self) -> tuple[Decision, ...]:
        """Give what was decided since the last call; it counts as told from now on."""
        untold = self.untold
        self._told, self._untold = self.now, (self.now, ())
        return untold

    def _before(self) -> Mapping[Key, bool]:
        """Give what was told, under the codes' present names: a merge decides nothing."""
        return {
            (name, start, end, self._codes.resolve(code)): accepted
            for (name, start, end, code), accepted in self._told.items()
            if code in self._codes
        }


def _new(before: Mapping[Key, bool], now: Mapping[Key, bool]) -> Iterator[Decision]:
    for key, accepted in now.items():
        if before.get(key) is not accepted:
            yield Decision(*key, accepted)


def _gone(before: Mapping[Key, bool], now: Mapping[Key, bool]) -> Iterator[Decision]:
    """Give codings that were told and are gone; one whose bounds were moved is still there."""
    gone = [key for key, accepted in before.items() if accepted and key not in now]
    for name, start, end, code in gone:
        moved = any(
            accepted and (name, code) == (there, given) and first < end and last > start
            for (there, first, last, given), accepted in now.items()
        )
        if not moved:
            yield Decision(name, start, end, code, accepted=False)
