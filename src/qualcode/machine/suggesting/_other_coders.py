"""The human ceiling: another coder's codes, scored as if they had been suggestions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.machine.suggesting._score_tables import human_row
from qualcode.machine.suggesting._scores import draw_weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.machine.suggesting._labelled import Labelled
    from qualcode.study import Study

__all__ = ["score_others"]


def score_others(
    study: Study,
    coder: str,
    others: Iterable[str] | None,
    labelled: Labelled,
    lay_out: Callable[..., Labelled],
    draws: int,
    rng: np.random.Generator,
) -> tuple[list[dict[str, Any]], NDArray[np.float64]]:
    """Score the other coders: a row each, and each code's F1 for the one who shares most."""
    rows, most = [], 0
    human = np.full(len(labelled.codes), np.nan)
    names = [one for one in study.codings.coders if one != coder] if others is None else others
    names = [names] if isinstance(names, str) else names
    for other in names:
        read = set(study.segments(coder=other)["transcript_id"])
        shared = np.flatnonzero([name in read for name in labelled.groups])
        if not len(shared):
            continue
        mine = labelled.take(shared)
        theirs = lay_out(study, other, on=mine.passages)
        row, one = human_row(coder, other, mine, theirs, draw_weights(mine.groups, draws, rng))
        rows.append(row)
        if len(shared) > most:
            most, human = len(shared), one
    return rows, human
