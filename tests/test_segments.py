"""`study.segments`: the coded words with everything known about them, and its filters."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode import example_study, open_study
from qualcode.coding.codebook import Code, Codebook
from qualcode.coding.codings import Codings
from qualcode.errors import StudyError, UnknownCodeError, UnknownValueError
from qualcode.frames import FRAMES
from qualcode.model import Coding, Speaker, Transcript
from qualcode.sources.corpus import Corpus
from qualcode.study import Study
from tests import _made


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return open_study(_made.write_study(tmp_path_factory.mktemp("study")))


@pytest.fixture
def fresh(tmp_path):
    return open_study(_made.write_study(tmp_path))


def numbers(frame):
    return [int(coding_id[-2:]) for coding_id in frame["coding_id"]]


def test_the_whole_frame(study):
    frame = study.segments()
    rows = [
        (1, "ward-1", "Ward 1", "surgical", "NN", "Night nurse", 2, "breaks", "Rest > Breaks", "ann"),
        (2, "ward-1", "Ward 1", "surgical", "NN", "Night nurse", 2, "rest", "Rest", "ann"),
        (3, "ward-1", "Ward 1", "surgical", "NN", "Night nurse", 4, "rest", "Rest", "ben"),
        (4, "ward-2", "Ward 2", "medical", "NN", "Night nurse", 2, "staffing", "Staffing", "ann"),
        (5, "ward-2", "Ward 2", "medical", "NN", "Night nurse", 2, "staffing", "Staffing", "ben"),
        (6, "ward-2", "Ward 2", "medical", "NN", "Night nurse", 2, "breaks", "Rest > Breaks", "ann"),
        (7, "ward-2", "Ward 2", "medical", "NN", "Night nurse", 2, "breaks", "Rest > Breaks", "ben"),
        (8, "ward-2b", "Ward 2", "medical", "WM", "Ward manager", 2, "breaks", "Rest > Breaks", "ann"),
        (9, "ward-2b", "Ward 2", "medical", "WM", "Ward manager", 2, "staffing", "Staffing", "ann"),
        (10, "ward-10", "Ward 10", "surgical", "WM", "Ward manager", 2, "naps",
         "Rest > Breaks > Naps", "ben"),
    ]  # fmt: skip
    texts = {row[1]: _made.INTERVIEWS[row[1]][1] for row in rows}
    words = [coding[3] for coding in _made.CODINGS]
    starts = [texts[row[1]].index(quote) for row, quote in zip(rows, words, strict=True)]
    expected = pd.DataFrame(
        {
            "coding_id": [_made.coding_id(row[0]) for row in rows],
            "transcript_id": [row[1] for row in rows],
            "body": [row[2] for row in rows],
            "body_type": [row[3] for row in rows],
            "speaker": [row[4] for row in rows],
            "role": [row[5] for row in rows],
            "turn": [row[6] for row in rows],
            "code_id": [row[7] for row in rows],
            "theme_id": ["staffing" if row[7] == "staffing" else "rest" for row in rows],
            "code_path": [row[8] for row in rows],
            "coder": [row[9] for row in rows],
            "start": starts,
            "end": [start + len(quote) for start, quote in zip(starts, words, strict=True)],
            "quote": words,
            "memo": [""] * len(rows),
            "source": ["manual"] * len(rows),
            "created_at": pd.to_datetime([f"2026-01-06T10:{row[0]:02d}Z" for row in rows]),
        }
    ).astype(FRAMES["segments"])
    pd.testing.assert_frame_equal(frame, expected)


@pytest.mark.parametrize(
    "filters",
    [{"coder": "ann"}, {"transcript": []}, {"code": "pay"}, {"words": "no such words"}, {}],
)
def test_columns_and_dtypes_are_the_same_however_few_rows(study, filters):
    frame = study.segments(**filters)
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == FRAMES["segments"]
    assert frame.index.tolist() == list(range(len(frame)))


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"code": "rest"}, [1, 2, 3, 6, 7, 8, 10]),  # with all below it
        ({"code": "breaks"}, [1, 6, 7, 8, 10]),
        ({"code": "pauses"}, [1, 6, 7, 8, 10]),  # merged into breaks
        ({"code": ["naps", "staffing"]}, [4, 5, 9, 10]),
        ({"code": "pay"}, []),
        ({"theme": "staffing"}, [4, 5, 9]),
        ({"theme": ["staffing", "pay"]}, [4, 5, 9]),
        ({"theme": "rest", "code": "staffing"}, []),
        ({"body": "Ward 2"}, [4, 5, 6, 7, 8, 9]),
        ({"body": ("Ward 1", "Ward 10")}, [1, 2, 3, 10]),
        ({"body": "Ward 1*"}, [1, 2, 3, 10]),
        ({"body": "Ward ?"}, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        ({"body_type": "surgical"}, [1, 2, 3, 10]),
        ({"role": "Ward*"}, [8, 9, 10]),
        ({"role": "Interviewer"}, []),  # there is one, who was not coded
        ({"speaker": "NN"}, [1, 2, 3, 4, 5, 6, 7]),
        ({"coder": "ben"}, [3, 5, 7, 10]),
        ({"coder": ["ann", "ben"]}, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
        ({"transcript": "ward-2"}, [4, 5, 6, 7]),
        ({"transcript": {"ward-2*"}}, [4, 5, 6, 7, 8, 9]),
        ({"source": "manual"}, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
        ({"source": "import"}, []),
        ({"attributes": {"county": "Kent"}}, [1, 2, 3, 10]),
        ({"attributes": {"county": ["Kent", "Dev*"]}, "coder": "ben"}, [3, 5, 7, 10]),
        ({"words": "break"}, [1, 6, 7, 8, 10]),
        ({"words": "BREAK"}, [1, 6, 7, 8, 10]),
        ({"words": "brea"}, []),  # whole words
        ({"words": "reak"}, []),
        ({"words": "brea*"}, [1, 6, 7, 8, 10]),
        ({"words": ["break", "may"]}, [6, 7]),
        ({"words": "no  break\nsince"}, [6, 7]),
        ({"words": "don't sleep"}, [3]),  # the transcript has a curly apostrophe
        ({"words": re.compile(r"\bnap\b|May$")}, [6, 7, 10]),
        ({"words": [re.compile("break"), "light"]}, [10]),
        ({"words": "("}, []),
        ({"code": "rest", "coder": "ann", "role": "Night nurse", "words": "b*k"}, [1, 6]),
    ],
)  # fmt: skip
def test_filters(study, fresh, filters, found):
    assert numbers(study.segments(**filters)) == found
    assert numbers(fresh.segments(**filters)) == found  # before anything else was asked for


def test_filters_say_the_same_when_all_is_cut_already(study, fresh):
    fresh.segments()
    for filters in ({"code": "breaks"}, {"role": "Ward*"}, {"body": "Ward 2", "words": "break"}):
        pd.testing.assert_frame_equal(fresh.segments(**filters), study.segments(**filters))


@pytest.mark.parametrize(
    ("filters", "error", "match"),
    [
        ({"code": "braeks"}, UnknownCodeError, "no code has the id 'braeks'.*breaks"),
        ({"code": ["rest", "x"]}, UnknownCodeError, "no code has the id 'x'"),
        ({"theme": "x"}, UnknownCodeError, "no code has the id 'x'"),
        ({"theme": "breaks"}, UnknownCodeError, "'breaks' is a code, not a theme.*theme='rest'"),
        ({"body": "Ward 3"}, UnknownValueError, "no body is 'Ward 3'. Mend: perhaps 'Ward 2'"),
        ({"body": "ward 1"}, UnknownValueError, "perhaps 'Ward 1'"),
        ({"body": ["Ward 1", "Mars"]}, UnknownValueError, "no body is 'Mars'. Mend: use one of"),
        ({"body": "Mars*"}, UnknownValueError, "'Ward 1', 'Ward 10', 'Ward 2'"),
        ({"body_type": "x"}, UnknownValueError, "no body_type is 'x'. Mend: use one of 'medical'"),
        ({"role": "Night nurs"}, UnknownValueError, "perhaps 'Night nurse'"),
        ({"speaker": "DCS"}, UnknownValueError, "no speaker is 'DCS'.*'INT', 'NN', 'WM'"),
        ({"coder": "cat"}, UnknownValueError, "no coder is 'cat'. Mend: use one of 'ann', 'ben'"),
        ({"transcript": "ward-3"}, UnknownValueError, "no transcript is 'ward-3'. Mend: perhaps"),
        ({"source": "auto"}, UnknownValueError, "'import', 'manual', 'suggestion'"),
        ({"attributes": {"conty": "x"}}, UnknownValueError, "no attribute is 'conty'.*'county'"),
        ({"attributes": {"county": "x"}}, UnknownValueError, "no county is 'x'.*'Devon', 'Kent'"),
        ({"body": [7]}, UnknownValueError, "no body is '7'"),
        ({"words": " "}, UnknownValueError, "no words to look for"),
    ],
)
def test_what_there_is_not_is_an_error(fresh, filters, error, match):
    with pytest.raises(error, match=match):
        fresh.segments(**filters)
    with pytest.raises(StudyError if error is UnknownValueError else error, match=match):
        fresh.segments(**filters)


def test_a_value_that_other_rows_have_is_no_error(study):
    assert study.segments("pay", body="Ward 1").empty
    assert study.segments(transcript="ward-10", speaker="NN").empty


def test_long_lists_are_cut_and_values_clipped():
    bodies = [f"Body {'x' * 80} {n}" for n in range(30)]
    corpus = Corpus.from_transcripts(
        Transcript(f"t{n}", "A: Hi\n", body=body, speakers=(Speaker("A"),))
        for n, body in enumerate(bodies)
    )
    study = Study.from_parts(corpus, example_study().codebook, Codings())
    with pytest.raises(UnknownValueError, match="and 18 more") as caught:
        study.segments(body="q" * 500)
    assert "q" * 50 not in str(caught.value)


def test_frames_given_out_are_the_callers_own_no_mutate(fresh):
    first = fresh.segments()
    kept = first.copy(deep=True)
    first.loc[:, "quote"] = "spoilt"
    first.iloc[0, 0] = "spoilt"
    first["start"] += 1
    del first["coder"]
    pd.testing.assert_frame_equal(fresh.segments(), kept)
    part = fresh.segments("breaks")
    part.loc[:, "body"] = "spoilt"
    pd.testing.assert_frame_equal(fresh.segments(), kept)


def made_study(text, spans, speakers=("A", "B")):
    """Make a study of one transcript with codings on the spans given."""
    transcript = Transcript(
        "t", text, body="W", speakers=tuple(Speaker(label, f"role {label}") for label in speakers)
    )
    codings = tuple(
        Coding(
            f"{number:04d}", "t", code, coder, start, end, text[start:end],
            transcript.text_hash, datetime(2026, 1, 1, tzinfo=UTC),
        )
        for number, (start, end, code, coder) in enumerate(spans)
    )  # fmt: skip
    book = Codebook((Code("a", "A", "First."), Code("b", "B", "Second."), Code("c", "C", "x", "a")))
    return Study.from_parts(
        Corpus.from_transcripts([transcript]), book, Codings(codings, coders=("x", "y"))
    )


def test_a_span_over_two_turns_is_the_first_speakers():
    study = made_study("A: One\n\nB: Two 🌙 three\n", [(3, 17, "a", "x"), (8, 9, "a", "x")])
    assert study.segments()[["speaker", "turn", "quote"]].to_dict("records") == [
        {"speaker": "A", "turn": 1, "quote": "One\n\nB: Two 🌙 "},
        {"speaker": "B", "turn": 2, "quote": "B"},
    ]


def test_a_span_before_the_first_turn_has_no_speaker():
    study = made_study("Recorded at night\n\nA: One\n", [(0, 8, "a", "x")])
    row = study.segments().iloc[0]
    assert (row["speaker"], row["role"], row["quote"]) == ("", "", "Recorded")
    assert pd.isna(row["turn"])


TEXT = "A: Do they rest at all?\n\nB: They do not, and nobody 🌙 asks.\n\nA: Why is that so?\n"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(TEXT) - 2),
            st.integers(1, 30),
            st.sampled_from("abc"),
            st.sampled_from("xy"),
        ),
        max_size=12,
    )
)
def test_order_and_words_are_those_of_the_plainest_program(spans):
    spans = [(start, min(len(TEXT), start + n), code, coder) for start, n, code, coder in spans]
    study = made_study(TEXT, spans)
    order = sorted(range(len(spans)), key=lambda n: (*spans[n], n))
    frame = study.segments()
    assert frame["coding_id"].tolist() == [f"{n:04d}" for n in order]
    assert frame["quote"].tolist() == [TEXT[spans[n][0] : spans[n][1]] for n in order]
    heads = (0, TEXT.index("B: "), TEXT.index("A: Why"))
    turns = [sum(head <= spans[n][0] for head in heads) for n in order]
    assert frame["turn"].tolist() == turns
    below_a = [n for n in order if spans[n][2] in "ac"]
    assert study.segments("a")["coding_id"].tolist() == [f"{n:04d}" for n in below_a]
