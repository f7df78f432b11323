"""What would be learned most from: passages near a code's threshold, unlike each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.machine.suggesting._reading import Reading

    Rows = NDArray[np.int64]

__all__ = ["most_telling"]

_LOOKED_AT = 10  # candidates for each place in the queue
_ALIKE = 0.9  # cosine of passages of which one tells as much as both


def most_telling(reading: Reading, rows: Rows, limit: int) -> list[tuple[int, int]]:
    """Choose passages and codes to decide first.

    A decision tells most where the machine is least sure: where the probability is nearest to the
    code's threshold (uncertainty sampling). Codes with few passages come before others that are as
    near, and of passages that are alike only one is asked for.

    Returns
    -------
    list of (int, int)
        Numbers of passage and code, the most telling first.

    References
    ----------
    Lewis, D. D. & Gale, W. A. (1994). A sequential algorithm for training text classifiers.
    SIGIR '94, 3-12.
    """
    if not len(rows) or limit < 1:
        return []
    rows = np.unique(rows)  # whichever order the transcripts were given in
    telling = _telling(reading, rows)
    count = min(limit * _LOOKED_AT, int(np.isfinite(telling).sum()))
    flat = np.argsort(-telling.ravel(), kind="stable")[:count]
    own = reading.features.blocks[0]
    chosen: list[tuple[int, int]] = []
    vectors: list[NDArray[np.float32]] = []
    for one in flat:
        row, code = int(rows[one // telling.shape[1]]), int(one % telling.shape[1])
        vector = own.vectors[own.index[row]]
        if vectors and float((np.array(vectors) @ vector).max()) > _ALIKE:
            continue
        chosen.append((row, code))
        vectors.append(vector)
        if len(chosen) == limit:
            break
    return chosen


def _telling(reading: Reading, rows: Rows) -> NDArray[np.float64]:
    """Give how much each decision would tell; minus infinity for what is decided."""
    deciding, labelled = reading.model.deciding, reading.labelled
    away = _log_odds(reading.model.probabilities[rows]) - _log_odds(deciding.threshold)
    passages = labelled.coded[reading.rows].sum(axis=0)
    rarity = 1 / np.sqrt(1 + passages)
    telling = -np.abs(away) + rarity
    # What the coder has read and not coded is decided too, unless the machine would offer it.
    undecided = reading.open[rows] & (~labelled.known[rows] | (away > 0))
    # Of a code that is found by chance only, no place is nearer to its threshold than another.
    asked = np.isfinite(deciding.threshold) & ~reading.chance
    return np.where(undecided & asked, telling, -np.inf)


def _log_odds(probability: NDArray[np.float64]) -> NDArray[np.float64]:
    held = np.clip(probability, 1e-9, 1 - 1e-9)
    return np.asarray(np.log(held / (1 - held)))
