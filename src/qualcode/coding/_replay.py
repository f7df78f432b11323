"""What a coder's events amount to: the codings and memos that hold after all of them.

The state depends on the *set* of events alone. They are sorted by time and id, repeats are
dropped, and what the last word on a change, an `undo` or a `redo`, takes back is left out. So two
branches of one journal mean the same in whichever order their lines were merged. An event that
finds nothing to change (a recode of a coding that another branch removed) changes nothing, and is
noted as a conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter, lt

import msgspec

from qualcode.coding.events import (
    AddEvent,
    Event,
    MemoEvent,
    RecodeEvent,
    RedoEvent,
    RemoveEvent,
    UndoEvent,
)
from qualcode.model import Coding, Source

__all__ = [
    "Conflict",
    "Memo",
    "State",
    "as_coding",
    "in_text_order",
    "replay",
    "sort_key",
    "span_key",
]

sort_key = attrgetter("at", "id")
_BY_HAND = Source()
_PLACE = attrgetter("transcript_id", "start", "end", "code_id")


@dataclass(frozen=True, slots=True)
class Memo:
    """A coder's note on a transcript or on a code.

    A note on a coding is that coding's `memo`.

    Parameters
    ----------
    coder : str
        Whose it is.
    text : str
        The note.
    created_at : datetime.datetime
        When it was written last, in UTC.
    transcript_id, code_id : str, optional
        What it is on: one of the two.

    Examples
    --------
    >>> from datetime import UTC
    >>> Memo("AB", "Ask again", datetime(2026, 1, 3, tzinfo=UTC), code_id="delay").code_id
    'delay'
    """

    coder: str
    text: str
    created_at: datetime
    transcript_id: str | None = None
    code_id: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """An event that does not fit the others, and why."""

    event: Event
    what: str


SpanKey = tuple[str, int, int, str]


@dataclass
class State:
    """A coder's events in order, and what they amount to."""

    coder: str
    events: list[Event] = field(default_factory=list)
    by_id: dict[str, Event] = field(default_factory=dict)
    undone: set[str] = field(default_factory=set)
    codings: dict[str, Coding] = field(default_factory=dict)
    memos: dict[tuple[str, str], Memo] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    _spans: dict[SpanKey, set[str]] | None = None

    @property
    def spans(self) -> dict[SpanKey, set[str]]:
        """Words -> the ids of the codings on them. Made when first asked for, then kept up."""
        if self._spans is None:
            self._spans = {}
            for coding in self.codings.values():
                self._spans.setdefault(span_key(coding), set()).add(coding.id)
        return self._spans

    def append(self, event: Event) -> None:
        """Take in a change that comes after all other events."""
        self.events.append(event)
        self.by_id[event.id] = event
        if isinstance(event, AddEvent):
            coding = self.codings[event.id] = as_coding(event, self.coder)
            self.spans.setdefault(span_key(coding), set()).add(coding.id)
        else:
            self.apply(event)

    def apply(self, event: Event) -> None:
        """Let an event that is not undone change the codings that were added, and the memos."""
        if isinstance(event, RemoveEvent):
            self._remove(event)
        elif isinstance(event, RecodeEvent):
            self._change(event, code_id=event.code)
        elif isinstance(event, MemoEvent):
            self._memo(event)

    def _remove(self, event: RemoveEvent) -> None:
        coding = self.codings.pop(event.coding, None)
        if coding is None and not isinstance(self.by_id.get(event.coding), AddEvent):
            self.conflicts.append(Conflict(event, _unknown(event.coding)))
        elif coding is not None and self._spans is not None:
            self._spans[span_key(coding)].discard(coding.id)

    def _change(self, event: RecodeEvent | MemoEvent, **changes: str) -> None:
        name = event.coding or ""
        if name in self.codings:
            self.codings[name] = msgspec.structs.replace(self.codings[name], **changes)
            return
        known = isinstance(self.by_id.get(name), AddEvent)
        what = f"{event.kind} of a coding that is removed" if known else _unknown(name)
        self.conflicts.append(Conflict(event, what))

    def _memo(self, event: MemoEvent) -> None:
        kind, name = event.target
        if kind == "coding":
            self._change(event, memo=event.memo)
        elif event.memo:
            on = {f"{kind}_id": name}
            self.memos[event.target] = Memo(self.coder, event.memo, event.at, **on)
        else:
            self.memos.pop(event.target, None)


def replay(events: Iterable[Event], coder: str) -> State:
    """Work out what a coder's events amount to.

    The events may be in any order, but each id may come once only.
    """
    state = State(coder, _in_order(list(events)))
    state.by_id = {event.id: event for event in state.events}
    _judge(state)
    hold = [event for event in state.events if (event.batch or event.id) not in state.undone]
    state.codings = {event.id: as_coding(event, coder) for event in hold if type(event) is AddEvent}
    for event in hold:
        if type(event) is not AddEvent:
            state.apply(event)
    for first, second in _repeated(state):
        what = f"the same code on the same words as coding {first.id}"
        state.conflicts.append(Conflict(state.by_id[second.id], what))
    return state


def in_text_order(codings: Iterable[Coding]) -> list[Coding]:
    """Sort codings by transcript, start, end and id."""
    # Four stable sorts by one key each take less time than one by a key of four.
    ordered = sorted(codings, key=attrgetter("id"))
    for name in ("end", "start", "transcript_id"):
        ordered.sort(key=attrgetter(name))
    return ordered


def _in_order(events: list[Event]) -> list[Event]:
    times = [event.at for event in events]
    # Where nothing was merged, the lines stand in order and no two have one time.
    return events if all(map(lt, times, times[1:])) else sorted(events, key=sort_key)


def _repeated(state: State) -> Iterator[tuple[Coding, Coding]]:
    """Find codings that give words a code they have already (each with the first)."""
    places = set(map(_PLACE, state.codings.values()))
    if len(places) == len(state.codings):
        return
    first: dict[tuple[SpanKey, str], Coding] = {}
    for coding in state.codings.values():
        found = first.setdefault((span_key(coding), coding.code_id), coding)
        if found is not coding:
            yield found, coding


def _judge(state: State) -> None:
    """Note which changes are undone: of the undos and redos of a change, the last one holds."""
    for event in state.events:
        if type(event) is UndoEvent or type(event) is RedoEvent:
            group = _judged_group(state, event)
            if group is not None and isinstance(event, UndoEvent):
                state.undone.add(group)
            elif group is not None:
                state.undone.discard(group)


def _judged_group(state: State, event: UndoEvent | RedoEvent) -> str | None:
    name = event.undoes if isinstance(event, UndoEvent) else event.redoes
    target = state.by_id.get(name)
    if target is None:
        what = f"{event.kind} of an event that this journal does not hold: {name[:40]}"
    elif isinstance(target, UndoEvent | RedoEvent):
        what = f"{event.kind} of an {target.kind}, which is not a change"
    else:
        return target.group
    state.conflicts.append(Conflict(event, what))
    return None


def span_key(coding: Coding) -> SpanKey:
    """Name the words that a coding is on."""
    return coding.transcript_id, coding.start, coding.end, coding.quote


def _unknown(coding_id: str) -> str:
    return f"names a coding that this journal did not add: {coding_id[:40]}"


def as_coding(event: AddEvent, coder: str) -> Coding:
    source = event.source
    plain = source.kind == "manual" and source.model is None and source.score is None
    return Coding(
        event.id,
        event.transcript,
        event.code,
        coder,
        event.start,
        event.end,
        event.quote,
        event.text_hash,
        event.at,
        event.memo,
        _BY_HAND if plain else Source(source.kind, source.model, source.score),
    )
