"""The tables of a crosswalk: as a whole, code by code, topic by topic."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from qualcode.analysis.relations._chance import adjust
from qualcode.errors import CoefficientWarning
from qualcode.frames import make_frame
from qualcode.machine._packages import need
from qualcode.machine.topics._crosswalk_null import agreement_null, p_value
from qualcode.machine.topics._crosswalk_value import SEVERAL, SURE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.machine.topics._crosswalk_counts import Crossed

__all__ = ["agreement", "by_code", "by_topic", "code_of"]

_IN_TOPIC, _ALL = "in a topic", "all, no topic as one more"
_HALF = 0.5


def code_of(crossed: Crossed, names: dict[str, str], index: pd.Index[int]) -> pd.Series[str]:
    """Name each passage's code: nothing where there is none, ``several`` where there are more."""
    first = crossed.coded.argmax(axis=1).tolist()
    named = [
        names[crossed.code_ids[code]] if many == 1 else SEVERAL if many else ""
        for code, many in zip(first, crossed.codes_each.tolist(), strict=True)
    ]
    return pd.Series(named, index=index, dtype="str", name="code")


def agreement(
    crossed: Crossed, groups: NDArray[np.int64], permutations: int, seed: int
) -> pd.DataFrame:
    """Compare the groups of passages with one code: those in a topic, and all of them."""
    metrics = need("sklearn.metrics")
    one = crossed.codes_each == 1
    rows: list[dict[str, Any]] = []
    undefined = False
    for among, which in ((_IN_TOPIC, one & (crossed.topic >= 0)), (_ALL, one)):
        _, topic = np.unique(crossed.topic[which], return_inverse=True)
        _, code = np.unique(crossed.coded[which].argmax(axis=1), return_inverse=True)
        groups_in_both = min(topic.max(initial=-1), code.max(initial=-1)) + 1
        defined = 1 < groups_in_both < len(topic)
        undefined |= not defined
        nulls = [np.zeros(0)] * 2
        if defined:
            nulls = list(agreement_null(topic, code, groups[which], permutations, seed))
        for measure, null, score in (
            ("AMI", nulls[1], metrics.adjusted_mutual_info_score),
            ("ARI", nulls[0], metrics.adjusted_rand_score),
        ):
            value = float(score(code, topic)) if defined else np.nan
            rows.append(
                _against_chance(value, null)
                | {"measure": measure, "among": among, "passages": len(topic)}
            )
    if undefined:
        what = (
            "passages with one code are of one topic or one code, or too few: no index is defined"
        )
        warnings.warn(CoefficientWarning(what), stacklevel=4)
    return make_frame("topic_agreement", rows)


def _against_chance(value: float, null: NDArray[np.float64]) -> dict[str, float]:
    some = len(null) > 0
    return {
        "value": value,
        "chance": float(null.mean()) if some else np.nan,
        "chance_high": float(np.quantile(null, 0.95)) if some else np.nan,
        "p": float(p_value(value, null)),
    }


def by_code(
    crossed: Crossed,
    f1: NDArray[np.float64],
    shared: NDArray[np.int64],
    chance: NDArray[np.float64],
    names: dict[str, str],
    labels: list[str],
) -> pd.DataFrame:
    """Hold each code against its best topic, the code that is found best first."""
    there = np.flatnonzero(crossed.coded.any(axis=0))
    if not labels:
        f1, shared = np.zeros((len(f1), 1)), np.zeros((len(f1), 1), dtype=np.int64)
    best = f1.argmax(axis=1)
    p = p_value(f1.max(axis=1), chance)[there]
    q = adjust(p)
    codes = crossed.coded.sum(axis=0)
    topics = np.append(crossed.in_topic.sum(axis=0), 1)
    rows: list[dict[str, Any]] = [
        {
            "code_id": crossed.code_ids[row],
            "code_path": names[crossed.code_ids[row]],
            "passages": int(codes[row]),
            "topic": int(best[row]) + 1 if f1[row].any() else None,
            "label": labels[best[row]] if f1[row].any() else "",
            "shared": int(shared[row, best[row]]),
            "precision": float(shared[row, best[row]] / topics[best[row]]),
            "recall": float(shared[row, best[row]] / codes[row]),
            "f1": float(f1[row, best[row]]),
            "chance_f1": float(chance[:, row].mean()),
            "p": float(p[place]),
            "q": float(q[place]),
            "found": bool(q[place] <= SURE),
        }
        for place, row in enumerate(there.tolist())
    ]
    rows.sort(key=lambda row: (-row["f1"], row["code_path"]))
    return make_frame("code_topics", rows)


def by_topic(
    crossed: Crossed,
    f1: NDArray[np.float64],
    shared: NDArray[np.int64],
    chance: NDArray[np.float64],
    names: dict[str, str],
    topics: pd.DataFrame,
) -> pd.DataFrame:
    """Hold each topic against its best code, in order of the topics."""
    if topics.empty:
        return make_frame("topic_codes", [])
    best = f1.argmax(axis=0)
    p = p_value(f1.max(axis=0), chance)
    q = adjust(p)
    bare = ~crossed.coded.any(axis=1, keepdims=True)
    uncoded = (crossed.in_topic & bare).sum(axis=0)
    rows = []
    for place, topic in enumerate(topics.to_dict("records")):
        both, any_code = int(shared[best[place], place]), bool(f1[:, place].any())
        code = crossed.code_ids[best[place]] if any_code else ""
        share = both / topic["passages"]
        rows.append(
            {name: topic[name] for name in ("topic", "label", "passages", "stability")}
            | {name: topic[name] for name in ("quotes", "sources")}
            | {
                "uncoded": int(uncoded[place]),
                "code_id": code,
                "code_path": names.get(code, ""),
                "shared": both,
                "code_share": share,
                "f1": float(f1[best[place], place]),
                "chance_f1": float(chance[:, place].mean()),
                "p": float(p[place]),
                "q": float(q[place]),
                "reading": _reading(uncoded[place] / topic["passages"], share, float(q[place])),
            }
        )
    return make_frame("topic_codes", rows)


def _reading(uncoded: float, share: float, q: float) -> str:
    """Say what a topic is to the codebook."""
    if uncoded >= _HALF:
        return "mostly uncoded"
    if q > SURE:
        return "no code above chance"
    return "one code" if share >= _HALF else "several codes"
