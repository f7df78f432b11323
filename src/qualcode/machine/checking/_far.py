"""Quotes that lie apart from the others of their code, and nearer to another code's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from qualcode.machine.checking._quotes import Floats, Quotes, Rows

__all__ = ["find_far"]

_QUOTES, _INTERVIEWS = 8, 3
_MAD = 1.4826  # makes the median absolute deviation a normal law's standard deviation


def find_far(quotes: Quotes, far: float) -> Iterator[dict[str, Any]]:
    """Find quotes nearer to another code by more than is usual in their own."""
    codes = quotes.enough(_QUOTES, _INTERVIEWS)
    if len(codes) < 2:
        return
    sums = np.stack([quotes.vectors[quotes.rows[code]].sum(axis=0) for code in codes])
    middles = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    theme = [quotes.codebook.theme_of(code) for code in codes]
    for number, code in enumerate(codes):
        rows = quotes.rows[code]
        apart = np.array([one != theme[number] for one in theme])
        if not apart.any():
            continue
        others = np.where(apart, quotes.vectors[rows] @ middles.T, -np.inf)
        own = _own(quotes.vectors[rows], sums[number])
        margin = others.max(axis=1) - own
        spread = _MAD * np.median(np.abs(margin - np.median(margin)))
        if spread <= 0:
            continue
        score = (margin - np.median(margin)) / spread
        for at in np.flatnonzero((score > far) & (margin > 0)):
            other = codes[int(others[at].argmax())]
            if _has(quotes, rows[at], quotes.rows[other]):
                continue
            what = (
                f"unlike the others of its code (likeness {own[at]:.2f}); nearer to "
                f"{quotes.codebook[other].name} ({others[at].max():.2f})"
            )
            ends = (rows[at : at + 1], quotes.typical(quotes.rows[other]))
            row = quotes.finding("far", what, float(score[at]), np.nan, ends, (code, other))
            yield row | {"passages": len(rows)}


def _own(vectors: Floats, total: Floats) -> Floats:
    """Give how near each quote is to the middle of the others."""
    rest = total - vectors
    length = np.maximum(np.linalg.norm(rest, axis=1), 1e-12)
    return np.asarray((vectors * rest).sum(axis=1) / length)


def _has(quotes: Quotes, row: int, others: Rows) -> bool:
    """Tell whether the same words have the other code too."""
    start, end = quotes.frame["start"].to_numpy(), quotes.frame["end"].to_numpy()
    beside = others[quotes.interview[others] == quotes.interview[row]]
    return bool(((start[beside] < end[row]) & (end[beside] > start[row])).any())
