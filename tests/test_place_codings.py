"""Codings are found again in a text that was edited, or are adrift; never at the wrong words."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from qualcode.coding.anchors import Adrift, Placed, Placement, place_codings
from qualcode.errors import AdriftWarning
from qualcode.model import Coding, Transcript

from ._journals import TEXT, WARD

MADE = datetime(2026, 1, 6, tzinfo=UTC)


def coding(words: str, text: str = TEXT, *, start: int | None = None, name: str = "1") -> Coding:
    """Code words where they stand first, or from a start, in a text that is not the present one."""
    begin = text.index(words) if start is None else start
    assert text[begin : begin + len(words)] == words
    return Coding(name, "ward-4", "rest", "ann", begin, begin + len(words), words, "old", MADE)


def place(codings: list[Coding], text: str) -> Placement:
    """Place codings in the text as it is now, without the warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", AdriftWarning)
        return place_codings(codings, {"ward-4": Transcript("ward-4", text)})


def words_of(placement: Placement, text: str) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.how) for one in placement.placed]


def reason(words: Coding | list[Coding], text: str) -> str:
    (adrift,) = place(words if isinstance(words, list) else [words], text).adrift
    return adrift.reason


# The text is the same


def test_while_the_text_is_the_same_the_span_holds() -> None:
    one = replace(coding("kettle"), text_hash=WARD.text_hash)
    second = TEXT.rindex("kettle")
    two = replace(coding("kettle", start=second), text_hash=WARD.text_hash, id="2")
    placement = place_codings([two, one], {"ward-4": WARD})
    assert placement == Placement(
        (Placed(two, second, second + 6), Placed(one, one.start, one.end)), ()
    )
    assert {(found.how, found.score) for found in placement.placed} == {("same", 1.0)}
    assert repr(placement) == "Placement(2 placed, 0 adrift)"


def test_a_quotation_that_disagrees_with_the_same_text_is_adrift_loudly() -> None:
    bad = replace(coding("kettle"), text_hash=WARD.text_hash, quote="teapot")
    with pytest.warns(
        AdriftWarning, match=r"1 of 2 codings are adrift .* \(1: the text is the same, but"
    ):
        placement = place_codings(
            [bad, replace(coding("lift"), text_hash=WARD.text_hash)], {"ward-4": WARD}
        )
    assert placement.adrift == (Adrift(bad, placement.adrift[0].reason),)
    assert len(placement.placed) == 1


def test_a_transcript_that_is_gone() -> None:
    lost = replace(coding("kettle"), transcript_id="ward-9")
    with pytest.warns(AdriftWarning, match=r"1 of 1 .*there is no transcript 'ward-9'"):
        placement = place_codings([lost], {"ward-4": WARD})
    assert placement.adrift[0].coding == lost


def test_nothing_to_place() -> None:
    assert place_codings([], {}) == Placement((), ())


def test_each_text_is_looked_up_and_hashed_once() -> None:
    asked: list[str] = []

    class Corpus(dict[str, Transcript]):
        def get(self, key: str, default: object = None) -> Transcript | None:  # type: ignore[override]
            asked.append(key)
            return super().get(key)

    corpus: Mapping[str, Transcript] = Corpus({"ward-4": WARD})
    many = [replace(coding("kettle"), text_hash=WARD.text_hash, id=str(n)) for n in range(50)]
    assert len(place_codings(many, corpus).placed) == 50
    assert asked == ["ward-4"]


# The same words stand elsewhere


def test_words_that_moved() -> None:
    text = "INT: Shall we start?\n\n" + TEXT.replace(" 🏥", "")
    codings = [coding("the lift was broken", name="1"), coding("since the spring", name="2")]
    assert words_of(place(codings, text), text) == [
        ("the lift was broken", "exact"),
        ("since the spring", "exact"),
    ]


def test_a_paragraph_that_was_moved_is_followed() -> None:
    parts = TEXT.split("\n\n")
    text = "\n\n".join([parts[2], parts[3].strip(), parts[0], parts[1]])
    codings = [
        coding("We had two nurses for thirty beds 🏥, and the lift was broken"),
        coding("There is a room with a kettle. Nobody has seen the kettle", name="2"),
    ]
    assert [how for _, how in words_of(place(codings, text), text)] == ["exact", "exact"]


REFRAIN = "We wait. {} We wait. {} We wait.".format(
    "The ward is full at night.", "The day is worse by far."
)


def test_words_in_several_places_are_told_apart_by_those_around_them() -> None:
    guides = [
        coding("The ward is full at night.", REFRAIN),
        coding("The day is worse by far.", REFRAIN),
    ]
    middle = REFRAIN.index("We wait.", 5)
    text = f"Yes, well. {REFRAIN}"
    one = coding("We wait.", REFRAIN, start=middle, name="m")
    found = place([*guides, one], text)
    assert [(p.start, p.how) for p in found.placed if p.coding is one] == [(middle + 11, "exact")]
    assert (
        reason(one, text) == "its words stand in several places, and nothing tells which is meant"
    )


