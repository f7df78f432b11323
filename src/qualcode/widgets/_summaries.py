"""The summaries of a study as their file is now, for a session that writes them.

What a step writes is only written where the file still says what the step found.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from qualcode.errors import QualcodeError, StudyError
from qualcode.study._summary_file import (
    SUMMARIES,
    Change,
    Summary,
    put_summaries,
    read_summary_file,
)

__all__ = ["Step", "Summaries", "stamp_of"]

Key = tuple[str, str, str]
Step = tuple[Change, ...]


def stamp_of(several: list[Summary]) -> str:
    """Tell one state of a cell's summaries from another; empty where there are none."""
    if not several:
        return ""
    told = "\x00".join(repr((one.key, one.summary, one.by, one.at, one.codings)) for one in several)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Summaries:
    """Summaries by their cell, read again when the file changes, with undo and redo.

    Parameters
    ----------
    root : Path, optional
        The study's folder; without one there are no summaries.
    clock : callable
        Gives the time, with its zone.
    """

    def __init__(self, root: Path | None, clock: Callable[[], datetime]) -> None:
        self.now: Mapping[Key, Summary] = {}
        self.fault = ""
        self.done: list[Step] = []
        self.undone: list[Step] = []
        self._path = None if root is None else root / SUMMARIES
        self._clock = clock
        self._seen: object = ()

    def refresh(self) -> None:
        """Read the file again if it changed; one that cannot be read leaves them as they are."""
        signature = self._signature()
        if self._path is None or signature == self._seen:
            return
        self._seen = signature
        try:
            self.now, self.fault = read_summary_file(self._path), ""
        except QualcodeError as exc:
            self.fault = f"the summaries cannot be read as they are now, {exc.faults[0]}"

    def save(self, new: Summary, there: list[Summary]) -> bool:
        """Write a summary in the place of those `there`; an empty one takes them away.

        False if there was none and is none. Several are there where codes were merged that each
        had one.
        """
        path = self._file()
        if not new.summary and not there:
            return False
        at = self._clock().astimezone(UTC).replace(microsecond=0)
        after = replace(new, at=at) if new.summary else None
        old = next((one for one in there if one.key == new.key), None)
        step = tuple(Change(one.key, one, None) for one in there if one is not old)
        put_summaries(path, [*step, Change(new.key, old, after)])
        self.refresh()
        self.done.append((*step, Change(new.key, old, self.now.get(new.key))))
        self.undone.clear()
        return True

    def undo(self) -> Step:
        """Put back what the last change found."""
        if not self.done:
            mend = "this matrix takes back what was done in it"
            raise StudyError("nothing to undo", mend=mend)
        step = self.done[-1]
        self._make(tuple(change.turned() for change in step))
        self.undone.append(self.done.pop())
        return step

    def redo(self) -> Step:
        """Make the change again that was taken back last."""
        if not self.undone:
            raise StudyError("nothing to redo", mend="redo follows an undo")
        step = self.undone[-1]
        self._make(step)
        self.done.append(self.undone.pop())
        return step

    def _make(self, step: Step) -> None:
        put_summaries(self._file(), step)
        self.refresh()

    def _file(self) -> Path:
        if self._path is None:
            mend = "open a study's folder"
            raise StudyError("the study has no folder to write summaries to", mend=mend)
        return self._path

    def _signature(self) -> object:
        if self._path is None:
            return None
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_ino, status.st_size, status.st_mtime_ns
