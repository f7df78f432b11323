"""Changes that are two events in one batch: an add and a remove, taken back by one undo.

So they need no event of their own, and a program that knows only `add` and `remove` reads them
rightly.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode.coding._changes import Changes, add_event
from qualcode.coding._replay import as_coding
from qualcode.coding._requests import NewCoding, add_faults, own_coding, resolve_code
from qualcode.coding._uuid7 import make_uuid7
from qualcode.coding.events import AddEvent, RemoveEvent
from qualcode.errors import JournalError, clip

if TYPE_CHECKING:
    from qualcode.model import Coding, Transcript

__all__ = ["PairedChanges"]


class PairedChanges(Changes):
    """The part of `qualcode.coding.journal.Journal` that moves bounds and declines offers."""

    coder: str

    def resize(self, coding_id: str, transcript: Transcript, start: int, end: int) -> Coding:
        """Give a coding other words: trim it, or extend it.

        The coding is removed and added anew, with its code, memo and source.

        Parameters
        ----------
        coding_id : str
            One of this coder's codings.
        transcript : Transcript
            The coding's own transcript, as it is now.
        start, end : int
            Half-open span in code points of its text.

        Returns
        -------
        Coding
            As saved; it has an id of its own.

        Raises
        ------
        JournalError
            If the coding is not this coder's or is of another transcript, or the span holds no
            words, lies outside the text, or has that code already.
        UnknownCodeError
            If the codebook does not hold the coding's code.
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
        ...     coding = journal.add(t, 3, 9, "delay", memo="why?")
        ...     longer = journal.resize(coding.id, t, 3, 20)
        ...     (longer.quote, longer.memo), journal.codings == (longer,)
        (('waited for months', 'why?'), True)
        """
        with self._store.turn() as state:
            old = own_coding(state, coding_id)
            code = resolve_code(old.code_id, self._codebook)
            new = NewCoding(transcript, start, end, code, old.memo, old.source)
            self._check_same(old, transcript)
            self._refuse(add_faults(state, [new], self._codebook))
            first, second = self._stamps(state, 2)
            batch = make_uuid7(first["at"], self._rng)
            removed = RemoveEvent(**first, batch=batch, coding=coding_id)
            self._store.append([removed, add_event(new, second, batch)])
            return state.codings[second["id"]]

    def decline(self, new: NewCoding) -> Coding:
        """Put on record that a coding was offered and not taken.

        It is added and removed in one change, so that no table counts it and the journal tells
        who declined what, and why.

        Parameters
        ----------
        new : NewCoding
            What was offered; its memo says why it was not taken, its source who offered it.

        Returns
        -------
        Coding
            What was declined.

        Raises
        ------
        JournalError
            If the span holds no words or lies outside the text, or the coder has given the same
            words the same code.
        UnknownCodeError
            If the codebook does not hold the code.
        JournalWriteError
            If the disk refuses; nothing is written then.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> from qualcode.coding.journal import Journal
        >>> from qualcode.model import Source, Transcript
        >>> offer = NewCoding(Transcript("a", "We waited."), 3, 9, "delay", "a pun", Source("suggestion"))
        >>> with TemporaryDirectory() as folder:
        ...     journal = Journal(folder, "RT")
        ...     _ = journal.decline(offer)
        ...     journal.codings, [coding.memo for coding in journal.declined]
        ((), ['a pun'])
        """
        new = replace(new, code_id=resolve_code(new.code_id, self._codebook))
        with self._store.turn() as state:
            self._refuse(add_faults(state, [new], self._codebook))
            first, second = self._stamps(state, 2)
            batch = make_uuid7(first["at"], self._rng)
            added = add_event(new, first, batch)
            self._store.append([added, RemoveEvent(**second, batch=batch, coding=added.id)])
            return as_coding(added, self.coder)

    @property
    def declined(self) -> tuple[Coding, ...]:
        """What was offered and not taken, in the order of the decisions."""
        state = self._store.refresh()
        removed = {
            event.coding: event.batch
            for event in state.events
            if isinstance(event, RemoveEvent) and event.batch and event.group not in state.undone
        }
        return tuple(
            as_coding(event, self.coder)
            for event in state.events
            if isinstance(event, AddEvent) and event.batch and removed.get(event.id) == event.batch
        )

    def _check_same(self, coding: Coding, transcript: Transcript) -> None:
        if coding.transcript_id != transcript.id:
            what = f"coding {coding.id} is of another transcript"
            mend = f"give the transcript {clip(coding.transcript_id)!r}"
            raise JournalError(what, file=self.path, mend=mend)
