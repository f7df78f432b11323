"""The forest of α and the map of confusions: titles, marks, numbers, captions."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.patches import Rectangle

from qualcode.analysis.agreement.agreement_table import agreement
from qualcode.analysis.agreement.disagreements import code_confusion
from qualcode.frames import empty_frame, make_frame
from qualcode.reporting.agreement_figures import plot_agreement, plot_confusion, short_names
from qualcode.reporting.figures import save_figure
from qualcode.study import open_study
from qualcode.study.example import example_study

TWO = ("ann", "ben")
NAN = float("nan")


def table_of(*rows):
    """Make the frame of (path, alpha, low, high, both, alone)."""
    zero = dict.fromkeys(("percent", "kappa", "ac1", "span_f1", "overlap_f1", "character_f1"), 0.0)
    zero |= dict.fromkeys(("prevalence", "share_coded", "coverage"), 0.0)
    return make_frame(
        "agreement",
        [
            {
                **zero, "code_id": path, "code_path": path, "units": 50, "both": both,
                "first_only": alone, "second_only": 0, "neither": 50 - both - alone,
                "alpha": alpha, "alpha_low": low, "alpha_high": high, "reading": "",
            }
            for path, alpha, low, high, both, alone in rows
        ],
    )  # fmt: skip


def labels(axis):
    return [label.get_text() for label in axis.get_ticklabels()]


def said(ax):
    return " ".join(" ".join(text.get_text() for text in ax.texts).split())


class TestForest:
    ROWS = (
        ("Rest > Sleep", 0.4, 0.1, 0.7, 3, 2),
        ("Pay", 0.9, NAN, NAN, 8, 0),
        ("Post", NAN, NAN, NAN, 0, 0),
    )

    def test_the_best_first_with_n(self):
        ax = plot_agreement(table_of(*self.ROWS))
        assert labels(ax.yaxis) == ["Pay  (n = 8)", "Sleep  (n = 5)", "Post  (n = 0)"]
        assert ax.get_title(loc="left") == "α lies between 0.40 (Sleep) and 0.90 (Pay)"

    def test_hollow_without_an_interval_and_none_where_undefined(self):
        ax = plot_agreement(table_of(*self.ROWS))
        marks = [line for line in ax.lines if line.get_marker() == "o"]
        assert [(mark.get_xdata()[0], mark.get_markerfacecolor()) for mark in marks] == [
            (0.9, "white"),
            (0.4, "#222222"),
        ]
        spans = [
            line for line in ax.lines if line.get_marker() == "None" and line.get_alpha() is None
        ]
        assert [0.1, 0.7] in [list(line.get_xdata()) for line in spans]
        assert "not defined" in said(ax)

    def test_what_lies_below_zero_is_shown(self):
        ax = plot_agreement(table_of(("Rest", -0.4, -0.6, 0.1, 1, 9)))
        assert ax.get_xlim()[0] == pytest.approx(-0.63)
        assert ax.get_title(loc="left") == "α is -0.40 for Rest"

    def test_the_caption_says_on_what_it_rests(self):
        ax = plot_agreement(table_of(*self.ROWS), unit="sentence")
        assert "n = 50 sentences that both coders read" in said(ax)

    def test_by_transcript(self, root):
        table = agreement(open_study(root), coders=("A", "B"), by="transcript", resamples=50)
        ax = plot_agreement(table)
        assert labels(ax.yaxis)[-1] == "council-02  (n = 42)"
        assert "n = up to 3,619 decisions an interview (turn × code)" in said(ax)
        assert "if other turns had been drawn" in said(ax)

    def test_nothing_to_draw(self):
        ax = plot_agreement(empty_frame("agreement"))
        assert ax.get_title(loc="left") == "Nothing here can be measured"

    def test_on_the_callers_axes_and_in_a_file(self, tmp_path):
        ax = plot_agreement(table_of(*self.ROWS))
        assert plot_agreement(table_of(*self.ROWS[:1]), ax=ax) is ax
        one, other = (
            save_figure(plot_agreement(table_of(*self.ROWS)), tmp_path / name).read_bytes()
            for name in ("a.svg", "b.svg")
        )
        assert one == other


class TestConfusion:
    def matrix(self, size=3):
        values = np.arange(size * size).reshape(size, size)
        names = [*(f"T > Code {n}" for n in range(size - 1)), "no code"]
        return pd.DataFrame(values, pd.Index(names, name="A"), pd.Index(names, name="B"))

    def test_the_numbers_and_the_frames(self):
        ax = plot_confusion(self.matrix())
        numbers = {
            text.get_position(): text.get_text() for text in ax.texts if text.get_text().isdigit()
        }
        assert numbers == {
            (1, 0): "1", (2, 0): "2", (0, 1): "3", (1, 1): "4", (2, 1): "5", (0, 2): "6", (1, 2): "7",
        }  # fmt: skip
        framed = [patch.get_x() for patch in ax.patches if isinstance(patch, Rectangle)]
        assert framed == pytest.approx([-0.46, 0.54])

    def test_shades_are_of_differences(self):
        ax = plot_confusion(self.matrix())
        shades = np.asarray(ax.collections[0].get_array()).reshape(3, 3)
        assert shades.diagonal().tolist() == [0, 0, 0]
        assert shades.max() == shades[2, 1]

    def test_the_title_counts(self):
        title = plot_confusion(code_confusion(example_study(), coders=TWO)).get_title(loc="left")
        assert " ".join(title.split()) == (
            "ann and ben give 2 of 4 passages one name; 2 only one of them coded, 0 they name otherwise"
        )

    def test_only_those_with_the_most_differences(self):
        ax = plot_confusion(self.matrix(6), most=2)
        assert labels(ax.yaxis) == ["Code 3", "Code 4", "no code"]
        assert "Not shown: 3 codes with fewer differences." in said(ax)

    def test_nothing_coded(self):
        ax = plot_confusion(self.matrix(1).iloc[:1, :1])
        assert labels(ax.yaxis) == ["no code"]


def test_short_names_tell_codes_apart():
    assert short_names(["A > Money", "B > Money", "B > Time"]) == ["A > Money", "B > Money", "Time"]
