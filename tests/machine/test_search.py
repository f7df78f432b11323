"""Searching by meaning, by words and by both: ranks, filters, ties, and what cannot be asked."""

from __future__ import annotations

import math
import socket

import numpy as np
import pytest

from qualcode import Study, example_study, index_passages, more_like, search
from qualcode.coding.codebook import Code, Codebook
from qualcode.coding.codings import Codings
from qualcode.errors import QueryError, UnknownCodeError, UnknownValueError
from qualcode.frames import FRAMES
from qualcode.machine.searching._question import Question, read_question, words_of
from qualcode.machine.searching._ranking import best_rows, fuse
from qualcode.model import Speaker, Transcript
from qualcode.sources.corpus import Corpus


def made_study(**texts: str) -> Study:
    """Make a study of interviews with A, asked by I."""
    corpus = Corpus.from_transcripts(
        Transcript(
            name, text, body=name.capitalize(), body_type="house",
            speakers=(Speaker("I", "Interviewer"), Speaker("A", "Guest")),
        )
        for name, text in texts.items()
    )  # fmt: skip
    return Study.from_parts(corpus, Codebook((Code("c", "C", "Of c."),)), Codings())


@pytest.fixture(scope="module")
def study() -> Study:
    return example_study()


def words(frame):
    return frame["words"].tolist()


def test_the_frame_has_its_columns_and_values(study):
    found = search(study, "the rota", unit="sentence", by="words", limit=1)
    assert {name: str(kind) for name, kind in found.dtypes.items()} == FRAMES["search_hits"]
    row = found.iloc[0].to_dict()
    score = row.pop("score")
    assert row.pop("by_words") == score > 0
    assert math.isnan(row.pop("by_meaning"))
    text = study.corpus["ward-3"].text
    start = text.index("I cannot fill")
    assert row == {
        "rank": 1, "transcript_id": "ward-3", "body": "Ward 3", "body_type": "ward",
        "speaker": "WM", "role": "Ward manager", "turn": 2, "place": "ward-3, 00:00:07, turn 2",
        "words": "I cannot fill the rota.", "codes": "Staffing", "start": start,
        "end": start + len("I cannot fill the rota."),
    }  # fmt: skip


def test_meaning_finds_other_words(study):
    found = search(study, "daytime slumber", by="meaning", unit="sentence")
    assert words(found)[0] == "I sleep four hours, then the post comes."
    assert len(found) == 7
    assert found["score"].equals(found["by_meaning"])
    assert found["by_words"].isna().all()
    assert found["score"].is_monotonic_decreasing
    assert found["rank"].tolist() == [1, 2, 3, 4, 5, 6, 7]


def test_words_rank_as_bm25_says():
    study = made_study(
        one="A: rare common\n\nA: common common\n\nA: common other\n\nA: another word\n"
    )
    found = search(study, "common RARE", by="words")
    assert words(found) == ["rare common", "common common", "common other"]
    # Lucene's BM25 by hand: 4 passages of 2 words, so that length has no effect; k1 = 1.5.
    idf = {"common": math.log(1 + (4 - 3 + 0.5) / 3.5), "rare": math.log(1 + (4 - 1 + 0.5) / 1.5)}
    by_hand = [
        (idf["rare"] + idf["common"]) / 2.5,
        idf["common"] * 2 / (2 + 1.5),
        idf["common"] / 2.5,
    ]
    assert found["score"].to_numpy() == pytest.approx(by_hand, rel=1e-5)


def test_both_is_the_fusion_of_the_two(study):
    asked = {"unit": "sentence", "limit": 7}
    both = search(study, "no break on the ward", **asked)
    each = [search(study, "no break on the ward", by=by, **asked) for by in ("meaning", "words")]
    ranks = [dict(zip(words(one), one["rank"], strict=True)) for one in each]
    expected = [
        sum(1 / (60 + rank[said]) for rank in ranks if said in rank) for said in words(both)
    ]
    assert both["score"].tolist() == pytest.approx(expected)
    assert both["score"].is_monotonic_decreasing
    assert set(words(both)) == set(ranks[0])
    unsaid = both[~both["words"].isin(list(ranks[1]))]
    assert unsaid["by_words"].tolist() == [0.0] * len(unsaid)
    assert both["by_meaning"].notna().all()


