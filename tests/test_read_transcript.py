"""Reading, checking and writing one transcript in the canonical form."""

from __future__ import annotations

import os
import unicodedata
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.errors import EncodingError, Fault, SourceError, TranscriptError
from qualcode.model import Speaker, Transcript
from qualcode.sources._front_matter import read_header
from qualcode.sources._quick_header import quick_header
from qualcode.sources._render import render_transcript
from qualcode.sources._turn_checks import turn_faults
from qualcode.sources.canonical import (
    canonical_faults,
    parse_transcript,
    read_transcript,
    transcript_notes,
    write_transcript,
)

HEADER = """\
---
id: bakery-1
body: Bakery 1
body_type: bakery
date: 2025-03-09
speakers:
  - {label: INT, role: Interviewer}
  - {label: BAK, role: Head Baker}
synthetic: true
---
"""
TEXT = "[00:00:04] INT: When do you start?\n\n[00:00:09] BAK: At three — every night.\n"


def lines_of(error: pytest.ExceptionInfo[TranscriptError]) -> list[int | None]:
    return [fault.line for fault in error.value.faults]


def fault_texts(data: str | bytes, path: str | None = "bakery-1.txt") -> list[str]:
    raw = data.encode() if isinstance(data, str) else data
    with pytest.raises(TranscriptError, match=r"fault|:") as error:
        parse_transcript(raw, path=path)
    return [str(fault).partition(". Mend:")[0] for fault in error.value.faults]


# --- what is read ---------------------------------------------------------------------------------


def test_reads_front_matter_and_literal_text(tmp_path):
    path = tmp_path / "bakery-1.txt"
    path.write_text(HEADER + TEXT, encoding="utf-8", newline="\n")
    found = read_transcript(path)
    assert found == Transcript(
        id="bakery-1",
        text=TEXT,
        body="Bakery 1",
        body_type="bakery",
        date=date(2025, 3, 9),
        speakers=(Speaker("INT", "Interviewer"), Speaker("BAK", "Head Baker")),
        synthetic=True,
    )
    assert (found.path, found.text_line) == (path, 11)
    assert [(turn.speaker, turn.time) for turn in found.turns] == [("INT", 4.0), ("BAK", 9.0)]


def test_everything_else_in_the_front_matter_is_a_frozen_attribute():
    header = HEADER.replace(
        "synthetic: true\n", "shift: night\nyears: 9\nseen: 2025-03-01\nkin: {a: [1, {b: null}]}\n"
    )
    found = parse_transcript((header + TEXT).encode())
    assert found.attributes == {
        "shift": "night",
        "years": 9,
        "seen": "2025-03-01",
        "kin": {"a": (1, {"b": None})},
    }
    with pytest.raises(TypeError, match="does not support item assignment"):
        found.attributes["kin"]["a"] = 1


def test_optional_fields_left_empty_are_left_out():
    header = HEADER.replace("body_type: bakery", "body_type:").replace("date: 2025-03-09", "date:")
    header = header.replace(", role: Head Baker", ", role: ").replace("synthetic: true\n", "")
    found = parse_transcript((header + TEXT).encode())
    assert (found.body_type, found.date, found.synthetic) == ("", None, False)
    assert found.roles == {"INT": "Interviewer", "BAK": ""}


def test_a_text_may_hold_lines_of_three_hyphens():
    text = TEXT + "\n---\n\n---\nid: no\n---\n"
    assert parse_transcript((HEADER + text).encode()).text == text


def test_bom_crlf_and_decomposed_text_are_normalised_in_memory():
    loose = unicodedata.normalize("NFD", HEADER + TEXT.replace("start", "café")).replace(
        "\n", "\r\n"
    )
    found = parse_transcript(b"\xef\xbb\xbf" + loose.encode(), path="bakery-1.txt")
    assert found.text == TEXT.replace("start", "café")
    assert found.speakers == (Speaker("INT", "Interviewer"), Speaker("BAK", "Head Baker"))
    old_mac = (HEADER + TEXT).replace("\n", "\r").encode()
    assert parse_transcript(old_mac).text == TEXT


