"""The changes that a coder makes: each is checked, stamped, and on the disk before it returns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from operator import index
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, TypedDict

from qualcode.coding._requests import (
    CodeList,
    NewCoding,
    add_faults,
    as_source,
    check_target,
    check_text,
    own_coding,
    recode_fault,
    resolve_code,
)
from qualcode.coding._uuid7 import make_uuid7
from qualcode.coding.events import AddEvent, MemoEvent, RecodeEvent, RemoveEvent
from qualcode.errors import Fault, JournalError
from qualcode.model import Coding, Source, Transcript

if TYPE_CHECKING:
    from qualcode.coding._replay import State
    from qualcode.coding._store import Store

__all__ = ["Changes", "add_event"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_BY_HAND = Source()


class Stamp(TypedDict):
    """What every event has."""

    id: str
    at: datetime


class Changes:
    """The half of `qualcode.coding.journal.Journal` that changes codings and memos."""

    path: Path
    _codebook: CodeList | None
    _clock: Callable[[], datetime]
    _rng: Random
    _store: Store

    def add(
        self,
        transcript: Transcript,
        start: int,
        end: int,
        code_id: str,
        *,
        memo: str = "",
        source: Source = _BY_HAND,
    ) -> Coding:
        """Give a code to a span.

        Parameters
        ----------
        transcript : Transcript
            The transcript, whose text is cut at the span.
        start, end : int
            Half-open span in code points of that text. Nothing is trimmed.
        code_id : str
            The code; an id that was merged into another is written as that other.
        memo : str
            The coder's note.
        source : Source
            By hand, from a suggestion, or imported.

        Returns
        -------
        Coding
            As saved.

        Raises
        ------
        JournalError
            If the span holds no words or lies outside the text, or the coder has given the same
            words the same code already.
        UnknownCodeError
            If the codebook does not hold the code.
        JournalWriteError
            If the disk refuses; nothing is written then.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> from qualcode.coding.journal import Journal
        >>> with TemporaryDirectory() as folder:
        ...     Journal(folder, "RT").add(Transcript("a", "We waited."), 3, 9, "delay").quote
        'waited'
        """
        return self.add_many([NewCoding(transcript, start, end, code_id, memo, source)])[0]

    def add_many(self, new: Iterable[NewCoding]) -> tuple[Coding, ...]:
        """Add codings together, in one write, taken back by one undo.

        Either all are added or, with an error, none. Only a crash amid the write, before this
        returns, can leave the first of them; one undo takes those back too.

        Parameters
        ----------
        new : iterable of NewCoding
            What to add.

        Returns
        -------
        tuple of Coding
            In the order given.

        Raises
        ------
        JournalError
            As for `add`; all that is wrong is listed, and nothing is added.
        UnknownCodeError
            If the codebook does not hold a code.
        JournalWriteError
            If the disk refuses; nothing is written then.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> from qualcode.coding.journal import Journal
        >>> t = Transcript("a", "We waited for months.")
        >>> with TemporaryDirectory() as folder:
        ...     journal = Journal(folder, "RT")
        ...     two = journal.add_many([NewCoding(t, 0, 9, "delay"), NewCoding(t, 3, 9, "delay")])
        ...     [coding.quote for coding in two], len(journal.undo())
        (['We waited', 'waited'], 2)
        """
        asked = [replace(one, code_id=resolve_code(one.code_id, self._codebook)) for one in new]
        if not asked:
            return ()
        with self._store.turn() as state:
            self._refuse(add_faults(state, asked, self._codebook))
            stamps = self._stamps(state, len(asked))
            batch = make_uuid7(stamps[0]["at"], self._rng) if len(asked) > 1 else None
            events = [add_event(one, at, batch) for one, at in zip(asked, stamps, strict=True)]
            self._store.append(events)
            return tuple(state.codings[event.id] for event in events)

    def remove(self, coding_id: str) -> Coding:
        """Take a coding away.

        Parameters
        ----------
        coding_id : str
            One of this coder's codings.

        Returns
        -------
        Coding
            What was taken away.

        Raises
        ------
        JournalError
            If it is not this coder's, or is removed already.
        JournalWriteError
            If the disk refuses; nothing is written then.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> from qualcode.coding.journal import Journal
        >>> with TemporaryDirectory() as folder:
        ...     journal = Journal(folder, "RT")
        ...     coding = journal.add(Transcript("a", "We waited."), 3, 9, "delay")
        ...     journal.remove(coding.id) == coding, journal.codings
        (True, ())
        """
        with self._store.turn() as state:
            coding = own_coding(state, coding_id)
            self._store.append([RemoveEvent(**self._stamp(state), coding=coding_id)])
            return coding

    def recode(self, coding_id: str, code_id: str) -> Coding:
        """Give a coding another code.

        Parameters
        ----------
        coding_id : str
            One of this coder's codings.
        code_id : str
            The new code.

        Returns
        -------
        Coding
            As it is now; its id stays.

        Raises
        ------
        JournalError
            If the coding is not this coder's or is removed, or its words have that code already.
        UnknownCodeError
            If the codebook does not hold the code.
        JournalWriteError
            If the disk refuses; nothing is written then.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> from qualcode.coding.journal import Journal
        >>> with TemporaryDirectory() as folder:
        ...     journal = Journal(folder, "RT")
        ...     coding = journal.add(Transcript("a", "We waited."), 3, 9, "delay")
        ...     journal.recode(coding.id, "time-lag").code_id
        'time-lag'
        """
        code = resolve_code(code_id, self._codebook)
        with self._store.turn() as state:
            coding = own_coding(state, coding_id)
            self._refuse(recode_fault(state, coding, code, self._codebook))
            self._store.append([RecodeEvent(**self._stamp(state), coding=coding_id, code=code)])
            return state.codings[coding_id]

    def memo(
        self,
        text: str,
        *,
        coding: str | None = None,
        transcript: Transcript | str | None = None,
        code: str | None = None,
    ) -> None:
        """Write a note on a coding, a transcript or a code, in place of the one before.

        Parameters
        ----------
        text : str
            The note; an empty one takes it away.
        coding : str, optional
            The id of one of this coder's codings.
        transcript : Transcript or str, optional
            A transcript, or its id.
        code : str, optional
            The id of a code.

        Raises
        ------
        JournalError
            If not exactly one of the three is given, or the coding is not this coder's.
        UnknownCodeError
            If the codebook does not hold the code.
        JournalWriteError
            If the disk refuses; nothing is written then.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> from qualcode.coding.journal import Journal
        >>> with TemporaryDirectory() as folder:
        ...     journal = Journal(folder, "RT")
        ...     journal.memo("Ask again.", transcript="a")
        ...     journal.memos[0].text
        'Ask again.'
        """
        named = transcript.id if isinstance(transcript, Transcript) else transcript
        now = None if code is None else resolve_code(code, self._codebook)
        target = check_target(coding=coding, transcript=named, code=now)
        with self._store.turn() as state:
            if coding is not None:
                own_coding(state, coding)
            event = MemoEvent(**self._stamp(state), memo=check_text(text), **target)
            self._store.append([event])

    def _refuse(self, faults: list[Fault]) -> None:
        if faults:
            raise JournalError.from_faults([replace(fault, file=self.path) for fault in faults])

    def _stamp(self, state: State) -> Stamp:
        return self._stamps(state, 1)[0]

    def _stamps(self, state: State, count: int) -> list[Stamp]:
        """Give events their ids and times: from now on, but later than all in the journal.

        A clock that was set back, or another computer's that is ahead, cannot put an event
        before one that it builds on.
        """
        now = self._clock()
        if now.tzinfo is None:
            raise JournalError("the clock gives no time zone", mend="use datetime.now(UTC)")
        latest = state.events[-1].at if state.events else _EPOCH
        try:
            first = max(now.astimezone(UTC), latest + _MICROSECOND)
            times = [first + place * _MICROSECOND for place in range(count)]
        except OverflowError:
            mend = "take that line out: its time was not written by qualcode"
            what = f"an event at the end of time ({latest.isoformat()})"
            raise JournalError(what, file=self.path, mend=mend) from None
        return [{"id": make_uuid7(at, self._rng), "at": at} for at in times]


def add_event(one: NewCoding, stamp: Stamp, batch: str | None) -> AddEvent:
    """Make the event that adds a coding."""
    start, end = index(one.start), index(one.end)
    return AddEvent(
        **stamp,
        batch=batch,
        transcript=one.transcript.id,
        text_hash=one.transcript.text_hash,
        code=one.code_id,
        start=start,
        end=end,
        quote=one.transcript.text[start:end],
        source=as_source(one.source),
        memo=check_text(one.memo),
    )
