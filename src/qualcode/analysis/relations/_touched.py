"""Which turns a coding touches, and in how many two codes meet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from qualcode.model import Transcript

    Ints = NDArray[np.int64]

__all__ = ["meetings", "turns_touched"]


def turns_touched(
    segments: pd.DataFrame, corpus: Mapping[str, Transcript] | None
) -> tuple[Ints, Ints]:
    """Give the first and the last turn of each segment; 0 is the text before the first turn.

    Without the transcripts, a segment touches only the turn in which it starts.
    """
    first = segments["turn"].fillna(0).to_numpy(dtype=np.int64)
    if corpus is None:
        return first, first
    last = first.copy()
    ends = segments["end"].to_numpy() - 1
    for transcript_id, rows in segments.groupby("transcript_id").indices.items():
        starts = [turn.start for turn in corpus[str(transcript_id)].turns]
        last[rows] = np.searchsorted(starts, ends[rows], side="right")
    return first, np.maximum(first, last)


def meetings(
    labels: Ints, group: Ints, first: Ints, last: Ints, *, codes: int
) -> tuple[Ints, Ints]:
    """Count the turns that two codes both touch, and those that either does.

    Parameters
    ----------
    labels, group, first, last : array of int, shape (spans,)
        Code, interview, first and last turn of each span.
    codes : int
        How many codes there are.

    Returns
    -------
    both, either : array of int, shape (codes, codes)
        Numbers of turns; on the diagonal those of the code itself.
    """
    from scipy.sparse import csr_array

    room = int(last.max(initial=0)) + 1
    counts = last - first + 1
    rows = np.repeat(np.arange(len(labels)), counts)
    behind = np.cumsum(counts) - counts
    turns = group[rows] * room + first[rows] + np.arange(len(rows)) - behind[rows]
    places = np.unique(np.stack([labels[rows], turns]), axis=1)
    _, column = np.unique(places[1], return_inverse=True)
    shape = (codes, int(column.max(initial=-1)) + 1)
    touched = csr_array((np.ones(len(column), dtype=np.int64), (places[0], column)), shape=shape)
    both = (touched @ touched.T).toarray()
    own = np.diag(both)
    return both, own[:, None] + own[None, :] - both
