"""Words and phrases to look for in a text, at their places."""

from __future__ import annotations

import re
import unicodedata

from qualcode.errors import UnknownValueError

__all__ = ["as_searched", "glob_pattern", "word_pattern"]

_APOSTROPHES = str.maketrans({"‘": "'", "’": "'", "ʼ": "'"})


def as_searched(text: str) -> str:
    """Make apostrophes of one form; every code point stays in its place."""
    return text.translate(_APOSTROPHES)


def word_pattern(words: str) -> re.Pattern[str]:
    """Make a pattern for a word or phrase, as ``study.segments(words=)`` takes it.

    It is found whole, whatever its case and the space in it; ``*`` stands for the rest of a word,
    ``?`` for one letter. Search in `as_searched` text.

    Examples
    --------
    >>> word_pattern("complain*").findall("A complaint; they complain; uncomplaining")
    ['complaint', 'complain']
    """
    plain = as_searched(unicodedata.normalize("NFC", words))
    parts = [_stars(part, any_text=r"\w*", any_one=r"\w") for part in plain.split()]
    if not parts or not any(one.isalnum() for one in plain):
        raise UnknownValueError("no words to look for", mend="give a word or a phrase")
    return re.compile(r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)", re.IGNORECASE)


def glob_pattern(value: str) -> re.Pattern[str]:
    """Make a pattern for a whole value, whatever its case: ``*`` for any text, ``?`` for one."""
    plain = as_searched(unicodedata.normalize("NFC", value))
    return re.compile(_stars(plain, any_text=".*", any_one="."), re.IGNORECASE | re.DOTALL)


def _stars(value: str, *, any_text: str, any_one: str) -> str:
    """Write a pattern; several stars in a row are one, since many would take forever."""
    plain = re.sub(r"\*+", "*", value)
    return re.escape(plain).replace(r"\*", any_text).replace(r"\?", any_one)
