"""Suggestions for real interviews by others, against figures published for the same data."""

from __future__ import annotations

import socket

import pytest

from qualcode import evaluate_suggestions
from tests.machine._pdpilot import pdpilot_study

# Sentence embeddings with logistic regression on these data, folds grouped by interview.
MACRO_F1, MAP = 0.540, 0.636
METHODS = ("suggestions", "meaning alone", "words alone")


@pytest.fixture(scope="module")
def found():
    def refuse(*given, **named):
        raise AssertionError("the network was asked")

    study = pdpilot_study()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, refuse)
        for name in ("create_connection", "getaddrinfo"):
            patch.setattr(socket, name, refuse)
        return evaluate_suggestions(study, methods=METHODS, draws=50)


def test_the_study_is_the_one_that_the_figures_are_of(found):
    first = found.scores.iloc[0]
    assert first[["passages", "interviews", "codes"]].tolist() == [216, 7, 8]


def test_suggestions_are_better_than_what_was_published(found):
    scores = found.scores.set_index("method")
    assert scores.loc["suggestions", "macro_f1"] >= 0.56 > MACRO_F1
    assert scores.loc["suggestions", "map"] >= 0.66 > MAP


@pytest.mark.parametrize("measure", ["macro_f1", "map"])
@pytest.mark.parametrize("baseline", METHODS[1:])
def test_suggestions_are_better_than_their_parts(found, measure, baseline):
    scores = found.scores.set_index("method")[measure]
    assert scores["suggestions"] > scores[baseline]


def test_intervals_are_wide_for_seven_interviews(found):
    first = found.scores.iloc[0]
    for name in ("macro_f1", "map"):
        assert first[f"{name}_low"] < first[name] < first[f"{name}_high"]
        assert first[f"{name}_high"] - first[f"{name}_low"] > 0.03
