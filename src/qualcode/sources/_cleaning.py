"""Text from other programs, made plain: what is dropped or changed is counted."""

from __future__ import annotations

import re
from pathlib import Path

from qualcode.errors import Fault
from qualcode.sources._decode import decode_text, normalise
from qualcode.sources._reading import counted

__all__ = ["clean_text", "read_clean"]

_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_HARD_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f", " "))
# Zero-width joiners and the marks of writing direction carry meaning, in Persian as in emoji, and
# stay. These only break words apart for whoever searches them.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def read_clean(
    data: bytes, path: Path | None, encoding: str = "utf-8"
) -> tuple[str, tuple[Fault, ...]]:
    """Decode a file and clean its text; give the notes on what was dropped."""
    return clean_text(decode_text(data, path, encoding=encoding), path)


def clean_text(text: str, path: Path | None = None) -> tuple[str, tuple[Fault, ...]]:
    """Make line ends LF, hard spaces ordinary, drop invisible and control characters, compose."""
    text = _BREAKS.sub("\n", text).translate(_HARD_SPACES)
    text, invisible = _INVISIBLE.subn("", text)
    text, control = _CONTROL.subn("", text)
    dropped = ((invisible, "invisible"), (control, "control"))
    notes = [
        Fault(f"{counted(count, f'{kind} character')} dropped", path)
        for count, kind in dropped
        if count
    ]
    return normalise(text), tuple(notes)
