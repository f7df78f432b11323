"""A text cut at the bounds of spans loses nothing, and spans that overlap lie side by side."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.reporting._transcript_pieces import assign_lanes, cut_pieces, share_out

SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 25)).map(lambda pair: (pair[0], sum(pair))),
    max_size=14,
)
RANGES = st.tuples(st.integers(0, 60), st.integers(0, 40)).map(lambda pair: (pair[0], sum(pair)))


@given(SPANS, RANGES)
def test_pieces_joined_are_the_words(spans, words):
    start, end = words
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 120)))
    pieces = cut_pieces(spans, start, end)
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text[start:end]
    assert all(piece.start < piece.end for piece in pieces)


@given(SPANS, RANGES)
def test_a_piece_has_just_the_spans_that_cover_it(spans, words):
    for start, end, over in cut_pieces(spans, *words):
        for place in range(start, end):
            assert over == tuple(n for n, (a, b) in enumerate(spans) if a <= place < b)


@given(SPANS, RANGES)
def test_a_text_is_cut_nowhere_else(spans, words):
    bounds = {bound for span in spans for bound in span}
    for one, other in pairwise(cut_pieces(spans, *words)):
        assert one.end == other.start
        assert one.end in bounds


@given(SPANS, st.integers(0, 9))
def test_overlapping_spans_never_share_a_lane(spans, gap):
    spans = [(a, b) for a, b in spans if a < b]
    lanes = assign_lanes(spans, gap=gap)
    for one, other in combinations(range(len(spans)), 2):
        (a, b), (c, d) = spans[one], spans[other]
        if a < d + gap and c < b + gap:
            assert lanes[one] != lanes[other]


@given(SPANS)
def test_there_are_no_more_lanes_than_spans_at_one_place(spans):
    spans = [(a, b) for a, b in spans if a < b]
    deepest = max((sum(a <= place < b for a, b in spans) for place in range(90)), default=0)
    assert len(set(assign_lanes(spans))) == deepest


def test_of_spans_that_begin_together_the_longest_comes_first():
    assert assign_lanes([(0, 3), (0, 9), (4, 6)]) == [1, 0, 1]


@given(SPANS)
def test_a_span_goes_to_every_place_it_touches(spans):
    places = [(0, 10), (12, 20), (20, 20), (25, 60)]
    shares = share_out(spans, places)
    for number, (start, end) in enumerate(spans):
        touched = [n for n, (a, b) in enumerate(places) if max(a, start) < min(b, end)]
        found = [n for n, share in enumerate(shares) if number in share]
        assert found == touched if touched else len(found) == 1


@pytest.mark.parametrize(
    ("span", "place"), [((0, 2), 0), ((10, 12), 1), ((11, 12), 1), ((20, 24), 1), ((40, 50), 1)]
)
def test_a_span_beside_all_places_goes_to_the_next(span, place):
    assert share_out([span], [(5, 10), (12, 20)]) == [[0] if n == place else [] for n in range(2)]


def test_nothing_is_shared_out_among_no_places():
    assert share_out([(0, 5)], []) == []
