"""A claim holds, is thin or is not shown, by the numbers that would make its words true."""

from __future__ import annotations

import pytest

from qualcode.analysis.claims.claims import claim_quotes, claim_table, judge_claims
from qualcode.errors import StudyError, UnknownValueError
from qualcode.frames import FRAMES, make_frame
from qualcode.study._conditions import parse_condition
from qualcode.study.claims import Claim, read_claims
from qualcode.study.example import example_study

FIGURE = {
    "section": "NIGHTS",
    "topic": "sample",
    "label": "Nurses",
    "body": "",
    "period": "",
    "upper": None,
    "unit": "nurses",
    "qualifier": "",
    "footnote": None,
    "line": None,
    "check": "",
}


@pytest.fixture
def study():
    return example_study()


def claim(*needs, **other):
    conditions = tuple(parse_condition(need) for need in needs)
    return Claim("one", "A claim.", conditions, **({"codes": ("rest",)} | other))


def footnote(number, body, themes="rest", counter="", role="Night nurse"):
    return {
        "footnote": number,
        "body": body,
        "role": role,
        "kind": "direct",
        "section": "NIGHTS",
        "themes": themes,
        "counter": counter,
        "hash": "",
        "length": 3,
        "transcript_id": "",
        "start": None,
        "end": None,
        "begins": "",
    }


def judge(study, one, *, memo="", coder="ann", **other):
    segments = study.segments(coder=coder)
    if memo:
        segments.loc[segments["transcript_id"] == "ward-3", "memo"] = memo
    return claim_table([one], segments, study.people, study.codebook, **other).iloc[0]


class TestInTheTranscripts:
    def test_counts(self, study):
        row = judge(study, claim("people >= 90%"))
        counted = ("interviews", "people", "of_people", "bodies", "of_bodies", "quotes")
        assert [row[name] for name in counted] == [3, 3, 3, 3, 3, 5]
        assert row["in_transcripts"] == "holds"
        assert row["in_report"] == ""

    @pytest.mark.parametrize(
        ("needs", "verdict"),
        [
            (["people >= 3"], "holds"),
            (["people >= 4"], "thin"),
            (["people >= 3", "bodies > 3"], "thin"),
            (["bodies >= 100%"], "holds"),
            (["quotes = 5"], "holds"),
            (["contrary_people <= 0"], "holds"),
        ],
    )
    def test_verdicts(self, study, needs, verdict):
        assert judge(study, claim(*needs))["in_transcripts"] == verdict

    def test_nobody_says_it(self, study):
        row = judge(study, claim("people >= 1", codes=("pay",)))
        assert (row["people"], row["in_transcripts"]) == (0, "not shown")

    def test_nobody_in_scope_says_it(self, study):
        row = judge(study, claim("people >= 1", codes=("pay",), roles=("Night *",), bodies=("*",)))
        assert (row["people"], row["of_people"], row["in_transcripts"]) == (0, 2, "not shown")

    def test_only_passages_with_one_of_the_words_bear_it(self, study):
        narrow = claim("people >= 2", words=("biscuit*", "no break"))
        row = judge(study, narrow)
        assert (row["people"], row["quotes"], row["in_transcripts"]) == (2, 2, "holds")
        none = judge(study, claim("people >= 2", words=("bisc",)))
        assert (none["people"], none["of_people"], none["in_transcripts"]) == (0, 3, "not shown")

    def test_silence_holds_nothing(self, study):
        row = judge(study, claim("people <= 5", "contrary_people <= 0", codes=("pay",)))
        assert row["in_transcripts"] == "not shown"

    def test_a_contrary_voice_bears_nothing(self, study):
        row = judge(study, claim("people >= 3"), memo="Contrary: they do get breaks")
        assert (row["people"], row["contrary_people"], row["in_transcripts"]) == (2, 1, "thin")

    def test_only_contrary_voices_show_nothing(self, study):
        one = claim("people >= 1", bodies=("Ward 3",))
        row = judge(study, one, memo="contrary: they do")
        assert (row["quotes"], row["in_transcripts"]) == (0, "not shown")

    def test_scope_narrows_who_could_have_said_it(self, study):
        row = judge(study, claim("people >= 90%", roles=("Night *",)))
        assert (row["people"], row["of_people"], row["of_bodies"]) == (2, 2, 2)

    def test_a_scope_that_was_not_interviewed_is_refused(self, study):
        with pytest.raises(UnknownValueError, match="no role is 'Surgeon'"):
            judge(study, claim("people >= 1", roles=("Surgeon",)))

    def test_exact_codes_leave_out_what_is_below(self, study):
        row = judge(study, claim("people >= 3", codes=(), exact_codes=("rest",)))
        assert (row["people"], row["in_transcripts"]) == (1, "thin")

    def test_two_coders_of_one_passage_are_one_quote(self, study):
        one = claim("quotes = 2", codes=("staffing",))
        segments = study.segments()
        table = claim_table([one], segments, study.people, study.codebook)
        assert table["quotes"].item() == 2


