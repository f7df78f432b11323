"""Read the bytes of a file that somebody names, or say why not."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from qualcode.errors import SourceError

__all__ = ["read_bytes"]

# A long interview is 100 KB of text. What is a thousand times that is a recording or an accident.
_MOST_BYTES = 100_000_000


def read_bytes(path: Path | str) -> bytes:
    """Read a file, or raise `SourceError` that says why it cannot be read and the mend."""
    try:
        found = os.stat(path)  # noqa: PTH116 - thousands of files: Path takes twice as long
        _check_kind(path, found)
        with open(path, "rb", buffering=0) as stream:  # noqa: PTH123
            return stream.read()
    except (OSError, ValueError) as exc:
        what, mend = _why_unread(exc)
        raise SourceError(what, file=Path(path), mend=mend) from None


def _why_unread(exc: OSError | ValueError) -> tuple[str, str]:
    if isinstance(exc, FileNotFoundError):
        return "there is no such file", "check the path"
    if isinstance(exc, PermissionError):
        return "no permission to read the file", "ask for permission to read it"
    reason = getattr(exc, "strerror", None) or str(exc)
    return f"the file cannot be read: {reason}", "check the path and the disk"


def _check_kind(path: Path | str, found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        what, mend = "this is a folder, not a file", "name the files in it"
    elif not stat.S_ISREG(found.st_mode):
        what, mend = "this is a device or a pipe, not a file", "save it as a file first"
    elif found.st_size > _MOST_BYTES:
        what = f"the file has {found.st_size:,} bytes; a text may have {_MOST_BYTES:,}"
        mend = "give the transcript, not the recording"
    else:
        return
    raise SourceError(what, file=Path(path), mend=mend)
