"""Did new codes stop coming? Saturation of a study, several ways at once.

Reflexive thematic analysis rejects saturation as a goal: meaning is made in the reading, and does
not lie in the interviews until the last of it is dug up (V. Braun and V. Clarke, 2021, "To
saturate or not to saturate?", Qualitative Research in Sport, Exercise and Health 13(2), 201-216).
Who works so should not report these numbers. For others they describe one codebook, one coder and
the interviews at hand; the estimators further assume random draws, which purposive samples do not
give.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from qualcode.analysis.saturation._chao2 import chao2
from qualcode.analysis.saturation._coverage import sample_coverage
from qualcode.analysis.saturation._estimate import Estimate
from qualcode.analysis.saturation._guest import SaturationPoint, guest_runs, guest_saturation
from qualcode.analysis.saturation._incidence import incidence, new_codes
from qualcode.analysis.saturation._orders import SaturationOrders, guest_orders
from qualcode.analysis.saturation._rarefaction import rarefaction
from qualcode.analysis.saturation._richness import ice, jackknife1, richness
from qualcode.analysis.saturation._verdict import CAUTION, Saturation
from qualcode.errors import StudyError
from qualcode.frames import make_frame

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.study import Study

__all__ = [
    "CAUTION",
    "Estimate",
    "Saturation",
    "SaturationOrders",
    "SaturationPoint",
    "chao2",
    "guest_orders",
    "guest_runs",
    "guest_saturation",
    "ice",
    "incidence",
    "jackknife1",
    "rarefaction",
    "richness",
    "sample_coverage",
    "saturation",
]


def saturation(
    study: Study,
    *,
    coder: str | Iterable[str] | None = None,
    level: str = "code",
    order: Sequence[str] | None = None,
    base: int = 4,
    run: int = 2,
    threshold: float = 0.05,
    orders: int = 1000,
    rng: np.random.Generator | int = 0,
) -> Saturation:
    """Say whether new codes stopped coming, in the actual order, in random ones, and by estimates.

    Parameters
    ----------
    study : Study
        The study.
    coder : str or iterable of str, optional
        Whose codings; by default those that ``study.yaml`` rests on, or all.
    level : {'code', 'theme'}, default 'code'
        Each code by itself, or themes with all that is below them.
    order : sequence of str, optional
        Ids of the transcripts to take, in the order to take them. By default those in which the
        coder gave any code, by date: an interview without a coding counts as not read.
    base, run, threshold
        As for `guest_saturation`.
    orders : int, default 1000
        How many random orders.
    rng : numpy.random.Generator or int, default 0
        Where chance comes from; a whole number begins the same chance each time.

    Returns
    -------
    Saturation
        Frozen; ``print`` gives the verdict in sentences, `plot_saturation` draws it.

    Raises
    ------
    StudyError
        If nothing is coded.
    UnknownValueError
        If a setting cannot be used, or `order` names what is no interview.

    Notes
    -----
    Reflexive thematic analysis rejects saturation as a goal (Braun and Clarke 2021). The
    estimators assume that interviews are random draws from one fixed population and that each
    code has its own fixed chance of being heard; a purposive sample, a topic guide that is
    changed, and a codebook that grows while it is used give neither.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> result = saturation(example_study(), level="theme", base=2, run=1)
    >>> result.finding
    'New themes fall to 5% or less at 2+1; half of all random orders are there by 2+1'
    """
    whose = coder or study.settings.coder or study.codings.coders
    segments = study.segments(coder=whose)
    interviews = study.interviews
    there = set(segments["transcript_id"])
    wanted = there if order is None else set(order)
    if not there:
        raise StudyError("nothing is coded", mend="code an interview, or name another coder=")
    left_out = tuple(one for one in interviews["transcript_id"] if one not in wanted)
    taken = interviews[interviews["transcript_id"].isin(wanted)]
    segments = segments[segments["transcript_id"].isin(wanted)]
    table = incidence(segments, taken, study.codebook, level=level, order=order)
    point = guest_saturation(table, base=base, run=run, threshold=threshold)
    spread = guest_orders(table, base=base, run=run, threshold=threshold, orders=orders, rng=rng)
    return Saturation(
        level,
        whose if isinstance(whose, str) else ", ".join(whose),
        _order_in_words(taken, order),
        table,
        left_out,
        point,
        spread,
        _curve(table, spread),
        guest_runs(table, base=base, run=run, threshold=threshold),
        richness(table),
    )


def _order_in_words(interviews: pd.DataFrame, order: Sequence[str] | None) -> str:
    if order is not None:
        return "in the order given"
    if interviews["date"].isna().any():
        return "in the order of their dates, as far as known"
    return "in the order of their dates"


def _curve(table: pd.DataFrame, spread: SaturationOrders) -> pd.DataFrame:
    new, expected = new_codes(table), rarefaction(table)
    return make_frame(
        "saturation_curve",
        {
            "position": np.arange(1, len(table) + 1),
            "transcript_id": table.index.to_numpy(),
            "new_codes": new,
            "codes": np.cumsum(new),
            "orders_mean": spread.mean,
            "orders_low": spread.low,
            "orders_high": spread.high,
            "expected": expected["codes"].to_numpy(),
            "expected_low": expected["low"].to_numpy(),
            "expected_high": expected["high"].to_numpy(),
        },
    )
