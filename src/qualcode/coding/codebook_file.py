"""The codebook as a YAML file that people edit: read with every fault and its line, written whole.

The file holds a title and a flat list of codes in the order of display::

    title: Complaints
    codes:
      - id: delay
        name: Delay
        definition: Waiting beyond a time limit.
      - id: post
        name: Post
        parent: delay
        definition: Letters that come late.
        include: …
        exclude: …
        example: …
        example_at: ward-2 00:00:21
        colour: '#cc6677'
        guid: 5c6b7f0e-4b0a-5d0e-9a5b-6f1d3c2e8a41
        was: [letters]
"""

from __future__ import annotations

import re
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any

from qualcode._files import decode, read_bytes, write_whole
from qualcode._yaml import read_lined_yaml
from qualcode.coding._codebook_rewrite import changed_text
from qualcode.coding._codebook_rules import find_faults, title_faults
from qualcode.coding._codebook_shape import shape_faults
from qualcode.coding._codebook_yaml import FIELDS, emit_codebook, fields_of
from qualcode.coding.codebook import Code, Codebook
from qualcode.errors import CodebookError, Fault, QualcodeError, QualcodeWarning
from qualcode.model import text_hash

__all__ = ["parse_codebook", "read_codebook", "write_codebook"]


def read_codebook(path: Path | str) -> Codebook:
    """Read a codebook from a YAML file.

    Parameters
    ----------
    path : Path or str
        The file.

    Returns
    -------
    Codebook
        With `path` and `file_hash`.

    Raises
    ------
    CodebookError
        If the file cannot be read, or anything in it is wrong; every fault has its line.
    EncodingError
        If the file is not UTF-8.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "codebook.yaml")
    ...     _ = path.write_text("codes: [{id: delay, name: Delay, definition: Waiting.}]")
    ...     read_codebook(path)
    Codebook('', 1 code, 1 theme)
    """
    path = Path(path)
    data = read_bytes(path, what="codebook", error=CodebookError)
    return parse_codebook(decode(data, file=path), path=path)


def parse_codebook(text: str, *, path: Path | str | None = None) -> Codebook:
    """Read a codebook from the text of a YAML file.

    Parameters
    ----------
    text : str
        YAML.
    path : Path or str, optional
        The file it is from, for messages.

    Returns
    -------
    Codebook
        With `file_hash`.

    Raises
    ------
    CodebookError
        If anything is wrong; every fault is named, with its line.

    Examples
    --------
    >>> parse_codebook("codes:\\n- id: post\\n  name: Post\\n  definition: Late.\\n  parent: dely")
    Traceback (most recent call last):
    ...
    qualcode.errors.CodebookError: codebook:5: code 'post': the parent 'dely' is not a code
    """
    path = None if path is None else Path(path)
    file = path or "codebook"
    yaml = read_lined_yaml(text, file=file, error=CodebookError)
    raw = yaml.data if isinstance(yaml.data, dict) else {}
    faults = [*shape_faults(yaml, file)]
    entries: list[Any] = raw["codes"] if isinstance(raw.get("codes"), list) else []
    codes = tuple(_code_from(entry) for entry in entries)

    def line_of(index: int, field: str) -> int | None:
        return yaml.line_of(("codes", index, field) if entries else ("codes",))

    title = "" if raw.get("title") is None else raw["title"]
    if not faults:
        with suppress(CodebookError):  # what is wrong is said below, with its line
            return Codebook(codes, title, path, text_hash(text))
    faults += title_faults(title, file=file, line=yaml.line_of(("title",)))
    if codes or not faults:
        strange = [index for index, entry in enumerate(entries) if not isinstance(entry, dict)]
        faults += find_faults(codes, file=file, line_of=line_of, silent=strange)
    raise CodebookError.from_faults(sorted(faults, key=lambda fault: fault.line or 0))


def _code_from(entry: Any) -> Code:
    """Take what is known from an entry; what is missing is empty, for the rules to name."""
    if not isinstance(entry, dict):
        return Code("", "", "")
    given = {field: entry[field] for field in FIELDS if entry.get(field) is not None}
    return Code(**{"id": "", "name": "", "definition": "", **given})


def write_codebook(codebook: Codebook, path: Path | str, *, expect: str | None = None) -> None:
    """Write a codebook as a YAML file, whole or not at all.

    If a codebook is there, only the lines that must change do: comments, order of keys and
    quotation marks stay. A file laid out in another way (``codes: [{…}]``) is written anew, with
    a warning if it held comments. What is there and is no codebook is not overwritten.

    Parameters
    ----------
    codebook : Codebook
        What reading the file gives afterwards.
    path : Path or str
        The file, in a folder that exists.
    expect : str, optional
        The `file_hash` of the codebook that this one was made from. If the file has been changed
        since by somebody else, nothing is written. None writes in any case.

    Warns
    -----
    QualcodeWarning
        If comments could not be kept.

    Raises
    ------
    CodebookError
        If the file was changed, is no codebook, or cannot be written.
    EncodingError
        If the file that is there is not UTF-8.

    Examples
    --------
    >>> import tempfile
    >>> codebook = Codebook((Code("delay", "Delay", "Waiting."),), "Complaints")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "codebook.yaml")
    ...     write_codebook(codebook, path)
    ...     print(path.read_text())
    title: Complaints
    codes:
      - id: delay
        name: Delay
        definition: Waiting.
    """
    path = Path(path)
    old = _text_there(path)
    if expect is not None and expect != ("" if old is None else text_hash(old)):
        mend = "read it again, and look at diff_codebooks"
        raise CodebookError("the file was changed since it was read", file=path, mend=mend)
    text = _text_for(codebook, old, path)
    write_whole(path, text.encode("utf-8"), error=CodebookError)


def _text_there(path: Path) -> str | None:
    """Read what is there now, if anything is."""
    data = read_bytes(path, what="codebook", error=CodebookError, absent=b"")
    text = decode(data, file=path)
    return text if text.strip() else None


def _text_for(codebook: Codebook, old: str | None, path: Path) -> str:
    """Take the first text, of those that change the old one least, that reads back the same."""
    plain = fields_of(codebook.codes, explicit=False)
    full = fields_of(codebook.codes, explicit=True)
    if old is not None:
        before = _readable(old, path)
        for fields in (plain, full):
            text = changed_text(codebook, fields, old, before)
            if text is not None and _reads_back(text, codebook):
                return text
        if re.search(r"(?:^|\s)#", old):
            what = f"{path}: written anew, since its layout is unusual; comments are not kept"
            warnings.warn(what, QualcodeWarning, stacklevel=3)
    for fields in (plain, full):
        text = emit_codebook(codebook.title, fields.values())
        if _reads_back(text, codebook):
            return text
    raise CodebookError("the codebook cannot be written as YAML", file=path)


def _reads_back(text: str, codebook: Codebook) -> bool:
    try:
        return parse_codebook(text) == codebook
    except QualcodeError:
        return False


def _readable(text: str, path: Path) -> Codebook:
    try:
        return parse_codebook(text, path=path)
    except CodebookError as exc:
        mend = "mend it, or move it away"
        first = Fault("what is there is no codebook, and is not overwritten", path, None, mend)
        raise CodebookError.from_faults([first, *exc.faults]) from None
