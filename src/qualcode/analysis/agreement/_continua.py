"""Spans on a continuum, as each coder cut it: segments with a value, and gaps between them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qualcode.errors import UnknownValueError, clip

if TYPE_CHECKING:
    from qualcode.analysis.agreement._ratings import Codes, Floats

__all__ = ["Continua", "Continuum", "Span", "Spans", "code_continua", "read_continua", "tiles"]

#: start, end (half-open) and value
Span = tuple[float, float, Hashable]
Spans = Iterable[Span]


@dataclass(frozen=True, eq=False)
class Continuum:
    """One coder's tiling of the whole continuum.

    Parameters
    ----------
    starts : numpy.ndarray, shape (tiles,)
        Where each segment or gap begins, rising from 0.
    lengths : numpy.ndarray, shape (tiles,)
        How long it is.
    values : numpy.ndarray of int, shape (tiles,)
        0 for a gap, else the number of the value.
    """

    starts: Floats
    lengths: Floats
    values: Codes


@dataclass(frozen=True, eq=False)
class Continua:
    """What all coders made of one continuum.

    Parameters
    ----------
    coders : tuple of Continuum
        Those who read it.
    values : tuple
        The values; the first has number 1.
    length : float
        Of the continuum.
    """

    coders: tuple[Continuum, ...]
    values: tuple[Hashable, ...]
    length: float


def read_continua(continua: Sequence[Spans | None], length: float) -> Continua:
    """Read each coder's spans; None is a coder who did not read, an empty list one who coded nothing."""
    if not np.isfinite(length) or length <= 0:
        raise UnknownValueError(f"length={length} is not above 0")
    given = [sorted(spans, key=lambda span: span[:2]) for spans in continua if spans is not None]
    found = dict.fromkeys(value for spans in given for _, _, value in spans)
    values = tuple(sorted(found, key=lambda value: (type(value).__name__, str(value))))
    numbers = {value: number for number, value in enumerate(values, start=1)}
    return Continua(tuple(tiles(spans, numbers, length) for spans in given), values, length)


def tiles(spans: Sequence[Span], numbers: dict[Hashable, int], length: float) -> Continuum:
    """Fill the gaps between one coder's sorted spans."""
    ends = np.array([(start, end) for start, end, _ in spans], dtype=float).reshape(-1, 2)
    _check(spans, ends, length)
    values = np.array([numbers[value] for _, _, value in spans], dtype=np.intp)
    # Between every two spans stands a gap, which is dropped where it has no length.
    cuts = np.concatenate([[0.0], ends.ravel(), [length]])
    lengths = np.diff(cuts)
    both = np.zeros(len(lengths), dtype=np.intp)
    both[1::2] = values
    keep = lengths > 0
    return Continuum(cuts[:-1][keep], lengths[keep], both[keep])


def _check(spans: Sequence[Span], ends: Floats, length: float) -> None:
    starts, stops = ends.T
    wrong = ~((starts >= 0) & (starts < stops) & (stops <= length))
    for number in np.flatnonzero(wrong)[:1]:
        found = f"the span {_show(spans[number])} does not lie within 0 and {length:g}"
        raise UnknownValueError(found, mend="give start < end, the end not coded itself")
    for number in np.flatnonzero(starts[1:] < stops[:-1])[:1]:
        found = f"one coder's spans {_show(spans[number])} and {_show(spans[number + 1])} overlap"
        mend = "give each code a continuum of its own with code_continua"
        raise UnknownValueError(found, mend=mend)


def _show(span: Span) -> str:
    return f"{clip(str(span[2]), 20)} {span[0]:g}-{span[1]:g}"


def code_continua(
    continua: Sequence[Spans | None], value: Hashable, *, others: bool = False
) -> list[list[Span] | None]:
    """Take one code out of spans that may overlap, for the measures of unitizing.

    Parameters
    ----------
    continua : sequence of (iterable of (start, end, value), or None)
        Each coder's spans, half-open; None for a coder who did not read the text.
    value : hashable
        The code. Its spans that overlap within one coder become one.
    others : bool, default False
        Keep what was given any other code too, as the value "other", where this code is not.

    Returns
    -------
    list of (list of (start, end, value), or None)
        Each coder's spans, sorted, without overlaps; those of other codes keep their bounds but
        for where they overlap an earlier one or this code.

    Raises
    ------
    UnknownValueError
        If a span ends before it starts.

    Examples
    --------
    >>> code_continua([[(0, 9, "pay"), (5, 12, "rest")], None], "pay", others=True)
    [[(0, 9, 'pay'), (9, 12, 'other')], None]
    """
    return [None if spans is None else _one_code(list(spans), value, others) for spans in continua]


def _one_code(spans: list[Span], value: Hashable, others: bool) -> list[Span]:
    mine = joined((start, end) for start, end, code in spans if code == value)
    kept: list[Span] = [(start, end, value) for start, end in mine]
    if others:
        taken = list(mine)
        for start, end in sorted((s, e) for s, e, code in spans if code != value):
            free = without((start, end), taken)
            kept += [(low, high, "other") for low, high in free]
            taken = joined([*taken, (start, end)])
    return sorted(kept, key=lambda span: span[:2])


def joined(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Join spans that overlap; those that only touch stay two."""
    whole: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if start >= end:
            raise UnknownValueError(f"the span {start:g}-{end:g} ends before it starts")
        if whole and start < whole[-1][1]:
            whole[-1] = whole[-1][0], max(whole[-1][1], end)
        else:
            whole.append((start, end))
    return whole


def without(
    span: tuple[float, float], taken: Iterable[tuple[float, float]]
) -> list[tuple[float, float]]:
    """Cut away from a span what is taken, sorted and apart."""
    start, end = span
    free = []
    for low, high in taken:
        if high <= start or low >= end:
            continue
        if start < low:
            free.append((start, low))
        start = max(start, high)
    return [*free, (start, end)] if start < end else free
