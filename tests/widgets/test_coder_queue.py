"""The queue of suggestions, over all transcripts, without a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from qualcode.widgets._learning import EVERY

from ..browser._study import events, make_study
from ._pupils import Scout, add, offered, opened, take_in, tell

if TYPE_CHECKING:
    from qualcode.widgets._session import CoderSession


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_study(tmp_path)


class TestTheQueue:
    @pytest.fixture
    def scout(self) -> Scout:
        return Scout()

    @pytest.fixture
    def session(self, folder, scout) -> CoderSession:
        scout.go.clear()
        session = opened(folder, scout)
        assert session.view()["queue"] == {"left": None, "total": 0, "at": ""}
        tell(session, "ping")
        scout.go.set()
        assert take_in(session)["queue"] == {"left": 4, "total": 4, "at": ""}
        return session

    def test_it_leads_through_all_transcripts(self, session, folder):
        answer = tell(session, "queue")
        assert answer["say"] == "1 of 4 in the queue: Ward 2 · 00:00:21, Breaks"
        assert session.transcript.id == "ward-2"
        assert session.view()["queue"]["at"] == answer["suggestion"]
        (offer,) = session.view()["suggestions"].values()
        assert (offer["id"], offer["score"]) == (answer["suggestion"], 0.41)
        assert offer["reliability"] == "breaks: 62 of 100"
        said = tell(session, "accept", suggestion=offer["id"])["say"]
        assert said == "accepted: coded 1 word as Breaks; 3 left in the queue"
        assert events(folder, "RT")[-1]["source"] == {
            "kind": "suggestion",
            "model": "scout",
            "score": 0.41,
        }
        assert tell(session, "queue")["say"].startswith("2 of 4 in the queue: Ward 2")
        third = tell(session, "queue")  # the second is passed over
        assert third["say"] == "3 of 4 in the queue: Ward 1 · 00:00:09, Breaks"
        assert session.transcript.id == "ward-1"
        declined = tell(session, "decline", suggestion=third["suggestion"])
        assert declined["say"] == "declined: Breaks; 2 left in the queue"
        assert tell(session, "queue")["say"].startswith("4 of 4")
        assert tell(session, "queue")["say"].startswith("2 of 4"), "what was passed over comes last"

    def test_what_is_decided_is_left_out_and_undo_brings_it_back(self, session):
        for _ in range(4):
            name = tell(session, "queue")["suggestion"]
            assert tell(session, "decline", suggestion=name)["ok"]
        assert session.view()["queue"] == {"left": 0, "total": 4, "at": ""}
        assert "all 4 of the queue are decided" in tell(session, "queue")["say"]
        tell(session, "undo")
        assert session.view()["queue"]["left"] == 1
        assert tell(session, "queue")["suggestion"] == name

    def test_it_is_made_anew_by_learning(self, session, scout):
        tell(session, "queue"), tell(session, "queue")
        name = tell(session, "queue")["suggestion"]  # in ward-1
        tell(session, "suggest", on=False)
        add(session, EVERY, skip=3)
        take_in(session)
        assert len(scout.lessons) == 1
        assert list(session.view()["suggestions"]) == [name], "the one at hand stays"
        assert session.view()["queue"] == {"left": 4, "total": 4, "at": ""}
        assert tell(session, "accept", suggestion=name)["ok"]
        assert tell(session, "queue")["say"].startswith("1 of 4 in the queue: Ward 2")
        assert session.view()["queue"]["left"] == 3

    def test_keys_before_it_is_made_say_so(self, folder, scout):
        scout.go.clear()
        session = opened(folder, scout)
        tell(session, "ping")
        assert "being made" in tell(session, "queue")["say"]
        assert tell(session, "suggest", on=True)["say"] == "suggestions come in a moment"
        assert session.view()["suggestions"] == {}
        scout.go.set()
        parts = take_in(session)
        assert parts["news"]["say"] == f"{len(offered(session))} suggestions here"
        assert parts["queue"]["left"] == 4

    def test_a_queue_that_fails_leaves_the_rest(self, folder, scout):
        scout.queue = failing  # type: ignore[method-assign]
        session = opened(folder, scout)
        tell(session, "ping")
        take_in(session)
        news = session.view()["news"]["say"]
        assert news == "could not make the queue (KeyError): the suggestions stay as they were"
        assert session.view()["queue"] is None
        assert tell(session, "suggest", on=True)["ok"]
        assert offered(session) != []

    def test_a_view_that_comes_later_is_told_all(self, session):
        name = tell(session, "queue")["suggestion"]
        (whole,) = session.handle({"kind": "snapshot"})
        shown = whole["snapshot"]
        assert (shown["held"], shown["text"]["id"]) == (name, "ward-2")
        assert list(shown["suggestions"]) == [name]
        assert shown["queue"] == {"left": 4, "total": 4, "at": name}


failing: Callable[..., Any] = lambda *_: {}["My break"]  # noqa: E731 - raises, whatever is asked
