"""The tables of an evaluation: a row a method, a row a code, with intervals over interviews."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.frames import make_frame
from qualcode.machine.suggesting._scores import average_precision, f1_scores, interval, recall_at

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from qualcode.coding.codebook import Codebook
    from qualcode.machine.suggesting._labelled import Labelled
    from qualcode.machine.suggesting._methods import HeldOut

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Rows = NDArray[np.int64]
    Weights = NDArray[np.floating]

__all__ = ["Judged", "code_rows", "held_out_frame", "human_row", "method_row"]


@dataclass(frozen=True, eq=False)
class Judged:
    """Passages, what was offered for them, and how often each counts in each draw.

    Parameters
    ----------
    coded, offered : arrays of bool, shape (passages, codes)
        What the coder did; what was suggested.
    probability : array of float, shape (passages, codes), optional
        None where nothing puts passages in order.
    folds : list of arrays of int
        The passages that one model judged, whose probabilities can be compared.
    weights : array of float32, shape (draws, passages)
        The first row counts each once.
    """

    coded: Flags
    offered: Flags
    probability: Floats | None
    folds: list[Rows]
    weights: Weights

    @cached_property
    def precisions(self) -> Floats:
        """Average precision, codes × draws."""
        return np.array([self._precision_of(code) for code in range(self.coded.shape[1])])

    def _precision_of(self, code: int) -> Floats:
        """Average precision of one code, the mean over the folds in which it is."""
        if self.probability is None:
            return np.full(len(self.weights), np.nan)
        found = [
            average_precision(
                self.coded[fold, code], self.probability[fold, code], self.weights[:, fold]
            )
            for fold in self.folds
        ]
        there = ~np.isnan(found)
        total = np.where(there, found, 0.0).sum(axis=0)
        with np.errstate(invalid="ignore"):
            return np.asarray(total / there.sum(axis=0))


def method_row(method: str, judged: Judged, note: str, interviews: int) -> dict[str, Any]:
    """Make a row of the frame ``suggestion_scores``."""
    one, micro = f1_scores(judged.coded, judged.offered, judged.weights)
    counted = np.flatnonzero(judged.coded.any(axis=0))
    columns = {
        "macro_f1": _mean(one[:, counted], axis=1),
        "micro_f1": micro,
        "map": _mean(judged.precisions[counted], axis=0),
        "recall_at_3": np.full(len(micro), np.nan),
    }
    if judged.probability is not None:
        found = recall_at(judged.coded, judged.probability, judged.weights)
        columns["recall_at_3"] = _mean(found[:, counted], axis=1)
    row: dict[str, Any] = {"method": method}
    for name, values in columns.items():
        row |= _with_interval(name, values)
    counts = {"passages": len(judged.coded), "codes": len(counted), "interviews": interviews}
    return row | counts | {"note": note}


def code_rows(
    judged: Judged,
    labelled: Labelled,
    threshold: Floats,
    human: Floats,
    codebook: Codebook,
) -> pd.DataFrame:
    """Make the frame ``suggestion_codes``: a row a code."""
    one, _ = f1_scores(judged.coded, judged.offered, judged.weights)
    assert judged.probability is not None, "a method gives probabilities"
    found = recall_at(judged.coded, judged.probability, judged.weights)
    rows = []
    for number, code in enumerate(labelled.codes):
        has, offered = judged.coded[:, number], judged.offered[:, number]
        both = int((has & offered).sum())
        row: dict[str, Any] = {"code_id": code, "code_path": codebook.path_of(code)}
        row |= {"passages": int(has.sum()), "interviews": len(set(labelled.groups[has]))}
        row |= _with_interval("ap", judged.precisions[number])
        row |= _with_interval("f1", one[:, number])
        row |= {"precision": _share(both, offered.sum()), "recall": _share(both, has.sum())}
        row |= _with_interval("recall_at_3", found[:, number])
        row |= {"threshold": float(np.mean(threshold[:, number])), "human_f1": human[number]}
        row["note"] = "" if has.any() else "nobody gave this code"
        rows.append(row)
    return make_frame("suggestion_codes", rows)


def held_out_frame(labelled: Labelled, codes: tuple[str, ...], held: HeldOut) -> pd.DataFrame:
    """Make the frame ``held_out``: a row for each passage and code."""
    count = len(codes)
    names = ("transcript_id", "body", "body_type", "speaker", "role", "turn", "start", "end")
    repeated = labelled.passages[list(names)].loc[
        np.repeat(np.arange(len(labelled.passages)), count)
    ]
    data: dict[str, Any] = {name: repeated[name].reset_index(drop=True) for name in names}
    data["code_id"] = list(codes) * len(labelled.passages)
    data["probability"] = held.probability.ravel()
    data["threshold"] = held.threshold.ravel()
    data["suggested"] = (held.probability >= held.threshold).ravel()
    data["coded"] = labelled.coded.ravel()
    return make_frame("held_out", data)


def human_row(
    coder: str, other: str, labelled: Labelled, theirs: Labelled, weights: Weights
) -> tuple[dict[str, Any], Floats]:
    """Score another coder as if their codes had been suggestions; also each code's F1."""
    judged = Judged(labelled.coded, theirs.coded, None, [], weights)
    one, _ = f1_scores(judged.coded, judged.offered, weights)
    interviews = len(set(labelled.groups))
    note = f"what {other} coded, against {coder}, in the interviews that both have read"
    return method_row(f"coder {other}", judged, note, interviews), one[0]


def _with_interval(name: str, values: Floats) -> dict[str, float]:
    low, high = interval(values)
    return {name: float(values[0]), f"{name}_low": low, f"{name}_high": high}


def _mean(values: Floats, axis: int) -> Floats:
    """Average over codes, those left out that a draw has not."""
    there = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(there, values, 0.0).sum(axis=axis) / there.sum(axis=axis))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else math.nan
