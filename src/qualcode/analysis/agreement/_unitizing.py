"""Krippendorff's alphas for unitizing: coders who cut a continuum as well as coding it.

K. Krippendorff, Y. Mathet, S. Bouvry and A. Widlöcher (2016), "On the reliability of unitizing
textual continua: further developments", Quality & Quantity 50, 2347-2364. With m coders and a
continuum of length L, all lengths come to ``l = m * L``. Everything is worked out on the spans:
the cost grows with their number, not with the length.
"""

from __future__ import annotations

from dataclasses import replace
from math import nan
from typing import TYPE_CHECKING

import numpy as np

from qualcode.analysis.agreement._agreement_value import Agreement, undefined, whole
from qualcode.analysis.agreement._coincidences import Coincidences
from qualcode.analysis.agreement._continua import Continua, Spans, read_continua
from qualcode.analysis.agreement._nominal import TINY

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

__all__ = ["binary_u_alpha", "cu_alpha", "ku_alpha", "u_alpha"]


def u_alpha(continua: Sequence[Spans | None], length: float) -> Agreement:
    """Work out the alpha of unitizing: agreement on what is coded, and how, and what is not.

    Parameters
    ----------
    continua : sequence of (iterable of (start, end, value), or None)
        Each coder's spans, half-open, without overlaps within a coder (see `code_continua`);
        None for a coder who did not read the text, an empty list for one who coded nothing.
    length : float
        Of the whole continuum, in the unit of the spans, such as characters.

    Returns
    -------
    Agreement
        `coverage` is the share of the text that was coded, the mean over coders.

    Raises
    ------
    UnknownValueError
        If spans overlap within a coder, are empty, or leave the continuum.

    References
    ----------
    .. [1] K. Krippendorff, Y. Mathet, S. Bouvry and A. Widlöcher (2016), "On the reliability of
       unitizing textual continua: further developments", Quality & Quantity 50, 2347-2364.

    Examples
    --------
    >>> one = [(2, 6, "A"), (8, 12, "B"), (14, 18, "A")]
    >>> other = [(3, 6, "A"), (8, 13, "A"), (15, 18, "A")]
    >>> round(u_alpha([one, other], 20).value, 4)
    0.4409
    """
    found = read_continua(continua, length)
    matrix = Coincidences.of(found)
    return _alpha(_described("u-alpha", found, matrix), matrix, _ONE_VALUE)


def binary_u_alpha(continua: Sequence[Spans | None], length: float) -> Agreement:
    """Work out |u-alpha: agreement on what is coded at all, whatever the code.

    Parameters
    ----------
    continua : sequence of (iterable of (start, end, value), or None)
        As for `u_alpha`.
    length : float
        Of the whole continuum.

    Returns
    -------
    Agreement
        `coverage` is the share of the text that was coded, the mean over coders.

    Raises
    ------
    UnknownValueError
        If spans overlap within a coder, are empty, or leave the continuum.

    References
    ----------
    .. [1] Krippendorff and others (2016), see `u_alpha`.

    Examples
    --------
    >>> round(binary_u_alpha([[(2, 6, "A")], [(3, 7, "B")]], 20).value, 4)
    0.7
    """
    found = read_continua(continua, length)
    matrix = Coincidences.of(found)
    measure = _described("|u-alpha", found, matrix)
    reason = "all coders coded all of the text, or nothing, so nothing can disagree"
    return _alpha(measure, matrix.pooled(), reason)


def cu_alpha(continua: Sequence[Spans | None], length: float) -> Agreement:
    """Work out cu-alpha: agreement on the code, where two coders coded the same words.

    Parameters
    ----------
    continua : sequence of (iterable of (start, end, value), or None)
        As for `u_alpha`.
    length : float
        Of the whole continuum.

    Returns
    -------
    Agreement
        `coverage` is the share of the continuum that enters, as coded by two coders.

    Raises
    ------
    UnknownValueError
        If spans overlap within a coder, are empty, or leave the continuum.

    References
    ----------
    .. [1] Krippendorff and others (2016), see `u_alpha`.

    Examples
    --------
    >>> one = [(2, 6, "A"), (8, 12, "B"), (14, 18, "A")]
    >>> other = [(3, 6, "A"), (8, 13, "A"), (15, 18, "A")]
    >>> round(cu_alpha([one, other], 20).value, 4)
    -0.0375
    """
    found = read_continua(continua, length)
    matrix = Coincidences.of(found)
    valued = matrix.valued()
    measure = _described("cu-alpha", found, matrix)
    share = valued.total / matrix.total if matrix.total else nan
    measure = replace(measure, coverage=share, covering=_BY_TWO, pairable=whole(valued.total))
    if not valued.total and len(found.coders) > 1:
        return undefined(measure, "no words were coded by two coders")
    return _alpha(measure, valued, _ONE_VALUE)


