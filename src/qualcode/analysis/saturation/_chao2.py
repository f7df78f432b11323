"""Chao2: the least number of codes, from those heard in one interview and in two."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from qualcode.analysis.saturation._estimate import Estimate, normal_quantile, undefined
from qualcode.analysis.saturation._incidence import Table, as_table, frequencies
from qualcode.errors import UnknownValueError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["chao2"]


def chao2(table: Table, *, form: str = "bias-corrected", confidence: float = 0.95) -> Estimate:
    """Estimate the least number of codes from those heard in one interview and in two.

    With ``T`` interviews, ``S`` codes heard, ``Q1`` of them in one interview and ``Q2`` in two,
    plain: ``S + (T-1)/T Q1² / (2 Q2)`` [1]_; bias-corrected: ``S + (T-1)/T Q1 (Q1-1) / (2 (Q2+1))``
    [2]_. Both are lower bounds.

    Parameters
    ----------
    table : array-like of bool, shape (interviews, codes)
        As `incidence` gives it.
    form : {'bias-corrected', 'plain'}
        Which form.
    confidence : float, default 0.95
        Of the interval.

    Returns
    -------
    Estimate
        In codes, with the standard error of that form [2]_ and an interval on the logarithm of
        the codes unheard [1]_, so that it never ends below those heard;
        where none is estimated to be unheard, that of EstimateS's equation 14. Undefined with a reason
        without codes, for one interview, and plain where ``Q2`` is 0 and ``Q1`` is not.

    Raises
    ------
    UnknownValueError
        If `form` or `confidence` cannot be used.

    References
    ----------
    .. [1] A. Chao (1987), "Estimating the population size for capture-recapture data with unequal
       catchability", Biometrics 43, 783-791.
    .. [2] R. K. Colwell (2013), "EstimateS 9 User's Guide", appendix B, equations 9 to 14.

    Examples
    --------
    >>> chao2([[1, 1, 0, 0], [1, 1, 1, 0], [1, 0, 0, 1]], form="plain").value
    5.333333333333333
    """
    if form not in ("plain", "bias-corrected"):
        raise UnknownValueError(f"form={form!r}", mend="use 'plain' or 'bias-corrected'")
    deviate = normal_quantile(confidence)
    interviews, counts = len(as_table(table)), frequencies(table)
    heard, q1, q2 = len(counts), int((counts == 1).sum()), int((counts == 2).sum())
    name = f"Chao2 ({form})"
    if reason := undefined(heard, interviews):
        return Estimate(name, math.nan, heard=heard, interviews=interviews, reason=reason)
    if form == "plain" and q1 and not q2:
        reason = "no code is heard in exactly two interviews; the bias-corrected form stands"
        return Estimate(name, math.nan, heard=heard, interviews=interviews, reason=reason)
    factor = (interviews - 1) / interviews
    unheard = _unheard(q1, q2, factor, plain=form == "plain")
    se = math.sqrt(_chao2_variance(q1, q2, factor, counts, plain=form == "plain"))
    low, high = _interval(heard, unheard, se, int(counts.sum()), deviate)
    return Estimate(name, heard + unheard, se, low, high, confidence, heard, interviews)


def _unheard(q1: int, q2: int, factor: float, *, plain: bool) -> float:
    if not q1:
        return 0.0
    return factor * (q1**2 / (2 * q2) if plain else q1 * (q1 - 1) / (2 * (q2 + 1)))


def _chao2_variance(q1: int, q2: int, factor: float, counts: NDArray[Any], *, plain: bool) -> float:
    """Give the variance: EstimateS, equations 10 (plain), 11, 12 (no doubletons), 13 (no uniques)."""
    heard = len(counts)
    if not q1:
        often = math.exp(-float(counts.sum()) / heard)
        return heard * often * (1 - often)
    if plain:
        ratio = q1 / q2
        return q2 * (factor * ratio**2 / 2 + factor**2 * (ratio**3 + ratio**4 / 4))
    if not q2:
        whole = heard + _unheard(q1, q2, factor, plain=False)
        least = factor * q1 * (q1 - 1) / 2 + factor**2 * q1 * (2 * q1 - 1) ** 2 / 4
        return max(least - factor**2 * q1**4 / (4 * whole), 0.0)
    first = factor * q1 * (q1 - 1) / (2 * (q2 + 1))
    second = factor**2 * q1 * (2 * q1 - 1) ** 2 / (4 * (q2 + 1) ** 2)
    return first + second + factor**2 * q1**2 * q2 * (q1 - 1) ** 2 / (4 * (q2 + 1) ** 4)


def _interval(
    heard: int, unheard: float, se: float, codings: int, deviate: float
) -> tuple[float, float]:
    """Give the log-transformed interval (Chao 1987); EstimateS's equation 14 if none is unheard."""
    if unheard > 0:
        spread = math.exp(deviate * math.sqrt(math.log1p((se / unheard) ** 2)))
        return heard + unheard / spread, heard + unheard * spread
    missed = math.exp(-codings / heard)
    middle, width = heard / (1 - missed), deviate * math.sqrt(heard * missed) / (1 - missed)
    return max(float(heard), middle - width), middle + width
