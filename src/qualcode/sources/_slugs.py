"""Ids of transcripts: names that a file can bear on every system."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["is_slug", "make_slug", "natural_key"]

_SLUG = re.compile(r"[A-Za-z0-9]+(?:[._-]+[A-Za-z0-9]+)*")
_LONGEST = 100
_DIGITS = re.compile(r"([0-9]+)")
# Windows keeps these names for devices, whatever stands after the first dot.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


def is_slug(text: str) -> bool:
    """Tell whether an id is safe as a file's name: ASCII letters, digits, inner ``. _ -``."""
    return (
        len(text) <= _LONGEST
        and _SLUG.fullmatch(text) is not None
        and _DEVICES.fullmatch(text) is None
    )


def make_slug(name: str) -> str:
    """Make an id of a file's name: lower-case ASCII, hyphens for all else, never empty."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[: _LONGEST - 10].strip("-")
    return slug if slug and is_slug(slug) else f"transcript-{slug}".strip("-")


def natural_key(text: str) -> tuple[list[tuple[int, int, str]], str]:
    """Give a sort key that puts ``council-2`` before ``council-10``, the same on every system."""
    parts = _DIGITS.split(text.casefold())
    # 40 digits are more than any number that people count with; longer ones sort as words
    keys = [(0, int(p), "") if p.isdigit() and len(p) < 40 else (1, 0, p) for p in parts if p]
    return keys, text
