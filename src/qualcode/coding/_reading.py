"""Read one journal file: its whole lines, and what a crash left after them."""

from __future__ import annotations

import os
import re
import stat
import time
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.coding._lines import decode_events, is_torn
from qualcode.errors import Fault, JournalError, TornLineWarning

if TYPE_CHECKING:
    from qualcode.coding.events import Event

__all__ = ["JournalText", "line_of", "read_journal", "torn_fault", "unique_events", "warn_torn"]

#: device, inode, size, and the times that any change of the file moves
Signature = tuple[int, int, int, int, int]
_PATIENCE = 5
_PAUSE = 0.02


@dataclass(frozen=True)
class JournalText:
    """What a journal file held when it was read.

    `size` counts the bytes of the whole lines, and `end` holds the last of them.
    """

    events: list[Event]
    torn: bytes
    signature: Signature
    size: int
    end: bytes

    @property
    def is_open(self) -> bool:
        """True where the last whole line lacks its line end."""
        return bool(self.end) and not self.end.endswith(b"\n")


def signature(status: os.stat_result) -> Signature:
    """Tell one state of a file from another, also after git has put another file in its place."""
    return (
        status.st_dev,
        status.st_ino,
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
    )


def read_journal(path: Path) -> JournalText:
    """Read and decode a journal; a torn last line is left out, and kept in `torn`.

    Raises JournalError if there is no such file, it cannot be read, or a line is no event.
    """
    data, sign = _read_bytes(path)
    split = len(data) - len(_torn_tail(data))
    events = unique_events(decode_events(data[:split], file=path), file=path, data=data)
    return JournalText(events, data[split:], sign, split, end_of(data[:split]))


def end_of(data: bytes) -> bytes:
    """Give enough of a file's end, the last line at least, to know it again by its ids."""
    return data[min(data.rfind(b"\n", 0, -1) + 1, max(0, len(data) - 1024)) :]


def unique_events(events: Iterable[Event], *, file: Path, data: bytes) -> list[Event]:
    """Drop repeats, which a merge brings; refuse two different events with one id."""
    by_id: dict[str, Event] = {}
    faults = []
    for event in events:
        if by_id.setdefault(event.id, event) != event:
            what = f"the event {event.id[:40]} stands here twice, with different contents"
            mend = "journals are not edited by hand: bring the line back from git"
            faults.append(Fault(what, file, line_of(data, event.id, last=True), mend))
    if faults:
        raise JournalError.from_faults(faults)
    return list(by_id.values())


def line_of(data: bytes, event_id: str, *, last: bool = False) -> int | None:
    """Find the line on which an event stands, counted from 1."""
    key = rb'"id"\s*:\s*"' + re.escape(event_id.encode("utf-8", "replace")) + b'"'
    places = [found.start() for found in re.finditer(key, data)]
    return data.count(b"\n", 0, places[-1 if last else 0]) + 1 if places else None


def torn_fault(path: Path, torn: bytes) -> Fault:
    """Say that the last line of a journal was cut short."""
    what = f"the last line was cut short by a crash ({len(torn)} bytes); it is left out"
    name = f"{path.stem}.torn.txt"
    return Fault(what, path, mend=f"none needed: the next coding moves it into {name}")


def warn_torn(path: Path, torn: bytes) -> None:
    """Warn of a torn last line."""
    warnings.warn(str(torn_fault(path, torn)), TornLineWarning, stacklevel=3)


def _torn_tail(data: bytes) -> bytes:
    """Give what stands after the last line end, if it is an event cut short."""
    tail = data[data.rfind(b"\n") + 1 :]
    return tail if is_torn(tail) else b""


def _read_bytes(path: Path) -> tuple[bytes, Signature]:
    """Read the file; while its last line is torn, see whether somebody is just writing it."""
    data, sign = _read_once(path)
    for _ in range(_PATIENCE):
        if not _torn_tail(data):
            break
        time.sleep(_PAUSE)
        before = data
        data, sign = _read_once(path)
        if data == before:
            break
    return data, sign


def _read_once(path: Path) -> tuple[bytes, Signature]:
    try:
        # Not a pipe or a device: to open one of those could wait for ever.
        if not stat.S_ISREG(path.stat().st_mode):
            raise JournalError("not a file", file=path, mend="move it out of the folder")
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            return file.read(), signature(status)
    except OSError as exc:
        mend = "check that the file is there and that you may read it"
        raise JournalError(f"cannot be read: {exc.strerror}", file=path, mend=mend) from exc
