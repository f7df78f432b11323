"""The coding journal: the only writer of codings.

One coder's journal is one file, to which lines are only added. Each change is on the disk before
it is acknowledged, and undo is a line too, so the file is the audit trail.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path
from random import Random, SystemRandom
from typing import TYPE_CHECKING

from qualcode.coding._history import history_rows, last_change, last_undone
from qualcode.coding._names import check_coder_name
from qualcode.coding._recoding import Recoding
from qualcode.coding._replay import as_coding, in_text_order
from qualcode.coding._requests import CodeList, NewCoding
from qualcode.coding._store import Store
from qualcode.coding.events import AddEvent, Event, RedoEvent, UndoEvent
from qualcode.errors import JournalError, clip

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.coding._replay import Memo
    from qualcode.model import Coding

__all__ = ["Journal", "NewCoding", "check_coder_name"]


class Journal(Recoding):
    """One coder's codings, each saved at once.

    Every call first takes in what another program, or git, has written to the file.

    Parameters
    ----------
    folder : Path or str
        The folder of the journals; it is made with the first coding.
    coder : str
        Whose journal it is (see `check_coder_name`).
    codebook : Codebook, optional
        The codes that may be given. Without it any code may.
    clock : callable, optional
        Gives the time, with its zone; the system's clock by default.
    rng : random.Random, optional
        Where the random part of the ids comes from; the system's source by default.

    Raises
    ------
    JournalError
        If the name cannot be a coder's, or differs only in capitals from another's.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from qualcode.model import Transcript
    >>> t = Transcript("a", "We waited for months.")
    >>> with TemporaryDirectory() as folder:
    ...     journal = Journal(folder, "RT")
    ...     coding = journal.add(t, 3, 9, "delay")
    ...     undone = journal.undo()
    ...     coding.quote, [event.kind for event in undone], journal.codings
    ('waited', ['add'], ())
    """

    def __init__(
        self,
        folder: Path | str,
        coder: str,
        *,
        codebook: CodeList | None = None,
        clock: Callable[[], datetime] | None = None,
        rng: Random | None = None,
    ) -> None:
        self.coder = check_coder_name(coder)
        self.path = Path(folder) / f"{coder}.jsonl"
        self._codebook = codebook
        self._clock = clock or (lambda: datetime.now(UTC))
        self._rng = rng or SystemRandom()
        self._store = Store(self.path, coder)
        self._store.check_name()
        self._sorted: tuple[int, tuple[Coding, ...]] = (-1, ())

    def __repr__(self) -> str:
        return f"Journal({self.coder!r}, {len(self.codings)} codings)"

    @property
    def codings(self) -> tuple[Coding, ...]:
        """The codings that hold, by transcript, start, end and id."""
        state = self._store.refresh()
        if self._sorted[0] != self._store.version:
            codings = tuple(in_text_order(state.codings.values()))
            self._sorted = (self._store.version, codings)
        return self._sorted[1]

    @property
    def length(self) -> int:
        """The number of events, which only grows unless the file is replaced by an older one."""
        return len(self._store.refresh().events)

    def added(self, coding_id: str) -> Coding | None:
        """Give a coding as it was added, whether or not it still holds.

        Parameters
        ----------
        coding_id : str
            The id of the coding.

        Returns
        -------
        Coding or None
            None if this journal never held it.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> from qualcode.model import Transcript
        >>> with TemporaryDirectory() as folder:
        ...     journal = Journal(folder, "RT")
        ...     coding = journal.add(Transcript("a", "We waited."), 3, 9, "delay")
        ...     _ = journal.remove(coding.id)
        ...     journal.added(coding.id) == coding, journal.added("other")
        (True, None)
        """
        event = self._store.refresh().by_id.get(coding_id)
        return as_coding(event, self.coder) if isinstance(event, AddEvent) else None

    @property
    def memos(self) -> tuple[Memo, ...]:
        """The notes on transcripts and codes, in the order they were written."""
        memos = self._store.refresh().memos.values()
        return tuple(sorted(memos, key=attrgetter("created_at")))

    @property
    def can_undo(self) -> bool:
        """True if there is a change that `undo` would take back."""
        return bool(last_change(self._store.refresh()))

    @property
    def can_redo(self) -> bool:
        """True if nothing was changed since the last undo that can be made good."""
        return bool(last_undone(self._store.refresh()))

    def undo(self) -> tuple[Event, ...]:
        """Take back the latest change that holds, with its batch.

        What can be undone is read from the journal, so it survives a restart and has no limit.

        Returns
        -------
        tuple of Event
            The changes taken back.

        Raises
        ------
        JournalError
            If there is nothing to undo.
        JournalWriteError
            If the disk refuses; nothing is written then.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     Journal(folder, "RT").undo()
        Traceback (most recent call last):
        qualcode.errors.JournalError: ...RT.jsonl: nothing to undo. Mend: ...
        """
        with self._store.turn() as state:
            events = last_change(state)
            if not events:
                raise JournalError("nothing to undo", file=self.path, mend="code something first")
            self._store.append([UndoEvent(**self._stamp(state), undoes=events[0].id)])
            return events

    def redo(self) -> tuple[Event, ...]:
        """Make the change again that was undone last. A new change leaves nothing to redo.

        Returns
        -------
        tuple of Event
            The changes made again.

        Raises
        ------
        JournalError
            If there is nothing to redo.
        JournalWriteError
            If the disk refuses; nothing is written then.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> from qualcode.model import Transcript
        >>> with TemporaryDirectory() as folder:
        ...     journal = Journal(folder, "RT")
        ...     coding = journal.add(Transcript("a", "We waited."), 3, 9, "delay")
        ...     _ = journal.undo(), journal.redo()
        ...     journal.codings == (coding,)
        True
        """
        with self._store.turn() as state:
            events = last_undone(state)
            if not events:
                mend = "redo follows an undo, with no other change between"
                raise JournalError("nothing to redo", file=self.path, mend=mend)
            self._store.append([RedoEvent(**self._stamp(state), redoes=events[0].id)])
            return events

    def history(self, coding_id: str | None = None) -> pd.DataFrame:
        """List what was done, in order, with what was undone marked.

        Parameters
        ----------
        coding_id : str, optional
            Only what concerns this coding.

        Returns
        -------
        pandas.DataFrame
            The frame ``history``, a row an event.

        Raises
        ------
        JournalError
            If no event concerns that coding.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> from qualcode.model import Transcript
        >>> with TemporaryDirectory() as folder:
        ...     journal = Journal(folder, "RT")
        ...     coding = journal.add(Transcript("a", "We waited."), 3, 9, "delay")
        ...     _ = journal.undo()
        ...     journal.history()[["event", "code_id", "detail", "undone"]]
          event code_id  detail  undone
        0   add   delay  waited    True
        1  undo   delay     add   False
        """
        from qualcode.frames import make_frame  # pandas is slow to import

        rows = history_rows(self._store.refresh(), coding_id)
        if coding_id is not None and not rows:
            what = f"no event concerns the coding {clip(str(coding_id))!r}"
            raise JournalError(what, file=self.path, mend="take the id from `codings`")
        return make_frame("history", rows)
