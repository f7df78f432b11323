"""Days of coding, the growth of the codes, and the checklist made of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.analysis.coreq import coreq_table
from qualcode.analysis.progress import code_growth, coding_days
from qualcode.coding.codebook_file import write_codebook
from qualcode.coding.journal import Journal
from qualcode.errors import UnknownValueError
from qualcode.frames import FRAMES, empty_frame, make_frame
from qualcode.sources.canonical import write_transcript
from qualcode.study import open_study
from qualcode.study.example import example_study
from qualcode.study.settings import Settings, parse_settings


@pytest.fixture
def study():
    return example_study()


def event(kind, at="2026-05-04T09:00Z", coder="ann", transcript="ward-1", undone=False):
    return {
        "event_id": "1",
        "at": at,
        "coder": coder,
        "event": kind,
        "coding_id": "a",
        "transcript_id": transcript,
        "code_id": "rest",
        "detail": "",
        "undone": undone,
    }


class TestDays:
    def test_what_was_done_each_day(self):
        history = make_frame(
            "history",
            [
                event("add"),
                event("add", transcript="ward-2"),
                event("recode"),
                event("add", undone=True),
                event("undo"),
                event("memo", transcript=""),
                event("remove", at="2026-05-04T23:59Z", coder="ben"),
                event("add", at="2026-05-05T00:00Z"),
            ],
        )
        columns = ["coder", "interviews", "added", "recoded", "removed", "memos"]
        days = coding_days(history)
        assert days[columns].to_numpy().tolist() == [
            ["ann", 2, 2, 1, 0, 1],
            ["ben", 1, 0, 0, 1, 0],
            ["ann", 1, 1, 0, 0, 0],
        ]
        assert [f"{day:%d}" for day in days["date"]] == ["04", "04", "05"]

    def test_no_history(self):
        assert list(coding_days(empty_frame("history"))) == list(FRAMES["coding_days"])

    def test_a_day_of_memos_on_no_interview(self):
        days = coding_days(make_frame("history", [event("memo", transcript="")]))
        assert days[["interviews", "memos"]].to_numpy().tolist() == [[0, 1]]


class TestGrowth:
    def test_by_date_then_by_hand(self, study):
        segments = study.segments()
        by_date = code_growth(segments, study.interviews, study.codebook)
        assert by_date[["new_codes", "codes"]].to_numpy().tolist() == [[3, 3], [1, 4], [0, 4]]
        back = ["ward-3", "ward-2", "ward-1"]
        growth = code_growth(segments, study.interviews, study.codebook, order=back)
        assert growth["transcript_id"].tolist() == back
        assert growth["new_names"].tolist() == ["Breaks; Staffing", "", "Rest; Sleep by day"]

    def test_an_interview_without_codings_adds_nothing(self, study):
        segments = study.segments(body="Ward 3")
        growth = code_growth(segments, study.interviews, study.codebook)
        assert growth["codes"].tolist() == [0, 0, 2]

    @pytest.mark.parametrize(
        ("order", "message"),
        [
            (["ward-1"], "order= has 1 of 3 interviews"),
            (["ward-1", "ward-2", "ward-9"], "'ward-9', which is no interview"),
            (["ward-1", "ward-1", "ward-2"], "order= has 3 of 3 interviews"),
        ],
    )
    def test_an_order_that_is_none(self, study, order, message):
        with pytest.raises(UnknownValueError, match=message):
            code_growth(study.segments(), study.interviews, study.codebook, order=order)


class TestCoreq:
    def test_every_item_is_there_and_says_where_from(self, study):
        table = coreq_table(study)
        assert table["item"].tolist() == list(range(1, 33))
        assert set(table["source"]) == {"data", "author to supply"}
        assert (table["answer"] == "").tolist() == (table["source"] == "author to supply").tolist()

    def test_answers_from_the_data(self, study):
        answers = coreq_table(study, coder="ann").set_index("item")["answer"]
        assert answers[16] == "Bodies: ward (3). People: Night nurse (2), Ward manager (1)"
        assert answers[21] == "0 to 0 minutes, median 0; 0.0 hours in all"
        assert answers[22] == "4 codes heard; the last new one in interview 2 of 3, by date"
        assert answers[24] == "2 coders: ann 3 interviews, ben 2 interviews"
        assert answers[25] == "5 codes, 3 of them themes, each with a definition"
        assert answers[30] == "6 codings stand in the present transcripts; 0 do not"

    def test_an_author_supplies_what_data_cannot(self, study):
        supplied = replace(study, settings=Settings(coreq={"4": "Both women.", "12": "Three."}))
        table = coreq_table(supplied).set_index("item")
        assert table.loc[[4, 12], ["answer", "source"]].to_numpy().tolist() == [
            ["Both women.", "author"],
            ["Three.", "author"],
        ]

    def test_settings_hold_what_an_author_supplies(self):
        settings = parse_settings('coreq: {"4": Both women.}\ncoder: ann\n')
        assert (settings.coreq["4"], settings.coder) == ("Both women.", "ann")


def test_a_studys_history_is_all_coders_in_order_of_time(tmp_path, study):
    (tmp_path / "transcripts_anonymised").mkdir()
    (tmp_path / "interviews_codebook").mkdir()
    ward = study.corpus["ward-1"]
    write_transcript(ward, tmp_path / "transcripts_anonymised" / "ward-1.txt")
    write_codebook(study.codebook, tmp_path / "interviews_codebook" / "codebook.yaml")
    for coder in ("zoe", "ann"):
        journal = Journal(tmp_path / "interviews_codebook" / "codings", coder)
        journal.remove(journal.add(ward, 20, 24, "rest").id)
    history = open_study(tmp_path).history
    assert history[["coder", "event"]].to_numpy().tolist() == [
        ["zoe", "add"],
        ["zoe", "remove"],
        ["ann", "add"],
        ["ann", "remove"],
    ]
    assert list(study.history) == list(FRAMES["history"])
