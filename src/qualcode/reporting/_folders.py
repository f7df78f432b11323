"""The folder a file goes to."""

from __future__ import annotations

from pathlib import Path

from qualcode.errors import ExportError

__all__ = ["make_folder"]


def make_folder(path: Path) -> None:
    """Make the folder of a file; refuse a path that is a folder itself."""
    if path.is_dir():
        raise ExportError("is a folder", file=path, mend="name a file")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        what = f"the folder cannot be made: {exc.strerror}"
        raise ExportError(what, file=path.parent, mend="choose another folder") from None
