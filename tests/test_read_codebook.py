"""A codebook file is read exactly, or refused with every fault and its line."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.coding.codebook import Code, Codebook
from qualcode.coding.codebook_file import parse_codebook, read_codebook
from qualcode.errors import CodebookError, EncodingError, Fault, QualcodeError
from qualcode.model import text_hash

GOOD = """\
# the first theme stands below
title: Complaints
codes:
  - id: post
    name: Post
    parent: delay
    definition: >
      Letters that come
      late.

      Parcels too.
    include: |
      - letters
      - cards
    exclude:
    example: "“It never came.”"
    colour: '#F80'
    guid: "{6DC966B8-5C6F-5C11-B8A4-CEA95A933F06}"
    was: [letters, mail]
  - id: delay
    name: Delay
    definition: Waiting.
"""


def faults_of(text: str) -> list[tuple[int | None, str]]:
    """Give line and words of every fault."""
    with pytest.raises(CodebookError) as caught:
        parse_codebook(text, path="codebook.yaml")
    assert {str(fault.file) for fault in caught.value.faults} == {"codebook.yaml"}
    return [(fault.line, fault.what) for fault in caught.value.faults]


def one(extra: str) -> str:
    """Give a codebook of one code, with more lines of it from line 5."""
    return f"codes:\n  - id: delay\n    name: Delay\n    definition: Waiting.\n{extra}"


def test_every_field_is_read():
    expected = Codebook(
        (
            Code(
                "post",
                "Post",
                "Letters that come late.\nParcels too.",
                parent="delay",
                include="- letters\n- cards",
                example="“It never came.”",
                colour="#ff8800",
                guid="6dc966b8-5c6f-5c11-b8a4-cea95a933f06",
                was=("letters", "mail"),
            ),
            Code("delay", "Delay", "Waiting.", guid="00000000-0000-4000-8000-000000000000"),
        ),
        "Complaints",
    )
    text = GOOD + "    guid: 00000000-0000-4000-8000-000000000000\n"
    assert parse_codebook(text) == expected


def test_the_path_and_the_hash_are_known(tmp_path):
    path = tmp_path / "codebook.yaml"
    path.write_text(one(""), encoding="utf-8")
    book = read_codebook(str(path))
    assert (book.path, book.file_hash) == (path, text_hash(one("")))


@pytest.mark.parametrize(
    "data", [codecs.BOM_UTF8 + GOOD.encode(), GOOD.replace("\n", "\r\n").encode()]
)
def test_a_mark_and_windows_line_ends_change_nothing(tmp_path, data):
    path = tmp_path / "codebook.yaml"
    path.write_bytes(data)
    with pytest.raises(CodebookError, match="guid"):
        read_codebook(path)
    path.write_bytes(data.replace(b"guid", b"# guid"))
    assert read_codebook(path) == parse_codebook(GOOD.replace("guid", "# guid"))


def test_all_faults_at_once():
    text = """\
title: [a]
codes:
  - id: delay
    name: Delay
    definition: Waiting.
    parent: post
  - id: post
    name: "DELAY "
    definition: "  "
    parent: delay
    colour: orange
  - id: Post-Box
    name: Box
    definition: x
    parent: delya
  - id: post
    name: ""
    definition: 5
    defn: y
  - just words
  - name: No id
    definition: x
    name: Twice
    was: [delay, gone, gone]
    guid: nonsense