def test_a_file_that_is_not_canonical_is_told_with_lines():
    assert canonical_faults((HEADER + TEXT).encode()) == []
    loose = b"\xef\xbb\xbf" + (HEADER + "INT: a\x1bb\r\nBAK: e\u0301\n").encode()
    found = [(fault.line, fault.what) for fault in canonical_faults(loose, "a.txt")]
    assert found == [
        (1, "a byte-order mark at the start"),
        (11, "line ends are CRLF or CR (1 of them), not LF"),
        (12, "not in Unicode's composed form (NFC)"),
        (11, "1 control character(s), the first U+001B"),
    ]
    assert "UTF-16" in canonical_faults("a".encode("utf-16"))[0].what


# --- faults of the front matter -------------------------------------------------------------------


def test_all_faults_of_the_front_matter_are_listed_with_their_lines():
    data = """\
---
id: bakery-1
id: bakery 2
body: 12
date: 2025-03-09 10:30:00
speakers:
  - {label: INT, rle: Interviewer}
  - {label: INT}
  - {label: "B:"}
  - {label: "C\\nD"}
  - baker
synthetic: maybe
speed: .nan
---
"""
    assert fault_texts(data + TEXT) == [
        "bakery-1.txt:3: 'id' is said twice",
        "bakery-1.txt:3: id 'bakery 2' cannot be a file name on every system",
        "bakery-1.txt:4: 'body' must be words, and is a number, '12'",
        "bakery-1.txt:5: 'date' must be a day, and is a date, '2025-03-09 10:30:00'",
        "bakery-1.txt:7: a speaker has no 'rle'",
        "bakery-1.txt:8: two speakers have the label 'INT'",
        "bakery-1.txt:9: label 'B:' cannot begin a turn",
        "bakery-1.txt:10: label 'C D' cannot begin a turn",
        "bakery-1.txt:11: a speaker must be label and role, and is words, 'baker'",
        "bakery-1.txt:12: 'synthetic' must be true or false, and is words, 'maybe'",
        "bakery-1.txt:13: 'speed' holds a number that is not finite",
    ]


@pytest.mark.parametrize(
    ("front", "faults"),
    [
        ("speed: 1\n", ["no 'id'", "no 'body'", "no 'speakers'"]),
        (
            "id: ''\nbody:\nspeakers: []\n",
            ["'id' is empty", "'body' is empty", "'speakers' is empty"],
        ),
        ("id: a\nbody: b\nspeakers: INT\n", ["'speakers' must be a list, and is words, 'INT'"]),
        ("id: a\nbody: no\nspeakers: [{label: I}]\n", ["'body' must be words, and is false (yes"]),
        ("- id\n", ["the front matter is not a list of 'key: value' lines"]),
        ("", ["the front matter is not a list of 'key: value' lines"]),
        ("id: a\nbody: b\nspeakers:\n  - {role: x}\n", ["no 'label'"]),
        (
            "id: a\nbody: b\nspeakers: [{label: I}]\n1: x\n",
            ["'1' cannot be the name of an attribute"],
        ),
        (
            "id: a\nbody: b: c\nspeakers: [{label: I}]\n",
            ["not YAML: mapping values are not allowed"],
        ),
        (
            "id: a\nbody: b\ndate: 2025-02-30\nspeakers: [{label: I}]\n",
            ["'2025-02-30' looks like a"],
        ),
    ],
)
def test_faults_of_the_front_matter(front, faults):
    found = fault_texts(f"---\n{front}---\nI: Hello\n", path=None)
    assert len(found) == len(faults)
    assert all(wanted in text for wanted, text in zip(faults, found, strict=True))


