"""What the compare view may ask for, beside what every view may."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from qualcode.widgets._intents import Open, Ping, Redo, Span, Undo

__all__ = ["CompareIntent", "Settle", "TakeOver"]

_Text = Annotated[str, msgspec.Meta(max_length=100_000)]
Decision = Literal["first", "second", "both", "recode", "resize", "neither"]


class _Asked(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    request: str = ""


class Settle(_Asked, frozen=True, tag="settle"):
    """Settle a difference: whose coding is kept, or which code or words instead, and why."""

    difference: str
    decision: Decision
    why: _Text = ""
    code: str = ""
    span: Span | None = None


class TakeOver(_Asked, frozen=True, tag="take_over"):
    """Put all that both agree on in this transcript into the third journal, in one change."""


CompareIntent = Ping | Open | Settle | TakeOver | Undo | Redo