def test_words_within_other_words_go_with_them() -> None:
    text = f"We wait, you know. {REFRAIN}"
    outer = coding("The ward is full at night. We wait.", REFRAIN)
    inner = coding("We wait.", REFRAIN, start=outer.end - 8, name="i")
    found = place([inner, outer], text)
    assert words_of(found, text) == [("We wait.", "exact"), (outer.quote, "exact")]
    assert found.placed[0].start == found.placed[1].end - 8


def test_where_those_around_disagree_no_place_is_taken() -> None:
    guides = [
        coding("The ward is full at night.", REFRAIN),
        coding("The day is worse by far.", REFRAIN),
    ]
    text = REFRAIN.replace("We wait. The day", "We wait. So. We wait. The day")
    one = coding("We wait.", REFRAIN, start=REFRAIN.index("We wait.", 5), name="m")
    assert reason([*guides, one], text) == (
        "its words stand in several places, and nothing tells which is meant"
    )


def test_the_same_words_elsewhere_are_not_the_words_that_were_edited() -> None:
    text = "I think so. It was late. The lift was broken. I think so."
    one = coding("I think so", text)
    assert reason(one, text.replace("I think", "I thought", 1)) == (
        "its words stand elsewhere now, and others that are like them stand at its old place"
    )
    assert words_of(place([one], text.replace("I think", "Well, I think", 1)[:-12]), text)


def test_codings_made_on_different_texts_do_not_guide_each_other() -> None:
    older = replace(coding("since the spring"), text_hash="older", start=3, end=19)
    newer = coding("the lift was broken", name="2")
    found = place([older, newer], "Oh. " + TEXT)
    assert [one.coding.id for one in found.placed] == ["1", "2"]


# The words were edited


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "thirty beds",
            "thirty-two beds",
            "two nurses for thirty-two beds 🏥, and the lift was broken",
        ),
        ("the lift", "the  lift", "two nurses for thirty beds 🏥, and the  lift was broken"),
        (" 🏥, and", "; and", "two nurses for thirty beds; and the lift was broken"),
        ("was broken", "was breaking", "two nurses for thirty beds 🏥, and the lift was breaking"),
        ("was broken", "was broke", "two nurses for thirty beds 🏥, and the lift was broke"),
        ("two nurses", "Two nurses", "Two nurses for thirty beds 🏥, and the lift was broken"),
        (
            "for thirty",
            "for about thirty",
            "two nurses for about thirty beds 🏥, and the lift was broken",
        ),
    ],
)
def test_an_edit_within_the_words(old: str, new: str, expected: str) -> None:
    one = coding("two nurses for thirty beds 🏥, and the lift was broken")
    text = TEXT.replace(old, new)
    found = place([one], text)
    assert words_of(found, text) == [(expected, "fuzzy")]
    assert 0.8 < found.placed[0].score < 1


def test_words_that_were_taken_out() -> None:
    one = coding("Nobody has seen the kettle since the spring")
    text = TEXT.replace(one.quote, "")
    assert reason(one, text) == "its words are not in the text, nor any that are near enough"


def test_two_places_that_are_alike() -> None:
    old = "We had three nurses for thirty beds that night. " + TEXT
    text = "We had four nurses for thirty beds that night. We had five nurses for thirty beds that night."
    one = coding("We had three nurses for thirty beds that night.", old)
    assert (
        reason(one, text)
        == "its words are not in the text, and several places are somewhat like them"
    )


def test_words_too_few_or_none() -> None:
    assert reason(coding("of", "a cup of tea"), "well, a cup of tea") == (
        "its words have moved, and are too short to be known again"
    )
    assert reason(coding("  ", "a  b"), "so a  b") == "it holds no words to be found by"


def test_an_empty_text_and_hostile_quotations() -> None:
    assert "not in the text" in reason(coding("kettle"), "")
    odd = replace(coding("kettle"), quote="(.*\0[\ud800", start=0, end=8)
    assert "not in the text" in reason(odd, TEXT)
    far = replace(coding("kettle"), start=2**50, end=2**50 + 6, quote="broken. I")
    assert words_of(place([far], TEXT), TEXT) == [("broken. I", "exact")]


def test_very_long_words_are_found() -> None:
    rng = Random(1)
    words = [f"{''.join(rng.choices('abcdefghij', k=6))}" for _ in range(8000)]
    old = " ".join(words)
    one = coding(old[7:50_000], old)
    text = "Now then. " + old[:30_000] + " and also " + old[30_000:]
    (found,) = place([one], text).placed
    assert (found.start, found.end, found.how) == (17, 50_020, "fuzzy")


# Any edit


def distinct_words(count: int) -> list[str]:
    """Make words that are all different, and unlike each other."""
    rng = Random(4)
    made: dict[str, None] = {}
    while len(made) < count:
        made["".join(rng.choices("abcdefghijklmnoprstuvwy", k=rng.randint(3, 9)))] = None
    return list(made)


