"""What the framework matrix may ask for."""

from __future__ import annotations

from typing import Annotated

import msgspec

from qualcode.widgets._intents import Ping, Redo, Undo

__all__ = ["MOST_LETTERS", "FrameworkIntent", "OpenCell", "SaveSummary"]

#: of a summary; a spreadsheet's cell holds 32,767
MOST_LETTERS = 20_000
_Name = Annotated[str, msgspec.Meta(max_length=1000)]


class _Asked(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    request: str = ""


class OpenCell(_Asked, frozen=True, tag="cell"):
    """Show a cell's quotes beside its summary; with an empty theme, close it."""

    case: _Name
    theme: _Name


class SaveSummary(_Asked, frozen=True, tag="summary"):
    """Write a cell's summary; an empty one takes it away.

    `seen` is the stamp of the summary that the view showed when writing began.
    """

    case: _Name
    theme: _Name
    text: Annotated[str, msgspec.Meta(max_length=MOST_LETTERS)]
    seen: _Name


FrameworkIntent = Ping | OpenCell | SaveSummary | Undo | Redo