"""
    assert faults_of(text) == [
        (1, "'title' is ['a'] (list), not text"),
        (6, "codes are each other's parents in a loop: delay < post < delay"),
        (8, "the name 'DELAY' is given twice: also at line 4"),
        (9, "code 'post' has no definition"),
        (11, "code 'post': 'orange' is not a colour"),
        (12, "the id 'Post-Box' is not a slug"),
        (15, "code 'Post-Box': the parent 'delya' is not a code"),
        (16, "the id 'post' is given twice: also at line 7"),
        (17, "code 'post' has no name"),
        (18, "code 'post': 'definition' is 5 (int), not text"),
        (19, "the key 'defn' is unknown"),
        (20, "code number 5 is text, not a mapping"),
        (21, "code number 6 has no id"),
        (23, "the key 'name' is given twice"),
        (24, "code number 6: 'was' names 'delay', which is a code still (at line 3)"),
        (24, "code number 6: 'was' names 'gone', which is named at line 24 too"),
        (25, "code number 6: 'nonsense' is not a guid"),
    ]


@pytest.mark.parametrize(
    ("extra", "line", "what"),
    [
        ("    parent: delay\n", 5, "code 'delay' is its own parent"),
        ("    colour: '#12345'\n", 5, "code 'delay': '#12345' is not a colour"),
        ("    colour: #123456\n", 5, "code 'delay': the colour is empty"),
        ("    include: yes\n", 5, "code 'delay': 'include' is True (bool), not text"),
        ("    example: 2024-01-01\n", 5, "code 'delay': 'example' is datetime.date(2024, 1, 1) (date), not text"),
        ("    was: late\n", 5, "code 'delay': 'was' is 'late', not a list of code ids"),
        ("    was: [12]\n", 5, "code 'delay': 'was' is (12,), not a list of code ids"),
        ("    was: [Old Id]\n", 5, "code 'delay': 'was' names 'Old Id', which is not a slug"),
        ("    was: [delay]\n", 5, "code 'delay': 'was' names 'delay', which is a code still (at line 2)"),
        ("    guid: '{6dc966b8-5c6f-5c11-b8a4-cea95a933f06'\n", 5,
         "code 'delay': '{6dc966b8-5c6f-5c11-b8a4-cea95a933f06' is not a guid"),
        ("    1: x\n", 5, "the key '1' is unknown"),
        ("    example: \"a\\x07b\"\n", 5, "code 'delay': 'example' holds a control character (U+0007)"),
        ("colour: x\n", 5, "the key 'colour' is unknown"),
    ],
)  # fmt: skip
def test_one_fault(extra, line, what):
    assert faults_of(one(extra)) == [(line, what)]


@pytest.mark.parametrize(
    ("extra", "mend"),
    [
        ("    color: '#fff'\n", "did you mean 'colour'?"),
        ("    children: []\n", "the keys are id, name, parent, definition"),
        ("  - {id: a, name: A, definition: x, parent: dely}\n", "did you mean 'delay'?"),
        ("  - {id: a, name: A, definition: x, parent: Delay}\n", "did you mean 'delay'?"),
        ("  - {id: Time Lag, name: A, definition: x}\n", "e.g. 'time_lag'"),
        (
            "    was: [late]\n  - {id: a, name: A, definition: x, parent: late}\n",
            "it was merged into 'delay'",
        ),
        ("    colour: #fff\n", "what follows an open # is a comment"),
    ],
)
def test_the_mend_says_what_to_do(extra, mend):
    with pytest.raises(CodebookError) as caught:
        parse_codebook(one(extra))
    assert mend in str(caught.value.faults[0].mend)


def test_a_guid_given_twice_is_refused():
    guid = "6dc966b8-5c6f-5c11-b8a4-cea95a933f06"
    text = one(f"    guid: {guid}\n  - {{id: a, name: A, definition: x, guid: '{guid.upper()}'}}\n")
    assert faults_of(text) == [(6, "code 'a': the guid is also that of the code at line 5")]


def test_an_id_merged_into_two_codes_is_refused():
    text = one("    was: [late]\n  - {id: a, name: A, definition: x, was: [late]}\n")
    assert faults_of(text) == [(6, "code 'a': 'was' names 'late', which is named at line 5 too")]


def test_each_loop_is_listed_once():
    rows = [f"- {{id: c{n}, name: C{n}, definition: x, parent: c{(n + 1) % 3}}}" for n in range(3)]
    rows += ["- {id: tail, name: Tail, definition: x, parent: c1}"]
    rows += ["- {id: x, name: X, definition: x, parent: y}"]
    rows += ["- {id: y, name: Y, definition: x, parent: x}"]
    assert faults_of("codes:\n" + "\n".join(rows)) == [
        (2, "codes are each other's parents in a loop: c0 < c1 < c2 < c0"),
        (6, "codes are each other's parents in a loop: x < y < x"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("", None, "no codes"),
        ("# only a comment\n", None, "no codes"),
        ("title: x\ncodes:\n", 2, "no codes"),
        ("title: x\ncodes: []\n", 2, "no codes"),
        ("title: x\n", 1, "no codes"),
        ("- id: a\n", 1, "a codebook is a mapping with 'codes:', not a list"),
        ("words\n", 1, "a codebook is a mapping with 'codes:', not text"),
        ("title: x\ncodes: {a: {name: A}}\n", 2, "'codes' is a mapping, not a list"),
    ],
)
def test_what_is_no_codebook(text, line, what):
    assert faults_of(text) == [(line, what)]


@pytest.mark.parametrize(
    "text",
    [
        "codes: [",
        "codes:\n  - id: a\n\tname: b",
        "codes: *x",
        "codes: !!python/object/apply:os.system ['true']",
        "a: &a [*a]",
        "[" * 5000,
        "codes: 'x",
        "---\na: 1\n---\nb: 2",
        "codes:\n  - id: 2024-13-45",
        "? [a]\n: b",
        "codes: \x07",
    ],
)
def test_what_is_no_yaml_is_refused_in_one_error(text):
    with pytest.raises(CodebookError, match=r"codebook\.yaml"):
        parse_codebook(text, path="codebook.yaml")


@pytest.mark.parametrize(
    ("data", "line", "what"),
    [
        (GOOD.encode("utf-16"), None, "UTF-16 or UTF-32"),
        (GOOD.encode("utf-16-le"), None, "UTF-16 or UTF-32"),
        (GOOD.encode("utf-32"), None, "UTF-16 or UTF-32"),
        (one("    example: Café\n").encode("latin-1"), 5, "byte 0xe9 is not UTF-8"),
    ],
)
def test_other_encodings_are_refused(tmp_path, data, line, what):
    path = tmp_path / "codebook.yaml"
    path.write_bytes(data)
    with pytest.raises(EncodingError, match=what) as caught:
        read_codebook(path)
    (fault,) = caught.value.faults
    assert (fault.file, fault.line, fault.mend) == (path, line, "save the file as UTF-8")


def test_what_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(CodebookError, match="there is no codebook here"):
        read_codebook(tmp_path / "none.yaml")
    with pytest.raises(CodebookError, match="cannot be read: Is a directory"):
        read_codebook(tmp_path)
    with pytest.raises(CodebookError, match="cannot be read"):
        read_codebook("a\0b")


def test_a_long_value_is_cut_in_the_message():
    text = one(f"  - id: {'words ' * 500}\n    name: A\n    definition: x\n")
    with pytest.raises(CodebookError, match="is not a slug") as caught:
        parse_codebook(text)
    assert len(str(caught.value)) < 250


@settings(deadline=None)
@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda data: data.decode("latin-1")))
def test_rubbish_gives_one_clear_error(text):
    with pytest.raises(QualcodeError, match=r"codebook"):
        parse_codebook(text)


KEYS = ["id", "name", "parent", "definition", "colour", "guid", "was", "include", "x"]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["a", "b", "", "#fff", "A b"]),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(KEYS), below),
    max_leaves=6,
)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.dictionaries(st.sampled_from(KEYS), VALUES) | VALUES, max_size=4))
def test_any_values_give_a_codebook_or_one_clear_error(codes):
    text = yaml.safe_dump({"codes": codes})
    faults: tuple[Fault, ...] = ()
    try:
        assert len(parse_codebook(text, path=Path("codebook.yaml"))) == len(codes)
    except CodebookError as error:
        faults = error.faults
    assert all(fault.line is not None for fault in faults)
