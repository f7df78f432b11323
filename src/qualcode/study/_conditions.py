"""What number would make the words of a claim true: ``people >= 90%``."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from qualcode.study._expressions import evaluate, names_in

__all__ = ["MEASURES", "Condition", "parse_condition"]

#: what may be counted; anything else is a sum over ids of figures that the report states
MEASURES = ("people", "bodies", "quotes", "contrary_people", "contrary_bodies")

_SHARED = ("people", "bodies", "contrary_people", "contrary_bodies")
_FORM = re.compile(r"([^<>=%]+?)\s*(>=|<=|>|<|=)\s*(\d+(?:\.\d+)?)\s*(%?)")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One number that a claim needs.

    Parameters
    ----------
    left : str
        One of `MEASURES`, or the id of a figure, or a sum over such ids.
    sign : {'>=', '<=', '>', '<', '='}
        How the two are compared.
    number : float
        A count, or a percentage.
    percent : bool
        Whether `number` is a percentage of the people or bodies that could have said it.

    Examples
    --------
    >>> Condition("people", ">=", 90, True).is_met(18, of=20)
    True
    """

    left: str
    sign: str
    number: float
    percent: bool = False

    def is_met(self, value: float, *, of: float = 0) -> bool:
        """Say whether a count, or the share that it is of another, is as asked."""
        if self.percent:
            value = 100 * value / of if of else float("nan")
        return bool(_COMPARE[self.sign](value, self.number))

    @property
    def figures(self) -> tuple[str, ...]:
        """The ids of the figures that it asks for; none where something is counted."""
        return () if self.left in MEASURES else names_in(self.left)

    def value_of(self, figures: Mapping[str, float]) -> float:
        """Work the figures out."""
        return evaluate(self.left, figures)

    def __str__(self) -> str:
        return f"{self.left} {self.sign} {self.number:g}{'%' if self.percent else ''}"


def parse_condition(text: str) -> Condition:
    """Read a condition; ValueError says what is wrong with it.

    Examples
    --------
    >>> print(parse_condition("contrary_people <= 10 %"))
    contrary_people <= 10%
    """
    found = _FORM.fullmatch(text.strip())
    if found is None:
        raise ValueError("write a measure, a sign and a number, such as people >= 90%")
    left, sign, number, percent = found.groups()
    if percent and left not in _SHARED:
        raise ValueError(f"% is a share of people or bodies, not of {left}")
    if left not in MEASURES and not names_in(left):  # refuses what is no sum
        raise ValueError("count something, or take the id of a figure")
    return Condition(left, sign, float(number), bool(percent))
