"""Opening a study's folder, and what is said when it is not one."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from qualcode import example_study, open_study
from qualcode.coding.codebook import Code, Codebook
from qualcode.coding.codings import Codings
from qualcode.errors import (
    AdriftWarning,
    CodebookError,
    EncodingError,
    QualcodeError,
    SourceError,
    StudyError,
)
from qualcode.study import Study
from qualcode.study.settings import Settings, parse_settings, read_settings
from tests import _made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return _made.write_study(tmp_path)


def journal_of(folder: Path, coder: str = "ann") -> Path:
    return folder / "interviews_codebook" / "codings" / f"{coder}.jsonl"


def test_a_study_has_its_parts(folder):
    study = open_study(folder)
    assert repr(study) == "Study('Night shifts': 4 transcripts, 5 codes, 10 codings, 2 coders)"
    assert list(study.corpus) == ["ward-1", "ward-2", "ward-2b", "ward-10"]
    assert study.codebook.title == "Night shifts"
    assert study.codings.coders == ("ann", "ben")
    assert dict(study.settings.interviewees) == {"Ward": "ward"}
    assert study.interviews["transcript_id"].tolist() == list(study.corpus)
    assert len(study.turns) == 4 + 2 + 2 + 2
    assert study.adrift.empty


def test_a_path_may_be_text(folder):
    assert len(open_study(str(folder)).corpus) == 4


def test_a_study_cannot_be_changed(folder):
    study = open_study(folder)
    with pytest.raises(dataclasses.FrozenInstanceError, match="root"):
        study.root = None


def test_html_is_escaped(folder):
    settings = folder / "interviews_codebook" / "study.yaml"
    settings.write_text("title: '<script>'\n", encoding="utf-8")
    assert "<script>" not in open_study(folder)._repr_html_()
    assert "&lt;script&gt;</strong>: 4 transcripts" in open_study(folder)._repr_html_()


def test_no_journals_are_no_codings(folder):
    for path in journal_of(folder).parent.iterdir():
        path.unlink()
    journal_of(folder).parent.rmdir()
    study = open_study(folder)
    assert study.segments().empty
    assert study.codings.coders == ()


def test_settings_may_be_missing(folder):
    (folder / "interviews_codebook" / "study.yaml").unlink()
    assert open_study(folder).settings == Settings()


def test_a_missing_folder(tmp_path):
    with pytest.raises(StudyError, match=r"gone: there is no such folder. Mend: name the folder"):
        open_study(tmp_path / "gone")


def test_an_empty_folder(tmp_path):
    match = r"not a study: it has no transcripts_anonymised. Mend: make transcripts_anonymised and "
    with pytest.raises(StudyError, match=match):
        open_study(tmp_path)


def test_a_folder_inside_a_study_points_up(folder):
    inside = folder / "notebooks"
    inside.mkdir()
    with pytest.raises(StudyError, match=r"not a study.*Mend: open ") as caught:
        open_study(inside)
    assert str(caught.value).endswith(str(folder.resolve()))


def test_a_study_without_transcripts(folder):
    for path in (folder / "transcripts_anonymised").iterdir():
        path.unlink()
    with pytest.raises(QualcodeError, match=r"transcripts_anonymised.*no transcript.*Mend"):
        open_study(folder)


def test_a_broken_codebook_names_its_line(folder):
    path = folder / "interviews_codebook" / "codebook.yaml"
    path.write_text(_made.CODEBOOK.replace("parent: rest", "parent: rset"), encoding="utf-8")
    with pytest.raises(CodebookError, match=r"codebook\.yaml:\d+: .*rset"):
        open_study(folder)


def test_a_transcript_that_is_not_utf8(folder):
    path = folder / "transcripts_anonymised" / "ward-1.txt"
    path.write_bytes(path.read_text(encoding="utf-8").replace("’", "é").encode("latin-1"))
    with pytest.raises(SourceError, match=r"ward-1\.txt:\d+: "):
        open_study(folder)


def test_an_unknown_code_names_journal_line_and_mend(folder):
    line = _made.add_event(57, ("ann", "ward-1", "brekas", "And by day?"))
    with journal_of(folder).open("a", encoding="utf-8") as stream:
        stream.write(f"{line}\n")
    match = (
        r"ann\.jsonl:7: no code has the id 'brekas'\. Mend: add the code to the codebook, "
        r"or its id to the `was` of another \(.*'breaks'"
    )
    with pytest.raises(StudyError, match=match):
        open_study(folder)


def test_each_coder_and_code_is_one_fault(folder):
    for number, coder, words in ((57, "ann", "by day"), (58, "ann", "sleep"), (59, "ben", "sleep")):
        line = _made.add_event(number, (coder, "ward-1", "x", words))
        with journal_of(folder, coder).open("a", encoding="utf-8") as stream:
            stream.write(f"{line}\n")
    with pytest.raises(StudyError, match="2 faults") as caught:
        open_study(folder)
    assert [str(fault.file)[-9:] for fault in caught.value.faults] == ["ann.jsonl", "ben.jsonl"]


def test_a_code_merged_into_another_is_known(folder):
    study = open_study(folder)
    assert "pauses" in {coding.code_id for coding in study.codings}
    assert "pauses" not in study.segments()["code_id"].tolist()


def test_codings_adrift_are_left_out_loudly(folder):
    path = folder / "transcripts_anonymised" / "ward-2b.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("I cannot fill the rota", "It rains"), encoding="utf-8")
    with pytest.warns(AdriftWarning, match="1 of 10 codings") as warned:
        study = open_study(folder)
    assert len(study.segments()) == 9  # without a second warning
    assert len(warned) == 1
    adrift = study.adrift
    assert adrift[["coding_id", "transcript_id", "code_id", "coder", "quote"]].to_dict(
        "records"
    ) == [
        {
            "coding_id": _made.coding_id(9),
            "transcript_id": "ward-2b",
            "code_id": "staffing",
            "coder": "ann",
            "quote": "I cannot fill the rota",
        }
    ]
    assert "1 adrift" in repr(study)


def test_words_that_moved_are_cut_where_they_are_now(folder):
    path = folder / "transcripts_anonymised" / "ward-1.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("When do you rest?", "Tell me when you rest."), encoding="utf-8")
    before = _made.INTERVIEWS["ward-1"][1].index("My break")
    row = open_study(folder).segments("breaks", transcript="ward-1").iloc[0]
    assert (row["quote"], row["start"] - before) == ("My break is a biscuit at the drug trolley", 5)


def test_a_journal_of_the_study_writes_to_its_folder(folder):
    study = open_study(folder)
    study.journal("cat").add(study.corpus["ward-1"], 0, 10, "pay")
    assert journal_of(folder, "cat").exists()
    assert len(open_study(folder).segments("pay", coder="cat")) == 1
    assert study.segments("pay").empty  # what was opened stays as it was


def test_parts_need_no_folder():
    whole = example_study()
    study = Study.from_parts(whole.corpus, whole.codebook, whole.codings.filter(coder="ben"))
    assert set(study.segments()["coder"]) == {"ben"}
    with pytest.raises(StudyError, match="no folder to write to"):
        study.journal("ben")


def test_parts_that_do_not_fit():
    whole = example_study()
    other = Codebook((Code("pay", "Pay", "Money."),))
    with pytest.raises(StudyError, match="ann's journal: no code has the id 'breaks'"):
        Study.from_parts(whole.corpus, other, whole.codings)
    assert Study.from_parts(whole.corpus, other, Codings()).segments().empty


def test_settings_name_every_fault_with_its_line():
    text = "titel: x\nroles: 3\ninterviewees: {1: a, b: [2]}\ntitle: [1]\ntitle: x\n"
    with pytest.raises(StudyError, match="5 faults") as caught:
        parse_settings(text, path="study.yaml")
    assert [(fault.line, fault.what) for fault in caught.value.faults] == [
        (1, "no setting is called 'titel'"),
        (2, "roles is not a table"),
        (3, "interviewees: '1' is not text with a text beside it"),
        (3, "interviewees: 'b' is not text with a text beside it"),
        (5, "'title' is given twice"),
    ]


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("- a\n", r"s\.yaml:1: not a table of settings"),
        ("a: [", r"s\.yaml:\d: not YAML"),
        ("title: {a: b}\n", r"s\.yaml:1: title is not text"),
        ("title: !!python/object:os.system x\n", r"s\.yaml"),
    ],
)
def test_settings_that_are_none(text, match):
    with pytest.raises(StudyError, match=match):
        parse_settings(text, path="s.yaml")


def test_settings_that_are_no_text(tmp_path):
    path = tmp_path / "study.yaml"
    path.write_bytes(b"title: \xff\n")
    with pytest.raises(EncodingError, match=r"study\.yaml:1"):
        read_settings(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(StudyError, match="cannot be read"):
        read_settings(path)


def test_empty_settings():
    assert parse_settings("") == Settings()
    assert parse_settings("title:\nroles:\n") == Settings()
    assert parse_settings("title: 2026\n").title == "2026"
