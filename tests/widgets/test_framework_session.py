"""The rule book of the framework matrix: its cells, what is written, and what is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import qualcode as qc
from qualcode.errors import JournalError, UnknownCodeError, UnknownValueError
from qualcode.study import open_study
from qualcode.study.example import example_study
from qualcode.widgets._framework_session import FrameworkSession

from .._framework import HEAD, put, summary
from .._made import coding_id, write_study

AT = datetime(2026, 1, 7, 12, 30, 5, 999, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_study(tmp_path)


@pytest.fixture
def session(folder: Path) -> FrameworkSession:
    return FrameworkSession(open_study(folder), "RT", "ann", clock=lambda: AT)


def ask(session: FrameworkSession, kind: str, **given: Any) -> dict[str, Any]:
    answer = session.handle({"kind": kind, "request": "r", **given})[-1]
    assert answer["kind"] == "answer"
    return answer


def cell(session: FrameworkSession, name: str = "rest Ward 1") -> dict[str, Any]:
    return session.snapshot()["cells"][name]


def save(
    session: FrameworkSession, text: str, name: str = "rest Ward 1", **given: Any
) -> dict[str, Any]:
    theme, _, case = name.partition(" ")
    seen = given.pop("seen", cell(session, name)["seen"])
    return ask(session, "summary", case=case, theme=theme, text=text, seen=seen)


def lines(folder: Path) -> list[str]:
    path = folder / "interviews_codebook" / "framework.csv"
    return path.read_text(encoding="utf-8").splitlines()[1:] if path.exists() else []


def test_a_view_shows_the_matrix(session: FrameworkSession) -> None:
    view = session.snapshot()
    assert json.loads(json.dumps(view)) == view
    assert view["columns"] == ["rest", "staffing", "pay"]
    assert view["rows"] == [
        {"id": "Ward 1", "about": "surgical"},
        {"id": "Ward 2", "about": "medical"},
        {"id": "Ward 10", "about": "surgical"},
    ]
    assert view["cells"]["rest Ward 2"] == {
        "case": "Ward 2",
        "theme": "rest",
        "codings": 2,
        "people": 2,
        "contrary": 0,
        "summary": "",
        "by": "",
        "at": "",
        "stale": False,
        "state": "open",
        "seen": "",
    }
    states = [one["state"] for one in view["cells"].values()]
    assert states == ["open", "empty", "empty", "open", "open", "empty", "empty", "empty", "empty"]
    assert view["study"] == {
        "title": "Night shifts",
        "note": "Synthetic: written for this study, not recorded.",
        "by": "RT",
        "coder": "ann",
        "writable": True,
    }
    assert (view["open"], view["undo"], view["redo"], view["notice"]) == (None, "", "", "")


@pytest.mark.parametrize(
    ("rows", "first"),
    [
        ("transcript", {"id": "ward-1", "about": "Ward 1, 2026-01-05"}),
        ("speaker", {"id": "ward-1 NN", "about": "Night nurse, Ward 1"}),
    ],
)
def test_other_rows_and_columns(folder: Path, rows: str, first: dict[str, str]) -> None:
    session = FrameworkSession(open_study(folder), rows=rows, columns=["naps", "pay"])
    view = session.snapshot()
    assert view["rows"][0] == first
    assert view["columns"] == ["naps", "pay"]
    assert len(view["cells"]) == 8


def test_a_cell_is_opened_with_its_quotes(session: FrameworkSession) -> None:
    session.snapshot()
    change, answer = session.handle({"kind": "cell", "case": "Ward 2", "theme": "rest"})
    assert answer["say"] == "Ward 2, Rest is open"
    assert set(change["parts"]) == {"open"}
    opened = change["parts"]["open"]
    assert (opened["case"], opened["theme"]) == ("Ward 2", "rest")
    assert [(one["id"], one["quote"], one["place"]) for one in opened["quotes"]] == [
        (coding_id(6), "I have had no break since May", "ward-2, 00:00:21, turn 2"),
        (coding_id(8), "They get a break if nobody dies", "ward-2b, 00:00:07, turn 2"),
    ]
    assert len(session.handle({"kind": "ping"})) == 1
    assert ask(session, "cell", case="", theme="")["ok"]
    assert session.snapshot()["open"] is None
    for case, theme in (("Ward 99", "rest"), ("Ward 1", "breaks"), ("Ward 1", "none")):
        assert (
            "that cell is not there any more" in ask(session, "cell", case=case, theme=theme)["say"]
        )


def test_a_summary_is_on_the_disk_before_it_is_shown(
    session: FrameworkSession, folder: Path
) -> None:
    session.snapshot()
    change, answer = session.handle(
        {
            "kind": "summary",
            "case": "Ward 1",
            "theme": "rest",
            "text": " A biscuit.\r\n",
            "seen": "",
        }
    )
    assert answer == {"kind": "answer", "request": "", "ok": True, "say": "Ward 1, Rest: saved"}
    fingerprint = qc.framework_matrix(open_study(folder), coder="ann")["fingerprint"][0]
    assert lines(folder) == [f"body,Ward 1,rest,A biscuit.,RT,2026-01-07T12:30:05Z,{fingerprint}"]
    assert set(change["parts"]) == {"cells", "undo"}
    assert list(change["parts"]["cells"]["put"]) == ["rest Ward 1"]
    assert change["parts"]["undo"] == "Ward 1, Rest"
    now = cell(session)
    assert (now["summary"], now["by"], now["at"], now["state"]) == (
        "A biscuit.",
        "RT",
        "2026-01-07T12:30:05+00:00",
        "done",
    )
    matrix = qc.framework_matrix(open_study(folder), coder="ann")
    assert matrix[["summary", "stale"]].values.tolist()[0] == ["A biscuit.", False]


def test_what_is_as_it_was_is_not_written_again(session: FrameworkSession, folder: Path) -> None:
    assert save(session, "  ")["say"] == "Ward 1, Rest: as it was"
    assert lines(folder) == []
    save(session, "One.")
    assert save(session, "One.\n")["say"] == "Ward 1, Rest: as it was"
    assert session.snapshot()["undo"] == "Ward 1, Rest"
    ask(session, "undo")
    assert session.snapshot()["undo"] == ""


def test_an_empty_summary_takes_it_away(session: FrameworkSession, folder: Path) -> None:
    save(session, "One.")
    assert save(session, "\n ")["say"] == "Ward 1, Rest: taken away"
    assert (lines(folder), cell(session)["state"]) == ([], "open")


def test_stale_until_it_is_saved_again(session: FrameworkSession, folder: Path) -> None:
    save(session, "One.")
    journal = open_study(folder).journal("ann")
    journal.remove(coding_id(2))
    change, _ = session.handle({"kind": "ping"})
    put = change["parts"]["cells"]["put"]
    assert {name: (one["state"], one["codings"]) for name, one in put.items()} == {
        "rest Ward 1": ("stale", 1)
    }
    assert save(session, "One.")["say"] == "Ward 1, Rest: still holds"
    assert cell(session)["state"] == "done"
    journal.undo()
    assert cell(session)["state"] == "stale"


def test_another_coders_changes_leave_it_fresh(session: FrameworkSession, folder: Path) -> None:
    save(session, "One.")
    open_study(folder).journal("ben").remove(coding_id(3))
    assert cell(session)["state"] == "done"


def test_undo_and_redo(session: FrameworkSession, folder: Path) -> None:
    assert "nothing to undo" in ask(session, "undo")["say"]
    assert "nothing to redo" in ask(session, "redo")["say"]
    save(session, "One.")
    first = lines(folder)
    save(session, "Two.")
    save(session, "Three.", "pay Ward 10")
    whole = lines(folder)
    assert ask(session, "undo")["say"] == "undone: Ward 10, Pay"
    assert ask(session, "undo")["say"] == "undone: Ward 1, Rest"
    assert lines(folder) == first
    assert ask(session, "undo")["ok"]
    assert (lines(folder), session.snapshot()["undo"]) == ([], "")
    for _ in range(3):
        assert ask(session, "redo")["say"].startswith("done again: ")
    assert lines(folder) == whole
    ask(session, "undo")
    save(session, "Four.", "staffing Ward 2")
    assert session.snapshot()["redo"] == ""


def test_what_somebody_else_wrote_is_never_overwritten(
    session: FrameworkSession, folder: Path
) -> None:
    save(session, "Mine.")
    seen = cell(session)["seen"]
    other = FrameworkSession(open_study(folder), "AB", "ann", clock=lambda: AT)
    assert save(other, "Theirs.")["ok"]
    before = lines(folder)
    messages = session.handle(
        {
            "kind": "summary",
            "case": "Ward 1",
            "theme": "rest",
            "text": "Mine, longer.",
            "seen": seen,
        }
    )
    change, answer = messages
    assert answer["ok"] is False
    assert answer["say"] == (
        "AB has changed this summary meanwhile: nothing was written. "
        "Mend: read it beside yours, then choose"
    )
    assert change["parts"]["cells"]["put"]["rest Ward 1"]["summary"] == "Theirs."
    assert lines(folder) == before
    assert "somebody else has changed this summary" in ask(session, "undo")["say"]
    assert lines(folder) == before
    assert save(session, "Mine, longer.")["say"] == "Ward 1, Rest: saved"  # having seen theirs
    assert cell(other)["summary"] == "Mine, longer."


def test_others_cells_are_kept(session: FrameworkSession, folder: Path) -> None:
    session.snapshot()
    put(folder, summary("Of pay.", theme="pay", by="AB"))
    assert save(session, "One.")["ok"]
    assert [line.split(",")[2:5] for line in lines(folder)] == [
        ["pay", "Of pay.", "AB"],
        ["rest", "One.", "RT"],
    ]


def test_a_cell_of_two_merged_codes_becomes_one_line(folder: Path) -> None:
    put(folder, summary("A.", theme="breaks"), summary("B.", theme="pauses", by="AB"))
    before = lines(folder)
    session = FrameworkSession(open_study(folder), "RT", columns=["breaks"], clock=lambda: AT)
    assert cell(session, "breaks Ward 1")["summary"] == "A.\n\nB."
    assert save(session, "Both.", "breaks Ward 1")["ok"]
    assert [line.split(",")[2:4] for line in lines(folder)] == [["breaks", "Both."]]
    ask(session, "undo")
    assert lines(folder) == before
    ask(session, "redo")
    assert len(lines(folder)) == 1


def test_what_is_changed_elsewhere_is_seen(session: FrameworkSession, folder: Path) -> None:
    session.snapshot()
    path = folder / "interviews_codebook" / "codebook.yaml"
    path.write_text(path.read_text().replace("name: Rest\n", "name: Quiet\n"))
    open_study(folder).journal("ann").recode(coding_id(1), "pay")
    change, _ = session.handle({"kind": "ping"})
    assert {"codes", "cells"} <= set(change["parts"])
    assert sorted(change["parts"]["cells"]["put"]) == ["pay Ward 1", "rest Ward 1"]
    path.write_text(path.read_text()[: path.read_text().index("  - id: staffing")])
    assert "the study does not fit together" in session.snapshot()["notice"]
    assert len(session.snapshot()["cells"]) == 9


def test_a_column_that_went_leaves_the_matrix_and_a_notice(folder: Path) -> None:
    session = FrameworkSession(open_study(folder), "RT", columns=["naps", "pay"])
    ask(session, "cell", case="Ward 1", theme="pay")
    path = folder / "interviews_codebook" / "codebook.yaml"
    path.write_text(path.read_text()[: path.read_text().index("  - id: pay")])
    view = session.snapshot()
    assert "the matrix cannot be made as the study is now" in view["notice"]
    assert view["columns"] == ["naps", "pay"]


def test_a_file_that_cannot_be_read_is_told_and_never_written(
    session: FrameworkSession, folder: Path
) -> None:
    save(session, "One.")
    path = folder / "interviews_codebook" / "framework.csv"
    path.write_text(HEAD + "<<<<<<< HEAD\n")
    view = session.snapshot()
    assert "the summaries cannot be read as they are now" in view["notice"]
    assert view["cells"]["rest Ward 1"]["summary"] == "One."
    assert "1 cells in a row of 7" in save(session, "Two.")["say"]
    assert path.read_text() == HEAD + "<<<<<<< HEAD\n"


def test_what_is_not_understood_is_refused(session: FrameworkSession, folder: Path) -> None:
    for message in (
        {"kind": "summary", "case": "Ward 1", "theme": "rest", "text": "a"},
        {"kind": "summary", "case": "Ward 1", "theme": "rest", "text": "a" * 20_001, "seen": ""},
        {"kind": "cell", "case": None, "theme": "rest"},
        {"kind": "odd"},
    ):
        assert "a message was not understood" in session.handle(message)[-1]["say"]
    answer = save(session, "a", seen="x")
    assert answer["say"].startswith("somebody else has changed this summary meanwhile")
    assert lines(folder) == []


def test_nobody_writes_under_a_wrong_name_or_on_what_is_not_there(folder: Path) -> None:
    study = open_study(folder)
    with pytest.raises(JournalError, match="'a/b' cannot be a coder's name"):
        FrameworkSession(study, "a/b")
    with pytest.raises(UnknownCodeError, match="no code has the id 'nothing'"):
        FrameworkSession(study, columns=["nothing"])
    with pytest.raises(UnknownValueError, match="carl"):
        FrameworkSession(study, coder="carl")


def test_a_study_without_a_folder_can_be_read_and_not_written() -> None:
    session = FrameworkSession(example_study(), "RT")
    assert session.snapshot()["study"]["writable"] is False
    assert save(session, "One.")["say"].startswith("the study has no folder to write summaries to")


def test_the_note_is_for_synthetic_transcripts_only(folder: Path) -> None:
    for path in (folder / "transcripts_anonymised").iterdir():
        path.write_text(path.read_text().replace("synthetic: true", "synthetic: false"))
    assert FrameworkSession(open_study(folder)).snapshot()["study"]["note"] == ""


def test_the_widget_says_how_far_it_is(folder: Path) -> None:
    put(folder, summary())
    widget = qc.FrameworkMatrix(open_study(folder), "RT", "ann")
    assert repr(widget) == (
        "FrameworkMatrix(3 cases by 3 themes, 1 of 3 cells with codings summarised)"
    )
