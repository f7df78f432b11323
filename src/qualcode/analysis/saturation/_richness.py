"""How many codes there may be, heard and unheard: estimators that ecologists use for species.

They take interviews for random draws from a fixed population and codes for species, each with its
own chance of being heard. A purposive sample, a topic guide that changes and a codebook that grows
while it is used give none of that: an estimate is a hint of how much is rare, not a measurement.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from qualcode.analysis.saturation._chao2 import chao2
from qualcode.analysis.saturation._coverage import sample_coverage
from qualcode.analysis.saturation._estimate import Estimate, normal_quantile, undefined
from qualcode.analysis.saturation._incidence import Table, as_table
from qualcode.errors import UnknownValueError
from qualcode.frames import make_frame

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ice", "jackknife1", "richness"]


def ice(table: Table, *, cutoff: int = 10) -> Estimate:
    """Estimate the number of codes from how well the infrequent ones are covered.

    ``S_freq + S_infr / C + Q1 / C * γ²`` with ``C = 1 - Q1 / Σ j Q_j`` over the codes heard in at
    most `cutoff` interviews, and ``γ² = max(S_infr / C * m / (m-1) * Σ j (j-1) Q_j / (Σ j Q_j)² -
    1, 0)``, ``m`` the interviews in which at least one such code is heard [1]_ [2]_.

    Parameters
    ----------
    table : array-like of bool, shape (interviews, codes)
        As `incidence` gives it.
    cutoff : int, default 10
        A code heard in more interviews is frequent.

    Returns
    -------
    Estimate
        In codes, without a standard error. Undefined with a reason without codes, for one
        interview, and if every infrequent code is heard in one interview only.

    Raises
    ------
    UnknownValueError
        If `cutoff` is less than 1.

    References
    ----------
    .. [1] S.-M. Lee and A. Chao (1994), "Estimating population size via sample coverage for
       closed capture-recapture models", Biometrics 50, 88-97.
    .. [2] R. L. Chazdon et al. (1998), in F. Dallmeier and J. A. Comiskey, "Forest biodiversity
       research, monitoring and modeling", 285-309; the form that EstimateS computes.

    Examples
    --------
    >>> round(ice([[1, 1, 0, 0], [1, 1, 1, 0], [1, 0, 0, 1]]).value, 4)
    6.64
    """
    if cutoff < 1:
        raise UnknownValueError(f"cutoff={cutoff!r}", mend="give a number of interviews, from 1")
    values, name = as_table(table), f"ICE (cut-off {cutoff})"
    interviews, each = len(values), values.sum(axis=0)
    heard, few = int((each > 0).sum()), (each > 0) & (each <= cutoff)
    counts = each[few]
    q1, codings = int((counts == 1).sum()), int(counts.sum())
    reason = undefined(heard, interviews)
    if not reason and q1 and q1 == codings:
        reason = "every infrequent code is heard in one interview only"
    if reason:
        return Estimate(name, math.nan, heard=heard, interviews=interviews, reason=reason)
    if not codings:
        return Estimate(name, float(heard), heard=heard, interviews=interviews)
    covered, held = 1 - q1 / codings, int(values[:, few].any(axis=1).sum())
    pairs = float((counts * (counts - 1)).sum())
    uneven = len(counts) / covered * held / (held - 1) * pairs / codings**2 - 1
    value = heard - len(counts) + len(counts) / covered + q1 / covered * max(uneven, 0.0)
    return Estimate(name, value, heard=heard, interviews=interviews)


def jackknife1(table: Table, *, confidence: float = 0.95) -> Estimate:
    """Estimate the number of codes by leaving out each interview in turn.

    ``S + Q1 (T-1) / T``; variance ``(T-1) / T (Σ u² - Q1² / T)`` with ``u`` the codes heard in
    one interview alone [1]_.

    Parameters
    ----------
    table : array-like of bool, shape (interviews, codes)
        As `incidence` gives it.
    confidence : float, default 0.95
        Of the interval, which is symmetric.

    Returns
    -------
    Estimate
        In codes. Undefined with a reason without codes and for one interview.

    Raises
    ------
    UnknownValueError
        If `confidence` cannot be used.

    References
    ----------
    .. [1] J. F. Heltshe and N. E. Forrester (1983), "Estimating species richness using the
       jackknife procedure", Biometrics 39, 1-11.

    Examples
    --------
    >>> round(jackknife1([[1, 1, 0, 0], [1, 1, 1, 0], [1, 0, 0, 1]]).value, 4)
    5.3333
    """
    deviate = normal_quantile(confidence)
    values, name = as_table(table), "Jackknife (first order)"
    interviews, each = len(values), values.sum(axis=0)
    heard = int((each > 0).sum())
    if reason := undefined(heard, interviews):
        return Estimate(name, math.nan, heard=heard, interviews=interviews, reason=reason)
    alone = values[:, each == 1].sum(axis=1)
    factor, q1 = (interviews - 1) / interviews, int(alone.sum())
    se = math.sqrt(max(factor * (float((alone**2).sum()) - q1**2 / interviews), 0.0))
    value = heard + q1 * factor
    low, high = max(float(heard), value - deviate * se), value + deviate * se
    return Estimate(name, value, se, low, high, confidence, heard, interviews)


def richness(table: Table, *, cutoff: int = 10, confidence: float = 0.95) -> pd.DataFrame:
    """Put all estimates of how many codes there may be side by side.

    Parameters
    ----------
    table : array-like of bool, shape (interviews, codes)
        As `incidence` gives it.
    cutoff : int, default 10
        As for `ice`.
    confidence : float, default 0.95
        Of the intervals.

    Returns
    -------
    pandas.DataFrame
        Frame "richness": a row a measure. ``estimate``, ``se``, ``low`` and ``high`` are codes,
        for a coverage shares; ``heard`` is codes heard. What is undefined is missing, with the
        ``reason``.

    Raises
    ------
    UnknownValueError
        If a setting or the table cannot be used.

    Examples
    --------
    >>> frame = richness([[1, 1, 0, 0], [1, 1, 1, 0], [1, 0, 0, 1]])
    >>> frame[["measure", "estimate", "heard"]].head(2)
                      measure  estimate  heard
    0           Chao2 (plain)  5.333333      4
    1  Chao2 (bias-corrected)  4.333333      4
    """
    estimates = (
        chao2(table, form="plain", confidence=confidence),
        chao2(table, form="bias-corrected", confidence=confidence),
        ice(table, cutoff=cutoff),
        jackknife1(table, confidence=confidence),
        sample_coverage(table, form="good-turing"),
        sample_coverage(table, form="chao-jost"),
    )
    return make_frame(
        "richness",
        [
            {
                "measure": one.measure,
                "estimate": one.value,
                "se": one.se,
                "low": one.low,
                "high": one.high,
                "heard": one.heard,
                "interviews": one.interviews,
                "reason": one.reason,
            }
            for one in estimates
        ],
    )
