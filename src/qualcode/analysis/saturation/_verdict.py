"""All that a study's interviews say of saturation, as one value with a verdict."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.analysis.saturation._chao2 import chao2
from qualcode.analysis.saturation._coverage import sample_coverage
from qualcode.analysis.saturation._estimate import percent

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.analysis.saturation._guest import SaturationPoint
    from qualcode.analysis.saturation._orders import SaturationOrders

__all__ = ["CAUTION", "Saturation"]

CAUTION = (
    "The interviews were chosen, not drawn at random, so estimates of what is unheard are hints; "
    "and reflexive thematic analysis rejects saturation as a goal."
)


@dataclass(frozen=True, eq=False, repr=False)
class Saturation:
    """What a study's interviews say of saturation.

    Parameters
    ----------
    level : str
        ``code`` or ``theme``.
    coder : str
        Whose codings.
    order : str
        In which order the interviews were taken, in words.
    table : pandas.DataFrame of bool, shape (interviews, codes)
        Which codes are heard in which interviews (see `incidence`).
    left_out : tuple of str
        Interviews without any coding by these coders: not read, as far as can be told.
    point : SaturationPoint
        Where the actual order reaches saturation.
    orders : SaturationOrders
        Where random orders do.
    curve : pandas.DataFrame
        Frame "saturation_curve": new codes and codes so far in the actual order, their mean and
        band over random orders, and the rarefaction curve with its interval.
    runs : pandas.DataFrame
        Frame "saturation_runs", of the actual order.
    estimates : pandas.DataFrame
        Frame "richness".

    Examples
    --------
    >>> from qualcode.analysis.saturation.saturation import saturation
    >>> from qualcode.study.example import example_study
    >>> saturation(example_study(), base=1, run=1)
    <Saturation of codes by ann, ben in 3 interviews: 2+1>
    """

    level: str
    coder: str
    order: str
    table: pd.DataFrame
    left_out: tuple[str, ...]
    point: SaturationPoint
    orders: SaturationOrders
    curve: pd.DataFrame
    runs: pd.DataFrame
    estimates: pd.DataFrame

    @property
    def heard(self) -> int:
        """How many codes are heard."""
        return int(self.table.to_numpy().any(axis=0).sum())

    @property
    def later(self) -> int:
        """How many codes are first heard after the run that confirms saturation; 0 if none does."""
        after = self.curve["position"] > self.point.n + self.point.run
        return int(self.curve.loc[after, "new_codes"].sum())

    @property
    def finding(self) -> str:
        """The verdict in one short sentence."""
        if not self.heard:
            return f"No {self.level} is given yet"
        point, allowed = self.point, f"{percent(self.point.threshold)} or less"
        if point.interviews < point.base + point.run:
            many = "interview is" if point.interviews == 1 else "interviews are"
            return f"{point.interviews} {many} too few: {point.reason}"
        what = f"New {self.level}s"
        if not point.reached:
            return (
                f"{what} do not fall to {allowed} in {point.interviews} interviews; {self._there}"
            )
        yet = f", yet {self.later} more come{'s' * (self.later == 1)} later" if self.later else ""
        return f"{what} fall to {allowed} at {point.label}{yet}; {self._there}"

    @property
    def _there(self) -> str:
        if self.orders.share < 0.5:
            return f"{percent(self.orders.share)} of random orders ever do"
        return f"half of all random orders are there by {self.orders.by(0.5)}"

    @property
    def verdict(self) -> str:
        """What it comes to, with how much it rests on, and the caution that belongs to it."""
        which = f"{self.level}s of coder {self.coder} in {len(self.table)} interviews"
        parts = [f"{self.heard} {which}, taken {self.order}.", self._say(self.point)]
        if self.later:
            parts.append(f"After that run {self.later} more came.")
        parts += map(self._say, (self.orders, chao2(self.table), sample_coverage(self.table)))
        if self.left_out:
            many = len(self.left_out)
            parts.append(
                f"{many} interview{'s are' if many > 1 else ' is'} left out, without a coding."
            )
        return " ".join([*parts, CAUTION])

    def _say(self, result: object) -> str:
        return str(result).replace("code", self.level)

    def __str__(self) -> str:
        return self.verdict

    def __repr__(self) -> str:
        what = f"{self.level}s by {self.coder} in {len(self.table)} interviews"
        return f"<Saturation of {what}: {self.point.label}>"

    def _repr_html_(self) -> str:
        return f"<p><strong>{html.escape(self.finding)}.</strong> {html.escape(self.verdict)}</p>"
