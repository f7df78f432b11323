"""`quote_table`: the quotes of a theme or code, all or chosen."""

from __future__ import annotations

import pandas as pd
import pytest

from qualcode import example_study, open_study, quote_table
from qualcode.errors import UnknownCodeError, UnknownValueError
from qualcode.frames import FRAMES, make_frame
from tests import _made


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return open_study(_made.write_study(tmp_path_factory.mktemp("study")))


def numbers(table):
    return [int(coding_id[-2:]) for coding_id in table["coding_id"]]


def choose(study, **options):
    return numbers(quote_table(study.segments(), study.codebook, **options))


def test_the_whole_table(study):
    notes = {_made.coding_id(5): 31, _made.coding_id(9): "32"}
    found = quote_table(
        study.segments(), study.codebook, theme="staffing", corpus=study.corpus, footnotes=notes
    )
    expected = make_frame(
        "quote_table",
        {
            "coding_id": [_made.coding_id(4), _made.coding_id(9)],
            "theme": ["Staffing", "Staffing"],
            "code_path": ["Staffing", "Staffing"],
            "quote": ["We were two for twenty-eight beds", "I cannot fill the rota"],
            "speaker": ["NN", "WM"],
            "role": ["Night nurse", "Ward manager"],
            "body": ["Ward 2", "Ward 2"],
            "place": ["ward-2, 00:00:21, turn 2", "ward-2b, 00:00:07, turn 2"],
            "footnote": ["31", "32"],
            "coder": ["ann; ben", "ann"],
        },
    )
    pd.testing.assert_frame_equal(found, expected)


def test_places(study):
    table = quote_table(study.segments("rest"), study.codebook, corpus=study.corpus)
    places = dict(zip(numbers(table), table["place"], strict=True))
    assert places[3] == "ward-1, 01:02:03, turn 4"
    assert places[10] == "ward-10, turn 2"  # no times in that transcript
    bare = quote_table(study.segments("rest"), study.codebook)
    assert bare["place"][0] == "ward-1, turn 2"


def test_a_quote_before_the_first_turn_has_its_transcript_for_a_place(study):
    segments = study.segments("naps")
    segments["turn"] = pd.NA
    assert quote_table(segments, study.codebook, corpus=study.corpus)["place"].tolist() == [
        "ward-10"
    ]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, [1, 2, 3, 6, 7, 8, 10, 4, 9]),  # themes in the codebook's order; 4 and 5 are one
        ({"theme": "rest"}, [1, 2, 3, 6, 7, 8, 10]),
        ({"code": "breaks"}, [1, 6, 7, 8, 10]),
        ({"code": "pauses"}, [1, 6, 7, 8, 10]),
        ({"theme": "rest", "code": "staffing"}, []),
        ({"theme": "pay"}, []),
        ({"most": 1}, [1, 4]),
        ({"most": 0}, []),
        # of 6 and 7, which share words, the one that comes first
        ({"code": "breaks", "choose": "longest"}, [1, 10, 8, 6]),
        ({"code": "breaks", "choose": "shortest"}, [7, 8, 10, 1]),
        ({"choose": "longest", "most": 1}, [1, 4]),
        ({"coding_ids": [_made.coding_id(9), _made.coding_id(1)]}, [9, 1]),
        ({"coding_ids": [_made.coding_id(5)]}, [5]),  # ben's coding of ann's span
        ({"coding_ids": []}, []),
    ],
)
def test_which_and_in_what_order(study, options, found):
    assert choose(study, **options) == found


def test_both_coders_are_named_whichever_coding_is_chosen(study):
    for number in (4, 5):
        table = quote_table(study.segments(), study.codebook, coding_ids=[_made.coding_id(number)])
        assert table[["coding_id", "coder"]].to_numpy().tolist() == [
            [_made.coding_id(number), "ann; ben"]
        ]


def test_two_codes_of_one_theme_on_one_span_are_one_quote(study):
    segments = study.segments("rest", transcript="ward-1").head(2)
    for name in ("start", "end", "quote"):
        segments[name] = segments.at[0, name]
    table = quote_table(segments, study.codebook)
    assert table[["coding_id", "code_path", "coder"]].to_numpy().tolist() == [
        [_made.coding_id(1), "Rest > Breaks; Rest", "ann"]
    ]


def test_one_span_under_two_themes_is_a_quote_of_each(study):
    segments = study.segments("staffing", coder="ben")
    other = segments.assign(
        coding_id="x", code_id="rest", theme_id="rest", code_path="Rest", coder="ann"
    )
    table = quote_table(pd.concat([segments, other]), study.codebook)
    assert table["theme"].tolist() == ["Rest", "Staffing"]


