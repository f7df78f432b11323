"""Everything that was learned of one coder's codes, and how each code was learned."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from qualcode.machine.suggesting._deciding import Deciding, decide, offer_threshold
from qualcode.machine.suggesting._learner import Weights, cross_scores
from qualcode.machine.suggesting._weak import likeness

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
_LEAST = 0.2  # of what the other codes' definitions find, that must be right


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
    the others are taken to be no better. Cosines are put on one scale for all codes, so that a
    code that nobody speaks of has no passage that is near. If nothing was trained, only what is
    far out is offered.
    """
    weak = [one for one in model.weak if columns is None or one in columns]
    if not weak:
        return model
    own = features.blocks[0]
    vectors = own.vectors[own.index]
    trained = [number for number, one in enumerate(model.basis) if one == TRAINED]
    like = _on_one_scale((vectors @ definitions.T).astype(float), trained or weak)
    other = Deciding(*(np.array(one) for one in ([1.0], [-_FAR], [[1.0], [1.0], [0.0]], [0.5])))
    if trained:
        other = _read_likeness(like[rows][:, trained], labelled.of(trained).take(rows))
    scores = model.scores.copy()
    scores[:, weak] = likeness(
        like[:, weak], vectors, labelled.coded[:, weak], rows, labelled.groups
    )
    return replace(model, scores=scores, deciding=model.deciding.with_codes(weak, other))


def _on_one_scale(cosines: Floats, columns: list[int]) -> Floats:
    """Put cosines into standard units, the same for all codes."""
    some = cosines[:, columns]
    return np.asarray((cosines - some.mean()) / (some.std() or 1.0))


def _read_likeness(like: Floats, labelled: Labelled) -> Deciding:
    """Learn how likeness to definitions is read, of all trained codes as if they were one."""
    coded, known = labelled.coded.reshape(-1, 1), labelled.known.reshape(-1, 1)
    read = decide(like.reshape(-1, 1), coded, known)
    probability, marks = read.probabilities(like.reshape(-1, 1))[known], coded[known]
    near = float(read.probabilities(np.array([[_NEAR]]))[0, 0])
    limit = max(offer_threshold(probability, marks, _LEAST), near)
    return replace(read, threshold=np.array([limit]))