def test_the_id_must_be_the_name_of_the_file():
    assert fault_texts(HEADER + TEXT, path="bakery-2.txt") == [
        "bakery-2.txt:2: id 'bakery-1' is not the name of the file, 'bakery-2'"
    ]


@pytest.mark.parametrize("bad", ["../x", "a/b", "con", "LPT1.x", "-a", "a.", "ä", "a" * 101, "a b"])
def test_ids_that_cannot_be_file_names_everywhere_are_refused(bad):
    header = HEADER.replace("id: bakery-1", f"id: {bad}")
    assert "cannot be a file name" in fault_texts(header + TEXT, path=None)[0]


@pytest.mark.parametrize(
    ("data", "line", "what"),
    [
        ("", 1, "the file is empty"),
        (" \n", 1, "the file is empty"),
        ("INT: hello\n", 1, "no front matter: the first line is 'INT: hello'"),
        ("----\nid: a\n---\n", 1, "no front matter"),
        ("---\nid: a\n", 1, "the front matter is not closed"),
        ("---\nid: a\n--- \nINT: x\n", 3, "the front matter is not closed"),
    ],
)
def test_front_matter_missing_or_not_closed(data, line, what):
    with pytest.raises(TranscriptError, match=what) as error:
        parse_transcript(data.encode(), path="a.txt")
    assert lines_of(error) == [line]


@pytest.mark.parametrize(
    "yaml",
    [
        "a: " + "[" * 1_000_000,
        "\n".join(" " * depth + "a:" for depth in range(2000)),
        "a: &a [x]\n" + "\n".join(f"b{n}: &b{n} [{'*a, ' * 9}]" for n in range(20)),
        "&a a: *a",
        "a: !!python/object/apply:os.system [ls]",
        "a: !!binary '&&&'",
        "? [a, b]\n: 1",
        "a: \x07",
        "a: " + "9" * 5000,
        "a: [",
        "%TAG ! x\n",
        "a: 1\n--- \nb: 2",
        "2025-03-09T99:99:99: x",
        "a: 2025-03-09T10:00:00+99:99",
        "a: 0b_",
        "<<: {a: 1}",
    ],
)
def test_hostile_yaml_is_one_clean_fault(yaml):
    with pytest.raises(TranscriptError, match="not YAML") as error:
        parse_transcript(f"---\n{yaml}\n---\nINT: x\n".encode(), path="a.txt")
    assert len(error.value.faults) == 1
    assert len(str(error.value)) < 400


# --- faults of the turns --------------------------------------------------------------------------


def test_faults_of_the_turns_are_listed_with_their_lines():
    text = (
        "Recorded in the bakery.\n\n"
        "[00:00:04] INT: When?\n\n"
        "[00:00:09] BAKER: At three.\n\n"
        "[00:11] INT: Why?\n\n"
        "[00:00:12] BAK : Because.\n\n"
        "[laughs] No: really.\n\n"
        "[00:00:20] BAK: Yes.\nNote: prose.\n"
    )
    assert fault_texts(HEADER + text) == [
        "bakery-1.txt:11: words before the first turn",
        "bakery-1.txt:15: a turn of 'BAKER', who is not among the speakers (INT, BAK)",
        "bakery-1.txt:17: '[00:11] INT:' looks like a turn, and is not written like one",
        "bakery-1.txt:19: '[00:00:12] BAK :' looks like a turn, and is not written like one",
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "Only words.\n", "int: hello\n", " INT: hello\n"])
def test_a_transcript_with_no_speaker_is_refused(text):
    with pytest.raises(
        TranscriptError, match="no turn: no paragraph begins with a speaker"
    ) as error:
        parse_transcript((HEADER + text).encode(), path="bakery-1.txt")
    assert lines_of(error) == [11]


def test_untimed_turns_and_blank_lines_on_top_are_fine():
    found = parse_transcript((HEADER + "\n\nINT: Hello\n\n\nBAK: Hi\n").encode())
    assert [turn.speaker for turn in found.turns] == ["INT", "BAK"]


