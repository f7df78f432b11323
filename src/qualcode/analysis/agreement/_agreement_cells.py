"""Two coders' four cells for many codes at once: both, the first alone, the second alone, neither.

Cells are kept apart by interview or by turn, so that whole interviews or turns can be drawn again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.analysis.units._unit_frame import UnitTable
    from qualcode.analysis.units._unit_places import Ints, Places

__all__ = ["MOST_UNDEFINED", "bootstrap_interval", "cells_by_code", "cells_pooled", "turn_numbers"]

#: an interval is given if fewer of the draws than this leave the coefficient undefined
MOST_UNDEFINED = 0.05


def cells_by_code(table: UnitTable) -> NDArray[np.int64]:
    """Count for each transcript and code, of what both coders have read.

    Parameters
    ----------
    table : UnitTable
        Of two coders.

    Returns
    -------
    array of int, shape (transcripts, codes, 4)
        Weights of the units given the code by both, the first alone, the second alone, neither.
    """
    shape = (len(table.places.names), len(table.codes))

    def count(keys: Ints) -> NDArray[np.int64]:
        code, unit = np.divmod(keys, max(1, len(table.weights)))
        where = table.places.transcript[unit] * shape[1] + code
        return _sum(where, table.weights[unit], shape[0] * shape[1]).reshape(shape)

    both_read = ~table.missing.any(axis=0)
    units = _sum(table.places.transcript, table.weights * both_read, shape[0])
    return _four(table, both_read, count, units[:, None])


def cells_pooled(table: UnitTable, codes: int) -> NDArray[np.int64]:
    """Count for each turn, with a decision for each unit and code, of what both coders have read.

    Parameters
    ----------
    table : UnitTable
        Of two coders.
    codes : int
        How many decisions each unit asks for.

    Returns
    -------
    array of int, shape (turns, 4)
        As `cells_by_code`, summed over codes; turns are numbered by `turn_numbers`.
    """
    turns = turn_numbers(table.places)
    size = int(turns[-1]) + 1 if len(turns) else 0

    def count(keys: Ints) -> NDArray[np.int64]:
        unit = keys % max(1, len(table.weights))
        return _sum(turns[unit], table.weights[unit], size)

    both_read = ~table.missing.any(axis=0)
    units = _sum(turns, table.weights * both_read, size) * codes
    return _four(table, both_read, count, units)


def turn_numbers(places: Places) -> Ints:
    """Give the number of the turn that each unit stands in, from 0."""
    if not len(places.turn):
        return np.zeros(0, dtype=np.int64)
    new = (np.diff(places.transcript) != 0) | (np.diff(places.turn) != 0)
    return np.concatenate([[0], np.cumsum(new)])


def _four(
    table: UnitTable, both_read: Any, count: Callable[[Ints], NDArray[np.int64]], units: Any
) -> NDArray[np.int64]:
    """Make the four cells of who gave which code to which unit."""
    which, where = table.pairs
    seen = both_read[where]
    which, where = which[seen], where[seen]
    keys = table.marks.code[which] * max(1, len(table.weights)) + where
    coder = table.marks.coder[which]
    first, second = (np.unique(keys[coder == number]) for number in (0, 1))
    both = count(np.intersect1d(first, second, assume_unique=True))
    alone = [count(keys) - both for keys in (first, second)]
    return np.stack([both, *alone, units - both - alone[0] - alone[1]], axis=-1)


def _sum(where: Ints, weights: Any, size: int) -> NDArray[np.int64]:
    # exact: a float holds whole numbers up to 2 ** 53
    return np.bincount(where, weights=weights, minlength=size).astype(np.int64)


def bootstrap_interval(
    cells: NDArray[np.int64],
    measure: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    *,
    times: int,
    confidence: float,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """Draw clusters again, with replacement, and see how far a coefficient moves.

    Parameters
    ----------
    cells : array of int, shape (clusters, rows, 4)
        The cells of each interview or turn.
    measure : callable
        From cells, shape (draws, rows, 4), to the coefficient, shape (draws, rows).
    times : int
        How often to draw.
    confidence : float
        Of the interval.
    rng : numpy.random.Generator
        Where chance comes from.

    Returns
    -------
    array of float, shape (rows, 2)
        Percentiles; nan where 5 % of the draws or more leave the coefficient undefined.

    References
    ----------
    Davison, A. C. and Hinkley, D. V. (1997). *Bootstrap Methods and their Application*. Cambridge
    University Press, sections 3.8 (clusters) and 5.3 (percentiles).
    """
    clusters, rows, _ = cells.shape
    if clusters < 2 or not times:
        return np.full((rows, 2), np.nan)
    draws = rng.multinomial(clusters, np.full(clusters, 1 / clusters), size=times)
    drawn = draws.astype(np.float64) @ cells.reshape(clusters, -1).astype(np.float64)
    values = measure(drawn.reshape(times, rows, 4))
    sure = np.isnan(values).mean(axis=0) < MOST_UNDEFINED
    interval = np.full((rows, 2), np.nan)
    if sure.any():
        tail = (1 - confidence) / 2
        interval[sure] = np.nanquantile(values[:, sure], [tail, 1 - tail], axis=0).T
    return interval
