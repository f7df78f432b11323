"""Passages that answer queries, on a study made to tell the rules apart."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode import Study, example_study, parse_query, query
from qualcode.analysis.queries.query_nodes import And, Code, Words
from qualcode.coding.codebook import Code as BookCode
from qualcode.coding.codebook import Codebook
from qualcode.coding.codings import Codings
from qualcode.errors import QueryError, UnknownValueError
from qualcode.frames import FRAMES, empty_frame
from qualcode.model import Coding, Speaker, Transcript
from qualcode.sources.corpus import Corpus
from qualcode.study.settings import Settings

ONE = (
    "[00:00:01] INT: How long do you wait?\n\n"
    "[00:00:05] MUM: We waited twenty\nweeks. Nobody rang. They don’t care.\n\n"
    "[00:00:20] INT: And then?\n\n"
    "[00:00:25] MUM: Then they paid us. I am sorry for them.\n\n"
    "[00:01:00] INT: Sorry?\n\n"
    "[00:01:05] DAD: They waited for us to give up.\n"
)
TWO = "A foreword, sorry.\n\nINT: Do they pay?\n\nMUM: They pay late. We waited.\n"
# code, coder, transcript, words, memo
CODINGS = (
    ("delay", "ann", "one", "We waited twenty\nweeks. Nobody rang", "contrary: not long"),
    ("letters", "ann", "one", "Nobody rang. They don’t care", ""),
    ("delay", "ben", "one", "waited twenty\nweeks", "see the plan"),
    ("money", "ann", "one", "Then they paid us", ""),
    ("money", "ben", "one", "paid us. I am sorry", ""),
    ("delay", "ann", "one", "They waited for us to give up", "plan"),
    ("money", "ann", "two", "They pay late", ""),
    ("delay", "ann", "two", "pay late", ""),
)


def made_study(coder=""):
    speakers = {
        "INT": "Interviewer", "MUM": "Mother", "DAD": "Father",
    }  # fmt: skip
    corpus = Corpus.from_transcripts(
        Transcript(
            name, text, body=body, body_type=kind, attributes={"Area": areas},
            speakers=tuple(Speaker(label, role) for label, role in speakers.items()),
        )
        for name, text, body, kind, areas in (
            ("one", ONE, "House 1", "family", ["north", "coast"]),
            ("two", TWO, "House 2", "school", "south"),
        )
    )  # fmt: skip
    codebook = Codebook(
        (
            BookCode("delay", "Delay", "x", was=("waiting",)),
            BookCode("letters", "Letters that do not come", "x", parent="delay"),
            BookCode("money", "Money", "x"),
        )
    )
    made = []
    for number, (code, who, name, words, memo) in enumerate(CODINGS):
        start = corpus[name].text.index(words)
        made.append(
            Coding(
                f"c{number}", name, code, who, start, start + len(words), words,
                corpus[name].text_hash, datetime(2026, 1, 1, tzinfo=UTC), memo,
            )
        )  # fmt: skip
    codings = Codings(tuple(made), coders=("ann", "ben"))
    return Study.from_parts(corpus, codebook, codings, settings=Settings(coder=coder))


@pytest.fixture(scope="module")
def study():
    return made_study()


def found(study, text, **options):
    """Give the hits as (transcript, turn, words, coding ids)."""
    hits = query(study, text, **options)
    return [
        (row.transcript_id, row.turn if not pd.isna(row.turn) else None,
         " ".join(row.words.split()), " ".join(row.coding_ids))
        for row in hits.itertuples()
    ]  # fmt: skip


def turns(study, text, **options):
    return [row[:2] for row in found(study, text, **options)]


class TestConditions:
    def test_a_code_and_what_is_below_it(self, study):
        assert found(study, "delay", coder="ann") == [
            ("one", 2, "We waited twenty weeks. Nobody rang", "c0 c1"),
            ("one", 2, "Nobody rang. They don’t care", "c0 c1"),
            ("one", 6, "They waited for us to give up", "c5"),
            ("two", 2, "pay late", "c7"),
        ]

    @pytest.mark.parametrize(
        "text", ["letters", "LETTERS", 'code:"letters that do not come"', 'code:"Letters*"']
    )
    def test_a_code_by_id_or_name(self, study, text):
        assert found(study, text) == [("one", 2, "Nobody rang. They don’t care", "c1")]

    def test_a_former_id(self, study):
        assert found(study, "waiting") == found(study, "delay")

    def test_a_theme(self, study):
        assert turns(study, "theme:Delay AND coder:ben") == [("one", 2)]

    def test_words_are_shown_in_their_sentence(self, study):
        assert found(study, '"twenty weeks"') == [("one", 2, "We waited twenty weeks.", "")]

    def test_words_with_any_apostrophe_case_and_ending(self, study):
        assert turns(study, '"they don\'t"') == [("one", 2)]
        assert turns(study, '"SORRY"') == [("one", 4), ("one", 5), ("two", None)]
        assert turns(study, "wait*") == [("one", 1), ("one", 2), ("one", 6), ("two", 2)]

    def test_labels_and_times_are_no_words(self, study):
        assert found(study, '"INT"') == found(study, '"00"') == []

    def test_a_speaker_by_label_or_role(self, study):
        assert turns(study, "speaker:DAD") == turns(study, "speaker:fath*") == [("one", 6)]
        assert turns(study, "role:father") == [("one", 6)]
        with pytest.raises(QueryError, match="no role is 'DAD'"):
            query(study, "role:DAD")

    def test_interviews(self, study):
        for text in ('body:"House 2"', "body_type:school", "transcript:two", "area:south"):
            assert found(study, text) == [("two", None, "", "")]
        assert turns(study, "area:coast") == [("one", None)]  # one of several values

    def test_memos(self, study):
        assert found(study, 'memo:"contrary*"') == [
            ("one", 2, "We waited twenty weeks. Nobody rang", "c0")
        ]
        assert [row[3] for row in found(study, "memo:plan")] == ["c2", "c5"]


class TestJoins:
    def test_and_is_the_same_turn(self, study):
        assert found(study, "delay AND money") == [("two", 2, "They pay late", "c6 c7")]

    def test_words_of_a_hit_leave_out_what_was_not_found(self, study):
        assert found(study, 'money AND "sorry" AND coder:ann') == [
            ("one", 4, "Then they paid us […] I am sorry for them.", "c3")
        ]

    def test_not_is_turns_without(self, study):
        assert turns(study, "NOT role:Interviewer AND NOT delay") == [("one", 4), ("two", None)]
        assert turns(study, "NOT (delay OR money)") == [
            ("one", 1), ("one", 3), ("one", 5), ("two", None), ("two", 1),
        ]  # fmt: skip

    def test_or_is_the_passages_of_each(self, study):
        assert [row[3] for row in found(study, 'letters OR memo:"contrary*"')] == ["c0 c1", "c0 c1"]

    def test_near_counts_turns(self, study):
        assert turns(study, "letters NEAR/1 money") == []
        assert [row[3] for row in found(study, "letters NEAR/2 money")] == ["c1", "c3 c4", "c3 c4"]
        assert turns(study, "area:north NEAR/9 transcript:two") == []

    def test_near_nothing(self, study):
        assert found(study, 'letters NEAR/9 "nowhere said"') == []

    def test_within_is_wholly_inside(self, study):
        assert [row[3] for row in found(study, "delay WITHIN money")] == ["c7"]
        assert turns(study, "delay WITHIN speaker:Father") == [("one", 6)]
        assert turns(study, '"waited" WITHIN delay') == [("one", 2), ("one", 6)]

    def test_near_binds_before_within(self, study):
        text = "delay NEAR/2 money WITHIN transcript:one"
        assert found(study, text) == found(study, "(delay NEAR/2 money) WITHIN transcript:one")


class TestScopes:
    def test_sentence(self, study):
        assert found(study, 'money AND "sorry" IN sentence') == [
            ("one", 4, "I am sorry for them.", "c4")
        ]

    def test_transcript(self, study):
        assert [row[0] for row in found(study, 'letters AND "give up" IN transcript')] == ["one"]
        assert turns(study, "NOT letters IN transcript") == [("two", None)]

    def test_the_same_words(self, study):
        assert found(study, "delay AND letters AND coder:ann IN overlap") == [
            ("one", 2, "Nobody rang", "c0 c1"),
            ("one", 2, "Nobody rang. They don’t care", "c0 c1"),  # it is below delay, too
        ]
        assert found(study, "money AND delay IN overlap") == [("two", 2, "pay late", "c6 c7")]
        assert found(study, "money AND speaker:MUM AND NOT delay IN overlap") == [
            ("one", 4, "Then they paid us", "c3 c4"),
            ("one", 4, "paid us. I am sorry", "c3 c4"),
        ]

    def test_a_scope_holds_for_its_brackets(self, study):
        inner = '(money AND "sorry" IN sentence) OR (delay AND money)'
        assert turns(study, inner) == [("one", 4), ("two", 2)]

    @pytest.mark.parametrize("text", ["NOT delay IN overlap", "NOT delay AND NOT money IN overlap"])
    def test_with_overlap_not_needs_something(self, study, text):
        with pytest.raises(QueryError, match="NOT has nothing to take away from"):
            query(study, text)


class TestCodings:
    def test_what_is_said_of_codings_is_said_of_one(self, study):
        # ann coded turn 4 as money, and ben did: but letters is ann's alone.
        assert [row[3] for row in found(study, "delay AND coder:ben")] == ["c2"]
        assert found(study, "letters AND coder:ben") == []
        assert [row[3] for row in found(study, "delay AND NOT coder:ann")] == ["c2"]
        assert [row[3] for row in found(study, "delay AND (coder:ben OR memo:plan)")] == [
            "c2",
            "c5",
        ]

    def test_beside_words_it_is_any_coding_of_the_turn(self, study):
        assert [row[3] for row in found(study, '"sorry" AND coder:ben')] == ["c4"]
        assert turns(study, '"waited" AND coder:ann AND memo:plan') == [("one", 6)]
        assert turns(study, '"waited" AND NOT coder:ann') == []

    def test_alone(self, study):
        assert [row[3] for row in found(study, "coder:ben AND NOT memo:plan")] == ["c4"]
        assert [row[3] for row in found(study, "NOT coder:ann")] == ["c2", "c4"]

    def test_whose_codings_are_looked_at(self):
        study = made_study(coder="ann")
        assert "c2" not in str(found(study, "delay"))
        assert "c2" in str(found(study, "delay", coder="*"))
        assert [row[3] for row in found(study, "delay AND coder:ben")] == ["c2"]
        with pytest.raises(UnknownValueError, match="no coder is 'zoe'"):
            query(study, "delay", coder="zoe")


class TestFrame:
    def test_a_row(self, study):
        row = query(study, "delay AND money").iloc[0].to_dict()
        start = TWO.index("They pay")
        assert row == {
            "transcript_id": "two", "body": "House 2", "body_type": "school", "speaker": "MUM",
            "role": "Mother", "turn": 2, "place": "two, turn 2", "words": "They pay late",
            "codes": "Money; Delay", "coders": "ann", "coding_ids": ("c6", "c7"), "start": start,
            "end": len(TWO) - 1,
        }  # fmt: skip

    def test_dtypes(self, study):
        assert dict(query(study, "delay").dtypes.astype(str)) == FRAMES["query_hits"]
        pd.testing.assert_frame_equal(query(study, '"not said"'), empty_frame("query_hits"))

    def test_a_study_without_codings(self, study):
        bare = Study.from_parts(study.corpus, study.codebook, Codings())
        pd.testing.assert_frame_equal(query(bare, "delay"), empty_frame("query_hits"))
        assert len(query(bare, 'NOT delay AND "sorry"')) == 3

    def test_a_query_made_of_values(self, study):
        made = And((Code("delay"), Words("give up")))
        pd.testing.assert_frame_equal(query(study, made), query(study, 'delay AND "give up"'))


class TestErrors:
    @pytest.mark.parametrize(
        ("text", "at", "message"),
        [
            ("delai", 0, r"no code is 'delai'[\s\S]*perhaps delay; for words"),
            ('money AND code:"Leters"', 15, r"no code is 'Leters'[\s\S]*perhaps letters"),
            ("role:Mothr", 5, r"no role is 'Mothr'[\s\S]*perhaps 'Mother'"),
            ("money OR body:x", 14, r"no body is 'x'[\s\S]*'House 1', 'House 2'"),
            ("money OR mood:x", 9, r"no interview has the attribute 'mood'[\s\S]*'Area'"),
            ("theme:letters", 6, r"no theme is 'letters'[\s\S]*perhaps|use one of 'Delay'"),
            ("coder:zoe", 6, "no coder is 'zoe'"),
            ("source:x", 7, "no source is 'x'"),
        ],
    )
    def test_what_there_is_not(self, study, text, at, message):
        with pytest.raises(QueryError, match=message) as caught:
            query(study, text)
        assert caught.value.at == at


PIECES = ["delay", "money", '"waited"', "they", "(", ")", "AND", "OR", "NOT", "NEAR/1", "WITHIN"]
PIECES += ["IN", "turn", "overlap", "sentence", "role:mother", "coder:ben", "memo:plan", "x*"]


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map(" ".join))
def test_every_query_gives_passages_or_a_query_error(text):
    study = STUDY
    try:
        hits = query(study, text)
    except QueryError:
        return
    for row in hits.itertuples():
        assert 0 <= row.start < row.end <= len(study.corpus[row.transcript_id].text)
    assert hits["start"].tolist() == [
        place for _, rows in hits.groupby("transcript_id") for place in sorted(rows["start"])
    ]
    pd.testing.assert_frame_equal(hits, query(study, parse_query(text)))


STUDY = made_study()


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(["delay", '"waited"', "role:Mother", "letters OR money"]),
    st.sampled_from(["money", '"sorry"', "delay", "NOT role:Interviewer"]),
    st.sampled_from(["turn", "sentence", "transcript"]),
)
def test_the_laws_of_logic_hold_in_each_scope(left, right, scope):
    def places(text):
        return (
            query(STUDY, f"{text} IN {scope}")[["transcript_id", "start", "end"]]
            .to_numpy()
            .tolist()
        )

    both = f"({left}) AND ({right})"
    assert places(both) == places(f"({right}) AND ({left})")
    assert places(f"NOT (({left}) OR ({right}))") == places(f"NOT ({left}) AND NOT ({right})")


def test_the_example_of_the_docs():
    assert query(example_study(), "staffing AND coder:ben")["turn"].tolist() == [2, 2]
