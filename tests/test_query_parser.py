"""Queries read and written: what they mean as values, and errors that point at the character."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qualcode import parse_query
from qualcode.analysis.queries.query_nodes import And, Code, Has, In, Near, Not, Or, Within, Words
from qualcode.errors import QualcodeError, QueryError

A, B, C, D = (Code(name) for name in "abcd")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("time_lag", Code("time_lag")),
        ('code:"Time lag"', Code("Time lag")),
        ("code:and", Code("and")),
        ('"exact words"', Words("exact words")),
        ("“curly words”", Words("curly words")),
        ("words*", Words("words*")),
        ("words:late", Words("late")),
        (r'"she said \"no\" \\"', Words('she said "no" \\')),
        ("body_type:council", Has("body_type", "council")),
        ('ROLE:"SEND officer"', Has("role", "SEND officer")),
        ("role: x", Has("role", "x")),
        ("transcript:a:b", Has("transcript", "a:b")),
        ("a and b AND c", And((A, B, C))),
        ("a OR b AND c", Or((A, And((B, C))))),
        ("(a OR b) AND c", And((Or((A, B)), C))),
        ("(a AND b) AND c", And((And((A, B)), C))),
        ("NOT a AND b", And((Not(A), B))),
        ("not not a", Not(Not(A))),
        ("NOT (a AND b)", Not(And((A, B)))),
        ("a NEAR/2 b", Near(A, B, 2)),
        ("a near/0 b near/12 c", Near(Near(A, B, 0), C, 12)),
        ("a WITHIN b WITHIN c", Within(Within(A, B), C)),
        ("a NEAR/1 b WITHIN c", Within(Near(A, B, 1), C)),
        ("NOT a WITHIN b", Within(Not(A), B)),
        ("NOT (a WITHIN b)", Not(Within(A, B))),
        ("a AND b WITHIN c AND d", And((Within(And((A, B)), C), D))),
        ("a AND (b WITHIN c)", And((A, Within(B, C)))),
        ("a OR b WITHIN c", Or((A, Within(B, C)))),
        ('a WITHIN speaker:"Director*"', Within(A, Has("speaker", "Director*"))),
        ("a AND b IN sentence", In(And((A, B)), "sentence")),
        ("a AND b IN Turns", In(And((A, B)), "turn")),
        ("(a AND b IN overlap) OR c", Or((In(And((A, B)), "overlap"), C))),
        ("((a))", A),
        ("  a\n AND\tb ", And((A, B))),
    ],
)
def test_what_a_query_means(text, value):
    assert parse_query(text) == value
    assert parse_query(str(value)) == value


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        ("", 0, "the query is empty"),
        ("   ", 3, "the query is empty"),
        ("a b", 2, "expected an operator here"),
        ("a AND", 5, "the query ends too soon"),
        ("a AND OR b", 6, "a part is missing"),
        ("AND", 0, "a part is missing"),
        ("(a", 0, "this bracket is not closed"),
        ("(a OR (b)", 0, "this bracket is not closed"),
        ("a)", 1, "this bracket closes nothing"),
        ("()", 1, "nothing stands in these brackets"),
        ('a OR "b', 5, "a quotation mark is opened and not closed"),
        ('""', 0, "no words to look for"),
        ('"?!"', 0, "no words to look for"),
        ("*", 0, "no words to look for"),
        ("role:", 5, "role: has no value"),
        ('role:""', 5, "role: has no value"),
        ("role:(a)", 5, "role: has no value"),
        (":a", 0, "':' has nothing to its left"),
        ("a NEAR b", 2, "NEAR needs a number of turns"),
        ("a NEAR/x b", 2, "NEAR needs a number of turns"),
        ("a NEAR/99999 b", 2, "NEAR needs a number of turns"),
        ("a NEAR/² b", 2, "NEAR needs a number of turns"),
        ("a IN", 4, "expected what to look in"),
        ("a IN paragraph", 5, "expected what to look in"),
        ("a IN turn AND b", 10, "AND cannot follow here"),
        ("a IN turn IN turn", 10, "IN cannot follow here"),
        ("(" * 41 + "a", 40, "the query is nested too deep"),
        ("NOT " * 41 + "a", 160, "the query is nested too deep"),
    ],
)
def test_an_error_points_at_the_character(text, at, message):
    with pytest.raises(QueryError, match=message) as caught:
        parse_query(text)
    assert caught.value.at == at
    first, *_, caret, mend = str(caught.value).splitlines()
    assert first.startswith(message)
    assert caret.strip() == "^"
    assert mend.startswith("Mend: ")


def test_the_caret_stands_below_the_character():
    with pytest.raises(QueryError, match="NEAR") as caught:
        parse_query("time_lag NEAR remedies")
    assert str(caught.value) == (
        "NEAR needs a number of turns\n"
        "  time_lag NEAR remedies\n"
        "           ^\n"
        "Mend: say how many turns apart: NEAR/2"
    )


def test_of_a_long_query_the_neighbourhood_is_shown():
    text = " OR ".join(f"code_{number}" for number in range(60)) + " extra OR b" + " OR c" * 20
    with pytest.raises(QueryError, match="expected an operator") as caught:
        parse_query(text)
    _, shown, caret, _ = str(caught.value).splitlines()
    assert shown.startswith("  …")
    assert shown.endswith("…")
    assert shown[caret.index("^") :].startswith("extra")


def test_line_ends_do_not_break_the_pointer():
    with pytest.raises(QueryError, match="expected an operator") as caught:
        parse_query("a\nb")
    assert str(caught.value).splitlines()[1:3] == ["  a b", "    ^"]


def test_a_query_longer_than_anybody_writes():
    with pytest.raises(QueryError, match="the query has 5,000 letters"):
        parse_query("a" * 5000)


# Anything that a name or a value can be.
texts = st.text(min_size=1, max_size=12).filter(lambda text: any(c.isalnum() for c in text))
conditions = st.one_of(
    texts.map(Code),
    texts.map(Words),
    st.builds(Has, st.sampled_from(["role", "coder", "memo", "area", "body-type"]), texts),
)


def joined(parts):
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        several.map(And),
        several.map(Or),
        parts.map(Not),
        st.builds(Near, parts, parts, st.integers(0, 9999)),
        st.builds(Within, parts, parts),
        st.builds(In, parts, st.sampled_from(["turn", "sentence", "transcript", "overlap"])),
    )


@settings(deadline=None, max_examples=400)
@given(st.recursive(conditions, joined, max_leaves=8))
def test_what_is_written_reads_the_same(query):
    assert parse_query(str(query)) == query


@settings(deadline=None, max_examples=400)
@given(st.text(max_size=60))
@example("a NEAR/" + "9" * 4000)
@example("\\" * 50 + '"')
def test_no_text_raises_anything_but_query_error(text):
    at = 0
    try:
        parse_query(text)
    except QueryError as error:
        at = error.at or 0
    assert 0 <= at <= len(text)


PIECES = ["a", "time_lag", '"w"', "(", ")", "AND", "OR", "NOT", "NEAR/2", "NEAR", "WITHIN", "IN"]
PIECES += ["turn", "overlap", "role:", ":", '"', "”", "“", "*", "code:x", "\\", "/", "x*", "\n"]


@settings(deadline=None, max_examples=600)
@given(st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from(["", " "]))
def test_nor_does_anything_like_a_query(pieces, between):
    text = between.join(pieces)
    try:
        found = parse_query(text)
    except QueryError:
        return
    assert parse_query(str(found)) == found


def test_a_value_is_frozen_and_knows_its_place():
    query = parse_query("a AND role:x")
    assert [part.at for part in query.parts] == [0, 11]
    with pytest.raises(AttributeError, match="cannot assign"):
        query.parts = ()
    assert hash(query) == hash(parse_query("a   AND role:x"))


def test_it_is_an_error_of_qualcode():
    assert issubclass(QueryError, QualcodeError)
