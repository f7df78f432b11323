"""What a view may ask for: a value for each kind of message, checked when it comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from qualcode.errors import QualcodeError

if TYPE_CHECKING:
    from qualcode.model import Transcript

__all__ = [
    "Accept",
    "Add",
    "Decline",
    "Find",
    "GoOn",
    "Intent",
    "IntentError",
    "Look",
    "Memo",
    "NewCode",
    "Open",
    "Pin",
    "Ping",
    "Recode",
    "Redo",
    "Remove",
    "Resize",
    "Span",
    "Suggest",
    "Undo",
    "read_intent",
]

_Text = Annotated[str, msgspec.Meta(max_length=100_000)]
_Offset = Annotated[int, msgspec.Meta(ge=0)]


class IntentError(QualcodeError):
    """A view asked for something that cannot be done."""


class Span(msgspec.Struct, frozen=True):
    """Words of a transcript: their place in code points, and what the view reads there."""

    transcript: str
    start: _Offset
    end: _Offset
    quote: str

    def check(self, transcript: Transcript) -> None:
        """Refuse the span if the words that the view read there do not stand there."""
        here = self.transcript == transcript.id
        if not here or transcript.text[self.start : self.end] != self.quote:
            mend = "re-run the cell to see the text as it is"
            raise IntentError("the view shows other words there than the transcript has", mend=mend)


class _Asked(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    request: str = ""


class Ping(_Asked, frozen=True, tag="ping"):
    """Ask whether anybody is there, and whether anything has changed."""


class Open(_Asked, frozen=True, tag="open"):
    """Show another transcript."""

    transcript: str


class Add(_Asked, frozen=True, tag="add"):
    """Give a code to spans, in one change."""

    spans: Annotated[list[Span], msgspec.Meta(min_length=1, max_length=100_000)]
    code: str
    memo: _Text = ""


class Recode(_Asked, frozen=True, tag="recode"):
    """Give a coding another code."""

    coding: str
    code: str


class Resize(_Asked, frozen=True, tag="resize"):
    """Give a coding other words."""

    coding: str
    span: Span


class Remove(_Asked, frozen=True, tag="remove"):
    """Take a coding away."""

    coding: str


class Memo(_Asked, frozen=True, tag="memo"):
    """Write a note on a coding, a transcript or a code."""

    text: _Text
    on: str
    id: str


class Undo(_Asked, frozen=True, tag="undo"):
    """Take the last change back."""


class Redo(_Asked, frozen=True, tag="redo"):
    """Make the change again that was undone last."""


class NewCode(_Asked, frozen=True, tag="new_code"):
    """Add a code to the codebook, and give it to spans if there are any."""

    name: str
    definition: str
    parent: str | None = None
    spans: list[Span] = []
    memo: _Text = ""


class Pin(_Asked, frozen=True, tag="pin"):
    """Put a code on one of the keys 1 to 9, or take it off (0)."""

    code: str
    key: Annotated[int, msgspec.Meta(ge=0, le=9)]


class Find(_Asked, frozen=True, tag="find"):
    """Look for words."""

    query: str
    regex: bool = False
    case: bool = False
    everywhere: bool = False


class Suggest(_Asked, frozen=True, tag="suggest"):
    """Show what the machine offers for this transcript, or hide it."""

    on: bool


class GoOn(_Asked, frozen=True, tag="queue"):
    """Go to the next suggestion in the queue, in whichever transcript it is."""


class Look(_Asked, frozen=True, tag="look"):
    """Say which suggestion is selected, or none: it stays until it is decided or let go."""

    suggestion: str


class Accept(_Asked, frozen=True, tag="accept"):
    """Take a suggestion."""

    suggestion: str
    memo: _Text = ""


class Decline(_Asked, frozen=True, tag="decline"):
    """Put on record that a suggestion was not taken."""

    suggestion: str
    memo: _Text = ""


Intent = (
    Ping
    | Open
    | Add
    | Recode
    | Resize
    | Remove
    | Memo
    | Undo
    | Redo
    | NewCode
    | Pin
    | Find
    | Suggest
    | GoOn
    | Look
    | Accept
    | Decline
)


def read_intent(message: Any, kinds: Any = Intent) -> Any:
    """Check a message of a view; refuse what is not understood."""
    try:
        return msgspec.convert(message, kinds)
    except msgspec.ValidationError as exc:
        mend = "re-run the cell: the page may be of another version"
        raise IntentError(f"a message was not understood: {exc}", mend=mend) from None
