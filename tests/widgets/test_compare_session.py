"""Two coders compared, and what is settled into a third journal, without a browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import qualcode as qc
from qualcode.errors import JournalError, StudyError, UnknownValueError
from qualcode.widgets._compare_session import CompareSession

from .._made import INTERVIEWS, write_study

# coder, transcript, code, words, memo: one row of each kind, and one more that crosses
CODINGS = (
    ("ann", "ward-1", "breaks", "My break is a biscuit at the drug trolley", ""),
    ("ben", "ward-1", "breaks", "My break is a biscuit at the drug trolley", ""),
    ("ann", "ward-1", "rest", "Then nothing until six", ""),
    ("ben", "ward-1", "rest", "nothing until six.", ""),
    ("ann", "ward-1", "pay", "I don’t sleep", ""),
    ("ben", "ward-1", "naps", "I don’t sleep", "day and night"),
    ("ann", "ward-1", "staffing", "The post comes", "contrary: that is no shortage"),
    ("ben", "ward-1", "staffing", "The post comes, then", ""),
    ("ann", "ward-1", "rest", "the drill next door", "noise"),
    ("ann", "ward-1", "staffing", "at the drug trolley", ""),
    ("ben", "ward-1", "staffing", "biscuit at the drug trolley", ""),
    ("ann", "ward-2", "staffing", "We were two", ""),
    ("ben", "ward-2", "staffing", "We were two", ""),
)
AGREE, NARROW, CROSSES, CODE, STANCE, ANN = range(6)  # where each stands among the differences
BREAK, TROLLEY = "My break is a biscuit at the drug trolley", "at the drug trolley"


def spans(name: str, words: str) -> tuple[int, int]:
    start = INTERVIEWS[name][1].index(words)
    return start, start + len(words)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_study(tmp_path)
    for journal in (tmp_path / "interviews_codebook" / "codings").iterdir():
        journal.unlink()
    study = qc.open_study(tmp_path)
    for coder, name, code, words, memo in CODINGS:
        study.journal(coder).add(study.corpus[name], *spans(name, words), code, memo=memo)
    return tmp_path


def open_session(folder: Path, **options: Any) -> CompareSession:
    given = {"into": "agreed", "settled_by": "RT"} | options
    session = CompareSession(qc.open_study(folder), given.pop("coders", ("ann", "ben")), **given)
    session.snapshot()
    return session


@pytest.fixture
def session(folder: Path) -> CompareSession:
    return open_session(folder)


def ask(session: CompareSession, kind: str, **fields: Any) -> dict[str, Any]:
    """Send a message as a view does, and give the answer without what stands in every one."""
    *_, answer = session.handle({"kind": kind, "request": "7", **fields})
    assert (answer.pop("kind"), answer.pop("request")) == ("answer", "7")
    return answer


def settle(session: CompareSession, place: int, decision: str, why: str = "", **more: Any):
    difference = session.view()["differences"][place]
    return ask(session, "settle", difference=difference, decision=decision, why=why, **more)


def row(session: CompareSession, place: int) -> dict[str, Any]:
    view = session.view()
    return view["rows"][view["differences"][place]]


def how(session: CompareSession) -> list[str]:
    """Give how each difference was settled, in the order of the text."""
    view = session.view()
    settled = [view["rows"][name]["settled"] for name in view["differences"]]
    return [one["how"] if one else "open" for one in settled]


def agreed(folder: Path) -> list[tuple[str, str, str]]:
    """Give what the third journal holds, to a study that is opened again."""
    segments = qc.open_study(folder).segments(coder="agreed")
    return list(segments[["code_id", "quote", "memo"]].itertuples(index=False, name=None))


def lines(folder: Path) -> list[dict[str, Any]]:
    path = folder / "interviews_codebook" / "codings" / "agreed.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def span(name: str, words: str) -> dict[str, Any]:
    start, end = spans(name, words)
    return {"transcript": name, "start": start, "end": end, "quote": words}


# What is shown ---------------------------------------------------------------------------------


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


# Settling --------------------------------------------------------------------------------------


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


# For or against --------------------------------------------------------------------------------


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


# Agreements ------------------------------------------------------------------------------------


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


# What lasts ------------------------------------------------------------------------------------


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


# Who may ---------------------------------------------------------------------------------------


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
