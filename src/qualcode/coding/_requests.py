"""What a coder asks for, checked before it becomes an event."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import index
from typing import Protocol

from qualcode.coding._replay import SpanKey, State, span_key
from qualcode.coding.events import EventSource
from qualcode.errors import Fault, JournalError, UnknownCodeError, clip
from qualcode.model import Coding, Source, Transcript

__all__ = [
    "CodeList",
    "NewCoding",
    "add_faults",
    "as_source",
    "check_target",
    "check_text",
    "own_coding",
    "recode_fault",
    "resolve_code",
]

_BY_HAND = Source()
_SOURCES = ("manual", "suggestion", "import")


class CodeList(Protocol):
    """What a journal needs of a codebook."""

    def __contains__(self, code_id: object, /) -> bool: ...

    def resolve(self, code_id: str, /) -> str:
        """Give the id that a code has now."""


@dataclass(frozen=True, slots=True)
class NewCoding:
    """A coding to be added, for `Journal.add_many`.

    Parameters
    ----------
    transcript : Transcript
        The transcript, whose text is cut at the span.
    start, end : int
        Half-open span in code points of that text.
    code_id : str
        The code.
    memo : str
        The coder's note, or nothing.
    source : Source
        By hand, from a suggestion, or imported.

    Examples
    --------
    >>> NewCoding(Transcript("a", "Hello"), 0, 5, "greeting").code_id
    'greeting'
    """

    transcript: Transcript = field(repr=False)
    start: int
    end: int
    code_id: str
    memo: str = ""
    source: Source = _BY_HAND


def resolve_code(code_id: str, codebook: CodeList | None) -> str:
    """Give the id that a code has now; refuse one that the codebook does not hold."""
    if not isinstance(code_id, str) or not code_id.strip():
        raise UnknownCodeError("no code is named", mend="give the id of a code of the codebook")
    if codebook is None:
        return code_id
    now = codebook.resolve(code_id)
    if now not in codebook:
        mend = "give the id of a code of the codebook"
        raise UnknownCodeError(f"no code has the id {clip(code_id)!r}", mend=mend)
    return now


def as_source(source: Source) -> EventSource:
    """Check where a coding comes from."""
    if source.kind not in _SOURCES:
        what = f"a coding cannot come from {clip(str(source.kind))!r}"
        raise JournalError(what, mend=f"use one of {', '.join(_SOURCES)}")
    score = None if source.score is None else float(source.score)
    if score is not None and not math.isfinite(score):
        raise JournalError(f"a score cannot be {score}", mend="use a number from 0 to 1, or none")
    return EventSource(source.kind, source.model, score)  # type: ignore[arg-type]


def own_coding(state: State, coding_id: str) -> Coding:
    """Find a coding of this journal that is not removed."""
    coding = state.codings.get(coding_id)
    if coding is not None:
        return coding
    if coding_id in state.by_id:
        mend = "undo the removal first, or add the coding again"
        raise JournalError(f"coding {coding_id} is removed or undone", mend=mend)
    mend = "each coder changes only their own codings"
    raise JournalError(f"coding {clip(str(coding_id))!r} is not {state.coder}'s", mend=mend)


def add_faults(state: State, new: Sequence[NewCoding], codebook: CodeList | None) -> list[Fault]:
    """Find what keeps codings (with codes resolved) from being added, each for itself."""
    faults = []
    taken: set[tuple[SpanKey, str]] = set()
    for one in new:
        fault = _span_fault(one)
        if fault is None:
            key = _key(one)
            codes = (state.codings[name].code_id for name in state.spans.get(key, ()))
            if (key, one.code_id) in taken or one.code_id in _now(codes, codebook):
                fault = _repeat_fault(one, state.coder)
            taken.add((key, one.code_id))
        faults += [] if fault is None else [fault]
    return faults


def recode_fault(
    state: State, coding: Coding, code_id: str, codebook: CodeList | None
) -> list[Fault]:
    """Find what keeps a coding from being given another code (resolved)."""
    codes = (state.codings[name].code_id for name in state.spans[span_key(coding)])
    if code_id not in _now(codes, codebook):
        return []
    what = f"these words have the code {clip(code_id)!r} from {state.coder} already"
    return [Fault(what, mend="choose another code, or remove one of the two codings")]


def check_text(text: str) -> str:
    """Check that a memo is text."""
    if not isinstance(text, str):
        raise JournalError(f"a memo is text, not {type(text).__name__}", mend="give a str")
    return text


def check_target(**names: str | None) -> dict[str, str]:
    """Check that a memo is on exactly one thing, and name it."""
    given = {kind: name for kind, name in names.items() if name is not None}
    if len(given) != 1 or not all(isinstance(name, str) and name for name in given.values()):
        mend = "give one of coding=, transcript= and code="
        raise JournalError(f"a memo is on exactly one thing, not {len(given)}", mend=mend)
    return given


def _span_fault(one: NewCoding) -> Fault | None:
    length = len(one.transcript.text)
    start, end = index(one.start), index(one.end)
    if 0 <= start < end <= length:
        return None
    why = "holds no words" if start >= end else f"does not lie within its {length} characters"
    what = f"the span [{start}, {end}) of transcript {clip(one.transcript.id)!r} {why}"
    return Fault(what, mend=f"give a start and a greater end between 0 and {length}")


def _repeat_fault(one: NewCoding, coder: str) -> Fault:
    where = f"[{one.start}, {one.end}) of transcript {clip(one.transcript.id)!r}"
    what = f"{coder} has given the code {clip(one.code_id)!r} to {where} already"
    return Fault(what, mend="choose other words or another code")


def _key(one: NewCoding) -> SpanKey:
    quote = one.transcript.text[one.start : one.end]
    return one.transcript.id, index(one.start), index(one.end), quote


def _now(codes: Iterable[str], codebook: CodeList | None) -> set[str]:
    if codebook is None:
        return set(codes)
    return {codebook.resolve(code) if code in codebook else code for code in codes}
