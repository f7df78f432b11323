"""How many codes fewer interviews would have given, or more might: the expected curve."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from qualcode.analysis.saturation._chao2 import chao2
from qualcode.analysis.saturation._estimate import normal_quantile
from qualcode.analysis.saturation._incidence import Table, as_table, frequencies
from qualcode.errors import UnknownValueError
from qualcode.frames import make_frame

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["rarefaction"]


def rarefaction(
    table: Table, *, until: int | None = None, confidence: float = 0.95
) -> pd.DataFrame:
    """Give the codes expected in any number of the interviews, without drawing orders.

    A code heard in ``Y`` of ``T`` interviews is missed by ``t`` of them with probability ``α =
    C(T-Y, t) / C(T, t)``; the curve is ``Σ (1 - α)``, exactly the mean over all orders [1]_. Its
    variance is the unconditional one, ``Σ (1 - α)² - S(t)² / S_est`` [2]_ [3]_: it allows for
    interviews that were not held, and so does not close at ``T``. ``S_est`` is `chao2`, plain, or
    bias-corrected where that is undefined.

    Parameters
    ----------
    table : array-like of bool, shape (interviews, codes)
        As `incidence` gives it.
    until : int, optional
        Go on to so many interviews: ``S + f (1 - (1 - Q1 / (T f + Q1)) ** t)`` with ``f = S_est -
        S`` [3]_, for which no interval is given. Beyond twice the interviews it says little.
    confidence : float, default 0.95
        Of the interval, which is symmetric and not below 0.

    Returns
    -------
    pandas.DataFrame
        Frame "rarefaction": from 1 interview on, the codes expected, their standard error and
        interval (missing for one interview alone, and beyond the interviews held), and whether
        they are ``interpolated``, ``observed`` or ``extrapolated``. No row if no interview.

    Raises
    ------
    UnknownValueError
        If `until` is less than the interviews held, or the table cannot be used.

    References
    ----------
    .. [1] K. I. Ugland, J. S. Gray and K. E. Ellingsen (2003), "The species-accumulation curve and
       estimation of species richness", Journal of Animal Ecology 72, 888-897.
    .. [2] R. K. Colwell, C. X. Mao and J. Chang (2004), "Interpolating, extrapolating, and
       comparing incidence-based species accumulation curves", Ecology 85(10), 2717-2727.
    .. [3] R. K. Colwell et al. (2012), "Models and estimators linking individual-based and
       sample-based rarefaction, extrapolation and comparison of assemblages", Journal of Plant
       Ecology 5(1), 3-21.

    Examples
    --------
    >>> curve = rarefaction([[1, 1, 0], [1, 0, 1], [1, 0, 0]], until=4)
    >>> curve[["interviews", "codes", "kind"]]
       interviews     codes          kind
    0           1  1.666667  interpolated
    1           2  2.333333  interpolated
    2           3  3.000000      observed
    3           4  3.333333  extrapolated
    """
    deviate = normal_quantile(confidence)
    held = len(as_table(table))
    if until is not None and until < held:
        what = f"until={until!r}, but {held} interviews were held"
        raise UnknownValueError(what, mend=f"give a number of interviews from {held}")
    codes, se = _expected(table, held)
    more = np.arange(1, (until or held) - held + 1)
    beyond = _beyond(table, held, more)
    kinds = ["interpolated"] * (held - 1) + ["observed"] * (held > 0)
    nothing = np.full(len(more), math.nan)
    whole, errors = np.concatenate([codes, beyond]), np.concatenate([se, nothing])
    return make_frame(
        "rarefaction",
        {
            "interviews": np.arange(1, len(whole) + 1),
            "codes": whole,
            "se": errors,
            "low": np.maximum(whole - deviate * errors, 0),
            "high": whole + deviate * errors,
            "kind": kinds + ["extrapolated"] * len(more),
        },
    )


def _expected(table: Table, held: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the expected codes of 1 to all interviews, and their standard errors."""
    counts, times = np.unique(frequencies(table), return_counts=True)
    t = np.arange(held)[:, None]
    # C(T-Y, t+1) / C(T, t+1) follows from that of t by one factor, which ends at exactly 0
    missed = np.cumprod(np.maximum(held - counts[None, :] - t, 0) / np.maximum(held - t, 1), axis=0)
    codes = ((1 - missed) * times).sum(axis=1)
    whole = _all_codes(table)
    if math.isnan(whole):
        return codes, np.full(held, math.nan)
    variance = ((1 - missed) ** 2 * times).sum(axis=1) - codes**2 / whole
    return codes, np.sqrt(np.maximum(variance, 0))


def _beyond(table: Table, held: int, more: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give the codes expected after so many more interviews."""
    counts = frequencies(table)
    unheard, q1 = _all_codes(table) - len(counts), int((counts == 1).sum())
    if not unheard > 0:  # none, or unknown
        return np.full(len(more), len(counts) + unheard, dtype=float)
    missed = 1 - q1 / (held * unheard + q1)
    gain = 1 - np.power(missed, more.astype(np.float64))
    return len(counts) + unheard * gain


def _all_codes(table: Table) -> float:
    plain = chao2(table, form="plain").value
    return chao2(table, form="bias-corrected").value if math.isnan(plain) else plain