def test_a_mistake_in_every_turn_is_not_a_thousand_faults():
    text = "INT: x\n" + "\n[00:00:01] X: y\n" * 1000
    found = fault_texts(HEADER + text)
    assert len(found) == 51
    assert found[-1] == "bakery-1.txt: 950 more paragraphs like these"


def test_times_that_no_recording_has_are_no_turns():
    long = TEXT + "\n[" + "9" * 5000 + ":00:00] BAK: Yes.\n"
    assert len(parse_transcript((HEADER + long).encode()).turns) == 2  # too long for a time
    for time in ("99999999:00:00", "00:00", "٠٠:٠٠:٠٣"):
        text = TEXT + f"\n[{time}] BAK: Yes.\n"
        assert fault_texts(HEADER + text) == [
            f"bakery-1.txt:15: '[{time}] BAK:' looks like a turn, and is not written like one"
        ]


pieces = st.sampled_from(
    [
        "A:",
        "B b:",
        "[00:00:01] A:",
        " ",
        "\n",
        "\n\n",
        "x",
        "[",
        "C:",
        "[0:1] A:",
        "[00:00:01]\tB b: ",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(pieces, max_size=12).map("".join))
def test_the_check_finds_the_turns_that_the_transcript_has(text):
    transcript = Transcript("a", text, speakers=(Speaker("A"), Speaker("B b")))
    found = [fault.what for fault in turn_faults(text, ("A", "B b"))]
    assert any(what.startswith("no turn") for what in found) is (transcript.turns == ())
    if transcript.turns:
        first = transcript.turns[0].start
        assert ("words before the first turn" in found) is bool(text[:first].strip())


def test_what_is_only_odd_is_a_note():
    text = "[00:00:09] INT: One\n\n[00:00:04] INT: Two\n[00:00:05] INT: Three\n\n[01:00:00] INT: Four\n"
    found = parse_transcript((HEADER + text).encode(), path="bakery-1.txt")
    assert [(note.line, note.what) for note in transcript_notes(found)] == [
        (13, "turn 2 begins before the one above it"),
        (14, "a line that begins like a turn, with no blank line above it"),
        (1, "speaker 'BAK' never speaks"),
    ]


# --- encodings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "line", "what", "mend"),
    [
        (b"---\nid: a\nbody: Caf\xe9\n", 3, r"byte 0xE9 \('é' in Latin-1", "--encoding latin-1"),
        (b"---\rid: a\rbody: \x81\r", 3, "byte 0x81 cannot", "save the file as UTF-8"),
        ("a café".encode("utf-16"), 1, "looks like UTF-16", "--encoding utf-16$"),
        ("a café".encode("utf-16-le"), 1, "UTF-16-LE without", "--encoding utf-16-le"),
        ("a café".encode("utf-16-be"), 1, "UTF-16-BE without", "--encoding utf-16-be"),
        ("שלום לכם, מה שלומכם?".encode("utf-16-le"), 1, "UTF-16-LE without", "utf-16-le"),
        ("a".encode("utf-32"), 1, "looks like UTF-32", "--encoding utf-32"),
        (b"%PDF-1.7\n\xff", 1, "looks like a PDF", "plain text"),
        (b"PK\x03\x04\x00", 1, "looks like a Word, Excel or ZIP", "plain text"),
        (b"---\nid: a\n---\nINT: x" + b"y" * 99 + b"\0", 4, "a zero byte", "plain text"),
        (bytes(range(256)), 2, "byte 0x80", "UTF-8"),
    ],
)
def test_files_that_are_not_utf_8(tmp_path, data, line, what, mend):
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(EncodingError, match=what) as error:
        read_transcript(path)
    fault = error.value.faults[0]
    assert (fault.file, fault.line) == (path, line)
    with pytest.raises(EncodingError, match=mend):
        read_transcript(path)


