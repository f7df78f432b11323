"""Suggestions that learn, without a browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import qualcode as qc
from qualcode.coding.suggesting import Learns, Queues, TellsReliability
from qualcode.widgets._learning import EVERY

from ..browser._study import events, make_study
from ._pupils import Pupil, Scout, Shrinking, add, offered, opened, take_in, tell

if TYPE_CHECKING:
    from qualcode.widgets._session import CoderSession


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_study(tmp_path)


class TestTheProtocol:
    def test_each_part_is_optional(self):
        plain = qc.suggest_by_keywords({"breaks": ["break"]})
        parts = (Learns, Queues, TellsReliability)
        assert [isinstance(plain, part) for part in parts] == [False, False, False]
        assert [isinstance(Pupil(), part) for part in parts] == [True, False, False]
        assert [isinstance(Scout(), part) for part in parts] == [True, True, True]

    def test_a_plain_function_is_never_at_work_beside(self, folder):
        session = opened(folder, qc.suggest_by_keywords({"breaks": ["break"]}))
        add(session, EVERY)
        tell(session, "ping")
        assert not session.offering.learning.busy
        assert session.view()["queue"] is None
        assert not session.view()["study"]["learns"]
        assert tell(session, "queue")["say"] == "this suggester has no queue"

    def test_a_workspace_without_any_has_neither(self, folder):
        session = opened(folder, None)
        view = session.view()
        assert (view["queue"], view["news"], view["held"]) == (None, {}, "")
        assert "nothing here makes suggestions" in tell(session, "queue")["say"]
        assert "nothing here makes suggestions" in tell(session, "look", suggestion="x")["say"]


class TestLearning:
    def test_twenty_decisions_make_fresh_offers(self, folder):
        pupil = Pupil()
        session = opened(folder, pupil)
        tell(session, "suggest", on=True)
        before = offered(session)
        first = next(iter(session.view()["suggestions"].values()))
        tell(session, "decline", suggestion=first["id"])
        add(session, EVERY - 2)
        assert not session.offering.learning.busy
        add(session, 1, skip=EVERY)
        parts = take_in(session)
        (lesson,) = pupil.lessons
        assert len(lesson) == EVERY
        declined = ("ward-1", first["start"], first["end"], "rest", False)
        assert [one for one in lesson if not one.accepted] == [declined]
        assert {one.code_id for one in lesson if one.accepted} == {"staffing"}
        assert len(offered(session)) > len(before)
        number = len(offered(session))
        assert parts["news"] == {
            "number": 1,
            "say": f"learned from your last 20 decisions: {number} suggestions here",
        }
        assert set(parts) - {"transcripts"} == {"suggestions", "news"}
        tell(session, "open", transcript="ward-2")
        assert min(map(len, offered(session))) == 5, "offers kept from before the lesson"

    def test_no_key_waits_and_what_is_decided_meanwhile_is_for_the_next_round(self, folder):
        pupil = Pupil()
        session = opened(folder, pupil)
        tell(session, "suggest", on=True)
        pupil.go.clear()
        add(session, EVERY)
        assert session.offering.learning.busy
        before = offered(session)
        add(session, 3, "breaks")  # answered, while it learns
        assert offered(session) == before
        assert tell(session, "ping")["ok"]
        pupil.go.set()
        take_in(session)
        assert [len(lesson) for lesson in pupil.lessons] == [EVERY]
        add(session, EVERY - 3, "hostile")
        take_in(session)
        codes = sorted({one.code_id for one in pupil.lessons[1]})
        assert (len(pupil.lessons[1]), codes) == (EVERY, ["breaks", "hostile"])

    def test_another_transcript_has_offers_once_it_has_learned(self, folder):
        pupil = Pupil()
        session = opened(folder, pupil)
        tell(session, "suggest", on=True)
        pupil.go.clear()
        add(session, EVERY)
        tell(session, "open", transcript="ward-2")
        assert offered(session) == []
        assert tell(session, "suggest", on=True)["say"] == "suggestions come in a moment"
        pupil.go.set()
        take_in(session)
        assert offered(session) != []

    def test_offers_are_not_counted_where_they_are_hidden(self, folder):
        session = opened(folder, Pupil())
        add(session, EVERY)
        assert take_in(session)["news"]["say"] == "learned from your last 20 decisions"

    @pytest.mark.parametrize("fault", [ValueError("My break is a biscuit"), OSError("My break")])
    def test_a_lesson_that_fails_is_told_in_a_line_and_not_tried_again(self, folder, fault):
        pupil = Pupil()
        pupil.fault = fault
        session = opened(folder, pupil)
        tell(session, "suggest", on=True)
        before = offered(session)
        add(session, EVERY)
        name = type(fault).__name__
        assert take_in(session)["news"]["say"] == (
            f"could not learn from your last 20 decisions ({name}): the suggestions stay as they were"
        )
        assert offered(session) == before
        add(session, EVERY - 1, "breaks")
        assert (pupil.calls, session.offering.learning.busy) == (1, False)
        pupil.fault = None
        add(session, 1, "hostile")
        take_in(session)
        assert [len(lesson) for lesson in pupil.lessons] == [EVERY]


class TestTheOneLookedAt:
    """What is selected stays, and is never taken for another."""

    @pytest.fixture
    def session(self, folder) -> CoderSession:
        pupil = Shrinking()
        session = opened(folder, pupil)
        tell(session, "suggest", on=True)
        return session

    def test_it_stays_when_fresh_offers_do_not_hold_it(self, session, folder):
        one = next(iter(session.view()["suggestions"]))
        assert tell(session, "look", suggestion=one)["ok"]
        add(session, EVERY)
        take_in(session)
        assert list(session.view()["suggestions"]) == [one]
        assert session.view()["held"] == one
        assert tell(session, "accept", suggestion=one)["ok"]
        assert events(folder, "RT")[-1]["source"] == {
            "kind": "suggestion",
            "model": "shrinking",
            "score": 0.9,
        }
        assert session.view()["suggestions"] == {}
        tell(session, "undo")
        assert list(session.view()["suggestions"]) == [one]

    def test_what_was_shown_until_just_now_can_still_be_decided(self, session):
        one, two, three = list(session.view()["suggestions"])[:3]
        add(session, EVERY)
        take_in(session)
        assert session.view()["suggestions"] == {}
        tell(session, "look", suggestion=two)  # was on its way when the fresh ones came
        assert list(session.view()["suggestions"]) == [two]
        assert tell(session, "decline", suggestion=one)["ok"]
        tell(session, "look", suggestion="")
        assert session.view()["suggestions"] == {}
        assert "decided or gone" in tell(session, "accept", suggestion=one)["say"]
        assert "decided or gone" in tell(session, "accept", suggestion=f"{three}x")["say"]

    def test_it_is_let_go_with_the_transcript(self, session):
        one = next(iter(session.view()["suggestions"]))
        tell(session, "look", suggestion=one)
        tell(session, "open", transcript="ward-2")
        assert session.view()["held"] == ""

    def test_it_is_gone_when_its_text_is_another(self, session, folder):
        one = next(iter(session.view()["suggestions"]))
        tell(session, "look", suggestion=one)
        tell(session, "suggest", on=False)
        assert list(session.view()["suggestions"]) == [one]
        path = folder / "transcripts_anonymised" / "ward-1.txt"
        text = path.read_text(encoding="utf-8").replace("My break", "Our break")
        path.write_text(text, encoding="utf-8")
        tell(session, "ping")
        assert session.view()["suggestions"] == {}
        assert "decided or gone" in tell(session, "accept", suggestion=one)["say"]
