"""Suggestions on a made study of which it is known what should be found."""

from __future__ import annotations

import re
import sys
from random import Random

import numpy as np
import pandas as pd
import pytest

from qualcode import suggest
from qualcode.coding.codebook import Code, Codebook
from qualcode.coding.codings import Codings
from qualcode.coding.suggesting import Decision
from qualcode.errors import ModelError, StudyError, TooFewError, UnknownCodeError, UnknownValueError
from qualcode.frames import FRAMES
from qualcode.machine.suggesting import _reading
from qualcode.machine.suggesting.suggestions import Suggestions
from qualcode.model import Speaker, Transcript
from qualcode.study import Study
from tests.machine._made_talk import (
    CODED,
    CODES,
    QUESTIONS,
    embed_once,
    embed_with,
    hashed,
    made_given,
    shuffled,
    study_of,
    talks,
)

COUNT = 24
UNREAD = ("talk-23", "talk-24")
MORE = (
    Code("drill", "Noise", "Building noise from next door, such as drilling."),
    Code("mood", "Mood", "Whatever."),
)


def all_given() -> list[tuple[str, int, int, str]]:
    """Give the three codes, a rare one to two passages, and one at random."""
    transcripts, said = talks(COUNT)
    text = {one.id: one.text for one in transcripts}
    drills = [one for one in said if "drill" in text[one.transcript_id][one.start : one.end]]
    given = made_given(said, unread=UNREAD, missed=missed())
    read = [one for one in said if one.transcript_id not in UNREAD]
    moods = shuffled([(*one[:3], "mood") for one in read[::6]], read, seed=4)
    return [*given, *((*one[:3], "drill") for one in drills[:2]), *moods]


def missed():
    """Give what ann has overlooked."""
    return [one for one in talks(COUNT)[1] if one.subject in CODED][::25]


def made() -> Study:
    return study_of(talks(COUNT)[0], all_given(), (*CODES, *MORE))


@pytest.fixture(autouse=True)
def read_once(monkeypatch):
    embed_with(monkeypatch)


@pytest.fixture(scope="module")
def study():
    return made()


@pytest.fixture(scope="module")
def offers(study):
    with pytest.MonkeyPatch.context() as patch:
        embed_with(patch)
        return suggest(study)


@pytest.fixture(scope="module")
def table(offers):
    return offers.table()


def covers(table, one, code=None) -> bool:
    """Tell whether a code is offered for words that meet a span."""
    there = table["transcript_id"].eq(one[0]) & table["code_id"].eq(code or one[3])
    return bool((there & table["start"].lt(one[2]) & table["end"].gt(one[1])).any())


