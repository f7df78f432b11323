"""Append whole lines to a journal so that they are on the disk, or not in the file at all."""

from __future__ import annotations

import errno
import os
import warnings
from contextlib import suppress
from pathlib import Path

from qualcode.errors import JournalWriteError, TornLineWarning

__all__ = ["append_lines", "refusal", "set_torn_aside"]

_FLAGS = os.O_RDWR | os.O_APPEND | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_FULL = "free some space on the disk, then code again; what was coded before is safe"
_CLOSED = "make the folder and the file writable for you, then code again"
_MENDS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: "free some of your quota, then code again; what was coded before is safe",
    errno.EFBIG: "raise the limit on the size of a file (ulimit -f), then code again",
    errno.EACCES: _CLOSED,
    errno.EPERM: _CLOSED,
    errno.EROFS: _CLOSED,
}


def append_lines(path: Path, lines: bytes) -> os.stat_result:
    """Add lines to the end of a file, in one write, and see them onto the disk.

    The lock of the journal must be held. Raises OSError, and then the file is as it was.
    """
    descriptor, is_new = _open(path)
    try:
        size = os.fstat(descriptor).st_size
        try:
            _write_whole(descriptor, lines)
            os.fsync(descriptor)
            if size == 0:
                sync_folder(path.parent)
        except BaseException:
            _take_back(descriptor, size)
            raise
        status = os.fstat(descriptor)
    except BaseException:
        os.close(descriptor)
        if is_new:
            with suppress(OSError):
                path.unlink()
        raise
    os.close(descriptor)
    return status


def set_torn_aside(path: Path, size: int, torn: bytes) -> None:
    """Move a torn last line into ``<coder>.torn.txt``, which must hold it before the journal loses it.

    The lock of the journal must be held. `size` is that of the whole lines. Raises OSError.
    """
    beside = path.with_name(f"{path.stem}.torn.txt")
    append_lines(beside, torn + b"\n")
    with path.open("r+b") as file:
        file.truncate(size)
        os.fsync(file.fileno())
    warnings.warn(
        f"{path}: the last line was cut short by a crash; its {len(torn)} bytes are now in"
        f" {beside.name}",
        TornLineWarning,
        stacklevel=2,
    )


def refusal(exc: OSError, path: Path) -> JournalWriteError:
    """Say that the disk refused, and what can be done about it."""
    what = f"nothing was written: {exc.strerror or type(exc).__name__}"
    mend = _MENDS.get(exc.errno or 0, "check the disk, then code again")
    return JournalWriteError(what, file=path, mend=mend)


def sync_folder(folder: Path) -> None:
    """See a folder's list of names onto the disk, where the system can do that."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _open(path: Path) -> tuple[int, bool]:
    try:
        return os.open(path, _FLAGS), False
    except FileNotFoundError:
        return os.open(path, _FLAGS | os.O_CREAT | os.O_EXCL, 0o666), True


def _write_whole(descriptor: int, lines: bytes) -> None:
    # One write takes all, unless the disk is filling up: then the next one says why.
    while lines:
        written = os.write(descriptor, lines)
        if written == 0:
            raise OSError(errno.EIO, "the disk takes no more")
        lines = lines[written:]


def _take_back(descriptor: int, size: int) -> None:
    with suppress(OSError):
        os.ftruncate(descriptor, size)
        os.fsync(descriptor)
