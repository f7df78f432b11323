"""Figures of suggestions: what they say, and what is drawn."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from qualcode import plot_bias, plot_calibration, plot_suggestion_scores, suggestion_bias
from qualcode.errors import UnknownValueError
from qualcode.frames import empty_frame
from tests.machine.test_bias import held_out, made

CODES = pd.DataFrame(
    {
        "code_path": ["Rest > Breaks", "Pay", "Rota", "Sleep"],
        "passages": [30, 12, 4, 1],
        "f1": [0.6, 0.2, np.nan, 0.9],
        "f1_low": [0.5, 0.1, np.nan, np.nan],
        "f1_high": [0.7, 0.4, np.nan, np.nan],
        "ap": [0.7, 0.3, np.nan, 1.0],
        "ap_low": [0.6, 0.2, np.nan, np.nan],
        "ap_high": [0.8, 0.5, np.nan, np.nan],
        "human_f1": [0.7, np.nan, 0.5, np.nan],
    }
)


def title(ax):
    return " ".join(ax.get_title(loc="left").split())


def marks(ax, kind):
    """Give the places of the marks of a kind, in order of drawing."""
    return [
        (round(float(line.get_xdata()[0]), 6), round(float(line.get_ydata()[0]), 6))
        for line in ax.lines
        if line.get_marker() == kind
    ]


def texts(ax):
    return " ".join(" ".join(one.get_text().split()) for one in ax.texts)


def calibrated(share, likely, many=30):
    rows = [("a", "w", "S", "Nurse", True, at < share * many, likely) for at in range(many)] + [
        ("a", "w", "S", "Nurse", False, False, 0.05) for _ in range(many)
    ]
    return held_out(rows)


def test_calibration_says_what_the_likeliest_come_to():
    ax = plot_calibration(calibrated(0.5, 0.85))
    assert title(ax) == "Of what is called 85% likely, 50% was coded"
    assert marks(ax, "o") == [(0.05, 0.0), (0.85, 0.5)]
    # Brier: 15 are off by 0.15, 15 by 0.85, 30 by 0.05
    assert "n = 60 decisions (passage × code) in 1 interview," in texts(ax)
    brier = (15 * 0.15**2 + 15 * 0.85**2 + 30 * 0.05**2) / 60
    assert f"Brier score {brier:.3f}; expected calibration error 0.200 over 2 groups." in texts(ax)


def test_calibration_does_not_speak_of_too_few():
    frame = pd.concat([calibrated(0.5, 0.55), calibrated(1, 0.95, many=3)], ignore_index=True)
    assert title(plot_calibration(frame)) == "Of what is called 55% likely, 50% was coded"


def test_bias_names_the_group_of_whom_more_is_missed():
    frame = suggestion_bias(made(1, missed=(0.15, 0.55)))
    ax = plot_bias(frame)
    shares = frame.set_index("group")["missed_share"]
    small, large = (f"{name} ({shares[name]:.0%})" for name in ("small", "large"))
    assert title(ax) == f"More is missed of {small} than of {large}"
    assert marks(ax, "o") == [
        (round(share, 6), place - 0.16) for place, share in enumerate(frame["missed_share"])
    ]
    assert marks(ax, "s") == [
        (round(share, 6), place + 0.16) for place, share in enumerate(frame["false_alarm_share"])
    ]
    assert texts(ax).count("q = 0.") == 2


def test_bias_by_chance_is_said_to_be_by_chance():
    ax = plot_bias(suggestion_bias(made(5)))
    assert title(ax).endswith("but no more than chance would explain")


def test_a_small_group_is_hollow_and_one_without_codings_has_no_mark():
    rows = [("a", "large", "S", "Nurse", False, False, 0.5)]
    rows += [("b", "small", "S", "Nurse", True, True, 0.5)]
    ax = plot_bias(suggestion_bias(held_out(rows)))
    assert title(ax) == "There is no group to compare"
    circles = [line for line in ax.lines if line.get_marker() == "o"]
    assert [line.get_markerfacecolor() for line in circles] == ["white"]
    assert texts(ax).count("not defined") == 2


def test_scores_stand_beside_those_of_people():
    ax = plot_suggestion_scores(CODES)
    assert title(ax) == "F1 of suggestions lies between 0.20 (Pay) and 0.90 (Sleep)"
    assert [one.get_text() for one in ax.get_yticklabels()] == [
        "Sleep  (n = 1)",
        "Breaks  (n = 30)",
        "Pay  (n = 12)",
        "Rota  (n = 4)",
    ]
    assert marks(ax, "o") == [(0.9, 0.0), (0.6, 1.0), (0.2, 2.0)]
    assert marks(ax, "D") == [(0.7, 1.0), (0.5, 3.0)]
    assert "not defined" in texts(ax)
    assert "Diamonds: two people against each other." in texts(ax)


def test_average_precision_has_no_diamonds_and_the_rarest_are_left_out():
    ax = plot_suggestion_scores(CODES, measure="ap", most=3)
    assert title(ax) == "Average precision of suggestions lies between 0.30 (Pay) and 0.70 (Breaks)"
    assert marks(ax, "D") == []
    assert "Not shown: 1 code given less often." in texts(ax)
    assert "Diamonds" not in texts(ax)


def test_a_score_that_is_no_score():
    with pytest.raises(UnknownValueError, match="measure='kappa'"):
        plot_suggestion_scores(CODES, measure="kappa")


@pytest.mark.parametrize(
    "draw",
    [
        lambda ax: plot_calibration(calibrated(0.5, 0.85), ax=ax),
        lambda ax: plot_bias(suggestion_bias(made(5, interviews=8, many=5)), ax=ax),
        lambda ax: plot_suggestion_scores(CODES, ax=ax),
    ],
)
def test_the_callers_axes_are_drawn_on_and_no_style_is_changed(draw):
    before = dict(mpl.rcParams)
    ax = Figure().add_subplot()
    assert draw(ax) is ax
    assert dict(mpl.rcParams) == before


def test_nothing_to_draw_is_said():
    assert title(plot_calibration(empty_frame("held_out"))) == "Nothing was suggested yet"
    assert title(plot_suggestion_scores(CODES.iloc[:0])) == "No code can be scored"
