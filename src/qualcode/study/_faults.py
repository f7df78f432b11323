"""What can be wrong with a folder that should be a study, and with parts that do not fit."""

from __future__ import annotations

import json
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import Fault, StudyError, UnknownCodeError

if TYPE_CHECKING:
    from qualcode.coding.codebook import Codebook
    from qualcode.coding.codings import Codings

__all__ = ["CODEBOOK", "CODINGS", "SETTINGS", "TRANSCRIPTS", "check_folder", "unknown_code_faults"]

TRANSCRIPTS = "transcripts_anonymised"
CODEBOOK = "interviews_codebook/codebook.yaml"
CODINGS = "interviews_codebook/codings"
SETTINGS = "interviews_codebook/study.yaml"


def check_folder(root: Path) -> None:
    """Refuse a folder without the parts of a study; point to one that has them."""
    if not root.is_dir():
        mend = f"name the folder that holds {TRANSCRIPTS}/"
        raise StudyError("there is no such folder", file=root, mend=mend)
    missing = [part for part in (TRANSCRIPTS, CODEBOOK) if not (root / part).exists()]
    if missing:
        above = [up for up in list(root.resolve().parents)[:3] if (up / CODEBOOK).exists()]
        mend = f"open {above[0]}" if above else f"make {' and '.join(missing)}"
        raise StudyError(f"not a study: it has no {missing[0]}", file=root, mend=mend)


def unknown_code_faults(
    codings: Codings, codebook: Codebook, *, folder: Path | None = None
) -> list[Fault]:
    """List the codes that journals hold and the codebook does not.

    Parameters
    ----------
    codings : Codings
        All journals, replayed.
    codebook : Codebook
        Ids in `was` count as known.
    folder : Path, optional
        Where the journals are; then each fault names its file and line.

    Returns
    -------
    list of Fault
        One for each coder and code.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from qualcode.coding.codebook import Code, Codebook
    >>> book = Codebook((Code("rest", "Rest", "Sleep."),))
    >>> coding = SimpleNamespace(coder="ann", code_id="rset")
    >>> print(unknown_code_faults(SimpleNamespace(codings=(coding,)), book)[0])
    ann's journal: no code has the id 'rset'. Mend: ...
    """
    given = set(map(attrgetter("code_id"), codings.codings))
    unknown = {code_id for code_id in given if code_id not in codebook}
    if not unknown:
        return []
    used = {(c.coder, c.code_id): None for c in codings.codings if c.code_id in unknown}
    faults = []
    for coder, code_id in used:
        file = f"{coder}'s journal" if folder is None else folder / f"{coder}.jsonl"
        line = None if folder is None else _line_of_code(folder / f"{coder}.jsonl", code_id)
        try:
            codebook.resolve(code_id)
        except UnknownCodeError as error:
            found = error.faults[0]
            mend = f"add the code to the codebook, or its id to the `was` of another ({found.mend})"
            faults.append(Fault(found.what, file, line, mend))
    return faults


def _line_of_code(journal: Path, code_id: str) -> int | None:
    """Find the first event that gives a code."""
    for number, line in enumerate(journal.read_bytes().split(b"\n"), start=1):
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if isinstance(event, dict) and event.get("code") == code_id:
            return number
    return None
