"""The codebook editor's rule book: what is shown, previewed and done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualcode.coding.codebook_file import read_codebook
from qualcode.study import open_study
from qualcode.widgets._codebook_session import CodebookSession

from ._codebook_desk import (
    COMMENTED,
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


def test_a_preview_of_a_deletion_says_who_else_names_the_code(
    session: CodebookSession, folder: Path
) -> None:
    claims = folder / "interviews_codebook" / "claims.yaml"
    claims.write_text("claims:\n- {id: a, codes: [pay], claim: paying}\n", encoding="utf-8")
    assert preview(session, do="delete", code="pay")["warnings"] == [
        "claims.yaml names 'pay': look whether it means the code"
    ]
    claims.write_text("claims:\n- {id: a, codes: [pay_day], claim: paying}\n", encoding="utf-8")
    assert preview(session, do="delete", code="pay")["warnings"] == []


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
