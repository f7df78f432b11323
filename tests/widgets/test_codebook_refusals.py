"""What the codebook editor refuses, and what it does when others change the files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qualcode.study import open_study
from qualcode.study.example import example_study
from qualcode.widgets._codebook_session import CodebookSession

from .._made import coding_id
from ._codebook_desk import (
    COMMENTED,
    NEW,
    apply,
    ask,
    codings_of,
    done,
    preview,
    write_commented,
    write_yaml,
    yaml_of,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_commented(tmp_path)


@pytest.fixture
def session(folder: Path) -> CodebookSession:
    return CodebookSession(open_study(folder), "ann")


def test_a_change_is_refused_if_the_file_was_changed_and_the_view_shows_it(
    session: CodebookSession, folder: Path
) -> None:
    session.snapshot()
    seen = session.codes.now.file_hash
    theirs = COMMENTED.replace("name: Pay", "name: Wages")
    write_yaml(folder, theirs)
    change = {"do": "edit", "code": "pay", "fields": {"definition": "Money."}}
    changed, answer = session.handle(
        {"kind": "apply", "request": "r", "change": change, "seen": seen}
    )
    assert answer["say"] == (
        "the codebook was changed by somebody else meanwhile: nothing was written. "
        "Mend: look at the codes as they are now, and try again"
    )
    assert [one["name"] for one in changed["parts"]["codes"]][-1] == "Wages"
    assert changed["parts"]["seen"] != seen
    assert yaml_of(folder) == theirs


def test_a_change_of_the_file_is_seen_without_asking(
    session: CodebookSession, folder: Path
) -> None:
    session.snapshot()
    write_yaml(folder, COMMENTED.replace("name: Pay", "name: Wages"))
    change, _ = session.handle({"kind": "ping", "request": "r"})
    assert set(change["parts"]) == {"codes", "seen"}
    write_yaml(folder, "codes: [\n")
    change, _ = session.handle({"kind": "ping", "request": "r"})
    assert "the codebook cannot be read as it is now" in change["parts"]["notice"]


def test_a_study_opened_long_ago_is_shown_as_its_file_is_now(folder: Path) -> None:
    study = open_study(folder)
    write_yaml(folder, COMMENTED.replace("name: Pay", "name: Wages"))
    session = CodebookSession(study)
    assert [one["name"] for one in session.snapshot()["codes"]][-1] == "Wages"
    assert done(session, do="delete", code="pay")["ok"]


def test_undo_is_refused_if_somebody_else_changed_the_file(
    session: CodebookSession, folder: Path
) -> None:
    done(session, do="split", code="breaks", fields=NEW, codings=[coding_id(1)])
    write_yaml(folder, yaml_of(folder) + "# theirs\n")
    before = yaml_of(folder), codings_of(folder)
    assert "the codebook was changed since by somebody else: no undo" in ask(session, "undo")["say"]
    assert (yaml_of(folder), codings_of(folder)) == before


def test_a_code_of_a_coder_who_came_later_is_counted(
    session: CodebookSession, folder: Path
) -> None:
    session.snapshot()
    open_study(folder).journal("cleo").add(session.study.corpus["ward-1"], 0, 3, "pay")
    change, _ = session.handle({"kind": "ping", "request": "r"})
    assert change["parts"] == {"counts": {"put": {"pay": {"cleo": 1}}, "drop": []}}
    assert "it has 1 coding (cleo 1)" in apply(session, do="delete", code="pay")["say"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"do": "edit", "code": "rest", "fields": {}}, "nothing is changed"),
        (
            {"do": "edit", "code": "rest", "fields": {"name": "Pay"}},
            "the name 'Pay' is given twice",
        ),
        ({"do": "edit", "code": "rest", "fields": {"definition": " "}}, "has no definition"),
        ({"do": "edit", "code": "rest", "fields": {"colour": "red"}}, "'red' is not a colour"),
        ({"do": "edit", "code": "rest", "fields": {"name": "a\x07b"}}, "control character"),
        ({"do": "edit", "code": "rest", "fields": {"id": "x"}}, "a message was not understood"),
        ({"do": "edit", "code": "rest", "fields": {"name": 7}}, "a message was not understood"),
        (
            {"do": "edit", "code": "pauses", "fields": {"name": "X"}},
            "'pauses' is not there any more",
        ),
        ({"do": "add", "fields": {"name": " ", "definition": "D."}}, "the new code has no name"),
        ({"do": "add", "fields": {"name": "New"}}, "has no definition"),
        ({"do": "add", "fields": {"name": "Pay", "definition": "D."}}, "given twice"),
        ({"do": "move", "code": "rest", "parent": "naps"}, "Rest cannot stand below itself"),
        ({"do": "move", "code": "pay"}, "Pay stands there already"),
        ({"do": "move", "code": "pay", "before": "naps"}, "'naps' does not stand there"),
        ({"do": "merge", "code": "pay", "into": "pay"}, "are one code already"),
        ({"do": "merge", "code": "pay", "into": "nothing"}, "'nothing' is not there any more"),
        ({"do": "burn", "code": "pay"}, "a message was not understood"),
        ({"code": "pay"}, "a message was not understood"),
        ("merge", "a message was not understood"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    session: CodebookSession, folder: Path, change: Any, said: str
) -> None:
    before = yaml_of(folder)
    for answer in (
        ask(session, "preview", change=change),
        ask(session, "apply", change=change, seen=session.codes.now.file_hash),
    ):
        assert answer["ok"] is False
        assert said in answer["say"]
    assert yaml_of(folder) == before


def test_a_study_without_a_folder_can_be_looked_at() -> None:
    session = CodebookSession(example_study())
    shown = session.snapshot()
    assert shown["study"]["writable"] is False
    assert shown["counts"]["staffing"] == {"ann": 1, "ben": 2}
    assert preview(session, do="merge", code="breaks", into="pay")["reach"]["codings"] > 0
    answer = apply(session, do="delete", code="pay")
    assert answer["say"] == ("the study has no codebook to write to. Mend: open a study's folder")
