"""Figures of saturation and of groups: the title says what is found, the caption warns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode import (
    compare_groups,
    example_study,
    open_study,
    plot_groups,
    plot_saturation,
    saturation,
    save_figure,
)
from qualcode.errors import UnknownValueError

from ._made import write_study

HOSTILE = "Cost of $x_1$ & <b>$y^2$</b> \\frac{1}{2} %s {0}"


@pytest.fixture
def result():
    return saturation(example_study(), base=1, run=1, orders=50)


@pytest.fixture
def groups():
    study = example_study()
    return compare_groups(study.segments(), study.people, study.codebook)


def title_of(ax):
    return ax.get_title(loc="left").replace("\n", " ")


def texts_of(ax):
    return [text.get_text().replace("\n", " ") for text in ax.texts]


class TestSaturation:
    def test_every_curve_is_drawn(self, result):
        ax = plot_saturation(result)
        by_label = {str(line.get_label()): list(line.get_ydata()) for line in ax.lines}
        assert by_label["actual order"] == [3, 4, 4]
        assert by_label["expected"] == pytest.approx(result.curve["expected"].tolist())
        assert [bar.get_height() for bar in ax.patches] == [3, 1, 0]
        assert title_of(ax) == result.finding

    def test_lines_are_told_apart_without_colour(self, result):
        lines = [line for line in plot_saturation(result).lines if line.get_label()[0] != "_"]
        assert len({(line.get_marker(), line.get_linestyle()) for line in lines}) == len(lines)

    def test_base_and_run_are_marked(self, result):
        assert {"base", "run: 2+1"} <= set(texts_of(plot_saturation(result)))
        short = saturation(example_study(), orders=5)
        assert not any(text.startswith("run") for text in texts_of(plot_saturation(short)))

    def test_the_caption_says_n_and_warns(self, result):
        caption = texts_of(plot_saturation(result))[-1]
        assert "n = 3 interviews, 4 codes given by coder ann, ben." in caption
        assert "chosen, not drawn at random" in caption

    def test_hostile_names_stay_words(self, result, tmp_path):
        ax = plot_saturation(replace(result, coder=HOSTILE))
        drawn = save_figure(ax, tmp_path / "a.svg").read_text(encoding="utf-8")
        assert "<b>" not in drawn
        assert "x_1" in drawn

    def test_the_same_result_gives_the_same_bytes(self, tmp_path):
        files = [
            save_figure(plot_saturation(saturation(example_study(), orders=30)), tmp_path / name)
            for name in ("a.svg", "b.svg")
        ]
        assert files[0].read_bytes() == files[1].read_bytes()

    def test_one_interview(self, tmp_path):
        study = open_study(write_study(tmp_path))
        ax = plot_saturation(saturation(study, order=["ward-1"], orders=5))
        assert title_of(ax).startswith("1 interview is too few")

    def test_it_draws_on_the_axes_given(self, result):
        ax = plot_saturation(result)
        again = plot_saturation(result, ax=ax.figure.add_subplot(2, 1, 2))
        assert again.figure is ax.figure


class TestGroups:
    def test_every_cell_says_n_of_n(self, groups):
        texts = texts_of(plot_groups(groups))
        assert texts[:-1] == ["2 of 2", "1 of 1", "1 of 2", "1 of 1", "0 of 2", "0 of 1"]

    def test_bars_are_shares_of_their_group(self, groups):
        bars = [bar for bar in plot_groups(groups).patches if bar.get_hatch()]
        full = bars[0].get_width()
        assert [bar.get_width() / full for bar in bars] == pytest.approx([1, 1, 0.5, 1])

    def test_small_groups_are_hatched(self, groups):
        ax = plot_groups(groups)
        assert "Hatched: groups of fewer than 5 people." in texts_of(ax)[-1]
        ax = plot_groups(groups.assign(small=False))
        assert not any(bar.get_hatch() for bar in ax.patches)
        assert "Hatched" not in texts_of(ax)[-1]

    def test_heads_say_how_many_were_asked(self, groups):
        ax = plot_groups(groups)
        heads = [label.get_text().replace("\n", " ") for label in ax.get_xticklabels()]
        assert heads == ["Night nurse (2 people)", "Ward manager (1 person)"]

    def test_bodies(self, groups):
        ax = plot_groups(groups, count="bodies")
        assert ax.get_xticklabels()[0].get_text().endswith("(2 bodies)")
        assert "a body may be in several" in texts_of(ax)[-1]
        assert "3 of 3 people" in title_of(ax)

    def test_the_caption_warns(self, groups):
        caption = texts_of(plot_groups(groups))[-1]
        assert caption.startswith("n = 3 people in 2 groups")
        assert "chosen, not drawn at random" in caption

    def test_rows_may_be_chosen(self, groups):
        ax = plot_groups(groups[groups["theme_id"] == "staffing"])
        assert [label.get_text() for label in ax.get_yticklabels()] == ["Staffing"]
        assert title_of(ax) == "Staffing is heard from 2 of 3 people"

    def test_nobody(self, groups):
        assert title_of(plot_groups(groups.iloc[:0])) == "Nobody is heard yet"
        assert title_of(plot_groups(groups.assign(people=0))) == "Nobody is heard yet"

    def test_hostile_names_stay_words(self, groups, tmp_path):
        ax = plot_groups(groups.assign(code_path=HOSTILE, group=HOSTILE))
        drawn = save_figure(ax, tmp_path / "a.svg").read_text(encoding="utf-8")
        assert "<b>" not in drawn
        assert "x_1" in drawn

    def test_what_cannot_be_used(self, groups):
        with pytest.raises(UnknownValueError, match=r"count='codings'\. Mend: use 'people' or"):
            plot_groups(groups, count="codings")
