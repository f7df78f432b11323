"""Checks on a coder, both ways: what is wrong is listed, and where nothing is, nothing is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from qualcode import coder_checks, example_study, open_study
from qualcode.coding.codebook import Code, Codebook
from qualcode.errors import UnknownValueError
from qualcode.frames import FRAMES
from qualcode.machine.checking._duplicates import find_duplicates
from qualcode.machine.checking._far import find_far
from qualcode.machine.checking._merges import find_merges
from qualcode.machine.checking._splits import find_splits
from tests.machine._made_quotes import NAMES, made_quotes, quotes_of, recoded


def words_of(many):
    """Give texts that have few letters in common."""
    rng = np.random.default_rng(0)
    return [
        " ".join("".join(rng.choice(list("abcdefghijklm"), 5)) for _ in range(6))
        for _ in range(many)
    ]


def merges(quotes):
    return [(row["code_id"], row["other_code_id"]) for row in find_merges(quotes, 0.75, 0.05)]


def splits(quotes, seed=0):
    rng = np.random.default_rng(seed)
    return [row["code_id"] for row in find_splits(quotes, 0.05, 99, rng)]


def halved(quotes, code, seed):
    """Give half of a code's quotes, drawn at random, another code."""
    codes = quotes.code.copy()
    rows = quotes.rows[code]
    codes[np.random.default_rng(seed).choice(rows, len(rows) // 2, replace=False)] = "other_half"
    return recoded(quotes, codes)


def joined(quotes, one, other):
    codes = quotes.code.copy()
    codes[codes == other] = one
    return recoded(quotes, codes)


def test_where_nothing_is_wrong_next_to_nothing_is_listed():
    made = [made_quotes(seed) for seed in range(10)]
    assert [merges(one) for one in made] == [[]] * 10  # of 150 pairs of codes
    assert sum(len(splits(one)) for one in made) <= 3  # of 60 codes, at a level of 5%
    assert sum(len(list(find_far(one, 2.5))) for one in made) <= 9  # of 1,800 quotes
    apart = [quotes_of(one.vectors, one.code, range(180), texts=words_of(180)) for one in made]
    assert [list(find_duplicates(one, 0.9, 0.9)) for one in apart] == [[]] * 10


@pytest.mark.parametrize("seed", range(5))
def test_a_code_halved_at_random_is_listed_as_a_merge(seed):
    assert merges(halved(made_quotes(seed, many=40), "pay", seed)) == [("other_half", "pay")]


@pytest.mark.parametrize("seed", range(5))
def test_two_codes_joined_are_listed_as_a_split(seed):
    quotes = joined(made_quotes(seed), "rest", "pay")
    found = list(find_splits(quotes, 0.05, 99, np.random.default_rng(0)))
    assert [row["code_id"] for row in found] == ["rest"]
    number = {name: place for place, name in enumerate(made_quotes(seed).frame["coding_id"])}
    ends = [
        {int(number[one]) // 30 for one in found[0][name]}
        for name in ("coding_ids", "other_coding_ids")
    ]
    assert sorted(ends, key=min) == [{0}, {1}]  # two typical quotes of either code


def test_codes_that_mean_nothing_are_not_said_to_be_one():
    quotes = made_quotes(1)
    rng = np.random.default_rng(2)
    assert [merges(recoded(quotes, rng.permutation(quotes.code))) for _ in range(5)] == [[]] * 5


def test_what_one_person_says_twice_makes_no_two_codes_alike():
    rng = np.random.default_rng(4)
    leans = 2 * rng.normal(size=(10, 48)) / np.sqrt(48)
    interview = np.tile(np.arange(10), 8)
    vectors = leans[interview] + rng.normal(size=(80, 48)) / np.sqrt(48)
    assert merges(quotes_of(vectors, ["rest", "pay"] * 40, interview)) == []


def test_a_parent_and_its_child_are_no_pair():
    quotes = halved(made_quotes(0, many=40), "pay", 0)
    family = Codebook(
        (
            *(Code(name, name.capitalize(), "x") for name in NAMES),
            Code("other_half", "Other half", "x", parent="pay"),
        )
    )
    interviews = [int(name[1:]) for name in quotes.frame["transcript_id"]]
    assert merges(quotes_of(quotes.vectors, quotes.code, interviews, book=family)) == []


def test_too_few_quotes_or_interviews_are_not_judged():
    few = halved(made_quotes(0, many=14), "pay", 0)  # seven in each half
    assert "other_half" not in {code for pair in merges(few) for code in pair}
    three = halved(made_quotes(0, many=40, interviews=3), "pay", 0)
    assert (merges(three), splits(joined(made_quotes(0, interviews=3), "rest", "pay"))) == ([], [])


def test_a_quote_with_a_strange_code_is_far_and_says_which_is_nearer():
    quotes = made_quotes(3)
    codes = quotes.code.copy()
    codes[quotes.rows["pay"][0]] = "rest"
    found = list(find_far(recoded(quotes, codes), 2.5))
    strange = [row for row in found if row["coding_ids"] == ["c30"]]
    assert [(row["code_id"], row["other_code_id"]) for row in strange] == [("rest", "pay")]
    assert len(strange[0]["other_quotes"]) == 2


def test_words_that_have_the_other_code_too_are_not_far():
    quotes = made_quotes(3)
    twice = np.append(np.arange(len(quotes.code)), quotes.rows["pay"][0])
    codes = np.append(quotes.code, "rest")
    interviews = [int(name[1:]) for name in quotes.frame["transcript_id"]]
    both = quotes_of(quotes.vectors[twice], codes, [interviews[row] for row in twice])
    both.frame.loc[len(codes) - 1, ["start", "end"]] = both.frame.loc[30, ["start", "end"]]
    assert "c180" not in {row["coding_ids"][0] for row in find_far(both, 2.5)}


SAID = [
    "We never get a break at night.",
    "we never get a  break at nights",  # nearly the same words
    "Nobody rests before the morning comes.",  # nearly the same vector
    "We never get a break at night.",  # the same, and the same theme
    "Yes, we do.",
    "Yes, we do.",  # too short to say anything
]
LIKE = np.array([[1, 0, 0], [0.8, 0.6, 0], [1, 0, 0.2], [1, 0, 0], [0, 1, 0], [0, 1, 0]])


def test_nearly_the_same_words_or_meaning_with_other_themes():
    codes = ["rest", "pay", "pay", "rest", "rest", "pay"]
    quotes = quotes_of(LIKE, codes, [0, 1, 2, 3, 4, 5], texts=SAID)
    found = list(find_duplicates(quotes, 0.9, 0.9))
    pairs = sorted((row["coding_ids"][0], row["other_coding_ids"][0]) for row in found)
    assert pairs == [("c0", "c1"), ("c0", "c2"), ("c1", "c3"), ("c2", "c3")]
    first = next(row for row in found if row["other_coding_ids"] == ["c1"])
    assert (first["quotes"], first["other_quotes"]) == ([SAID[0]], [SAID[1]])
    assert (first["code_id"], first["other_code_id"]) == ("rest", "pay")


def test_the_same_words_coded_twice_are_no_duplicates():
    quotes = quotes_of(LIKE[[0, 0]], ["rest", "pay"], [0, 0], texts=[SAID[0]] * 2)
    quotes.frame[["start", "end"]] = [[10, 60], [20, 60]]
    assert list(find_duplicates(quotes, 0.9, 0.9)) == []


@pytest.fixture(scope="module")
def study(root):
    return open_study(root)


def test_the_worked_study_is_listed_and_not_changed(study, tmp_path):
    before = study.segments(coder="A")
    found = coder_checks(study, coder="A", cache=tmp_path)
    assert found.dtypes.astype(str).to_dict() == FRAMES["coder_checks"]
    assert found["kind"].tolist() == sorted(found["kind"])
    for _, rows in found.groupby("kind"):
        assert rows["score"].is_monotonic_decreasing
    ids = set(before["coding_id"])
    assert {one for ends in found["coding_ids"] for one in ends} <= ids
    quote = before.set_index("coding_id")["quote"]
    for row in found.itertuples():
        assert row.quotes == [quote[one] for one in row.coding_ids]
        assert row.other_quotes == [quote[one] for one in row.other_coding_ids]
    assert (found["kind"] == "far").sum() < 0.03 * len(before)
    again = coder_checks(study, coder="A", cache=tmp_path, kinds=("split",))
    splits_found = found[found["kind"] == "split"].reset_index(drop=True)
    pd.testing.assert_frame_equal(splits_found, again)
    pd.testing.assert_frame_equal(study.segments(coder="A"), before)


def test_only_the_kinds_that_are_asked_for(tmp_path):
    found = coder_checks(example_study(), coder="ann", kinds="duplicate", near=0, cache=tmp_path)
    assert set(found["kind"]) == {"duplicate"}
    assert len(coder_checks(example_study(), coder="ann", kinds=(), cache=tmp_path)) == 0


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"kinds": ["merges"]}, "no kind of check is 'merges'.*'duplicate'"),
        ({"far": -1}, "far=-1"),
        ({"alike": float("nan")}, "alike=nan"),
        ({"coder": "carla"}, "no coder is 'carla'"),
        ({}, "several people have coded"),
    ],
)
def test_options_that_are_something_else(options, what):
    with pytest.raises(UnknownValueError, match=what):
        coder_checks(example_study(), **options)