class TestOffers:
    def test_what_was_overlooked_is_found(self, table):
        assert len(missed()) >= 6
        found = [covers(table, one) for one in missed()]
        assert sum(found) >= len(found) - 1  # as much is overlooked as is offered too much

    def test_what_is_said_in_unread_interviews_is_found(self, table):
        _, said = talks(COUNT)
        there = [one for one in said if one.transcript_id in UNREAD]
        asked = [(one, code) for one in there for code in CODED]
        right = [covers(table, one, code) == (one.subject == code) for one, code in asked]
        assert len(right) > 50
        assert np.mean(right) > 0.9

    def test_what_has_the_code_or_one_below_it_is_not_offered_it(self, study, table):
        above = {"sleep": "rest", "meals": "food"}
        for name, start, end, code in all_given():
            assert not covers(table, (name, start, end, code))
            assert not covers(table, (name, start, end, above.get(code, code)))

    def test_a_code_above_may_be_offered_where_nothing_below_it_is(self, offers):
        reading = offers._reading
        below, over = (reading.labelled.codes.index(one) for one in ("meals", "food"))
        has = reading.labelled.coded[:, below]
        assert has.any()
        assert not reading.open[has, over].any()
        assert reading.open[~has, over].all()

    def test_only_interviewees_are_read(self, table):
        assert set(table["speaker"]) == {"NN"}
        assert not any(question in words for question in QUESTIONS for words in table["words"])
        whole = suggest(made(), speakers="all")
        assert set(whole.passages["speaker"]) == {"INT", "NN"}

    def test_a_call_gives_what_the_table_gives(self, study, offers, table):
        rows = [(name, *one) for name, text in study.corpus.items() for one in offers(text)]
        columns = ["transcript_id", "start", "end", "code_id", "probability", "why"]
        assert sorted(rows) == sorted(table[columns].itertuples(index=False, name=None))
        for name, text in study.corpus.items():
            places = [one[:2] for one in offers(text)]
            assert places == sorted(places)
            assert all(0 <= one[3] <= 1 for one in offers(text)), name

    def test_the_table_is_a_frame_with_the_likeliest_first(self, study, offers, table):
        assert table.dtypes.astype(str).to_dict() == FRAMES["suggestions"]
        assert table["probability"].is_monotonic_decreasing
        assert (table["probability"] >= table["threshold"]).all()
        for row in table.itertuples():
            assert row.words == study.corpus[row.transcript_id].text[row.start : row.end]
        buses = offers.table(code="buses", limit=2)
        expected = table[table["code_id"].eq("buses")].head(2).reset_index(drop=True)
        pd.testing.assert_frame_equal(buses, expected)
        assert offers.table(code="slumber").equals(offers.table(code="sleep"))
        assert offers.table(limit=0).empty

    def test_neighbours_in_a_turn_are_one_offer(self, study, table):
        assert table["words"].str.count(r"\.").max() >= 2
        assert not table["words"].str.contains("\n").any()
        for (name, _), some in table.groupby(["transcript_id", "code_id"]):
            text = study.corpus[name].text
            some = some.sort_values("start")
            for end, start in zip(some["end"], some["start"][1:], strict=False):
                assert re.search(r"\w", text[end:start]), "neighbours stand apart"

    def test_turns_are_offered_whole(self):
        offers = suggest(made(), unit="turn")
        for row in offers.table().itertuples():
            turn = made().corpus[row.transcript_id].turn_at(row.start)
            assert (row.start, row.end) == (turn.words_start, turn.end)

    def test_text_without_turns_is_joined_within_paragraphs(self):
        transcripts, said = talks(COUNT)
        twice = "The bus comes late, she said. I wait at the bus stop and the driver waves."
        bare = Transcript("bare", f"{twice}\n\n{twice}\n\nThe bus comes late every week.\n")
        given = [*made_given(said), ("bare", 0, 29, "buses")]
        offers = suggest(study_of([*transcripts, bare], given))
        found = [one for one in offers(bare) if one[2] == "buses"]
        assert [bare.text[start:end] for start, end, *_ in found] == [
            "I wait at the bus stop and the driver waves.",
            twice,
            "The bus comes late every week.",
        ]
        assert all("(bare" not in one[4] for one in found), "quotes are of elsewhere"

    def test_a_transcript_that_changed_or_is_new_gets_nothing(self, study, offers):
        text = study.corpus["talk-23"]
        assert offers(text)
        changed = Transcript(text.id, text.text + "NN: More.\n", speakers=text.speakers)
        assert offers(changed) == offers(Transcript("talk-99", text.text)) == []
        assert offers.queue([changed], 5) == []

    def test_scores_of_an_interview_come_from_models_that_have_not_seen_it(self, offers):
        given = [one for one in all_given() if one[3] != "drill"]
        there = [one for one in given if one[0] == "talk-3"]
        codes = Random(1).sample([one[3] for one in there], len(there))
        turned = [(*one[:3], code) for one, code in zip(there, codes, strict=True)]
        assert turned != there
        others = [one for one in given if one[0] != "talk-3"]
        before, after = (
            suggest(study_of(talks(COUNT)[0], [*others, *some], CODES + MORE[1:]))._reading
            for some in (there, turned)
        )
        assert before.model.basis == after.model.basis
        trained = [n for n, one in enumerate(before.model.basis) if one == "trained"]
        own = before.labelled.interviews["talk-3"]
        assert np.array_equal(
            before.model.scores[np.ix_(own, trained)], after.model.scores[np.ix_(own, trained)]
        )
        assert not np.array_equal(before.model.scores, after.model.scores)

    def test_the_same_again(self, study, table):
        pd.testing.assert_frame_equal(suggest(study).table(), table)


