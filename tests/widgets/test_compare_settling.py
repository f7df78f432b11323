"""What a decision on a difference comes to, in the third journal on the disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import qualcode as qc

from ._compared import (
    AGREE,
    ANN,
    CODE,
    STANCE,
    agreed,
    ask,
    how,
    lines,
    make_compared,
    open_session,
    row,
    settle,
    span,
)

if TYPE_CHECKING:
    from qualcode.widgets._compare_session import CompareSession


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_compared(tmp_path)


@pytest.fixture
def session(folder: Path) -> CompareSession:
    return open_session(folder)


# Settling -------------------------------------------------------------------------------------


def test_the_one_or_the_other_is_kept_with_the_reason_and_who(
    session: CompareSession, folder: Path
) -> None:
    assert settle(session, CODE, "second", "naps are meant")["say"] == "kept ben's"
    assert settle(session, ANN, "first", "heard  by\nann") == {
        "ok": True,
        "say": "kept ann's",
        "difference": session.view()["differences"][ANN],
    }
    assert agreed(folder) == [
        ("naps", "I don’t sleep", "naps are meant (settled by RT)"),
        ("rest", "the drill next door", "heard by ann (settled by RT)"),
    ]
    assert how(session) == ["open", "open", "open", "second", "open", "first"]
    settled = row(session, CODE)["settled"]
    assert (settled["why"], settled["who"], settled["said"]) == (
        "naps are meant",
        "RT",
        "kept ben's",
    )
    assert session.view()["counts"]["settled"] == 2


def test_the_journal_names_what_was_settled(session: CompareSession, folder: Path) -> None:
    settle(session, CODE, "first", "pay is meant")
    sides = row(session, CODE)
    assert [line["source"] for line in lines(folder)] == [
        {"kind": "manual", "model": f"settles ann:{sides['first']} ben:{sides['second']}"}
    ]


def test_the_coders_own_journals_are_not_touched(session: CompareSession, folder: Path) -> None:
    own = [folder / "interviews_codebook" / "codings" / f"{name}.jsonl" for name in ("ann", "ben")]
    before = [path.read_bytes() for path in own]
    ask(session, "take_over")
    settle(session, CODE, "neither", "a pun")
    ask(session, "undo")
    assert [path.read_bytes() for path in own] == before


def test_both_are_kept_in_one_change(session: CompareSession, folder: Path) -> None:
    assert settle(session, CODE, "both", "two points")["say"] == "kept both"
    assert [code for code, *_ in agreed(folder)] == ["naps", "pay"]
    assert ask(session, "undo")["ok"]
    assert agreed(folder) == []
    assert how(session)[CODE] == "open"


@pytest.mark.parametrize(
    ("place", "refusal"), [(ANN, "only one coder has this"), (STANCE, "it is one code")]
)
def test_both_are_kept_only_of_two_codes(session: CompareSession, place: int, refusal: str) -> None:
    answer = settle(session, place, "both", "why not")
    assert not answer["ok"]
    assert refusal in answer["say"]


def test_neither_is_put_on_record(session: CompareSession, folder: Path) -> None:
    assert settle(session, ANN, "neither", "said in passing")["say"] == "neither kept"
    assert agreed(folder) == []
    assert [(one["event"], one.get("memo")) for one in lines(folder)] == [
        ("add", "said in passing (settled by RT)"),
        ("remove", None),
    ]
    assert row(session, ANN)["settled"]["why"] == "said in passing"
    assert row(session, ANN)["settled"]["codings"] == []


def test_neither_of_two_is_one_change(session: CompareSession, folder: Path) -> None:
    settle(session, CODE, "neither", "a pun")
    assert how(session)[CODE] == "neither"
    answer = ask(session, "undo")
    assert answer == {
        "ok": True,
        "say": "undone: declined",
        "difference": session.view()["differences"][CODE],
    }
    assert how(session)[CODE] == "open"
    ask(session, "redo")
    assert how(session)[CODE] == "neither"


def test_another_code_on_the_same_words(session: CompareSession, folder: Path) -> None:
    answer = settle(session, CODE, "recode", "rest as a whole", code="rest")
    assert answer["say"] == "another code: Rest"
    assert agreed(folder) == [("rest", "I don’t sleep", "rest as a whole (settled by RT)")]
    assert how(session)[CODE] == "recode"


def test_another_code_on_other_words(session: CompareSession, folder: Path) -> None:
    words = span("ward-1", "sleep. The post comes")
    settle(session, CODE, "recode", "longer", code="pauses", span=words)
    assert agreed(folder) == [("breaks", "sleep. The post comes", "longer (settled by RT)")]
    assert how(session)[CODE] == "recode"


def test_other_words(session: CompareSession, folder: Path) -> None:
    answer = settle(session, ANN, "resize", "less", span=span("ward-1", "drill"))
    assert answer["say"] == "other words: Rest"
    assert agreed(folder) == [("rest", "drill", "less (settled by RT)")]
    assert how(session)[ANN] == "resize"


@pytest.mark.parametrize(
    ("place", "decision", "fields", "refusal"),
    [
        (ANN, "resize", {}, "no words are selected"),
        (CODE, "resize", {"span": span("ward-1", "sleep")}, "different codes: which one?"),
        (CODE, "recode", {}, "no code is named"),
        (CODE, "recode", {"code": "nowhere"}, "no code has the id 'nowhere'"),
        (ANN, "second", {}, "ben has no coding here"),
        (ANN, "resize", {"span": span("ward-1", "drill") | {"quote": "drall"}}, "other words"),
        (ANN, "resize", {"span": span("ward-2", "We were two")}, "other words"),
        (ANN, "first", {"why": " "}, "a decision needs a reason"),
        (AGREE, "neither", {"why": ""}, "a decision needs a reason"),
        (CODE, "first", {"why": "Contrary to ben"}, "begins with 'contrary'"),
    ],
)
def test_what_cannot_be_so_is_refused_and_nothing_written(
    session: CompareSession,
    folder: Path,
    place: int,
    decision: str,
    fields: dict[str, Any],
    refusal: str,
) -> None:
    answer = settle(session, place, decision, **({"why": "so"} | fields))
    assert not answer["ok"]
    assert refusal in answer["say"]
    assert agreed_is_empty(folder)


def agreed_is_empty(folder: Path) -> bool:
    return not (folder / "interviews_codebook" / "codings" / "agreed.jsonl").exists()


def test_a_message_that_makes_no_sense_is_refused(session: CompareSession) -> None:
    assert "not understood" in settle(session, ANN, "all of them", "so")["say"]
    answer = ask(session, "settle", difference="gone", decision="first", why="so")
    assert "not in this transcript any more" in answer["say"]


# For or against -------------------------------------------------------------------------------


def test_the_side_that_is_kept_stands_in_the_memo(session: CompareSession, folder: Path) -> None:
    settle(session, STANCE, "first", "he denies it")
    assert agreed(folder) == [
        ("staffing", "The post comes", "contrary: he denies it (settled by RT)")
    ]
    assert qc.is_contrary(qc.open_study(folder).segments(coder="agreed")).all()
    assert how(session)[STANCE] == "first"
    settle(session, STANCE, "second", "he accepts it")
    assert how(session)[STANCE] == "second"
    assert agreed(folder) == [("staffing", "The post comes, then", "he accepts it (settled by RT)")]


def test_what_is_not_kept_speaks_against_nothing(session: CompareSession, folder: Path) -> None:
    settle(session, STANCE, "neither", "Contrary to both, nothing is said")
    assert lines(folder)[0]["memo"] == "Contrary to both, nothing is said (settled by RT)"
    assert how(session)[STANCE] == "neither"
