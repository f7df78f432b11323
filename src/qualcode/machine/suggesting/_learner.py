"""Logistic regressions, two a code: one on meanings, one on words; their mean is the score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.machine._packages import need, workers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.machine.suggesting._features import Features

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Rows = NDArray[np.int64]

__all__ = ["NOTHING", "Weights", "cross_scores", "fit_weights", "folds_of"]

#: The score of a code that no passage to learn from has.
NOTHING = -10.0
_FOLDS = 5
_LIMIT = Lock()


@dataclass(frozen=True, eq=False)
class Weights:
    """What was learned.

    Parameters
    ----------
    dense, sparse : arrays of float, shape (features, codes)
        For meanings and for words.
    bias : array of float, shape (codes,)
        Added to each code's score.
    """

    dense: Floats
    sparse: Floats
    bias: Floats

    def score(self, features: Features) -> Floats:
        """Score all passages, passages × codes: the mean of the two, in units of log odds."""
        return features.score(self.dense, self.sparse) + self.bias

    def with_codes(self, columns: Sequence[int], other: Weights) -> Weights:
        """Put what was learned again for some codes in the place of what was learned before."""
        dense, sparse, bias = self.dense.copy(), self.sparse.copy(), self.bias.copy()
        dense[:, columns], sparse[:, columns] = other.dense, other.sparse
        bias[columns] = other.bias
        return Weights(dense, sparse, bias)


def fit_weights(
    features: Features,
    coded: Flags,
    known: Flags,
    rows: Rows,
    *,
    use: Iterable[str] = ("meanings", "words"),
) -> Weights:
    """Learn each code from some passages.

    Parameters
    ----------
    features : Features
        Fitted, all passages.
    coded, known : arrays of bool, shape (passages, codes)
        Whether a passage has a code; whether anybody has said so. Only known cells are learned.
    rows : array of int
        The passages to learn from.
    use : iterable of {'meanings', 'words'}
        On what.

    Returns
    -------
    Weights
        A code that none or all of the passages have gets the score `NOTHING`.
    """
    kinds = tuple(use)
    dense, sparse = features.dense(rows), features.sparse(rows)
    middle = dense.mean(axis=0) if len(rows) else np.zeros(dense.shape[1])
    parts = [dense - middle] * ("meanings" in kinds) + [sparse] * ("words" in kinds)

    def learn(code: int) -> list[tuple[Floats, float]] | None:
        some = known[rows, code]
        marks = coded[rows, code][some]
        if not marks.any() or marks.all():
            return None
        whole = bool(some.all())
        return [_fit(part if whole else part[some], marks) for part in parts]

    # Each regression on one processor, as many beside each other as there are. The limit is one of
    # the whole process: of two threads that set it together, the later would leave it behind.
    with _LIMIT, need("threadpoolctl").threadpool_limits(1), ThreadPoolExecutor(workers()) as pool:
        learned = list(pool.map(learn, range(coded.shape[1])))
    return _gathered(learned, kinds, middle, sparse.shape[1])


def _fit(part: Any, marks: Flags) -> tuple[Floats, float]:
    regression = need("sklearn.linear_model").LogisticRegression(
        C=1.0, class_weight="balanced", max_iter=1000, tol=1e-3
    )
    regression.fit(part, marks)
    return regression.coef_[0].astype(float), float(regression.intercept_[0])


def _gathered(
    learned: Sequence[list[tuple[Floats, float]] | None],
    kinds: Sequence[str],
    middle: Floats,
    words: int,
) -> Weights:
    dense = np.zeros((len(middle), len(learned)))
    sparse = np.zeros((words, len(learned)))
    bias = np.full(len(learned), NOTHING)
    into = [dense] * ("meanings" in kinds) + [sparse] * ("words" in kinds)
    for code, found in enumerate(learned):
        if found is None:
            continue
        bias[code] = np.mean([intercept for _, intercept in found])
        for target, (weights, _) in zip(into, found, strict=True):
            target[:, code] = weights / len(found)
        bias[code] -= middle @ dense[:, code]
    return Weights(dense, sparse, bias)


def folds_of(groups: NDArray[Any], most: int = _FOLDS) -> list[Rows]:
    """Deal passages into folds, all of one group (an interview) into the same."""
    count = min(most, len(set(groups.tolist())))
    if count < 2:
        return []
    dealing = need("sklearn.model_selection").GroupKFold(count)
    empty = np.zeros(len(groups))
    return [np.asarray(held, dtype=np.int64) for _, held in dealing.split(empty, groups=groups)]


def cross_scores(
    features: Features,
    coded: Flags,
    known: Flags,
    groups: NDArray[Any],
    rows: Rows,
    *,
    use: Iterable[str] = ("meanings", "words"),
) -> tuple[Weights, Floats]:
    """Learn from some passages, and score all by what was learned of other interviews.

    Passages of an interview that was learned from are scored by what was learned of the other
    folds; all others by what was learned of everything.

    Returns
    -------
    Weights
        Learned from all the rows.
    array of float, shape (passages, codes)
        The scores.
    """
    kinds = tuple(use)
    weights = fit_weights(features, coded, known, rows, use=kinds)
    scores = weights.score(features)
    for held in folds_of(groups[rows]):
        train = np.delete(rows, held)
        names = set(groups[rows[held]].tolist())
        there = np.flatnonzero([name in names for name in groups.tolist()])
        others = fit_weights(features, coded, known, train, use=kinds)
        scores[there] = others.score(features.take(there))
    return weights, scores
