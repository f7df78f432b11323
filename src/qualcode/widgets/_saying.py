"""Sentences for the status line: what was done, in a few words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from qualcode.coding.events import AddEvent, RecodeEvent
from qualcode.errors import clip

if TYPE_CHECKING:
    from qualcode.coding.events import Event
    from qualcode.model import Coding

__all__ = ["coded", "counted", "said_of_events"]

_VERBS = {"add": "coded", "remove": "removed", "recode": "recoded", "memo": "memo"}


def counted(number: int, noun: str) -> str:
    """Write a number with its noun: ``1 match``, ``2 matches``."""
    plural = noun + ("es" if noun.endswith("ch") else "s")
    return f"{number:,} {noun if number == 1 else plural}"


def coded(codings: Sequence[Coding], name: str) -> str:
    """Say how many words, or passages, got a code."""
    if len(codings) == 1:
        return f"coded {counted(len(codings[0].quote.split()), 'word')} as {name}"
    return f"coded {counted(len(codings), 'passage')} as {name}"


def said_of_events(
    events: Sequence[Event],
    name: Callable[[str], str],
    added: Callable[[str], Coding | None] = lambda _: None,
) -> str:
    """Say what a change was: its verb and code and, if `added` finds the coding, which and where."""
    kinds = [event.kind for event in events]
    first = events[0]
    coding = added(
        first.id if isinstance(first, AddEvent) else getattr(first, "coding", None) or ""
    )
    where = "" if coding is None else f" “{clip(coding.quote, 30)}” in {coding.transcript_id}"
    if kinds == ["remove", "add"]:
        return f"new bounds{where}"
    if kinds == ["add", "remove"]:
        return f"declined{where}"
    code = f" as {name(first.code)}" if isinstance(first, AddEvent | RecodeEvent) else ""
    more = f", {len(events)} in all" if len(events) > 1 else ""
    return _VERBS[first.kind] + code + where + more
