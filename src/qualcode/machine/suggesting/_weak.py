"""Codes with few passages or none: likeness to the code's own words, and to its few quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from qualcode.coding.codebook import Codebook

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Vectors = NDArray[np.float32]

__all__ = ["code_vectors", "likeness", "standardised"]


def code_vectors(
    codebook: Codebook, codes: Sequence[str], embed: Callable[[list[str]], Vectors]
) -> Vectors:
    """Read what the codebook says of each code: name, definition and what it includes."""
    texts = []
    for one in codes:
        code = codebook[one]
        parts = (code.name, code.definition, code.include)
        texts.append(". ".join(part.strip().rstrip(".") for part in parts if part.strip()))
    return embed(texts)


def likeness(
    vectors: Vectors, definitions: Vectors, coded: Flags, rows: NDArray[np.int64]
) -> Floats:
    """Give how like each passage is to some codes, in standard units over the passages.

    Where some passages have the code, their likeness counts as much as the definition's. A
    passage is not compared with itself.

    Parameters
    ----------
    vectors : array of float32, shape (passages, dimensions)
        The passages.
    definitions : array of float32, shape (codes, dimensions)
        What the codebook says of them.
    coded : array of bool, shape (passages, codes)
        Which passages have them.
    rows : array of int
        The passages that may serve as examples.
    """
    scores = standardised(vectors @ definitions.T)
    for code in range(coded.shape[1]):
        examples = rows[coded[rows, code]]
        if len(examples):
            near = vectors @ vectors[examples].T
            near[examples, np.arange(len(examples))] = -1.0 if len(examples) > 1 else np.nan
            best = np.nanmax(near, axis=1, initial=-1.0)
            best[best == -1.0] = np.median(best)
            scores[:, code] = (scores[:, code] + standardised(best[:, None])[:, 0]) / 2
    return scores


def standardised(scores: NDArray[np.floating]) -> Floats:
    """Put each column into standard units."""
    scores = scores.astype(float)
    spread = scores.std(axis=0)
    return np.asarray((scores - scores.mean(axis=0)) / np.where(spread > 0, spread, 1.0))
