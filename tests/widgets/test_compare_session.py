"""Two coders compared: what is shown, what lasts, and who may compare."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import qualcode as qc
from qualcode.errors import JournalError, StudyError, UnknownValueError
from qualcode.widgets._compare_session import CompareSession

from ._compared import (
    ANN,
    BREAK,
    CODE,
    CROSSES,
    STANCE,
    TROLLEY,
    agreed,
    ask,
    how,
    make_compared,
    open_session,
    row,
    settle,
    span,
    spans,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_compared(tmp_path)


@pytest.fixture
def session(folder: Path) -> CompareSession:
    return open_session(folder)


# What is shown --------------------------------------------------------------------------------


def test_each_difference_is_a_row_in_words(session: CompareSession) -> None:
    view = session.view()
    assert [view["rows"][name]["word"] for name in view["differences"]] == [
        "agree",
        "agree in part",
        "agree in part",
        "differ: other code",
        "differ: for or against",
        "ann only",
    ]
    assert view["counts"] == {"differences": 4, "settled": 0, "agreed": 2, "taken": 0}
    assert view["order"] == ["ward-1", "ward-2"]
    assert view["study"]["coders"] == ["ann", "ben"]
    assert view["rows"][view["differences"][CODE]]["may"] == {
        "first": True,
        "second": True,
        "both": True,
        "recode": True,
        "resize": True,
        "neither": True,
    }
    assert "second" not in row(session, ANN)["may"]
    assert row(session, CROSSES)["may"]["first"] is False  # both gave the code: no reason needed
    json.dumps(view)


def test_how_far_other_transcripts_are_is_worked_out_between_the_beats(
    session: CompareSession,
) -> None:
    assert session.view()["transcripts"]["ward-2"]["counts"] is None
    ask(session, "ping")
    ask(session, "ping")
    assert session.view()["transcripts"]["ward-2"] == {
        "id": "ward-2",
        "both": True,
        "counts": {"differences": 0, "settled": 0, "agreed": 1, "taken": 0},
    }


def test_another_transcript_is_opened(session: CompareSession) -> None:
    assert ask(session, "open", transcript="ward-2") == {
        "ok": True,
        "say": "ward-2 is open: 0 differences to settle",
    }
    assert len(session.view()["differences"]) == 1
    assert not ask(session, "open", transcript="ward-9")["ok"]


# Agreements -----------------------------------------------------------------------------------


def test_agreements_are_taken_over_in_one_change(session: CompareSession, folder: Path) -> None:
    assert ask(session, "take_over") == {"ok": True, "say": "took over 2 agreements"}
    assert agreed(folder) == [
        ("breaks", BREAK, "both agree (settled by RT)"),
        ("staffing", TROLLEY, "both agree; the narrower words (settled by RT)"),
    ]
    assert how(session)[:3] == ["agreed", "agreed", "open"]  # those that cross want a decision
    assert session.view()["counts"]["taken"] == 2
    assert "nothing to take over" in ask(session, "take_over")["say"]
    ask(session, "undo")
    assert agreed(folder) == []


def test_an_agreement_on_a_voice_against_keeps_its_reason(folder: Path) -> None:
    study = qc.open_study(folder)
    for coder in ("ann", "ben"):
        study.journal(coder).add(
            study.corpus["ward-2"],
            *spans("ward-2", "no break since May"),
            "breaks",
            memo=f"contrary: {coder} says",
        )
    session = open_session(folder, transcript="ward-2")
    ask(session, "take_over")
    assert ("breaks", "no break since May", "contrary: ann says (settled by RT)") in agreed(folder)


def test_agreements_on_one_code_whose_words_cross_need_no_reason(
    session: CompareSession, folder: Path
) -> None:
    assert settle(session, CROSSES, "second")["ok"]
    assert agreed(folder) == [
        ("rest", "nothing until six.", "both agree on the code (settled by RT)")
    ]


# What lasts -----------------------------------------------------------------------------------


def test_a_restart_finds_all_as_it_was(session: CompareSession, folder: Path) -> None:
    ask(session, "take_over")
    settle(session, CODE, "both", "two points")
    settle(session, STANCE, "neither", "no shortage")
    settle(session, ANN, "recode", "pay", code="pay")
    again = open_session(folder)
    assert how(again) == how(session) == ["agreed", "agreed", "open", "both", "neither", "recode"]
    assert again.view()["rows"] == session.view()["rows"]
    ask(again, "undo")
    assert how(again)[ANN] == "open"


def test_a_second_decision_takes_the_place_of_the_first(
    session: CompareSession, folder: Path
) -> None:
    settle(session, CODE, "both", "two points")
    settle(session, CODE, "first", "one point")
    assert agreed(folder) == [("pay", "I don’t sleep", "one point (settled by RT)")]
    settle(session, CODE, "neither", "no point")
    assert (agreed(folder), how(session)[CODE]) == ([], "neither")
    settle(session, CODE, "second", "a point")
    assert how(session)[CODE] == "second"


def test_a_second_decision_that_is_refused_leaves_the_first(
    session: CompareSession, folder: Path
) -> None:
    settle(session, ANN, "first", "heard")
    settle(session, CODE, "first", "pay")
    before = agreed(folder)
    words = span("ward-1", "the drill next door")
    answer = settle(session, CODE, "recode", "so", code="rest", span=words)
    assert "has given the code 'rest'" in answer["say"]
    assert agreed(folder) == before
    assert how(session)[CODE] == "first"


def test_what_was_settled_by_hand_is_seen_too(folder: Path) -> None:
    study = qc.open_study(folder)
    journal = study.journal("agreed")
    for words, code in (("biscuit at the drug trolley", "staffing"), ("I don’t sleep", "rest")):
        journal.add(study.corpus["ward-1"], *spans("ward-1", words), code, memo="by hand")
    session = open_session(folder)
    assert how(session) == ["open", "second", "open", "recode", "open", "open"]
    assert row(session, CODE)["settled"]["why"] == "by hand"
    assert row(session, CODE)["settled"]["who"] == ""


def test_what_a_coder_takes_away_later_leaves_the_rest(
    session: CompareSession, folder: Path
) -> None:
    settle(session, CODE, "first", "pay")
    other = qc.open_study(folder).journal("ben")
    other.remove(row(session, CODE)["second"])
    assert row(session, CODE)["word"] == "ann only"
    assert how(session)[CODE] == "first"
    assert settle(session, CODE, "neither", "gone")["ok"]


def test_changes_are_sent_as_what_differs(session: CompareSession) -> None:
    difference = session.view()["differences"][ANN]
    change, _ = session.handle(
        {
            "kind": "settle",
            "request": "1",
            "difference": difference,
            "decision": "first",
            "why": "y",
        }
    )
    assert sorted(change["parts"]) == ["codings", "counts", "rows", "transcripts", "undo"]
    assert list(change["parts"]["rows"]["put"]) == [difference]


# Who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "error", "match"),
    [
        ({"coders": ("ann", "cy")}, UnknownValueError, r"no coder is 'cy'.*'ann', 'ben'"),
        ({"coders": ("ann", "ann")}, StudyError, "not two coders"),
        ({"into": "ben"}, StudyError, "'ben' is one of the two coders"),
        ({"into": "Ben"}, JournalError, "differ only in capitals"),
        ({"into": "../x"}, JournalError, "cannot be a coder's name"),
        ({"settled_by": " "}, StudyError, "cannot be who settles"),
        ({"settled_by": "RT (chair)"}, StudyError, "cannot be who settles"),
    ],
)
def test_who_compares_whom_is_checked(
    folder: Path, options: dict[str, Any], error: type[Exception], match: str
) -> None:
    with pytest.raises(error, match=match):
        open_session(folder, **options)


def test_a_study_without_a_folder_is_refused() -> None:
    with pytest.raises(StudyError, match="no folder to write to"):
        CompareSession(qc.example_study(), ("ann", "ben"), into="x", settled_by="RT")


def test_several_may_settle_together(folder: Path) -> None:
    session = open_session(folder, settled_by="ann,  ben and RT")
    settle(session, ANN, "first", "heard")
    assert row(session, ANN)["settled"]["who"] == "ann, ben and RT"


def test_the_widget_has_no_address(folder: Path) -> None:
    view = qc.Compare(qc.open_study(folder), ("ann", "ben"), into="agreed", settled_by="RT")
    assert repr(view) == "Compare('ann' and 'ben', into 'agreed')"
