"""The best of many scores, and two rankings made one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]
    Mask = NDArray[np.bool_]

__all__ = ["best_rows", "fuse"]

_K = 60  # Cormack, Clarke and Büttcher's: it keeps a first place from outweighing all else


def best_rows(scores: NDArray[Any], many: int, keep: Mask | None = None) -> Rows:
    """Give the rows of the highest scores, the best first and equals in their order.

    Where `keep` is given, only rows that it keeps are among them.
    """
    rows = np.arange(len(scores)) if keep is None else np.flatnonzero(keep)
    if keep is not None:
        scores = scores[rows]
    best = np.arange(len(rows))
    if many < len(rows):
        least = np.partition(scores, len(rows) - many)[len(rows) - many]
        above = np.flatnonzero(scores > least)
        best = np.concatenate([above, np.flatnonzero(scores == least)[: many - len(above)]])
    order: Rows = rows[best[np.lexsort((best, -scores[best]))]]
    return order


def fuse(rankings: Sequence[Rows]) -> tuple[Rows, NDArray[np.float64]]:
    """Make one ranking of several by reciprocal rank fusion.

    What stands at place *r* of a ranking gets 1 / (60 + r), and these are summed. Only places
    count: a cosine and a BM25 score have no common measure.

    Parameters
    ----------
    rankings : sequence of array of int
        Rows, the best first.

    Returns
    -------
    tuple of array of int and array of float
        The rows, the best first and equals in their order; their scores.

    References
    ----------
    Cormack, G. V., Clarke, C. L. A. & Büttcher, S. (2009). Reciprocal rank fusion outperforms
    Condorcet and individual rank learning methods. SIGIR 2009, 758-759.

    Examples
    --------
    >>> rows, scores = fuse([np.array([7, 3]), np.array([3, 9])])
    >>> rows.tolist(), scores.round(4).tolist()
    ([3, 7, 9], [0.0325, 0.0164, 0.0161])
    """
    rows, place = np.unique(np.concatenate(rankings), return_inverse=True)
    scores = np.zeros(len(rows))
    gained = [1 / (_K + np.arange(1, len(one) + 1)) for one in rankings]
    np.add.at(scores, place, np.concatenate(gained))
    order = best_rows(scores, len(rows))
    return rows[order], scores[order]
