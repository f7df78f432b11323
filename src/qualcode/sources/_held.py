"""Files of transcripts as a corpus holds them until they are asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode._yaml import read_lined_yaml
from qualcode.errors import Fault, QualcodeError, TranscriptError
from qualcode.model import bytes_hash, text_hash
from qualcode.sources._decode import (
    BOM,
    decode_text,
    form_faults,
    has_controls,
    is_plainly_canonical,
    normalise,
)
from qualcode.sources._files import read_bytes
from qualcode.sources._front_matter import split_front_matter
from qualcode.sources._inspect import inspect_parts, inspect_text

if TYPE_CHECKING:
    from qualcode.model import Transcript

__all__ = ["Held", "hold_file"]

_CLOSING = b"\n---\n"
_ID = re.compile(r"^id:[ \t]+([A-Za-z0-9][A-Za-z0-9._-]*)[ \t]*$", re.MULTILINE)
_ANY_ID = re.compile(r"""^[ \t]*[?'"{]*[ \t]*id\b""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Held:
    """A file that was read and decoded, and not yet looked at.

    `front_matter` is None where the file has none; then `text` is the whole file.
    """

    id: str
    path: Path
    front_matter: str | None
    text: str
    faults: tuple[Fault, ...] = ()
    bytes_hash: str = ""

    @property
    def text_hash(self) -> str:
        """Fingerprint of the text, from the bytes where they were at hand."""
        return self.bytes_hash or text_hash(self.text)

    @property
    def id_line(self) -> int | None:
        """The line on which the front matter gives the id."""
        found = _ANY_ID.search(self.front_matter or "")
        return found and (self.front_matter or "").count("\n", 0, found.start()) + 2

    def inspect(self) -> tuple[Transcript | None, list[Fault]]:
        """Read it, and list all that is wrong with it."""
        if self.front_matter is None:
            return inspect_text(self.text, self.path)
        return inspect_parts(self.front_matter, self.text, self.path)

    def transcript(self) -> Transcript:
        """Read it, or raise `TranscriptError` with all that is wrong with it."""
        transcript, faults = self.inspect()
        if transcript is None or faults:
            raise TranscriptError.from_faults(faults)
        return transcript


def hold_file(path: str) -> Held:
    """Read and decode a file, cut off its front matter, and see its id there."""
    data = read_bytes(path)
    if is_plainly_canonical(data) and data.startswith(b"---\n"):
        end = data.find(_CLOSING, 3)
        if end >= 0:
            held = _hold_parts(data, end, path)
            if held:
                return held
    return _hold_with_care(data, Path(path))


def _hold_parts(data: bytes, end: int, path: str) -> Held | None:
    """Decode the two parts each for itself: a text is not copied once more."""
    try:
        front_matter = data[4 : end + 1].decode()
        words = memoryview(data)[end + len(_CLOSING) :]
        text = str(words, "utf-8")
    except UnicodeDecodeError:
        return None
    place = Path(path)
    return Held(_find_id(front_matter, place), place, front_matter, text, (), bytes_hash(words))


def _hold_with_care(data: bytes, path: Path) -> Held:
    decoded = decode_text(data, path)
    whole = normalise(decoded)
    sound = whole == decoded and not data.startswith(BOM) and not has_controls(data)
    faults = () if sound else tuple(form_faults(data, path))
    parts = split_front_matter(whole)
    if parts is None:
        return Held(path.stem, path, None, whole, faults)
    return Held(_find_id(parts[0], path), path, *parts, faults)


def _find_id(front_matter: str, path: Path) -> str:
    """Give the id of the front matter; where it has none, the file's name stands for it."""
    found = _ID.search(front_matter)
    if found and len(_ANY_ID.findall(front_matter)) == 1:
        return found[1]
    try:
        data = read_lined_yaml(front_matter, file=path).data
    except QualcodeError:
        return path.stem  # what is wrong is said when the transcript is asked for
    known = data.get("id") if isinstance(data, dict) else None
    return known if isinstance(known, str) and known.strip() else path.stem