def test_fusion_by_hand():
    rows, scores = fuse([np.array([5, 2, 9]), np.array([2, 7])])
    assert rows.tolist() == [2, 5, 7, 9]
    assert scores.tolist() == [1 / 62 + 1 / 61, 1 / 61, 1 / 62, 1 / 63]


def test_fusion_sets_equals_in_order_of_place():
    assert fuse([np.array([8, 3]), np.array([3, 8])])[0].tolist() == [3, 8]


@pytest.mark.parametrize(
    ("many", "keep", "expected"),
    [
        (2, None, [1, 3]),
        (3, None, [1, 3, 0]),
        (9, None, [1, 3, 0, 2, 4]),
        (2, [True, False, True, False, True], [0, 2]),
        (1, [False] * 5, []),
    ],
)
def test_the_best_rows_with_equals_in_order(many, keep, expected):
    scores = np.array([1.0, 2.0, 1.0, 2.0, 0.0])
    mask = None if keep is None else np.array(keep)
    assert best_rows(scores, many, mask).tolist() == expected


@pytest.mark.parametrize("by", ["both", "meaning", "words"])
def test_equals_stand_in_order_of_transcript_and_place(by):
    study = made_study(**{f"t{n}": "A: The same.\n\nA: The same.\n" for n in (10, 2, 1)})
    found = search(study, "the same", by=by)
    places = list(zip(found["transcript_id"], found["turn"], strict=True))
    assert places == [(f"t{n}", turn) for n in (1, 2, 10) for turn in (1, 2)]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"role": "Ward *"}, ["ward-3"]),
        ({"speaker": "NN"}, ["ward-1", "ward-1", "ward-2"]),
        ({"body": ["Ward 2", "Ward 3"]}, ["ward-2", "ward-3"]),
        ({"transcript": "ward-1"}, ["ward-1", "ward-1"]),
        ({"body_type": "ward", "attributes": {"shift": "night"}, "role": "Ward manager"}, ["ward-3"]),
        ({"body": "Ward 1", "role": "Ward manager"}, []),
        ({"code": "staffing"}, ["ward-2", "ward-3"]),
        ({"code": "staffing", "coder": "ann"}, ["ward-2"]),
        ({"theme": "rest", "coder": "ben"}, ["ward-2"]),
        ({"code": "staffing", "coded": False}, ["ward-1", "ward-1"]),
        ({"coded": True, "coder": "ben"}, ["ward-2", "ward-3"]),
        ({"coded": False, "coder": "ben"}, ["ward-1", "ward-1"]),
        ({"coded": False}, []),
    ],
)  # fmt: skip
def test_filters_leave_what_they_should(study, filters, expected):
    found = search(study, "a night without rest", by="meaning", **filters)
    assert sorted(found["transcript_id"]) == expected
    assert sorted(search(study, "a night without rest", **filters)["transcript_id"]) == expected


def test_segments_are_those_of_the_coder(study):
    found = search(study, "no break", unit="segment", coder="ben", by="meaning")
    assert sorted(words(found)) == [
        "I cannot fill the rota", "no break since May", "two of us for twenty-eight beds",
    ]  # fmt: skip
    breaks = search(study, "no break", unit="segment", code="breaks", coder="ben", by="meaning")
    assert words(breaks) == ["no break since May"]
    others = search(study, "no", unit="segment", code="breaks", coder="ben", coded=False)
    assert sorted(words(others)) == ["I cannot fill the rota", "two of us for twenty-eight beds"]
    assert search(study, "no break", unit="segment", coder="ben", coded=False).empty


def test_a_filter_may_be_given_once_only(study):
    asked = {"by": "meaning", "code": (one for one in ["staffing"]), "coder": iter(["ann"])}
    found = search(study, "beds", **asked)
    assert found[["transcript_id", "codes"]].values.tolist() == [["ward-2", "Staffing; Breaks"]]


