"""Place each coding in the text as it is now, or set it adrift.

A span points into the text it was made on. While that text's fingerprint is unchanged the span
holds. Once it has changed, the coding is found again by its quoted words, with the codings around
it as a guide; where two places could be meant, none is taken.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

import msgspec

from qualcode.coding._seek import Found, seek_codings
from qualcode.errors import AdriftWarning, clip
from qualcode.model import Coding  # noqa: TC001 - a Struct's hints are read when it runs

if TYPE_CHECKING:
    from qualcode.model import FixedText, Transcript

__all__ = ["Adrift", "Placed", "Placement", "place_codings"]


class Placed(msgspec.Struct, frozen=True, gc=False):
    """A coding and its place in the present text.

    Parameters
    ----------
    coding : Coding
        As the journal has it.
    start, end : int
        Half-open span in code points of the present text.
    how : {'same', 'exact', 'fuzzy'}
        The text is the same; it has changed and holds the same words; it holds nearly the same.
    score : float
        How alike the words are, 0 to 1.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from qualcode.model import Coding
    >>> made = datetime(2026, 1, 3, tzinfo=UTC)
    >>> Placed(Coding("1", "a", "delay", "RT", 0, 5, "Hello", "", made), 4, 9, "exact").end
    9
    """

    coding: Coding
    start: int
    end: int
    how: Literal["same", "exact", "fuzzy"] = "same"
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Adrift:
    """A coding whose words cannot be placed with certainty.

    Parameters
    ----------
    coding : Coding
        As the journal has it.
    reason : str
        Why not.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from qualcode.model import Coding
    >>> made = datetime(2026, 1, 3, tzinfo=UTC)
    >>> Adrift(Coding("1", "a", "delay", "RT", 0, 5, "Hello", "", made), "gone").reason
    'gone'
    """

    coding: Coding
    reason: str


@dataclass(frozen=True, repr=False)
class Placement:
    """Where all codings are.

    Parameters
    ----------
    placed : tuple of Placed
        Those that have a place, in the order given.
    adrift : tuple of Adrift
        Those that have none, in the order given.

    Examples
    --------
    >>> Placement((), ())
    Placement(0 placed, 0 adrift)
    """

    placed: tuple[Placed, ...]
    adrift: tuple[Adrift, ...]

    def __repr__(self) -> str:
        return f"Placement({len(self.placed)} placed, {len(self.adrift)} adrift)"


def place_codings(
    codings: Iterable[Coding], corpus: Mapping[str, Transcript] | Mapping[str, FixedText]
) -> Placement:
    """Find each coding's place in the present text of its transcript.

    Where the text has changed, the quoted words are looked for: the same words, if they stand in
    one place, or in the one place to which the codings before and after them have moved; else the
    nearest words that are alike, if no others are nearly as like. Whatever is not certain is
    adrift.

    Parameters
    ----------
    codings : iterable of Coding
        Such as `Codings`.
    corpus : mapping of str to Transcript or FixedText
        The transcripts, or their texts, by id.

    Returns
    -------
    Placement
        Every coding, either placed or adrift, by transcript and as given.

    Warns
    -----
    AdriftWarning
        If any coding is adrift; says how many, and why.

    References
    ----------
    Finding a span again by its words follows the robust anchoring of web annotations: W3C (2017),
    *Selectors and States*, https://www.w3.org/TR/selectors-states/.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from qualcode.model import Coding, FixedText, Transcript
    >>> made = datetime(2026, 1, 3, tzinfo=UTC)
    >>> coding = Coding("1", "a", "delay", "RT", 3, 9, "waited", "sha256:old", made)
    >>> place_codings([coding], {"a": Transcript("a", "So we waited for months.")}).placed[0].start
    6
    """
    by_transcript = attrgetter("transcript_id")
    asked = sorted(codings, key=by_transcript)  # `Codings` come in this order
    found: list[Placed | Adrift] = []
    for name, same in groupby(asked, key=by_transcript):
        group, transcript = list(same), corpus.get(name)
        found += _gone(group) if transcript is None else _place_in(group, transcript)
    adrift = tuple(one for one in found if isinstance(one, Adrift))
    if adrift:
        warnings.warn(_count_reasons(adrift, len(asked)), AdriftWarning, stacklevel=2)
    return Placement(tuple(one for one in found if isinstance(one, Placed)), adrift)


def _place_in(codings: list[Coding], transcript: Transcript | FixedText) -> list[Placed | Adrift]:
    text, now = transcript.text, transcript.text_hash
    moved: dict[str, list[Coding]] = {}
    for coding in codings:
        if coding.text_hash != now:
            moved.setdefault(coding.text_hash, []).append(coding)
    # Codings made on one earlier text guide each other; those made on another do not.
    sought = {old: iter(seek_codings(group, text)) for old, group in moved.items()}
    return [
        _result(coding, next(sought[coding.text_hash]))
        if coding.text_hash != now
        else Placed(coding, coding.start, coding.end)
        if text[coding.start : coding.end] == coding.quote
        else Adrift(coding, "the text is the same, but does not hold the journal's quotation there")
        for coding in codings
    ]


def _result(coding: Coding, found: Found | str) -> Placed | Adrift:
    if isinstance(found, str):
        return Adrift(coding, found)
    how: Literal["exact", "fuzzy"] = "exact" if found.score == 1.0 else "fuzzy"
    return Placed(coding, found.start, found.end, how, found.score)


def _gone(codings: list[Coding]) -> list[Placed | Adrift]:
    reason = f"there is no transcript {clip(codings[0].transcript_id)!r}"
    return [Adrift(coding, reason) for coding in codings]


def _count_reasons(adrift: tuple[Adrift, ...], total: int) -> str:
    reasons = Counter(one.reason for one in adrift).most_common(3)
    why = "; ".join(f"{count}: {reason}" for reason, count in reasons)
    return f"{len(adrift)} of {total} codings are adrift and left out ({why})"
