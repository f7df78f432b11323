"""Suggestions take decisions in: what changes, and what does not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from threading import Event

import numpy as np
import pytest

import qualcode as qc
from qualcode import suggest
from qualcode.coding.codebook import Code
from qualcode.coding.codebook_file import write_codebook
from qualcode.coding.journal import NewCoding
from qualcode.coding.suggesting import Decision, Learns, Queues, TellsReliability
from qualcode.model import Source
from tests.machine._made_talk import CODES, embed_once, embed_with, made_given, study_of, talks

COUNT = 16
UNREAD = ("talk-15", "talk-16")


@lru_cache(maxsize=1)
def made():
    transcripts, said = talks(COUNT)
    return study_of(transcripts, made_given(said, unread=UNREAD))


@pytest.fixture(autouse=True)
def read_once(monkeypatch):
    embed_with(monkeypatch)


@pytest.fixture
def offers():
    return suggest(made())


def said_in(names, subject):
    return [one for one in talks(COUNT)[1] if one.transcript_id in names and one.subject == subject]


def offered(offers, code):
    """Give the places at which a code is offered."""
    rows = offers.table(code=code)[["transcript_id", "start", "end"]]
    return set(rows.itertuples(index=False, name=None))


def passages_of(offers, code):
    return offers.codes.set_index("code_id").loc[code, "passages"].item()


def decided(place, code, accepted):
    return Decision(*place[:3], code, accepted=accepted)


def test_it_is_what_the_workspace_asks_for(offers):
    assert [isinstance(offers, one) for one in (Learns, Queues, TellsReliability)] == [True] * 3


@pytest.mark.parametrize("code", ["buses", "wages"])
def test_what_is_accepted_counts_and_is_not_offered_again(offers, code):
    before = passages_of(offers, code)
    places = sorted(offered(offers, code))[:2]
    touched = sum(len(offers._reading.labelled.touched(*place)) for place in places)
    offers.learn([decided(place, code, True) for place in places])
    assert passages_of(offers, code) == before + touched
    assert not offered(offers, code) & set(places)


@pytest.mark.parametrize("code", ["buses", "wages"])
def test_what_is_declined_is_not_offered_again(offers, code):
    before = passages_of(offers, code)
    place = sorted(offered(offers, code))[0]
    offers.learn([decided(place, code, False)])
    assert passages_of(offers, code) == before
    assert not offered(offers, code) & {place}
    queue = offers.queue(list(made().corpus.values()), 50)
    assert (*place, code) not in [one[:4] for one in queue]


def test_a_decline_taken_back_by_coding_it(offers):
    place = sorted(offered(offers, "buses"))[0]
    before = passages_of(offers, "buses")
    offers.learn([decided(place, "buses", False), decided(place, "buses", True)])
    touched = len(offers._reading.labelled.touched(*place))
    assert passages_of(offers, "buses") == before + touched


def test_a_coding_taken_away_counts_no_more(offers):
    one = said_in({"talk-2"}, "meals") or said_in({"talk-3"}, "meals")
    before = passages_of(offers, "meals")
    offers.learn([decided(one[0], "meals", False)])
    assert passages_of(offers, "meals") == before - 1
    assert not offered(offers, "meals") & {tuple(one[0][:3])}


@pytest.mark.parametrize("code", ["buses", "wages"])
def test_other_codes_stay_as_they_are(offers, code):
    before = offers._reading
    places = sorted(offered(offers, code))
    offers.learn([decided(place, code, number % 2 == 0) for number, place in enumerate(places)])
    after = offers._reading
    own = after.labelled.column(code)
    others = [number for number in range(len(CODES)) if number != own]
    assert np.array_equal(
        before.model.probabilities[:, others], after.model.probabilities[:, others]
    )
    limits = [one.model.deciding.threshold[others] for one in (before, after)]
    assert np.array_equal(*limits)
    assert not np.array_equal(before.model.probabilities[:, own], after.model.probabilities[:, own])


def test_a_weak_code_is_trained_once_it_has_passages_enough(offers):
    places = [one for one in talks(COUNT)[1] if one.subject == "wages"][:12]
    assert offers.reliability("wages").startswith("not measured")
    offers.learn([decided(one, "wages", True) for one in places])
    row = offers.codes.set_index("code_id").loc["wages"]
    assert row[["basis", "passages"]].tolist() == ["trained", 12]
    assert offers.reliability("wages").startswith("on held-out interviews")


def test_decisions_in_an_unread_interview_are_learned_from(offers):
    text = made().corpus["talk-15"]
    assert text.text_hash not in offers.seen
    offers.learn([decided(said_in({"talk-15"}, "buses")[0], "buses", True)])
    assert text.text_hash in offers.seen
    reading = offers._reading
    known = reading.labelled.known[reading.labelled.interviews["talk-15"]]
    assert known.sum() == 1, "of one passage and code only is anything known"


def test_nothing_told_changes_nothing(offers):
    before = offers._reading.model
    offers.learn([])
    offers.learn([Decision("talk-1", 0, 9, "nope", accepted=True)])
    offers.learn([Decision("talk-99", 0, 9, "buses", accepted=True)])
    offers.learn([Decision("talk-1", 0, 3, "buses", accepted=True)])  # the interviewer's words
    assert np.array_equal(before.probabilities, offers._reading.model.probabilities)
    assert offers._reading.model.basis == before.basis


def test_a_code_under_its_old_name(offers):
    place = said_in(UNREAD, "sleep")[0]
    before = passages_of(offers, "sleep")
    offers.learn([decided(place, "slumber", True)])
    assert passages_of(offers, "sleep") == before + 1
    other = sorted(offered(offers, "sleep"))[0]
    offers.learn([decided(other, "slumber", False)])
    assert not offered(offers, "sleep") & {other}


def test_at_themes_what_is_coded_below_counts_and_what_is_declined_below_does_not():
    offers = suggest(made(), level="theme")
    one, two = sorted(offered(offers, "food"))[:2]
    before = passages_of(offers, "food")
    offers.learn([decided(one, "meals", True), decided(two, "meals", False)])
    touched = len(offers._reading.labelled.touched(*one))
    assert passages_of(offers, "food") == before + touched
    assert not offers._reading.declined.any()


class TestThreads:
    def test_a_state_that_somebody_reads_is_never_changed(self, offers):
        state = offers._reading
        rows = np.arange(len(state.labelled.passages))
        before = state.offered(rows).copy(), state.labelled.coded.copy(), state.declined.copy()
        place = sorted(offered(offers, "buses"))[0]
        offers.learn([decided(place, "buses", False)])
        offers.learn([decided(said_in(UNREAD, "wages")[0], "wages", True)])
        after = state.offered(rows), state.labelled.coded, state.declined
        for one, two in zip(before, after, strict=True):
            assert np.array_equal(one, two)

    def test_calls_beside_a_lesson_see_one_state_or_the_other(self, offers):
        texts = [made().corpus[name] for name in (*UNREAD, "talk-1")]
        places = sorted(offered(offers, "buses"))
        lessons = [[decided(place, "buses", False)] for place in places[:4]]
        states = [[offers(text) for text in texts]]
        twin = suggest(made())
        for lesson in lessons:
            twin.learn(lesson)
            states.append([twin(text) for text in texts])
        done = Event()

        def ask():
            seen = []
            while not done.is_set():
                seen += [(number, offers(text)) for number, text in enumerate(texts)]
                offers.table(limit=3), offers.queue(texts, 3), offers.codes, repr(offers)
            return seen

        with ThreadPoolExecutor(2) as pool:
            asked = [pool.submit(ask) for _ in range(2)]
            for lesson in lessons:
                offers.learn(lesson)
            done.set()
            seen = [one for some in asked for one in some.result()]
        assert seen
        for number, found in seen:
            assert found in [state[number] for state in states]

    def test_of_two_lessons_at_once_none_is_lost(self, offers):
        places = [one for one in talks(COUNT)[1] if one.subject == "wages"]
        before = passages_of(offers, "wages")
        with ThreadPoolExecutor(4) as pool:
            lessons = [[decided(one, "wages", True)] for one in places[:8]]
            list(pool.map(offers.learn, lessons))
        assert passages_of(offers, "wages") == before + 8


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


class TestOnDisk:
    @pytest.fixture
    def folder(self, tmp_path) -> Path:
        """A study in a folder, with ann's journal."""
        own = tmp_path / "interviews_codebook"
        (tmp_path / "transcripts_anonymised").mkdir()
        own.mkdir()
        write_codebook(made().codebook, own / "codebook.yaml")
        for name, text in made().corpus.items():
            path = tmp_path / "transcripts_anonymised" / f"{name}.txt"
            path.write_text(HEADER.format(id=name) + text.text, encoding="utf-8")
        study = qc.open_study(tmp_path)
        assert [one.text for one in study.corpus.values()] == [
            one.text for one in made().corpus.values()
        ]
        study.journal("ann").add_many(
            NewCoding(study.corpus[one[0]], *one[1:])
            for one in made_given(talks(COUNT)[1], unread=UNREAD)
        )
        return tmp_path

    def decline(self, folder, places, code):
        study = qc.open_study(folder)
        for name, start, end in places:
            source = Source("suggestion", "m", 0.5)
            new = NewCoding(study.corpus[name], start, end, code, "no", source)
            study.journal("ann").decline(new)

    def test_it_is_the_study_made_of_parts(self, folder, offers):
        found = suggest(qc.open_study(folder), coder="ann").table()
        assert found.drop(columns="why").equals(
            offers.table().assign(body=found["body"]).drop(columns="why")
        )

    @pytest.mark.parametrize("code", ["buses", "wages"])
    def test_what_the_journal_says_was_declined_is_not_offered(self, folder, offers, code):
        places = sorted(offered(offers, code))[:2]
        self.decline(folder, places, code)
        again = suggest(qc.open_study(folder), coder="ann")
        assert not offered(again, code) & set(places)
        assert offered(again, code)

    def test_a_decline_is_learned_from_after_a_restart_too(self, folder, offers):
        place = next(one for one in sorted(offered(offers, "buses")) if one[0] in UNREAD)
        self.decline(folder, [place], "buses")
        again = suggest(qc.open_study(folder), coder="ann")
        offers.learn([decided(place, "buses", False)])
        assert again.seen == offers.seen
        one, two = (each._reading.labelled.known.sum() for each in (again, offers))
        assert one == two

    def test_a_code_that_was_merged_since_stays_declined(self, folder, offers):
        place = sorted(offered(offers, "buses"))[0]
        self.decline(folder, [place], "buses")
        merged = (*CODES[:4], Code("travel", "Travel", "The bus.", was=("buses",)), CODES[5])
        book = type(made().codebook)(merged)
        write_codebook(book, folder / "interviews_codebook" / "codebook.yaml")
        again = suggest(qc.open_study(folder), coder="ann")
        assert not offered(again, "travel") & {place}
        assert passages_of(again, "travel") == passages_of(offers, "buses")

    def test_a_decline_in_a_text_that_changed_hides_nothing_else(self, folder, offers):
        place = next(one for one in sorted(offered(offers, "buses")) if one[0] in UNREAD)
        self.decline(folder, [place], "buses")
        path = folder / "transcripts_anonymised" / f"{place[0]}.txt"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("INT: How", "INT: Good evening. How"), encoding="utf-8")
        again = suggest(qc.open_study(folder), coder="ann")
        assert not again._reading.declined.any()

    def test_vectors_are_kept_beside_the_study(self, folder, monkeypatch):
        asked = []

        def watch(texts, *, cache=None, **options):
            asked.append(cache)
            return embed_once(texts)

        embed_with(monkeypatch, watch)
        suggest(qc.open_study(folder), coder="ann")
        assert set(asked) == {folder / ".qualcode"}