@settings(max_examples=150)
@given(st.binary(max_size=300))
def test_rubbish_gives_one_clear_error(data):
    raised = None
    try:
        parse_transcript(b"---\nid: a\n" + data, path="a.txt")
    except SourceError as error:
        raised = error
    assert raised is None or str(raised.faults[0].file) == "a.txt"


def test_files_that_cannot_be_read(tmp_path, monkeypatch):
    with pytest.raises(SourceError, match=r"there is no such file\. Mend: check the path"):
        read_transcript(tmp_path / "a.txt")
    with pytest.raises(SourceError, match="this is a folder, not a file"):
        read_transcript(tmp_path)
    with pytest.raises(SourceError, match="cannot be read: embedded null"):
        read_transcript("a\0b")
    path = tmp_path / "b.txt"
    path.write_bytes(b"x")

    def refuse(*args, **kwargs):
        raise PermissionError(13, "no")

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(SourceError, match=r"b\.txt: no permission to read the file. Mend: ask"):
        read_transcript(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_or_a_huge_file_is_refused_unread(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(SourceError, match="a device or a pipe"):
        read_transcript(tmp_path / "a.txt")
    with (tmp_path / "b.txt").open("wb") as stream:
        stream.truncate(10**12)
    with pytest.raises(SourceError, match="the file has 1,000,000,000,000 bytes"):
        read_transcript(tmp_path / "b.txt")


# --- writing --------------------------------------------------------------------------------------

BAKERY = Transcript(
    id="bakery-1",
    text=TEXT,
    body="Bakery 1",
    date=date(2025, 3, 9),
    speakers=(Speaker("INT", "Interviewer"), Speaker("BAK", "Head Baker: nights")),
    synthetic=True,
    attributes={"years": 9, "tools": ["peel", {"oven": None}], "aside": "one\n---\ntwo"},
)


def test_what_is_written_reads_well():
    assert render_transcript(BAKERY).decode() == (
        "---\n"
        "id: bakery-1\n"
        "body: Bakery 1\n"
        "date: 2025-03-09\n"
        "speakers:\n"
        "  - {label: INT, role: Interviewer}\n"
        "  - {label: BAK, role: 'Head Baker: nights'}\n"
        "synthetic: true\n"
        "years: 9\n"
        "tools: [peel, {oven: null}]\n"
        'aside: "one\\n---\\ntwo"\n'
        "---\n" + TEXT
    )


def test_written_and_read_back_is_the_same_and_no_mutate(tmp_path):
    path = tmp_path / "bakery-1.txt"
    write_transcript(BAKERY, path)
    found = read_transcript(path)
    assert found.attributes == {
        "years": 9,
        "tools": ("peel", {"oven": None}),
        "aside": "one\n---\ntwo",
    }
    write_transcript(found, path)
    assert read_transcript(path) == found
    assert BAKERY.attributes["tools"] == ["peel", {"oven": None}]
    assert [entry.name for entry in tmp_path.iterdir()] == ["bakery-1.txt"]


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=60)
phrases = words.map(lambda text: unicodedata.normalize("NFC", text))
labels = (
    phrases.map(lambda text: "".join(c for c in text if c.isprintable() and c not in ":\ufeff"))
    .map(str.strip)
    .filter(bool)
    .map(lambda text: unicodedata.normalize("NFC", text))
)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | phrases
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(phrases, below, max_size=3),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None)
@given(
    text=st.lists(
        words | st.just("---") | st.sampled_from(["👩‍🍳", "e\u0301", "שלום", "\u202b", "\n"])
    ),
    names=st.lists(
        st.tuples(labels, phrases), min_size=1, max_size=3, unique_by=lambda pair: pair[0]
    ),
    body=phrases.filter(lambda text: text.strip()),
    attributes=st.dictionaries(phrases.filter(lambda text: text.strip()), values, max_size=3),
    day=st.none() | st.dates(),
)
def test_any_transcript_round_trips_exactly(tmp_path_factory, text, names, body, attributes, day):
    first = names[0][0]
    # no paragraph may look like the turn of somebody unknown: that is refused, and rightly so
    joined = "\n".join(text).replace("\n[", "\n(")
    whole = unicodedata.normalize("NFC", f"{first}:{joined}")
    fields = {"id", "body", "body_type", "date", "speakers", "synthetic", "transcript_id"}
    wanted = Transcript(
        id="a-1",
        text=whole,
        body=body,
        date=day,
        speakers=tuple(Speaker(*pair) for pair in names),
        attributes={key: value for key, value in attributes.items() if key not in fields},
    )
    data = render_transcript(wanted)
    found = parse_transcript(data, path="a-1.txt")
    assert data.endswith(whole.encode())
    assert found.text == whole
    assert (found.body, found.date, found.speakers) == (body, day, wanted.speakers)
    path = tmp_path_factory.getbasetemp() / "a-1.txt"
    write_transcript(wanted, path)
    assert path.read_bytes() == data
    assert read_transcript(path) == found


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"text": TEXT + "e\u0301"}, "cannot hold this transcript's text exactly"),
        ({"text": TEXT + "\r\n"}, "cannot hold this transcript's text exactly"),
        ({"text": TEXT + "\0"}, "zero byte"),
        ({"text": TEXT + "\ud800"}, r"half a character \(U\+D800\)"),
        ({"text": "words only"}, "no turn"),
        ({"body": ""}, "'body' is empty"),
        ({"body": "e\u0301"}, "transcript's body exactly"),
        ({"speakers": ()}, "'speakers' is empty"),
        ({"id": "bakery-2"}, "is not the name of the file"),
        ({"attributes": {"x": float("inf")}}, "not finite"),
        ({"attributes": {"x": b"bytes"}}, "a bytes"),
        ({"attributes": {"x": {1: 2}}}, "a key that is not a word"),
        ({"attributes": {"body": "x"}}, "'body' is a field"),
        ({"attributes": {"transcript_id": "x"}}, "'transcript_id' cannot be the name"),
    ],
)
def test_what_a_file_cannot_hold_is_refused_and_nothing_is_lost(tmp_path, change, what):
    path = tmp_path / "bakery-1.txt"
    write_transcript(BAKERY, path)
    before = path.read_bytes()
    given = {name: getattr(BAKERY, name) for name in ("id", "text", "body", "speakers")}
    with pytest.raises(SourceError, match=what):
        write_transcript(Transcript(**(given | change)), path)
    assert path.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1


