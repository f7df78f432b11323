"""The rule book of the coding workspace, without a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import qualcode as qc
from qualcode.errors import JournalError, StudyError
from qualcode.model import Speaker
from qualcode.widgets._payload import blocks_of
from qualcode.widgets._session import CoderSession

from ..browser._study import CODEBOOK, events, make_study

SUGGEST = qc.suggest_by_keywords({"breaks": ["break*"], "staffing": ["two of us"]})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_study(tmp_path)


@pytest.fixture
def session(folder: Path) -> CoderSession:
    return opened(folder)


def opened(folder: Path, coder: str = "RT", **more: Any) -> CoderSession:
    session = CoderSession(qc.open_study(folder), coder, **more)
    session.snapshot()
    return session


def span(session: CoderSession, words: str) -> dict[str, Any]:
    text = session.transcript.text
    start = text.index(words)
    return {
        "transcript": session.transcript.id,
        "start": start,
        "end": start + len(words),
        "quote": words,
    }


def tell(session: CoderSession, kind: str, **fields: Any) -> dict[str, Any]:
    """Send a message, and give the answer."""
    return session.handle({"kind": kind, "request": "7", **fields})[-1]


def add(session: CoderSession, words: str, code: str, memo: str = "") -> dict[str, Any]:
    return tell(session, "add", spans=[span(session, words)], code=code, memo=memo)


def shown(session: CoderSession) -> list[tuple[str, str]]:
    """Give code and words of the codings that a view shows, in order of place."""
    text = session.transcript.text
    codings = sorted(session.view()["codings"].values(), key=lambda one: (one["start"], one["id"]))
    return [(one["code"], text[one["start"] : one["end"]]) for one in codings]


class TestCoding:
    def test_it_is_on_the_disk_before_the_view_changes(self, session, folder):
        messages = session.handle(
            {"kind": "add", "request": "1", "spans": [span(session, "a biscuit")], "code": "breaks"}
        )
        assert [event["quote"] for event in events(folder, "RT")] == ["a biscuit"]
        assert [message["kind"] for message in messages] == ["change", "answer"]
        (added,) = messages[0]["parts"]["codings"]["put"].values()
        assert (added["code"], added["own"], added["coder"]) == ("breaks", True, "RT")
        assert messages[0]["parts"]["counts"] == {"put": {"breaks": [1, 1]}, "drop": []}
        assert messages[1] == {
            "kind": "answer",
            "request": "1",
            "ok": True,
            "say": "coded 2 words as Breaks",
            "coding": added["id"],
        }

    def test_words_that_the_text_has_not_are_refused(self, session, folder):
        wrong = span(session, "a biscuit") | {"quote": "a biscuiT"}
        answer = tell(session, "add", spans=[wrong], code="breaks")
        assert not answer["ok"]
        assert "other words there" in answer["say"]
        assert "biscui" not in answer["say"]
        assert events(folder, "RT") == []

    @pytest.mark.parametrize(
        ("fields", "why"),
        [
            ({"code": "nothing"}, "no code has the id 'nothing'"),
            ({"spans": []}, "not understood"),
            ({"spans": [{"transcript": "ward-9", "start": 0, "end": 1, "quote": "x"}]}, "ward-9"),
            (
                {"spans": [{"transcript": "ward-1", "start": -1, "end": 1, "quote": "x"}]},
                "not under",
            ),
            ({"spans": [{"transcript": "ward-1", "start": 3, "end": 3, "quote": ""}]}, "no words"),
        ],
    )
    def test_what_cannot_be_done_says_why_and_changes_nothing(self, session, folder, fields, why):
        asked = {"spans": [span(session, "a biscuit")], "code": "breaks", **fields}
        messages = session.handle({"kind": "add", "request": "1", **asked})
        assert [message["kind"] for message in messages] == ["answer"]
        assert why in messages[0]["say"]
        assert events(folder, "RT") == []

    @pytest.mark.parametrize("message", [None, 5, "add", {}, {"kind": "fly"}, {"kind": "add"}])
    def test_messages_of_no_sense_are_answered(self, session, message):
        (answer,) = session.handle(message)
        assert not answer["ok"]
        assert "was not understood" in answer["say"]

    def test_several_passages_are_one_change(self, session):
        spans = [span(session, "a biscuit"), span(session, "four hours")]
        answer = tell(session, "add", spans=spans, code="rest")
        assert answer["say"] == "coded 2 passages as Rest"
        assert (
            tell(session, "undo")["say"] == "undone: coded as Rest “a biscuit” in ward-1, 2 in all"
        )
        assert shown(session) == []

    def test_recode_resize_memo_remove(self, session, folder):
        coding = add(session, "a biscuit", "breaks")["coding"]
        assert tell(session, "recode", coding=coding, code="rest")["say"] == "recoded as Rest"
        tell(session, "memo", on="coding", id=coding, text="why?")
        longer = tell(session, "resize", coding=coding, span=span(session, "is a biscuit"))
        assert longer["say"] == "now 3 words"
        assert shown(session) == [("rest", "is a biscuit")]
        (view,) = session.view()["codings"].values()
        assert (view["id"], view["memo"]) == (longer["coding"], "why?")
        assert tell(session, "remove", coding=view["id"])["say"] == "removed Rest"
        assert shown(session) == []
        for _ in range(5):
            assert tell(session, "undo")["ok"]
        assert tell(session, "undo")["say"].startswith(str(folder))
        assert session.view()["redo"]

    def test_what_is_undone_is_so_after_a_restart(self, session, folder):
        add(session, "a biscuit", "breaks")
        add(session, "four hours", "rest")
        again = opened(folder)
        assert tell(again, "undo")["say"] == "undone: coded as Rest “four hours” in ward-1"
        assert shown(opened(folder)) == [("breaks", "a biscuit")]
        assert tell(opened(folder), "redo")["ok"]
        assert len(shown(session)) == 2

    def test_matches_that_have_the_code_already_are_passed_over(self, session):
        add(session, "a biscuit", "breaks")
        both = [span(session, "a biscuit"), span(session, "four hours")]
        answer = tell(session, "add", spans=both, code="breaks")
        assert answer["say"] == "coded 2 words as Breaks; 1 had it already"
        assert "all 2 have that code" in tell(session, "add", spans=both, code="breaks")["say"]
        assert len(shown(session)) == 2

    def test_a_journal_put_back_under_the_view_is_told_before_it_is_written_to(
        self, session, folder
    ):
        add(session, "a biscuit", "breaks")
        add(session, "four hours", "rest")
        path = folder / "interviews_codebook" / "codings" / "RT.jsonl"
        path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
        notice = session.handle({"kind": "ping"})[0]["parts"]["notice"]
        assert notice == "the journal on the disk lacks 1 event: was it put back?"
        refused = add(session, "the post", "rest")
        assert not refused["ok"]
        assert "lacks 1 event that it had" in refused["say"]
        assert len(events(folder, "RT")) == 1
        assert add(session, "the post", "rest")["ok"]

    def test_a_journal_that_cannot_be_read_is_told_with_every_key(self, session, folder):
        add(session, "a biscuit", "breaks")
        path = folder / "interviews_codebook" / "codings" / "RT.jsonl"
        whole = path.read_bytes()
        path.write_bytes(b"<<<<<<< ours\n" + whole)
        answer = tell(session, "undo")
        assert not answer["ok"]
        assert "RT.jsonl:1" in answer["say"]
        path.write_bytes(whole)
        assert tell(session, "undo")["ok"]


class TestTranscripts:
    def test_another_is_opened(self, session):
        answer = tell(session, "open", transcript="ward-2")
        assert answer["say"] == "ward-2 is open"
        assert session.view()["text"]["id"] == "ward-2"
        assert "ward-9" in tell(session, "open", transcript="ward-9")["say"]

    def test_progress_counts_turns_that_are_not_the_interviewers(self, session):
        add(session, "a biscuit", "breaks")
        add(session, "My break", "breaks")
        add(session, "When do you", "rest")  # the interviewer's
        tell(session, "ping")
        rows = session.view()["transcripts"]
        assert [(r["codings"], r["coded"], r["turns"]) for r in rows.values()] == [
            (3, 1, 2),
            (0, 0, 1),
        ]

    def test_text_that_belongs_to_no_turn_is_shown_in_paragraphs(self):
        text = "First line.\n\n\n Second one.\n\nA: Hello.\n"
        transcript = qc.Transcript("notes", text, speakers=(Speaker("A", "Interviewer"),))
        blocks = blocks_of(transcript)
        assert [text[b["from"] : b["to"]] for b in blocks] == [
            "First line.",
            "Second one.",
            "Hello.",
        ]
        assert [b["start"] for b in blocks] == sorted(b["start"] for b in blocks)
        assert [b["asks"] for b in blocks] == [False, False, True]


class TestCodes:
    def test_a_new_code_is_written_with_comments_kept(self, session, folder):
        answer = tell(
            session,
            "new_code",
            name="Two of us",
            definition="Pairs.",
            parent="staffing",
            spans=[span(session, "two of us")],
            memo="in vivo",
        )
        assert answer["say"] == "new code; coded 3 words as Two of us"
        text = (folder / "interviews_codebook" / "codebook.yaml").read_text(encoding="utf-8")
        assert text.startswith("# kept: a comment\n")
        assert (
            qc.read_codebook(folder / "interviews_codebook" / "codebook.yaml")["two_of_us"].parent
            == "staffing"
        )
        assert events(folder, "RT")[0]["memo"] == "in vivo"

    def test_a_wrong_span_leaves_the_codebook_alone(self, session, folder):
        wrong = span(session, "two of us") | {"quote": "other"}
        assert not tell(session, "new_code", name="X", definition="Y.", spans=[wrong])["ok"]
        assert (folder / "interviews_codebook" / "codebook.yaml").read_text("utf-8") == CODEBOOK

    @pytest.mark.parametrize("name", ["Rest", " "])
    def test_a_name_that_cannot_be_is_refused(self, session, name):
        assert not tell(session, "new_code", name=name, definition="Z.")["ok"]

    def test_ids_are_free_and_safe(self, session, folder):
        for name in ("Élan & vital!", "elan vital", "休み", "9 to 5"):
            assert tell(session, "new_code", name=name, definition="D.")["ok"]
        codes = qc.read_codebook(folder / "interviews_codebook" / "codebook.yaml")
        assert [code.id for code in codes][-4:] == [
            "elan_vital",
            "elan_vital_2",
            "code",
            "code_9_to_5",
        ]

    def test_a_codebook_edited_meanwhile_is_read_again(self, session, folder):
        path = folder / "interviews_codebook" / "codebook.yaml"
        path.write_text(CODEBOOK.replace("name: Breaks", "name: Pauses"), encoding="utf-8")
        parts = session.handle({"kind": "ping"})[0]["parts"]
        assert "Pauses" in [code["name"] for code in parts["codes"]]
        path.write_text("codes: [", encoding="utf-8")
        notice = session.handle({"kind": "ping"})[0]["parts"]["notice"]
        assert "cannot be read as it is now" in notice
        assert add(session, "a biscuit", "breaks")["say"] == "coded 2 words as Pauses"

    def test_pins_last_and_a_code_has_one_key(self, session, folder):
        tell(session, "pin", code="rest", key=1)
        tell(session, "pin", code="breaks", key=2)
        tell(session, "pin", code="rest", key=2)
        assert opened(folder).view()["pins"] == {"2": "rest"}
        tell(session, "pin", code="rest", key=0)
        assert opened(folder).view()["pins"] == {}
        assert opened(folder, "BB").view()["pins"] == {}

    def test_recent_codes_come_back_after_a_restart(self, session, folder):
        for words, code in (("a biscuit", "breaks"), ("four", "rest"), ("the post", "breaks")):
            add(session, words, code)
        assert opened(folder).view()["recent"] == ["breaks", "rest"]


class TestCoders:
    def test_each_sees_only_their_own(self, session, folder):
        add(session, "a biscuit", "breaks")
        assert shown(opened(folder, "BB")) == []
        both = opened(folder, "BB", also=["RT"])
        assert shown(both) == [("breaks", "a biscuit")]
        (coding,) = both.view()["codings"].values()
        assert not coding["own"]
        assert "is not BB's" in tell(both, "remove", coding=coding["id"])["say"]
        assert both.view()["counts"] == {}

    def test_two_programs_with_one_coder_agree(self, session, folder):
        other = opened(folder)
        add(session, "a biscuit", "breaks")
        assert other.handle({"kind": "ping"})[0]["parts"]["undo"] is True
        assert shown(other) == shown(session)

    def test_a_name_that_cannot_be_a_coders(self, folder):
        with pytest.raises(JournalError, match="coder"):
            opened(folder, "../x")

    def test_a_study_without_a_folder(self):
        with pytest.raises(StudyError, match="no folder to write to"):
            CoderSession(qc.example_study(), "RT")


class TestSuggestions:
    def test_none_are_shown_until_asked_for(self, folder):
        session = opened(folder, suggest=SUGGEST)
        assert session.view()["suggestions"] == {}
        assert tell(session, "suggest", on=True)["say"] == "2 suggestions"
        assert {offer["code"] for offer in session.view()["suggestions"].values()} == {
            "breaks",
            "staffing",
        }

    def test_accepted_and_declined_are_on_record(self, folder):
        session = opened(folder, suggest=SUGGEST)
        tell(session, "suggest", on=True)
        first, second = session.view()["suggestions"]
        assert tell(session, "accept", suggestion=first, memo="yes")["ok"]
        assert tell(session, "decline", suggestion=second)["say"] == "declined: Staffing"
        assert session.view()["suggestions"] == {}
        assert "decided or gone" in tell(session, "accept", suggestion=first)["say"]
        again = opened(folder, suggest=SUGGEST)
        tell(again, "suggest", on=True)
        assert again.view()["suggestions"] == {}
        kinds = [(e["event"], e.get("source", {}).get("model")) for e in events(folder, "RT")]
        assert kinds == [("add", "keywords"), ("add", "keywords"), ("remove", None)]
        tell(again, "undo")
        assert list(again.view()["suggestions"]) == [second]

    def test_offers_that_do_not_fit_are_left_out(self, folder):
        session = opened(
            folder,
            suggest=lambda t: [
                (0, 3, "nope", 1, ""),
                (5, 5, "rest", 1, ""),
                (0, 10**9, "rest", 1, ""),
            ],
        )
        assert tell(session, "suggest", on=True)["say"] == "0 suggestions"
        assert session.offering.offers.left_out == 3

    def test_a_workspace_without_any_says_so(self, session):
        assert "nothing here makes suggestions" in tell(session, "suggest", on=True)["say"]


class TestFinding:
    def test_plainly_in_one_or_in_all(self, session):
        assert [m["quote"] for m in tell(session, "find", query="BREAK")["found"]] == ["break"]
        everywhere = tell(session, "find", query="break", everywhere=True)
        assert [m["transcript"] for m in everywhere["found"]] == ["ward-1", "ward-2", "ward-2"]
        assert tell(session, "find", query="BREAK", case=True)["say"] == "0 matches"
        assert tell(session, "find", query="NN:")["found"] == []  # labels are not words

    def test_matches_are_where_python_counts(self, session):
        (match,) = tell(session, "find", query="the post")["found"]
        assert session.transcript.text[match["start"] : match["end"]] == "the post"
        assert match["before"].endswith("and \U0001f469\u200d\U0001f52c")

    def test_an_expression_that_never_ends_is_stopped(self, folder):
        more = {
            "long": "---\nid: long\nbody: L\nspeakers:\n- {label: A, role: x}\n---\nA: "
            + "a" * 5000
            + "!\n"
        }
        session = opened(make_study(folder / "more", more=more), transcript="long")
        answer = tell(session, "find", query="(a|aa)+$", regex=True)
        assert "takes too long" in answer["say"] or answer["found"] == []

    def test_what_is_wrong_with_it_is_said(self, session):
        assert "at character 3" in tell(session, "find", query="(x", regex=True)["say"]
        assert "no words" in tell(session, "find", query="  ")["say"]


def test_views_are_told_only_what_changed(session):
    messages = session.handle({"kind": "ping", "request": "1"})
    assert [m["kind"] for m in messages][-1] == "answer"
    assert session.handle({"kind": "ping", "request": "2"}) == [
        {"kind": "answer", "request": "2", "ok": True}
    ]
    add(session, "a biscuit", "breaks")
    number = session.snapshot()["number"]
    (message, _) = session.handle({"kind": "undo"})
    assert message["number"] == number + 1
    assert set(message["parts"]) == {"counts", "transcripts", "codings", "undo", "redo", "recent"}
    (whole,) = session.handle({"kind": "snapshot"})
    assert whole["snapshot"]["number"] == message["number"]
    assert whole["snapshot"]["codings"] == {}


def test_a_transcript_edited_meanwhile_is_shown_as_it_is(session, folder):
    add(session, "a biscuit", "breaks")
    old = span(session, "the post")
    path = folder / "transcripts_anonymised" / "ward-1.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("When do you rest?", "When, if ever, do you rest?"), "utf-8")
    parts = session.handle({"kind": "ping"})[0]["parts"]
    assert "When, if ever," in parts["text"]["text"]
    assert shown(session) == [("breaks", "a biscuit")]
    assert "other words there" in tell(session, "add", spans=[old], code="rest")["say"]
    assert add(session, "the post", "rest")["ok"]
    path.write_text("no front matter", encoding="utf-8")
    (change, _) = session.handle({"kind": "ping"})
    assert "cannot be read as it is now" in change["parts"]["notice"]
    assert len(shown(session)) == 2


def test_codings_adrift_are_counted_in_the_notice(session, folder):
    add(session, "a biscuit", "breaks")
    path = folder / "transcripts_anonymised" / "ward-1.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("My break is a biscuit", "Nothing"), encoding="utf-8")
    with pytest.warns(qc.errors.AdriftWarning):
        study = qc.open_study(folder)
    again = CoderSession(study, "RT")
    assert again.view()["notice"] == "1 coding of this transcript adrift: its words have changed"
    assert again.view()["codings"] == {}
