"""The quote that more is looked for like: a coding, a place, or words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import index
from typing import TYPE_CHECKING

from qualcode._text import clean
from qualcode.errors import UnknownValueError, clip
from qualcode.machine.searching._question import read_question
from qualcode.study._filters import unknown_value

if TYPE_CHECKING:
    from qualcode.study import Study

__all__ = ["Sought", "find_sought"]

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Sought:
    """A quote.

    Parameters
    ----------
    text : str
        Its words.
    place : tuple of str, int and int, optional
        The transcript, and where it starts and ends there.
    """

    text: str
    place: tuple[str, int, int] | None = None


def find_sought(study: Study, quote: str | tuple[str, int, int]) -> Sought:
    """Find a quote; raises `UnknownValueError` if there is none such, `QueryError` if no words."""
    if isinstance(quote, str):
        placed = next((one for one in study.placement.placed if one.coding.id == quote), None)
        if placed is None and _ID.fullmatch(quote):
            mend = "take one from the column coding_id of study.segments(), or give a text"
            raise UnknownValueError(f"no coding is {clip(quote)!r}", mend=mend)
        if placed is None:
            read_question(quote)
            return Sought(clean(quote).strip())
        quote = (placed.coding.transcript_id, placed.start, placed.end)
    return _placed(study, quote)


def _placed(study: Study, quote: tuple[str, int, int]) -> Sought:
    try:
        name, start, end = quote[0], index(quote[1]), index(quote[2])
    except (TypeError, LookupError):
        mend = "give a coding's id, a text, or (transcript id, start, end)"
        raise UnknownValueError(f"{clip(repr(quote))} is no quote", mend=mend) from None
    if name not in study.corpus:
        raise unknown_value(name, study.corpus, what="transcript")
    text = study.corpus[name].text
    if not 0 <= start < end <= len(text):
        mend = f"give 0 <= start < end <= {len(text)}, in code points of the transcript's text"
        raise UnknownValueError(f"no words stand from {start!r} to {end!r} of {name}", mend=mend)
    read_question(text[start:end])
    return Sought(text[start:end].strip(), (name, start, end))
