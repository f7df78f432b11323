"""What the reading of quotes may ask for."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from qualcode.widgets._intents import Ping

__all__ = ["Look", "Mark", "Read", "RetrievalIntent", "Sort"]

Sort = Literal["interview", "longest", "shortest", "typical"]
_Names = Annotated[
    list[Annotated[str, msgspec.Meta(max_length=1000)]], msgspec.Meta(max_length=1000)
]


class _Asked(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    request: str = ""


class Look(_Asked, frozen=True, tag="look"):
    """Show the quotes of a code and of those below it that pass all filters, in an order.

    Of `body_types`, `roles` and `coders` a quote must have one of those named; none named lets
    all pass.
    """

    code: str
    body_types: _Names = []
    roles: _Names = []
    coders: _Names = []
    words: Annotated[str, msgspec.Meta(max_length=1000)] = ""
    contrary: bool = False
    starred: bool = False
    sort: Sort = "interview"


class Read(_Asked, frozen=True, tag="read"):
    """Show a quote in its place in the transcript; with an empty id, close the transcript."""

    coding: str


class Mark(_Asked, frozen=True, tag="star"):
    """Pick a quote for a table, or no longer."""

    coding: str
    on: bool


RetrievalIntent = Ping | Look | Read | Mark
