"""Read a file's bytes, or say why not; write a file whole or not at all."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from qualcode.errors import SourceError

__all__ = ["read_bytes", "write_whole"]

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


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` in the place of a file at once; on any fault the old file stays as it was."""
    target = Path(os.path.realpath(path))  # a link goes on pointing to the file
    temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        _write_new(temporary, data, like=target)
        temporary.replace(target)
        _sync_folder(target.parent)
    except (OSError, ValueError) as exc:
        reason = getattr(exc, "strerror", None) or str(exc)
        mend = "check that the folder is there, may be written to and is not full"
        raise SourceError(f"the file cannot be written: {reason}", file=path, mend=mend) from None
    finally:
        _remove(temporary)


def _write_new(path: Path, data: bytes, *, like: Path) -> None:
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        if like.exists():
            path.chmod(like.stat().st_mode & 0o777)
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system lets a folder be synced."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # the fault that matters has been raised already
