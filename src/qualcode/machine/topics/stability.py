"""How alike topics are that were found with other seeds, or in other orders of the same texts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from qualcode.machine._packages import need

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["found_again", "pairwise_agreement"]


def pairwise_agreement(runs: Sequence[ArrayLike]) -> NDArray[np.float64]:
    """Compare each two runs: the adjusted Rand index and the adjusted mutual information.

    Parameters
    ----------
    runs : sequence of array_like of int, each of shape (n,)
        For each run the topic of each passage; -1 is no topic, and counts as a group like others.

    Returns
    -------
    numpy.ndarray of float, shape (pairs, 2)
        ARI and AMI of each pair of runs: 1 for the same groups, about 0 for what chance gives.

    References
    ----------
    Hubert, L. & Arabie, P. (1985). Comparing partitions. Journal of Classification 2, 193-218.
    Vinh, N. X., Epps, J. & Bailey, J. (2010). Information theoretic measures for clusterings
    comparison. Journal of Machine Learning Research 11, 2837-2854.

    Examples
    --------
    >>> pairwise_agreement([[0, 0, 1, 1], [1, 1, 0, 0], [0, 1, 0, 1]]).round(2).tolist()
    [[1.0, 1.0], [-0.5, -0.5], [-0.5, -0.5]]
    """
    metrics = need("sklearn.metrics")
    pairs = [
        (metrics.adjusted_rand_score(one, other), metrics.adjusted_mutual_info_score(one, other))
        for one, other in combinations([np.asarray(run) for run in runs], 2)
    ]
    return np.array(pairs, dtype=np.float64).reshape(-1, 2)


def found_again(topics: ArrayLike, runs: Sequence[ArrayLike]) -> NDArray[np.float64]:
    """Say of each topic how well it is found again: its mean best Jaccard index over the runs.

    Parameters
    ----------
    topics : array_like of int, shape (n,)
        The topic of each passage, from 0; -1 for none.
    runs : sequence of array_like of int, each of shape (n,)
        The same passages' topics in other runs, whose numbers mean nothing.

    Returns
    -------
    numpy.ndarray of float, shape (topics,)
        1 if each run has the very same topic; 0 if no passage of it is in any; `nan` without runs.

    Notes
    -----
    Jaccard's index of two topics is the passages in both / those in either. Hennig [1]_ draws the
    data again where this changes seed or order, which is less of a change; so his rule of thumb
    (below .6 not to be trusted, from .75 stable) is kind here.

    References
    ----------
    .. [1] C. Hennig (2007), "Cluster-wise assessment of cluster stability", Computational
       Statistics & Data Analysis 52, 258-271.

    Examples
    --------
    >>> found_again([0, 0, 0, 1, 1, -1], [[5, 5, 5, 2, 2, 2], [5, 5, 2, 2, -1, -1]]).round(3).tolist()
    [0.833, 0.5]
    """
    own = np.asarray(topics, dtype=np.int64)
    count = int(own.max(initial=-1)) + 1
    if not runs:
        return np.full(count, np.nan)
    best = [_best_jaccard(own, np.asarray(run, dtype=np.int64), count) for run in runs]
    return np.asarray(np.mean(best, axis=0), dtype=np.float64)


def _best_jaccard(
    own: NDArray[np.int64], other: NDArray[np.int64], count: int
) -> NDArray[np.float64]:
    width = int(other.max(initial=-1)) + 1
    if not width:
        return np.zeros(count)
    in_both = (own >= 0) & (other >= 0)
    both = np.bincount(own[in_both] * width + other[in_both], minlength=count * width)
    both = both.reshape(count, width)
    mine = np.bincount(own[own >= 0], minlength=count)[:, None]
    yours = np.bincount(other[other >= 0], minlength=width)[None, :]
    found: NDArray[np.float64] = (both / (mine + yours - both)).max(axis=1)
    return found