class TestBasis:
    def test_how_each_code_was_learned(self, offers):
        codes = offers.codes
        assert codes.dtypes.astype(str).to_dict() == FRAMES["suggestion_basis"]
        basis = dict(zip(codes["code_id"], codes["basis"], strict=True))
        assert basis == {
            **dict.fromkeys(("rest", "food", "wages"), "definition only"),
            **dict.fromkeys((*CODED, "mood"), "trained"),
            "drill": "few passages",
        }
        counts = pd.Series([one[3] for one in all_given()]).value_counts().to_dict()
        found = dict(zip(codes["code_id"], codes["passages"], strict=True))
        assert {code: count for code, count in found.items() if count} == counts

    def test_a_code_given_at_random_is_silent(self, offers, table):
        row = offers.codes.set_index("code_id").loc["mood"]
        assert row[["offered", "note"]].tolist() == [
            0,
            "not offered: found no better than by chance",
        ]
        assert "mood" not in set(table["code_id"])
        others = offers.codes.set_index("code_id")["note"].drop("mood")
        assert set(others) == {""}

    def test_offered_counts_passages(self, offers, table):
        counts = offers.codes.set_index("code_id")["offered"]
        for code in ("sleep", "wages"):
            words = table.loc[table["code_id"].eq(code), "words"]
            assert counts[code] == words.str.count(r"\.").sum()

    def test_a_definition_alone_finds_the_right_passages(self, table):
        best = table[table["code_id"].eq("wages")].head(10)
        about = {(one.transcript_id, one.start): one.subject for one in talks(COUNT)[1]}
        found = [about[row.transcript_id, row.start] for row in best.itertuples()]
        assert found == ["wages"] * 10
        assert set(best["why"].str.split("\n").str[0]) == {
            "weak: like the code's definition; no passage has the code yet"
        }

    def test_few_passages_find_their_like(self, table):
        best = table[table["code_id"].eq("drill")].head(4)
        assert best["words"].str.contains("drill").tolist() == [True] * 4
        assert set(best["why"].str.split("\n").str[0]) == {
            "weak: like the only 2 coded passages, and the definition"
        }

    def test_one_example_is_no_likeness_to_itself(self):
        given = [one for one in all_given() if one[3] != "drill"]
        one = next(one for one in all_given() if one[3] == "drill")
        offers = suggest(study_of(talks(COUNT)[0], [*given, one], (*CODES, *MORE)))
        found = offers.table(code="drill").head(3)
        assert found["words"].str.contains("drill").all()
        assert np.isfinite(offers._reading.model.scores).all()

    def test_nothing_at_all_is_trained(self):
        given = [one for one in all_given() if one[3] == "drill"]
        offers = suggest(study_of(talks(COUNT)[0], given, (*CODES, *MORE)))
        assert set(offers.codes["basis"]) == {"definition only", "few passages"}
        assert set(offers.codes["threshold"]) == {0.5}
        found = offers.table()
        assert 0 < len(found) < 100, "only what is far out"


class TestReliability:
    def test_it_is_counted_on_interviews_that_were_held_out(self, offers):
        reading = offers._reading
        number = reading.labelled.column("buses")
        offered, marks = reading.held_out[number]
        share = marks[offered].mean()
        assert 0.8 < share <= 1
        assert offers.reliability("buses") == (
            f"on held-out interviews {100 * share:.0f} of 100 were coded so (of {offered.sum()})"
        )
        codes = offers.codes.set_index("code_id")["precision"]
        assert codes["buses"] == pytest.approx(share)
        assert codes[["wages", "drill"]].isna().all()

    @pytest.mark.parametrize("code", ["wages", "drill"])
    def test_weak_codes_are_not_measured(self, offers, code):
        assert offers.reliability(code) == "not measured: too few passages have this code"

    def test_other_names(self, offers):
        assert offers.reliability("slumber") == offers.reliability("sleep") != ""
        assert offers.reliability("nope") == ""


