"""Vectors kept on disk by a text's fingerprint, so that each text is read once.

SQLite lets two processes use one file. A row carries a checksum; a row or a file that is broken is
made again, with a notice. The folder holds nothing but what can be made again.
"""

from __future__ import annotations

import hashlib
import sqlite3
import warnings
import zlib
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from qualcode.errors import CacheWarning

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

__all__ = ["VectorFile", "fingerprint", "hide_from_git"]

_TABLE = (
    "CREATE TABLE IF NOT EXISTS vectors (text BLOB PRIMARY KEY, sum INT, vector BLOB) WITHOUT ROWID"
)
_ASKED = 500  # texts in one question
_SECONDS = 60.0  # to wait for another process
# SQLite's own message may quote what is broken
_BROKEN = (sqlite3.DatabaseError, UnicodeDecodeError)


def fingerprint(text: str) -> bytes:
    """Give the 16 bytes that a text is kept by."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


class VectorFile:
    """The vectors that one model gave.

    Parameters
    ----------
    folder : Path
        Made if need be; git is told to leave it alone.
    model : str
        The model's fingerprint, which names the file.
    """

    def __init__(self, folder: Path, model: str) -> None:
        self._path = folder / f"vectors-{model}.sqlite"
        self._usable = True

    def read(self, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
        """Give the vectors of the texts that are kept, whole ones only."""
        if not self._path.exists():
            return {}
        try:
            return self._read(keys)
        except _BROKEN as exc:
            if _is_barred(exc):
                self._give_up(exc)
            else:
                self._throw_away()
        return {}

    def write(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        """Keep the vectors of texts, all or none of them."""
        if not self._usable:
            return
        try:
            self._write(keys, vectors)
        except OSError as exc:
            self._give_up(exc)
        except _BROKEN as exc:
            if _is_barred(exc):
                self._give_up(exc)
                return
            self._throw_away()
            with suppress(sqlite3.Error, OSError):
                self._write(keys, vectors)

    def _read(self, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
        found: dict[bytes, Vectors] = {}
        broken: list[tuple[bytes]] = []
        with closing(self._open()) as file, file:
            file.execute(_TABLE)  # whoever made the file may have died before
            for start in range(0, len(keys), _ASKED):
                some = keys[start : start + _ASKED]
                marks = ",".join("?" * len(some))
                question = f"SELECT text, sum, vector FROM vectors WHERE text IN ({marks})"
                for key, checksum, vector in file.execute(question, some):
                    one = _read_one(checksum, vector)
                    if one is None:
                        broken.append((key,))
                    else:
                        found[key] = one
            if broken:
                file.executemany("DELETE FROM vectors WHERE text = ?", broken)
                many = "1 kept vector" if len(broken) == 1 else f"{len(broken):,} kept vectors"
                self._say(f"{many} found broken, to be made again")
        return found

    def _write(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        hide_from_git(self._path.parent)
        blobs = (row.astype("<f4").tobytes() for row in vectors)
        rows = [(key, zlib.crc32(blob), blob) for key, blob in zip(keys, blobs, strict=True)]
        with closing(self._open()) as file, file:
            file.execute(_TABLE)
            file.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)

    def _open(self) -> sqlite3.Connection:
        file = sqlite3.connect(self._path, timeout=_SECONDS)
        file.text_factory = bytes  # a flipped byte may call a vector a text
        return file

    def _throw_away(self) -> None:
        self._say("the kept vectors were broken and are made again")
        for suffix in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)

    def _give_up(self, why: Exception) -> None:
        self._usable = False
        self._say(f"vectors are not kept ({why}); all goes on without")

    def _say(self, what: str) -> None:
        warnings.warn(f"{self._path}: {what}", CacheWarning, stacklevel=2)


def _is_barred(fault: Exception) -> bool:
    """Tell a file that cannot be used, being locked or no more than read, from a broken one."""
    broken = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
    return isinstance(fault, sqlite3.OperationalError) and fault.sqlite_errorcode not in broken


def _read_one(checksum: object, vector: object) -> Vectors | None:
    """Give a vector that is whole and made of numbers."""
    if not isinstance(vector, bytes) or zlib.crc32(vector) != checksum or len(vector) % 4:
        return None
    found: Vectors = np.frombuffer(vector, dtype="<f4")
    return found if len(found) and np.isfinite(found).all() else None


def hide_from_git(folder: Path) -> None:
    """Tell git that nothing here is to be committed."""
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
