"""The numbers of report_figures.csv are those of the report, and its sums are shown as they are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import qualcode as qc

if TYPE_CHECKING:
    import pandas as pd

WORDS = {
    "one": 1, "another": 1, "an hour": 1, "a year": 1, "two": 2, "twice": 2, "couple": 2,
    "fortnight": 2, "three": 3, "four": 4, "fourfold": 4, "four and a half": 4.5, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "half-day": 0.5, "third": 33.3,
    "quarter": 25,
}  # fmt: skip
TIMES = {"bn": 1e9, "m": 1e6, "million": 1e6}


def numbers_in(text: str) -> set[float]:
    """Give the numbers of a line, in figures or in words; footnote marks left out."""
    plain = text.translate(str.maketrans("", "", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    found = {value for word, value in WORDS.items() if re.search(rf"\b{word}\b", plain.lower())}
    for figure, times in re.findall(r"(\d[\d,]*(?:\.\d+)?)\s?(bn\b|m\b|million\b)?", plain):
        value = float(figure.rstrip(",").replace(",", ""))
        found |= {value, value * TIMES.get(times, 1)}
    return found


@pytest.fixture(scope="module")
def figures(codebook_folder: Path) -> pd.DataFrame:
    return qc.read_report_figures(codebook_folder / "report_figures.csv")


@pytest.mark.report
def test_every_number_stands_on_its_line(figures: pd.DataFrame, report_text: str) -> None:
    lines = report_text.split("\n")
    missing = [
        (row.figure_id, value)
        for row in figures.itertuples()
        for value in (row.value, row.upper)
        if value == value and value not in numbers_in(lines[row.line - 1])
    ]
    assert missing == []


def test_the_sums_that_do_not_come_out_are_shown(figures: pd.DataFrame) -> None:
    checks = qc.check_sums(figures).set_index("figure_id")
    off = checks[checks["outcome"] == "does not add up"]["difference"].to_dict()
    assert off == {
        "complaints_share_of_received_summary": 1,
        "officers_interviewed": 1,  # as many as interviews, some of which held two or three
        "reports_total": -1,
    }


def test_the_notebooks_numbers_have_a_section(figures: pd.DataFrame) -> None:
    asked = {"sample", "complaints", "recommendations", "payments", "caseloads", "timeliness"}
    assert asked - set(figures["topic"]) == set()