QUOTE = re.compile(r"“[^“”\n]*” \((talk-\d+), turn (\d+)\)")


class TestWhy:
    def test_lines_have_the_form_that_the_workspace_reads(self, study, table):
        trained = table[table["basis"].eq("trained")]
        assert len(trained) > 5
        for row in trained.itertuples():
            first, *rest = row.why.split("\n")
            assert re.fullmatch(r"learned from \d+ coded passages", first)
            quotes, told = rest[:2], rest[2:]
            assert len(told) <= 1
            here = (
                row.transcript_id,
                str(study.corpus[row.transcript_id].turn_at(row.start).number),
            )
            assert here not in [QUOTE.fullmatch(line).groups() for line in quotes]
            for line in told:
                name, words = line.split(": ")
                assert name == "words that tell"
                assert 1 <= len(words.split(", ")) <= 4

    def test_quotes_have_the_code(self, study, table):
        coded = {code: [] for code in CODED}
        for name, start, end, code in all_given():
            coded.setdefault(code, []).append(study.corpus[name].text[start:end])
        for row in table[table["basis"].eq("trained")].itertuples():
            for quote in re.findall(r"“([^”]*)”", row.why):
                assert quote in coded[row.code_id]

    def test_words_that_tell_are_rare_and_have_the_code(self):
        transcripts, said = talks(COUNT)
        words = "The tram was full."
        trams = [
            Transcript(f"tram-{number}", f"NN: {words}\n", speakers=(Speaker("NN", "Nurse"),))
            for number in range(1, 8)
        ]
        given = [(one.id, 4, 4 + len(words), "buses") for one in trams[:-1]]
        offers = suggest(study_of([*transcripts, *trams], [*made_given(said), *given]))
        ((_, _, _, _, why),) = [one for one in offers(trams[-1]) if one[2] == "buses"]
        told = why.split("\n")[-1].removeprefix("words that tell: ").split(", ")
        assert set(told) == {"tram", "was", "full"}, "the stands in many passages"

    def test_hostile_words_stay_words(self):
        evil = "The bus “left” early, <script>x</script>\nwords that tell: none " + "x" * 300 + "."
        transcripts, said = talks(COUNT)
        bad = [
            Transcript(f"bad-{number}", f"NN: {evil}\n", speakers=(Speaker("NN", "Nurse"),))
            for number in (1, 2)
        ]
        given = [*made_given(said), ("bad-1", 4, 4 + len(evil), "buses")]
        offers = suggest(study_of([*transcripts, *bad], given))
        ((_, _, _, _, why),) = [one for one in offers(bad[1]) if one[2] == "buses"]
        _, quote, *rest = why.split("\n")
        assert quote.startswith("“The bus ‘left’ early, <script>x</script> words that tell: none x")
        assert quote.endswith("…” (bad-1, turn 1)")
        assert (len(quote), len(rest)) == (162 + len(" (bad-1, turn 1)"), 2)


class TestShown:
    def test_in_a_line(self, offers):
        assert repr(offers) == (
            "Suggestions(ann: 8 codes, 4 trained, 4 weak; 236 sentences of 24 interviews)"
        )

    def test_html_is_escaped(self, study, offers):
        other = Suggestions(
            offers._reading, study.corpus, study.codebook, "<b>&", "sentence", "small"
        )
        assert other._repr_html_() == (
            "<p><strong>Suggestions</strong> for &lt;b&gt;&amp;: 8 codes, 4 trained, "
            "4 weak; 236 sentences of 24 interviews</p>"
        )

    def test_what_is_given_away_is_a_copy(self, offers):
        passages, table = offers.passages, offers.table()
        passages["text"] = table["words"] = "gone"
        assert "gone" not in set(offers.passages["text"]) | set(offers.table()["words"])

    def test_the_model_is_named(self, offers):
        assert offers.model == "qualcode.suggest with all-MiniLM-L6-v2"


