"""The transcripts as their files are now, for a session that stays open while one is edited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from qualcode.errors import QualcodeError
from qualcode.sources.canonical import read_transcript

if TYPE_CHECKING:
    from pathlib import Path

    from qualcode.model import Transcript

__all__ = ["LiveTexts"]

Signature = tuple[int, int, int]


class LiveTexts(Mapping[str, "Transcript"]):
    """Transcripts by id; one whose file was changed since it was last asked for is read again.

    Parameters
    ----------
    corpus : mapping of str to Transcript
        As they were opened. Transcripts without a file never change.
    """

    def __init__(self, corpus: Mapping[str, Transcript]) -> None:
        self._corpus = corpus
        self._read: dict[str, tuple[Signature | None, Transcript]] = {}
        self.fault = ""

    def __getitem__(self, transcript_id: str) -> Transcript:
        known = self._read.get(transcript_id)
        opened = self._corpus[transcript_id] if known is None else known[1]
        now = None if opened.path is None else _signature(opened.path)
        if known is None or (now == known[0] or now is None):
            self._read[transcript_id] = (now, opened)
            return opened
        self._read[transcript_id] = (now, self._again(opened))
        return self._read[transcript_id][1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._corpus)

    def __len__(self) -> int:
        return len(self._corpus)

    def _again(self, old: Transcript) -> Transcript:
        """Read a file that changed; one that cannot be read leaves the text as it was."""
        assert old.path is not None, "only what was read from a file is read again"
        try:
            new = read_transcript(old.path)
        except QualcodeError as exc:
            self.fault = f"the transcript cannot be read as it is now, {exc.faults[0]}"
            return old
        self.fault = ""
        return new if new.id == old.id else old


def _signature(path: Path) -> Signature | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns
