"""Importing files of any known format into a folder of canonical transcripts."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.errors import StudyError
from qualcode.sources import importing
from qualcode.sources._slugs import is_slug, make_slug
from qualcode.sources.canonical import canonical_faults, read_transcript
from qualcode.sources.corpus import read_transcripts
from qualcode.sources.importing import ImportResult, import_files

OTTER = (
    "Allotment\nMar 4, 2025\n\nJo  0:03\nWhat do you grow?\n\nMay Li  0:09\nLeeks — and kale.\n\n"
    "Transcribed by https://otter.ai\n"
)
PLAIN = "INT: What do you grow?\nGAR: Leeks.\nINT: Only leeks?\nGAR: Yes.\n"


def put(folder: Path, **files: str | bytes) -> list[Path]:
    """Write files; `a_b` becomes ``a b.txt``."""
    folder.mkdir(exist_ok=True)
    paths = []
    for name, content in files.items():
        paths.append(folder / f"{name.replace('_', ' ')}.txt")
        paths[-1].write_bytes(content if isinstance(content, bytes) else content.encode())
    return paths


def names(result: ImportResult) -> list[str]:
    return [path.name for path in result.written]


def what(faults) -> list[tuple[str, int | None, str]]:
    return [(Path(fault.file).name, fault.line, fault.what) for fault in faults]


def test_each_format_becomes_a_canonical_transcript(tmp_path):
    raw = put(tmp_path / "raw", Plot_9=OTTER, Plot_10=PLAIN)
    out = tmp_path / "out"
    result = import_files(raw, folder=out, body="Allotments", body_type="club", synthetic=True)
    assert result.written == (out / "plot-9.txt", out / "plot-10.txt")
    assert result.refused == ()
    assert (out / "plot-9.txt").read_text(encoding="utf-8") == (
        "---\n"
        "id: plot-9\n"
        "body: Allotments\n"
        "body_type: club\n"
        "date: 2025-03-04\n"
        "speakers:\n"
        "  - {label: Jo}\n"
        "  - {label: May Li}\n"
        "synthetic: true\n"
        "title: Allotment\n"
        "recorded: Mar 4, 2025\n"
        "imported_from: otter\n"
        "---\n"
        "[00:00:03] Jo: What do you grow?\n"
        "\n"
        "[00:00:09] May Li: Leeks — and kale.\n"
    )
    corpus = read_transcripts(out)
    assert corpus.faults() == []
    assert list(corpus) == ["plot-9", "plot-10"]
    assert corpus["plot-10"].text == (
        "INT: What do you grow?\n\nGAR: Leeks.\n\nINT: Only leeks?\n\nGAR: Yes.\n"
    )
    assert corpus["plot-10"].roles == {"INT": "Interviewer", "GAR": ""}


def test_a_body_that_nobody_names_is_the_file_and_said_so(tmp_path):
    raw = put(tmp_path, Plot_10=PLAIN)
    result = import_files(raw, folder=tmp_path / "out")
    assert read_transcript(result.written[0]).body == "Plot 10"
    assert what(result.notes) == [
        ("plot-10.txt", 3, "the body is not known and is called 'Plot 10' for now")
    ]


def test_a_canonical_file_is_taken_as_it_is(tmp_path):
    first = import_files(put(tmp_path, Plot_9=OTTER), folder=tmp_path / "a", body="Plots")
    copy = tmp_path / "Copy of plot.txt"
    copy.write_bytes(b"\xef\xbb\xbf" + first.written[0].read_bytes().replace(b"\n", b"\r\n"))
    second = import_files([copy], folder=tmp_path / "b", body_type="club")
    found = read_transcript(second.written[0])
    assert (found.id, found.body, found.body_type) == ("copy-of-plot", "Plots", "club")
    assert found.text == read_transcript(first.written[0]).text
    assert found.date == date(2025, 3, 4)
    assert what(second.notes) == [
        (copy.name, None, "the id 'plot-9' became 'copy-of-plot', after the name of the file")
    ]
    copy.write_text("---\nid: x\nspeakers: []\n---\nA: x\n")
    refused = import_files([copy], folder=tmp_path / "c").refused
    assert what(refused) == [(copy.name, 2, "no 'body'"), (copy.name, 3, "'speakers' is empty")]


def test_one_bad_file_does_not_stop_the_others_and_is_reported(tmp_path):
    raw = put(
        tmp_path / "raw",
        a=PLAIN,
        b="Ké: x\nKé: y\n".encode("latin-1"),
        c=PLAIN.encode("utf-16"),
        d="Only words.\nNobody speaks.\n",
        e=b"",
        f=b"%PDF-1.4 \xff\xfe",
        z=PLAIN,
    )
    out = tmp_path / "out"
    result = import_files([*raw, tmp_path / "gone.txt", tmp_path], folder=out)
    assert names(result) == ["a.txt", "z.txt"]
    assert sorted(path.name for path in out.iterdir()) == ["a.txt", "z.txt"]
    expected = [
        ("b.txt", 1, "not UTF-8: the byte 0xE9 ('é' in Latin-1 or Windows-1252) cannot stand here"),
        ("c.txt", 1, "not UTF-8: it looks like UTF-16 (first byte 0xFF)"),
        (
            "d.txt",
            1,
            "no known format; tried qualcode (front matter), Otter ('Name  0:03' lines), "
            "plain text ('Name:' lines)",
        ),
        ("e.txt", None, "the file is empty"),
        ("f.txt", 1, "not plain text: it looks like a PDF"),
        ("gone.txt", None, "there is no such file"),
        (tmp_path.name, None, "this is a folder, not a file"),
    ]
    assert what(result.refused) == expected
    assert "--encoding latin-1" in result.refused[0].mend
    assert "--encoding utf-16" in result.refused[1].mend


def test_named_encodings(tmp_path):
    raw = put(tmp_path, a=PLAIN.replace("Leeks", "Käse “”").encode("cp1252"))
    for encoding in ("cp1252", "latin-1"):
        result = import_files(raw, folder=tmp_path / encoding, encoding=encoding, body="x")
        text = read_transcript(result.written[0]).text
        assert "Käse" in text
        assert ("“”" in text) is (encoding == "cp1252")
    assert [note.what for note in result.notes] == [
        "2 control characters dropped",
        "the file may be in Windows-1252, not Latin-1",
    ]
    wide = put(tmp_path, b=OTTER.encode("utf-16"))
    assert names(import_files(wide, folder=tmp_path / "o", encoding="utf-16")) == ["b.txt"]
    refused = import_files(wide, folder=tmp_path / "p", encoding="utf16le!").refused
    assert [fault.what for fault in refused] == ["no text encoding 'utf16le!'"]
    assert not (tmp_path / "p").exists()


# --- names ----------------------------------------------------------------------------------------


def test_files_of_one_name_are_numbered(tmp_path):
    raw = put(tmp_path / "1", Plot=PLAIN, PLOT_2=PLAIN) + put(tmp_path / "2", plot=PLAIN)
    result = import_files([*raw, raw[0]], folder=tmp_path / "out", body="x")
    assert names(result) == ["plot.txt", "plot-2.txt", "plot-3.txt"]
    assert what(result.notes) == [("Plot.txt", None, "named twice; imported once")]
    assert read_transcripts(tmp_path / "out").faults() == []


def test_a_transcript_is_overwritten_only_on_request(tmp_path):
    raw = put(tmp_path / "raw", plot=PLAIN)
    out = tmp_path / "out"
    import_files(raw, folder=out, body="First")
    before = (out / "plot.txt").read_bytes()
    again = import_files(raw, folder=out, body="Second")
    assert again.written == ()
    assert what(again.refused) == [("plot.txt", None, "there is a transcript plot.txt already")]
    assert "--overwrite" in again.refused[0].mend
    assert (out / "plot.txt").read_bytes() == before
    forced = import_files(raw, folder=out, body="Second", overwrite=True)
    assert read_transcript(forced.written[0]).body == "Second"
    assert what(forced.notes) == [
        (
            "plot.txt",
            None,
            "plot.txt was overwritten; codings of it, if there are any, are placed again by their words",
        )
    ]


MADE = (
    "---\nid: plot\nbody: Our plots\nbody_type: club\ndate: 2025-03-04\nspeakers:\n"
    "  - {label: INT, role: Interviewer}\n  - {label: GAR, role: Gardener}\n"
    "  - {label: OLD, role: Gone}\nsynthetic: true\nshift: night\nimported_from: otter\n"
    "---\nINT: So?\n\nGAR: Beans.\n\nOLD: Oh.\n"
)


def test_front_matter_made_by_hand_outlives_overwriting(tmp_path):
    raw, out = put(tmp_path / "raw", plot=PLAIN), tmp_path / "out"
    put(out, plot=MADE)
    result = import_files(raw, folder=out, overwrite=True)
    assert result.refused == ()
    assert (out / "plot.txt").read_text() == (
        "---\nid: plot\nbody: Our plots\nbody_type: club\ndate: 2025-03-04\nspeakers:\n"
        "  - {label: INT, role: Interviewer}\n  - {label: GAR, role: Gardener}\n"
        "synthetic: true\nshift: night\nimported_from: plain text\n---\n"
        "INT: What do you grow?\n\nGAR: Leeks.\n\nINT: Only leeks?\n\nGAR: Yes.\n"
    )
    assert what(result.notes) == [
        (
            "plot.txt",
            None,
            "plot.txt was overwritten, and of the old front matter is kept: body, body type, date, "
            "synthetic, roles, attribute 'shift'; codings of it, if there are any, are placed again "
            "by their words",
        )
    ]


def test_what_the_call_says_goes_before_what_was_there(tmp_path):
    raw, out = put(tmp_path / "raw", plot=PLAIN), tmp_path / "out"
    put(out, plot=MADE)
    result = import_files(raw, folder=out, overwrite=True, body="New", body_type="allotment")
    found = read_transcript(result.written[0])
    assert (found.body, found.body_type, found.synthetic) == ("New", "allotment", True)
    assert "kept: date, synthetic, roles" in result.notes[0].what


def test_a_transcript_that_cannot_be_read_is_not_overwritten(tmp_path):
    raw, out = put(tmp_path / "raw", plot=PLAIN), tmp_path / "out"
    (old,) = put(out, plot=MADE.replace("body: Our", "body: [Our"))
    before = old.read_bytes()
    result = import_files(raw, folder=out, overwrite=True)
    assert result.written == ()
    (fault,) = result.refused
    assert fault.what.startswith(
        "the transcript there cannot be read, and its front matter not kept"
    )
    assert "move it to another folder" in fault.mend
    assert old.read_bytes() == before


def test_a_file_with_marks_of_a_merge_is_refused_with_its_lines(tmp_path):
    text = PLAIN + "<<<<<<< HEAD\nINT: a\n=======\nINT: b\n>>>>>>> theirs\n"
    result = import_files(put(tmp_path, plot=text), folder=tmp_path / "out")
    assert result.written == ()
    assert what(result.refused) == [
        ("plot.txt", line, f"a mark of Git's, {mark!r}: two versions were not merged")
        for line, mark in [(5, "<<<<<<<"), (7, "======="), (9, ">>>>>>>")]
    ]


def test_a_file_is_never_overwritten_by_its_own_transcript(tmp_path):
    raw = put(tmp_path, plot=PLAIN)
    result = import_files(raw, folder=tmp_path, overwrite=True)
    assert what(result.refused) == [
        ("plot.txt", None, "the file lies where its transcript would be written")
    ]
    assert raw[0].read_text() == PLAIN


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Council 3, Director", "council-3-director"),
        ("Žižkov__Ärzte", "zizkov-arzte"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "transcript-con"),
        ("интервью", "transcript"),
        ("---", "transcript"),
        ("ﬁnal", "final"),
        ("a" * 300, "a" * 90),
    ],
)
def test_slugs(name, slug):
    assert make_slug(name) == slug


@given(st.text(max_size=150))
def test_every_name_gives_a_safe_slug(name):
    assert is_slug(make_slug(name))
    assert make_slug(make_slug(name)) == make_slug(name)


# --- the folder -----------------------------------------------------------------------------------


def test_a_folder_that_cannot_be_made(tmp_path):
    raw = put(tmp_path, plot=PLAIN)
    with pytest.raises(StudyError, match=r"plot\.txt: the folder cannot be made: .*Mend: name a"):
        import_files(raw, folder=raw[0], body="x", overwrite=True)


def test_a_folder_is_made_only_when_there_is_something_to_write(tmp_path):
    assert import_files([], folder=tmp_path / "a") == ImportResult()
    import_files(put(tmp_path, x="words"), folder=tmp_path / "b" / "c")
    assert not (tmp_path / "a").exists()
    assert not (tmp_path / "b").exists()
    import_files(put(tmp_path, y=PLAIN), folder=tmp_path / "b" / "c")
    assert (tmp_path / "b" / "c" / "y.txt").exists()


def test_a_full_disk_is_reported_and_leaves_nothing(tmp_path, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = import_files(put(tmp_path / "raw", a=PLAIN, b=OTTER), folder=tmp_path / "out")
    assert result.written == ()
    assert [fault.what for fault in result.refused] == [
        "the file cannot be written: No space left on device"
    ] * 2
    assert list((tmp_path / "out").iterdir()) == []


def test_a_bar_shows_the_progress_and_changes_nothing(tmp_path, monkeypatch):
    raw = put(tmp_path, a=PLAIN, b=PLAIN)
    assert len(import_files(raw, folder=tmp_path / "1", progress=True).written) == 2
    seen = []
    monkeypatch.setattr(importing, "_with_progress", lambda sources, on: seen.append(on) or sources)
    import_files(raw, folder=tmp_path / "2")
    assert seen == [False]


# --- notes ----------------------------------------------------------------------------------------


def test_what_readers_doubt_and_what_is_odd_is_noted_with_its_line(tmp_path):
    text = (
        "Facts\n\nA (00:09): x\n\nB (00:04): y\n\nGuest (0:10): hm\n\nA (0:11): x\n\nB (0:12): y\n"
    )
    result = import_files(put(tmp_path, talk=text), folder=tmp_path / "out", body="x")
    assert what(result.notes) == [
        ("talk.txt", 1, "1 line above the first turn kept as attribute 'preface'"),
        ("talk.txt", 13, "turn 2 begins before the one above it"),
    ]
    lines = result.written[0].read_text().split("\n")
    assert lines[13 - 1] == "[00:00:04] B: y"


# --- whatever is said, it is read back ------------------------------------------------------------

spoken_words = st.text(
    st.sampled_from("ab é🥖\u202b\u200d.,?:\n[]0-\u00a0\u200b\x07\r\u2028\u0301")
    | st.characters(exclude_categories=["Cs"]),
    max_size=40,
) | st.sampled_from(["x\n\n[00:00:01] I: trap", "x\n\nR: trap", "---", "---\nid: b\n---", "\n\n\n"])


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["I", "R", "Ann: B", "[x]"]), spoken_words),
        min_size=1,
        max_size=6,
    ),
    st.booleans(),
)
def test_any_conversation_is_written_so_that_it_reads_back(tmp_path_factory, said, otter):
    folder = tmp_path_factory.getbasetemp()
    raw, out = folder / "any talk.txt", folder / "any"
    if otter:
        text = "".join(f"{name}  0:{n:02}\n{words}\n\n" for n, (name, words) in enumerate(said))
    else:
        text = "I: begin\n\n" + "".join(
            f"[0:{n:02}] {name}: {w}\n\n" for n, (name, w) in enumerate(said)
        )
    raw.write_bytes(text.encode())
    result = import_files([raw], folder=out, overwrite=True)
    assert len(result.written) + len({fault.file for fault in result.refused}) == 1
    if result.written:
        assert canonical_faults(result.written[0].read_bytes()) == []
        assert len(read_transcript(result.written[0]).turns) >= 1
    else:
        assert {fault.what.partition(";")[0] for fault in result.refused} <= {
            "no known format",
            "a zero byte, which no text has: the file is binary or damaged",
        }