def test_codes_are_named_in_order_of_place_by_whom_they_should(study):
    found = search(study, "drug trolley", by="words", limit=1, coder="ann")
    assert found["codes"].tolist() == ["Breaks; Rest"]
    assert search(study, "drug trolley", by="words", coder="ben")["codes"].tolist() == [""]


@pytest.mark.parametrize("limit", [1, 3])
def test_limit_and_speakers(study, limit):
    assert len(search(study, "breaks", by="meaning", limit=limit, speakers="all")) == limit
    asked = search(study, "Do they get their breaks?", by="meaning", speakers="all", limit=1)
    assert asked["role"].tolist() == ["Interviewer"]


def test_a_phrase_must_be_there_word_for_word(study):
    assert words(search(study, '"no break"', unit="sentence")) == ["I have had no break since May."]
    assert words(search(study, "beds “a BREAK”", unit="sentence")) == [
        "They get a break if nobody dies."
    ]
    assert search(study, '"break a"', by="meaning").empty
    assert search(study, '"no break" "the rota"').empty


def test_a_star_stands_for_every_ending():
    study = made_study(one="A: They complained.\n\nA: A complaint.\n\nA: Compliant.\n")
    assert words(search(study, "complain*", by="words")) == ["They complained.", "A complaint."]
    assert search(study, "complain", by="words").empty


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mae’n gŵyn O’R cyngor", ["mae", "n", "gŵyn", "o", "r", "cyngor"]),
        ("ZAŻÓŁĆ gęślą", ["zażółć", "gęślą"]),
        ("cafe\u0301 = café", ["café", "café"]),
        ("STRASSE straße", ["strasse", "strasse"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("12 weeks—no, 13!", ["12", "weeks", "no", "13"]),
        ("… ?! \x00 _", []),
    ],
)
def test_words_of_any_script(text, expected):
    assert words_of(text) == expected


def test_apostrophes_are_one():
    study = made_study(one="A: Mae’r gŵyn yn hwyr.\n\nA: Dim byd.\n")
    assert words(search(study, "mae'r GW\u0302YN", by="words")) == ["Mae’r gŵyn yn hwyr."]


def test_a_question_is_read():
    asked = read_question('Why  “no  break”? complain* why "!"')
    assert asked == Question(
        "Why no break ? complain why !",
        ("why", "no", "break", "complain*"),
        ("no  break",),
    )


@pytest.mark.parametrize("question", ["", "  ", "?!", '""', "\x00", "***", None])
def test_a_question_without_a_word_is_refused(study, question):
    with pytest.raises(QueryError, match=r"no word in the question\. Mend: ask in a few words"):
        search(study, question)


@pytest.mark.parametrize(
    "question",
    [
        "a\x00b",
        "[x",
        "(?P<x>",
        "\\d",
        '"(break" [',
        "\ud800 break",
        "🙂 break",
        "=1+1",
        "break " * 3000,
    ],
)
def test_hostile_questions_are_only_words(study, question):
    found = search(study, question, limit=3)
    assert set(found["transcript_id"]) <= set(study.corpus)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"by": "sound"}, "by='sound'.*'both', 'meaning', 'words'"),
        ({"unit": "page"}, "no unit is 'page'.*'turn', 'sentence', 'segment'"),
        ({"speakers": "dogs"}, "no speakers is 'dogs'"),
        ({"limit": 0}, "limit=0.*1 or more"),
        ({"limit": 2.5}, "limit=2.5"),
        ({"role": "Nigth nurse"}, "no role is 'Nigth nurse'.*perhaps 'Night nurse'"),
        ({"body": "Ward 9"}, "no body is 'Ward 9'.*'Ward 1', 'Ward 2', 'Ward 3'"),
        ({"transcript": "x"}, "no transcript is 'x'"),
        ({"coder": "cat"}, "no coder is 'cat'.*'ann', 'ben'"),
        ({"attributes": {"shfit": "night"}}, "no attribute is 'shfit'"),
        ({"precision": "int4"}, "no precision is 'int4'"),
    ],
)
def test_what_there_is_not_is_refused(study, options, message):
    with pytest.raises(UnknownValueError, match=message):
        search(study, "break", **options)


