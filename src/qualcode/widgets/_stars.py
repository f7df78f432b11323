"""The stars of a study as their file is now, for a session that sets and takes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.errors import QualcodeError, StudyError
from qualcode.study._star_file import STARS, Star, put_star, read_star_file, take_star

if TYPE_CHECKING:
    from qualcode.coding.anchors import Placed
    from qualcode.study import Study

__all__ = ["Stars"]

_WORDS = 6


class Stars:
    """Stars by the id of their coding, read again when the file changes.

    Parameters
    ----------
    root : Path, optional
        The study's folder; without one there are no stars.
    clock : callable
        Gives the time, with its zone.
    """

    def __init__(self, root: Path | None, clock: Callable[[], datetime]) -> None:
        self.now: dict[str, dict[str, Any]] = {}
        self.fault = ""
        self._path = None if root is None else root / STARS
        self._clock = clock
        self._seen: object = ()

    def refresh(self) -> None:
        """Read the file again if it changed; one that cannot be read leaves the stars as they are."""
        signature = self._signature()
        if self._path is None or signature == self._seen:
            return
        self._seen = signature
        try:
            stars = read_star_file(self._path)
        except QualcodeError as exc:
            self.fault = f"the stars cannot be read as they are now, {exc.faults[0]}"
            return
        self.now, self.fault = {name: _payload(star) for name, star in stars.items()}, ""

    def put(self, placed: Placed, study: Study, coder: str) -> None:
        """Give a coding a star, on the disk."""
        coding = placed.coding
        text = study.corpus[coding.transcript_id].text
        begins = " ".join(text[placed.start : placed.end].split()[:_WORDS])
        code = study.codebook.resolve(coding.code_id)
        at = self._clock().astimezone(UTC).replace(microsecond=0)
        put_star(self._file(), Star(coding.id, coding.transcript_id, code, begins[:80], coder, at))
        self.refresh()

    def take(self, coding_id: str) -> None:
        """Take a coding's star away, on the disk."""
        take_star(self._file(), coding_id)
        self.refresh()

    def _file(self) -> Path:
        if self._path is None:
            mend = "open a study's folder"
            raise StudyError("the study has no folder to write stars to", mend=mend)
        return self._path

    def _signature(self) -> object:
        if self._path is None:
            return None
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_ino, status.st_size, status.st_mtime_ns


def _payload(star: Star) -> dict[str, Any]:
    return {
        "id": star.coding_id,
        "transcript": star.transcript_id,
        "begins": star.begins,
        "by": star.starred_by,
        "at": star.starred_at.isoformat(timespec="seconds"),
    }
