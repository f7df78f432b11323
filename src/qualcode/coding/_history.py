"""What can be undone and redone, and the history of a journal as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcode.coding.events import (
    AddEvent,
    Event,
    MemoEvent,
    RecodeEvent,
    RedoEvent,
    RemoveEvent,
    UndoEvent,
)
from qualcode.errors import clip

if TYPE_CHECKING:
    from qualcode.coding._replay import State

__all__ = ["change_of", "history_rows", "last_change", "last_undone"]


def last_change(state: State) -> tuple[Event, ...]:
    """Give the latest change that holds, with its batch; nothing if there is none."""
    for event in reversed(state.events):
        if _is_change(event) and event.group not in state.undone:
            return _group_of(state, event)
    return ()


def change_of(state: State, event_id: str) -> tuple[Event, ...]:
    """Give the change with this id, with its batch, whether it holds or not."""
    event = state.by_id.get(event_id)
    return () if event is None or not _is_change(event) else _group_of(state, event)


def last_undone(state: State) -> tuple[Event, ...]:
    """Give the change that was undone last, with its batch, if no change has come since."""
    for event in reversed(state.events):
        if _is_change(event):
            return ()
        target = _judged(state, event)
        if isinstance(event, UndoEvent) and target is not None and target.group in state.undone:
            return _group_of(state, target)
    return ()


def history_rows(state: State, coding_id: str | None) -> list[dict[str, Any]]:
    """Give the events as rows of the frame ``history``, all or those on one coding."""
    events = state.events
    if coding_id is not None:
        events = [event for event in events if coding_id in _codings_of(state, event)]
    return [_row(state, event) for event in events]


def _row(state: State, event: Event) -> dict[str, Any]:
    target = _judged(state, event)
    about = event if target is None else target
    coding = _coding_of(about)
    added = state.by_id.get(coding)
    batch = () if target is None else _group_of(state, target)
    return {
        "event_id": event.id,
        "at": event.at,
        "coder": state.coder,
        "event": event.kind,
        "coding_id": coding,
        "transcript_id": _get(added, "transcript") or _get(about, "transcript"),
        "code_id": _get(about, "code") or _get(added, "code"),
        "detail": _detail(event, target, len(batch)),
        "undone": _is_change(event) and event.group in state.undone,
    }


def _detail(event: Event, target: Event | None, changes: int) -> str:
    if target is not None:
        more = f" and {changes - 1} more" if changes > 1 else ""
        return f"{target.kind}{more}"
    if isinstance(event, AddEvent):
        return clip(event.quote, 60)
    return clip(event.memo, 60) if isinstance(event, MemoEvent) else ""


def _codings_of(state: State, event: Event) -> set[str]:
    """Name all codings that an event concerns: of an undo, those of the whole batch."""
    target = _judged(state, event)
    return {_coding_of(one) for one in ((event,) if target is None else _group_of(state, target))}


def _coding_of(event: Event) -> str:
    if isinstance(event, AddEvent):
        return event.id
    if isinstance(event, RemoveEvent | RecodeEvent | MemoEvent):
        return event.coding or ""
    return ""


def _judged(state: State, event: Event) -> Event | None:
    if isinstance(event, UndoEvent):
        return state.by_id.get(event.undoes)
    if isinstance(event, RedoEvent):
        return state.by_id.get(event.redoes)
    return None


def _group_of(state: State, event: Event) -> tuple[Event, ...]:
    if event.batch is None:
        return (event,)
    return tuple(one for one in state.events if one.batch == event.batch)


def _is_change(event: Event) -> bool:
    return not isinstance(event, UndoEvent | RedoEvent)


def _get(event: Event | None, name: str) -> str:
    return getattr(event, name, None) or ""
