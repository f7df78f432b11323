"""The codebook editor's rule book: previews, changes that are written, refused, undone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qualcode.coding.codebook_file import read_codebook
from qualcode.coding.codings import read_codings
from qualcode.study import open_study
from qualcode.study.example import example_study
from qualcode.widgets._codebook_session import CodebookSession

from .._made import CODEBOOK, coding_id, write_study

COMMENTED = "# ours\n" + CODEBOOK.replace(
    "  - id: staffing\n", "  # about people\n  - id: staffing # who is there\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_study(tmp_path)
    (tmp_path / "interviews_codebook" / "codebook.yaml").write_text(COMMENTED, encoding="utf-8")
    return tmp_path


@pytest.fixture
def session(folder: Path) -> CodebookSession:
    return CodebookSession(open_study(folder), "ann")


def yaml_of(folder: Path) -> str:
    return (folder / "interviews_codebook" / "codebook.yaml").read_text(encoding="utf-8")


def write_yaml(folder: Path, text: str) -> None:
    (folder / "interviews_codebook" / "codebook.yaml").write_text(text, encoding="utf-8")


def codings_of(folder: Path) -> dict[str, tuple[str, str]]:
    codings = read_codings(folder / "interviews_codebook" / "codings")
    return {one.id[-2:]: (one.coder, one.code_id) for one in codings}


def ask(session: CodebookSession, kind: str, **given: Any) -> dict[str, Any]:
    """Ask and give the answer; what has changed comes before it."""
    answer = session.handle({"kind": kind, "request": "r", **given})[-1]
    assert answer["kind"] == "answer"
    return answer


def preview(session: CodebookSession, **change: Any) -> dict[str, Any]:
    answer = ask(session, "preview", change=change)
    assert answer["ok"], answer["say"]
    shown: dict[str, Any] = answer["preview"]
    return shown


def apply(session: CodebookSession, **change: Any) -> dict[str, Any]:
    return ask(session, "apply", change=change, seen=session.codes.now.file_hash)


def done(session: CodebookSession, **change: Any) -> dict[str, Any]:
    answer = apply(session, **change)
    assert answer["ok"], answer["say"]
    return answer


def tree(session: CodebookSession) -> list[str]:
    book = session.codes.now
    return [f"{'-' * book.depth_of(code.id)}{code.id}" for code in book]


# What is shown ----------------------------------------------------------------------------


def test_a_view_shows_codes_with_whose_codings_they_have(session: CodebookSession) -> None:
    shown = session.snapshot()
    assert json.loads(json.dumps(shown)) == shown
    assert shown["study"] == {
        "title": "Night shifts",
        "note": session.study.settings.synthetic_label,
        "coder": "ann",
        "writable": True,
    }
    assert [one["id"] for one in shown["codes"]] == ["rest", "breaks", "naps", "staffing", "pay"]
    assert shown["codes"][1]["was"] == ["pauses"]
    assert shown["counts"] == {
        "rest": {"ann": 1, "ben": 1},
        "breaks": {"ann": 3, "ben": 1},
        "naps": {"ben": 1},
        "staffing": {"ann": 2, "ben": 1},
    }
    assert (shown["undo"], shown["redo"], shown["notice"]) == ("", "", "")


def test_nothing_changes_by_looking(session: CodebookSession, folder: Path) -> None:
    session.snapshot()
    before = yaml_of(folder), codings_of(folder)
    preview(session, do="merge", code="breaks", into="staffing")
    preview(session, do="move", code="breaks")
    assert session.changes() == []
    assert (yaml_of(folder), codings_of(folder)) == before


def test_a_preview_of_a_merge_says_what_moves(session: CodebookSession) -> None:
    old = session.codes.now["naps"].colour
    new = session.codes.now.merge_codes("breaks", "staffing")["naps"].colour
    assert preview(session, do="merge", code="breaks", into="staffing") == {
        "title": "merge Breaks into Staffing",
        "reach": {"codings": 4, "coders": {"ann": 3, "ben": 1}, "interviews": 3, "bodies": 2},
        "staying": {},
        "along": ["Naps"],
        "warnings": ["the definition of Breaks goes; Staffing keeps its own"],
        "lines": [
            {"heading": "Merged (1)", "lines": [('breaks "Breaks" into staffing "Staffing"', [])]},
            {
                "heading": "Changed (2)",
                "lines": [
                    ('staffing "Staffing"', []),
                    ("  was: ", [("ins", "pauses, breaks")]),
                    ('naps "Naps"', []),
                    ("  colour: ", [("del", old), ("ins", new)]),
                ],
            },
        ],
        "seen": session.codes.now.file_hash,
    }
    answer = ask(session, "preview", change={"do": "merge", "code": "breaks", "into": "staffing"})
    assert answer["say"] == (
        "merge Breaks into Staffing: 4 codings (ann 3, ben 1) in 3 interviews of 2 bodies"
    )


def test_a_preview_of_a_move_says_which_codes_come_along(session: CodebookSession) -> None:
    shown = preview(session, do="move", code="breaks", parent="pay")
    assert shown["along"] == ["Naps"]
    assert shown["reach"]["coders"] == {"ann": 3, "ben": 2}
    assert shown["lines"][0] == {
        "heading": "Moved (1)",
        "lines": [('breaks "Breaks": from Rest to Pay', [])],
    }


def test_a_preview_warns_of_words_that_would_have_a_code_twice(
    session: CodebookSession, folder: Path
) -> None:
    transcript = session.study.corpus["ward-2"]
    start = transcript.text.index("We were two for twenty-eight beds")
    assert session.journal is not None
    session.journal.add(transcript, start, start + 33, "pay")
    warnings = preview(session, do="merge", code="pay", into="staffing")["warnings"]
    assert warnings[1] == "1 passage has both codes from one coder, and will have the code twice"


def test_a_preview_warns_of_headline_themes_and_wrong_examples(folder: Path) -> None:
    settings = folder / "interviews_codebook" / "study.yaml"
    settings.write_text("title: Nights\nheadline_themes: [staffing]\n", encoding="utf-8")
    session = CodebookSession(open_study(folder), "ann")
    assert preview(session, do="move", code="staffing", parent="pay")["warnings"] == [
        "study.yaml names 'staffing' as a headline theme: change it there too"
    ]
    fields = {"example": "nobody said this", "example_at": "ward-2 00:00:21"}
    assert preview(session, do="edit", code="naps", fields=fields)["warnings"] == [
        "code 'naps': its example is not in ward-2 00:00:21"
    ]


# What is done -----------------------------------------------------------------------------


def test_an_edit_changes_its_lines_and_keeps_comments(
    session: CodebookSession, folder: Path
) -> None:
    answer = done(
        session,
        do="edit",
        code="staffing",
        fields={"definition": "Who is there.", "include": "Bank."},
    )
    assert answer["say"] == "done: edit Staffing"
    assert answer["code"] == "staffing"
    expected = COMMENTED.replace(
        "    definition: How many people there are for the work.\n",
        "    definition: Who is there.\n    include: Bank.\n",
    )
    assert yaml_of(folder) == expected


def test_every_field_can_be_edited(session: CodebookSession, folder: Path) -> None:
    fields = {
        "name": "People",
        "definition": "D: #1",
        "include": "I\n\nI2",
        "exclude": "E",
        "example": "We were two",
        "example_at": "ward-2 00:00:21",
        "colour": "#123456",
    }
    done(session, do="edit", code="staffing", fields=fields)
    code = read_codebook(folder / "interviews_codebook" / "codebook.yaml")["staffing"]
    assert {name: getattr(code, name) for name in fields} == fields


def test_a_code_is_added_last_below_its_parent(session: CodebookSession, folder: Path) -> None:
    answer = done(
        session, do="add", parent="rest", fields={"name": "Día off", "definition": "No work."}
    )
    assert answer["code"] == "dia_off"
    assert tree(session) == ["rest", "-breaks", "--naps", "-dia_off", "staffing", "pay"]
    assert "# about people" in yaml_of(folder)


def test_codes_move_up_and_down_and_elsewhere(session: CodebookSession) -> None:
    done(session, do="move", code="pay", before="rest")
    assert tree(session) == ["pay", "rest", "-breaks", "--naps", "staffing"]
    done(session, do="move", code="naps", parent="staffing")
    assert tree(session) == ["pay", "rest", "-breaks", "staffing", "-naps"]


def test_a_merge_leaves_journals_alone(session: CodebookSession, folder: Path) -> None:
    journals = folder / "interviews_codebook" / "codings"
    before = {path.name: path.read_bytes() for path in journals.glob("*.jsonl")}
    done(session, do="merge", code="breaks", into="staffing")
    assert session.codes.now["staffing"].was == ("pauses", "breaks")
    assert {path.name: path.read_bytes() for path in journals.glob("*.jsonl")} == before
    assert session.snapshot()["counts"]["staffing"] == {"ann": 5, "ben": 2}
    assert len(open_study(folder).segments("staffing")) == 8  # with the naps below


def test_a_code_with_codings_cannot_be_deleted_one_without_can(
    session: CodebookSession, folder: Path
) -> None:
    before = yaml_of(folder)
    for kind in ("preview", "apply"):
        seen = {"seen": session.codes.now.file_hash} if kind == "apply" else {}
        answer = ask(session, kind, change={"do": "delete", "code": "naps"}, **seen)
        assert answer["ok"] is False
        assert answer["say"] == (
            "Naps cannot be deleted: it has 1 coding (ben 1) in 1 interview of 1 body. "
            "Mend: merge it into another code"
        )
    assert "codes stand below 'rest': breaks" in apply(session, do="delete", code="rest")["say"]
    assert yaml_of(folder) == before
    assert done(session, do="delete", code="pay")["code"] == ""
    assert tree(session) == ["rest", "-breaks", "--naps", "staffing"]


# Splits -----------------------------------------------------------------------------------


NEW = {"name": "Short breaks", "definition": "Breaks that are none."}


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
    from qualcode.errors import JournalWriteError

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


# Undo -------------------------------------------------------------------------------------


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


# Somebody else ----------------------------------------------------------------------------


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


# Refusals ---------------------------------------------------------------------------------


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
