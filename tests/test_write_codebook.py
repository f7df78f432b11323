"""A codebook is written whole, reads back the same, and changes only the lines it must."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.coding.codebook import Code, Codebook
from qualcode.coding.codebook_file import parse_codebook, read_codebook, write_codebook
from qualcode.errors import CodebookError, EncodingError, QualcodeWarning

OLD = """\
# Agreed on 3 March.
title: "Complaints"   # short

# Every code has an id.
codes:
  # --- Time -------------------------

  # the first theme
  - id: delay   # stable!
    name: 'Delay'
    definition: >
      Waiting beyond a limit.
      It is folded.

      # no comment
    # about what to include
    include:
    exclude: "no"   # why
    was:
      - late   # merged in 2024
      - slow

  - id: post
    parent: delay
    name: Post
    definition: |
      Letters
      # that come late

  # --- Money ------------------------

  # what is paid
  - name: Money
    id: money
    definition: Money
      on two lines   # odd
    colour: '#FFAA00'
  - {id: fine, name: Fine, definition: Paid., parent: money}
# the end
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "codebook.yaml"
    path.write_text(OLD, encoding="utf-8")
    return path


def changed_lines(path: Path) -> tuple[list[str], list[str]]:
    """Give the lines of the old file that are gone, and the new ones that came."""
    old, new = OLD.splitlines(), path.read_text(encoding="utf-8").splitlines()
    gone = [line for line in old if line not in new]
    return gone, [line for line in new if line not in old]


def test_a_new_file(tmp_path):
    book = Codebook(
        (
            Code("delay", "Delay: long", "Waiting.\n\nToo long.", was=("late", "yes")),
            Code("post", "2024", "Late letters, " * 10, parent="delay", include="#tag"),
            Code("money", "Money", "Paid.", colour="#abc", guid="{" + "A" * 8 + "-1111" * 3 + "-" + "0" * 12 + "}"),
        ),
        "Complaints: a codebook",
    )  # fmt: skip
    write_codebook(book, tmp_path / "new.yaml")
    assert (
        (tmp_path / "new.yaml").read_text(encoding="utf-8")
        == """\
title: 'Complaints: a codebook'
codes:
  - id: delay
    name: 'Delay: long'
    definition: |-
      Waiting.

      Too long.
    was: [late, 'yes']

  - id: post
    name: '2024'
    parent: delay
    definition: >-
      Late letters, Late letters, Late letters, Late letters, Late letters, Late letters, Late letters,
      Late letters, Late letters, Late letters,
    include: '#tag'

  - id: money
    name: Money
    definition: Paid.
    colour: '#aabbcc'
    guid: aaaaaaaa-1111-1111-1111-000000000000
"""
    )


def test_nothing_changed_changes_no_byte(path):
    write_codebook(read_codebook(path), path)
    assert path.read_text(encoding="utf-8") == OLD


def test_a_changed_field_changes_its_lines(path):
    book = read_codebook(path).change_code("delay", name="Delays", include="letters: all")
    write_codebook(book, path)
    assert changed_lines(path) == (
        ["    name: 'Delay'", "    include:"],
        ["    name: 'Delays'", "    include: 'letters: all'"],
    )


def test_a_long_text_keeps_the_style_it_had(path):
    book = read_codebook(path).change_code("delay", definition="Short.")
    write_codebook(book.change_code("post", definition="One\ntwo"), path)
    gone, come = changed_lines(path)
    assert come == [
        "    definition: >-",
        "      Short.",
        "    definition: |-",
        "      One",
        "      two",
    ]
    assert "    # about what to include" not in gone


def test_a_field_that_is_empty_goes_and_its_neighbours_stay(path):
    write_codebook(read_codebook(path).change_code("delay", exclude="", was=()), path)
    assert changed_lines(path) == (
        [
            '    exclude: "no"   # why',
            "    was:",
            "      - late   # merged in 2024",
            "      - slow",
        ],
        [],
    )


def test_a_comment_beside_a_value_stays(path):
    book = read_codebook(path).change_code(
        "delay", exclude="yes", guid="1" * 8 + "-1111" * 3 + "-" + "1" * 12
    )
    write_codebook(book.change_code("money", definition="Coin"), path)
    _, come = changed_lines(path)
    assert come == [
        '    exclude: "yes"   # why',
        "    guid: 11111111-1111-1111-1111-111111111111",
        "    definition: Coin   # odd",
    ]


def test_a_merge_takes_out_one_code(path):
    write_codebook(read_codebook(path).merge_codes("post", "money"), path)
    gone, come = changed_lines(path)
    assert gone == ["  - id: post", "    parent: delay", "    name: Post", "    definition: |",
                    "      Letters", "      # that come late"]  # fmt: skip
    assert come == ["    was: [post]"]


