"""Everything that was learned of one coder's codes, and how each code was learned."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from qualcode.machine.suggesting._deciding import Deciding, decide
from qualcode.machine.suggesting._learner import Weights, cross_scores
from qualcode.machine.suggesting._weak import likeness, standardised

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.machine.suggesting._features import Features
    from qualcode.machine.suggesting._labelled import Labelled

    Floats = NDArray[np.float64]
    Rows = NDArray[np.int64]
    Vectors = NDArray[np.float32]

__all__ = ["DEFINITION", "FEW", "TRAINED", "Model", "learn", "learn_again"]

TRAINED, FEW, DEFINITION = "trained", "few passages", "definition only"
#: A code is trained with at least so many passages, from so many interviews.
LEAST_PASSAGES, LEAST_INTERVIEWS = 5, 2
#: Standard units of likeness below which nothing is offered, and where nothing is learned at all.
_NEAR, _FAR = 2.0, 3.0


@dataclass(frozen=True, eq=False)
class Model:
    """What was learned.

    Parameters
    ----------
    weights : Weights
        Of the trained codes.
    deciding : Deciding
        How each code's scores are read.
    basis : tuple of str
        For each code, `TRAINED`, `FEW` or `DEFINITION`.
    scores : array of float, shape (passages, codes)
        Of all passages, each from what was learned of other interviews than its own.
    """

    weights: Weights
    deciding: Deciding
    basis: tuple[str, ...]
    scores: Floats

    @cached_property
    def probabilities(self) -> Floats:
        """The probability of each code at each passage."""
        return self.deciding.probabilities(self.scores)

    @property
    def bend(self) -> tuple[float, float, float] | None:
        """The curve that all trained codes have in common; None if there is none."""
        trained = [number for number, one in enumerate(self.basis) if one == TRAINED]
        if not trained:
            return None
        low, high, middle = self.deciding.bend[:, trained[0]].tolist()
        return low, high, middle

    @property
    def weak(self) -> list[int]:
        """The numbers of the codes that could not be trained."""
        return [number for number, basis in enumerate(self.basis) if basis != TRAINED]


def learn(features: Features, labelled: Labelled, rows: Rows, definitions: Vectors) -> Model:
    """Learn all codes from some passages.

    Parameters
    ----------
    features : Features
        Of all passages, fitted on the rows.
    labelled : Labelled
        What the coder did.
    rows : array of int
        The passages to learn from.
    definitions : array of float32, shape (codes, dimensions)
        What the codebook says of each code.
    """
    basis = _basis(labelled, rows)
    trained = [number for number, one in enumerate(basis) if one == TRAINED]
    known = np.zeros_like(labelled.known)
    known[:, trained] = labelled.known[:, trained]  # other codes are not looked at
    weights, scores = cross_scores(features, labelled.coded, known, labelled.groups, rows)
    deciding = decide(scores[rows], labelled.coded[rows], labelled.known[rows])
    model = Model(weights, deciding, basis, scores)
    return _with_weak(model, features, labelled, rows, definitions)


def learn_again(
    model: Model,
    features: Features,
    labelled: Labelled,
    rows: Rows,
    definitions: Vectors,
    columns: list[int],
) -> Model:
    """Learn some codes again, after decisions on them; the others stay as they are."""
    basis = _basis(labelled, rows)
    trained = [number for number in columns if basis[number] == TRAINED]
    some = labelled.of(trained)
    weights, found = cross_scores(features, some.coded, some.known, some.groups, rows)
    scores = model.scores.copy()
    scores[:, trained] = found
    read = decide(found[rows], some.coded[rows], some.known[rows], model.bend)
    new = Model(
        model.weights.with_codes(trained, weights),
        model.deciding.with_codes(trained, read),
        basis,
        scores,
    )
    return _with_weak(new, features, labelled, rows, definitions, columns)


def _basis(labelled: Labelled, rows: Rows) -> tuple[str, ...]:
    groups = labelled.groups[rows]
    found = []
    for code in range(len(labelled.codes)):
        has = labelled.coded[rows, code]
        enough = has.sum() >= LEAST_PASSAGES and len(set(groups[has])) >= LEAST_INTERVIEWS
        found.append(TRAINED if enough else FEW if has.any() else DEFINITION)
    return tuple(found)


def _with_weak(
    model: Model,
    features: Features,
    labelled: Labelled,
    rows: Rows,
    definitions: Vectors,
    columns: list[int] | None = None,
) -> Model:
    """Score weak codes by likeness, read as it would be for the trained codes together.

    How well definitions find passages in this study is known for the codes that have passages;
    the others are taken to be no better. If there is none, only what is far out is offered.
    """
    weak = [one for one in model.weak if columns is None or one in columns]
    if not weak:
        return model
    own = features.blocks[0]
    vectors = own.vectors[own.index]
    trained = [number for number, one in enumerate(model.basis) if one == TRAINED]
    other = Deciding(*(np.array(one) for one in ([1.0], [-_FAR], [[1.0], [1.0], [0.0]], [0.5])))
    if trained:
        coded = labelled.coded[rows][:, trained].reshape(-1, 1)
        known = labelled.known[rows][:, trained].reshape(-1, 1)
        like = standardised(vectors @ definitions[trained].T)[rows].reshape(-1, 1)
        other = decide(like, coded, known)
        near = float(other.probabilities(np.array([[_NEAR]]))[0, 0])
        other = replace(other, threshold=np.maximum(other.threshold, near))
    scores = model.scores.copy()
    scores[:, weak] = likeness(vectors, definitions[weak], labelled.coded[:, weak], rows)
    return replace(model, scores=scores, deciding=model.deciding.with_codes(weak, other))
