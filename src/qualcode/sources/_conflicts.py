"""The marks that Git leaves where two versions of a file could not be merged."""

from __future__ import annotations

import re
from pathlib import Path

from qualcode.errors import Fault

__all__ = ["conflict_faults"]

_MARK = re.compile(r"^(?:<{7} |\|{7} |={7}$|>{7} )", re.MULTILINE)
_MOST = 50
_MEND = "settle the merge: keep one of the two versions and delete the lines of marks"


def conflict_faults(text: str, file: Path | None, *, first_line: int = 1) -> list[Fault]:
    """List the lines with marks of a merge that is not settled.

    A line of equals signs alone is none: people rule lines with them.
    """
    if not any(mark in text for mark in ("<<<<<<< ", ">>>>>>> ")):
        return []  # nearly always, and quick
    marks = list(_MARK.finditer(text))
    if all(mark[0] == "=======" for mark in marks):
        return []
    faults = []
    line, at = first_line, 0
    for mark in marks[:_MOST]:
        line += text.count("\n", at, mark.start())
        at = mark.start()
        what = f"a mark of Git's, {mark[0].strip()!r}: two versions were not merged"
        faults.append(Fault(what, file, line, _MEND))
    if len(marks) > _MOST:
        faults.append(Fault(f"{len(marks) - _MOST} more marks of Git's", file, None, _MEND))
    return faults
