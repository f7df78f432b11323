"""Many codes at once: the measures of two coders from the four cells of each code's table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.errors import UnknownValueError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from qualcode.analysis.agreement._ratings import Floats

__all__ = ["two_coder_measures"]


def two_coder_measures(
    n11: ArrayLike, n10: ArrayLike, n01: ArrayLike, n00: ArrayLike
) -> dict[str, Floats]:
    """Work out the measures of two coders for many codes, each one coded or not.

    Each is what the function of its name gives for ratings with the two categories
    ``(False, True)``; so a code that neither coder used has an AC1 of 1 and no kappa.

    Parameters
    ----------
    n11, n10, n01, n00 : array-like of float, any shape that broadcasts
        Elementary units (characters, turns) that both coders coded, the first alone, the second
        alone, and neither. The last is needed: agreement over coded text alone is another thing.

    Returns
    -------
    dict of str to numpy.ndarray
        Arrays of the broadcast shape, nan where not defined: `units`; `observed`, the percent
        agreement, and its `observed_se`; `kappa` with `kappa_se`, `kappa_se0`, `kappa_max` and
        `kappa_expected`; `pi` and `pi_expected`; `brennan_prediger`; `ac1` with `ac1_se` and
        `ac1_expected`; `alpha` (Krippendorff's, nominal); `positive_agreement` [1]_, which is
        the F1 of the two, and `negative_agreement`; `prevalence`, the mean share that the two
        coded; `coded`, the share that one or both coded; `bias`, what the first coded above the
        second.

    Raises
    ------
    UnknownValueError
        If a count is negative or not finite.

    References
    ----------
    .. [1] D. V. Cicchetti and A. R. Feinstein (1990), "High agreement but low kappa: II", Journal
       of Clinical Epidemiology 43, 551-558. For the others see the functions of their names.

    Examples
    --------
    >>> found = two_coder_measures([80, 0], [7, 0], [8, 0], [5, 100])
    >>> found["kappa"].round(4).tolist(), found["ac1"].round(4).tolist()
    ([0.3144, nan], [0.808, 1.0])
    """
    given = np.broadcast_arrays(*(np.asarray(n, dtype=float) for n in (n11, n10, n01, n00)))
    if not all((np.isfinite(n) & (n >= 0)).all() for n in given):
        raise UnknownValueError("a count of units is negative or not finite")
    both, first, second, neither = given
    units = both + first + second + neither
    with np.errstate(divide="ignore", invalid="ignore"):
        share = [n / units for n in given]
        observed = share[0] + share[3]
        prevalence = share[0] + (share[1] + share[2]) / 2
        measures = {
            "units": units,
            "observed": observed,
            "observed_se": _root(observed * (1 - observed) / (units - 1), units > 1),
            **_kappa(share, units),
            **_pooled(share, observed, prevalence, units),
            **_ac1(given, observed, prevalence, units),
            "positive_agreement": 2 * both / (2 * both + first + second),
            "negative_agreement": 2 * neither / (2 * neither + first + second),
            "prevalence": prevalence,
            "coded": 1 - share[3],
            "bias": share[1] - share[2],
        }
    return {name: np.asarray(value) for name, value in measures.items()}


def _root(variance: Floats, where: Any) -> Floats:
    kept = np.where(variance > 1e-24, variance, 0.0)  # rounding can leave less than nothing
    return np.where(where, np.sqrt(kept), np.nan)


def _mixed(share: list[Floats]) -> Any:
    """Tell where not all units were given one value by both, so that chance leaves room."""
    both, first, second, neither = share
    return (first + second > 0) | ((both > 0) & (neither > 0))


def _kappa(share: list[Floats], units: Floats) -> dict[str, Floats]:
    """Cohen's kappa with Fleiss, Cohen and Everitt's errors; see `cohen_kappa`."""
    both, first, second, neither = share
    one, other = both + first, both + second  # what each coder coded
    observed = both + neither
    room = np.where(_mixed(share), one * (1 - other) + other * (1 - one), 0 * one)
    expected = 1 - room
    kappa = np.where(room > 0, (observed - expected) / room, np.nan)
    # the mean agreement of each cell with what the other coder says, rows and columns
    means = [other + one, other + (1 - one), (1 - other) + one, (1 - other) + (1 - one)]
    left = 1 - kappa
    agree = (1.0, 0.0, 0.0, 1.0)
    middle = kappa - expected * left
    cells = list(zip(share, agree, means, strict=True))
    spread = sum(p * (a - m * left - middle) ** 2 for p, a, m in cells)
    chance = [one * other, one * (1 - other), (1 - one) * other, (1 - one) * (1 - other)]
    null = sum(p * (a - m + expected) ** 2 for p, (_, a, m) in zip(chance, cells, strict=True))
    most = np.minimum(one, other) + np.minimum(1 - one, 1 - other)
    defined = ~np.isnan(kappa)
    return {
        "kappa": kappa,
        "kappa_se": _root(spread / units / room**2, defined),
        "kappa_se0": _root(null / units / room**2, defined),
        "kappa_max": np.where(defined, (most - expected) / room, np.nan),
        "kappa_expected": expected,
    }


def _pooled(
    share: list[Floats], observed: Floats, prevalence: Floats, units: Floats
) -> dict[str, Floats]:
    """Scott's pi, Brennan-Prediger and alpha, for which the coders' totals are one."""
    room = np.where(_mixed(share), 2 * prevalence * (1 - prevalence), 0 * prevalence)
    values = 2 * units
    differing = (1 - observed) / room
    return {
        "pi": np.where(room > 0, 1 - differing, np.nan),
        "pi_expected": 1 - room,
        "brennan_prediger": 2 * observed - 1,
        "alpha": np.where(room > 0, 1 - differing * (values - 1) / values, np.nan),
    }


def _ac1(
    given: Sequence[Floats], observed: Floats, prevalence: Floats, units: Floats
) -> dict[str, Floats]:
    """Gwet's AC1 with its linearised error; see `gwet_ac1`."""
    both, first, second, neither = given
    expected = 2 * prevalence * (1 - prevalence)
    room = 1 - expected
    value = (observed - expected) / room

    def strays(agree: float, chance: Floats | float) -> Floats:
        each = (agree - expected) / room - 2 * (1 - value) * (chance - expected) / room
        return np.asarray((each - value) ** 2)

    total = (
        both * strays(1, 1 - prevalence)
        + neither * strays(1, prevalence)
        + (first + second) * strays(0, 0.5)
    )
    error = _root(total / (units * (units - 1)), units > 1)
    return {"ac1": value, "ac1_se": error, "ac1_expected": expected}
