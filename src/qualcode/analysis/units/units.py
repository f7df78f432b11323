"""Codings as coders × units: what the measures of agreement are reckoned from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from qualcode.analysis.units._unit_frame import read_units
from qualcode.analysis.units._unit_values import NO_CODE, rate_choices, rate_code, rate_sets
from qualcode.errors import UnknownValueError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from qualcode.study import Study

__all__ = ["NO_CODE", "Units", "units_of"]

Clash: TypeAlias = Literal["error", "longest", "first", "missing"]
Rule: TypeAlias = Callable[[frozenset[str]], str | None]


@dataclass(frozen=True, eq=False, repr=False)
class Units:
    """What each coder made of each unit of text.

    Parameters
    ----------
    ratings : array of object, shape (coders, units)
        True or False; the id of a code or `NO_CODE`; or a frozenset of ids. None where the coder
        has not read the transcript. It cannot be written to.
    weights : array of int, shape (units,)
        For runs of characters the code points of each; else 1.
    coders : tuple of str
        Whose rows they are.
    unit : {'turn', 'sentence', 'character'}
        What the units are.
    outside : int
        Codings that touch no unit: on what an interviewer says, or on space.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> units = units_of(example_study(), coders=("ann", "ben"), code="breaks")
    >>> units
    Units(2 coders × 4 turns in 3 transcripts, 2 ratings missing)
    >>> units.ratings.tolist()
    [[True, False, True, True], [None, None, True, False]]
    """

    ratings: NDArray[Any]
    weights: NDArray[np.int64]
    coders: tuple[str, ...]
    unit: str
    outside: int
    _places: pd.DataFrame = field(repr=False)

    def __post_init__(self) -> None:
        self.ratings.setflags(write=False)
        self.weights.setflags(write=False)

    @property
    def places(self) -> pd.DataFrame:
        """Where each unit is: the frame ``units``, a row a unit, in code points of its text."""
        return self._places.copy()

    def __len__(self) -> int:
        return len(self.weights)

    def __repr__(self) -> str:
        noun = "run of characters" if self.unit == "character" else self.unit
        many = noun.replace("run", "runs") if self.unit == "character" else noun + "s"
        where = self._places["transcript_id"].nunique()
        missing = sum(value is None for value in self.ratings.flat)
        return (
            f"Units({len(self.coders)} coders × {len(self):,} {noun if len(self) == 1 else many} "
            f"in {where} transcript{'s' * (where != 1)}, {missing:,} ratings missing)"
        )


def units_of(
    study: Study,
    *,
    coders: Iterable[str],
    unit: str = "turn",
    code: str | None = None,
    one_of: Iterable[str] | None = None,
    sets_of: Iterable[str] | None = None,
    below: bool = False,
    clash: Clash | Rule = "error",
    read: Mapping[str, Iterable[str]] | None = None,
    speakers: str = "interviewees",
    transcript: str | Iterable[str] | None = None,
    language: str = "en",
) -> Units:
    """Lay codings out as coders × units.

    A unit has a code if a coding shares at least one code point with it. What a coder has not
    read is missing, which is not the same as having no code. By default only what interviewees
    say is a unit, since nobody means to code the questions and every one of them would count as
    an agreement on no code.

    Parameters
    ----------
    study : Study
        The study.
    coders : iterable of str
        Whose codings; a row of ratings each, in this order.
    unit : {'turn', 'sentence', 'character'}, default 'turn'
        Sentences are cut within a turn and without the space around them. Characters are given
        as runs in which nothing changes, each with its length as weight.
    code : str, optional
        One code: ratings are True and False.
    one_of : iterable of str, optional
        Codes of which a unit can have one: ratings are their ids, or `NO_CODE`.
    sets_of : iterable of str, optional
        Codes of which a unit can have several: ratings are frozensets of their ids. All codes if
        neither `code`, `one_of` nor `sets_of` is given.
    below : bool, default False
        Whether a code that is below one of those asked for counts as it (the nearest above).
    clash : {'error', 'longest', 'first', 'missing'} or callable, default 'error'
        For `one_of`, what to do with two codes by one coder in one unit: refuse; take the one on
        the most code points of the unit (of equals the first in the codebook); the one that
        begins first; count the unit as missing; or what a function makes of the frozenset.
    read : mapping of str to iterable of str, optional
        Coder → ids of the transcripts they have read. For a coder who is not named: those in which
        the coder has any coding, of whatever code.
    speakers : {'interviewees', 'all'}, default 'interviewees'
        Whose words are units. A text without turns has its paragraphs as turns.
    transcript : str or iterable of str, optional
        Ids of transcripts; by default all that one of the coders has read.
    language : str, default 'en'
        Whose abbreviations do not end a sentence.

    Returns
    -------
    Units
        In the order of transcripts and text.

    Raises
    ------
    UnknownValueError
        If there is no such coder, transcript, unit or rule; or for a clash.
    UnknownCodeError
        If there is no such code.

    Notes
    -----
    Which unit is right is a decision about the study, not of statistics (Krippendorff 2019,
    ch. 5). Reflexive thematic analysis rejects agreement between coders as a goal: there coding
    is interpretation, and two readings of one text are no error (Braun and Clarke 2021).

    References
    ----------
    Krippendorff, K. (2019). *Content Analysis*, 4th ed. Sage, chapter 5 (unitizing).
    Braun, V. and Clarke, V. (2021). One size fits all? What counts as quality practice in
    (reflexive) thematic analysis? *Qualitative Research in Psychology* 18(3), 328-352.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> units = units_of(study, coders=("ann", "ben"), unit="character", code="breaks",
    ...                  transcript="ward-2")
    >>> units.ratings.tolist(), units.weights.tolist()
    ([[False, True, True, False], [False, False, True, False]], [41, 11, 18, 1])
    >>> themes = units_of(study, coders=("ann", "ben"), one_of=["rest", "staffing"], below=True,
    ...                   clash="longest", read={"ben": ["ward-2", "ward-3"]})
    >>> themes.ratings.tolist()
    [['rest', 'rest', 'staffing', 'rest'], [None, None, 'staffing', 'staffing']]
    """
    asked = [
        name
        for name, given in (("code", code), ("one_of", one_of), ("sets_of", sets_of))
        if given is not None
    ]
    if len(asked) > 1:
        mend = "ask for one code, for one of several, or for sets"
        raise UnknownValueError(f"{' and '.join(asked)} are both given", mend=mend)
    wanted = [code] if code is not None else one_of if one_of is not None else sets_of
    table = read_units(
        study, coders, unit=unit, codes=wanted, below=below, read=read,
        speakers=speakers, transcript=transcript, language=language,
    )  # fmt: skip
    if code is not None:
        ratings = rate_code(table)
    elif one_of is not None:
        ratings = rate_choices(table, clash)
    else:
        ratings = rate_sets(table)
    return Units(ratings, table.weights, table.coders, unit, table.outside, table.frame())
