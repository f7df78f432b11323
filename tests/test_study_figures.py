"""Figures of the work and of a report's numbers: the title says what is found."""

from __future__ import annotations

import pytest

from qualcode import code_growth, example_study, plot_days, plot_growth, plot_stated, save_figure
from qualcode.errors import UnknownValueError
from qualcode.frames import empty_frame, make_frame

HOSTILE = "Cost of $x_1$ & <b>$y^2$</b> \\frac{1}{2} %s {0}"


def figure(name, value, upper=None, qualifier="", unit="GBP", label="Paid"):
    return {
        "figure_id": name,
        "section": "",
        "topic": "",
        "label": label,
        "body": "",
        "period": "2024",
        "value": value,
        "upper": upper,
        "unit": unit,
        "qualifier": qualifier,
        "footnote": None,
        "line": None,
        "check": "",
    }


def drawn(*rows):
    return plot_stated(make_frame("report_figures", list(rows)))


def test_growth_draws_every_interview():
    study = example_study()
    growth = code_growth(study.segments(), study.interviews, study.codebook)
    ax = plot_growth(growth)
    assert [patch.get_height() for patch in ax.patches] == [3, 1, 0]
    assert ax.lines[0].get_ydata().tolist() == [3, 4, 4]
    assert ax.get_title(loc="left") == "The last new code comes in interview 2 of 3"


def test_growth_of_nothing():
    assert plot_growth(empty_frame("code_growth")).get_title(loc="left") == "No code is given yet"


def test_days_tell_coders_apart_without_colour():
    day = {"interviews": 1, "recoded": 1, "removed": 2, "memos": 0}
    rows = [
        day | {"coder": "ann", "date": "2026-05-04", "added": 12},
        day | {"coder": HOSTILE, "date": "2026-05-05", "added": 1},
        day | {"coder": "ann", "date": "2026-05-06", "added": 30},
    ]
    ax = plot_days(make_frame("coding_days", rows))
    assert len({(line.get_marker(), line.get_linestyle()) for line in ax.lines}) == 2
    by_coder = {str(line.get_label()): line.get_ydata().tolist() for line in ax.lines}
    assert by_coder == {"ann": [12, 42], HOSTILE: [1]}
    assert "43 codings added, 9 given another code or removed" in ax.texts[0].get_text()


def test_no_days():
    assert plot_days(empty_frame("coding_days")).get_title(loc="left") == "Nothing is coded yet"


def test_stated_numbers_say_how_they_are_stated():
    ax = drawn(
        figure("a", 900, 2400, label=HOSTILE),
        figure("b", 447528.45),
        figure("c", 1000, qualifier="more than"),
    )
    texts = [text.get_text() for text in ax.texts]
    assert texts[:3] == ["900 to 2,400", "447,528.45", "more than 1,000"]
    assert [(bar.get_x(), bar.get_width()) for bar in ax.patches] == [
        (900, 1500),
        (0, 447528.45),
        (0, 1000),
    ]
    assert " ".join(ax.get_yticklabels()[0].get_text().split()).startswith("Cost of $x_1$")


def test_what_all_numbers_share_is_said_once():
    ax = drawn(figure("a", 1, label="Cost"), figure("b", 2, label="Cost") | {"period": "2025"})
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["2024", "2025"]
    assert ax.texts[-1].get_text() == "n = 2 numbers stated in the report, Cost."
    alone = drawn(figure("a", 1, label="Cost"))
    assert [tick.get_text() for tick in alone.get_yticklabels()] == ["Cost"]


def test_numbers_of_two_units_are_not_drawn_together():
    with pytest.raises(UnknownValueError, match="the rows have 2 units: GBP, weeks"):
        drawn(figure("a", 1), figure("b", 2, unit="weeks"))
    with pytest.raises(UnknownValueError, match="the rows have 0 units"):
        plot_stated(empty_frame("report_figures"))


def test_a_figure_is_the_same_file_twice(tmp_path):
    files = [save_figure(drawn(figure("a", 3)), tmp_path / f"{n}.svg").read_bytes() for n in "ab"]
    assert files[0] == files[1]
