"""Whether the numbers that a report states add up."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from qualcode.frames import make_frame
from qualcode.study._expressions import evaluate, names_in

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check_sums"]

_AT_LEAST = frozenset({"more than", "over", "at least"})
_AT_MOST = frozenset({"less than", "below", "under", "up to", "at most"})
_NEARLY = frozenset({"nearly", "almost"})
_HOW_NEAR = 0.9  # what is called nearly a hundred is at least ninety


def check_sums(figures: pd.DataFrame) -> pd.DataFrame:
    """Work out every sum that a report's figures should make, and compare.

    Parameters
    ----------
    figures : pandas.DataFrame
        Frame "report_figures".

    Returns
    -------
    pandas.DataFrame
        Frame "sum_checks": a row a figure with a check. ``difference`` is computed - stated.
        ``outcome`` is ``adds up``; ``adds up when rounded``, where the difference is less than
        half of the last digit stated, or than what rounded parts leave open; or
        ``does not add up``. A figure stated as *more than* or *nearly* adds up if the sum is so.

    Notes
    -----
    *About* makes no allowance: a total stated as "some 1,840" whose parts make 1,839 is shown,
    with its qualifier beside it, for the reader to judge.

    Examples
    --------
    >>> from qualcode.frames import make_frame
    >>> row = {"section": "", "topic": "", "label": "", "body": "", "period": "", "upper": None,
    ...        "unit": "nurses", "qualifier": "", "footnote": None, "line": None, "check": ""}
    >>> rows = [row | {"figure_id": "day", "value": 12}, row | {"figure_id": "night", "value": 9},
    ...         row | {"figure_id": "nurses", "value": 22, "check": "day + night"}]
    >>> checks = check_sums(make_frame("report_figures", rows))
    >>> checks[["figure_id", "computed", "difference", "outcome"]].to_dict("records")
    [{'figure_id': 'nurses', 'computed': 21.0, 'difference': -1.0, 'outcome': 'does not add up'}]
    """
    values = dict(zip(figures["figure_id"], figures["value"], strict=True))
    checked = figures[figures["check"] != ""]
    rows = [{str(k): v for k, v in row.items()} for row in checked.to_dict("records")]
    return make_frame("sum_checks", [_check(row, values) for row in rows])


def _check(row: dict[str, Any], values: dict[str, float]) -> dict[str, Any]:
    stated = row["value"]
    computed = evaluate(row["check"], values)
    parts = [values[name] for name in names_in(row["check"])]
    same = ("figure_id", "label", "body", "period", "unit", "qualifier", "check")
    return {
        **{name: row[name] for name in same},
        "stated": stated,
        "computed": round(computed, 6),
        "difference": round(computed - stated, 6),
        "outcome": _outcome(stated, computed, parts, row["qualifier"]),
    }


def _outcome(stated: float, computed: float, parts: list[float], qualifier: str) -> str:
    if math.isclose(stated, computed, rel_tol=1e-12) or _as_said(stated, computed, qualifier):
        return "adds up"
    within = abs(computed - stated) <= _slack(stated, parts)
    return "adds up when rounded" if within else "does not add up"


def _as_said(stated: float, computed: float, qualifier: str) -> bool:
    if qualifier in _AT_LEAST:
        return computed >= stated
    if qualifier in _AT_MOST:
        return computed <= stated
    return qualifier in _NEARLY and _HOW_NEAR * stated <= computed <= stated


def _slack(stated: float, parts: list[float]) -> float:
    """Say how far rounding can take a sum: half a last digit of the total, and of coarser parts.

    Parts with as many digits as the total are taken as exact: reports are counted, not rounded.
    """
    fine = _decimals(stated)
    coarse = [_decimals(part) for part in parts if _decimals(part) < fine]
    return float(sum(0.5 * 10.0**-decimals for decimals in [fine, *coarse])) * (1 + 1e-9)


def _decimals(number: float) -> int:
    exponent = Decimal(str(number)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
