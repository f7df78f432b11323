"""Codings as spans on one continuum, for the measures of unitizing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.analysis.agreement.agreement import character_f1, span_f1
from qualcode.analysis.agreement.agreement_table import agreement
from qualcode.analysis.agreement.coder_spans import CoderSpans, coder_spans
from qualcode.analysis.units.units import units_of
from qualcode.errors import UnknownCodeError

from .test_units import TEXT, THREE, on, study_of

TWO = ("ann", "ben")
SAID = len("I rest 😀😀. Then I go. No pay!"), len("Ne\u0301e.")


def test_what_interviewees_say_stands_end_to_end():
    study = study_of([on("rest 😀"), on("pay!\n\nINT: Oh\n\nNN: N", "ben", "pay"), on("Oh", "ben")])
    assert coder_spans(study, coders=TWO) == CoderSpans(
        (((2, 8, "rest"),), ((SAID[0] - 4, SAID[0] + 1, "pay"),)), sum(SAID), TWO, ("a",)
    )


def test_all_speakers_if_asked():
    study = study_of([on("Oh"), on("Why", "ben", "pay")])
    found = coder_spans(study, coders=TWO, speakers="all")
    assert found.continua == (
        ((len("Why?") + SAID[0], len("Why?Oh") + SAID[0], "rest"),),
        ((0, 3, "pay"),),
    )


def test_only_what_everybody_has_read():
    rows = (
        on("rest"),
        on("Nobody", name="b", text=THREE["b"]),
        on("Nobody", "ben", name="b", text=THREE["b"]),
    )
    found = coder_spans(study_of(rows, THREE), coders=TWO)
    assert (found.transcripts, found.length) == (("b",), len("Nobody rests."))
    assert found.continua == (((0, 6, "rest"),), ((0, 6, "rest"),))


def test_codes_below_and_those_asked_for():
    study = study_of(
        [on("rest", code="breaks"), on("rest"), on("rest", "ben"), on("go", code="pay")]
    )
    found = coder_spans(study, coders=TWO, codes=["rest"], below=True)
    assert found.continua == (((2, 6, "rest"),), ((2, 6, "rest"),))
    with pytest.raises(UnknownCodeError, match="no code has the id 'brakes'"):
        coder_spans(study, coders=TWO, codes=["brakes"])


def test_nothing_read():
    found = coder_spans(study_of([]), coders=TWO)
    assert found == CoderSpans(((), ()), 0, TWO, ())


DRAWN = st.lists(
    st.tuples(
        st.sampled_from(TWO),
        st.sampled_from(["rest", "pay"]),
        st.integers(0, len(TEXT) - 1),
        st.integers(1, 20),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(DRAWN, st.sampled_from(["interviewees", "all"]))
def test_they_hold_what_runs_of_characters_hold(drawn, speakers):
    study = study_of(
        [(coder, "a", code, start, min(len(TEXT), start + n)) for coder, code, start, n in drawn]
    )
    options = {"coders": TWO, "read": {coder: ["a"] for coder in TWO}, "speakers": speakers}
    found = coder_spans(study, **options)
    for code in ("rest", "pay"):
        units = units_of(study, code=code, unit="character", **options)
        spread = np.repeat(units.ratings.astype(bool), units.weights, axis=1)
        painted = np.zeros_like(spread)
        for row, spans in zip(painted, found.continua, strict=True):
            for start, end, which in spans:
                row[start:end] |= which == code
        assert painted.tolist() == spread.tolist()
        mine = [[span for span in spans if span[2] == code] for spans in found.continua]
        table = agreement(study, codes=[code], resamples=0, **options)
        np.testing.assert_allclose(table["character_f1"][0], character_f1(mine).value)


def test_exact_spans_equal_the_table_s():
    study = study_of([on("rest"), on("rest", "ben"), on("Ne"), on("No", "ben")])
    spans = coder_spans(study, coders=TWO).continua
    assert span_f1(spans).value == agreement(study, coders=TWO, codes=["rest"])["span_f1"][0] == 0.5
