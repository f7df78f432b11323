"""Summaries of the framework matrix: read, wrong files told, written whole and never over others'."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualcode as qc
from qualcode.errors import StudyError
from qualcode.frames import FRAMES
from qualcode.study._summary_file import (
    SUMMARIES,
    Change,
    Summary,
    SummaryChangedError,
    put_summaries,
    read_summary_file,
)

from ._framework import AT, HEAD, put, summary
from ._made import write_study

FINGERPRINT = "sha256:0123456789abcdef"


def test_they_are_written_sorted_with_lf_and_utc(tmp_path: Path) -> None:
    (tmp_path / "interviews_codebook").mkdir()
    path = put(
        tmp_path,
        summary(kind="speaker", case="ward-1 NN"),
        summary(case="Ward 10", text='Naps, "with the light off".\r\n\r\nTwo of them.'),
        summary(theme="pay", text="- nothing", by=""),
        summary(codings=FINGERPRINT),
        summary(case="Ward 2"),
    )
    assert path.read_bytes().decode() == (
        HEAD
        + "body,Ward 1,pay,'- nothing,,2026-01-07T12:30:00Z,\n"
        + f"body,Ward 1,rest,Rest is a biscuit.,RT,2026-01-07T12:30:00Z,{FINGERPRINT}\n"
        + "body,Ward 2,rest,Rest is a biscuit.,RT,2026-01-07T12:30:00Z,\n"
        + 'body,Ward 10,rest,"Naps, ""with the light off"".\n\nTwo of them.",RT,2026-01-07T12:30:00Z,\n'
        + "speaker,ward-1 NN,rest,Rest is a biscuit.,RT,2026-01-07T12:30:00Z,\n"
    )
    read = read_summary_file(path)
    assert read["body", "Ward 1", "rest"] == summary(codings=FINGERPRINT)
    assert read["body", "Ward 1", "pay"].summary == "- nothing"
    assert read["body", "Ward 10", "rest"].summary == (
        'Naps, "with the light off".\n\nTwo of them.'
    )


@settings(max_examples=60)
@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(
        lambda text: any(c.isalpha() and c.isascii() for c in text)
    )
)
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("a") / "framework.csv"
    one = summary(text)
    put_summaries(path, [Change(one.key, None, one)])
    first = read_summary_file(path)[one.key]
    put_summaries(path, [Change(one.key, first, first)])
    assert read_summary_file(path)[one.key] == first
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    assert [c for c in first.summary if c.isalnum()] == [c for c in lines if c.isalnum()]


def test_a_file_made_by_hand(tmp_path: Path) -> None:
    write_study(tmp_path)
    path = tmp_path / SUMMARIES
    path.write_bytes(
        "\ufeffkind,case,theme_id,summary\r\nbody,Ward 2,rest,No break.\r\n\r\n"
        "body,Ward 1,rest, Biscuits. \r\nbody,Ward 99,rest,Nowhere.\r\n"
        "transcript,ward-2,gone,No code.\r\nspeaker,ward-2 NN,pauses,Under an old id.\r\n".encode()
    )
    frame = qc.read_summaries(qc.open_study(tmp_path))
    assert dict(frame.dtypes.astype(str)) == FRAMES["summaries"]
    assert frame[["case", "summary", "by", "codings", "state"]].values.tolist() == [
        ["Ward 2", "No break.", "", "", "found"],
        ["Ward 1", "Biscuits.", "", "", "found"],
        ["Ward 99", "Nowhere.", "", "", "gone"],
        ["ward-2", "No code.", "", "", "gone"],
        ["ward-2 NN", "Under an old id.", "", "", "found"],
    ]
    assert frame["at"].isna().all()


def test_no_file_no_summaries(tmp_path: Path) -> None:
    study = qc.open_study(write_study(tmp_path))
    frame = qc.read_summaries(study)
    assert len(frame) == 0
    assert dict(frame.dtypes.astype(str)) == FRAMES["summaries"]
    assert len(qc.read_summaries(qc.example_study())) == 0


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("kind,case\n", r"framework\.csv:1: no column theme_id, summary"),
        (HEAD.replace("by", "note"), r":1: columns that cannot be kept: note"),
        (HEAD.replace("by", "kind"), r":1: columns that cannot be kept: kind, case"),
        (HEAD + "body,a,b,They wait, and wait,RT,,\n", r":2: 8 cells in a row of 7"),
        (HEAD + "<<<<<<< HEAD\n", r":2: 1 cells in a row of 7"),
        (HEAD + 'body,a,b,"never closed,,,\n', r":2: not a CSV from here on"),
        (HEAD + 'body,a,b,"a" b,,,\n', r":2: not a CSV from here on"),
        (HEAD + "ward,a,b,c,,,\n", r":2: kind 'ward' is none\. Mend: write one of body, tr"),
        (HEAD + "speaker,,b,c,,,\n", r":2: no case"),
        (HEAD + "body,a,,c,,,\n", r":2: no theme_id"),
        (HEAD + "body,a,b,\t,,,\n", r":2: no summary"),
        (HEAD + "body,a,b,c,R/T,,\n", r":2: nobody can be called 'R/T'"),
        (HEAD + "body,a,b,c,RT,yesterday,\n", r":2: at 'yesterday' is not a time"),
        (HEAD + "body,a,b,c,RT,2026-01-07T12:30:00,\n", r":2: at '2026-.* is not a time"),
        (HEAD + "body,a,b,c,RT,,three\n", r":2: codings 'three' is no fingerprint"),
        (HEAD + 'body,a,b,"c\nd",,,\n' * 2, r":4: 'a' has a summary of 'b' already"),
        (HEAD + "x,a,b,c,,,\nbody,a,b,c,R T,,\n", r"(?s)2 faults:.*:2: kind.*:3: nobody"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, rows: str, said: str) -> None:
    write_study(tmp_path)
    path = tmp_path / SUMMARIES
    path.write_text(rows)
    study = qc.open_study(tmp_path)
    with pytest.raises(StudyError, match=said):
        qc.read_summaries(study)
    with pytest.raises(StudyError, match=said):
        put(tmp_path, summary())
    assert path.read_text() == rows
    assert path in [fault.file for fault in qc.check_study(tmp_path).faults]


def test_it_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "framework.csv"
    path.write_bytes(HEAD.encode() + b"body,a,b,caf\xe9,,,\n")
    with pytest.raises(qc.QualcodeError, match=r"framework\.csv:2: byte 0xe9 is not UTF-8"):
        read_summary_file(path)


def test_a_change_is_made_only_on_what_it_found(tmp_path: Path) -> None:
    write_study(tmp_path)
    mine, other = summary(), summary(theme="pay")
    path = put(tmp_path, mine, other)
    theirs = replace(mine, summary="Rest is none.", by="AB")
    put_summaries(path, [Change(mine.key, mine, theirs)])
    before = path.read_bytes()
    for changes in (
        [Change(mine.key, mine, None)],
        [Change(mine.key, None, mine)],
        [Change(other.key, other, None), Change(mine.key, mine, None)],  # all or none
    ):
        with pytest.raises(SummaryChangedError, match="somebody else has changed this summary"):
            put_summaries(path, changes)
        assert path.read_bytes() == before
    put_summaries(path, [Change(mine.key, theirs, None)])
    assert list(read_summary_file(path)) == [other.key]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(write_study(tmp_path), summary())
    before = path.read_bytes()

    def no_space(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", no_space)
    with pytest.raises(StudyError, match="No space left"):
        put(tmp_path, summary(theme="pay"))
    assert path.read_bytes() == before


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="the file cannot be locked"):
        put(tmp_path / "nowhere", summary())


def test_a_check_tells_of_summaries_on_what_is_not_there(tmp_path: Path) -> None:
    write_study(tmp_path)
    before = qc.check_study(tmp_path)
    put(tmp_path, summary(), summary(case="Ward 99"), summary(theme="gone", case="Ward 2"))
    after = qc.check_study(tmp_path)
    assert after.faults == before.faults
    (note,) = [note for note in after.notes if note not in before.notes]
    assert str(note).endswith(
        "framework.csv: 2 of 3 summaries on a case or code that is not there: not shown. "
        "Mend: rename or take away their lines, such as that of Ward 2, gone"
    )


def test_the_file_is_a_csv_for_others_too(tmp_path: Path) -> None:
    path = put(write_study(tmp_path), summary("=1+1; @x"))
    with path.open(newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert row["summary"] == "'=1+1;' @x"
    assert read_summary_file(path)[summary().key].summary == "=1+1; @x"
    assert Summary("body", "", "rest", "c", at=AT).key == ("body", "", "rest")
