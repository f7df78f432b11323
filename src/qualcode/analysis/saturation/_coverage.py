"""How much of all that could be said has been heard: sample coverage."""

from __future__ import annotations

import math

from qualcode.analysis.saturation._estimate import Estimate, undefined
from qualcode.analysis.saturation._incidence import Table, as_table, frequencies
from qualcode.errors import UnknownValueError

__all__ = ["sample_coverage"]

_NAMES = {"good-turing": "Good-Turing coverage", "chao-jost": "Chao-Jost coverage"}


def sample_coverage(table: Table, *, form: str = "good-turing") -> Estimate:
    """Estimate the share of code occurrences that the codes heard so far make up.

    With ``U`` occurrences of a code in an interview, ``Q1`` codes heard in one of ``T`` interviews
    and ``Q2`` in two, Good-Turing: ``1 - Q1/U`` [1]_; Chao-Jost: ``1 - Q1/U * (T-1) Q1 / ((T-1) Q1
    + 2 Q2)``, or, if ``Q2`` is 0, ``1 - Q1/U * (T-1)(Q1-1) / ((T-1)(Q1-1) + 2)`` [2]_.

    Parameters
    ----------
    table : array-like of bool, shape (interviews, codes)
        As `incidence` gives it.
    form : {'good-turing', 'chao-jost'}
        Which form.

    Returns
    -------
    Estimate
        A share, 0 to 1, without an interval. It is of what is said, not of how many codes there
        are: rare codes weigh little. Undefined with a reason without codes and for one interview.

    Raises
    ------
    UnknownValueError
        If `form` is something else.

    References
    ----------
    .. [1] I. J. Good (1953), "The population frequencies of species and the estimation of
       population parameters", Biometrika 40, 237-264.
    .. [2] A. Chao and L. Jost (2012), "Coverage-based rarefaction and extrapolation", Ecology
       93(12), 2533-2547.

    Examples
    --------
    >>> sample_coverage([[1, 1, 0, 0], [1, 1, 1, 0], [1, 0, 0, 1]]).value
    0.7142857142857143
    """
    if form not in _NAMES:
        raise UnknownValueError(f"form={form!r}", mend="use 'good-turing' or 'chao-jost'")
    interviews, counts = len(as_table(table)), frequencies(table)
    heard, name = len(counts), _NAMES[form]
    if reason := undefined(heard, interviews):
        return Estimate(name, math.nan, heard=heard, interviews=interviews, reason=reason)
    q1, q2 = int((counts == 1).sum()), int((counts == 2).sum())
    missed = q1 / int(counts.sum())
    if form == "chao-jost" and q1:
        missed *= _chao_jost_factor(q1, q2, interviews)
    return Estimate(name, 1 - missed, heard=heard, interviews=interviews)


def _chao_jost_factor(q1: int, q2: int, interviews: int) -> float:
    top = (interviews - 1) * (q1 if q2 else q1 - 1)
    return top / (top + (2 * q2 or 2))