def test_an_unknown_code_is_refused(study):
    with pytest.raises(UnknownCodeError, match="naps"):
        search(study, "break", code="naps")


def test_more_like_leaves_out_the_quote_itself(study):
    coding = study.segments("breaks", transcript="ward-2", coder="ann").iloc[0]
    asked = {"unit": "sentence"}
    by_id = more_like(study, coding["coding_id"], **asked)
    place = ("ward-2", coding["start"], coding["end"])
    assert by_id.equals(more_like(study, place, **asked))
    assert len(by_id) == 6
    assert words(by_id)[0] == "My break is a biscuit at the drug trolley."
    assert coding["quote"] + "." not in words(by_id)
    by_text = more_like(study, " I have had no break since May. ", **asked)
    assert words(by_text)[0] == "My break is a biscuit at the drug trolley."
    assert len(by_text) == 6
    assert by_text["by_words"].isna().all()


def test_more_like_leaves_out_what_overlaps(study):
    coding = study.segments("breaks", coder="ben").iloc[0]
    found = more_like(study, coding["coding_id"], unit="segment", coder="*")
    assert "I have had no break since May" not in words(found)
    assert len(found) == 6


def test_more_like_with_filters(study):
    found = more_like(study, "no break", unit="sentence", code="staffing", coded=False, limit=9)
    assert "I cannot fill the rota." not in words(found)
    assert len(found) == 5


@pytest.mark.parametrize(
    ("quote", "message"),
    [
        ("00000000-0000-7000-8000-000000000099", "no coding is '00000000-.*coding_id"),
        (("ward-9", 0, 5), "no transcript is 'ward-9'"),
        (("ward-1", 9, 5), "no words stand from 9 to 5 of ward-1"),
        (("ward-1", 0, 10**6), "no words stand from 0 to 1000000"),
        (("ward-1", 0), "is no quote"),
        (("ward-1", "a", "b"), "is no quote"),
        (7, "7 is no quote.*a coding's id, a text"),
    ],
)
def test_a_quote_that_there_is_not_is_refused(study, quote, message):
    with pytest.raises(UnknownValueError, match=message):
        more_like(study, quote)


def test_a_quote_without_a_word_is_refused(study):
    with pytest.raises(QueryError, match="no word"):
        more_like(study, "…")


def test_an_index_is_made_once_and_answers_the_same(study):
    index = index_passages(study, unit="sentence")
    assert index is index_passages(study, unit="sentence")
    assert index is not index_passages(study)
    assert len(index) == 7
    assert index.search("the rota").equals(search(study, "the rota", unit="sentence"))


@pytest.mark.parametrize("by", ["both", "meaning", "words"])
def test_nothing_to_search_gives_an_empty_frame(by):
    study = made_study(one="I: Anybody there?\n")
    found = search(study, "anybody", by=by)
    assert found.empty
    assert {name: str(kind) for name, kind in found.dtypes.items()} == FRAMES["search_hits"]
    assert search(study, '"anybody there"', by=by).empty
    assert more_like(study, "anybody").empty


def test_passages_without_words_are_never_found_by_words():
    study = made_study(one="A: …\n\nA: A word.\n\nA: --\n")
    assert words(search(study, "word", by="words")) == ["A word."]
    assert len(search(study, "word", by="meaning")) == len(index_passages(study))


def test_words_need_no_model(study, monkeypatch):
    monkeypatch.setattr("qualcode.machine.embedding.embed._read_new", None)
    assert words(search(study, "rota", by="words", unit="sentence")) == ["I cannot fill the rota."]
    with pytest.raises(TypeError, match="not callable"):
        search(study, "a question that nobody has asked", by="meaning")


def test_nothing_asks_the_network(monkeypatch):
    def refuse(*_args, **_options):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert words(search(example_study(), "the rota", unit="sentence", limit=1)) == [
        "I cannot fill the rota."
    ]
