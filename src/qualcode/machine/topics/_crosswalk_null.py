"""What topics and codes share by chance: the codes of passages shuffled, all measures at once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from qualcode.machine._packages import need
from qualcode.machine.topics._crosswalk_counts import best_f1

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from qualcode.machine.topics._crosswalk_counts import Crossed

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

__all__ = ["Chance", "agreement_null", "f1_null", "p_value", "shuffles"]

_CELLS = 4_000_000  # of the tables that are counted at once


@dataclass(frozen=True, eq=False)
class Chance:
    """Values of shuffled codes: of the best topic of each code, and the best code of each topic.

    Parameters
    ----------
    by_code : numpy.ndarray of float, shape (shuffles, codes)
        The greatest F1 of each code with any topic.
    by_topic : numpy.ndarray of float, shape (shuffles, topics)
        The greatest F1 of each topic with any code.
    """

    by_code: Floats
    by_topic: Floats


def shuffles(groups: Ints, count: int, seed: int) -> Iterator[Ints]:
    """Give `count` random orders of rows, in which each row stays within its group."""
    rng = np.random.default_rng(seed)
    home = np.argsort(groups, kind="stable")
    for _ in range(count):
        order = np.empty(len(groups), dtype=np.int64)
        # Sorted by group, then by chance: the places of a group get its own rows, mixed.
        order[home] = np.lexsort((rng.random(len(groups)), groups))
        yield order


def f1_null(crossed: Crossed, groups: Ints, count: int, seed: int) -> Chance:
    """Give the best F1 of each code and topic when whole passages' codes are shuffled."""
    in_topic = crossed.in_topic.astype(np.float32)
    coded = crossed.coded.astype(np.float32)
    by_code = np.zeros((count, coded.shape[1]))
    by_topic = np.zeros((count, in_topic.shape[1]))
    for number, order in enumerate(shuffles(groups, count, seed)):
        f1, _ = best_f1(coded[order], in_topic)
        by_code[number] = f1.max(axis=1, initial=0)
        by_topic[number] = f1.max(axis=0, initial=0)
    return Chance(by_code, by_topic)


def agreement_null(
    topic: Ints, code: Ints, groups: Ints, count: int, seed: int
) -> tuple[Floats, Floats]:
    """Give ARI and AMI of `topic` with shuffled `code`: two arrays of shape (count,).

    The sizes of topics and codes stay as they are, so that only the cells of the table change:
    entropies and the expected values are worked out once.
    """
    topics, codes = int(topic.max()) + 1, int(code.max()) + 1
    many = max(1, _CELLS // max(topics * codes, len(topic)))
    ari, ami = [np.zeros(0)], [np.zeros(0)]
    score = _Score(topic, code, topics, codes)
    orders = shuffles(groups, count, seed)
    while some := list(islice(orders, many)):
        tables = score.tables(np.stack(some))
        ari.append(score.ari(tables))
        ami.append(score.ami(tables))
    return np.concatenate(ari), np.concatenate(ami)


class _Score:
    """ARI and AMI of many tables with the same sums of rows and columns."""

    def __init__(self, topic: Ints, code: Ints, topics: int, codes: int) -> None:
        self._topic, self._code, self._shape = topic, code, (topics, codes)
        self._n = len(topic)
        self._rows = np.bincount(topic, minlength=topics)
        self._columns = np.bincount(code, minlength=codes)

    def tables(self, orders: Ints) -> Floats:
        """Count topic by code for each order: shape (orders, topics, codes)."""
        cells = self._shape[0] * self._shape[1]
        place = self._topic[None, :] * self._shape[1] + self._code[orders]
        place += np.arange(len(orders))[:, None] * cells
        counts = np.bincount(place.ravel(), minlength=len(orders) * cells)
        return counts.reshape(-1, *self._shape).astype(np.float64)

    def ari(self, tables: Floats) -> Floats:
        """``(pairs in both - expected) / (mean of pairs in either - expected)``."""
        both = (tables * (tables - 1) / 2).sum(axis=(1, 2))
        mine, yours = ((n * (n - 1) / 2).sum() for n in (self._rows, self._columns))
        expected = mine * yours / (self._n * (self._n - 1) / 2)
        return np.asarray((both - expected) / ((mine + yours) / 2 - expected))

    def ami(self, tables: Floats) -> Floats:
        """``(information - expected) / (mean of entropies - expected)``."""
        cluster = need("sklearn.metrics.cluster")
        share = tables / self._n
        rows, columns = self._rows / self._n, self._columns / self._n
        there = share > 0
        alone = np.where(there, np.outer(rows, columns)[None], 1)
        information = (share * np.log(np.where(there, share, 1) / alone)).sum(axis=(1, 2))
        expected = cluster.expected_mutual_information(tables[0].astype(np.int64), self._n)
        mean = sum(-(part[part > 0] * np.log(part[part > 0])).sum() for part in (rows, columns)) / 2
        return np.asarray((information - expected) / (mean - expected))


def p_value(value: Floats | float, null: Floats) -> Floats:
    """Give ``(1 + shuffles at least as great) / (1 + shuffles)``; `nan` without shuffles."""
    if not len(null):
        return np.full(np.shape(value), np.nan)
    # A shuffle that gives the same table may differ in the last digit.
    return np.asarray((1 + (null >= np.asarray(value) - 1e-9).sum(axis=0)) / (1 + len(null)))
