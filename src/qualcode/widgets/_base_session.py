"""What every session does: take a message, act or refuse, and say what has changed.

A session decides and knows no front end. A view is given one snapshot and then only changes, each
with a number, so that a view that missed one sees it and asks for a snapshot.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from qualcode.errors import QualcodeError
from qualcode.widgets._intents import read_intent

__all__ = ["Answer", "BaseSession", "Message", "changes_between"]

Message = dict[str, Any]
#: what an intent came to: ``say`` is for the status line, the rest for the view that asked
Answer = dict[str, Any]


class BaseSession(ABC):
    """The rule book of one widget, tested without a browser."""

    #: the kinds of message it takes: a union of values of `qualcode.widgets._intents`
    intents: ClassVar[Any]
    #: the parts of a view of which only the entries that changed are sent
    keyed: ClassVar[frozenset[str]] = frozenset()

    def __init__(self) -> None:
        self._number = 0
        self._sent: Mapping[str, Any] = {}

    @abstractmethod
    def view(self) -> Mapping[str, Any]:
        """Give all that a view shows, as values that JSON can carry."""

    @abstractmethod
    def act(self, intent: Any) -> Answer:
        """Do what is asked, or raise a `QualcodeError` that says why not."""

    def before(self, intent: Any) -> None:  # noqa: B027 - most sessions have nothing to look at
        """Look at what an intent needs, before it is acted on; raise what speaks against it."""

    def snapshot(self) -> Message:
        """Give a view all that it shows."""
        self._sent = self.view()
        return {"number": self._number, **self._sent}

    def handle(self, message: Any) -> list[Message]:
        """Act on a message: what has changed comes first, then the answer to who asked."""
        asked = message if isinstance(message, dict) else {}
        if asked.get("kind") == "snapshot":
            return [{"kind": "snapshot", "snapshot": self.snapshot()}]
        try:
            intent = read_intent(message, self.intents)
            self.before(intent)
            answer: Answer = {"ok": True, **self.act(intent)}
        except QualcodeError as exc:
            answer = {"ok": False, "say": str(exc.faults[0])}
        try:
            changes = self.changes()
        except QualcodeError as exc:  # a file that a view is made of cannot be read
            changes, answer = [], {"ok": False, "say": str(exc.faults[0])}
        return [*changes, {"kind": "answer", "request": str(asked.get("request", "")), **answer}]

    def changes(self) -> list[Message]:
        """Say what is other than when views were last told: one message, or none."""
        now = self.view()
        parts = changes_between(self._sent, now, self.keyed)
        self._sent = now
        if not parts:
            return []
        self._number += 1
        return [{"kind": "change", "number": self._number, "parts": parts}]


def changes_between(
    before: Mapping[str, Any], now: Mapping[str, Any], keyed: frozenset[str]
) -> dict[str, Any]:
    """Give the parts that differ; of a keyed one the entries to put and those to drop."""
    parts: dict[str, Any] = {}
    for name, value in now.items():
        old = before.get(name)
        if value is old or value == old:
            continue
        if name in keyed and old is not None:
            put = {key: entry for key, entry in value.items() if old.get(key) != entry}
            parts[name] = {"put": put, "drop": [key for key in old if key not in value]}
        else:
            parts[name] = value
    return parts
