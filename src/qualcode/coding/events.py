"""The events of a coding journal.

A journal is a text file with one event a line, in JSON, with its keys in a fixed order. `add`,
`remove`, `recode` and `memo` change codings; `undo` and `redo` name one of those. A key or a kind
of event that is not known here is refused, since skipping it could change what the rest means.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, ClassVar, Literal

import msgspec

__all__ = [
    "AddEvent",
    "Event",
    "EventSource",
    "MemoEvent",
    "RecodeEvent",
    "RedoEvent",
    "RemoveEvent",
    "UndoEvent",
]

_Name = Annotated[str, msgspec.Meta(min_length=1)]
# A frame holds 64-bit numbers; no transcript is this long.
_Offset = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
_Time = Annotated[datetime, msgspec.Meta(tz=True)]


class EventSource(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False
):
    """Where an added coding comes from, as a journal says it.

    Parameters
    ----------
    kind : {'manual', 'suggestion', 'import'}
        How it came about.
    model : str, optional
        What suggested it.
    score : float, optional
        The suggestion's score, 0 to 1.

    Examples
    --------
    >>> EventSource("suggestion", "keywords", 0.8).model
    'keywords'
    """

    kind: Literal["manual", "suggestion", "import"]
    model: str | None = None
    score: float | None = None


class _Event(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="event",
    gc=False,
):
    id: _Name
    at: _Time
    batch: _Name | None = None

    kind: ClassVar[str] = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is not UTC:
            _check_utc(self.at)

    @property
    def group(self) -> str:
        """What undo takes back together: the batch, or the event alone."""
        return self.batch or self.id


class AddEvent(_Event, frozen=True, kw_only=True, tag="add", gc=False):
    """A code was given to a span.

    Parameters
    ----------
    id : str
        UUIDv7 of the event, and of the coding it makes.
    at : datetime.datetime
        When, in UTC.
    batch : str, optional
        What it was done together with.
    transcript : str
        The transcript's id.
    text_hash : str
        Fingerprint of the text that the span points into.
    code : str
        The code's id.
    start, end : int
        Half-open span in code points.
    quote : str
        The words under the span.
    source : EventSource
        By hand, from a suggestion, or imported.
    memo : str
        The coder's note, or nothing.

    Raises
    ------
    ValueError
        If the span is empty or reversed, or the time is not in UTC.

    Examples
    --------
    >>> event = AddEvent(id="1", at=datetime(2026, 1, 3, tzinfo=UTC), transcript="a", code="delay",
    ...     text_hash="", start=0, end=5, quote="Hello", source=EventSource("manual"))
    >>> event.kind, event.group
    ('add', '1')
    """

    transcript: _Name
    text_hash: str
    code: _Name
    start: _Offset
    end: _Offset
    quote: str
    source: EventSource
    memo: str = ""

    kind: ClassVar[str] = "add"

    def __post_init__(self) -> None:
        if self.at.tzinfo is not UTC:
            _check_utc(self.at)
        if self.end <= self.start:
            raise ValueError(f"the span [{self.start}, {self.end}) is empty or reversed")


class RemoveEvent(_Event, frozen=True, kw_only=True, tag="remove", gc=False):
    """A coding was taken away.

    Parameters
    ----------
    id, at, batch
        As for `AddEvent`.
    coding : str
        The coding's id.

    Examples
    --------
    >>> RemoveEvent(id="2", at=datetime(2026, 1, 3, tzinfo=UTC), coding="1").kind
    'remove'
    """

    coding: _Name

    kind: ClassVar[str] = "remove"


class RecodeEvent(_Event, frozen=True, kw_only=True, tag="recode", gc=False):
    """A coding was given another code.

    Parameters
    ----------
    id, at, batch
        As for `AddEvent`.
    coding : str
        The coding's id.
    code : str
        The new code's id.

    Examples
    --------
    >>> RecodeEvent(id="2", at=datetime(2026, 1, 3, tzinfo=UTC), coding="1", code="lag").code
    'lag'
    """

    coding: _Name
    code: _Name

    kind: ClassVar[str] = "recode"


class MemoEvent(_Event, frozen=True, kw_only=True, tag="memo", gc=False):
    """A note was written on one coding, transcript or code; an empty one takes it away.

    Parameters
    ----------
    id, at, batch
        As for `AddEvent`.
    memo : str
        The note.
    coding, transcript, code : str, optional
        The id of what it is on: exactly one of the three.

    Raises
    ------
    ValueError
        If it is on none, or on more than one.

    Examples
    --------
    >>> MemoEvent(id="2", at=datetime(2026, 1, 3, tzinfo=UTC), memo="Why?", code="lag").target
    ('code', 'lag')
    """

    memo: str
    coding: _Name | None = None
    transcript: _Name | None = None
    code: _Name | None = None

    kind: ClassVar[str] = "memo"

    def __post_init__(self) -> None:
        super().__post_init__()
        if sum(name is not None for name in (self.coding, self.transcript, self.code)) != 1:
            raise ValueError("a memo is on exactly one of coding, transcript and code")

    @property
    def target(self) -> tuple[str, str]:
        """What the memo is on: ``coding``, ``transcript`` or ``code``, and its id."""
        for kind in ("coding", "transcript", "code"):
            name: str | None = getattr(self, kind)
            if name is not None:
                return kind, name
        raise ValueError("a memo is on exactly one of coding, transcript and code")


class UndoEvent(_Event, frozen=True, kw_only=True, tag="undo", gc=False):
    """A change was taken back, with all that was done in one batch with it.

    Parameters
    ----------
    id, at, batch
        As for `AddEvent`.
    undoes : str
        The id of the change (never of an undo or redo).

    Examples
    --------
    >>> UndoEvent(id="2", at=datetime(2026, 1, 3, tzinfo=UTC), undoes="1").kind
    'undo'
    """

    undoes: _Name

    kind: ClassVar[str] = "undo"


class RedoEvent(_Event, frozen=True, kw_only=True, tag="redo", gc=False):
    """A change that was taken back was made again, with its batch.

    Parameters
    ----------
    id, at, batch
        As for `AddEvent`.
    redoes : str
        The id of the change (never of an undo or redo).

    Examples
    --------
    >>> RedoEvent(id="3", at=datetime(2026, 1, 3, tzinfo=UTC), redoes="1").kind
    'redo'
    """

    redoes: _Name

    kind: ClassVar[str] = "redo"


def _check_utc(at: datetime) -> None:
    if at.utcoffset() != timedelta(0):
        raise ValueError("the time is not in UTC (it has to end in Z)")


Event = AddEvent | RemoveEvent | RecodeEvent | MemoEvent | UndoEvent | RedoEvent