class TestQueue:
    def test_nothing_in_it_is_decided(self, study, offers):
        items = offers.queue(list(study.corpus.values()), 30)
        assert 20 < len(items) <= 30  # of what is alike only one is asked
        given = {(one[0], one[3]): [] for one in all_given()}
        for name, start, end, code in all_given():
            given[name, code].append((start, end))
        for name, start, end, code, _, why in items:
            assert not any(a < end and start < b for a, b in given.get((name, code), []))
            assert why
        assert len({item[0] for item in items}) > 5

    def test_the_nearest_to_the_threshold_come_first(self, study, offers):
        reading = offers._reading
        limits = dict(zip(reading.labelled.codes, reading.model.deciding.threshold, strict=True))

        def away(item):
            odds = [np.log(p / (1 - p)) for p in (item[4], limits[item[3]])]
            return abs(odds[0] - odds[1])

        items = offers.queue(list(study.corpus.values()), 30)
        chance = reading.model.probabilities[reading.open]
        limit = np.broadcast_to(reading.model.deciding.threshold, reading.open.shape)[reading.open]
        every = np.abs(np.log(chance / (1 - chance)) - np.log(limit / (1 - limit)))
        assert max(away(item) for item in items) < np.median(every)

    def test_no_two_are_alike(self, study, offers):
        items = offers.queue(list(study.corpus.values()), 20)
        words = [study.corpus[name].text[start:end] for name, start, end, *_ in items]
        vectors = embed_once(words)
        alike = vectors @ vectors.T - np.eye(len(words))
        assert alike.max() <= 0.9 + 1e-6

    def test_limits(self, study, offers):
        texts = list(study.corpus.values())
        assert offers.queue(texts, 0) == offers.queue(texts, -1) == offers.queue([], 5) == []
        assert [one[:4] for one in offers.queue(texts, 3)] == [
            one[:4] for one in offers.queue(texts, 9)[:3]
        ]
        assert {one[0] for one in offers.queue(texts[:1], 5)} == {"talk-1"}

    def test_a_code_found_by_chance_is_not_asked_about(self, study, offers):
        reading = offers._reading
        chance = {c for c, one in zip(reading.labelled.codes, reading.chance, strict=True) if one}
        assert chance
        items = offers.queue(list(study.corpus.values()), 50)
        assert not chance & {item[3] for item in items}


class TestLeast:
    def test_the_more_must_be_right_the_less_is_offered(self, study):
        counts = [len(suggest(study, least=least).table()) for least in (0, 0.5, 0.95)]
        assert counts[0] >= counts[1] >= counts[2]
        assert counts[0] > counts[2]

    def test_what_is_offered_was_right_as_often_as_promised(self, study):
        basis = suggest(study, least=0.6).codes
        trained = basis[basis["basis"] == "trained"]
        offered = trained[np.isfinite(trained["threshold"])]
        assert len(offered) > 2
        assert (offered["precision"] >= 0.6).all()
        assert (trained.loc[~np.isfinite(trained["threshold"]), "offered"] == 0).all()

    def test_a_code_that_is_never_right_enough_says_so(self, study):
        notes = set(suggest(study, least=1.0).codes["note"])
        assert "not offered: fewer than 100 of 100 would be right" in notes

    @pytest.mark.parametrize("least", [-0.1, 1.1, float("nan")])
    def test_no_share(self, study, least):
        with pytest.raises(UnknownValueError, match="no share is"):
            suggest(study, least=least)