def ku_alpha(continua: Sequence[Spans | None], length: float) -> dict[Hashable, Agreement]:
    """Work out (k)u-alpha: how reliable each code is, where two coders coded the same words.

    Parameters
    ----------
    continua : sequence of (iterable of (start, end, value), or None)
        As for `u_alpha`.
    length : float
        Of the whole continuum.

    Returns
    -------
    dict of value to Agreement
        In the order of the values' names. `coverage` is the share of what was given the code
        that another coder coded too, with whatever code.

    Raises
    ------
    UnknownValueError
        If spans overlap within a coder, are empty, or leave the continuum.

    References
    ----------
    .. [1] Krippendorff and others (2016), see `u_alpha`.

    Examples
    --------
    >>> one = [(0, 10, "A"), (15, 25, "B"), (30, 40, "C")]
    >>> other = [(0, 8, "A"), (15, 28, "B"), (32, 40, "A")]
    >>> {code: round(found.value, 4) for code, found in ku_alpha([one, other], 50).items()}
    {'A': 0.4762, 'B': 1.0, 'C': 0.0}
    """
    found = read_continua(continua, length)
    matrix = Coincidences.of(found)
    return {
        value: _of_value(found, matrix, number, f"({value})u-alpha")
        for number, value in enumerate(found.values)
    }


_BY_TWO = "of the text coded by two coders, the mean over pairs"
_ONE_VALUE = "there is only one value, so nothing can disagree"


def _described(name: str, found: Continua, matrix: Coincidences) -> Agreement:
    coded = 1 - float(matrix.lengths[0].sum()) / matrix.total if matrix.total else nan
    note = ""
    if coded < 0.5:
        note = f"Only {coded:.1%} of the text is coded; the rest is gaps."
    return Agreement(
        name,
        nan,
        disagreement=True,
        units=whole(found.length),
        coders=len(found.coders),
        pairable=whole(matrix.total),
        coverage=coded,
        covering="of the text coded, the mean over coders",
        unit="characters",
        note=note,
    )


def _alpha(measure: Agreement, matrix: Coincidences, reason: str) -> Agreement:
    if measure.coders < 2:
        return undefined(measure, "it needs two coders who read the text")
    expected = matrix.expected()
    apart = matrix.total - float(np.trace(matrix.lengths))
    by_chance = float(expected.sum() - np.trace(expected))
    if not by_chance > TINY * matrix.total:
        return undefined(measure, reason)
    return replace(
        measure,
        value=1 - apart / by_chance,
        observed=apart / matrix.total,
        expected=by_chance / matrix.total,
    )


def _of_value(found: Continua, matrix: Coincidences, number: int, name: str) -> Agreement:
    valued = matrix.valued()
    expected = valued.expected()
    all_of_it = float(matrix.lengths[number + 1].sum())
    entering = float(valued.lengths[number].sum())
    measure = replace(
        _described(name, found, matrix),
        coverage=entering / all_of_it if all_of_it else nan,
        covering="of the text with this code coded by another coder too",
        pairable=whole(entering),
    )
    if measure.coders < 2:
        return undefined(measure, "it needs two coders who read the text")
    if not entering:
        return undefined(measure, "no words with this code were coded by another coder")
    by_chance = float(expected[number].sum() - expected[number, number])
    if not by_chance > TINY * valued.total:
        return undefined(measure, _ONE_VALUE)
    apart = entering - float(valued.lengths[number, number])
    chance_share = by_chance / float(expected[number].sum())
    return replace(
        measure,
        value=1 - apart / entering / chance_share,
        observed=apart / entering,
        expected=chance_share,
    )
