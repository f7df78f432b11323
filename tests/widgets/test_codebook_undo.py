"""Splits of codes, and changes of the codebook taken back: both files, or neither."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.errors import JournalWriteError
from qualcode.study import open_study
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
    tree,
    write_commented,
    yaml_of,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_commented(tmp_path)


@pytest.fixture
def session(folder: Path) -> CodebookSession:
    return CodebookSession(open_study(folder), "ann")


def test_passages_are_the_coders_own_and_others_are_counted(session: CodebookSession) -> None:
    answer = ask(session, "passages", code="breaks")
    assert [(one["id"][-2:], one["quote"][:16], one["place"]) for one in answer["passages"]] == [
        ("01", "My break is a bi", "ward-1, 00:00:09, turn 2"),
        ("06", "I have had no br", "ward-2, 00:00:21, turn 2"),
        ("08", "They get a break", "ward-2b, 00:00:07, turn 2"),
    ]
    assert answer["staying"] == {"ben": 1}
    assert answer["passages"][0]["role"] == "Night nurse"


def test_a_split_recodes_what_is_ticked_and_one_undo_takes_both_back(
    session: CodebookSession, folder: Path
) -> None:
    ticked = [coding_id(1), coding_id(6)]
    shown = preview(session, do="split", code="breaks", fields=NEW, codings=ticked)
    assert shown["reach"] == {"codings": 2, "coders": {"ann": 2}, "interviews": 2, "bodies": 2}
    assert shown["staying"] == {"ann": 1, "ben": 1}
    before = yaml_of(folder)
    answer = done(session, do="split", code="breaks", fields=NEW, codings=ticked)
    assert answer["code"] == "short_breaks"
    assert tree(session) == ["rest", "-breaks", "--naps", "-short_breaks", "staffing", "pay"]
    now = codings_of(folder)
    assert {name for name, (_, code) in now.items() if code == "short_breaks"} == {"01", "06"}
    assert now["07"] == ("ben", "breaks")
    assert session.snapshot()["undo"] == "split Breaks"

    # The coder goes on coding in another window: that stays.
    other = open_study(folder).journal("ann")
    text = session.study.corpus["ward-10"]
    other.add(text, 0, 3, "pay")
    answer = ask(session, "undo")
    assert answer["say"] == "undone: split Breaks"
    assert yaml_of(folder) == before
    assert {code for _, code in codings_of(folder).values()} == {
        "breaks",
        "rest",
        "staffing",
        "pauses",
        "naps",
        "pay",
    }
    assert ask(session, "redo")["say"] == "done again: split Breaks"
    now = codings_of(folder)
    assert {name for name, (_, code) in now.items() if code == "short_breaks"} == {"01", "06"}
    assert "short_breaks" in yaml_of(folder)


def test_a_split_may_go_below(session: CodebookSession) -> None:
    ticked = [coding_id(1)]
    done(session, do="split", code="breaks", fields=NEW, codings=ticked, below=True)
    assert tree(session) == ["rest", "-breaks", "--naps", "--short_breaks", "staffing", "pay"]


def test_only_own_codings_of_that_code_can_be_split(session: CodebookSession, folder: Path) -> None:
    before = yaml_of(folder), codings_of(folder)
    for ticked, said in (
        ([coding_id(7)], "1 of the passages are not ann's"),
        ([coding_id(2)], "1 of the passages are not ann's"),
        ([], "no passage is ticked"),
    ):
        answer = apply(session, do="split", code="breaks", fields=NEW, codings=ticked)
        assert said in answer["say"]
    nobody = CodebookSession(open_study(folder))
    answer = apply(nobody, do="split", code="breaks", fields=NEW, codings=[coding_id(1)])
    assert answer["say"] == "only a coder can split a code. Mend: give coder= to the editor"
    assert (yaml_of(folder), codings_of(folder)) == before


def test_a_split_whose_journal_refuses_leaves_the_codebook(
    session: CodebookSession, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise JournalWriteError("no space left")

    before = yaml_of(folder)
    monkeypatch.setattr(session.journal, "recode_many", refuse)
    answer = apply(session, do="split", code="breaks", fields=NEW, codings=[coding_id(1)])
    assert answer["say"] == "no space left"
    assert yaml_of(folder) == before
    assert session.snapshot()["undo"] == ""


def test_undo_of_a_split_is_refused_while_others_have_the_new_code(
    session: CodebookSession, folder: Path
) -> None:
    done(session, do="split", code="breaks", fields=NEW, codings=[coding_id(1)])
    open_study(folder).journal("ben").recode(coding_id(7), "short_breaks")
    before = yaml_of(folder), codings_of(folder)
    answer = ask(session, "undo")
    assert answer["say"] == (
        "1 coding has the code Short breaks, which would be gone. "
        "Mend: merge it into another code, or have them recoded first"
    )
    assert (yaml_of(folder), codings_of(folder)) == before
    open_study(folder).journal("ben").undo()
    assert ask(session, "undo")["ok"]


def test_a_split_that_the_coder_took_back_elsewhere_is_undone_in_the_codebook(
    session: CodebookSession, folder: Path
) -> None:
    done(session, do="split", code="breaks", fields=NEW, codings=[coding_id(1)])
    open_study(folder).journal("ann").undo()
    assert ask(session, "undo")["ok"]
    assert yaml_of(folder) == COMMENTED


def test_undo_goes_all_the_way_back_to_the_byte_and_redo_forth(
    session: CodebookSession, folder: Path
) -> None:
    texts = [yaml_of(folder)]
    for change in (
        {"do": "merge", "code": "staffing", "into": "rest"},
        {"do": "add", "fields": {"name": "Noise", "definition": "Drills."}},
        {"do": "edit", "code": "noise", "fields": {"name": "Drills"}},
    ):
        done(session, **change)
        texts.append(yaml_of(folder))
    assert "# about people" not in texts[1]  # it went with its code
    for expected in texts[-2::-1]:
        assert ask(session, "undo")["ok"]
        assert yaml_of(folder) == expected
    assert ask(session, "undo")["say"].startswith("nothing to undo")
    for expected in texts[1:]:
        assert ask(session, "redo")["ok"]
        assert yaml_of(folder) == expected
    assert ask(session, "redo")["say"].startswith("nothing to redo")
    ask(session, "undo")
    done(session, do="move", code="pay", before="rest")
    assert session.snapshot()["redo"] == ""


def test_undo_of_an_added_code_is_refused_once_it_is_used(
    session: CodebookSession, folder: Path
) -> None:
    done(session, do="add", fields={"name": "Noise", "definition": "Drills."})
    text = session.study.corpus["ward-1"]
    other = open_study(folder).journal("ben")
    coding = other.add(text, 0, 3, "noise")
    assert "1 coding has the code Noise, which would be gone" in ask(session, "undo")["say"]
    other.remove(coding.id)
    assert ask(session, "undo")["ok"]
    assert yaml_of(folder) == COMMENTED
