"""Passages that stand side by side and are offered for one code, as one offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from qualcode.machine.suggesting._reading import Reading

__all__ = ["joined_runs"]


def joined_runs(reading: Reading, rows: NDArray[np.int64]) -> Iterator[tuple[int, int, int, int]]:
    """Join neighbours of one turn, or of one paragraph where there are no turns, in order of place and code.

    Parameters
    ----------
    reading : Reading
        What was learned.
    rows : array of int
        Passages of one transcript, in order.

    Yields
    ------
    (int, int, int, int)
        Start, end, the code's number, and the likeliest passage.
    """
    frame = reading.labelled.passages.iloc[rows]
    starts, ends = frame["start"].to_numpy(), frame["end"].to_numpy()
    turns = frame["turn"].fillna(-1).to_numpy()
    offered = reading.offered(rows)
    found = []
    for code in np.flatnonzero(offered.any(axis=0)):
        some = np.flatnonzero(offered[:, code])
        apart = (np.diff(some) > 1) | (np.diff(turns[some]) != 0)
        # Where there are no turns, an empty line parts what is said.
        apart |= (turns[some[1:]] < 0) & (starts[some[1:]] - ends[some[:-1]] > 1)
        for run in np.split(some, np.flatnonzero(apart) + 1):
            best = rows[run[int(np.argmax(reading.model.probabilities[rows[run], code]))]]
            found.append((int(starts[run[0]]), int(ends[run[-1]]), int(code), int(best)))
    yield from sorted(found)
