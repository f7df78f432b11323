"""Interviews by codes, true where a code is heard: what saturation is reckoned from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from qualcode.analysis.progress import code_growth
from qualcode.errors import UnknownValueError, clip

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.coding.codebook import Codebook

__all__ = ["Table", "as_table", "frequencies", "incidence", "new_codes", "new_codes_of"]

#: a table of interviews by codes: a frame, an array, or lists of 0 and 1
Table: TypeAlias = "pd.DataFrame | NDArray[Any] | Sequence[Sequence[float]]"

_BLOCK = 8_000_000  # cells worked on at once: some 30 MB


def incidence(
    segments: pd.DataFrame,
    interviews: pd.DataFrame,
    codebook: Codebook,
    *,
    level: str = "code",
    order: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Say of each interview which codes are heard in it.

    Parameters
    ----------
    segments : pandas.DataFrame
        The frame ``segments``; how often a code is given in an interview does not matter.
    interviews : pandas.DataFrame
        The frame ``interviews``: those that were coded, also where no code was found in them. An
        interview that the coder has not read does not belong here: it is missing, not silent.
    codebook : Codebook
        The codes.
    level : {'code', 'theme'}, default 'code'
        Each code by itself, or themes with all that is below them.
    order : sequence of str, optional
        Ids of the transcripts in the order in which they are taken; by default by date.

    Returns
    -------
    pandas.DataFrame of bool, shape (interviews, codes)
        Rows are transcripts in the order taken, columns all codes or themes of the codebook, in
        its order, also those never heard.

    Raises
    ------
    UnknownValueError
        If `level` is something else, `order` is not exactly the interviews, or a segment is of
        another interview.
    UnknownCodeError
        If a segment has a code that the codebook has not.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> incidence(study.segments(), study.interviews, study.codebook, level="theme")
                   rest  staffing    pay
    transcript_id
    ward-1         True     False  False
    ward-2         True      True  False
    ward-3         True      True  False
    """
    column = {"code": "code_id", "theme": "theme_id"}.get(level)
    if column is None:
        raise UnknownValueError(f"level={clip(repr(level))}", mend="use 'code' or 'theme'")
    rows = code_growth(segments.iloc[:0], interviews, codebook, order=order)["transcript_id"]
    codes = [code.id for code in (codebook if level == "code" else codebook.themes)]
    heard = segments[["transcript_id", column]].drop_duplicates()
    for code_id in heard[column].unique():
        codebook.resolve(code_id)
    if strange := sorted(set(heard["transcript_id"]) - set(rows)):
        what = f"a segment is of {clip(strange[0])!r}, which is not among the interviews"
        raise UnknownValueError(what, mend="give segments and interviews of the same transcripts")
    cells = np.zeros((len(rows), len(codes)), dtype=bool)
    places = pd.Index(rows).get_indexer(pd.Index(heard["transcript_id"]))
    cells[places, pd.Index(codes).get_indexer(pd.Index(heard[column]))] = True
    return pd.DataFrame(cells, index=pd.Index(rows, name="transcript_id"), columns=codes)


def as_table(table: Table) -> NDArray[np.bool_]:
    """Check a table of interviews by codes, and give it as an array of truth."""
    values = np.asarray(table)
    if values.ndim != 2:
        what = f"a table of interviews by codes has two dimensions, this has {values.ndim}"
        raise UnknownValueError(what, mend="give `incidence(...)`, or rows of 0 and 1")
    if pd.isna(values).any():
        what = "a cell of the table is missing"
        raise UnknownValueError(what, mend="leave out interviews that were not read")
    return values.astype(float) > 0 if values.dtype != np.bool_ else values


def frequencies(table: Table) -> NDArray[np.int64]:
    """Count in how many interviews each code is heard; codes never heard are left out."""
    counts: NDArray[np.int64] = as_table(table).sum(axis=0, dtype=np.int64)
    some: NDArray[np.int64] = counts[counts > 0]
    return some


def new_codes(table: Table) -> NDArray[np.int64]:
    """Count the codes heard for the first time in each interview, in the order of the rows."""
    values = as_table(table)
    new: NDArray[np.int64] = new_codes_of(values, np.arange(len(values))[None, :])[0]
    return new


def new_codes_of(values: NDArray[np.bool_], orders: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count the codes first heard at each place of each order: shape (orders, interviews).

    ``orders[k]`` lists rows in the order taken. A code is new at the least place of the
    interviews in which it is heard; that is looked up for all codes at once, in blocks of orders.
    """
    many, interviews = orders.shape
    codes, rows = np.nonzero(values.T)
    starts = np.flatnonzero(np.diff(codes, prepend=-1))
    counts = np.zeros((many, interviews), dtype=np.int64)
    if not len(starts):
        return counts
    step = max(1, _BLOCK // len(rows))
    for begin in range(0, many, step):
        places = _places(orders[begin : begin + step])
        first = np.minimum.reduceat(places[rows], starts, axis=0)
        width = first.shape[1]
        flat = first + np.arange(width, dtype=np.int64) * interviews
        counted = np.bincount(flat.ravel(), minlength=width * interviews)
        counts[begin : begin + step] = counted.reshape(width, interviews)
    return counts


def _places(orders: NDArray[np.int64]) -> NDArray[np.int32]:
    """Turn orders of rows into the place of each row: shape (interviews, orders)."""
    many, interviews = orders.shape
    places = np.empty((interviews, many), dtype=np.int32)
    np.put_along_axis(places, orders.T, np.arange(interviews, dtype=np.int32)[:, None], axis=0)
    return places
