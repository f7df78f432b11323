"""Why a passage is offered: the nearest quotes that have the code, and the words that tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qualcode.analysis._place import place_of
from qualcode.machine.suggesting._model import DEFINITION, FEW, TRAINED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from qualcode.machine.suggesting._reading import Reading
    from qualcode.model import Transcript

    Rows = NDArray[np.int64]

__all__ = ["explain"]

_QUOTES, _WORDS, _LONGEST = 2, 4, 160


def explain(reading: Reading, row: int, code: int, corpus: Mapping[str, Transcript]) -> str:
    """Say why a code is offered at a passage, in the lines that the workspace shows.

    Returns
    -------
    str
        On what it rests; then a line for each of the nearest coded quotes, with its place; then
        the words that tell.
    """
    coded: Rows = np.flatnonzero(reading.labelled.coded[:, code])
    count = int(np.isin(coded, reading.rows).sum())
    basis = reading.model.basis[code]
    noun = "passage" if count == 1 else "passages"
    lines = {
        TRAINED: f"learned from {count:,} coded {noun}",
        FEW: f"weak: like the only {count} coded {noun}, and the definition",
        DEFINITION: "weak: like the code's definition; no passage has the code yet",
    }
    words = _words(reading, row, code) if basis == TRAINED else []
    told = [f"words that tell: {', '.join(words)}"] if words else []
    return "\n".join([lines[basis], *_quotes(reading, row, coded, corpus), *told])


def _quotes(reading: Reading, row: int, coded: Rows, corpus: Mapping[str, Transcript]) -> list[str]:
    """Give the coded passages that are nearest in meaning, of other turns than this one."""
    frame = reading.labelled.passages
    turns = frame["turn"].array[coded].fillna(-1).to_numpy()
    here = frame["turn"].array[[row]].fillna(-1)[0]
    same = (reading.labelled.groups[coded] == reading.labelled.groups[row]) & (turns == here)
    coded = coded[~same]
    own = reading.features.blocks[0]
    near = own.vectors[own.index[coded]] @ own.vectors[own.index[row]]
    best = coded[np.argsort(-near, kind="stable")[:_QUOTES]]
    return [
        f"“{_short(str(frame['text'].iat[one]))}” ({_where(reading, one, corpus)})" for one in best
    ]


def _where(reading: Reading, row: int, corpus: Mapping[str, Transcript]) -> str:
    name, start, _ = reading.labelled.span(row)
    return place_of(name, reading.labelled.passages["turn"].iat[row], start, corpus)


def _words(reading: Reading, row: int, code: int) -> list[str]:
    """Give the words of the passage that speak most for the code."""
    own = reading.features.blocks[0]
    found = own.tfidf[own.index[row]]
    weights = reading.model.weights.sparse[found.indices, code] * found.data
    # Words that stand in many passages tell of the manner of talking, not of the subject.
    weights = np.where(np.isin(found.indices, own.frequent), 0.0, weights)
    order = np.argsort(-weights, kind="stable")[:_WORDS]
    return [str(own.words[found.indices[one]]) for one in order if weights[one] > 0]


def _short(text: str) -> str:
    flat = " ".join(text.split()).replace("“", "‘").replace("”", "’")
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1].rstrip()}…"
