"""One entry of the codebook, normalised once on entry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID, uuid5

from qualcode.coding._palette import normal_colour

__all__ = ["Code", "derived_guid", "normal_guid", "one_line"]

# Fixed for ever: the guid of a code that was given none is made from this and its id, so that
# exports of one codebook agree with each other.
_NAMESPACE = UUID("5c6b7f0e-4b0a-5d0e-9a5b-6f1d3c2e8a41")
_GUID = re.compile(r"\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?")
_BREAKS = re.compile(r"[ \t\n\x85\u2028\u2029]+")
_EDGES = " \t\n\x85\u2028\u2029\xa0"
_TEXTS = ("definition", "include", "exclude", "example")


def derived_guid(code_id: str) -> str:
    """Give the guid of a code that was given none."""
    return str(uuid5(_NAMESPACE, code_id.encode("utf-8", "replace").decode("utf-8")))


def normal_guid(guid: str) -> str | None:
    """Give a guid in lower case without braces, or None if the text is not one."""
    match = _GUID.fullmatch(guid.strip().lower())
    return None if match is None or guid.count("{") != guid.count("}") else match[1]


def one_line(text: str) -> str:
    """Make a name or a title NFC, on one line, without space around it."""
    return _BREAKS.sub(" ", _paragraphs(text)).strip(_EDGES)


def _paragraphs(text: str) -> str:
    """Make a long text NFC with LF line ends, without space around it or at line ends."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"[ \t]+\n", "\n", text).strip(_EDGES)


@dataclass(frozen=True)
class Code:
    """One entry of the codebook; a theme is a code without a parent.

    Texts are made NFC with LF line ends and lose the space around them; a name stands on one
    line. Whether the values are right is judged by the `Codebook` that holds the code.

    Parameters
    ----------
    id : str
        A slug: lower-case letters, digits and ``_``, at most 60. Journals point at it.
    name : str
        What readers see.
    definition : str
        What the code means.
    parent : str, optional
        The id of the code above, or None for a theme.
    include : str
        What belongs to it.
    exclude : str
        What does not.
    example : str
        Words to which it applies.
    colour : str
        ``#rrggbb`` or ``#rgb``; if empty, the codebook gives one.
    guid : str
        UUID for exchange with other programs; if empty, it is made from the id (UUID 5).
    was : tuple of str
        Ids of codes that were merged into this one.
    example_at : str
        Where the example stands: the id of a transcript and the time of the turn. If empty, the
        example was made up.

    Examples
    --------
    >>> code = Code("delay", " Delay ", "Waiting beyond a time limit.", colour="#C67")
    >>> code.name, code.colour, code.guid
    ('Delay', '#cc6677', '6dc966b8-5c6f-5c11-b8a4-cea95a933f06')
    """

    id: str
    name: str
    definition: str
    parent: str | None = None
    include: str = ""
    exclude: str = ""
    example: str = ""
    colour: str = ""
    guid: str = ""
    was: tuple[str, ...] = ()
    example_at: str = ""

    def __post_init__(self) -> None:
        for field in _TEXTS:
            self._normalise(field, _paragraphs)
        self._normalise("name", one_line)
        self._normalise("example_at", one_line)
        self._normalise("colour", lambda colour: normal_colour(colour) or colour)
        self._normalise("guid", lambda guid: normal_guid(guid) or guid)
        if self.guid == "" and isinstance(self.id, str):
            object.__setattr__(self, "guid", derived_guid(self.id))
        if isinstance(self.was, Iterable) and not isinstance(self.was, str | dict):
            object.__setattr__(self, "was", tuple(self.was))
        if self.parent == "":
            object.__setattr__(self, "parent", None)

    def _normalise(self, field: str, how: Callable[[str], str]) -> None:
        """Leave values of a wrong type as they are, for the codebook to name."""
        value = getattr(self, field)
        if isinstance(value, str):
            object.__setattr__(self, field, how(value))
