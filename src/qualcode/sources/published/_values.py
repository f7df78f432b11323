"""The values that pass between the steps of reading a published report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

__all__ = ["Block", "Interviewees", "Mark", "Note", "Quotation", "Statement"]


# "Kent County Council 3" is another body; "See Council 3" is not
_LONGER_NAME = re.compile(
    r"\b(?!(?:See|And|With|From|Also|Interviews?|Interviewee)\b)[A-Z][a-z]+\s$"
)


@dataclass(frozen=True)
class Interviewees:
    """What counts as an interviewee in a report's footnotes: a setting of the study.

    Parameters
    ----------
    kinds : mapping of str to str
        Word printed before the number (``Council``) -> kind of body (``council``).
    roles : mapping of str to str
        Role as printed -> role to use, for what the general rules leave apart.

    Examples
    --------
    >>> Interviewees({"Ward": "ward"}).bodies("Ward 7 (Night nurse); Ward 12 (Matron)")
    ['Ward 7', 'Ward 12']
    """

    kinds: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    roles: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Match a body: one of the words and a number, not part of a longer name."""
        names = "|".join(re.escape(name) for name in sorted(self.kinds, key=len, reverse=True))
        return re.compile(
            rf"(?<![\w-])(?P<kind>{names or '(?!)'})\s+(?:no\.?\s*|#)?(?P<number>[A-Z]?\d{{1,4}}[a-z]?)\b(?!\s\d{{3}}\b)"
        )

    def bodies(self, text: str) -> list[str]:
        """List the bodies that a footnote names, in order, each once.

        Parameters
        ----------
        text : str
            The footnote.

        Returns
        -------
        list of str
            Such as ``Council 7``.

        Examples
        --------
        >>> Interviewees({"Ward": "ward"}).bodies("Ward 7, and Ward 12 (both nurses)")
        ['Ward 7', 'Ward 12']
        """
        found = [
            f"{m['kind']} {int(m['number']) if m['number'].isdecimal() else m['number']}"
            for m in self.pattern.finditer(text)
            if not _LONGER_NAME.search(text[: m.start()])
        ]
        return list(dict.fromkeys(found))

    def body_type(self, body: str) -> str:
        """Give the kind of a body.

        Parameters
        ----------
        body : str
            Such as ``Council 7``.

        Returns
        -------
        str
            As the settings say; empty for a body they do not know.

        Examples
        --------
        >>> Interviewees({"Ward": "ward"}).body_type("Ward 7")
        'ward'
        """
        return self.kinds.get(body.rsplit(" ", 1)[0], "")


@dataclass(frozen=True)
class Mark:
    """A footnote's number where it stands in the text.

    Parameters
    ----------
    number : int
        The footnote.
    offset : int
        Place in the block's text, which no longer holds the mark (code points).
    line : int
        Line of the report, counted from 1.
    """

    number: int
    offset: int
    line: int


@dataclass(frozen=True)
class Block:
    """A paragraph, list item, heading or table row of the report, its marks lifted out.

    Parameters
    ----------
    kind : str
        ``prose``, ``item``, ``heading`` or ``table``.
    text : str
        The words, without marks and mark-up.
    line : int
        Line of the report on which it begins.
    marks : tuple of Mark
        In order of offset.
    section : str
        The heading it stands under.
    joined : bool
        True if it was put together from two pieces.
    """

    kind: str
    text: str
    line: int
    marks: tuple[Mark, ...] = ()
    section: str = ""
    joined: bool = False


@dataclass(frozen=True)
class Note:
    """The definition of a footnote.

    Parameters
    ----------
    number : int
        The footnote.
    text : str
        What it says.
    line : int
        Where it begins.
    """

    number: int
    text: str
    line: int


@dataclass(frozen=True)
class Quotation:
    """A quoted string in a block.

    Parameters
    ----------
    start, end : int
        The words between the quotation marks, half-open (code points of the block's text).
    outer_start, outer_end : int
        The same with the quotation marks.
    closed : bool
        False where the closing mark is missing and the end was judged.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    closed: bool = True


@dataclass(frozen=True)
class Statement:
    """What one footnote mark vouches for.

    Parameters
    ----------
    number : int
        The footnote.
    kind : str
        ``direct``, ``indirect`` or ``mixed``.
    passages : tuple of str
        The quoted strings, word for word, in order.
    section : str
        Heading.
    line : int
        Line of the mark.
    text : str
        The stretch of text, quotations included.
    lead : str
        The paragraph that leads to it, where quoted words were taken from there or it ends in a
        colon.
    doubts : tuple of (weight, reason)
        What lowers the confidence.
    """

    number: int
    kind: str
    passages: tuple[str, ...]
    section: str
    line: int
    text: str
    lead: str = ""
    doubts: tuple[tuple[float, str], ...] = ()
