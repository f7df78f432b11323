"""Stars on quotes: read, wrong files told, and the quotes they pick."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import qualcode as qc
from qualcode.errors import AdriftWarning, StudyError
from qualcode.frames import FRAMES
from qualcode.study._star_file import STARS, Star, put_star, read_star_file, take_star

from ._made import coding_id, write_study

AT = datetime(2026, 1, 7, 12, 30, tzinfo=UTC)
HEAD = "coding_id,transcript_id,code_id,begins,starred_by,starred_at\n"


def star(number: int, *, begins: str = "We were two", by: str = "ann") -> Star:
    return Star(coding_id(number), "ward-2", "staffing", begins, by, AT)


def test_stars_are_written_sorted_with_lf_and_utc(tmp_path: Path) -> None:
    path = tmp_path / "stars.csv"
    put_star(path, star(5, by=""))
    put_star(path, star(4, begins='two, "for" twenty'))
    put_star(path, star(4, by="ben"))  # the first stays
    assert path.read_bytes().decode() == (
        HEAD
        + f'{coding_id(4)},ward-2,staffing,"two, ""for"" twenty",ann,2026-01-07T12:30:00Z\n'
        + f"{coding_id(5)},ward-2,staffing,We were two,,2026-01-07T12:30:00Z\n"
    )
    assert list(read_star_file(path).values()) == [
        star(4, begins='two, "for" twenty'),
        star(5, by=""),
    ]
    take_star(path, coding_id(4))
    take_star(path, "nobody's")
    assert [*read_star_file(path)] == [coding_id(5)]


def test_no_file_no_stars(tmp_path: Path) -> None:
    assert read_star_file(tmp_path / "stars.csv") == {}
    study = qc.open_study(write_study(tmp_path))
    stars = qc.read_stars(study)
    assert len(stars) == 0
    assert dict(stars.dtypes.astype(str)) == FRAMES["stars"]
    assert len(qc.starred(study.segments(), stars)) == 0


def test_what_a_spreadsheet_would_run_is_guarded_and_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "stars.csv"
    hostile = star(1, begins="=HYPERLINK(1)\x00")
    put_star(path, hostile)
    assert ",'=HYPERLINK(1),ann," in path.read_text()
    assert read_star_file(path)[coding_id(1)].begins == "=HYPERLINK(1)"


def test_stars_are_found_adrift_or_gone(tmp_path: Path) -> None:
    write_study(tmp_path)
    path = tmp_path / STARS
    for number in (1, 4, 6, 9):
        put_star(path, star(number))
    qc.open_study(tmp_path).journal("ann").remove(coding_id(4))
    ward = tmp_path / "transcripts_anonymised" / "ward-2b.txt"
    ward.write_text(ward.read_text().replace("I cannot fill the rota", "No words"))
    with pytest.warns(AdriftWarning, match="adrift"):
        study = qc.open_study(tmp_path)
    stars = qc.read_stars(study)
    assert stars[["coding_id", "code_id", "starred_by", "state"]].values.tolist() == [
        [coding_id(1), "breaks", "ann", "found"],
        [coding_id(4), "staffing", "ann", "gone"],
        [coding_id(6), "breaks", "ann", "found"],  # the journal says `pauses`
        [coding_id(9), "staffing", "ann", "adrift"],
    ]
    picked = qc.starred(study.segments(), stars)
    assert picked["coding_id"].tolist() == [coding_id(1), coding_id(6)]
    table = qc.quote_table(picked, study.codebook)
    assert table["quote"].tolist() == [
        "My break is a biscuit at the drug trolley",
        "I have had no break since May",
    ]


def test_starred_no_mutate(tmp_path: Path) -> None:
    study = qc.open_study(write_study(tmp_path))
    put_star(tmp_path / STARS, star(5))
    segments = study.segments()
    before = segments.copy()
    picked = qc.starred(segments, qc.read_stars(study))
    picked["quote"] = "other"
    assert segments.equals(before)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("coding_id,transcript_id\n1,a\n", r"stars\.csv:1: no column code_id, begins"),
        (HEAD + ",a,b,c,ann,2026-01-07T12:30:00Z\n", r"stars\.csv:2: no coding_id"),
        (HEAD + "1,a,b,c,ann,yesterday\n", r"stars\.csv:2: starred_at 'yesterday' is not a time"),
        (HEAD + "1,a,b,c,ann,2026-01-07T12:30:00\n", r"is not a time\. Mend: write it as"),
        (HEAD + "1,a,b,c,a/n,2026-01-07T12:30:00Z\n", r":2: nobody can be called 'a/n'"),
        (HEAD + "1,a,b,c,,2026-01-07T12:30:00Z\n" * 2, r":3: the coding '1' has a star already"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, rows: str, said: str) -> None:
    path = tmp_path / "stars.csv"
    path.write_text(rows)
    with pytest.raises(StudyError, match=said):
        read_star_file(path)
    with pytest.raises(StudyError, match=said):
        put_star(path, star(1))
    assert path.read_text() == rows


def test_a_check_tells_what_is_wrong_with_stars(tmp_path: Path) -> None:
    write_study(tmp_path)
    path = tmp_path / STARS
    for number in (1, 4):
        put_star(path, star(number))
    before = qc.check_study(tmp_path)
    qc.open_study(tmp_path).journal("ann").remove(coding_id(4))
    after = qc.check_study(tmp_path)
    assert [note.what for note in after.notes if note not in before.notes] == [
        "1 of 2 stars point at a coding that was removed: not counted"
    ]
    path.write_text("no stars\n")
    assert [fault.file for fault in qc.check_study(tmp_path).faults] == [path]