def made_segments(rows):
    """Make segments of one theme: (body, words), each in a transcript of its own."""
    return make_frame(
        "segments",
        [
            {
                "coding_id": f"{number:02d}",
                "transcript_id": f"t{number}",
                "body": body,
                "body_type": "",
                "speaker": "NN",
                "role": "",
                "turn": 1,
                "code_id": "rest",
                "theme_id": "rest",
                "code_path": "Rest",
                "coder": "ann",
                "start": 0,
                "end": len(words),
                "quote": words,
                "memo": "",
                "source": "manual",
                "created_at": pd.Timestamp("2026-01-01", tz="UTC"),
            }
            for number, (body, words) in enumerate(rows)
        ],
    )


BOOK = example_study().codebook


def test_typical_is_what_most_say_and_not_the_longest_or_the_shortest():
    segments = made_segments(
        [
            ("A", "no break"),
            ("A", "no break at all tonight"),
            ("B", "we had no break at all"),
            ("B", "the moon is made of cheese"),
            (
                "C",
                "no break at all and no tea and no chair and nobody to ask about any of it at all",
            ),
        ]
    )
    # lengths 2, 5, 6, 6, 18: the quartiles are 5 and 6, so 0 and 4 come last
    table = quote_table(segments, BOOK, choose="typical")
    assert numbers(table)[:3] == [1, 2, 3]
    assert set(numbers(table)[3:]) == {0, 4}


def test_equally_typical_quotes_keep_the_order_of_the_transcripts():
    same = made_segments([(body, "no break at all") for body in "CABD"])
    assert numbers(quote_table(same, BOOK, choose="typical")) == [0, 1, 2, 3]
    assert numbers(quote_table(same, BOOK, choose="longest")) == [0, 1, 2, 3]


def test_spread_hears_every_body_before_any_twice():
    rows = [("A", "no break at all"), ("A", "no break at six"), ("A", "no break at one")]
    rows += [("B", "pigeons"), ("C", "no break for us"), ("B", "a draught")]
    table = quote_table(made_segments(rows), BOOK, choose="spread")
    bodies = table["body"].tolist()
    assert sorted(bodies[:3]) == ["A", "B", "C"]
    assert bodies[3:] in (["A", "B", "A"], ["B", "A", "A"])
    assert bodies[0] == quote_table(made_segments(rows), BOOK, choose="typical")["body"][0]
    most = quote_table(made_segments(rows), BOOK, choose="spread", most=3)
    assert sorted(most["body"]) == ["A", "B", "C"]


@pytest.mark.parametrize("choice", ["all", "longest", "shortest", "typical", "spread"])
def test_no_segments(study, choice):
    table = quote_table(study.segments("pay"), study.codebook, choose=choice)
    assert {name: str(dtype) for name, dtype in table.dtypes.items()} == FRAMES["quote_table"]
    assert table.empty


@pytest.mark.parametrize("choice", ["longest", "shortest", "typical", "spread"])
def test_a_choice_leaves_out_only_what_shares_words(study, choice):
    chosen = set(choose(study, choose=choice))
    assert chosen - {6, 7} == {1, 2, 3, 4, 8, 9, 10}
    assert len(chosen & {6, 7}) == 1


@pytest.mark.parametrize(
    ("options", "error", "match"),
    [
        ({"choose": "best"}, UnknownValueError, "choose='best'. Mend: use one of all, longest"),
        ({"most": -1}, UnknownValueError, "most=-1"),
        ({"theme": "breaks"}, UnknownCodeError, "'breaks' is a code, not a theme. Mend: .*code="),
        ({"theme": "x"}, UnknownCodeError, "no code has the id 'x'"),
        ({"code": "x"}, UnknownCodeError, "no code has the id 'x'"),
        ({"coding_ids": ["x"]}, UnknownValueError, "no coding_id of these segments is 'x'"),
        ({"coding_ids": [], "most": 1}, UnknownValueError, "coding_ids= chooses the quotes itself"),
    ],
)
def test_options_that_there_are_not(study, options, error, match):
    with pytest.raises(error, match=match):
        quote_table(study.segments(), study.codebook, **options)


def test_the_segments_stay_as_they_are_no_mutate(study):
    segments = study.segments()
    for choice in ("all", "longest", "shortest", "typical", "spread"):
        quote_table(segments, study.codebook, choose=choice)
    pd.testing.assert_frame_equal(segments, study.segments())
