"""`to_gt`: a journal's table, with text that stays text."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from lxml import html

from qualcode import body_theme_matrix, example_study, theme_table, to_gt
from qualcode.errors import ExportError
from qualcode.frames import FRAMES, empty_frame
from qualcode.reporting._labels import label_of

HOSTILE = (
    "<script>alert(1)</script> {{x}} {{{y}}} *bold* _it_ `code` | & &amp; \"q\" 's' "
    "$a_1$ \\(x\\) [l](javascript:x) ![i](x) :md: <!-- --> ]]> \x00\x07\ud800"
)
SHOWN = HOSTILE.replace("\x00\x07\ud800", "")


def parsed(table):
    return html.fromstring(f"<div>{table.as_raw_html()}</div>")


def texts(table, path):
    return [cell.text_content() for cell in parsed(table).xpath(path)]


def test_text_stays_text_wherever_it_stands():
    frame = pd.DataFrame({HOSTILE: [HOSTILE, "plain"], "codings": [1200, 2]})
    table = to_gt(frame, title=HOSTILE, subtitle=HOSTILE, source_note=HOSTILE, id="x")
    assert texts(table, "//tbody//td") == [SHOWN, "1,200", "plain", "2"]
    assert texts(table, "//th") == [SHOWN, "Codings"]
    assert texts(table, "//thead//td") == [SHOWN, SHOWN]
    assert texts(table, "//tfoot//td") == [SHOWN]
    assert parsed(table).xpath("//script|//a|//img|//strong|//em|//code") == []


def test_what_a_notebook_takes_for_a_formula_is_out_of_its_reach():
    frame = pd.DataFrame({"quote": ["costs $5 or $6", "\\(x\\)", "no"]})
    cells = parsed(to_gt(frame)).xpath("//tbody//td/span/@class")
    assert cells == ["tex2jax_ignore mathjax_ignore"] * 2


def test_the_same_bytes_each_time():
    study = example_study()
    tables = [
        to_gt(theme_table(study.segments(), study.codebook), title="Themes", id="themes")
        for _ in range(2)
    ]
    assert tables[0].as_raw_html() == tables[1].as_raw_html() == tables[0]._repr_html_()
    assert set(re.findall(r'id="([a-z]+)', tables[0].as_raw_html())) == {"themes"}


def test_the_theme_table_as_it_is_read():
    study = example_study()
    table = to_gt(theme_table(study.segments(), study.codebook, of_bodies=8))
    heads = ["Theme", "Codings", "Interviews", "Bodies", "Roles", "Example"]
    assert texts(table, "//th") == [*heads, "Source of the example"]
    assert texts(table, "//tbody/tr[1]/td")[:4] == ["Rest", "6", "3", "3 of 8 (38%)"]
    aligned = parsed(table).xpath("//th/@class")
    assert ["gt_right" in one for one in aligned] == [False, True, True, True, False, False, False]


def test_a_matrix_shows_its_bodies():
    study = example_study()
    table = to_gt(body_theme_matrix(study.segments(), study.codebook))
    assert texts(table, "//th") == ["Body", "Rest", "Staffing", "Pay"]
    assert texts(table, "//tbody/tr[2]/td") == ["Ward 2", "2", "2", "0"]


@pytest.mark.parametrize(
    ("column", "values", "shown"),
    [
        ("share", [0.125, 0.335, float("nan")], ["13%", "34%", "–"]),
        ("minutes", [62.04, float("nan")], ["62.0", "–"]),
        ("alpha", [0.7434, -1.0], ["0.74", "-1.00"]),
        ("turn", pd.array([1400, pd.NA], dtype="Int64"), ["1400", ""]),
        ("words", [1400, 0], ["1,400", "0"]),
        ("synthetic", [True, False], ["yes", "no"]),
        ("date", pd.to_datetime(["2026-01-05", None]), ["2026-01-05", "–"]),
        ("at", pd.to_datetime(["2026-01-05T10:00:30Z"]), ["2026-01-05 10:00"]),
        ("passages", [["a", "b"], [], None], ["a; b", "", ""]),
        ("quote", ["a\n\nb", None], ["a\n\nb", ""]),
        ("thing", [{"a": 1}], ["{'a': 1}"]),
    ],
)
def test_how_values_are_written(column, values, shown):
    assert texts(to_gt(pd.DataFrame({column: values})), "//tbody//td") == shown


def test_ids_stand_back_where_names_are_shown():
    quotes = empty_frame("quote_table")
    assert texts(to_gt(quotes), "//th") == [
        "Code",
        "Quote",
        "Speaker",
        "Role",
        "Body",
        "Place",
        "Coder",
    ]
    noted = pd.DataFrame({"quote": ["a"], "footnote": ["3"]})
    assert texts(to_gt(noted), "//th") == ["Quote", "Footnote"]
    assert texts(to_gt(pd.DataFrame({"coding_id": ["1"]})), "//th") == ["Coding"]


def test_two_columns_of_one_name():
    frame = pd.DataFrame([["a", 1]], columns=["x", "x"])
    assert texts(to_gt(frame), "//tbody//td") == ["a", "1"]


def test_no_rows_and_no_columns():
    assert texts(to_gt(pd.DataFrame({"quote": []})), "//th") == ["Quote"]
    assert texts(to_gt(empty_frame("theme_table")), "//tbody//td") == []


@pytest.mark.parametrize("name", ["", "1a", "a b", 'x"onclick="', "ä"])
def test_an_id_that_is_none(name):
    with pytest.raises(ExportError, match=r"cannot be a table's id\. Mend: begin with a letter"):
        to_gt(pd.DataFrame({"quote": ["a"]}), id=name)


def test_every_column_of_every_frame_has_a_label():
    labels = [label_of(column) for frame in FRAMES.values() for column in frame]
    assert [label for label in labels if "_" in label or not label[0].isupper()] == []


def test_the_frame_stays_as_it_is_no_mutate():
    frame = pd.DataFrame({"quote": ["<b>"], "codings": [1]})
    to_gt(frame)
    pd.testing.assert_frame_equal(frame, pd.DataFrame({"quote": ["<b>"], "codings": [1]}))
