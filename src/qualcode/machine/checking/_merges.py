"""Codes whose quotes cannot be told apart from one interview to another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.analysis.relations._chance import adjust

if TYPE_CHECKING:
    from qualcode.machine.checking._quotes import Floats, Quotes

__all__ = ["find_merges"]

_QUOTES, _INTERVIEWS = 8, 4


def find_merges(quotes: Quotes, alike: float, level: float) -> Iterator[dict[str, Any]]:
    """Find pairs of codes that are as like each other as each is like itself.

    Likeness is the mean product of vectors, from which the mean of all is taken, of two quotes of
    different interviews: what one person says twice makes no two codes alike.
    """
    codes = quotes.enough(_QUOTES, _INTERVIEWS)
    pairs = [pair for pair in combinations(codes, 2) if not quotes.kin(*pair)]
    if not pairs:
        return
    middle = quotes.vectors - quotes.vectors.mean(axis=0)
    sums = {code: _Sums.of(middle, quotes, code) for code in codes}
    found = [_compare(sums[one], sums[other]) for one, other in pairs]
    steady = adjust(np.array([one["steady"] for one in found]))
    for (one, other), row, q in zip(pairs, found, steady, strict=True):
        one_thing = q <= level and row["common"] <= level
        if not (one_thing and row["apart"] > level and row["ratio"] >= alike):
            continue
        many = len(quotes.rows[one]) + len(quotes.rows[other])
        what = (
            f"cannot be told apart across interviews (as alike as {row['ratio']:.0%} of what "
            f"each is within itself; p of a difference {row['apart']:.2f})"
        )
        ends = (quotes.typical(quotes.rows[one]), quotes.typical(quotes.rows[other]))
        finding = quotes.finding("merge", what, float(row["ratio"]), float(q), ends, (one, other))
        yield finding | {"passages": many}


class _Sums:
    """The vectors of a code summed by interview, and how many there are."""

    def __init__(self, many: Floats, sums: Floats) -> None:
        self.many, self.sums = many, sums

    @classmethod
    def of(cls, middle: Floats, quotes: Quotes, code: str) -> _Sums:
        rows, size = quotes.rows[code], int(quotes.interview.max()) + 1
        where = quotes.interview[rows]
        sums = np.zeros((size, middle.shape[1]))
        np.add.at(sums, where, middle[rows])
        return cls(np.bincount(where, minlength=size).astype(float), sums)

    def __add__(self, other: _Sums) -> _Sums:
        return _Sums(self.many + other.many, self.sums + other.sums)


def _likeness(one: _Sums, other: _Sums) -> tuple[float, Floats]:
    """Give the mean product of quotes of different interviews, and without each interview."""
    own, own_many = (one.sums * other.sums).sum(axis=1), one.many * other.many
    total, other_total = one.sums.sum(axis=0), other.sums.sum(axis=0)
    count, other_count = one.many.sum(), other.many.sum()
    whole = (total @ other_total - own.sum()) / (count * other_count - own_many.sum())
    products = total @ other_total - one.sums @ other_total - other.sums @ total + own
    pairs = (count - one.many) * (other_count - other.many)
    return float(whole), (products - (own.sum() - own)) / (pairs - (own_many.sum() - own_many))


def _compare(one: _Sums, other: _Sums) -> dict[str, float]:
    """Give the ratio of likeness between and within, and three one-sided p values.

    `steady`: that the quotes of both together are not alike; `common`: that those of the one are
    not like those of the other; `apart`: that the two do not differ.
    """
    own, own_without = _likeness(one, one)
    its, its_without = _likeness(other, other)
    both, both_without = _likeness(one, other)
    within, within_without = (own + its) / 2, (own_without + its_without) / 2
    all_of_them = one + other
    used = all_of_them.many > 0
    whole, whole_without = _likeness(all_of_them, all_of_them)
    return {
        "ratio": both / within if within > 0 else np.nan,
        "steady": _p(whole, whole_without[used]),
        "common": _p(both, both_without[used]),
        "apart": _p(within - both, (within_without - both_without)[used]),
    }


def _p(value: float, without: Floats) -> float:
    """Give the chance of so large a value if the true one is 0, by the jackknife."""
    from scipy.stats import t

    many = len(without)
    error = np.sqrt((many - 1) / many * ((without - without.mean()) ** 2).sum())
    return float(t.sf(value / error, many - 1)) if error > 0 else np.nan
