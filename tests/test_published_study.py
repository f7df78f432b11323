"""The published report as a study: the same verbs on the published words."""

from __future__ import annotations

import pytest

from qualcode.analysis.counts import theme_table
from qualcode.analysis.quotes import quote_table
from qualcode.sources.published import parse_report
from qualcode.sources.published.corpus import published_corpus, words_hash
from qualcode.study.evidence import compare_with_report, make_evidence, read_evidence
from qualcode.study.example import example_study
from qualcode.study.published import footnotes_of, published_study
from tests import _made_report as made


@pytest.fixture(scope="module")
def report():
    return parse_report(made.TEXT, made.WARDS)


@pytest.fixture(scope="module")
def study():
    return example_study()


@pytest.fixture(scope="module")
def published(study, report):
    judged = dict.fromkeys(made.TRUTH, ("staffing", "")) | {6: ("rest;staffing", "staffing")}
    return published_study(study, report, make_evidence(report, judged))


def test_a_transcript_for_each_body_with_quoted_words(report):
    corpus = published_corpus(report)
    assert sorted(corpus) == sorted(
        "published-" + name
        for name in ("trust-1", "trust-2", "ward-2", "ward-4", "ward-5", "ward-7", "ward-11")
    )
    ward = corpus["published-ward-2"]
    assert ward.attributes["footnotes"] == (3, 4, 15)
    assert [ward.text[t.words_start : t.end] for t in ward.turns] == [
        made.TRUTH[n][3][0] for n in (3, 4, 15)
    ]
    assert ward.body_type == "ward"


def test_segments_hold_the_published_words(published):
    rest = published.segments("rest")
    assert rest[["body", "quote"]].to_dict("records") == [
        {"body": "Ward 7", "quote": made.TRUTH[6][3][0]}
    ]
    assert rest["role"].tolist() == ["Ward sister"]


def test_several_strings_under_one_footnote_are_one_segment(published):
    quote = published.segments(body="Ward 5")["quote"].item()
    assert quote == " … ".join(made.TRUTH[9][3])


def test_indirect_footnotes_have_no_words_to_code(published):
    assert "Ward 3" not in set(published.segments()["body"])


def test_verbs_work_on_the_published_words(published):
    table = theme_table(published.segments(), published.codebook)
    assert table.set_index("theme_id").loc["staffing", "bodies"] == 7
    quotes = quote_table(
        published.segments(), published.codebook, code="rest", footnotes=footnotes_of(published)
    )
    assert quotes["footnote"].tolist() == ["6"]


def test_twice_the_same(study, report, published):
    judged = dict.fromkeys(made.TRUTH, ("staffing", "")) | {6: ("rest;staffing", "staffing")}
    again = published_study(study, report, make_evidence(report, judged))
    assert again.segments().equals(published.segments())


def test_hash_does_not_depend_on_how_marks_are_printed(report):
    straight = made.TEXT.translate(str.maketrans("“”‘’", "\"\"''"))
    other = parse_report(straight, made.WARDS)
    assert [words_hash(row) for row in other.attributions] == [
        words_hash(row) for row in report.attributions
    ]


def test_words_that_changed_are_named(report):
    evidence = make_evidence(report, {n: ("rest", "") for n in made.TRUTH if n != 4})
    changed = parse_report(made.TEXT.replace("after ten", "after nine"), made.WARDS)
    assert [fault.what for fault in compare_with_report(evidence, changed)] == [
        "footnote 4 is in the report and not judged",
        "footnote 5: the words differ from those that were judged",
    ]


def test_evidence_never_holds_the_words(report, tmp_path):
    path = tmp_path / "report_quotes.csv"
    evidence = make_evidence(report, dict.fromkeys(made.TRUTH, ("rest", "")))
    evidence.to_csv(path, index=False, lineterminator="\n")
    assert read_evidence(path).equals(evidence)
    assert "stop ringing" not in path.read_text(encoding="utf-8")
