"""The passages whose vectors lie nearest to a question's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from qualcode.machine._packages import need
from qualcode.machine.searching._ranking import best_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.machine.searching._ranking import Mask, Rows

    Vectors = NDArray[np.float32]
    Coarse = tuple[NDArray[np.int8], NDArray[np.float32]]

__all__ = ["EXACT_MOST", "VectorIndex"]

#: passages up to which a question is multiplied with all vectors as they are
EXACT_MOST = 50_000
_BLOCK = 16_384
_LEVELS = 127
_SPARE = 200  # that are compared as they are, beyond those that are wanted
_DECIMALS = 6  # beyond it, like texts would differ by where they stand in the product


class VectorIndex:
    """The vectors of all passages.

    Up to `EXACT_MOST` of them, a question is multiplied with each. Above, it is first multiplied
    with bytes that stand for them, a quarter of what there is to read, and the best of these are
    then compared as they are. No graph of neighbours (HNSW) is needed: a million passages take
    some 20 ms so, with the same ten first as the product of all, where a graph takes minutes to
    build, loses some, and cannot leave out what a filter leaves out.

    Parameters
    ----------
    vectors : array of float32, passages × dimensions
        Rows of length 1.
    coarse : tuple of array of int8 and array of float32, optional
        The same in whole steps, passages × dimensions; how large a step is, one a passage.
    """

    def __init__(self, vectors: Vectors, coarse: Coarse | None = None) -> None:
        self._vectors, self._coarse = vectors, coarse

    @classmethod
    def of(cls, vectors: Vectors) -> VectorIndex:
        """Index vectors."""
        return cls(vectors, _in_levels(vectors) if len(vectors) > EXACT_MOST else None)

    @classmethod
    def load(cls, folder: Path) -> VectorIndex:
        """Open what was saved, without reading it all."""
        vectors = np.load(folder / "vectors.npy", mmap_mode="r")
        if not (folder / "levels.npy").exists():
            return cls(vectors)
        levels = np.load(folder / "levels.npy", mmap_mode="r")
        return cls(vectors, (levels, np.load(folder / "step.npy")))

    def save(self, folder: Path) -> None:
        """Write files into a folder."""
        np.save(folder / "vectors.npy", self._vectors)
        if self._coarse is not None:
            levels, step = self._coarse
            np.save(folder / "levels.npy", levels)
            np.save(folder / "step.npy", step)

    def nearest(self, vector: Vectors, many: int, keep: Mask | None = None) -> Rows:
        """Give the rows nearest to a vector, the nearest first and equals in their order."""
        if self._coarse is None:
            return best_rows(_rounded(self._vectors @ vector), many, keep)
        rows = np.sort(best_rows(_rough(vector, *self._coarse), many + _SPARE, keep))
        return rows[best_rows(self.cosines(vector, rows), many)]

    def cosines(self, vector: Vectors, rows: Rows) -> NDArray[np.float64]:
        """Give the cosines of some rows with a vector."""
        return _rounded(self._vectors[rows] @ vector)


def _rough(vector: Vectors, levels: NDArray[np.int8], step: NDArray[np.float32]) -> Vectors:
    """Give nearly the cosines of all rows, but for a factor."""
    asked, _ = _in_steps(vector[None])
    found = need("numkong").cdist(levels, asked, "dot")
    return np.asarray(found).ravel().astype(np.float32) * step


def _in_levels(vectors: Vectors) -> Coarse:
    levels = np.empty(vectors.shape, np.int8)
    step = np.empty(len(vectors), np.float32)
    for start in range(0, len(vectors), _BLOCK):
        here = slice(start, start + _BLOCK)
        levels[here], step[here] = _in_steps(vectors[here])
    return levels, step


def _in_steps(vectors: Vectors) -> Coarse:
    """Write each row in whole steps, 127 of them to its largest number."""
    step = np.maximum(np.abs(vectors).max(axis=1), np.float32(1e-12)) / np.float32(_LEVELS)
    return np.rint(vectors / step[:, None]).astype(np.int8), step


def _rounded(cosines: NDArray[np.float32]) -> NDArray[np.float64]:
    return np.asarray(np.round(cosines.astype(np.float64), _DECIMALS), np.float64)
