"""The rule book of reading quotes: which are shown, in which order, in their place, with a star."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from qualcode.errors import JournalError, UnknownCodeError
from qualcode.study import open_study
from qualcode.study.example import example_study
from qualcode.widgets._retrieval_rows import split_words
from qualcode.widgets._retrieval_session import RetrievalSession

from .._made import coding_id, write_study

AT = datetime(2026, 1, 7, 12, 30, 5, 999, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_study(tmp_path)


@pytest.fixture
def session(folder: Path) -> RetrievalSession:
    return RetrievalSession(open_study(folder), "ann", "rest", clock=lambda: AT)


def ask(session: RetrievalSession, kind: str, **given: Any) -> dict[str, Any]:
    answer = session.handle({"kind": kind, "request": "r", **given})[-1]
    assert answer["kind"] == "answer"
    return answer


def shown(session: RetrievalSession, **look: Any) -> list[str]:
    """Look for quotes and give the ends of their ids, in order."""
    answer = ask(session, "look", **{"code": "rest", **look})
    assert answer["ok"], answer["say"]
    return [name[-2:] for name in session.snapshot()["order"]]


def stars_of(folder: Path) -> list[str]:
    path = folder / "interviews_codebook" / "stars.csv"
    return path.read_text(encoding="utf-8").splitlines()[1:] if path.exists() else []


def test_a_view_shows_a_codes_quotes_with_those_below(session: RetrievalSession) -> None:
    view = session.snapshot()
    assert json.loads(json.dumps(view)) == view
    assert [name[-2:] for name in view["order"]] == ["01", "02", "03", "06", "07", "08", "10"]
    assert view["counts"] == {"rest": 7, "breaks": 5, "naps": 1, "staffing": 3, "pay": 0}
    assert view["quotes"][coding_id(7)] == {
        "id": coding_id(7),
        "transcript": "ward-2",
        "body": "Ward 2",
        "body_type": "medical",
        "speaker": "NN",
        "role": "Night nurse",
        "place": "ward-2, 00:00:21, turn 2",
        "quote": "no break since May",
        "memo": "",
        "coder": "ben",
        "code": "breaks",
        "path": "Rest > Breaks",
        "contrary": False,
        "words": 4,
        "start": 98,
        "end": 116,
    }
    assert view["options"] == {
        "body_types": {"medical": 3, "surgical": 4},
        "roles": {"Night nurse": 5, "Ward manager": 2},
        "coders": {"ann": 4, "ben": 3},
    }
    assert (view["stars"], view["gone"], view["reading"], view["notice"]) == ({}, [], None, "")


@pytest.mark.parametrize(
    ("look", "expected"),
    [
        ({"code": "breaks"}, ["01", "06", "07", "08", "10"]),
        ({"code": "pauses"}, ["01", "06", "07", "08", "10"]),
        ({"code": "pay"}, []),
        ({"body_types": ["surgical"]}, ["01", "02", "03", "10"]),
        ({"roles": ["Ward manager"]}, ["08", "10"]),
        ({"coders": ["ben"]}, ["03", "07", "10"]),
        ({"coders": ["ben", "ann"], "roles": ["Ward manager"]}, ["08", "10"]),
        ({"coders": ["nobody"]}, []),
        ({"words": "BREAK"}, ["01", "06", "07", "08", "10"]),
        ({"words": "break no"}, ["06", "07"]),
        ({"words": '"since May"'}, ["06", "07"]),
        ({"words": "don't"}, ["03"]),
        ({"words": "bisc*"}, ["01"]),
        ({"words": '  ""  '}, ["01", "02", "03", "06", "07", "08", "10"]),
        ({"words": "(a+)+$ ["}, []),
        ({"sort": "longest"}, ["01", "10", "06", "08", "02", "07", "03"]),
        ({"sort": "shortest"}, ["03", "02", "07", "06", "08", "01", "10"]),
    ],
)
def test_quotes_are_filtered_and_sorted(
    session: RetrievalSession, look: dict[str, Any], expected: list[str]
) -> None:
    assert shown(session, **look) == expected


def test_typical_quotes_come_first_each_once(session: RetrievalSession) -> None:
    typical = shown(session, sort="typical")
    assert sorted(typical) == ["01", "02", "03", "06", "07", "08", "10"]
    assert shown(session, sort="typical", code="pay") == []


def test_contrary_voices_alone(session: RetrievalSession, folder: Path) -> None:
    open_study(folder).journal("ann").memo("Contrary: she likes it", coding=coding_id(1))
    assert shown(session, contrary=True) == ["01"]
    quote = session.snapshot()["quotes"][coding_id(1)]
    assert (quote["contrary"], quote["memo"]) == (True, "Contrary: she likes it")


def test_the_options_stay_while_filters_narrow(session: RetrievalSession) -> None:
    before = session.snapshot()["options"]
    shown(session, coders=["ben"])
    view = session.snapshot()
    assert view["options"] == before
    assert view["of"] == 7
    assert view["look"]["coders"] == ["ben"]


def test_only_what_changed_is_sent(session: RetrievalSession) -> None:
    session.snapshot()
    change, answer = session.handle(
        {"kind": "look", "request": "r", "code": "rest", "coders": ["ben"]}
    )
    assert set(change["parts"]) == {"look", "order", "quotes"}
    assert change["parts"]["quotes"] == {
        "put": {},
        "drop": [coding_id(number) for number in (1, 2, 6, 8)],
    }
    assert answer["say"] == "3 quotes of Rest"
    assert len(session.handle({"kind": "ping"})) == 1


def test_an_unknown_code_is_refused_and_the_view_stays(session: RetrievalSession) -> None:
    before = session.snapshot()
    answer = ask(session, "look", code="rst")
    assert answer["ok"] is False
    assert "no code has the id 'rst'" in answer["say"]
    assert session.snapshot() == before
    for message in ({"kind": "look"}, {"kind": "look", "code": "rest", "sort": "odd"}):
        assert "a message was not understood" in session.handle(message)[-1]["say"]


def test_a_quote_is_read_in_its_place(session: RetrievalSession) -> None:
    session.snapshot()
    change, answer = session.handle({"kind": "read", "coding": coding_id(7), "request": "r"})
    assert answer["say"] == "ward-2 is open at the quote"
    reading = change["parts"]["reading"]
    text = reading["text"]["text"]
    assert text[reading["start"] : reading["end"]] == "no break since May"
    assert reading["text"]["id"] == "ward-2"
    assert [block["speaker"] for block in reading["text"]["blocks"]] == ["INT", "NN"]
    assert len(session.handle({"kind": "ping"})) == 1
    assert ask(session, "read", coding="")["ok"]
    assert session.snapshot()["reading"] is None
    assert "not there any more" in ask(session, "read", coding="x")["say"]


def test_a_star_is_on_the_disk_before_it_is_shown(session: RetrievalSession, folder: Path) -> None:
    session.snapshot()
    change, answer = session.handle(
        {"kind": "star", "coding": coding_id(6), "on": True, "request": "r"}
    )
    assert answer["say"] == "starred; 1 quote picked in all"
    assert stars_of(folder) == [
        f"{coding_id(6)},ward-2,breaks,I have had no break since,ann,2026-01-07T12:30:05Z"
    ]
    assert set(change["parts"]) == {"stars"}
    ask(session, "star", coding=coding_id(1), on=True)
    assert shown(session, starred=True) == ["01", "06"]
    answer = ask(session, "star", coding=coding_id(6), on=False)
    assert answer["say"] == "star taken away; 1 quote picked in all"
    assert [name[-2:] for name in session.snapshot()["order"]] == ["01"]
    assert len(stars_of(folder)) == 1


def test_stars_of_others_are_kept_and_seen(session: RetrievalSession, folder: Path) -> None:
    ben = RetrievalSession(open_study(folder), "ben", clock=lambda: AT)
    ask(session, "star", coding=coding_id(6), on=True)
    ask(ben, "star", coding=coding_id(1), on=True)
    assert [(one["id"][-2:], one["by"]) for one in session.snapshot()["stars"].values()] == [
        ("01", "ben"),
        ("06", "ann"),
    ]
    assert len(stars_of(folder)) == 2


def test_a_star_whose_coding_is_gone_is_listed_and_not_counted(
    session: RetrievalSession, folder: Path
) -> None:
    for number in (1, 6):
        ask(session, "star", coding=coding_id(number), on=True)
    open_study(folder).journal("ann").remove(coding_id(6))
    view = session.snapshot()
    assert list(view["stars"]) == [coding_id(1)]
    assert [(one["id"], one["begins"]) for one in view["gone"]] == [
        (coding_id(6), "I have had no break since")
    ]
    answer = ask(session, "star", coding=coding_id(6), on=False)
    assert answer["say"] == "star taken away; 1 quote picked in all"
    assert session.snapshot()["gone"] == []


def test_what_is_changed_elsewhere_is_seen(session: RetrievalSession, folder: Path) -> None:
    session.snapshot()
    study = open_study(folder)
    study.journal("ann").recode(coding_id(1), "pay")
    (folder / "interviews_codebook" / "codebook.yaml").write_text(
        (folder / "interviews_codebook" / "codebook.yaml").read_text().replace("Naps", "Dozing")
    )
    change, _ = session.handle({"kind": "ping", "request": "r"})
    assert {"codes", "counts", "order", "quotes"} <= set(change["parts"])
    assert change["parts"]["counts"]["put"] == {"rest": 6, "breaks": 4, "pay": 1}
    assert change["parts"]["quotes"]["put"][coding_id(10)]["path"] == "Rest > Breaks > Dozing"


def test_a_code_that_went_leaves_an_empty_list_and_a_notice(
    session: RetrievalSession, folder: Path
) -> None:
    assert shown(session, code="pay") == []
    path = folder / "interviews_codebook" / "codebook.yaml"
    text = path.read_text()
    path.write_text(text[: text.index("  - id: pay")])
    view = session.snapshot()
    assert (view["order"], view["notice"]) == (
        [],
        "the code 'pay' is not there any more: choose another",
    )


def test_what_cannot_be_read_is_told_and_the_view_stays(
    session: RetrievalSession, folder: Path
) -> None:
    before = session.snapshot()["order"]
    (folder / "interviews_codebook" / "stars.csv").write_text("no stars\n")
    view = session.snapshot()
    assert "the stars cannot be read as they are now" in view["notice"]
    assert "no column" in ask(session, "star", coding=coding_id(1), on=True)["say"]
    (folder / "interviews_codebook" / "codebook.yaml").write_text("codes: [\n")
    view = session.snapshot()
    assert "the codebook cannot be read as it is now" in view["notice"]
    assert view["order"] == before


def test_nobody_can_star_under_a_wrong_name_or_begin_at_a_wrong_code(folder: Path) -> None:
    study = open_study(folder)
    with pytest.raises(JournalError, match="'a/b' cannot be a coder's name"):
        RetrievalSession(study, "a/b")
    with pytest.raises(UnknownCodeError, match="no code has the id 'nothing'"):
        RetrievalSession(study, code="nothing")
    session = RetrievalSession(study, clock=lambda: AT)
    assert session.snapshot()["look"]["code"] == "rest"
    assert ask(session, "star", coding=coding_id(1), on=True)["ok"]
    assert ",,2026" in stars_of(folder)[0]


def test_a_study_without_a_folder_can_be_read_and_not_starred() -> None:
    session = RetrievalSession(example_study(), code="staffing")
    assert len(session.snapshot()["order"]) == 3
    answer = ask(session, "star", coding=session.snapshot()["order"][0], on=True)
    assert answer["say"].startswith("the study has no folder to write stars to")


def test_split_words() -> None:
    assert split_words('no "since May" break') == ["no", "since May", "break"]
    assert split_words(' " ') == []
