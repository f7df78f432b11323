"""An example of a code stands in the transcript where the codebook says it does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode import render_codebook
from qualcode.coding.codebook import Codebook
from qualcode.coding.codebook_diff import diff_codebooks
from qualcode.coding.codebook_file import read_codebook, write_codebook
from qualcode.study._examples import example_faults
from qualcode.study.example import example_study


def book_with(example, place):
    codes = list(example_study().codebook)
    codes[1] = replace(codes[1], example=example, example_at=place)
    return Codebook(tuple(codes))


@pytest.mark.parametrize(
    ("example", "place", "what"),
    [
        ("My break is\na biscuit", "ward-1 00:00:09", ""),
        ("Invented.", "", ""),
        ("My break is", "ward-1  00:00:24", "its example is not in ward-1 00:00:24"),
        ("My break is", "ward-7 00:00:09", "example_at names 'ward-7', which is no transcript"),
        ("My break is", "ward-1 00:00:10", "no turn of ward-1 begins at '00:00:10'"),
        ("My break is", "ward-1", "no turn of ward-1 begins at ''"),
    ],
)
def test_places(example, place, what):
    faults = [
        fault.what for fault in example_faults(book_with(example, place), example_study().corpus)
    ]
    assert faults == ([f"code 'breaks': {what}"] if what else [])


def test_a_fault_names_its_line(tmp_path):
    path = tmp_path / "codebook.yaml"
    write_codebook(book_with("No.", "ward-7 00:00:09"), path)
    (fault,) = example_faults(read_codebook(path), example_study().corpus, path=path)
    lines = path.read_text().splitlines()
    assert lines[fault.line - 1].strip() == "example_at: ward-7 00:00:09"


def test_the_place_is_kept_shown_and_compared(tmp_path):
    book = book_with("My break is a biscuit", "ward-1 00:00:09")
    write_codebook(book, tmp_path / "codebook.yaml")
    assert read_codebook(tmp_path / "codebook.yaml")["breaks"].example_at == "ward-1 00:00:09"
    for form in ("html", "markdown"):
        assert "biscuit (ward-1 00:00:09)" in render_codebook(book, format=form).replace("\\", "")
    assert "example_at" in str(diff_codebooks(book_with("My break is a biscuit", ""), book))
