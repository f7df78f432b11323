"""All passages of a study as one coder's codes are learned on them: one state, never changed.

Decisions make a new state. Whoever reads the old one meanwhile is not disturbed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from qualcode.machine.suggesting._deciding import beats_chance, held_out_offers, offer_threshold
from qualcode.machine.suggesting._learner import folds_of
from qualcode.machine.suggesting._model import TRAINED, Model, learn, learn_again

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.coding.suggesting import Decision
    from qualcode.machine.suggesting._features import Features
    from qualcode.machine.suggesting._labelled import Labelled

    Flags = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Rows = NDArray[np.int64]
    Vectors = NDArray[np.float32]

__all__ = ["Reading", "begin_reading", "decided_before"]

_MOST = 20_000  # passages to learn from


@dataclass(frozen=True, eq=False)
class Reading:
    """What is known, and what was learned of it.

    Parameters
    ----------
    labelled : Labelled
        All passages, and what the coder did.
    declined : array of bool, shape (passages, codes)
        What was offered and not taken.
    features : Features
        Of all passages.
    definitions : array of float32, shape (codes, dimensions)
        What the codebook says of each code.
    above : array of bool, shape (codes, codes)
        Which codes, the columns, stand above which.
    rows : array of int
        The passages learned from.
    model : Model
        What was learned.
    least : float
        The share of a code's offers that must have been right on held-out interviews.
    """

    labelled: Labelled
    declined: Flags
    features: Features
    definitions: Vectors
    above: Flags
    rows: Rows
    model: Model
    least: float = 0.0

    @cached_property
    def open(self) -> Flags:
        """Which codes may be offered at which passage: neither given nor declined.

        What has a code is not offered the codes above it.
        """
        coded = self.labelled.coded
        implied = coded.astype(np.float32) @ self.above > 0
        return ~(coded | self.declined | implied)

    def offered(self, rows: Rows) -> Flags:
        """Tell which codes are offered at some passages."""
        return np.asarray((self.model.probabilities[rows] >= self.limits) & self.open[rows])

    @cached_property
    def limits(self) -> Floats:
        """The least probability at which each code is offered; infinite if it never is."""
        limits = self.model.deciding.threshold.copy()
        for code, (held, marks, _) in self._judged.items():
            limits[code] = offer_threshold(held, marks, self.least)
            if not self._is_right_enough(code):
                limits[code] = np.inf
        limits[self.chance] = np.inf
        return limits

    def _is_right_enough(self, code: int) -> bool:
        """Tell whether the share that was promised held on interviews that had no part in it."""
        offered, marks = self.held_out[code]
        right = int((marks & offered).sum())
        return right >= self.least * int(offered.sum()) and bool(offered.any())

    @cached_property
    def chance(self) -> Flags:
        """Which codes nothing says are found better than by chance."""
        found = np.zeros(len(self.labelled.codes), dtype=bool)
        for code, (held, marks, folds) in self._judged.items():
            found[code] = not beats_chance(held_out_offers(held, marks, folds), marks)
        return found

    @cached_property
    def held_out(self) -> dict[int, tuple[Flags, Flags]]:
        """For each trained code, what would be offered on held-out interviews, and what the coder did."""
        return {
            code: (held_out_offers(held, marks, folds, self.least), marks)
            for code, (held, marks, folds) in self._judged.items()
        }

    @cached_property
    def _judged(self) -> dict[int, tuple[Floats, Flags, list[Rows]]]:
        """For each trained code, its probabilities on held-out interviews, what is so, and folds."""
        found = {}
        groups = self.labelled.groups[self.rows]
        known, coded = self.labelled.known[self.rows], self.labelled.coded[self.rows]
        for code, basis in enumerate(self.model.basis):
            some = known[:, code]
            if basis == TRAINED and some.any():
                held = self.model.probabilities[self.rows[some], code]
                found[code] = held, coded[some, code], folds_of(groups[some])
        return found

    def decided(self, decisions: Iterable[Decision]) -> Reading:
        """Take decisions in, and learn again the codes that they are about."""
        labelled = replace(
            self.labelled, coded=self.labelled.coded.copy(), known=self.labelled.known.copy()
        )
        declined = self.declined.copy()
        columns: set[int] = set()
        learned = [self.rows]
        for one in decisions:
            column = labelled.column(one.code_id)
            rows = labelled.touched(one.transcript_id, one.start, one.end)
            if column is None or not len(rows):
                continue
            labelled.coded[rows, column] = one.accepted
            labelled.known[rows, column] = True
            declined[rows, column] = not one.accepted
            columns.add(column)
            learned.append(rows)
        rows = np.unique(np.concatenate(learned))
        model = learn_again(
            self.model, self.features, labelled, rows, self.definitions, sorted(columns)
        )
        return replace(self, labelled=labelled, declined=declined, rows=rows, model=model)


def begin_reading(
    labelled: Labelled,
    declined: Flags,
    features: Callable[[], Features],
    definitions: Vectors,
    above: Flags,
    rng: np.random.Generator,
    least: float,
) -> Reading:
    """Learn everything for the first time."""
    labelled = replace(labelled, known=labelled.known | declined)
    rows = _sample(labelled, rng)
    fitted = features().fitted(rows if len(rows) else np.arange(len(labelled.passages)))
    model = learn(fitted, labelled, rows, definitions)
    return Reading(labelled, declined, fitted, definitions, above, rows, model, least)


def _sample(labelled: Labelled, rng: np.random.Generator) -> Rows:
    """Choose what to learn from: all that has a code, and of the rest as much as is affordable."""
    rows = labelled.rows
    if len(rows) <= _MOST:
        return rows
    has = labelled.coded[rows].any(axis=1)
    spare = max(_MOST - int(has.sum()), int(has.sum()))
    rest = rng.permutation(rows[~has])[:spare]
    return np.sort(np.concatenate([rows[has], rest]))


def decided_before(labelled: Labelled, decisions: Iterable[Decision]) -> Flags:
    """Mark the passages at which a code was declined."""
    declined = np.zeros_like(labelled.coded)
    for one in decisions:
        column = labelled.column(one.code_id)
        if column is not None:
            declined[labelled.touched(one.transcript_id, one.start, one.end), column] = True
    return declined
