"""Codes whose quotes lie along a line more than the codes of this study do: two things in one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.analysis.relations._chance import adjust

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.machine.checking._quotes import Floats, Quotes, Rows

__all__ = ["find_splits"]

_QUOTES, _INTERVIEWS = 12, 4
_MOST = 100  # quotes of a code that are looked at
_POOL = 5  # quotes that a code needs to say how codes here spread
_OTHERS = 3  # times as many quotes of other codes as are looked at
_FOLDS = 5
_LEAST_END = 4


def find_splits(
    quotes: Quotes, level: float, shuffles: int, rng: np.random.Generator
) -> Iterator[dict[str, Any]]:
    """Find codes that one direction, found in some interviews, divides in the others too."""
    judged = []
    around, usable = _residuals(quotes)
    for code in quotes.enough(_QUOTES, _INTERVIEWS):
        rows = quotes.rows[code]
        kin = [other for other in quotes.rows if quotes.kin(code, other)]
        pool = np.flatnonzero(usable & ~np.isin(quotes.code, kin))
        most = min(_MOST, len(pool) // _OTHERS)
        if most < _QUOTES:
            continue
        if len(rows) > most:
            rows = np.sort(rng.choice(rows, most, replace=False))
        along = _along(quotes.vectors[rows], quotes.interview[rows])
        usual = [
            _along(around[drawn], quotes.interview[drawn]).var()
            for drawn in (rng.choice(pool, len(rows), replace=False) for _ in range(shuffles))
        ]
        judged.append((code, rows, along, *_against(along.var(), np.array(usual))))
    adjusted = adjust(np.array([one[-2] for one in judged], dtype=float))
    for (code, rows, along, _, times), q in zip(judged, adjusted, strict=True):
        low = along <= _cut(along)
        if q > level or min(low.sum(), (~low).sum()) < _LEAST_END:
            continue
        what = f"its quotes divide in two: spread along one line {times:.1f} times what is usual"
        ends = (quotes.typical(rows[low]), quotes.typical(rows[~low]))
        row = quotes.finding("split", what, float(times), float(q), ends, (code, ""))
        yield row | {"passages": len(quotes.rows[code])}


def _residuals(quotes: Quotes) -> tuple[Floats, NDArray[np.bool_]]:
    """Give how each quote lies from the middle of its code, and whether its code has enough."""
    around = np.zeros_like(quotes.vectors)
    usable = np.zeros(len(around), dtype=bool)
    for rows in quotes.rows.values():
        if len(rows) >= _POOL:
            middle = quotes.vectors[rows] - quotes.vectors[rows].mean(axis=0)
            # the middle of few quotes lies too near to each of them
            around[rows] = middle * np.sqrt(len(rows) / (len(rows) - 1))
            usable[rows] = True
    return around, usable


def _along(vectors: Floats, interview: Rows) -> Floats:
    """Place each quote on the longest axis of the quotes of other interviews."""
    middle = vectors - vectors.mean(axis=0)
    kernel = middle @ middle.T  # all that is needed of so many dimensions
    whole = np.linalg.eigh(kernel)[1][:, -1]
    fold = np.unique(interview, return_inverse=True)[1] % _FOLDS
    along = np.zeros(len(vectors))
    for one in np.unique(fold):
        held, kept = fold == one, fold != one
        values, axes = np.linalg.eigh(kernel[np.ix_(kept, kept)])
        axis = axes[:, -1] * np.sign(axes[:, -1] @ whole[kept] or 1.0)
        along[held] = kernel[np.ix_(held, kept)] @ axis / np.sqrt(max(values[-1], 1e-12))
    return along


def _against(spread: float, usual: Floats) -> tuple[float, float]:
    """Compare a spread with those of as many quotes that lie as those of other codes do.

    Gives the p value, its tail that of a normal law of the spread's logarithm, since hundreds of
    draws cannot say how rare the rarest are; and how many times the usual spread it is.
    """
    from scipy.stats import norm

    logs = np.log(np.maximum(usual, 1e-12))
    p = norm.sf((np.log(max(spread, 1e-12)) - logs.mean()) / max(logs.std(ddof=1), 1e-12))
    return float(p), float(spread / np.exp(logs.mean()))


def _cut(along: Floats) -> float:
    """Give the place that parts the quotes into the two groups that are tightest."""
    order = np.sort(along)
    many, total = len(order), order.sum()
    left = np.arange(1, many)
    sums = order.cumsum()[:-1]
    between = sums**2 / left + (total - sums) ** 2 / (many - left)
    return float(order[int(between.argmax())])
