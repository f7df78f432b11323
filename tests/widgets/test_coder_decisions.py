"""Which decisions a suggester is told of."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.coding.suggesting import Decision
from qualcode.widgets._learning import EVERY

from ..browser._study import CODEBOOK, make_study
from ._pupils import Pupil, add, opened, take_in, tell


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_study(tmp_path)


class TestDecisions:
    """What counts is read off the journal, so whoever takes a change back takes it back."""

    def test_undo_takes_a_decision_back(self, folder):
        pupil = Pupil()
        session = opened(folder, pupil)
        tell(session, "suggest", on=True)
        one, two = list(session.view()["suggestions"])[:2]
        tell(session, "accept", suggestion=one)
        tell(session, "decline", suggestion=two)
        assert [d.accepted for d in session.offering.decisions.untold] == [False, True]
        tell(session, "undo")
        assert [d.accepted for d in session.offering.decisions.untold] == [True]
        tell(session, "undo")
        assert session.offering.decisions.untold == ()
        tell(session, "redo")
        assert [d.accepted for d in session.offering.decisions.untold] == [True]

    def test_what_was_there_when_the_workspace_was_opened_is_known(self, folder):
        add(opened(folder, None), EVERY)
        assert opened(folder, Pupil()).offering.decisions.untold == ()

    def test_a_coding_removed_before_the_lesson_is_no_decision(self, folder):
        session = opened(folder, Pupil())
        (coding,) = add(session, 1)
        tell(session, "remove", coding=coding)
        assert session.offering.decisions.untold == ()

    def test_a_coding_removed_after_the_lesson_was_wrong(self, folder):
        session = opened(folder, Pupil())
        codings = add(session, EVERY)
        take_in(session)
        assert session.offering.decisions.untold == ()
        coding = session.view()["codings"][codings[0]]
        tell(session, "remove", coding=coding["id"])
        place = ("ward-1", coding["start"], coding["end"], "staffing")
        assert session.offering.decisions.untold == (Decision(*place, accepted=False),)
        tell(session, "undo")
        assert session.offering.decisions.untold == ()

    def test_a_coding_with_other_bounds_was_not_wrong(self, folder):
        session = opened(folder, Pupil())
        codings = add(session, EVERY)
        take_in(session)
        coding = session.view()["codings"][codings[-1]]
        start, end = coding["start"], coding["end"] - 1
        quote = session.transcript.text[start:end]
        span = {"transcript": "ward-1", "start": start, "end": end, "quote": quote}
        assert tell(session, "resize", coding=coding["id"], span=span)["ok"]
        assert session.offering.decisions.untold == (
            Decision("ward-1", start, end, "staffing", accepted=True),
        )

    def test_a_merge_of_codes_decides_nothing(self, folder):
        session = opened(folder, Pupil())
        add(session, 3)
        take_in(session)
        session.offering.decisions.tell()
        path = folder / "interviews_codebook" / "codebook.yaml"
        merged = CODEBOOK.replace("- id: staffing\n", "- id: staff\n  was: [staffing]\n")
        path.write_text(merged, encoding="utf-8")
        tell(session, "ping")
        assert {one["code"] for one in session.view()["codings"].values()} == {"staff"}
        assert session.offering.decisions.untold == ()
