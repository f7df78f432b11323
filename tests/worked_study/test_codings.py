"""Two coders and what they settled."""

from __future__ import annotations

import pandas as pd
import pytest

import qualcode as qc

BOTH = 9  # interviews, at the least, that two coders have read


@pytest.fixture(scope="module")
def read(study: qc.Study) -> dict[str, set[str]]:
    """Give who has coded which interviews."""
    segments = study.segments()
    return {str(k): set(v) for k, v in segments.groupby("coder")["transcript_id"]}


def test_a_reads_all_and_b_some_and_both_settle_those(study: qc.Study, read: dict) -> None:
    assert set(read) == {"A", "B", "agreed"}
    assert read["A"] == set(study.corpus)
    assert len(read["B"]) >= BOTH
    assert read["agreed"] == read["B"]


def test_every_coding_stands_in_the_present_text(study: qc.Study) -> None:
    assert len(study.adrift) == 0


def test_the_coding_took_days(study: qc.Study) -> None:
    days = qc.coding_days(study.history).groupby("coder").size()
    assert days["A"] >= 20
    assert days["B"] >= 8


def test_the_coders_changed_their_minds(study: qc.Study) -> None:
    for coder, events in study.history.groupby("coder"):
        kinds = set(events["event"])
        if coder != "agreed":
            assert {"add", "recode", "remove", "memo", "undo"} <= kinds, coder
    first, second = study.history["at"].min(), study.history["at"].max()
    assert (second - first).days > 60


def test_b_was_not_shown_what_a_did_and_they_differ(study: qc.Study, read: dict) -> None:
    segments = study.segments(coder=["A", "B"])
    double = segments[segments["transcript_id"].isin(read["B"])]
    given = double.drop_duplicates(["coder", "transcript_id", "turn", "code_id"])
    both = given.groupby(["transcript_id", "turn", "code_id"])["coder"].nunique()
    share = (both == 2).mean()
    assert 0.4 < share < 0.95


def test_every_settled_difference_is_told(study: qc.Study, codebook_folder) -> None:
    log = pd.read_csv(codebook_folder / "adjudication.csv", dtype="str", keep_default_na=False)
    agreed = study.segments(coder="agreed")
    assert set(log["transcript_id"]) <= set(agreed["transcript_id"])
    assert set(log["decision"].str.split(":").str[0]) <= {
        "keep",
        "drop",
        "recode",
        "contrary",
        "plain",
    }
    assert log.loc[log["why"] == "", "quote"].tolist() == []


def test_the_account_of_the_settling_counts_what_the_log_holds(codebook_folder) -> None:
    log = pd.read_csv(codebook_folder / "adjudication.csv", dtype="str", keep_default_na=False)
    text = (codebook_folder / "adjudication.md").read_text(encoding="utf-8")
    told = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    counts = {row[0]: int(row[3]) for row in told[1:]}
    assert counts.pop("all") == len(log)
    assert counts == log["transcript_id"].value_counts().to_dict()


def test_some_speak_against_each_headline_theme(study: qc.Study) -> None:
    segments = study.segments(coder="A")
    against = segments[qc.is_contrary(segments)]
    assert set(study.settings.headline_themes) <= set(against["theme_id"])
