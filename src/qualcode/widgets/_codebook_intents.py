"""What the codebook editor may ask for: a change to be looked at, or to be made.

A change is the same value in both, and goes with the fingerprint of the file that it was thought
out on, so that nobody decides on a codebook that they have not seen.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from qualcode.widgets._intents import Ping, Redo, Undo

__all__ = [
    "AddCode",
    "Apply",
    "Change",
    "CodebookIntent",
    "Delete",
    "Edit",
    "Fields",
    "Merge",
    "Move",
    "Passages",
    "Preview",
    "Split",
]

_Text = Annotated[str, msgspec.Meta(max_length=20_000)]
_Id = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class Fields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said of a code; what is left out stays as it is."""

    name: _Text | msgspec.UnsetType = msgspec.UNSET
    definition: _Text | msgspec.UnsetType = msgspec.UNSET
    include: _Text | msgspec.UnsetType = msgspec.UNSET
    exclude: _Text | msgspec.UnsetType = msgspec.UNSET
    example: _Text | msgspec.UnsetType = msgspec.UNSET
    example_at: _Text | msgspec.UnsetType = msgspec.UNSET
    colour: _Text | msgspec.UnsetType = msgspec.UNSET

    def given(self) -> dict[str, str]:
        """Give the fields that are said."""
        return {
            name: value
            for name in self.__struct_fields__
            if (value := getattr(self, name)) is not msgspec.UNSET
        }


class _Change(msgspec.Struct, frozen=True, kw_only=True, tag_field="do"):
    """A change of the codebook."""


class Edit(_Change, frozen=True, tag="edit"):
    """Say something else of a code."""

    code: _Id
    fields: Fields


class AddCode(_Change, frozen=True, tag="add"):
    """Add a code, last among those below its parent."""

    fields: Fields
    parent: _Id | None = None


class Move(_Change, frozen=True, tag="move"):
    """Put a code, with all below it, at another place."""

    code: _Id
    parent: _Id | None = None
    before: _Id | None = None


class Merge(_Change, frozen=True, tag="merge"):
    """Let a code go into another one."""

    code: _Id
    into: _Id


class Split(_Change, frozen=True, tag="split"):
    """Give some of the own codings of a code to a new one, below it or right after it."""

    code: _Id
    fields: Fields
    codings: Annotated[list[_Id], msgspec.Meta(max_length=100_000)]
    below: bool = False


class Delete(_Change, frozen=True, tag="delete"):
    """Take out a code that nobody has given."""

    code: _Id


Change = Edit | AddCode | Move | Merge | Split | Delete


class _Asked(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    request: str = ""


class Preview(_Asked, frozen=True, tag="preview"):
    """Say what a change would do."""

    change: Change


class Apply(_Asked, frozen=True, tag="apply"):
    """Make a change, if the codebook is still the one with the fingerprint `seen`."""

    change: Change
    seen: str


class Passages(_Asked, frozen=True, tag="passages"):
    """List the words that have a code from the coder, to be split, and count the others'."""

    code: _Id


CodebookIntent = Ping | Undo | Redo | Preview | Apply | Passages
