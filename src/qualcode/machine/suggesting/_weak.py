"""Codes with few passages or none: likeness to the code's own words, and to its few quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
    like: Floats, vectors: Vectors, coded: Flags, rows: NDArray[np.int64], groups: NDArray[Any]
) -> Floats:
    """Let the passages that have a code count as much as what the codebook says of it.

    A passage is not compared with passages of its own interview.

    Parameters
    ----------
    like : array of float, shape (passages, codes)
        How like each passage is to what the codebook says, in standard units.
    vectors : array of float32, shape (passages, dimensions)
        The passages.
    coded : array of bool, shape (passages, codes)
        Which passages have which code.
    rows : array of int
        The passages that may serve as examples.
    groups : array of str, shape (passages,)
        The interview of each passage.

    Returns
    -------
    array of float, shape (passages, codes)
        In standard units.
    """
    scores = like.copy()
    for code in range(coded.shape[1]):
        examples = rows[coded[rows, code]]
        if not len(examples):
            continue
        near = vectors @ vectors[examples].T
        near[groups[:, None] == groups[examples]] = -np.inf
        best = near.max(axis=1)
        there = np.isfinite(best)
        if there.any():
            best[~there] = np.median(best[there])
            scores[:, code] = (scores[:, code] + standardised(best[:, None])[:, 0]) / 2
    return scores


def standardised(scores: NDArray[np.floating]) -> Floats:
    """Put each column into standard units."""
    scores = scores.astype(float)
    spread = scores.std(axis=0)
    return np.asarray((scores - scores.mean(axis=0)) / np.where(spread > 0, spread, 1.0))
