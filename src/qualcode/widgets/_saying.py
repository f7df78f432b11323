"""Sentences for the status line: what was done, in a few words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from qualcode.coding.events import AddEvent, RecodeEvent

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


def said_of_events(events: Sequence[Event], name: Callable[[str], str]) -> str:
    """Say what a change was: its verb, its code and where."""
    kinds = [event.kind for event in events]
    if kinds == ["remove", "add"]:
        return "new bounds"
    if kinds == ["add", "remove"]:
        return "declined"
    first = events[0]
    what = [_VERBS[first.kind]]
    if isinstance(first, AddEvent | RecodeEvent):
        what.append(f"as {name(first.code)}")
    if isinstance(first, AddEvent):
        what.append(f"in {first.transcript}")
    more = f", {len(events)} in all" if len(events) > 1 else ""
    return " ".join(what) + more