WORDS = distinct_words(700)


@st.composite
def coded_texts(draw: st.DrawFn) -> tuple[list[str], list[tuple[int, int]]]:
    """Draw a text of distinct words, and spans of three words or more."""
    order = draw(st.randoms(use_true_random=False))
    words = WORDS[:500]
    order.shuffle(words)
    words = words[: draw(st.integers(20, 300))]
    count = draw(st.integers(1, 8))
    starts = [draw(st.integers(0, len(words) - 4)) for _ in range(count)]
    return words, [(one, min(len(words), one + draw(st.integers(3, 30)))) for one in starts]


def code_words(words: list[str], spans: list[tuple[int, int]]) -> list[Coding]:
    """Code words by their numbers."""
    text = " ".join(words)
    offsets = [0]
    for word in words:
        offsets.append(offsets[-1] + len(word) + 1)
    return [
        coding(text[offsets[a] : offsets[b] - 1], text, start=offsets[a], name=str(number))
        for number, (a, b) in enumerate(spans)
    ]


@settings(max_examples=80, deadline=None)
@given(coded_texts(), st.data())
def test_edits_elsewhere_lose_no_coding(
    coded: tuple[list[str], list[tuple[int, int]]], data: st.DataObject
) -> None:
    words, spans = coded
    codings = code_words(words, spans)
    free = [n for n in range(len(words) + 1) if not any(a < n < b for a, b in spans)]
    new: list[str] = []
    edits = data.draw(st.sets(st.sampled_from(free), max_size=4))
    fresh = iter(WORDS[500:])
    for number in range(len(words) + 1):
        coded_here = any(a <= number < b for a, b in spans)
        if number in edits:
            new += [next(fresh) for _ in range(data.draw(st.integers(0, 20)))]
            if not coded_here:
                continue  # the word is taken out
        new += words[number : number + 1]
    text = " ".join(new)
    placement = place_codings(codings, {"ward-4": Transcript("ward-4", text)})
    assert [one.coding for one in placement.placed] == codings
    assert [text[one.start : one.end] for one in placement.placed] == [c.quote for c in codings]
    expected = [text.index(one.quote) for one in codings]
    assert [one.start for one in placement.placed] == expected


def edit_within(words: str, data: st.DataObject) -> str:
    """Change up to three characters within some words, never the first or the last."""
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(1, len(words) - 2))
        letter = data.draw(st.sampled_from(["", "x", ",", " ", "e"]))
        words = words[:at] + letter + words[at + data.draw(st.integers(0, 1)) :]
    return words


@settings(max_examples=120, deadline=None)
@given(coded_texts(), st.data())
def test_small_edits_within_are_found_at_the_right_place_or_adrift(
    coded: tuple[list[str], list[tuple[int, int]]], data: st.DataObject
) -> None:
    words, spans = coded
    one = code_words(words, spans[:1])[0]
    old = " ".join(words)
    edited = edit_within(one.quote, data)
    text = old[: one.start] + edited + old[one.end :]
    placed = place([one], text).placed
    assert placed or len(one.quote) < 30
    for found in placed:
        # An edit beside the first or the last letter may cost that letter.
        assert abs(found.start - one.start) <= 3
        assert abs(found.end - one.start - len(edited)) <= 3


FEW = ["we", "wait", "for", "the", "lift", "again"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(FEW), min_size=6, max_size=40), st.data())
def test_small_edits_within_are_never_taken_for_other_words(
    words: list[str], data: st.DataObject
) -> None:
    """In a text of six words over and over, nearly all words stand in several places."""
    old = " ".join(words)
    first = data.draw(st.integers(0, len(words) - 3))
    span = (first, data.draw(st.integers(first + 2, min(len(words), first + 9))))
    one = code_words(words, [span])[0]
    edited = edit_within(one.quote, data)
    text = old[: one.start] + edited + old[one.end :]
    for found in place([one], text).placed:
        assert found.start < one.start + len(edited)
        assert one.start < found.end


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text("ab .\n", max_size=12), max_size=6), st.text("ab .\n", max_size=80))
def test_whatever_the_text_each_coding_is_placed_or_adrift(quotes: list[str], text: str) -> None:
    codings = [
        replace(coding("kettle"), id=str(n), quote=words, start=5 * n, end=5 * n + len(words))
        for n, words in enumerate(quotes)
    ]
    found = place(codings, text)
    assert len(found.placed) + len(found.adrift) == len(codings)
    assert all(0 <= one.start < one.end <= len(text) for one in found.placed)
    exact = [one for one in found.placed if one.how == "exact"]
    assert all(text[one.start : one.end] == one.coding.quote for one in exact)
    ids = [one.coding.id for one in [*found.placed, *found.adrift]]
    assert sorted(ids) == sorted(one.id for one in codings)
