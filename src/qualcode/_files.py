"""Read a file that people edit, and write one whole or not at all."""

from __future__ import annotations

import codecs
import os
import secrets
from pathlib import Path

from qualcode.errors import EncodingError, QualcodeError

__all__ = ["decode", "read_bytes", "write_whole"]

_UTF_16_OR_32 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


def read_bytes(
    path: Path, *, what: str, error: type[QualcodeError], absent: bytes | None = None
) -> bytes:
    """Read a file, or raise `error` saying why `what` cannot be read; `absent` stands for none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        if absent is not None:
            return absent
        raise error(f"there is no {what} here", file=path, mend="check the path") from None
    except (OSError, ValueError) as exc:
        mend = "check that you may read it"
        raise error(f"the {what} cannot be read: {_reason(exc)}", file=path, mend=mend) from None


def decode(data: bytes, *, file: Path) -> str:
    """Decode UTF-8, with or without a byte order mark, or raise `EncodingError` with the line."""
    mend = "save the file as UTF-8"
    if data.startswith(_UTF_16_OR_32) or b"\x00" in data[:4]:
        raise EncodingError("the file is UTF-16 or UTF-32, not UTF-8", file=file, mend=mend)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        what = f"byte 0x{data[exc.start]:02x} is not UTF-8"
        line = data.count(b"\n", 0, exc.start) + 1
        raise EncodingError(what, file=file, line=line, mend=mend) from None


def write_whole(path: Path, data: bytes, *, error: type[QualcodeError]) -> None:
    """Put `data` in the place of a file, at once; on any fault the old file stays as it was."""
    target = Path(os.path.realpath(path))  # a link goes on pointing to the file
    if target.exists() and not target.is_file():
        what = "a folder, a device or a pipe stands there, not a file"
        raise error(what, file=path, mend="name another file")
    temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        _write_new(temporary, data, like=target)
        temporary.replace(target)
        _sync_folder(target.parent)
    except (OSError, ValueError) as exc:
        mend = "check that the folder is there, may be written to and is not full"
        what = f"the file cannot be written: {_reason(exc)}"
        raise error(what, file=path, mend=mend) from None
    finally:
        _remove(temporary)


def _write_new(path: Path, data: bytes, *, like: Path) -> None:
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        if like.exists():
            path.chmod(like.stat().st_mode & 0o7777)
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


def _reason(exc: Exception) -> str:
    return getattr(exc, "strerror", None) or str(exc)