def test_the_heading_over_a_code_that_goes_stays(path):
    book = read_codebook(path)
    write_codebook(book.merge_codes("delay", "post"), path)
    text = path.read_text(encoding="utf-8")
    assert "# --- Time ---" in text
    assert "# the first theme" not in text
    assert text.index("# --- Time ---") < text.index("- id: post")


def test_a_new_code_comes_after_a_blank_line(path):
    write_codebook(read_codebook(path).add_code(Code("x", "X", "Y.", parent="fine")), path)
    head, _, tail = OLD.partition("# the end\n")
    new = "\n  - id: x\n    name: X\n    parent: fine\n    definition: Y.\n"
    assert path.read_text(encoding="utf-8") == head + new + "# the end\n" + tail


def test_a_new_order_moves_codes_with_their_comments(path):
    book = read_codebook(path)
    write_codebook(Codebook(book.codes[::-1], "Other: title"), path)
    text = path.read_text(encoding="utf-8")
    order = [
        'title: "Other: title"   # short', "id: fine", "--- Money", "# what is paid", "id: money",
        "id: post", "# that come late", "--- Time", "# the first theme", "id: delay", "# merged in 2024",
        "# the end",
    ]  # fmt: skip
    assert sorted(order, key=text.index) == order


def test_a_renamed_id_keeps_its_lines_and_its_guid(path):
    book = read_codebook(path)
    write_codebook(book.change_code("delay", id="time_lag"), path)
    gone, come = changed_lines(path)
    assert gone == [
        "  - id: delay   # stable!",
        "    was:",
        "      - late   # merged in 2024",
        "      - slow",
        "    parent: delay",
    ]
    assert come == [
        "  - id: time_lag   # stable!",
        f"    guid: {book['delay'].guid}",
        "    was: [late, slow, delay]",
        "    parent: time_lag",
    ]


def test_a_code_in_flow_style_is_written_anew_if_it_changed(path):
    write_codebook(read_codebook(path).change_code("fine", name="Fines"), path)
    gone, come = changed_lines(path)
    assert gone == ["  - {id: fine, name: Fine, definition: Paid., parent: money}"]
    assert come == ["  - id: fine", "    name: Fines", "    parent: money", "    definition: Paid."]


def test_colours_stay_when_a_theme_comes_first(path):
    book = read_codebook(path)
    more = Codebook((Code("new", "New", "x", colour="#fff"), *book.codes), book.title)
    write_codebook(more, path)
    assert read_codebook(path)["delay"].colour == book["delay"].colour
    assert f"colour: '{book['delay'].colour}'" in path.read_text(encoding="utf-8")


def test_the_title_comes_and_goes(path):
    book = read_codebook(path)
    write_codebook(Codebook(book.codes), path)
    assert changed_lines(path) == (['title: "Complaints"   # short'], [])
    write_codebook(Codebook(book.codes, "Again"), path)
    assert path.read_text(encoding="utf-8").startswith("# Agreed on 3 March.\n")
    assert changed_lines(path)[1] == ["title: Again"]


def test_windows_line_ends_stay(path):
    path.write_bytes(OLD.replace("\n", "\r\n").encode())
    write_codebook(read_codebook(path).change_code("post", name="Mail"), path)
    expected = OLD.replace("name: Post", "name: Mail").replace("\n", "\r\n")
    assert path.read_bytes() == expected.encode()


def test_a_file_in_flow_style_is_written_anew_with_a_warning(path):
    path.write_text("{codes: [{id: a, name: A, definition: x}]}  # mine\n", encoding="utf-8")
    book = read_codebook(path).change_code("a", name="B")
    with pytest.warns(
        QualcodeWarning, match=r"codebook\.yaml: written anew.*comments are not kept"
    ):
        write_codebook(book, path)
    assert path.read_text(encoding="utf-8") == "codes:\n  - id: a\n    name: B\n    definition: x\n"


def test_an_empty_file_is_filled(path):
    path.write_text("\n", encoding="utf-8")
    write_codebook(Codebook((Code("a", "A", "x"),)), path)
    assert read_codebook(path)["a"].name == "A"


@pytest.mark.parametrize(
    ("data", "error", "what"),
    [
        (b"shopping: [milk]\n", CodebookError, "is no codebook, and is not overwritten"),
        (
            OLD.replace("name: Post", "name:").encode(),
            CodebookError,
            r"25: code 'post' has no name",
        ),
        (OLD.encode("utf-16"), EncodingError, "UTF-16"),
    ],
)
def test_what_is_no_codebook_is_not_overwritten(path, data, error, what):
    path.write_bytes(data)
    with pytest.raises(error, match=what):
        write_codebook(Codebook((Code("a", "A", "x"),)), path)
    assert path.read_bytes() == data


