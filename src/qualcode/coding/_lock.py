"""Let one process at a time append to a journal."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from qualcode.errors import JournalWriteError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

__all__ = ["lock_journal"]

_PAUSE = 0.001


def lock_journal(path: Path, *, seconds: float = 30.0) -> AbstractContextManager[None]:
    """Hold the lock of a journal for the length of a ``with``.

    The kernel frees the lock when its holder dies, however it dies. Raises JournalWriteError when
    somebody else holds it for too long.
    """
    beside = path.with_name(f".{path.stem}.lock")
    return _with_filelock(beside, seconds) if fcntl is None else _with_flock(beside, seconds)


@contextmanager
def _with_flock(path: Path, seconds: float) -> Iterator[None]:
    # The same lock on the same file as filelock's, without its bookkeeping: that costs half as
    # much as the fsync it stands beside.
    descriptor = _open_locked(path, time.monotonic() + seconds)
    try:
        yield
    finally:
        os.close(descriptor)


def _open_locked(path: Path, deadline: float) -> int:
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # A lock on a file that was deleted meanwhile keeps nobody out.
            if os.fstat(descriptor).st_nlink:
                return descriptor
        except BlockingIOError:
            pass
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        if time.monotonic() > deadline:
            raise _busy(path)
        time.sleep(_PAUSE)


@contextmanager
def _with_filelock(path: Path, seconds: float) -> Iterator[None]:
    from filelock import FileLock, Timeout

    lock = FileLock(path, timeout=seconds, poll_interval=_PAUSE)
    try:
        lock.acquire()
    except Timeout:
        raise _busy(path) from None
    try:
        yield
    finally:
        lock.release()


def _busy(path: Path) -> JournalWriteError:
    mend = "close the other notebook or program that codes under this name, then try again"
    return JournalWriteError("another program is writing this journal", file=path, mend=mend)
