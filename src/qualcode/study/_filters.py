"""What a filter's value means: which of the values there are it asks for, which words.

A value that there is not is an error that lists what there is, never an empty answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from difflib import get_close_matches

from qualcode.errors import UnknownValueError, clip

__all__ = ["Wanted", "Words", "as_list", "match_values", "match_words", "unknown_value"]

Wanted = str | Iterable[str]
Words = str | re.Pattern[str] | Iterable[str | re.Pattern[str]]

_APOSTROPHES = str.maketrans({"‘": "'", "’": "'", "ʼ": "'"})
_LISTED = 12


def as_list(wanted: Wanted) -> list[str]:
    """Make one value or several a list."""
    return [wanted] if isinstance(wanted, str) else list(wanted)


def match_values(
    wanted: Wanted,
    here: Iterable[str],
    *,
    what: str,
    everywhere: Callable[[], Iterable[str]],
) -> set[str]:
    """Give the values found here that a filter asks for.

    A wanted value matches itself, or is a pattern in which ``*`` stands for any text and ``?``
    for one character. One that is neither here nor anywhere raises `UnknownValueError`.
    `everywhere` is only asked then, since it may have to read the whole study.
    """
    here = set(here)
    found: set[str] = set()
    for value in as_list(wanted):
        matched = _matched(value, here)
        if not matched and not _matched(value, there := set(everywhere())):
            raise unknown_value(value, there, what=what)
        found |= matched
    return found


def _matched(value: str, there: set[str]) -> set[str]:
    if value in there:
        return {value}
    if not isinstance(value, str) or not re.search(r"[*?]", value):
        return set()
    pattern = re.compile(_stars(value, any_text=".*", any_one="."), re.DOTALL)
    return {one for one in there if pattern.fullmatch(one)}


def _stars(value: str, *, any_text: str, any_one: str) -> str:
    return re.escape(value).replace(r"\*", any_text).replace(r"\?", any_one)


def unknown_value(value: object, there: Iterable[str], *, what: str) -> UnknownValueError:
    """Make the error for a value that there is not: the near ones first, then what there is."""
    values = sorted({one for one in there if one})
    folded = {one.casefold(): one for one in values}
    near = [folded[key] for key in get_close_matches(str(value).casefold(), folded, n=3)]
    listed = ", ".join(repr(clip(one, 60)) for one in values[:_LISTED])
    more = f" and {len(values) - _LISTED} more" if len(values) > _LISTED else ""
    choice = f"use one of {listed}{more}" if values else f"there is no {what} at all"
    if near:
        choice = f"perhaps {' or '.join(repr(clip(one, 60)) for one in near)}; or {choice}"
    return UnknownValueError(f"no {what} is {clip(str(value))!r}", mend=choice)


def match_words(words: Words) -> Callable[[str], bool]:
    """Make a test of whether a quote has all the words in it.

    Text is a whole word or phrase, found whatever its case, its line ends or the form of its
    apostrophes, with ``*`` for the rest of a word; a compiled pattern is searched for as it is.
    """
    several = [words] if isinstance(words, str | re.Pattern) else list(words)
    searches = [_search(one) for one in several]
    return lambda quote: all(search(quote) for search in searches)


def _search(words: str | re.Pattern[str]) -> Callable[[str], object]:
    if isinstance(words, re.Pattern):
        return words.search
    parts = [_stars(part, any_text=r"\w*", any_one=r"\w") for part in _plain(words).split()]
    if not parts:
        raise UnknownValueError("no words to look for", mend="give a word or a phrase")
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)")
    return lambda quote: pattern.search(_plain(quote))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_APOSTROPHES).casefold()
