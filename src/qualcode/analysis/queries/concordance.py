"""A word with what stands before and after it, wherever it is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from qualcode.analysis._place import place_of
from qualcode.analysis.queries._word_patterns import as_searched, word_pattern
from qualcode.errors import UnknownValueError
from qualcode.frames import make_frame
from qualcode.study._filters import Wanted, match_values

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.model import Transcript, Turn
    from qualcode.study import Study

__all__ = ["kwic"]

_WORD = re.compile(r"\w+")


def kwic(
    study: Study,
    words: str,
    *,
    window: int = 8,
    sort: str = "place",
    body: Wanted | None = None,
    role: Wanted | None = None,
    transcript: Wanted | None = None,
) -> pd.DataFrame:
    """List a keyword in context: every place, with the words before and after it.

    Parameters
    ----------
    study : Study
        What is searched: the words of all turns, coded or not.
    words : str
        A word or phrase, found whole and whatever its case; ``complain*`` finds every ending.
    window : int, default 8
        How many words before and after. What another speaker says is left out.
    sort : {'place', 'left', 'right'}, default 'place'
        In order of the transcripts; by the words before, the nearest first; or by those after.
    body, role, transcript : str or iterable of str, optional
        Only there, as for ``study.segments``.

    Returns
    -------
    pandas.DataFrame
        The frame ``kwic``. ``start`` and ``end`` are the place of the match, in code points of the
        transcript's text. `to_gt` sets the words before flush right, so that the matches stand
        below each other.

    Raises
    ------
    UnknownValueError
        If there is no word to look for, an option is something else, or the study has no such
        body, role or transcript.

    Notes
    -----
    The form is Luhn's keyword-in-context index [1]_. Sorting by what stands beside a word brings
    its usual company together.

    References
    ----------
    .. [1] H. P. Luhn (1960), "Key word-in-context index for technical literature (KWIC index)",
       American Documentation 11(4), 288-295.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> kwic(example_study(), "break*", window=3, sort="right")[["left", "match", "right"]]
                 left   match            right
    0  they get their  breaks                ?
    1      They get a   break  if nobody dies.
    2              My   break     is a biscuit
    3     have had no   break       since May.
    """
    order = _ORDERS.get(sort)
    if order is None:
        raise UnknownValueError(f"sort={sort!r}", mend=f"use one of {', '.join(_ORDERS)}")
    if window < 0:
        raise UnknownValueError(f"window={window}", mend="give a number of words, 0 or more")
    pattern = word_pattern(words)
    wanted = _chosen(study, transcript=transcript, body=body)
    roles = _roles(study, role)
    rows = [
        row
        for one in wanted
        for turn in one.turns
        if roles is None or one.roles.get(turn.speaker, "") in roles
        for row in _rows(one, turn, pattern, window, study)
    ]
    return make_frame("kwic", sorted(rows, key=order))


def _words(text: str) -> list[str]:
    return [one.casefold() for one in _WORD.findall(text)]


_ORDERS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "place": lambda _: 0,
    "left": lambda row: _words(row["left"])[::-1],
    "right": lambda row: _words(row["right"]),
}


def _chosen(study: Study, **wanted: Wanted | None) -> list[Transcript]:
    chosen = list(study.corpus.values())
    for what, values in wanted.items():
        if values is not None:
            name = "id" if what == "transcript" else what
            found = _matched(values, {getattr(one, name) for one in study.corpus.values()}, what)
            chosen = [one for one in chosen if getattr(one, name) in found]
    return chosen


def _roles(study: Study, role: Wanted | None) -> set[str] | None:
    if role is None:
        return None
    there = {one.role for transcript in study.corpus.values() for one in transcript.speakers}
    return _matched(role, there, "role")


def _matched(wanted: Wanted, there: set[str], what: str) -> set[str]:
    return match_values(wanted, there, what=what, everywhere=lambda: there)


def _rows(
    transcript: Transcript, turn: Turn, pattern: re.Pattern[str], window: int, study: Study
) -> Iterator[dict[str, Any]]:
    """Give a row for each match in one turn."""
    said = transcript.text[turn.words_start : turn.end]
    for found in pattern.finditer(as_searched(said)):
        start, end = found.span()
        yield {
            "left": _last_words(said[:start], window),
            "match": " ".join(said[start:end].split()),
            "right": _first_words(said[end:], window),
            "speaker": turn.speaker,
            "role": transcript.roles.get(turn.speaker, ""),
            "body": transcript.body,
            "place": place_of(transcript.id, turn.number, turn.start, study.corpus),
            "transcript_id": transcript.id,
            "turn": turn.number,
            "start": turn.words_start + start,
            "end": turn.words_start + end,
        }


def _last_words(text: str, window: int) -> str:
    """Give the last words; marks that cling to the match count as none."""
    parts = text.split()
    spoken = [n for n, part in enumerate(parts) if any(c.isalnum() for c in part)]
    first = spoken[-window] if window and len(spoken) > window else 0
    return " ".join(parts[first if window else len(parts) :])


def _first_words(text: str, window: int) -> str:
    parts = text.split()
    spoken = [n for n, part in enumerate(parts) if any(c.isalnum() for c in part)]
    last = spoken[window - 1] + 1 if window and len(spoken) > window else len(parts)
    return " ".join(parts[: last if window else 0])