def test_an_attribute_that_holds_itself_is_refused(tmp_path):
    ring: list[object] = []
    ring.append(ring)
    bad = Transcript("a", "A: x", body="b", speakers=(Speaker("A"),), attributes={"x": ring})
    with pytest.raises(TranscriptError, match="nested too deep"):
        write_transcript(bad, tmp_path / "a.txt")
    assert not list(tmp_path.iterdir())


def test_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "bakery-1.txt"
    write_transcript(BAKERY, path)
    before = path.read_bytes()

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(
        SourceError, match=r"cannot be written: No space left on device\. Mend: check"
    ):
        write_transcript(BAKERY, path)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["bakery-1.txt"]


def test_writing_into_no_folder_is_one_error(tmp_path):
    with pytest.raises(SourceError, match="cannot be written: No such file"):
        write_transcript(BAKERY, tmp_path / "none" / "bakery-1.txt")


@pytest.mark.skipif(os.name == "nt", reason="modes and links of Unix")
def test_writing_keeps_the_mode_and_follows_a_link(tmp_path):
    real, link = tmp_path / "store.txt", tmp_path / "bakery-1.txt"
    real.write_bytes(b"")
    real.chmod(0o640)
    link.symlink_to(real)
    write_transcript(BAKERY, link)
    assert link.is_symlink()
    assert real.read_bytes() == render_transcript(BAKERY)
    assert real.stat().st_mode & 0o777 == 0o640


# --- the quick way through the front matter -------------------------------------------------------