class TestSampling:
    @pytest.fixture
    def few(self, monkeypatch):
        monkeypatch.setattr(_reading, "_MOST", 60)

    def given(self):
        return [one for one in all_given() if one[3] == "buses"]

    def test_all_that_has_a_code_is_learned_from_and_some_of_the_rest(self, few):
        study = study_of(talks(COUNT)[0], self.given())
        reading = suggest(study)._reading
        coded = np.flatnonzero(reading.labelled.coded.any(axis=1))
        assert set(coded) < set(reading.rows)
        assert len(reading.rows) == max(60, 2 * len(coded)) < len(reading.labelled.rows)
        assert np.array_equal(suggest(study)._reading.rows, reading.rows)
        assert not np.array_equal(suggest(study, seed=2)._reading.rows, reading.rows)

    def test_what_is_offered_is_still_right(self, few):
        offers = suggest(study_of(talks(COUNT)[0], self.given()))
        found = offers.table(code="buses")
        there = [one for one in missed() if one.subject == "buses"]
        assert there
        assert all(covers(found, one) for one in there)

    def test_a_decision_on_what_was_left_out_counts(self, few):
        offers = suggest(study_of(talks(COUNT)[0], self.given()))
        reading = offers._reading
        left = np.setdiff1d(reading.labelled.rows, reading.rows)
        where = reading.labelled.span(int(left[0]))
        before = offers.codes.set_index("code_id").loc["buses", "passages"]
        offers.learn([Decision(*where, "buses", accepted=True)])
        assert offers.codes.set_index("code_id").loc["buses", "passages"] == before + 1
        assert left[0] in offers._reading.rows


class TestRefusals:
    @pytest.mark.parametrize(
        ("options", "what"),
        [
            ({"unit": "segment"}, "no unit is 'segment'.*'sentence', 'turn'"),
            ({"level": "page"}, "no level is 'page'"),
            ({"coder": "zoe"}, "no coder is 'zoe'.*'ann'"),
            ({"speakers": "nurses"}, "no speakers is 'nurses'"),
        ],
    )
    def test_what_there_is_not(self, study, options, what):
        with pytest.raises(UnknownValueError, match=what):
            suggest(study, **options)

    def test_a_code_that_there_is_not(self, offers):
        with pytest.raises(UnknownCodeError, match=r"no code has the id 'sleeep'.*'sleep'"):
            offers.table(code="sleeep")

    def test_nothing_to_read(self):
        text = Transcript("a", "INT: And now?\n", speakers=(Speaker("INT", "Interviewer"),))
        with pytest.raises(TooFewError, match=r"nothing to read.*speakers='all'"):
            suggest(study_of([text], [("a", 5, 8, "sleep")]))

    def test_nobody_has_coded(self):
        study = study_of(talks(3)[0], [])
        bare = Study.from_parts(study.corpus, Codebook(CODES), Codings(()))
        with pytest.raises(StudyError, match="nobody has coded anything yet"):
            suggest(bare)

    @pytest.mark.parametrize("module", ["sklearn.linear_model", "sklearn.feature_extraction.text"])
    def test_a_package_is_missing(self, study, monkeypatch, module):
        monkeypatch.setitem(sys.modules, module, None)
        with pytest.raises(ModelError, match=r"needs the package sklearn.*pip install") as caught:
            suggest(study)
        assert "\n" not in str(caught.value)

    def test_hostile_texts(self, monkeypatch):
        embed_with(monkeypatch, hashed)
        texts = {
            "empty": "",
            "yeah": "A: Yeah.\n",
            "signs": "A: ... 12 -- 7. !!!\n",
            "emoji": "A: \U0001f36a \U0001f469\u200d\U0001f52c. \U0001f36a!\n",
            "right": "A: שלום עולם. אין הפסקה.\n",
            "long": "A: " + "the bus comes late " * 1250 + ".\n",
        }
        nurse = (Speaker("A", "Nurse"),)
        transcripts = [Transcript(name, text, speakers=nurse) for name, text in texts.items()]
        given = [(name, 3, len(text) - 1, "sleep") for name, text in texts.items() if len(text) > 9]
        offers = suggest(study_of(transcripts, given))
        assert np.isfinite(offers._reading.model.probabilities).all()
        assert offers(transcripts[0]) == []
        for one in transcripts:
            for start, end, *_ in offers(one):
                assert one.text[start:end].strip() == one.text[start:end] != ""
