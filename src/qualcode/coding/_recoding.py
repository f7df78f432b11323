"""Many codings given another code in one change, and one change taken back among others.

A code that is split needs both: its codings move together, and go back together, whatever else
their coder has done since.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from qualcode.coding._history import change_of
from qualcode.coding._paired import PairedChanges
from qualcode.coding._replay import span_key
from qualcode.coding._requests import own_coding, recode_fault, resolve_code
from qualcode.coding._uuid7 import make_uuid7
from qualcode.coding.events import Event, RecodeEvent, UndoEvent
from qualcode.errors import Fault, JournalError, clip

if TYPE_CHECKING:
    from qualcode.model import Coding

__all__ = ["Recoding"]


class Recoding(PairedChanges):
    """The part of `qualcode.coding.journal.Journal` that recodes many codings at once."""

    def recode_many(self, coding_ids: Iterable[str], code_id: str) -> tuple[Coding, ...]:
        """Give codings another code together, in one write, taken back by one undo.

        Either all are recoded or, with an error, none.

        Parameters
        ----------
        coding_ids : iterable of str
            Ids of this coder's codings; one named twice counts once.
        code_id : str
            The new code.

        Returns
        -------
        tuple of Coding
            As they are now, in the order given; their ids stay.

        Raises
        ------
        JournalError
            As for `recode`, or if two of the codings are on the same words; all that is wrong is
            listed.
        UnknownCodeError
            If the codebook does not hold the code.
        JournalWriteError
            If the disk refuses; nothing is written then.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> from qualcode.coding.journal import Journal
        >>> from qualcode.model import Transcript
        >>> t = Transcript("a", "We waited for months.")
        >>> with TemporaryDirectory() as folder:
        ...     journal = Journal(folder, "RT")
        ...     two = journal.add(t, 0, 9, "delay"), journal.add(t, 3, 9, "delay")
        ...     both = journal.recode_many([one.id for one in two], "time-lag")
        ...     [coding.code_id for coding in both], len(journal.undo())
        (['time-lag', 'time-lag'], 2)
        """
        code = resolve_code(code_id, self._codebook)
        names = [*dict.fromkeys(coding_ids)]
        if not names:
            return ()
        with self._store.turn() as state:
            codings = [own_coding(state, name) for name in names]
            faults = [
                fault for one in codings for fault in recode_fault(state, one, code, self._codebook)
            ]
            self._refuse([*faults, *_same_words(codings)])
            stamps = self._stamps(state, len(names))
            batch = make_uuid7(stamps[0]["at"], self._rng) if len(names) > 1 else None
            self._store.append(
                [
                    RecodeEvent(**stamp, batch=batch, coding=name, code=code)
                    for name, stamp in zip(names, stamps, strict=True)
                ]
            )
            return tuple(state.codings[name] for name in names)

    def take_back(self, event_id: str) -> tuple[Event, ...]:
        """Take back one change, with its batch, whatever was done since.

        Parameters
        ----------
        event_id : str
            The id of an event that changed something, as `Journal.history` lists it.

        Returns
        -------
        tuple of Event
            The changes taken back; none if they were taken back already.

        Raises
        ------
        JournalError
            If this journal holds no such change.
        JournalWriteError
            If the disk refuses; nothing is written then.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> from qualcode.coding.journal import Journal
        >>> from qualcode.model import Transcript
        >>> t = Transcript("a", "We waited for months.")
        >>> with TemporaryDirectory() as folder:
        ...     journal = Journal(folder, "RT")
        ...     first, second = journal.add(t, 0, 9, "delay"), journal.add(t, 3, 9, "delay")
        ...     _ = journal.take_back(first.id)
        ...     journal.codings == (second,)
        True
        """
        with self._store.turn() as state:
            events = change_of(state, event_id)
            if not events:
                mend = "take the event's id from `history`"
                what = f"no change has the id {clip(str(event_id))!r}"
                raise JournalError(what, file=self.path, mend=mend)
            if events[0].group in state.undone:
                return ()
            self._store.append([UndoEvent(**self._stamp(state), undoes=events[0].id)])
            return events


def _same_words(codings: Sequence[Coding]) -> list[Fault]:
    """Find codings on the same words, which cannot all have one code."""
    often = Counter(span_key(coding) for coding in codings)
    mend = "recode one of them, and remove the other"
    return [
        Fault(f"{number} of the codings are on the same words of {clip(key[0])!r}", mend=mend)
        for key, number in often.items()
        if number > 1
    ]
