"""What every measure of agreement gives: the figure, and what a reader needs to check it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from math import isnan, nan
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

from qualcode.errors import UnknownValueError

__all__ = ["Agreement", "Interval", "around", "check_confidence", "undefined", "whole"]


class Interval(NamedTuple):
    """An interval of confidence.

    Parameters
    ----------
    low, high : float
        Its ends.
    level : float
        The confidence, such as 0.95.

    Examples
    --------
    >>> Interval(0.2, 0.6, 0.95).level
    0.95
    """

    low: float
    high: float
    level: float


@dataclass(frozen=True)
class Agreement:
    """One measure of agreement, with the terms that it is made of.

    Parameters
    ----------
    name : str
        What the literature calls it.
    value : float
        The coefficient; nan where it is not defined, and then `reason` says why.
    observed, expected : float
        The terms: agreement found and agreement by chance, so that the value is
        ``(observed - expected) / (1 - expected)``; where `disagreement` is true they are
        disagreements, and the value is ``1 - observed / expected``. nan where there is none.
    disagreement : bool, default False
        Whether `observed` and `expected` count disagreement, as in Krippendorff's family.
    standard_error : float, default nan
        Of the value; nan where the literature has none.
    null_standard_error : float, default nan
        If there were no agreement beyond chance: for a test against 0, not for an interval.
    maximum : float, default nan
        The greatest value that the coders' own totals allow (Cohen's kappa).
    interval : Interval, optional
        Around the value.
    units : float, default 0
        Elementary units that somebody rated: turns, sentences or characters.
    coders : int, default 0
        Coders who rated anything.
    pairable : float, default 0
        Values that stand in a unit beside another coder's.
    coverage : float, default nan
        How much of the material stands behind the figure, a share.
    covering : str, default "of the units rated by two coders or more"
        What `coverage` is a share of, and why.
    unit : str, default "units"
        What the units are, in the plural.
    reason : str, default ""
        Why the value is not defined.
    note : str, default ""
        What must be said beside the figure.

    Examples
    --------
    >>> print(Agreement("Scott's pi", 0.5, observed=0.75, expected=0.5, units=8, coders=2))
    Scott's pi is 0.500: 2 coders, 8 units; observed agreement 0.750, by chance 0.500.
    """

    name: str
    value: float
    observed: float = nan
    expected: float = nan
    disagreement: bool = False
    standard_error: float = nan
    null_standard_error: float = nan
    maximum: float = nan
    interval: Interval | None = None
    units: float = 0
    coders: int = 0
    pairable: float = 0
    coverage: float = nan
    covering: str = "of the units rated by two coders or more"
    unit: str = "units"
    reason: str = ""
    note: str = ""

    def __float__(self) -> float:
        return self.value

    def __str__(self) -> str:
        if isnan(self.value):
            return f"{self.name} is not defined: {self.reason} ({self._counted()})."
        parts = [self._counted(), *self._terms()]
        said = "; ".join(parts)
        note = f" {self.note}" if self.note else ""
        value = round(self.value, 3) + 0.0  # no minus before 0.000
        return f"{self.name} is {value:.3f}{self._certainty()}: {said}.{note}"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th style='text-align:left'>{escape(k)}</th><td>{escape(v)}</td></tr>"
            for k, v in self._rows()
        )
        return f"<p>{escape(str(self))}</p><table>{rows}</table>"

    def record(self) -> dict[str, object]:
        """Give all of it as one flat row, for a frame.

        Returns
        -------
        dict
            The fields, with the interval as ``low``, ``high`` and ``level`` (nan without one).

        Examples
        --------
        >>> row = Agreement("Scott's pi", 0.5, interval=Interval(0.2, 0.8, 0.95)).record()
        >>> row["value"], row["low"], row["high"]
        (0.5, 0.2, 0.8)
        """
        row = {name: getattr(self, name) for name in self.__dataclass_fields__}
        interval = row.pop("interval") or Interval(nan, nan, nan)
        return row | interval._asdict()

    def _certainty(self) -> str:
        parts = []
        if self.interval is not None:
            low, high, level = self.interval
            parts.append(f"{level:.0%} interval {low:.3f} to {high:.3f}")
        if not isnan(self.standard_error):
            parts.append(f"standard error {self.standard_error:.3f}")
        return f" ({', '.join(parts)})" if parts else ""

    def _counted(self) -> str:
        coders = "1 coder" if self.coders == 1 else f"{self.coders} coders"
        return f"{coders}, {self.units:,.10g} {self.unit}"

    def _terms(self) -> Iterator[str]:
        what = "disagreement" if self.disagreement else "agreement"
        if not isnan(self.observed):
            chance = "" if isnan(self.expected) else f", by chance {self.expected:.3f}"
            yield f"observed {what} {self.observed:.3f}{chance}"
        if not isnan(self.coverage) and self.coverage < 1:
            yield f"{self.coverage:.1%} {self.covering}"

    def _rows(self) -> Iterator[tuple[str, str]]:
        what = "disagreement" if self.disagreement else "agreement"
        named = {
            self.unit: self.units,
            "coders": self.coders,
            "pairable values": self.pairable,
            f"share {self.covering}": self.coverage,
            f"observed {what}": self.observed,
            f"{what} by chance": self.expected,
            "standard error": self.standard_error,
            "standard error if only chance": self.null_standard_error,
            "greatest possible value": self.maximum,
        }
        for name, value in named.items():
            if not isnan(value):
                whole_number = float(value).is_integer() and name in [*named][:3]
                yield name, f"{value:,.0f}" if whole_number else f"{value:.4f}"


def whole(value: float) -> float:
    """Give a count as an int where it is one, for weights may be fractions."""
    return int(value) if float(value).is_integer() else float(value)


def undefined(measure: Agreement, reason: str) -> Agreement:
    """Say that a measure has no value here, and why; what was counted stays."""
    return replace(measure, value=nan, standard_error=nan, interval=None, reason=reason)


def check_confidence(confidence: float) -> None:
    """Refuse a confidence that is no share."""
    if not 0 < confidence < 1:
        mend = "give a share such as 0.95"
        raise UnknownValueError(f"confidence={confidence} is not within 0 and 1", mend=mend)


def around(value: float, error: float, confidence: float, degrees: float) -> Interval | None:
    """Give the interval of Student's t around a value (of the normal for infinite degrees).

    It is cut at 1 and -1, beyond which no coefficient lies. There is none if the error is not
    known, or 0: without a single disagreement the data do not say how sure the figure is.
    """
    from scipy.special import ndtri, stdtrit

    check_confidence(confidence)
    if isnan(error) or error <= 0:
        return None
    upper = (1 + confidence) / 2
    times = float(ndtri(upper) if degrees == float("inf") else stdtrit(degrees, upper))
    return Interval(max(value - times * error, -1.0), min(value + times * error, 1.0), confidence)
