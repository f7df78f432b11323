"""An index kept in a folder: written whole or not at all, checked when it is opened."""

from __future__ import annotations

import json
import shutil
import warnings
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol, Self, TypeVar

from qualcode.errors import CacheWarning
from qualcode.machine._packages import need
from qualcode.machine.embedding._vectors import hide_from_git

__all__ = ["Keepable", "keep_index"]

_LIST = "files.json"
_READ = 1 << 22  # bytes at a time


class Keepable(Protocol):
    """What can be written to a folder and opened again."""

    def save(self, folder: Path) -> None:
        """Write files into an empty folder."""

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Open them."""


Index = TypeVar("Index", bound=Keepable)


def keep_index(
    cache: Path | None, kind: str, digest: str, form: type[Index], make: Callable[[], Index]
) -> Index:
    """Open an index that was kept, or make it and keep it.

    Parameters
    ----------
    cache : Path or None
        Where; None keeps nothing.
    kind, digest : str
        What the index is of, and a fingerprint of all that it was made from. Others of the same
        kind are removed once a new one stands.
    form : type
        What opens it.
    make : callable
        Makes it. Two processes that want the same wait for each other, so that it is made once.

    Returns
    -------
    Keepable
        The index.

    Warns
    -----
    CacheWarning
        If what was kept is broken, and made again; or if nothing can be kept.
    """
    if cache is None:
        return make()
    place = cache / f"{kind}-{digest}"
    made: Index | None = None
    try:
        if (found := _open(place, form)) is not None:
            return found
        cache.mkdir(parents=True, exist_ok=True)
        hide_from_git(cache)
        with need("filelock").FileLock(cache / f".{kind}.lock"):
            if (found := _open(place, form)) is not None:
                return found
            if place.exists():
                _say(place, "the index was broken and is made again")
                shutil.rmtree(place)
            made = make()
            _write(place, cache / f".{kind}.new", made)
            _remove_others(cache, kind, place)
            return form.load(place)
    except OSError as exc:
        why = exc.strerror or type(exc).__name__
        _say(place, f"the index is not kept ({why}); all goes on without")
    return make() if made is None else made


def _open(place: Path, form: type[Index]) -> Index | None:
    """Open an index, if it is there and whole."""
    with suppress(OSError, ValueError, KeyError):  # whatever is wrong with it, it is made again
        listed = json.loads((place / _LIST).read_text(encoding="utf-8"))
        if listed == _files(place):
            return form.load(place)
    return None


def _write(place: Path, scratch: Path, index: Keepable) -> None:
    """Write an index beside its place and put it there when it is whole."""
    shutil.rmtree(scratch, ignore_errors=True)  # what a process left that was killed
    scratch.mkdir()
    try:
        index.save(scratch)
        listed = json.dumps(_files(scratch), indent=1, sort_keys=True)
        (scratch / _LIST).write_text(listed, encoding="utf-8")
        scratch.replace(place)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _remove_others(cache: Path, kind: str, place: Path) -> None:
    for other in cache.glob(f"{kind}-*"):
        if other != place:
            shutil.rmtree(other, ignore_errors=True)  # one that is in use goes the next time


def _files(folder: Path) -> dict[str, list[int]]:
    """Give each file's size and checksum."""
    files = sorted(one for one in folder.iterdir() if one.name != _LIST)
    return {one.name: [one.stat().st_size, _checksum(one)] for one in files}


def _checksum(path: Path) -> int:
    found = 0
    with path.open("rb") as stream:
        while block := stream.read(_READ):
            found = zlib.crc32(block, found)
    return found


def _say(place: Path, what: str) -> None:
    warnings.warn(f"{place}: {what}", CacheWarning, stacklevel=3)
