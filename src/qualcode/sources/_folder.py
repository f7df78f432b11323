"""Read a folder of transcripts: what is in it, what of it can be read, which ids are there."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import Fault, QualcodeError, SourceError, StudyError, clip
from qualcode.sources._held import Held, hold_file
from qualcode.sources._slugs import natural_key

if TYPE_CHECKING:
    from qualcode.model import Transcript

__all__ = ["hold_all", "list_folder", "one_error", "ordered"]


def hold_all(paths: list[str]) -> tuple[list[Held], list[QualcodeError]]:
    """Read the files; give those that could be read, and the errors of the others."""
    held: list[Held] = []
    errors: list[QualcodeError] = []
    for path in paths:
        try:
            held.append(hold_file(path))
        except SourceError as exc:
            errors.append(exc)
    return held, errors


def one_error(errors: Sequence[QualcodeError]) -> QualcodeError:
    """Join errors into one, of their class where they have but one."""
    kinds = {type(error) for error in errors}
    kind = kinds.pop() if len(kinds) == 1 else SourceError
    return kind.from_faults([fault for error in errors for fault in error.faults])


def list_folder(folder: Path) -> tuple[list[str], tuple[str, ...]]:
    """Give the paths of transcripts and the other names that are not hidden."""
    try:
        with os.scandir(folder) as entries:
            found = [entry for entry in entries if not entry.name.startswith(".")]
            kept = [entry for entry in found if _is_transcript(entry)]
    except FileNotFoundError:
        mend = "check the path, or bring transcripts in with 'qualcode import FILES'"
        raise StudyError("there is no such folder", file=folder, mend=mend) from None
    except NotADirectoryError:
        mend = "give the folder that the transcripts are in"
        raise StudyError("this is a file, not a folder", file=folder, mend=mend) from None
    except PermissionError:
        mend = "ask for permission to read it"
        raise StudyError("no permission to read the folder", file=folder, mend=mend) from None
    except (OSError, ValueError) as exc:
        reason = getattr(exc, "strerror", None) or str(exc)
        raise StudyError(f"the folder cannot be read: {reason}", file=folder) from None
    names = {entry.name for entry in found} - {entry.name for entry in kept}
    return sorted(entry.path for entry in kept), tuple(sorted(names, key=natural_key))


def _is_transcript(entry: os.DirEntry[str]) -> bool:
    """Take files named ``*.txt``, and links even where they lead nowhere: they are reported."""
    return entry.name.endswith(".txt") and (entry.is_symlink() or entry.is_file())


def ordered(
    items: Iterable[Held] | Iterable[Transcript],
) -> tuple[dict[str, Held | Transcript], list[Fault]]:
    """Order by id; say, once for each id, which files have the same."""
    by_id: dict[str, list[Held | Transcript]] = {}
    for item in items:
        by_id.setdefault(item.id, []).append(item)
    faults = [_repeated(same) for same in by_id.values() if len(same) > 1]
    return {key: by_id[key][0] for key in sorted(by_id, key=natural_key)}, faults


def _repeated(same: list[Held | Transcript]) -> Fault:
    names = [str(item.path or "a transcript without a file") for item in same]
    line = same[-1].id_line if isinstance(same[-1], Held) else None
    what = f"the id {clip(same[-1].id)!r} is that of {' and of '.join(names[:-1])} too"
    return Fault(what, same[-1].path, line, "give each transcript an id, and name its file so")