class TestInTheReport:
    def test_footnotes_by_their_codes(self, study):
        evidence = make_frame(
            "evidence",
            [
                footnote(3, "Ward 1"),
                footnote(4, "Ward 2; Ward 3", "breaks;pay"),
                footnote(5, "Ward 3", "pauses", counter="pauses", role="Ward manager"),
                footnote(6, "Ward 9", "pay"),
            ],
        )
        row = judge(study, claim("bodies >= 3", "contrary_people <= 1"), evidence=evidence)
        assert (row["footnotes"], row["report_bodies"], row["report_people"]) == ("3, 4", 3, 3)
        assert (row["report_contrary"], row["in_report"]) == ("5", "holds")

    def test_footnotes_that_the_researcher_names(self, study):
        evidence = make_frame("evidence", [footnote(3, "Ward 1"), footnote(4, "Ward 2", "pay")])
        one = claim("bodies >= 2", footnotes=(4,))
        row = judge(study, one, evidence=evidence)
        assert (row["footnotes"], row["in_report"]) == ("4", "thin")
        none = judge(study, claim("bodies >= 2", footnotes=()), evidence=evidence)
        assert (none["footnotes"], none["in_report"]) == ("", "not shown")

    @pytest.mark.parametrize(
        ("needs", "verdict"),
        [
            (["nurses >= 20"], "holds"),
            (["nurses >= 23"], "not shown"),
            (["nurses >= 20", "beds < 5"], "thin"),
        ],
    )
    def test_figures(self, study, needs, verdict):
        rows = [
            FIGURE | {"figure_id": "nurses", "value": 22},
            FIGURE | {"figure_id": "beds", "value": 9},
        ]
        row = judge(study, claim(*needs, codes=()), figures=make_frame("report_figures", rows))
        assert (row["in_report"], row["in_transcripts"]) == (verdict, "")
        assert row["figures"].startswith("nurses = 22")

    def test_figures_of_figures(self, study):
        rows = [
            FIGURE | {"figure_id": "now", "value": 1318},
            FIGURE | {"figure_id": "then", "value": 311},
        ]
        figures = make_frame("report_figures", rows)
        row = judge(study, claim("now / then >= 4", codes=()), figures=figures)
        assert (row["figures"], row["in_report"]) == ("now / then = 4.24", "holds")
        with pytest.raises(UnknownValueError, match="no figure is called 'before'"):
            judge(study, claim("now / before >= 4", codes=()), figures=figures)

    def test_a_figure_that_nobody_stated_is_refused(self, study):
        figures = make_frame("report_figures", [FIGURE | {"figure_id": "beds", "value": 9}])
        with pytest.raises(UnknownValueError, match="no figure is called 'nurses'"):
            judge(study, claim("nurses >= 2"), figures=figures)


class TestWhatIsExpected:
    def test_a_claim_that_stops_holding_falls(self, study):
        one = claim("people >= 3", expect={"transcripts": "holds"})
        assert judge(study, one)["stands"]
        assert not judge(study, one, memo="contrary: no")["stands"]

    def test_a_claim_that_is_better_than_expected_is_named_too(self, study):
        assert not judge(study, claim("people >= 1", expect={"transcripts": "thin"}))["stands"]

    def test_what_cannot_be_judged_does_not_fall(self, study):
        assert judge(study, claim("people >= 1", expect={"report": "holds"}))["stands"]


