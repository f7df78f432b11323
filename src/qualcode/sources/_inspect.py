"""Put a transcript together from its decoded file, and list what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.model import Transcript
from qualcode.sources._conflicts import conflict_faults
from qualcode.sources._front_matter import (
    Header,
    missing_front_matter,
    read_header,
    split_front_matter,
)
from qualcode.sources._quick_header import quick_header
from qualcode.sources._turn_checks import turn_faults

if TYPE_CHECKING:
    from qualcode.errors import Fault

__all__ = ["inspect_parts", "inspect_text"]


def inspect_text(whole: str, path: Path | None) -> tuple[Transcript | None, list[Fault]]:
    """Read a canonical file that is decoded and normalised; give what could be read and faults."""
    parts = split_front_matter(whole)
    if parts is None:
        conflicts = conflict_faults(whole, path)
        return None, conflicts or [missing_front_matter(whole, path)]
    return inspect_parts(*parts, path)


def inspect_parts(
    front_matter: str, text: str, path: Path | None
) -> tuple[Transcript | None, list[Fault]]:
    """Read front matter and text; a transcript is given only where the front matter can be read."""
    text_line = front_matter.count("\n") + 3
    faults = conflict_faults(front_matter, path, first_line=2)
    faults += conflict_faults(text, path, first_line=text_line)
    if faults:
        return None, faults  # whatever else is wrong follows from it
    header = quick_header(front_matter, path.stem) if path else None
    if header is None:
        header, faults = read_header(front_matter, path)
    if header is None:
        return None, faults
    labels = tuple(speaker.label for speaker in header.speakers)
    faults += turn_faults(text, labels, file=path, text_line=text_line)
    return _transcript(header, text, path, text_line), faults


def _transcript(header: Header, text: str, path: Path | None, text_line: int) -> Transcript:
    return Transcript(
        id=header.id,
        text=text,
        body=header.body,
        body_type=header.body_type,
        date=header.date,
        speakers=header.speakers,
        synthetic=header.synthetic,
        attributes=header.attributes,
        path=path,
        text_line=text_line,
    )
