"""Saturation over many random orders of the interviews: a distribution, not one answer."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from qualcode.analysis.saturation._estimate import percent
from qualcode.analysis.saturation._guest import guest_saturation, points_of
from qualcode.analysis.saturation._incidence import Table, as_table, new_codes_of
from qualcode.errors import UnknownValueError
from qualcode.frames import make_frame

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["SaturationOrders", "guest_orders"]


@dataclass(frozen=True, eq=False, repr=False)
class SaturationOrders:
    """Where many random orders of the same interviews reach saturation.

    Parameters
    ----------
    base, run, threshold
        As for `guest_saturation`.
    points : numpy.ndarray of float64, shape (orders,)
        ``n`` of each order, in the order drawn; ``nan`` where it is not reached.
    mean, low, high : numpy.ndarray of float64, shape (interviews,)
        Codes heard after each number of interviews: their mean over the orders, and the band
        that holds the middle share of them.
    confidence : float
        That share.

    Examples
    --------
    >>> import numpy as np
    >>> table = [[1, 1, 0], [1, 0, 0], [1, 0, 1], [1, 1, 0]]
    >>> guest_orders(table, base=1, run=1, rng=1, orders=100).quantile(0.5)
    2.0
    """

    base: int
    run: int
    threshold: float
    points: NDArray[np.float64]
    mean: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    low: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    high: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    confidence: float = 0.95

    @property
    def orders(self) -> int:
        """How many orders were drawn."""
        return len(self.points)

    @property
    def reached(self) -> int:
        """How many of them reach saturation."""
        return int((~np.isnan(self.points)).sum())

    @property
    def share(self) -> float:
        """The share of orders that reach it, 0 to 1."""
        return self.reached / self.orders

    def quantile(self, share: float) -> float:
        """Give the least ``n`` by which a share of all orders has reached saturation.

        Parameters
        ----------
        share : float
            Above 0, up to 1, of all orders, those that never reach it too.

        Returns
        -------
        float
            An ``n`` that occurs; ``nan`` if fewer orders reach saturation at all.

        Examples
        --------
        >>> import numpy as np
        >>> spread = SaturationOrders(4, 2, 0.05, np.array([5.0, 4.0, np.nan, 6.0]))
        >>> spread.quantile(0.5), spread.quantile(0.9)
        (5.0, nan)
        """
        rank = max(1, math.ceil(share * self.orders - 1e-9))
        return float(np.sort(self.points)[rank - 1])  # nan stands last

    @property
    def table(self) -> pd.DataFrame:
        """How many orders reach it at which ``n``, as the frame ``saturation_orders``."""
        reached = self.points[~np.isnan(self.points)].astype(np.int64)
        n, orders = np.unique(reached, return_counts=True)
        return make_frame(
            "saturation_orders",
            {
                "n": n,
                "point": [f"{one}+{self.run}" for one in n],
                "orders": orders,
                "of_orders": [self.orders] * len(n),
                "share_so_far": np.cumsum(orders) / self.orders,
            },
        )

    def by(self, share: float) -> str:
        """Say by when a share of the orders has reached it.

        Parameters
        ----------
        share : float
            As for `quantile`.

        Returns
        -------
        str
            Such as ``9+2``, or ``never``.

        Examples
        --------
        >>> import numpy as np
        >>> SaturationOrders(4, 2, 0.05, np.array([5.0, np.nan])).by(0.5)
        '5+2'
        """
        n = self.quantile(share)
        return "never" if math.isnan(n) else f"{n:.0f}+{self.run}"

    def __str__(self) -> str:
        what = f"base {self.base}, run {self.run}, at most {percent(self.threshold)} new"
        text = f"Of {self.orders:,} random orders {percent(self.share)} reach saturation ({what})"
        if not self.reached:
            return f"{text}."
        if self.share < 0.5:
            return f"{text}, so that half of them never do."
        late = self.by(0.95)
        late = f"95% by {late}" if late != "never" else "but not 95%"
        return f"{text}: half of all by {self.by(0.5)}, {late}."

    def __repr__(self) -> str:
        return f"<SaturationOrders: {self}>"


def guest_orders(
    table: Table,
    *,
    rng: np.random.Generator | int,
    base: int = 4,
    run: int = 2,
    threshold: float = 0.05,
    orders: int = 1000,
    confidence: float = 0.95,
) -> SaturationOrders:
    """Find where saturation is reached in many random orders of the interviews.

    Parameters
    ----------
    table : array-like of bool, shape (interviews, codes)
        As `incidence` gives it.
    rng : numpy.random.Generator or int
        Where chance comes from; a whole number begins the same chance each time.
    base, run, threshold
        As for `guest_saturation`.
    orders : int, default 1000
        How many orders are drawn: each takes every interview once. (The method's authors drew
        interviews with replacement, to say something of other samples; this says how much the
        answer hangs on the order of this one.)
    confidence : float, default 0.95
        The middle share of orders that the band of codes heard holds.

    Returns
    -------
    SaturationOrders
        Frozen; prints as a sentence.

    Raises
    ------
    UnknownValueError
        If a setting or the table cannot be used.

    Notes
    -----
    A table of 1,000 interviews by 500 codes in 1,000 orders takes a second or two.

    Examples
    --------
    >>> import numpy as np
    >>> table = np.eye(12, 3, dtype=bool)  # three codes, each in an interview of its own
    >>> print(guest_orders(table, base=2, run=2, rng=np.random.default_rng(0), orders=200))
    Of 200 random orders 41.5% reach saturation (base 2, run 2, at most 5% new), so that half of them never do.
    """
    guest_saturation([0], base=base, run=run, threshold=threshold)  # refuses what cannot be used
    if orders < 1:
        raise UnknownValueError(f"orders={orders!r}", mend="give a whole number from 1")
    if not 0 < confidence < 1:
        raise UnknownValueError(f"confidence={confidence!r}", mend="give a share, such as 0.95")
    values = as_table(table)
    chance = np.random.default_rng(rng)
    drawn = np.tile(np.arange(len(values), dtype=np.int64), (orders, 1))
    new = new_codes_of(values, chance.permuted(drawn, axis=1))
    so_far = np.cumsum(new, axis=1)
    tail = (1 - confidence) / 2
    low, high = np.quantile(so_far, [tail, 1 - tail], axis=0)
    points = points_of(new, base=base, run=run, threshold=threshold)
    return SaturationOrders(
        base, run, threshold, points, so_far.mean(axis=0), low, high, confidence
    )