plain_values = st.sampled_from(
    [
        "Bakery 1",
        "yes",
        "No",
        "null",
        "O'Neil & Co.",
        "a b",
        "12",
        "012",
        "1e3",
        "2025-03-09",
        "2025-13-09",
        "true",
        "x.y",
        "~",
        "",
        "'q'",
        "a: b",
        "a #b",
        "Łódź",
        "a-",
        "-a",
        "on",
        ".5",
        "Head (nights)",
        "y",
    ]
)
header_lines = st.lists(
    st.builds(
        "{}: {}".format,
        st.sampled_from(
            ["id", "body", "body_type", "date", "synthetic", "shift", "yes", "transcript_id"]
        ),
        plain_values,
    )
    | st.just("id: a-1")
    | st.just("body: Bakery")
    | st.builds("speakers:\n  - {{label: {}, role: {}}}".format, plain_values, plain_values)
    | st.just("speakers:\n  - {label: INT}\n  - {label: BAK, role: Baker}"),
    max_size=6,
)


@settings(max_examples=300, deadline=None)
@given(header_lines)
def test_the_quick_way_reads_only_what_yaml_reads_the_same(lines):
    text = "".join(f"{line}\n" for line in lines)
    quick = quick_header(text, "a-1")
    if quick is not None:
        assert read_header(text, Path("a-1.txt")) == (quick, [])


def test_headers_that_qualcode_writes_take_the_quick_way():
    front = HEADER.removeprefix("---\n").removesuffix("---\n")
    quick = quick_header(front, "bakery-1")
    assert quick is not None
    assert quick == read_header(front, Path("bakery-1.txt"))[0]
    assert isinstance(quick.attributes, MappingProxyType)
    assert quick_header(front, "bakery-2") is None


def test_a_fault_prints_its_place_and_mend():
    with pytest.raises(
        TranscriptError, match=r"a\.txt:3: 'body' is empty. Mend: write it after"
    ) as e:
        parse_transcript(b"---\nid: a\nbody: ''\nspeakers: [{label: I}]\n---\nI: x\n", path="a.txt")
    assert e.value.faults == (
        Fault("'body' is empty", Path("a.txt"), 3, "write it after the colon"),
    )


CONFLICT = "<<<<<<< HEAD\n{}=======\n{}>>>>>>> theirs\n"


def test_marks_of_a_merge_are_faults_with_their_lines():
    text = TEXT + "\n" + CONFLICT.format("INT: a\n", "INT: b\n")
    said = "bakery-1.txt:{}: a mark of Git's, {!r}: two versions were not merged"
    assert fault_texts(HEADER + text) == [
        said.format(15, "<<<<<<<"),
        said.format(17, "======="),
        said.format(19, ">>>>>>>"),
    ]
    with pytest.raises(TranscriptError, match="Mend: settle the merge"):
        parse_transcript((HEADER + text).encode())
    header = HEADER.replace("body: Bakery 1\n", CONFLICT.format("body: A\n", "body: B\n"))
    assert [fault.partition(": ")[0] for fault in fault_texts(header + TEXT)] == [
        f"bakery-1.txt:{line}" for line in (3, 5, 7)
    ]
    whole = "<<<<<<< HEAD\n" + HEADER + TEXT
    assert fault_texts(whole) == [said.format(1, "<<<<<<<")]


@pytest.mark.parametrize(
    "text", ["INT: a\n=======\nb\n", "INT: <<<<<<< a\n >>>>>>> b\n<<<<<<<<<\n"]
)
def test_rules_and_arrows_in_words_are_no_marks_of_a_merge(text):
    assert parse_transcript((HEADER + text).encode()).text == text


def test_a_thousand_marks_of_a_merge_are_not_a_thousand_faults():
    text = TEXT + "<<<<<<< a\n" * 1000
    assert fault_texts(HEADER + text)[-1] == "bakery-1.txt: 950 more marks of Git's"
