"""Every footnote of the report has its turn in an interview of that body and role."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import qualcode as qc

if TYPE_CHECKING:
    import pandas as pd

FOOTNOTES = 93


@pytest.fixture(scope="module")
def evidence(codebook_folder: Path, study: qc.Study) -> pd.DataFrame:
    return qc.read_evidence(codebook_folder / "report_quotes.csv", study.codebook)


@pytest.fixture(scope="module")
def places(evidence: pd.DataFrame, study: qc.Study) -> pd.DataFrame:
    return qc.place_evidence(evidence, study.corpus)  # refuses a wrong speaker, role or place


def test_every_footnote_is_placed(evidence: pd.DataFrame, places: pd.DataFrame) -> None:
    assert len(evidence) == FOOTNOTES
    assert set(places["footnote"]) == set(evidence["footnote"])


def test_no_two_footnotes_have_the_very_same_words(places: pd.DataFrame) -> None:
    again = places[places.duplicated(["transcript_id", "start", "end"], keep=False)]
    assert again["footnote"].tolist() == []


def test_a_place_is_a_passage(places: pd.DataFrame) -> None:
    assert places["words"].str.split().str.len().min() >= 8


def test_the_coding_finds_what_the_report_found(evidence: pd.DataFrame, study: qc.Study) -> None:
    """A coder who did not know the report gives its themes to most of the places."""
    segments = study.segments(coder="A")
    beside = qc.compare_sections(evidence, segments, study.codebook)
    assert beside["borne"].sum() / beside["placed"].sum() > 0.8
    headline = beside[
        beside["theme"].isin(
            [study.codebook[theme].name for theme in study.settings.headline_themes]
        )
    ]
    assert headline["borne"].sum() / headline["placed"].sum() > 0.8
