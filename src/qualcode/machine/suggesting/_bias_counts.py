"""Counts of a machine's hits and errors by person, and what a group's shares are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from qualcode.analysis.comparisons import exact_interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["COUNTS", "count_people", "measures", "shares"]

#: what is counted of each person; a decision is a passage and a code
COUNTS = ("decisions", "coded", "suggested", "correct", "probability")
_ENOUGH = 5  # interviews, to draw them again
_INTERVALS = ("missed_share", "false_alarm_share", "precision", "recall", "f1", "calibration_gap")


def count_people(held_out: pd.DataFrame, group: pd.Series[str]) -> pd.DataFrame:
    """Count each person's decisions: a row a transcript, speaker and group."""
    table = pd.DataFrame(
        {
            "transcript_id": held_out["transcript_id"],
            "speaker": held_out["speaker"],
            "group": group.to_numpy(),
            "decisions": 1.0,
            "coded": held_out["coded"].astype(float),
            "suggested": held_out["suggested"].astype(float),
            "correct": (held_out["coded"] & held_out["suggested"]).astype(float),
            "probability": held_out["probability"],
        }
    )
    return table.groupby(["transcript_id", "speaker", "group"], as_index=False, sort=True).sum()


def shares(counts: Floats) -> dict[str, Floats]:
    """Give the shares of counts, whose last axis is `COUNTS`; nan where there is nothing."""
    many, coded, suggested, correct, probability = np.moveaxis(np.asarray(counts, float), -1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        recall = correct / coded
        return {
            "missed_share": 1 - recall,
            "false_alarm_share": (suggested - correct) / (many - coded),
            "precision": correct / suggested,
            "recall": recall,
            "f1": 2 * correct / (coded + suggested),
            "calibration_gap": (probability - coded) / many,
        }


def measures(
    people: pd.DataFrame, confidence: float, draws: int, rng: np.random.Generator
) -> dict[str, Any]:
    """Give one group's shares with their intervals, and whether interviews were drawn for them."""
    by_interview = people.groupby("transcript_id")[list(COUNTS)].sum().to_numpy()
    total = by_interview.sum(axis=0)
    found: dict[str, Any] = {name: float(value) for name, value in shares(total).items()}
    drawn = len(by_interview) >= _ENOUGH
    if drawn:
        again = rng.multinomial(
            len(by_interview), [1 / len(by_interview)] * len(by_interview), size=draws
        )
        spread = shares(again @ by_interview)
        ends = {name: _ends(spread[name], confidence) for name in _INTERVALS}
    else:
        ends = dict.fromkeys(_INTERVALS, (np.nan, np.nan)) | _exact(total, confidence)
    for name, (low, high) in ends.items():
        found[f"{name}_low"], found[f"{name}_high"] = low, high
    return found | {"drawn": drawn}


def _ends(values: Floats, confidence: float) -> tuple[float, float]:
    known = values[~np.isnan(values)]
    if not len(known):
        return np.nan, np.nan
    low, high = np.quantile(known, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)


def _exact(total: Floats, confidence: float) -> dict[str, tuple[float, float]]:
    many, coded, suggested, correct = (int(one) for one in total[:4])
    pairs = {
        "missed_share": (coded - correct, coded),
        "false_alarm_share": (suggested - correct, many - coded),
        "precision": (correct, suggested),
        "recall": (correct, coded),
    }
    return {name: exact_interval(*pair, confidence=confidence) for name, pair in pairs.items()}
