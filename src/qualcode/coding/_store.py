"""A journal file and what it amounts to, kept in step with whoever else writes to it."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from qualcode.coding._append import append_lines, refusal, set_torn_aside, sync_folder
from qualcode.coding._lines import decode_events, encode_event, is_torn
from qualcode.coding._lock import lock_journal
from qualcode.coding._names import case_faults
from qualcode.coding._reading import (
    JournalText,
    Signature,
    end_of,
    read_journal,
    signature,
    warn_torn,
)
from qualcode.coding._replay import State, replay
from qualcode.coding.events import Event, RedoEvent, UndoEvent
from qualcode.errors import JournalError

__all__ = ["Store"]


class Store:
    """The events of one coder: in a file, and replayed in memory."""

    def __init__(self, path: Path, coder: str) -> None:
        self.path = path
        self.coder = coder
        self.state = State(coder)
        self.version = 0
        self._seen: JournalText | None = None
        self._warned = b""
        self._threads = threading.RLock()

    def check_name(self) -> None:
        """Refuse the coder if there is a journal whose name differs only in capitals."""
        stems = sorted(p.stem for p in self.path.parent.glob("*.jsonl") if p.stem != self.coder)
        same = [stem for stem in stems if stem.lower() == self.coder.lower()]
        faults = case_faults([*same, self.coder], self.path.parent)
        if faults:
            raise JournalError.from_faults(faults)

    def refresh(self) -> State:
        """Read what has been written since, and warn of a torn last line once."""
        state = self._refresh()
        torn = b"" if self._seen is None else self._seen.torn
        if torn and torn != self._warned:
            self._warned = torn
            warn_torn(self.path, torn)
        return state

    def _refresh(self) -> State:
        """Read what has been written since; a file that git has replaced is read anew."""
        with self._threads:
            try:
                now = signature(self.path.stat())
            except FileNotFoundError:
                if self._seen is not None:
                    self._seen = None
                    self._set(State(self.coder))
                return self.state
            except OSError as exc:
                mend = "check that you may read the folder"
                what = f"cannot be read: {exc.strerror}"
                raise JournalError(what, file=self.path, mend=mend) from exc
            if self._seen is None or now != self._seen.signature:
                self._catch_up(now)
            return self.state

    @contextmanager
    def turn(self) -> Iterator[State]:
        """Hold the journal alone, with all that has been written so far."""
        with self._threads, ExitStack() as held:
            try:
                self._lock(held)
            except OSError as exc:
                raise refusal(exc, self.path) from exc
            # A torn line is told of when it is set aside.
            yield self._refresh()

    def _lock(self, held: ExitStack) -> None:
        try:
            held.enter_context(lock_journal(self.path))
        except FileNotFoundError:  # the folder is not there yet
            self.path.parent.mkdir(parents=True, exist_ok=True)
            sync_folder(self.path.parent.parent)
            held.enter_context(lock_journal(self.path))

    def append(self, events: Sequence[Event]) -> None:
        """Write events to the disk, then let them change the state. Only within a `turn`."""
        lines = b"".join(map(encode_event, events))
        seen = self._seen
        if seen is None:
            self.check_name()
        try:
            if seen is not None and seen.torn:
                set_torn_aside(self.path, seen.size, seen.torn)
            if seen is not None and seen.is_open:
                lines = b"\n" + lines
            status = append_lines(self.path, lines)
        except OSError as exc:
            raise refusal(exc, self.path) from exc
        size = status.st_size
        self._seen = JournalText([], b"", signature(status), size, end_of(lines))
        self._take_in(events)

    def _take_in(self, events: Sequence[Event]) -> None:
        """Change the state by events that come after all others."""
        if any(isinstance(event, UndoEvent | RedoEvent) for event in events):
            self._set(replay([*self.state.events, *events], self.coder))
            return
        for event in events:
            self.state.append(event)
        self.version += 1

    def _catch_up(self, now: Signature) -> None:
        text = self._read_new(now)
        if text is None:
            self._seen = None
            text = read_journal(self.path)
            self._set(replay(text.events, self.coder))
        elif text.events:
            self._set(replay([*self.state.events, *text.events], self.coder))
        self._seen = text

    def _read_new(self, now: Signature) -> JournalText | None:
        """Read only the lines that were added, or nothing if the file is not just longer."""
        seen = self._seen
        if seen is None or now[:2] != seen.signature[:2] or now[2] <= seen.size:
            return None
        try:
            with self.path.open("rb") as file:
                sign = signature(os.fstat(file.fileno()))
                file.seek(seen.size - len(seen.end))
                data = file.read()
            new = data[len(seen.end) :]
            if sign[:2] != now[:2] or not data.startswith(seen.end) or _is_ragged(seen, new):
                return None
            events = decode_events(new)
        except (OSError, JournalError):
            return None  # the whole file is read instead, and says on which line the fault is
        known = self.state.by_id
        if any(event.id in known and known[event.id] != event for event in events):
            return None
        fresh = {event.id: event for event in events if event.id not in known}
        size = seen.size + len(new)
        return JournalText(list(fresh.values()), b"", sign, size, end_of(data))

    def _set(self, state: State) -> None:
        self.state = state
        self.version += 1


def _is_ragged(seen: JournalText, new: bytes) -> bool:
    """Tell whether added bytes go on with a line seen before, or break off."""
    if seen.torn or (seen.is_open and not new.startswith(b"\n")):
        return True
    return is_torn(new[new.rfind(b"\n") + 1 :])
