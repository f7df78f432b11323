"""Passages by topics and by codes, as tables of yes and no, and what is counted from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

__all__ = ["Crossed", "best_f1", "cross"]


@dataclass(frozen=True, eq=False)
class Crossed:
    """Passages with their topics and codes.

    Parameters
    ----------
    topic : numpy.ndarray of int, shape (n,)
        The topic of each passage, from 0; -1 for none.
    topics : int
        How many there are.
    coded : numpy.ndarray of bool, shape (n, codes)
        Which passage has which code.
    code_ids : list of str
        The codes, in order of their first passage.
    interview : numpy.ndarray of int, shape (n,)
        In which interview each passage is.
    """

    topic: Ints
    topics: int
    coded: Flags
    code_ids: list[str]
    interview: Ints

    @property
    def in_topic(self) -> Flags:
        """Passages × topics."""
        return np.asarray(self.topic[:, None] == np.arange(self.topics)[None, :])

    @property
    def codes_each(self) -> Ints:
        """How many codes each passage has."""
        return np.asarray(self.coded.sum(axis=1), dtype=np.int64)


def cross(texts: pd.DataFrame, topics: int, segments: pd.DataFrame, column: str) -> Crossed:
    """Say which code stands on which passage.

    A coding counts for a passage if they share at least half of the shorter of the two: a few
    coded words in a long turn do, a sentence of a coded turn does, what only touches does not.
    """
    ids = segments[column].drop_duplicates().tolist()
    number = {code: place for place, code in enumerate(ids)}
    coded = np.zeros((len(texts), len(ids)), dtype=bool)
    codings = {str(name): rows for name, rows in segments.groupby("transcript_id", sort=False)}
    interview, names = pd.factorize(texts["transcript_id"])
    for place, name in enumerate(names.tolist()):
        here = codings.get(str(name))
        if here is not None:
            at = np.flatnonzero(interview == place)
            passage, coding = _meet(texts.iloc[at], here)
            code = here[column].map(number).to_numpy()
            coded[at[passage], code[coding]] = True
    topic = texts["topic"].fillna(0).to_numpy(dtype=np.int64) - 1
    return Crossed(topic, topics, coded, ids, interview)


def _meet(passages: pd.DataFrame, codings: pd.DataFrame) -> tuple[Ints, Ints]:
    """Give the pairs of a passage and a coding that share half of the shorter."""
    one, other = (
        (frame["start"].to_numpy(), frame["end"].to_numpy()) for frame in (passages, codings)
    )
    shared = np.minimum(one[1][:, None], other[1]) - np.maximum(one[0][:, None], other[0])
    shorter = np.minimum((one[1] - one[0])[:, None], other[1] - other[0])
    passage, coding = np.nonzero((shared > 0) & (2 * shared >= shorter))
    return passage, coding


def best_f1(coded: Any, in_topic: Any) -> tuple[Floats, Ints]:
    """Give F1 of each code with each topic, and how many passages they share: codes × topics.

    ``2 · shared / (passages of the code + passages of the topic)``, the harmonic mean of the share
    of the topic that has the code (precision) and of the code that is in the topic (recall).
    """
    code, topic = (np.asarray(one, dtype=np.float32) for one in (coded, in_topic))
    shared = code.T @ topic
    sizes = code.sum(axis=0)[:, None] + topic.sum(axis=0)[None, :]
    f1 = 2 * shared.astype(np.float64) / np.maximum(sizes, 1)
    return f1, shared.astype(np.int64)
