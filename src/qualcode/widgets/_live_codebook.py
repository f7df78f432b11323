"""The codebook as its file is now, for a session that stays open while people edit it."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from qualcode.coding._codebook_restore import codebook_text, restore_codebook
from qualcode.coding.codebook import Code, Codebook
from qualcode.coding.codebook_file import parse_codebook, read_codebook, write_codebook
from qualcode.errors import CodebookError, QualcodeError

__all__ = ["LiveCodebook", "free_id", "slug_of"]

_LONGEST = 60


class LiveCodebook:
    """The codes that may be given, read again when the file changes.

    Parameters
    ----------
    codebook : Codebook
        As it was opened.
    path : Path, optional
        Its file; without one it never changes.
    """

    def __init__(self, codebook: Codebook, path: Path | None) -> None:
        self.now = codebook
        self.path = path
        self.fault = ""
        # The file may have changed since the study was opened, so the first look reads it.
        self._seen: tuple[int, int, int] | None = None

    def __contains__(self, code_id: object, /) -> bool:
        return code_id in self.now

    def resolve(self, code_id: str, /) -> str:
        """Give the id that a code has now."""
        return self.now.resolve(code_id)

    def refresh(self) -> bool:
        """Read the file again if it changed; one that cannot be read leaves the codes as they are."""
        signature = self._signature()
        if self.path is None or signature == self._seen:
            return False
        self._seen = signature
        try:
            self.now, self.fault = read_codebook(self.path), ""
        except QualcodeError as exc:
            self.fault = f"the codebook cannot be read as it is now, {exc.faults[0]}"
        return True

    def write(self, codebook: Codebook) -> None:
        """Write a codebook made from the present one, whole or not at all."""
        if self.path is None:
            mend = "open a study's folder"
            raise CodebookError("the study has no codebook to write to", mend=mend)
        write_codebook(codebook, self.path, expect=self.now.file_hash)
        self.now, self.fault = read_codebook(self.path), ""
        self._seen = self._signature()

    def text(self) -> str:
        """Give the file's text, to be put back by `restore`."""
        return "" if self.path is None else codebook_text(self.path)

    def parsed(self, text: str) -> Codebook:
        """Give the codebook that a text of the file holds."""
        return parse_codebook(text, path=self.path)

    def restore(self, text: str, *, expect: str) -> None:
        """Put back a former text of the file, if the present one has the fingerprint `expect`."""
        assert self.path is not None  # what was never written has no former text
        self.now, self.fault = restore_codebook(text, self.path, expect=expect), ""
        self._seen = self._signature()

    def add(self, name: str, definition: str, parent: str | None) -> Code:
        """Add a code under a free id made of its name, to the file and to the present codebook."""
        self.refresh()
        code = Code(free_id(name, self.now), name, definition, parent or None)
        if code.name in {one.name for one in self.now.children(code.parent)}:
            where = "there" if code.parent else "among the themes"
            raise CodebookError(f"a code is called {code.name!r} {where} already", mend="use it")
        self.write(self.now.add_code(code))
        return self.now[code.id]

    def _signature(self) -> tuple[int, int, int] | None:
        if self.path is None:
            return None
        try:
            status = self.path.stat()
        except OSError:
            return (0, 0, 0)
        return status.st_ino, status.st_size, status.st_mtime_ns


def slug_of(name: str) -> str:
    """Make an id of a name: lower-case letters and digits, ``_`` between words."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:_LONGEST].strip("_")
    return slug if slug[:1].isalpha() else f"code_{slug}".strip("_")[:_LONGEST]


def free_id(name: str, codebook: Codebook) -> str:
    """Give an id made of a name that no code has or had."""
    slug = slug_of(name)
    taken = {code.id for code in codebook} | {was for code in codebook for was in code.was}
    number, free = 2, slug
    while free in taken:
        tail = f"_{number}"
        free, number = slug[: _LONGEST - len(tail)] + tail, number + 1
    return free
