"""What coders' tilings of a continuum have in common: the matrices of the unitizing alphas."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from qualcode.analysis.agreement._nominal import TINY

if TYPE_CHECKING:
    from qualcode.analysis.agreement._continua import Continua, Continuum
    from qualcode.analysis.agreement._ratings import Floats

__all__ = ["Coincidences"]


@dataclass(frozen=True, eq=False)
class Coincidences:
    """Lengths of intersections, shape (values, values), and each value's sum of squares.

    `squares` holds for gaps their length, as they have no inner structure; `valued_squares` is
    the same for what is left of each segment inside another coder's segments, for each pair of
    coders, by one less than the coders.
    """

    lengths: Floats
    squares: Floats
    valued_squares: Floats

    @classmethod
    def of(cls, found: Continua) -> Coincidences:
        size = len(found.values) + 1
        lengths, within = np.zeros((size, size)), np.zeros(size)
        for one, other in combinations(found.coders, 2):
            cut = _intersect(one, other, size)
            lengths += cut.lengths + cut.lengths.T
            within += cut.valued_squares
        squares = np.zeros(size)
        for coder in found.coders:
            power = np.where(coder.values > 0, 2, 1)
            squares += np.bincount(coder.values, coder.lengths**power, size)
        others = max(len(found.coders) - 1, 1)
        return cls(lengths / others, squares, within / others)

    @property
    def total(self) -> float:
        return float(self.lengths.sum())

    def expected(self) -> Floats:
        """Give the lengths that chance would give, which sum to the same total."""
        sums = self.lengths.sum(axis=0)
        rest = self.total**2 - self.squares.sum()
        pairs = np.outer(sums, sums) - np.diag(self.squares)
        return pairs * (self.total / rest) if rest > TINY * self.total**2 else np.zeros_like(pairs)

    def pooled(self) -> Coincidences:
        """Make one value of all but the gaps."""
        gaps, edges = self.lengths[0, 0], self.lengths[0, 1:].sum()
        lengths = np.array([[gaps, edges], [edges, self.lengths[1:, 1:].sum()]])
        squares = np.array([self.squares[0], self.squares[1:].sum()])
        return Coincidences(lengths, squares, np.zeros(2))

    def valued(self) -> Coincidences:
        """Leave out the gaps."""
        return Coincidences(self.lengths[1:, 1:], self.valued_squares[1:], np.zeros(0))


def _intersect(one: Continuum, other: Continuum, size: int) -> Coincidences:
    """Intersect two coders' tiles."""
    starts = np.union1d(one.starts, other.starts)
    length = one.starts[-1] + one.lengths[-1]
    pieces = np.diff(starts, append=length)
    tile = np.searchsorted(one.starts, starts, side="right") - 1
    other_tile = np.searchsorted(other.starts, starts, side="right") - 1
    value, other_value = one.values[tile], other.values[other_tile]
    cells = np.bincount(value * size + other_value, pieces, size * size)
    within = np.zeros(size)
    for coder, tiles, beside in ((one, tile, other_value), (other, other_tile, value)):
        inside = np.bincount(tiles, pieces * (beside > 0), len(coder.values))
        within += np.bincount(coder.values, inside**2, size)
    lengths = cells.astype(float).reshape(size, size)
    return Coincidences(lengths, np.zeros(size), within)
