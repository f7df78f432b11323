"""How good suggestions are: F1, average precision and recall, with intervals over interviews."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Weights = NDArray[np.floating]

__all__ = ["average_precision", "draw_weights", "f1_scores", "interval", "recall_at"]

_CELLS = 2_000_000  # draws × passages that are looked at together

_FEWEST = 5  # interviews


def draw_weights(groups: NDArray[Any], draws: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """Draw whole interviews again, as often as there are; the first row counts each once.

    Of fewer than five interviews nothing is drawn: they cannot say what others would give.

    Returns
    -------
    array of float32, shape (1 + draws, passages)
        How often each passage counts. Sums of such small numbers are exact.
    """
    names, number = np.unique(groups.astype(str), return_inverse=True)
    many = draws if len(names) >= _FEWEST else 0
    drawn = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=many)
    return np.vstack([np.ones(len(names)), drawn]).astype(np.float32)[:, number]


def f1_scores(coded: Flags, offered: Flags, weights: Weights) -> tuple[Floats, Floats]:
    """Give each code's F1, and that of all codes counted together.

    Parameters
    ----------
    coded, offered : arrays of bool, shape (passages, codes)
        What the coder did, what was suggested.
    weights : array of float, shape (draws, passages)
        How often each passage counts.

    Returns
    -------
    array of float, shape (draws, codes)
        2·both / (coded + offered); nan where nobody gave the code.
    array of float, shape (draws,)
        The micro-F1.
    """
    both = (weights @ (coded & offered)).astype(float)
    either = (weights @ (coded.astype(np.float32) + offered)).astype(float)
    there = weights @ coded > 0
    with np.errstate(invalid="ignore", divide="ignore"):
        one = np.where(there, 2 * both / either, np.nan)
        whole = 2 * both.sum(axis=1) / either.sum(axis=1)
    return one, whole


def average_precision(coded: Flags, probability: Floats, weights: Weights) -> Floats:
    """Give one code's average precision: precision at each passage that has it, averaged.

    Passages of equal probability are one step, so that their order does not count.

    Parameters
    ----------
    coded : array of bool, shape (passages,)
        Which passages have the code.
    probability : array of float, shape (passages,)
        By which they are put in order, the greatest first.
    weights : array of float, shape (draws, passages)
        How often each passage counts.

    Returns
    -------
    array of float, shape (draws,)
        nan where no passage that counts has the code.
    """
    order = np.argsort(-probability, kind="stable")
    right = np.flatnonzero(coded[order])
    if not len(right):
        return np.full(len(weights), np.nan)
    below = -probability[order]
    # Where each step ends that has passages with the code, and where those of the next begin.
    ends, first = np.unique(
        np.searchsorted(below, below[right], side="right") - 1, return_index=True
    )
    starts = np.append(0, ends[:-1] + 1)
    found = np.empty(len(weights))
    step = max(1, _CELLS // len(order))
    for begin in range(0, len(weights), step):
        counts = weights[begin : begin + step, order[: ends[-1] + 1]]
        gained = np.add.reduceat(counts[:, right], first, axis=1).astype(float)
        seen = np.add.reduceat(counts, starts, axis=1).cumsum(axis=1, dtype=float)
        found[begin : begin + step] = _average(gained, seen)
    return found


def _average(gained: Floats, seen: Floats) -> Floats:
    """Average the precision at each step, draws × steps, by what the step adds."""
    right = np.cumsum(gained, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        precision = np.where(seen > 0, right / seen, 0.0)
        return np.asarray((gained * precision).sum(axis=1) / right[:, -1])


def recall_at(coded: Flags, probability: Floats, weights: Weights, most: int = 3) -> Floats:
    """Give, for each code, the share of its passages at which it is among the likeliest codes.

    Returns
    -------
    array of float, shape (draws, codes)
        nan where no passage has the code.
    """
    last = min(most, probability.shape[1])
    least = -np.partition(-probability, last - 1, axis=1)[:, last - 1 : last]
    found = coded & (probability >= least)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((weights @ found).astype(float) / (weights @ coded))


def interval(values: Floats, level: float = 0.95) -> tuple[float, float]:
    """Give the percentile interval of draws, the first of which is the estimate.

    Draws hold fewer different interviews than there are, which raises average precision: they are
    moved so that their mean is the estimate, and kept within 0 to 1. Draws that never differ say
    nothing of what others would give: there is no interval then.
    """
    estimate, drawn = values[0], values[1:][~np.isnan(values[1:])]
    if not len(drawn) or np.isnan(estimate) or np.ptp(drawn) == 0:
        return float("nan"), float("nan")
    moved = np.clip(drawn - drawn.mean() + estimate, 0.0, 1.0)
    low, high = np.quantile(moved, [(1 - level) / 2, (1 + level) / 2])
    # Where a single interview decides, the mean of draws may lie outside.
    return float(min(low, estimate)), float(max(high, estimate))
