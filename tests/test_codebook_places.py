"""Where codes stand: placed, taken out, split; and the file put back as it was."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.coding._codebook_restore import codebook_text, restore_codebook
from qualcode.coding.codebook import Code, Codebook
from qualcode.coding.codebook_file import read_codebook, write_codebook
from qualcode.errors import CodebookError

BOOK = Codebook(
    (
        Code("a", "A", "A."),
        Code("a1", "A1", "A1.", "a"),
        Code("a1x", "A1x", "A1x.", "a1"),
        Code("a2", "A2", "A2.", "a"),
        Code("b", "B", "B."),
        Code("b1", "B1", "B1.", "b"),
    )
)


def tree(book: Codebook) -> list[str]:
    return [f"{'-' * book.depth_of(code.id)}{code.id}" for code in book]


@pytest.mark.parametrize(
    ("code", "parent", "before", "expected"),
    [
        ("a2", "a", "a1", ["a", "-a2", "-a1", "--a1x", "b", "-b1"]),
        ("a1", "a", None, ["a", "-a2", "-a1", "--a1x", "b", "-b1"]),
        ("a1", "b", "b1", ["a", "-a2", "b", "-a1", "--a1x", "-b1"]),
        ("a1", "b", None, ["a", "-a2", "b", "-b1", "-a1", "--a1x"]),
        ("b", None, "a", ["b", "-b1", "a", "-a1", "--a1x", "-a2"]),
        ("a1", None, None, ["a", "-a2", "b", "-b1", "a1", "-a1x"]),
        ("b", "a1x", None, ["a", "-a1", "--a1x", "---b", "----b1", "-a2"]),
    ],
)
def test_place_code(code: str, parent: str | None, before: str | None, expected: list[str]) -> None:
    placed = BOOK.place_code(code, parent, before=before)
    assert tree(placed) == expected
    # In the file, too, what is below a code follows it.
    assert [one.id for one in placed.codes] == [one.id for one in placed]


def test_place_code_no_mutate() -> None:
    before = BOOK.codes
    BOOK.place_code("a1", "b")
    assert BOOK.codes == before


def test_a_code_cannot_be_placed_below_itself_or_before_a_strange_one() -> None:
    with pytest.raises(CodebookError, match="each other's parents in a loop"):
        BOOK.place_code("a", "a1x")
    with pytest.raises(CodebookError, match="'b1' does not stand there"):
        BOOK.place_code("a2", "a", before="b1")


def test_remove_code() -> None:
    assert tree(BOOK.remove_code("a1x")) == ["a", "-a1", "-a2", "b", "-b1"]
    with pytest.raises(CodebookError, match=r"codes stand below 'a': a1, a2\. Mend: move or merge"):
        BOOK.remove_code("a")
    with pytest.raises(CodebookError, match="no codes"):
        Codebook((Code("a", "A", "A."),)).remove_code("a")


@pytest.mark.parametrize(
    ("code", "below", "expected"),
    [
        ("a1", False, ["a", "-a1", "--a1x", "-new", "-a2", "b", "-b1"]),
        ("a1", True, ["a", "-a1", "--a1x", "--new", "-a2", "b", "-b1"]),
        ("b", False, ["a", "-a1", "--a1x", "-a2", "b", "-b1", "new"]),
        ("b1", True, ["a", "-a1", "--a1x", "-a2", "b", "-b1", "--new"]),
    ],
)
def test_split_code(code: str, below: bool, expected: list[str]) -> None:
    assert tree(BOOK.split_code(code, Code("new", "New", "New."), below=below)) == expected


def test_a_file_is_put_back_to_the_byte_with_its_comments(tmp_path: Path) -> None:
    path = tmp_path / "codebook.yaml"
    text = (
        "# about all\ncodes:\n- id: a\n  name: A # why A\n  definition: 'A.'\n"
        "# about B\n- id: b\n  name: B\n  definition: B.\n"
    )
    path.write_text(text)
    before = read_codebook(path)
    write_codebook(before.merge_codes("b", "a"), path, expect=before.file_hash)
    merged = read_codebook(path)
    assert codebook_text(path) == (
        "# about all\ncodes:\n- id: a\n  name: A # why A\n  definition: 'A.'\n  was: [b]\n"
    )
    assert restore_codebook(text, path, expect=merged.file_hash) == before
    assert path.read_text() == text
    with pytest.raises(CodebookError, match="the file was changed since by somebody else"):
        restore_codebook(text, path, expect=merged.file_hash)
    with pytest.raises(CodebookError, match="'codes' is text, not a list"):
        restore_codebook("codes: none\n", path, expect=before.file_hash)
    assert path.read_text() == text


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_whatever_is_moved_nothing_is_lost_and_the_file_follows(data: st.DataObject) -> None:
    book = BOOK
    with TemporaryDirectory() as folder:
        path = Path(folder, "codebook.yaml")
        write_codebook(book, path)
        for _ in range(data.draw(st.integers(1, 4))):
            code = data.draw(st.sampled_from([one.id for one in book]))
            below = set(book.descendants(code))
            parents = [None, *(one.id for one in book if one.id not in below)]
            parent = data.draw(st.sampled_from(parents))
            beside = [one.id for one in book.children(parent) if one.id != code]
            before = data.draw(st.sampled_from([None, *beside]))
            placed = book.place_code(code, parent, before=before)
            assert {one.id for one in placed} == {one.id for one in book}
            assert set(placed.descendants(code)) == below
            now = [one.id for one in placed.children(parent)]
            assert now.index(code) == (now.index(before) - 1 if before else len(now) - 1)
            write_codebook(placed, path, expect=read_codebook(path).file_hash)
            book = read_codebook(path)
            assert book == placed
