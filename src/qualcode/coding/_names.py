"""Names of coders, which become names of files on every system."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from qualcode.errors import Fault, JournalError, clip

__all__ = ["case_faults", "check_coder_name", "name_fault"]

_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")
_RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]", re.IGNORECASE)


def check_coder_name(name: str) -> str:
    """Check that a coder's name can be the name of a file on every system.

    Parameters
    ----------
    name : str
        The name or initials.

    Returns
    -------
    str
        The same name.

    Raises
    ------
    JournalError
        If it holds anything but ASCII letters, digits, ``-`` and ``_``, is longer than 40
        characters, or is a name that Windows keeps for itself.

    Examples
    --------
    >>> check_coder_name("RT")
    'RT'
    >>> check_coder_name("R/T")
    Traceback (most recent call last):
    qualcode.errors.JournalError: 'R/T' cannot be a coder's name. Mend: use 1 to 40 of A-Z, ...
    """
    fault = name_fault(name)
    if fault is not None:
        raise JournalError.from_faults([fault])
    return name


def name_fault(name: object, *, file: Path | None = None) -> Fault | None:
    """Say what is wrong with a coder's name, if anything is."""
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        mend = "use 1 to 40 of A-Z, a-z, 0-9, - and _"
        return Fault(f"{clip(str(name))!r} cannot be a coder's name", file, mend=mend)
    if _RESERVED.fullmatch(name):
        mend = "add a letter or a digit to it"
        return Fault(f"{name!r} is a name that Windows keeps for itself", file, mend=mend)
    return None


def case_faults(names: Iterable[str], folder: Path) -> list[Fault]:
    """Find names that are one file where capitals are not told apart (Windows, macOS)."""
    first: dict[str, str] = {}
    faults = []
    for name in names:
        other = first.setdefault(name.lower(), name)
        if other != name:
            what = f"the coders {other!r} and {name!r} differ only in capitals"
            mend = f"use {other!r} for both: copy the lines of one journal below those of the other"
            faults.append(Fault(what, folder / f"{name}.jsonl", mend=mend))
    return faults
