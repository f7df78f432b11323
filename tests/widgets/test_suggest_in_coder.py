"""The library's own suggestions in the coding workspace, from end to end without a browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import qualcode as qc
from qualcode import suggest
from qualcode.coding.codebook_file import write_codebook
from qualcode.coding.journal import NewCoding
from qualcode.widgets._learning import EVERY
from qualcode.widgets._session import CoderSession

from ..browser._study import events
from ..machine._made_talk import CODED, CODES, embed_with, made_given, study_of, talks
from ._pupils import take_in, tell

COUNT = 16
UNREAD = tuple(f"talk-{number}" for number in range(9, COUNT + 1))
HEADER = """\
---
id: {id}
body: {id}
date: 2026-01-05
synthetic: true
speakers:
  - {{label: INT, role: Interviewer}}
  - {{label: NN, role: Night nurse}}
---
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a study of which ann has coded half."""
    transcripts, said = talks(COUNT)
    own = tmp_path / "interviews_codebook"
    (tmp_path / "transcripts_anonymised").mkdir()
    own.mkdir()
    write_codebook(study_of(transcripts, []).codebook, own / "codebook.yaml")
    for one in transcripts:
        path = tmp_path / "transcripts_anonymised" / f"{one.id}.txt"
        path.write_text(HEADER.format(id=one.id) + one.text, encoding="utf-8")
    study = qc.open_study(tmp_path)
    study.journal("ann").add_many(
        NewCoding(study.corpus[one[0]], *one[1:]) for one in made_given(said, unread=UNREAD)
    )
    return tmp_path


@pytest.fixture
def session(folder: Path, monkeypatch: pytest.MonkeyPatch) -> CoderSession:
    embed_with(monkeypatch)
    study = qc.open_study(folder)
    session = CoderSession(study, "ann", suggest=suggest(study, coder="ann"))
    session.snapshot()
    tell(session, "ping")
    take_in(session)
    tell(session, "suggest", on=True)
    return session


def about(name: str, start: int, end: int) -> set[str]:
    """Say what the words of a span are about."""
    return {
        one.subject
        for one in talks(COUNT)[1]
        if one.transcript_id == name and one.start < end and start < one.end
    }


def trained(session: CoderSession) -> list[dict]:
    """Give the offers shown of the three codes that were learned from passages."""
    shown = session.view()["suggestions"].values()
    return [one for one in shown if one["code"] in CODED]


def decide(session: CoderSession, number: int) -> list[dict]:
    """Go through the unread interviews; accept what is right and decline what is not."""
    done: list[dict] = []
    for name in UNREAD:
        tell(session, "open", transcript=name)
        for one in trained(session):
            if len(done) == number:
                return done
            right = about(name, one["start"], one["end"]) == {one["code"]}
            assert tell(session, "accept" if right else "decline", suggestion=one["id"])["ok"]
            done.append(one | {"right": right})
    return done


class TestTheWorkspace:
    def test_offers_say_why_and_how_far_they_can_be_believed(self, session):
        tell(session, "open", transcript=UNREAD[0])
        offers = trained(session)
        assert len(offers) > 1
        for one in offers:
            first, *quotes = one["why"].split("\n")
            assert re.fullmatch(r"learned from \d+ coded passages", first)
            assert quotes[0].startswith("“")
            assert re.fullmatch(
                r"on held-out interviews \d+ of 100 were coded so \(of \d+\)", one["reliability"]
            )
            assert 0 < one["score"] < 1

    def test_twenty_decisions_are_written_and_learned(self, session, folder):
        before = session.offering.offers.suggest.codes.set_index("code_id")["passages"]
        done = decide(session, EVERY)
        assert len(done) == EVERY
        rights = [one for one in done if one["right"]]
        assert len(rights) > EVERY / 2
        told = take_in(session)["news"]["say"]
        assert told.startswith("learned from your last 20 decisions: ")
        after = session.offering.offers.suggest.codes.set_index("code_id")["passages"]
        assert after.sum() >= before.sum() + len(rights)
        written = [one for one in events(folder, "ann") if one.get("source", {}).get("model")]
        assert [
            (one["transcript"], one["start"], one["end"], one["code"], one["source"]["score"])
            for one in written
        ] == [
            tuple(one[k] for k in ("transcript", "start", "end", "code", "score")) for one in done
        ]
        assert {one["source"]["kind"] for one in written} == {"suggestion"}
        assert {one["source"]["model"] for one in written} == {
            "qualcode.suggest with all-MiniLM-L6-v2"
        }

    def test_nothing_decided_comes_again(self, session):
        done = decide(session, EVERY)
        take_in(session)
        for name in UNREAD:
            tell(session, "open", transcript=name)
            again = {one["id"] for one in session.view()["suggestions"].values()}
            assert not again & {one["id"] for one in done}
        suggester = session.offering.offers.suggest
        rows = suggester.table()
        ids = set(rows["transcript_id"] + ":" + rows["start"].astype(str) + ":" + rows["code_id"])
        assert not ids & {f"{o['transcript']}:{o['start']}:{o['code']}" for o in done}

    def test_the_queue_leads_to_what_is_not_decided(self, session):
        queue = session.view()["queue"]
        assert 10 < queue["total"] == queue["left"] <= 50
        answer = tell(session, "queue")
        name = answer["suggestion"]
        assert name in session.view()["suggestions"]
        assert tell(session, "decline", suggestion=name)["ok"]
        assert session.view()["queue"]["left"] == queue["total"] - 1

    def test_it_goes_on_from_the_journal(self, session, folder):
        done = decide(session, 6)
        study = qc.open_study(folder)
        again = suggest(study, coder="ann")
        for one in done:
            offers = again(study.corpus[one["transcript"]])
            assert (one["start"], one["end"], one["code"]) not in [o[:3] for o in offers]


def test_the_codes_are_all_offered_under_names_that_the_codebook_has(session):
    assert session.offering.offers.left_out == 0
    assert {one["code"] for one in trained(session)} <= {one.id for one in CODES}
