"""Put back a codebook's file as it was, to the byte: comments that an edit took come back too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qualcode._files import decode, read_bytes, write_whole
from qualcode.coding.codebook_file import parse_codebook
from qualcode.errors import CodebookError
from qualcode.model import text_hash

if TYPE_CHECKING:
    from qualcode.coding.codebook import Codebook

__all__ = ["codebook_text", "restore_codebook"]


def codebook_text(path: Path) -> str:
    """Give the text of a codebook's file, line ends and byte order mark apart as it is."""
    return decode(read_bytes(path, what="codebook", error=CodebookError), file=path)


def restore_codebook(text: str, path: Path, *, expect: str) -> Codebook:
    """Write a former text of the file, if the present one has the fingerprint `expect`."""
    former = parse_codebook(text, path=path)  # never put back what cannot be read
    if text_hash(codebook_text(path)) != expect:
        mend = "look at it first: undo would lose that change"
        raise CodebookError("the file was changed since by somebody else", file=path, mend=mend)
    write_whole(path, text.encode("utf-8"), error=CodebookError)
    return former
