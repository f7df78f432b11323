"""Which codings stand on which passages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from qualcode.coding.codebook import Codebook

    Places = NDArray[np.int64]
    Mask = NDArray[np.bool_]

__all__ = ["Axis", "CodingsBeside"]

_APART = 1 << 32  # transcripts are shorter


class Axis:
    """All transcripts on one line, each far from the next.

    Parameters
    ----------
    names : iterable of str
        The transcripts' ids, in order.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._base = {name: number * _APART for number, name in enumerate(names)}

    def places(self, frame: pd.DataFrame) -> tuple[Places, Places]:
        """Give where rows with a transcript's id, a start and an end begin and end."""
        base = frame["transcript_id"].map(self._base).to_numpy(np.int64)
        return base + frame["start"].to_numpy(), base + frame["end"].to_numpy()

    def span(self, name: str, start: int, end: int) -> tuple[int, int]:
        """Give where a stretch of a transcript begins and ends."""
        return self._base[name] + start, self._base[name] + end


class CodingsBeside:
    """Codings, asked about passages.

    Parameters
    ----------
    segments : pandas.DataFrame
        The frame ``segments``.
    axis : Axis
        Where the transcripts lie.
    """

    def __init__(self, segments: pd.DataFrame, axis: Axis) -> None:
        self._start, self._end = axis.places(segments)
        self._codes = segments["code_id"].tolist()

    def touching(self, start: Places, end: Places) -> Mask:
        """Say of each passage whether a coding shares a code point with it."""
        begun = np.searchsorted(np.sort(self._start), end, side="left")
        ended = np.searchsorted(np.sort(self._end), start, side="right")
        return begun > ended

    def same(self, start: Places, end: Places) -> Mask:
        """Say of each passage whether a coding stands on just its words."""
        spans = set(zip(self._start.tolist(), self._end.tolist(), strict=True))
        asked = zip(start.tolist(), end.tolist(), strict=True)
        return np.fromiter((one in spans for one in asked), bool, len(start))

    def names(self, start: int, end: int, codebook: Codebook) -> str:
        """Name the codes that touch a passage, in order of place."""
        first, last = np.searchsorted(self._start, [start - start % _APART, end])
        rows = first + np.flatnonzero(self._end[first:last] > start)
        found = dict.fromkeys(codebook[self._codes[row]].name for row in rows)
        return "; ".join(found)
