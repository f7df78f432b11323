"""A row of the table of agreement in plain English, without one cut-off to hide behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isnan

__all__ = ["Facts", "landis_koch", "read_agreement"]

#: below so many cases one coding more or less moves every figure
FEW = 10
#: an interval as wide as this tells good agreement from poor no longer
WIDE = 0.4
RARE = 0.05
_STEPS = (
    (0.2, "slight"),
    (0.4, "fair"),
    (0.6, "moderate"),
    (0.8, "substantial"),
    (1.0, "almost perfect"),
)


@dataclass(frozen=True)
class Facts:
    """What a reading is made of.

    Parameters
    ----------
    coders : (str, str)
        The first and the second.
    noun : str
        What units are, in the plural.
    both, first, second, neither : int
        Units given the code by both, by one alone, by neither.
    cases : int
        How many times the code was given at all: units, or codings where units are characters.
    percent, ac1, alpha, low, high : float
        Agreement; nan where undefined.
    drawn : str
        What was drawn again for the interval, in the plural.
    no_interval : str
        Why there is none.
    what : str
        What was given: ``it``, or ``a code``.
    """

    coders: tuple[str, str]
    noun: str
    both: int
    first: int
    second: int
    neither: int
    cases: int
    percent: float
    ac1: float
    alpha: float
    low: float
    high: float
    drawn: str
    no_interval: str
    what: str = "it"

    @property
    def units(self) -> int:
        """All units that both coders have read."""
        return self.both + self.first + self.second + self.neither

    @property
    def prevalence(self) -> float:
        """The share of units that have the code, the mean of both coders."""
        return (2 * self.both + self.first + self.second) / (2 * self.units)


def read_agreement(facts: Facts) -> str:
    """Say what the figures of one row mean, and what they cannot say."""
    if not facts.units:
        return "Nothing here was read by both coders."
    if facts.neither == facts.units:
        return f"Neither coder gave {facts.what}: there is nothing to measure."
    if facts.both == facts.units:
        return f"Both gave {facts.what} everywhere: with one value in use, chance is not defined."
    parts = [_opening(facts), _coefficient(facts), *_warnings(facts)]
    return " ".join(parts)


def _opening(facts: Facts) -> str:
    one, other = facts.coders
    totals = facts.both + facts.first, facts.both + facts.second
    noun = facts.noun if totals[0] != 1 else _one(facts.noun)
    counts = f"{one} gave {facts.what} to {totals[0]:,} {noun}, {other} to {totals[1]:,}"
    if not facts.both:
        return f"{counts}, never to the same."
    matched = 2 * facts.both / (2 * facts.both + facts.first + facts.second)
    return (
        f"{counts}, both to {facts.both:,}: {matched:.0%} of what either gave, the other gave too."
    )


def _one(noun: str) -> str:
    """Make ``turns`` or ``turns × codes`` one of them."""
    first, *more = noun.split(" ", 1)
    return " ".join([first.removesuffix("s"), *more])


def _coefficient(facts: Facts) -> str:
    if isnan(facts.alpha):
        return "α is not defined."
    value = f"α {facts.alpha + 0.0:.2f}".replace("-0.00", "0.00")
    if isnan(facts.low):
        return f"{value}, without an interval: {facts.no_interval} ({_named(facts.alpha)})."
    span = f"from {facts.low:.2f} to {facts.high:.2f} if other {facts.drawn} had been drawn"
    return f"{value}, {span} ({_named(facts.low, facts.high)})."


def _named(*values: float) -> str:
    """Give Landis and Koch's words, with what they are worth."""
    words = dict.fromkeys(landis_koch(value) for value in values)
    named = " to ".join(f"“{word}”" for word in words)
    return f"Landis and Koch: {named}, by steps they call arbitrary"


def landis_koch(value: float) -> str:
    """Give Landis and Koch's word for a coefficient (1977, *Biometrics* 33, p. 165).

    The steps were drawn for one example and rest on no evidence: "although these divisions are
    clearly arbitrary". They know nothing of how rare a code is or how many units there are.

    Examples
    --------
    >>> landis_koch(-0.1), landis_koch(0.6), landis_koch(0.61)
    ('poor', 'moderate', 'substantial')
    """
    if value < 0:
        return "poor"
    return next(word for most, word in _STEPS if value <= most + 1e-12)


def _warnings(facts: Facts) -> Iterator[str]:
    if facts.cases < FEW:
        yield _few(facts)
    if facts.high - facts.low >= WIDE:
        yield "The interval is wide: these data do not tell good agreement from poor."
    if not RARE <= facts.prevalence <= 1 - RARE and facts.ac1 - facts.alpha > 0.1:
        yield _lopsided(facts)
    alone = facts.first + facts.second
    if min(alone, facts.cases) >= 5 and max(facts.first, facts.second) >= 0.8 * alone:
        more, less = facts.coders if facts.first > facts.second else facts.coders[::-1]
        share = max(facts.first, facts.second) / alone
        all_or = "All" if share == 1 else f"{share:.0%} of the"
        yield f"{all_or} differences are {more}'s alone: {less} gives {facts.what} less."


def _few(facts: Facts) -> str:
    """Say that there is little to go by."""
    noun = "codings" if facts.noun.startswith("character") else facts.noun
    only = f"Only {facts.cases} {noun} have" if facts.cases != 1 else f"Only 1 of the {noun} has"
    return f"{only} {facts.what}: one coding more or less moves every figure."


def _lopsided(facts: Facts) -> str:
    """Explain why measures differ where nearly all units are alike."""
    rare = facts.prevalence < 0.5
    how = f"Rare ({facts.prevalence:.1%}" if rare else f"Nearly everywhere ({facts.prevalence:.1%}"
    where = "neither" if rare else "both"
    rest = facts.units - (facts.neither if rare else facts.both)
    return (
        f"{how} of {facts.noun}): {facts.percent:.1%} agreement and AC1 {facts.ac1:.2f} mostly "
        f"count where {where} gave {facts.what}; κ and α rest on the other {rest:,}."
    )
