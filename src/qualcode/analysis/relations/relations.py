"""How codes relate within interviews: which stand on the same words, near each other, in a row."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from qualcode.analysis.counts import _check_codes
from qualcode.analysis.relations._relation_counts import DIRECTED, Spans, count_relations
from qualcode.errors import CoefficientWarning, UnknownValueError
from qualcode.frames import FRAMES, make_frame

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from qualcode.coding.codebook import Codebook
    from qualcode.model import Transcript

__all__ = ["c_coefficient", "code_relations"]

_COUNTS_TURNS = ("near", "order")
_UNEQUAL = 5
_OUTSIDE = "outside 0 to 1: overlaps are many to one"
_UNDEFINED = "undefined: n1 + n2 = n12"
_LOPSIDED = f"one code is given more than {_UNEQUAL} times as often"


def c_coefficient(n1: ArrayLike, n2: ArrayLike, n12: ArrayLike) -> Any:
    """Work out ATLAS.ti's co-occurrence coefficient, ``n12 / (n1 + n2 - n12)``.

    Parameters
    ----------
    n1, n2 : array_like of int
        Codings of the one and of the other code.
    n12 : array_like of int
        Pairs of them that occur together.

    Returns
    -------
    float or array of float
        0 where they never do, 1 where they always do. One coding may occur together with several,
        so that it can leave 0 to 1; it is not clipped. `nan` where ``n1 + n2 = n12``.

    Notes
    -----
    The formula is that of the Jaccard index, but pairs are not a set's members: above 1 or below
    0 it says only that the overlaps are many to one [1]_.

    References
    ----------
    .. [1] S. Friese, ATLAS.ti User Manual, "Code Co-Occurrence Coefficient".

    Examples
    --------
    >>> round(c_coefficient(100, 10, 5), 3)
    0.048
    >>> c_coefficient([4, 2, 1], [4, 2, 1], [4, 3, 2]).tolist()
    [1.0, 3.0, nan]
    """
    one, other, both = (np.asarray(n, dtype=float) for n in (n1, n2, n12))
    below = one + other - both
    with np.errstate(divide="ignore", invalid="ignore"):
        c = np.where(below == 0, np.nan, both / below)
    return float(c) if c.ndim == 0 else c


def code_relations(
    segments: pd.DataFrame,
    codebook: Codebook,
    *,
    kind: str = "overlap",
    within: int = 2,
    level: str = "code",
    corpus: Mapping[str, Transcript] | None = None,
    rng: np.random.Generator | None = None,
    shuffles: int = 999,
) -> pd.DataFrame:
    """Count how often two codes occur together in one interview, coder by coder.

    Parameters
    ----------
    segments : pandas.DataFrame
        The frame ``segments``. Codings of two coders never make a pair.
    codebook : Codebook
        The codes.
    kind : {'overlap', 'turn', 'near', 'nested', 'order'}
        Which pairs of codings count: that share words; that touch the same turn; that are at most
        `within` turns apart; the first inside the longer second; the second is what begins next
        after the first has ended, at most `within` turns on. The last two have a direction.
    within : int, default 2
        Turns, for ``near`` and ``order``. Where question and answer alternate, the answers next to
        an answer are two turns away.
    level : {'code', 'theme'}
        Whether codes count for themselves, or for their theme.
    corpus : mapping of str to Transcript, optional
        The transcripts, to know in which turn a coding ends. Without it, a coding counts in the
        turn in which it starts.
    rng : numpy.random.Generator, optional
        For the test against chance; without it there is none.
    shuffles : int, default 999
        How often the codes are shuffled for the test.

    Returns
    -------
    pandas.DataFrame
        The frame ``code_relations``: each pair of two codes that the coder gave (with a direction,
        each pair twice), the most frequent first. ``pairs`` counts pairs of codings, ``interviews``
        and ``bodies`` where there is one. ``jaccard`` is ``turns_both / turns_either``, the turns
        that codings of both and of either touch, whatever the kind. ``c`` is `c_coefficient`, for
        kinds without a direction; ``c_note`` says where not to trust it. ``expected``, ``p`` and
        ``q`` are `nan` without `rng` and for codes that are never in one interview.

    Raises
    ------
    UnknownCodeError
        If a segment has a code that the codebook has not.
    UnknownValueError
        If an option is something else.

    Warns
    -----
    CoefficientWarning
        If ``c`` leaves 0 to 1 for some pair.

    Notes
    -----
    The test keeps every coding where it is and shuffles which code it has, among the codings of
    the same coder in the same interview. So it asks what the codes' names add, given where the
    coder coded, how long the passages are, and which codes the interview has: a code that is
    frequent in one interview, or talk that is coded densely, does not make a finding. Moving
    codings to places drawn at random would, since nobody codes the interviewer's questions.
    ``p`` is the share of shuffles with at least as many pairs, the observed order counted as one
    [1]_, so it is never 0, and one-sided: together more often than by chance. ``q`` is `p` adjusted
    for the number of pairs of one coder that could be tested [2]_. A shuffle may put one code twice
    on the same words, which a coder would not: for ``overlap``, what is expected is a little too
    low where few codes are given in an interview. The least ``p`` is ``1 / (1 + shuffles)``: with
    many codes, so many pairs, take more shuffles.

    References
    ----------
    .. [1] B. Phipson and G. K. Smyth (2010), "Permutation P-values should never be zero",
       Statistical Applications in Genetics and Molecular Biology 9(1), article 39.
    .. [2] Y. Benjamini and Y. Hochberg (1995), "Controlling the false discovery rate", Journal of
       the Royal Statistical Society B 57(1), 289-300.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> near = code_relations(study.segments(coder="ann"), study.codebook, kind="turn")
    >>> near[["first", "second", "pairs", "turns_either", "jaccard"]].head(2)
        first    second  pairs  turns_either   jaccard
    0    Rest    Breaks      1             3  0.333333
    1  Breaks  Staffing      1             3  0.333333
    """
    _check_options(kind, within, level, shuffles)
    _check_codes(segments, codebook)
    ids, names = _entries(codebook, level)
    tables = [
        count_relations(Spans.of(own, ids, level, corpus), kind, within, rng, shuffles)
        for _, own in segments.groupby("coder", sort=True)
    ]
    turns = within if kind in _COUNTS_TURNS else None
    frame = _frame(tables, ids, names, {"level": level, "kind": kind, "within_turns": turns})
    outside = int((frame["c_note"] == _OUTSIDE).sum())
    if outside:
        pairs = f"{outside} pair{'s' * (outside != 1)} of codes"
        what = f"the c-coefficient leaves 0 to 1 for {pairs}: see c_note"
        warnings.warn(CoefficientWarning(what), stacklevel=2)
    return frame


def _check_options(kind: str, within: int, level: str, shuffles: int) -> None:
    if kind not in DIRECTED:
        raise UnknownValueError(f"kind={kind!r}", mend=f"use one of {', '.join(DIRECTED)}")
    if level not in ("code", "theme"):
        raise UnknownValueError(f"level={level!r}", mend="use 'code' or 'theme'")
    if within < 0:
        raise UnknownValueError(f"within={within}", mend="give a number of turns, 0 or more")
    if shuffles < 1:
        raise UnknownValueError(f"shuffles={shuffles}", mend="give at least 1, better 999")


def _entries(codebook: Codebook, level: str) -> tuple[list[str], list[str]]:
    codes = list(codebook.themes if level == "theme" else codebook)
    return [code.id for code in codes], [code.name for code in codes]


def _frame(
    tables: Iterable[dict[str, Any]], ids: list[str], names: list[str], same: dict[str, Any]
) -> pd.DataFrame:
    """Make the frame, the most frequent pairs of each coder first."""
    directed = DIRECTED[same["kind"]]
    frames = [
        pd.DataFrame(same | dict(_columns(table, ids, names, directed=directed)))
        for table in tables
    ]
    ordered = [one.sort_values("pairs", ascending=False, kind="stable") for one in frames]
    columns = list(FRAMES["code_relations"])
    whole = pd.concat(ordered, ignore_index=True) if ordered else pd.DataFrame(columns=columns)
    return make_frame("code_relations", {column: whole[column] for column in columns})


def _columns(
    table: dict[str, Any], ids: list[str], names: list[str], *, directed: bool
) -> Iterator[tuple[str, Any]]:
    for side, places in (("first", table["rows"]), ("second", table["columns"])):
        yield f"{side}_id", [ids[place] for place in places]
        yield side, [names[place] for place in places]
    n1, n2, n12 = (table[name] for name in ("first_codings", "second_codings", "pairs"))
    c = np.full(len(n12), np.nan) if directed else c_coefficient(n1, n2, n12)
    yield "c", c
    yield "c_note", ["" if directed else _note(*row) for row in zip(c, n1, n2, n12, strict=True)]
    yield "jaccard", table["turns_both"] / table["turns_either"]
    yield from ((name, value) for name, value in table.items() if name not in ("rows", "columns"))


def _note(c: float, n1: int, n2: int, n12: int) -> str:
    """Say why a c-coefficient is not to be trusted."""
    if np.isnan(c):
        return _UNDEFINED
    if not 0 <= c <= 1:
        return _OUTSIDE
    return _LOPSIDED if n12 and max(n1, n2) > _UNEQUAL * min(n1, n2) else ""
