"""A claim that stops holding fails here."""

from __future__ import annotations

import pytest

import qualcode as qc


@pytest.fixture(scope="module")
def claims(study: qc.Study):
    return qc.judge_claims(study)


def test_every_claim_stands_as_it_was_judged(claims) -> None:
    assert claims.loc[~claims["stands"], "claim_id"].tolist() == []


def test_every_claim_says_what_it_was_judged(study: qc.Study, codebook_folder) -> None:
    read = qc.read_claims(codebook_folder / "claims.yaml", study.codebook)
    assert [claim.id for claim in read if "report" not in claim.expect] == []


def test_the_six_recommendations_are_there(claims) -> None:
    assert (claims["kind"] == "recommendation").sum() == 6


def test_not_all_hold(claims) -> None:
    """Several of the report's statements have thin or no attributed evidence."""
    assert set(claims["in_report"]) >= {"holds", "thin", "not shown"}
