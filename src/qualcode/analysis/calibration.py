"""Whether probabilities mean what they say: of what is called 80% likely, 80% should be so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.analysis.comparisons import exact_interval
from qualcode.errors import UnknownValueError
from qualcode.frames import make_frame

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

__all__ = ["brier_score", "calibration_error", "calibration_table"]

_KINDS = ("quantile", "width")


def calibration_table(
    probability: ArrayLike,
    coded: ArrayLike,
    *,
    bins: int = 10,
    kind: str = "quantile",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Put probabilities into bins, and say of each bin how often the code was given.

    Parameters
    ----------
    probability : array_like of float, shape (n,)
        From 0 to 1.
    coded : array_like of bool, shape (n,)
        Whether the person gave the code.
    bins : int, default 10
        At most so many.
    kind : {'quantile', 'width'}, default 'quantile'
        Bins with as many passages each, as far as equal probabilities allow; or bins as wide as
        each other. Most probabilities of a rare code are near 0, and equal widths leave few
        passages for the others.
    confidence : float, default 0.95
        Of the intervals.

    Returns
    -------
    pandas.DataFrame
        The frame ``calibration``, a row a bin that holds something, from low to high:
        `mean_probability` beside `coded_share`, with the exact interval of the share (it takes
        passages for independent, so with several of one interview it is a little too narrow).
        A probability on an edge is in the bin below it.

    Raises
    ------
    UnknownValueError
        If a probability is not from 0 to 1, the two are not of one length, or an option is
        something else.

    References
    ----------
    Niculescu-Mizil, A. & Caruana, R. (2005). Predicting good probabilities with supervised
    learning. ICML 2005, 625-632.

    Examples
    --------
    >>> table = calibration_table([0.1, 0.1, 0.2, 0.9], [0, 0, 1, 1], bins=2, kind="width")
    >>> table[["passages", "mean_probability", "coded_share"]].round(3).values.tolist()
    [[3.0, 0.133, 0.333], [1.0, 0.9, 1.0]]
    """
    chance, given = _checked(probability, coded)
    if kind not in _KINDS:
        raise UnknownValueError(f"kind={kind!r}", mend="use 'quantile' or 'width'")
    if bins < 1:
        raise UnknownValueError(f"bins={bins}", mend="give 1 or more, such as 10")
    edges = np.linspace(0, 1, bins + 1)
    if kind == "quantile" and len(chance):
        tops = np.unique(np.quantile(chance, edges[1:], method="inverted_cdf"))
        edges = np.append(chance.min(), tops)  # a first bin may hold one value, again and again
    inner = edges[1:-1]
    place = np.searchsorted(inner, chance, side="left")
    many = np.bincount(place, minlength=len(inner) + 1)
    there = np.flatnonzero(many)
    hits = np.bincount(place, given, len(many))[there].astype(int)
    of = many[there]
    ends = [
        exact_interval(int(k), int(n), confidence=confidence) for k, n in zip(hits, of, strict=True)
    ]
    return make_frame(
        "calibration",
        {
            "bin_low": edges[there],
            "bin_high": edges[np.minimum(there + 1, len(edges) - 1)],
            "passages": of,
            "mean_probability": np.bincount(place, chance, len(many))[there] / of,
            "coded_share": hits / of,
            "coded_low": [low for low, _ in ends],
            "coded_high": [high for _, high in ends],
        },
    )


def brier_score(probability: ArrayLike, coded: ArrayLike) -> float:
    """Give the mean squared distance between the probabilities and what was coded.

    Parameters
    ----------
    probability : array_like of float, shape (n,)
        From 0 to 1.
    coded : array_like of bool, shape (n,)
        Whether the person gave the code.

    Returns
    -------
    float
        0 is perfect. Saying the share coded every time gives ``share × (1 - share)``, so a rare
        code has a low score whatever the model knows. ``nan`` without passages.

    Raises
    ------
    UnknownValueError
        As for `calibration_table`.

    References
    ----------
    Brier, G. W. (1950). Verification of forecasts expressed in terms of probability. Monthly
    Weather Review 78(1), 1-3.

    Examples
    --------
    >>> round(brier_score([0.1, 0.9, 0.5], [0, 1, 1]), 4)
    0.09
    """
    chance, given = _checked(probability, coded)
    return float(np.mean((chance - given) ** 2)) if len(chance) else float("nan")


def calibration_error(table: pd.DataFrame) -> float:
    """Give the expected calibration error of a calibration table.

    Parameters
    ----------
    table : pandas.DataFrame
        The frame ``calibration``.

    Returns
    -------
    float
        The mean distance between mean probability and share coded, bins weighted by their
        passages; ``nan`` for an empty table. It depends on the bins, so it compares only tables
        that are made alike.

    References
    ----------
    Naeini, M. P., Cooper, G. F. & Hauskrecht, M. (2015). Obtaining well calibrated probabilities
    using Bayesian binning. AAAI 2015, 2901-2907.

    Examples
    --------
    >>> table = calibration_table([0.1, 0.1, 0.2, 0.9], [0, 0, 1, 1], bins=2, kind="width")
    >>> round(calibration_error(table), 3)
    0.175
    """
    passages = table["passages"].to_numpy()
    if not passages.sum():
        return float("nan")
    away = (table["mean_probability"] - table["coded_share"]).abs().to_numpy()
    return float(away @ passages / passages.sum())


def _checked(probability: ArrayLike, coded: ArrayLike) -> tuple[NDArray[Any], NDArray[Any]]:
    """Give both as arrays of float, or say what is wrong."""
    chance = np.asarray(probability, dtype=float)
    given = np.asarray(coded, dtype=bool).astype(float)
    if chance.ndim != 1 or chance.shape != given.shape:
        what = f"probability= has shape {chance.shape}, coded= {given.shape}"
        raise UnknownValueError(what, mend="give one of each a passage")
    wrong = chance[~((chance >= 0) & (chance <= 1))]
    if len(wrong):
        raise UnknownValueError(f"a probability is {wrong[0]}", mend="give numbers from 0 to 1")
    return chance, given
