"""The numbers that a report states are read whole, and its sums are worked out, not believed."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.claims.sums import check_sums
from qualcode.errors import StudyError
from qualcode.frames import FRAMES, empty_frame, make_frame
from qualcode.study._expressions import evaluate, names_in
from qualcode.study.report_figures import read_report_figures

HEAD = "id,section,topic,label,body,period,value,upper,unit,qualifier,footnote,line,check\n"


def figure(name, value, check="", qualifier="", unit="nurses"):
    blank = dict.fromkeys(("section", "topic", "body", "period"), "")
    rest = {"label": name, "upper": None, "unit": unit, "footnote": None, "line": None}
    return (
        blank | rest | {"figure_id": name, "value": value, "check": check, "qualifier": qualifier}
    )


def outcome(stated, check, *parts, qualifier=""):
    rows = [figure(f"p{n}", part) for n, part in enumerate(parts)]
    rows.append(figure("total", stated, check, qualifier))
    row = check_sums(make_frame("report_figures", rows)).iloc[0]
    return row["difference"], row["outcome"]


class TestSums:
    @pytest.mark.parametrize(
        ("stated", "check", "parts", "expected"),
        [
            (21, "p0 + p1", (12, 9), (0, "adds up")),
            (22, "p0 + p1", (12, 9), (-1, "does not add up")),
            (14, "100 * p0 / p1", (21, 152), (-0.184211, "adds up when rounded")),
            (15, "100 * p0 / p1", (21, 152), (-1.184211, "does not add up")),
            (447528.45, "p0 + p1", (291099, 156429), (-0.45, "adds up when rounded")),
            (447530.45, "p0 + p1", (291099, 156429), (-2.45, "does not add up")),
            (61.4, "100 * p0 / p1", (614, 1000), (0, "adds up")),
        ],
    )
    def test_outcomes(self, stated, check, parts, expected):
        assert outcome(stated, check, *parts) == expected

    @pytest.mark.parametrize(
        ("qualifier", "part", "expected"),
        [
            ("more than", 1001, "adds up"),
            ("more than", 999, "does not add up"),
            ("up to", 999, "adds up"),
            ("up to", 1001, "does not add up"),
            ("nearly", 990, "adds up"),
            ("nearly", 700, "does not add up"),
            ("about", 999, "does not add up"),
        ],
    )
    def test_qualifiers(self, qualifier, part, expected):
        assert outcome(1000, "p0", part, qualifier=qualifier)[1] == expected

    def test_division_by_nothing_does_not_add_up(self):
        difference, said = outcome(3, "p0 / p1", 3, 0)
        assert math.isnan(difference)
        assert said == "does not add up"

    def test_figures_without_a_sum_are_left_out(self):
        table = check_sums(make_frame("report_figures", [figure("a", 3)]))
        assert table.empty
        assert list(check_sums(empty_frame("report_figures"))) == list(FRAMES["sum_checks"])

    @given(st.lists(st.integers(0, 10**6), min_size=1, max_size=8))
    def test_whole_numbers_add_up_exactly_or_not_at_all(self, parts):
        check = " + ".join(f"p{n}" for n in range(len(parts)))
        assert outcome(sum(parts), check, *parts) == (0, "adds up")
        assert outcome(sum(parts) + 1, check, *parts) == (-1, "does not add up")


class TestExpressions:
    def test_values(self):
        values = {"a": 6.0, "b": 4.0}
        assert evaluate("-(a - b) * 2 / 4 + 1.5", values) == 0.5
        assert names_in("b + a * a") == ("b", "a")

    @pytest.mark.parametrize(
        "text",
        [
            "__import__('os').system('x')",
            "a.b",
            "a ** 9",
            "a if b else c",
            "[a]",
            "a < b",
            "'a'",
            "True",
            "a; b",
            "",
            "(" * 300 + ")" * 300,
            "a+" * 400 + "a",
            "\0",
        ],
    )
    def test_what_is_no_sum_is_refused(self, text):
        with pytest.raises(ValueError, match=r"sum|longer"):
            names_in(text)


class TestTheFile:
    def test_rows(self, tmp_path):
        path = tmp_path / "report_figures.csv"
        path.write_text(
            HEAD + "low,NIGHTS,pay,Pay,Ward 2,2024,900,2400,GBP,about,12,88,\n"
            "part,NIGHTS,pay,Half,,,450.5,,GBP,,,,low / 2\n"
        )
        table = read_report_figures(path)
        assert table["figure_id"].tolist() == ["low", "part"]
        assert table[["value", "upper"]].iloc[0].tolist() == [900, 2400]
        assert table["upper"].isna().tolist() == [False, True]
        assert table[["footnote", "line"]].iloc[0].tolist() == [12, 88]
        assert table["check"].tolist() == ["", "low / 2"]

    def test_all_faults_at_once_with_their_lines(self, tmp_path):
        path = tmp_path / "report_figures.csv"
        path.write_text(
            HEAD + "A b,NIGHTS,pay,Pay,,,1,,GBP,,,,\n"
            'c,NIGHTS,,Pay,,,"1,840",x,GBP,,one,,\n'
            "d,NIGHTS,pay,Pay,,,1,,GBP,,,,e + 1\n"
            "d,NIGHTS,pay,Pay,,,1,,GBP,,,,d + 1\n"
            "f,NIGHTS,pay,Pay,,,1,,GBP,,,,f.x\n"
        )
        with pytest.raises(StudyError, match="9 faults") as caught:
            read_report_figures(path)
        assert [(fault.line, fault.what) for fault in caught.value.faults] == [
            (2, "'A b' is no id"),
            (3, "c has no topic"),
            (3, "value '1,840' is not a number"),
            (3, "upper 'x' is not a number"),
            (3, "footnote 'one' is not a whole number"),
            (4, "check: no figure has the id 'e'"),
            (5, "the id 'd' again"),
            (5, "check of d names itself"),
            (6, "check 'f.x': only names, numbers, + - * / and brackets make a sum"),
        ]

    def test_missing_column(self, tmp_path):
        path = tmp_path / "report_figures.csv"
        path.write_text("id,section\na,b\n")
        with pytest.raises(StudyError, match="no column topic, label, value, unit"):
            read_report_figures(path)
