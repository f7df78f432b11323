"""Codings as coders × units: turns, sentences and runs of characters; codes, choices and sets."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.units._unit_sentences import sentences_of
from qualcode.analysis.units.units import NO_CODE, units_of
from qualcode.coding.codebook import Code, Codebook
from qualcode.coding.codings import Codings
from qualcode.errors import UnknownCodeError, UnknownValueError
from qualcode.frames import FRAMES
from qualcode.model import Coding, Speaker, Transcript
from qualcode.sources.corpus import Corpus
from qualcode.study import Study
from qualcode.study.example import example_study

BOOK = Codebook(
    (
        Code("rest", "Rest", "When nurses rest."),
        Code("breaks", "Breaks", "Within the shift.", parent="rest"),
        Code("staffing", "Staffing", "How many there are."),
        Code("pay", "Pay", "What the night is paid."),
    )
)
SPEAKERS = (Speaker("INT", "Interviewer"), Speaker("NN", "Night nurse"))
TEXT = "INT: Why?\n\nNN: I rest 😀😀. Then I go. No pay!\n\nINT: Oh\n\nNN: Ne\u0301e.\n"


def study_of(codings, texts=None, coders=("ann", "ben")):
    """Make a study of (coder, transcript, code, start, end)."""
    texts = texts or {"a": TEXT}
    corpus = Corpus.from_transcripts(
        Transcript(name, text, speakers=SPEAKERS) for name, text in texts.items()
    )
    made = datetime(2026, 1, 3, tzinfo=UTC)
    rows = tuple(
        Coding(
            f"{n:05}", name, code, coder, start, end, corpus[name].text[start:end],
            corpus[name].text_hash, made,
        )
        for n, (coder, name, code, start, end) in enumerate(codings)
    )  # fmt: skip
    return Study.from_parts(corpus, BOOK, Codings(rows, coders=coders))


def on(words, coder="ann", code="rest", name="a", text=TEXT):
    start = text.index(words)
    return coder, name, code, start, start + len(words)


def units(*codings, texts=None, coders=("ann", "ben"), **options):
    return units_of(study_of(codings, texts), coders=coders, **options)


def words_of(found, text=TEXT):
    places = found.places
    return [text[start:end] for start, end in zip(places["start"], places["end"], strict=True)]


class TestTurns:
    def test_interviewees_alone_are_units(self):
        found = units(on("rest"), on("pay", "ben", "pay"), code="rest")
        assert words_of(found) == ["I rest 😀😀. Then I go. No pay!", "Ne\u0301e."]
        assert found.ratings.tolist() == [[True, False], [False, False]]
        assert found.weights.tolist() == [1, 1]

    def test_everybody_if_asked(self):
        found = units(on("rest"), on("Oh", "ben"), code="rest", speakers="all")
        assert found.ratings.tolist() == [[False, True, False, False], [False, False, True, False]]
        assert found.places["speaker"].tolist() == ["INT", "NN", "INT", "NN"]

    def test_a_coding_on_a_question_is_outside(self):
        found = units(on("rest"), on("Oh"), on("pay", "ben", "pay"), code="rest")
        assert (found.ratings.tolist(), found.outside) == ([[True, False], [False, False]], 1)

    def test_a_coding_over_two_turns_is_in_both(self):
        found = units(on("pay!\n\nINT: Oh\n\nNN: N"), on("pay", "ben", "pay"), code="rest")
        assert found.ratings.tolist() == [[True, True], [False, False]]

    def test_where_units_are(self):
        found = units(on("rest"), on("pay", "ben"), code="rest").places
        assert found.dtypes.astype(str).to_dict() == FRAMES["units"]
        assert found[["transcript_id", "turn", "start", "weight"]].to_numpy().tolist() == [
            ["a", 2, TEXT.index("I rest"), 1],
            ["a", 4, TEXT.index("Ne\u0301e"), 1],
        ]

    def test_text_without_turns_has_paragraphs(self):
        texts = {"a": "One two.\nThree.\n\nFour.\n"}
        corpus = Corpus.from_transcripts([Transcript("a", texts["a"])])
        made = datetime(2026, 1, 3, tzinfo=UTC)
        four = texts["a"].index("Four")
        coding = Coding(
            "1", "a", "rest", "ann", four, four + 4, "Four", corpus["a"].text_hash, made
        )
        study = Study.from_parts(corpus, BOOK, Codings((coding,), coders=("ann",)))
        found = units_of(study, coders="ann", code="rest")
        assert words_of(found, texts["a"]) == ["One two.\nThree.", "Four."]
        assert found.ratings.tolist() == [[False, True]]
        assert found.places["turn"].isna().all()


class TestSentences:
    def test_emoji_and_combining_marks_count_as_code_points(self):
        found = units(on("pay"), on("rest", "ben"), code="rest", unit="sentence")
        assert words_of(found) == ["I rest 😀😀.", "Then I go.", "No pay!", "Ne\u0301e."]
        assert found.ratings.tolist() == [
            [False, False, True, False],
            [True, False, False, False],
        ]

    def test_space_after_a_sentence_belongs_to_none(self):
        found = units(on("rest 😀😀. "), on("rest", "ben"), code="rest", unit="sentence")
        assert found.ratings[0].tolist() == [True, False, False, False]

    def test_abbreviations_end_no_sentence(self):
        text = "NN: Dr. Hill came at 3 p.m. on Monday. I left."
        found = units(
            on("left", text=text), on("left", "ben", text=text), texts={"a": text},
            code="rest", unit="sentence",
        )  # fmt: skip
        assert words_of(found, text) == ["Dr. Hill came at 3 p.m. on Monday.", "I left."]

    def test_an_initial_after_a_wide_space(self):
        text = "He\u3000I. Then\u2028I. Go\u00a0I.\u00a0."  # sentencex alone stops here
        spans = sentences_of(Transcript("a", text), 0, len(text), "en")
        assert (spans[0][0], spans[-1][1]) == (0, len(text))

    @given(st.text(st.sampled_from("aIé. !?\u00a0\u2028\u3000😀e\u0301\n\t“”'1"), max_size=40))
    def test_they_hold_all_that_is_said(self, text):
        spans = sentences_of(Transcript("a", text), 0, len(text), "en")
        said = [text[start:end] for start, end in spans]
        assert "".join("".join(said).split()) == "".join(text.split())
        assert all(one == one.strip() and one for one in said)
        assert list(spans) == sorted(spans)


THREE = {"a": TEXT, "b": "NN: Nobody rests.\n", "c": "NN: Unread.\n"}


class TestMissing:
    def test_who_has_not_read_is_missing(self):
        found = units(on("rest"), on("Nobody", "ben", name="b", text=THREE["b"]), on(
            "pay", "ben", "pay"), texts=THREE, code="rest")  # fmt: skip
        assert found.places["transcript_id"].tolist() == ["a", "a", "b"]
        assert found.ratings.tolist() == [[True, False, None], [False, False, True]]

    def test_who_has_read_and_found_nothing_is_named(self):
        found = units(
            on("rest"),
            texts=THREE,
            code="rest",
            read={"ben": ["a", "b"]},
            coders=("ann", "ben"),
        )
        assert found.ratings.tolist() == [[True, False, None], [False, False, False]]

    def test_another_code_shows_that_it_was_read(self):
        found = units(on("rest"), on("pay", "ben", "pay"), code="rest")
        assert found.ratings.tolist() == [[True, False], [False, False]]

    def test_what_is_not_named_as_read_is_left_out(self):
        found = units(on("rest"), on("pay", "ben"), code="rest", read={"ben": []})
        assert found.ratings.tolist() == [[True, False], [None, None]]

    def test_nobody_has_read_anything(self):
        found = units(code="rest")
        assert (found.ratings.shape, len(found), found.outside) == ((2, 0), 0, 0)
        assert found.places.dtypes.astype(str).to_dict() == FRAMES["units"]

    def test_sets_and_choices_are_missing_too(self):
        for asked in ({"sets_of": ["rest"]}, {"one_of": ["rest"]}):
            found = units(on("rest"), **asked)
            assert found.ratings[1].tolist() == [None, None]


class TestValues:
    def test_codes_below_count_when_asked(self):
        study = study_of([on("rest", code="breaks"), on("pay", "ben", "rest")])
        plain, below = (
            units_of(study, coders=("ann", "ben"), code="rest", below=asked).ratings.tolist()
            for asked in (False, True)
        )
        assert plain == [[False, False], [True, False]]
        assert below == [[True, False], [True, False]]

    def test_the_nearest_code_above_counts(self):
        study = study_of([on("rest", code="breaks"), on("pay", "ben", "rest")])
        found = units_of(study, coders=("ann", "ben"), sets_of=["breaks", "rest"], below=True)
        assert found.ratings[:, 0].tolist() == [frozenset({"breaks"}), frozenset({"rest"})]

    def test_sets(self):
        found = units(on("rest"), on("go", code="pay"), on("rest", "ben", "staffing"))
        assert found.ratings.tolist() == [
            [frozenset({"rest", "pay"}), frozenset()],
            [frozenset({"staffing"}), frozenset()],
        ]

    def test_one_of_several(self):
        found = units(on("rest"), on("pay", "ben", "pay"), one_of=["pay", "rest"])
        assert found.ratings.tolist() == [["rest", NO_CODE], ["pay", NO_CODE]]

    def test_two_codes_where_one_is_allowed(self):
        message = (
            r"ann gave 'rest' and 'pay' to one turn \(turn 2 of a\)\. Mend: take smaller units"
        )
        with pytest.raises(UnknownValueError, match=message):
            units(on("rest"), on("pay", code="pay"), one_of=["pay", "rest"])

    @pytest.mark.parametrize(
        ("clash", "expected"),
        [
            ("longest", "pay"),
            ("first", "rest"),
            ("missing", None),
            (lambda codes: "+".join(sorted(codes)), "pay+rest"),
        ],
    )
    def test_a_rule_for_two_codes(self, clash, expected):
        rows = on("rest"), on("rest"), on("No pay", code="pay"), on("Ne", "ben")
        found = units(*rows, one_of=["rest", "pay"], clash=clash)
        assert found.ratings[:, 0].tolist() == [expected, NO_CODE]

    def test_overlapping_codings_of_one_code_count_once(self):
        rows = [on("rest"), on("est 😀"), on("Then I", code="pay")]
        twice = units(*rows, one_of=["rest", "pay"], clash="longest", read={"ben": ["a"]})
        assert twice.ratings[0, 0] == "rest"  # 6 and 6 code points: the first in the codebook
        longer = units(
            *rows[:2], on("Then I ", code="pay"), one_of=["rest", "pay"], clash="longest"
        )
        assert longer.ratings[0, 0] == "pay"

    def test_ids_merged_into_another(self):
        found = units_of(example_study(), coders=("ann", "ben"), code="pauses")
        assert found.ratings[0].tolist() == [True, False, True, True]


class TestCharacters:
    def test_runs_in_which_nothing_changes(self):
        found = units(
            on("rest 😀"), on("😀😀", "ben"), code="rest", unit="character", transcript="a"
        )
        assert words_of(found) == ["I ", "rest ", "😀", "😀", ". Then I go. No pay!", "Ne\u0301e."]
        assert found.weights.tolist() == [2, 5, 1, 1, 20, 5]
        assert found.ratings.tolist() == [
            [False, True, True, False, False, False],
            [False, False, True, True, False, False],
        ]

    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["ann", "ben"]),
                st.sampled_from(["rest", "breaks", "pay"]),
                st.integers(0, len(TEXT) - 1),
                st.integers(1, 20),
            ),
            max_size=8,
        ),
        st.sampled_from(["interviewees", "all"]),
        st.booleans(),
    )
    def test_they_equal_an_array_a_character(self, drawn, speakers, below):
        codings = [
            (coder, "a", code, start, min(len(TEXT), start + length))
            for coder, code, start, length in drawn
        ]
        study = study_of(codings)
        read = {"ann": ["a"], "ben": ["a"]}
        options = {"read": read, "speakers": speakers, "below": below, "unit": "character"}
        found = units_of(study, coders=("ann", "ben"), sets_of=["rest", "pay"], **options)
        spread = [np.repeat(row, found.weights).tolist() for row in found.ratings]
        assert spread == brute_force(study.corpus["a"], codings, speakers, below)

    @given(st.integers(0, len(TEXT) - 1), st.integers(1, 30))
    def test_units_and_characters_touch_alike(self, start, length):
        codings = [("ann", "a", "rest", start, min(len(TEXT), start + length))]
        study = study_of(codings)
        options = {"coders": "ann", "code": "rest", "read": {"ann": ["a"]}}
        turns = units_of(study, unit="turn", **options)
        runs = units_of(study, unit="character", **options)
        by_turn = runs.places.assign(rated=runs.ratings[0].astype(bool)).groupby("turn")["rated"]
        assert by_turn.any().tolist() == turns.ratings[0].tolist()
        assert turns.outside == runs.outside


def brute_force(transcript, codings, speakers, below):
    """Rate every character by itself."""
    above = {"rest": "rest", "pay": "pay"} | ({"breaks": "rest"} if below else {})
    places = [
        place
        for turn in transcript.turns
        if speakers == "all" or turn.speaker != "INT"
        for place in range(turn.words_start, turn.end)
    ]
    return [
        [
            frozenset(
                above[code]
                for coder, _, code, start, end in codings
                if coder == name and start <= place < end and code in above
            )
            for place in places
        ]
        for name in ("ann", "ben")
    ]


class TestRefusals:
    STUDY = example_study()

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"unit": "word"}, r"no unit 'word'\. Mend: choose 'turn', 'sentence', 'character'"),
            ({"speakers": "me"}, r"no choice of speakers 'me'"),
            ({"clash": "last", "one_of": ["pay"]}, r"no rule 'last'"),
            ({"code": "pay", "one_of": ["pay"]}, r"code and one_of are both given"),
            ({"transcript": "ward-9"}, r"no transcript 'ward-9'\. Mend: there are: ward-1"),
            ({"read": {"cat": ["ward-1"]}}, r"no coder asked for 'cat'"),
            ({"read": {"ben": ["ward-9"]}}, r"no transcript 'ward-9'"),
            ({"coders": ("ann", "ann")}, r"not several different ones"),
            ({"coders": ("ann", "cat")}, r"no coder 'cat'\. Mend: there are: ann, ben"),
        ],
    )
    def test_what_there_is_not(self, options, message):
        with pytest.raises(UnknownValueError, match=message):
            units_of(self.STUDY, **{"coders": ("ann", "ben"), **options})

    def test_no_such_code(self):
        with pytest.raises(UnknownCodeError, match="no code has the id 'brakes'"):
            units_of(self.STUDY, coders=("ann", "ben"), code="brakes")

    def test_units_cannot_be_written_to(self):
        found = units_of(self.STUDY, coders=("ann", "ben"), code="breaks")
        with pytest.raises(ValueError, match="read-only"):
            found.ratings[0, 0] = False
        places = found.places
        places["turn"] = 0
        assert found.places["turn"].tolist() == [2, 4, 2, 2]

    def test_the_order_of_coders_is_that_of_rows(self):
        one, other = (
            units_of(self.STUDY, coders=coders, code="breaks").ratings.tolist()
            for coders in (("ann", "ben"), ("ben", "ann"))
        )
        assert one == other[::-1]
