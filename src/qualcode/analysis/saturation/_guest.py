"""Saturation as Guest, Namey and Chen define it: base, run, and a threshold of new information."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qualcode.analysis.saturation._estimate import percent
from qualcode.analysis.saturation._incidence import Table, new_codes
from qualcode.errors import UnknownValueError
from qualcode.frames import make_frame

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["SaturationPoint", "guest_runs", "guest_saturation", "points_of"]

_HAIR = 1e-9  # 0.07 * 100 is 7.000000000000001


@dataclass(frozen=True)
class SaturationPoint:
    """Where one order of interviews reaches saturation.

    Parameters
    ----------
    base : int
        Interviews in the base.
    run : int
        Interviews in a run.
    threshold : float
        The greatest share of new codes, 0 to 1.
    interviews : int
        All interviews.
    base_codes : int
        Codes heard in the base.
    n : float
        The last interview before the run that confirms saturation, counted from 1; ``nan`` if no
        run does.
    new_codes : float
        New codes in that run; ``nan`` if no run does.
    reason : str
        Why it is not reached.

    Examples
    --------
    >>> print(SaturationPoint(4, 2, 0.05, 10, 10, 7, 0))
    Saturation is reached at 7+2: interviews 8 to 9 bring 0 new codes, 0% of the 10 of the first 4 interviews (at most 5% are allowed).
    """

    base: int
    run: int
    threshold: float
    interviews: int
    base_codes: int
    n: float = math.nan
    new_codes: float = math.nan
    reason: str = ""

    @property
    def reached(self) -> bool:
        """Whether a run confirms saturation."""
        return not math.isnan(self.n)

    @property
    def ratio(self) -> float:
        """New codes of the confirming run / codes of the base; ``nan`` if there is none."""
        return self.new_codes / self.base_codes if self.base_codes else math.nan

    @property
    def label(self) -> str:
        """As the authors report it: ``7+2``, or ``not reached``."""
        return f"{self.n:.0f}+{self.run}" if self.reached else "not reached"

    def __str__(self) -> str:
        allowed = f"at most {percent(self.threshold)} are allowed"
        if not self.reached:
            settings = f"base {self.base}, run {self.run}, {allowed}"
            return f"Saturation is not reached in {self.interviews} interviews ({settings}): {self.reason}."
        first, last = self.n + 1, self.n + self.run
        many = f"interviews {first:.0f} to {last:.0f} bring"
        which = many if self.run > 1 else f"interview {first:.0f} brings"
        codes = f"{self.new_codes:.0f} new code{'' if self.new_codes == 1 else 's'}"
        share = f"{percent(self.ratio)} of the {self.base_codes} of the first {self.base}"
        return f"Saturation is reached at {self.label}: {which} {codes}, {share} interviews ({allowed})."


def guest_saturation(
    table: Table | Sequence[float], *, base: int = 4, run: int = 2, threshold: float = 0.05
) -> SaturationPoint:
    """Find where new information falls to the threshold, in the order of the rows.

    The share of new information of a run is its new codes / the codes of the base. The
    denominator stays that of the base; runs slide by one interview, and the first begins right
    after the base. Saturation is reached at ``n+r``, with ``n`` the last interview before the
    first run of ``r`` interviews whose share is at most the threshold [1]_.

    Parameters
    ----------
    table : array-like, shape (interviews, codes) or (interviews,)
        Which codes are heard in each interview, as `incidence` gives it; or only the number of
        codes new in each interview, which is all that published studies often print.
    base : int, default 4
        Interviews in the base; the authors compare 4, 5 and 6.
    run : int, default 2
        Interviews in a run; the authors compare 2 and 3.
    threshold : float, default 0.05
        The greatest share of new information, 0 to 1; the authors compare 0.05 and 0.

    Returns
    -------
    SaturationPoint
        Frozen; prints as a sentence. Where it is not reached, ``n`` is ``nan`` with the reason.

    Raises
    ------
    UnknownValueError
        If a setting or the table cannot be used.

    Notes
    -----
    The answer hangs on the order of the interviews and on how finely codes are cut; see
    `guest_orders`. Reflexive thematic analysis rejects saturation as a goal [2]_.

    References
    ----------
    .. [1] G. Guest, E. Namey and M. Chen (2020), "A simple method to assess and report thematic
       saturation in qualitative research", PLoS ONE 15(5), e0232076.
    .. [2] V. Braun and V. Clarke (2021), "To saturate or not to saturate?", Qualitative Research
       in Sport, Exercise and Health 13(2), 201-216.

    Examples
    --------
    >>> guest_saturation([9, 3, 2, 0, 1, 0, 0], base=4, run=2).label
    '5+2'
    >>> print(guest_saturation([9, 3, 2, 0, 1], base=4, run=2))
    Saturation is not reached in 5 interviews (base 4, run 2, at most 5% are allowed): a base of 4 and a run of 2 need 6 interviews.
    """
    _check(base, run, threshold)
    new = _new(table)
    base_codes = int(new[:base].sum())
    known = (base, run, threshold, len(new), base_codes)
    n = points_of(new[None, :], base=base, run=run, threshold=threshold)[0]
    if math.isnan(n):
        return SaturationPoint(*known, reason=_reason(len(new), base, run, base_codes))
    return SaturationPoint(*known, n=float(n), new_codes=float(new[int(n) : int(n) + run].sum()))


def guest_runs(
    table: Table | Sequence[float], *, base: int = 4, run: int = 2, threshold: float = 0.05
) -> pd.DataFrame:
    """List every run of interviews with its share of new information, to check by hand.

    Parameters
    ----------
    table, base, run, threshold
        As for `guest_saturation`.

    Returns
    -------
    pandas.DataFrame
        Frame "saturation_runs": for each run the last interview before it, its first and last
        interview, its new codes, the codes of the base, their ratio (0 or more; missing if no
        code is in the base), and whether the ratio is at most the threshold.

    Raises
    ------
    UnknownValueError
        If a setting or the table cannot be used.

    Examples
    --------
    >>> guest_runs([9, 3, 2, 0, 1, 0, 0])[["after", "new_codes", "base_codes", "within"]]
       after  new_codes  base_codes  within
    0      4          1          14   False
    1      5          0          14    True
    """
    _check(base, run, threshold)
    new = _new(table)
    base_codes = int(new[:base].sum())
    in_runs, _ = _runs(new[None, :], base, run)
    within = in_runs[0] <= threshold * base_codes + _HAIR
    return make_frame(
        "saturation_runs",
        [
            {
                "after": after,
                "first": after + 1,
                "last": after + run,
                "new_codes": int(count),
                "base_codes": base_codes,
                "ratio": count / base_codes if base_codes else math.nan,
                "within": bool(ok) and base_codes > 0,
            }
            for after, (count, ok) in enumerate(zip(in_runs[0], within, strict=True), start=base)
        ],
    )


def points_of(
    new: NDArray[np.int64], *, base: int, run: int, threshold: float
) -> NDArray[np.float64]:
    """Find ``n`` of each row of new codes, shape (orders, interviews); ``nan`` where none is."""
    in_runs, base_codes = _runs(new, base, run)
    if in_runs.shape[1] == 0:
        return np.full(len(new), math.nan)
    within = in_runs <= threshold * base_codes[:, None] + _HAIR
    within &= base_codes[:, None] > 0
    return np.where(within.any(axis=1), within.argmax(axis=1) + float(base), math.nan)


def _runs(
    new: NDArray[np.int64], base: int, run: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Count the new codes of every run after the base, and the codes of the base."""
    so_far = np.cumsum(new, axis=1)
    in_runs = so_far[:, base + run - 1 :] - so_far[:, base - 1 : max(new.shape[1] - run, 0)]
    return in_runs, new[:, :base].sum(axis=1)


def _reason(interviews: int, base: int, run: int, base_codes: int) -> str:
    if interviews < base + run:
        return f"a base of {base} and a run of {run} need {base + run} interviews"
    if not base_codes:
        return f"no code is heard in the first {base} interviews, so there is no share to take"
    return "every run of interviews brings more"


def _new(table: Table | Sequence[float]) -> NDArray[np.int64]:
    """Give the new codes of each interview, counted or as they were given."""
    values = np.asarray(table)
    if values.ndim != 1:
        return new_codes(values)
    if values.dtype.kind not in "iufb" or not ((values >= 0) & (values * 1 % 1 == 0)).all():
        what = "new codes an interview are whole numbers, 0 or more"
        raise UnknownValueError(what, mend="give a table of interviews by codes, or such counts")
    return values.astype(np.int64)


def _check(base: int, run: int, threshold: float) -> None:
    for name, value in (("base", base), ("run", run)):
        if value < 1 or value != int(value):
            raise UnknownValueError(f"{name}={value!r}", mend="give a whole number from 1")
    if not 0 <= threshold < 1:
        raise UnknownValueError(f"threshold={threshold!r}", mend="give a share, such as 0.05")
