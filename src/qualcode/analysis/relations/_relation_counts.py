"""One coder's codings as arrays, and the counts of every pair of codes in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

import numpy as np
import pandas as pd

from qualcode.analysis import _pairs
from qualcode.analysis.relations._chance import adjust, count_pairs, shuffle_test
from qualcode.analysis.relations._touched import meetings, turns_touched

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.model import Transcript

    Ints = NDArray[np.int64]

__all__ = ["DIRECTED", "Spans", "count_relations"]

#: kind of relation -> whether it has a direction
DIRECTED = {"overlap": False, "turn": False, "near": False, "nested": True, "order": True}


class _Shape(TypedDict):
    """What a table of counts is like."""

    codes: int
    directed: bool


@dataclass(frozen=True, eq=False)
class Spans:
    """One coder's codings as arrays; only the codes that the coder gave have a number."""

    coder: str
    codes: Ints  # places in the codebook
    labels: Ints
    interview: Ints
    body: Ints  # -1 where there is none
    start: Ints
    end: Ints
    first: Ints
    last: Ints

    @classmethod
    def of(
        cls,
        own: pd.DataFrame,
        ids: list[str],
        level: str,
        corpus: Mapping[str, Transcript] | None,
    ) -> Spans:
        places = pd.Index(ids).get_indexer(pd.Index(own[f"{level}_id"]))
        codes, labels = np.unique(places, return_inverse=True)
        body = pd.factorize(own["body"].mask(own["body"] == ""))[0]
        return cls(
            str(own["coder"].iloc[0]),
            codes,
            labels,
            pd.factorize(own["transcript_id"])[0],
            body,
            own["start"].to_numpy(),
            own["end"].to_numpy(),
            *turns_touched(own, corpus),
        )

    def pairs(self, kind: str, within: int) -> tuple[Ints, Ints]:
        """Find the related codings."""
        if kind in ("turn", "near"):
            turns = 0 if kind == "turn" else within
            return _pairs.near_pairs(self.interview, self.first, self.last, turns)
        if kind == "order":
            return _pairs.sequel_pairs(
                self.interview, self.start, self.end, self.first, self.last, within
            )
        find = _pairs.nested_pairs if kind == "nested" else _pairs.overlap_pairs
        return find(self.interview, self.start, self.end)


def count_relations(
    spans: Spans, kind: str, within: int, rng: np.random.Generator | None, shuffles: int
) -> dict[str, Any]:
    """Count one coder's pairs, and test them."""
    codes, directed = len(spans.codes), DIRECTED[kind]
    pairs = spans.pairs(kind, within)
    shape = _Shape(codes=codes, directed=directed)
    rows, columns = _cells(codes, directed)
    counted = count_pairs(spans.labels, *pairs, **shape)[rows, columns]
    given = np.bincount(spans.labels, minlength=codes)
    both, either = meetings(spans.labels, spans.interview, spans.first, spans.last, codes=codes)
    table = {
        "coder": spans.coder,
        "rows": spans.codes[rows],
        "columns": spans.codes[columns],
        "pairs": counted,
        "interviews": _places_with(spans.labels, pairs, spans.interview, **shape)[rows, columns],
        "bodies": _places_with(spans.labels, pairs, spans.body, **shape)[rows, columns],
        "first_codings": given[rows],
        "second_codings": given[columns],
        "turns_both": both[rows, columns],
        "turns_either": either[rows, columns],
    }
    tested = np.full((3, len(rows)), np.nan)
    if rng is not None:
        tested = _test(spans, pairs, (rows, columns), rng, shuffles, shape)
    return table | dict(zip(("expected", "p", "q"), tested, strict=True))


def _cells(codes: int, directed: bool) -> tuple[Ints, Ints]:
    """Give the pairs of different codes, in the order of the codebook."""
    if not directed:
        rows, columns = np.triu_indices(codes, 1)
    else:
        rows, columns = np.nonzero(~np.eye(codes, dtype=bool))
    return rows.astype(np.int64), columns.astype(np.int64)


def _places_with(
    labels: Ints, pairs: tuple[Ints, Ints], place: Ints, *, codes: int, directed: bool
) -> Ints:
    """Count for each pair of codes the interviews, or bodies, that have such a pair of codings."""
    one, other = labels[pairs[0]], labels[pairs[1]]
    if not directed:
        one, other = np.minimum(one, other), np.maximum(one, other)
    known = place[pairs[0]] >= 0
    once = np.unique(np.stack([one, other, place[pairs[0]]])[:, known], axis=1)
    counts = np.zeros((codes, codes), dtype=np.int64)
    np.add.at(counts, (once[0], once[1]), 1)
    return counts


def _test(
    spans: Spans,
    pairs: tuple[Ints, Ints],
    cells: tuple[Ints, Ints],
    rng: np.random.Generator,
    shuffles: int,
    shape: _Shape,
) -> NDArray[np.float64]:
    """Give expected, p and q for the cells; nan where the codes are never in one interview."""
    expected, p = shuffle_test(
        spans.labels, spans.interview, pairs, rng=rng, shuffles=shuffles, **shape
    )
    there = np.zeros((len(spans.codes), int(spans.interview.max(initial=-1)) + 1), dtype=np.int64)
    there[spans.labels, spans.interview] = 1
    tested = np.where((there @ there.T > 0)[cells], np.stack([expected[cells], p[cells]]), np.nan)
    return np.vstack([tested, adjust(tested[1])])
