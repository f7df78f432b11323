"""The codebook is used, and its changes are told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

if TYPE_CHECKING:
    import qualcode as qc


@pytest.fixture(scope="module")
def changes(codebook_folder: Path) -> pd.DataFrame:
    return pd.read_csv(codebook_folder / "codebook_changes.csv", dtype="str", keep_default_na=False)


def test_merges_and_the_ids_that_codes_had_are_the_same(
    study: qc.Study, changes: pd.DataFrame
) -> None:
    merged = changes[changes["change"] == "merged"]
    told = {(row.code, row.other) for row in merged.itertuples()}
    assert told == {(code.id, was) for code in study.codebook for was in code.was}
    assert told


def test_what_was_split_off_has_a_place(study: qc.Study, changes: pd.DataFrame) -> None:
    for row in changes[changes["change"].isin(["split", "added"])].itertuples():
        now = study.codebook.resolve(row.code)
        assert now in study.codebook, row.code
        assert study.codebook.resolve(row.other) in study.codebook, row.other


def test_every_change_has_its_day_and_reason(changes: pd.DataFrame) -> None:
    assert changes["date"].is_monotonic_increasing
    assert (changes["why"].str.split().str.len() >= 5).all()


def test_every_code_has_an_example_from_the_talk(study: qc.Study) -> None:
    # that the words stand at the place is what `qualcode check` sees
    assert [code.id for code in study.codebook if not code.example_at] == []


def test_every_code_is_fenced(study: qc.Study) -> None:
    assert [code.id for code in study.codebook if not (code.include and code.exclude)] == []
