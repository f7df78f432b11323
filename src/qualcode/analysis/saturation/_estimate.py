"""An estimate as a value that prints as a sentence, and what all estimates share."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

from qualcode.errors import UnknownValueError

__all__ = ["Estimate", "normal_quantile", "percent", "undefined"]

_NO_CODE = "no code is heard"
_ONE_INTERVIEW = "one interview cannot say which codes come back in another"


@dataclass(frozen=True)
class Estimate:
    """An estimate of how many codes there are.

    Parameters
    ----------
    measure : str
        Its name.
    value : float
        Codes, or a share for a coverage; ``nan`` where it is undefined.
    se : float
        Standard error; ``nan`` where there is none.
    low, high : float
        The ends of the interval; ``nan`` where there is none.
    confidence : float
        The interval's.
    heard : int
        Codes heard.
    interviews : int
        Interviews.
    reason : str
        Why the value is undefined.

    Examples
    --------
    >>> from qualcode.analysis.saturation.saturation import chao2
    >>> print(chao2([[1, 1, 0], [1, 0, 1], [1, 0, 0]], form="bias-corrected"))
    Chao2 (bias-corrected): 3.7 codes (95% interval 3.0 to 12.1), of which 3 are heard in 3 interviews.
    """

    measure: str
    value: float
    se: float = math.nan
    low: float = math.nan
    high: float = math.nan
    confidence: float = 0.95
    heard: int = 0
    interviews: int = 0
    reason: str = ""

    def __float__(self) -> float:
        return float(self.value)

    def __str__(self) -> str:
        if math.isnan(self.value):
            return f"{self.measure} is undefined: {self.reason}."
        if "coverage" in self.measure:
            return f"{self.measure}: {percent(self.value)}, from {self.interviews} interviews."
        between = f"{percent(self.confidence)} interval {self.low:.1f} to {self.high:.1f}"
        interval = "" if math.isnan(self.low) else f" ({between})"
        where = f"{self.heard} are heard in {self.interviews} interviews"
        return f"{self.measure}: {self.value:.1f} codes{interval}, of which {where}."


def normal_quantile(confidence: float) -> float:
    """Give the normal deviate of a two-sided interval: 1.96 for 0.95."""
    if not 0 < confidence < 1:
        raise UnknownValueError(f"confidence={confidence!r}", mend="give a share, such as 0.95")
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def percent(share: float) -> str:
    """Write a share in percent, with a decimal only where it has one: ``5%``, ``2.5%``."""
    shown = round(share * 100, 1)
    if shown == 100 and share < 1:
        return "over 99.9%"
    return f"{shown:g}%" if shown or not share else "under 0.1%"


def undefined(heard: int, interviews: int) -> str:
    """Say why no estimate can be made; nothing if one can."""
    return _NO_CODE if not heard else _ONE_INTERVIEW if interviews == 1 else ""