def test_expect_refuses_a_file_changed_by_somebody_else(path):
    book = read_codebook(path)
    path.write_text(OLD.replace("name: Post", "name: Mail"), encoding="utf-8")
    changed = book.change_code("post", name="Letters")
    with pytest.raises(CodebookError, match=r"changed since it was read.*diff_codebooks"):
        write_codebook(changed, path, expect=changed.file_hash)
    assert read_codebook(path)["post"].name == "Mail"
    path.write_text(OLD, encoding="utf-8")
    write_codebook(changed, path, expect=changed.file_hash)
    assert read_codebook(path)["post"].name == "Letters"


def test_expect_refuses_a_file_that_is_gone(path):
    book = read_codebook(path)
    path.unlink()
    with pytest.raises(CodebookError, match="changed since it was read"):
        write_codebook(book, path, expect=book.file_hash)
    assert not path.exists()


def test_a_fault_while_writing_leaves_the_old_file_and_nothing_else(path, monkeypatch):
    book = read_codebook(path).change_code("post", name="Mail")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CodebookError, match="cannot be written: No space left on device"):
        write_codebook(book, path)
    assert path.read_text(encoding="utf-8") == OLD
    assert [file.name for file in path.parent.iterdir()] == ["codebook.yaml"]


@pytest.mark.parametrize("name", ["missing/codebook.yaml", ".", "a\0b"])
def test_a_path_that_cannot_be_written_is_refused(tmp_path, name):
    with pytest.raises(CodebookError, match="cannot be"):
        write_codebook(Codebook((Code("a", "A", "x"),)), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_link_and_the_rights_stay(path):
    path.chmod(0o640)
    link = path.with_name("link.yaml")
    link.symlink_to(path)
    write_codebook(read_codebook(link).change_code("post", name="Mail"), link)
    assert link.is_symlink()
    assert read_codebook(path)["post"].name == "Mail"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


HOSTILE = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff") | st.sampled_from("\n\t\x85\r"), max_size=60),
    st.text(st.sampled_from(":#-?|>&*!%@`'\"{}[], \n\t~=<\\\u2028\u2029\ufeff😀é\x85"), max_size=40),
    st.sampled_from(["yes", "null", "~", "1e3", "0x10", "2024-01-01", "---", "...", "- a", "? b", "<<",
                     "a: b", "a #b", " lead", "trail ", "\n\nx\n\n", "x\n  y\n z", "x\n\n\n\ny", "=",
                     "a" * 300, "word " * 60, "word " * 60 + "\n  # x\n" + "w" * 200]),
)  # fmt: skip
VISIBLE = HOSTILE.map(lambda text: text + "x")


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    """Draw a codebook of hostile texts."""
    codes = []
    for number in range(draw(st.integers(1, 4))):
        parent = draw(st.none() | st.integers(0, number - 1)) if number else None
        codes.append(
            Code(
                f"c{number}",
                f"{number} {draw(HOSTILE)}",
                draw(VISIBLE),
                None if parent is None else f"c{parent}",
                draw(HOSTILE),
                draw(HOSTILE),
                draw(HOSTILE),
                colour=draw(st.sampled_from(["", "", "#332288", "#fff"])),
                was=tuple(
                    draw(st.sampled_from([(), (f"yes{number}", f"w{number}"), (f"{number}",)]))
                ),
            )
        )
    return Codebook(tuple(draw(st.permutations(codes))), draw(HOSTILE))


@settings(max_examples=25, deadline=None)
@given(codebooks())
def test_round_trip(tmp_path_factory, book):
    path = tmp_path_factory.mktemp("new") / "codebook.yaml"
    write_codebook(book, path)
    assert read_codebook(path) == book
    before = path.read_bytes()
    write_codebook(book, path)
    assert path.read_bytes() == before


@settings(max_examples=25, deadline=None)
@given(codebooks(), codebooks())
def test_round_trip_over_another_codebook(tmp_path_factory, old, new):
    path = tmp_path_factory.mktemp("over") / "codebook.yaml"
    write_codebook(old, path)
    write_codebook(new, path)
    assert read_codebook(path) == new


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_a_layout_made_by_hand_takes_any_change(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("hand") / "codebook.yaml"
    path.write_text(OLD, encoding="utf-8")
    book = parse_codebook(OLD)
    for _ in range(data.draw(st.integers(1, 3))):
        code = data.draw(st.sampled_from(book.codes))
        field = data.draw(st.sampled_from(["name", "definition", "include", "exclude", "example"]))
        book = book.change_code(code.id, **{field: f"{code.id} " + data.draw(HOSTILE)})
    if data.draw(st.booleans()):
        book = book.merge_codes(*data.draw(st.permutations([code.id for code in book]))[:2])
    write_codebook(Codebook(tuple(data.draw(st.permutations(book.codes))), book.title), path)
    text = path.read_text(encoding="utf-8")
    assert set(parse_codebook(text).codes) == set(book.codes)
    assert "# Agreed on 3 March." in text
    assert "# the end" in text
