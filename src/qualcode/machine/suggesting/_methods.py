"""The ways of suggesting that are measured beside each other, each on held-out interviews."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from qualcode.errors import UnknownValueError, clip
from qualcode.machine.suggesting._deciding import decide
from qualcode.machine.suggesting._features import Features
from qualcode.machine.suggesting._learner import cross_scores
from qualcode.machine.suggesting._model import learn
from qualcode.machine.suggesting._weak import standardised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from qualcode.machine.suggesting._labelled import Labelled

    Floats = NDArray[np.float64]
    Rows = NDArray[np.int64]

__all__ = ["METHODS", "NOTES", "OURS", "Guess", "HeldOut", "check_methods", "hold_out"]


@dataclass(frozen=True, eq=False)
class HeldOut:
    """What a method made of passages whose interviews it had not seen; arrays passages × codes."""

    probability: Floats
    threshold: Floats


@dataclass(frozen=True, eq=False)
class Guess:
    """Everything a method may look at: what it may not is held out by the rows."""

    features: Features
    labelled: Labelled
    definitions: NDArray[np.float32]


def hold_out(method: str, guess: Guess, folds: list[Rows]) -> HeldOut:
    """Let a method judge each fold by what it learned of all others."""
    shape = guess.labelled.coded.shape
    probability, threshold = np.zeros(shape), np.full(shape, np.inf)
    everything = np.sort(np.concatenate(folds))
    for held in folds:
        train = np.setdiff1d(everything, held)
        fitted = replace(guess, features=guess.features.fitted(train))
        probability[held], threshold[held] = METHODS[method](fitted, train, held)
    return HeldOut(probability, threshold)


def _ours(guess: Guess, train: Rows, held: Rows) -> tuple[Floats, Floats]:
    model = learn(guess.features, guess.labelled, train, guess.definitions)
    return model.probabilities[held], model.deciding.threshold


def _regression(kind: str) -> Callable[[Guess, Rows, Rows], tuple[Floats, Floats]]:
    """Make a baseline: one regression a code, on the passage alone."""

    def judge(guess: Guess, train: Rows, held: Rows) -> tuple[Floats, Floats]:
        features, labelled = Features(guess.features.blocks[:1]), guess.labelled
        _, scores = cross_scores(
            features, labelled.coded, labelled.known, labelled.groups, train, use=(kind,)
        )
        deciding = decide(scores[train], labelled.coded[train], labelled.known[train])
        return deciding.probabilities(scores[held]), deciding.threshold

    return judge


def _definitions(guess: Guess, train: Rows, held: Rows) -> tuple[Floats, Floats]:
    """Judge by likeness to the codebook; only how likeness is read is learned."""
    own, labelled = guess.features.blocks[0], guess.labelled
    like = standardised(own.vectors[own.index] @ guess.definitions.T)
    deciding = decide(like[train], labelled.coded[train], labelled.known[train])
    return deciding.probabilities(like[held]), deciding.threshold


def _most_frequent(guess: Guess, train: Rows, held: Rows) -> tuple[Floats, Floats]:
    """Offer the most frequent code always, and no other ever."""
    share = guess.labelled.coded[train].mean(axis=0)
    threshold = np.where(share == share.max(), 0.0, np.inf)
    return np.tile(share, (len(held), 1)), threshold


OURS = "suggestions"
METHODS: dict[str, Callable[[Guess, Rows, Rows], tuple[Floats, Floats]]] = {
    OURS: _ours,
    "meaning alone": _regression("meanings"),
    "words alone": _regression("words"),
    "definitions alone": _definitions,
    "the most frequent code": _most_frequent,
}
#: what stands beside each method in a table
NOTES = {
    OURS: "meaning and words of the passage, its turn and the question before it",
    "meaning alone": "logistic regression on the passage's vector",
    "words alone": "logistic regression on the passage's TF-IDF",
    "definitions alone": "likeness to the codebook's words",
    "the most frequent code": "a baseline that reads nothing",
}


def check_methods(methods: Iterable[str]) -> list[str]:
    """Give the methods asked for, or say which there are."""
    asked = [methods] if isinstance(methods, str) else list(dict.fromkeys(methods))
    mend = f"use some of {', '.join(map(repr, METHODS))}"
    if not asked:
        raise UnknownValueError("no method is asked for", mend=mend)
    for one in asked:
        if one not in METHODS:
            raise UnknownValueError(f"no method is {clip(str(one))!r}", mend=mend)
    return asked