def test_quotes_of_both_sides(study):
    segments = study.segments("breaks", coder="ann")
    segments.loc[segments["body"] == "Ward 3", "memo"] = "contrary: they do"
    quotes = claim_quotes([claim(codes=("breaks",))], segments, study.codebook, most=1)
    assert quotes[["stance", "body"]].to_numpy().tolist() == [
        ["for", "Ward 1"],
        ["against", "Ward 3"],
    ]


def test_no_claims_keep_the_columns(study):
    table = claim_table((), study.segments(), study.people, study.codebook)
    assert list(table) == list(FRAMES["claim_table"])


class TestTheFile:
    def test_all_of_it(self, tmp_path, study):
        path = tmp_path / "claims.yaml"
        path.write_text(
            "claims:\n"
            "- id: tired\n"
            "  claim: >-\n    Almost all\n    are tired.\n"
            "  kind: finding\n"
            "  section: NIGHTS\n"
            "  wording: almost all\n"
            "  codes: [rest]\n"
            "  roles: [Night nurse]\n"
            "  footnotes: []\n"
            "  needs: [people >= 90%, nurses >= 20]\n"
            "  expect: {transcripts: holds}\n"
        )
        (one,) = read_claims(path, study.codebook, figures={"nurses"})
        assert one == Claim(
            "tired",
            "Almost all are tired.",
            (parse_condition("people >= 90%"), parse_condition("nurses >= 20")),
            section="NIGHTS",
            wording="almost all",
            codes=("rest",),
            roles=("Night nurse",),
            footnotes=(),
            expect={"transcripts": "holds"},
        )

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("findings: []\n", "no `claims:`"),
            ("claims: [3]\n", "a claim has `id`"),
            ("claims:\n- {id: a, claim: x}\n", ":2: `needs` is missing"),
            ("claims:\n- {id: a, claim: x, needs: [people]}\n", "write a measure, a sign"),
            ("claims:\n- {id: a, claim: x, needs: [quotes > 5%], codes: [rest]}\n", "% is a share"),
            ("claims:\n- {id: a, claim: x, needs: [beds > 5]}\n", "nothing is called 'beds'"),
            ("claims:\n- {id: a, claim: x, needs: [people > 5]}\n", "there are no `codes`"),
            (
                "claims:\n- {id: a, claim: x, needs: [people > 5], codes: [tea]}\n",
                "'tea' is not a code",
            ),
            (
                "claims:\n- {id: a, claim: x, needs: [people > 5], codes: rest}\n",
                "not a list of text",
            ),
            (
                "claims:\n- {id: a, claim: x, needs: [], footnotes: [one]}\n",
                "a list of whole numbers",
            ),
            ("claims:\n- {id: a, claim: 3, needs: []}\n", "`claim` is missing or no text"),
            ("claims:\n- {id: a, claim: x, need: []}\n", "the key 'need' is unknown"),
            ("claims:\n- {id: a, id: b, claim: x, needs: []}\n", "'id' is given twice"),
            (
                "claims:\n- {id: a, claim: x, codes: [rest], needs: [people > 5], expect: {report: yes}}\n",
                "no verdict is 'True'",
            ),
            (
                "claims:\n- {id: a, claim: x, codes: [rest], needs: [people > 5], expect: thin}\n",
                "`expect` is no mapping",
            ),
        ],
    )
    def test_bad_input(self, tmp_path, study, text, message):
        path = tmp_path / "claims.yaml"
        path.write_text(text)
        with pytest.raises(StudyError, match=r"claims\.yaml") as caught:
            read_claims(path, study.codebook, figures=set())
        assert message in str(caught.value)

    def test_two_claims_of_one_id(self, tmp_path):
        path = tmp_path / "claims.yaml"
        one = "- {id: a, claim: x, codes: [rest], needs: [people > 5]}\n"
        path.write_text("claims:\n" + one + one)
        with pytest.raises(StudyError, match=r"claims\.yaml:3: two claims have the id 'a'"):
            read_claims(path)

    def test_a_study_without_a_folder(self, study):
        with pytest.raises(StudyError, match="no folder with claims"):
            judge_claims(study)
