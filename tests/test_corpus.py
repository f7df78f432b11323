"""Reading a folder of transcripts as one corpus, and its frames."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.errors import EncodingError, SourceError, StudyError, TranscriptError
from qualcode.frames import FRAMES
from qualcode.model import Speaker, Transcript
from qualcode.sources import _files, _held
from qualcode.sources._decode import has_controls, is_plainly_canonical, normalise
from qualcode.sources.canonical import canonical_faults, write_transcript
from qualcode.sources.corpus import Corpus, read_transcripts


def canonical(name: str, text: str = "INT: Hello\n\nBAK: Hi there\n", **more: str) -> str:
    extra = "".join(f"{key}: {value}\n" for key, value in more.items())
    return (
        f"---\nid: {name}\nbody: Bakery {name}\nspeakers:\n"
        f"  - {{label: INT, role: Interviewer}}\n  - {{label: BAK, role: Baker}}\n{extra}---\n{text}"
    )


def fill(folder, names, **more):
    for name in names:
        data = canonical(name, **more).encode()
        (folder / f"{name}.txt").write_bytes(data)


@pytest.fixture
def bakeries() -> Corpus:
    return Corpus.from_transcripts(
        [
            Transcript(
                "bakery-2",
                "[00:00:04] INT: When do you start?\n\n[00:01:30] BAK: At three.\nEvery night.\n",
                body="Bakery 2",
                body_type="bakery",
                date=date(2025, 3, 9),
                speakers=(Speaker("INT", "Interviewer"), Speaker("BAK", "Baker")),
                synthetic=True,
                attributes={"ovens": 3, "shift": "night", "open": True, "tools": ("peel",)},
            ),
            Transcript(
                "bakery-10",
                "A: Bread 🥖 only.\n\nB: Yes\n\nA: No\n",
                body="Bakery 10",
                speakers=(
                    Speaker("A", "Baker"),
                    Speaker("B", "Baker"),
                    Speaker("I", " interviewer"),
                ),
                attributes={"ovens": None, "shift": 2},
            ),
        ]
    )


# --- a mapping, in order, read when asked ---------------------------------------------------------


def test_a_corpus_is_a_mapping_in_natural_order(tmp_path):
    fill(tmp_path, ["ward-10", "ward-2", "ward-1", "Ward-3", "a2b10", "a2b9"])
    corpus = read_transcripts(tmp_path)
    assert list(corpus) == ["a2b9", "a2b10", "ward-1", "ward-2", "Ward-3", "ward-10"]
    assert isinstance(corpus, Mapping)
    assert len(corpus) == 6
    assert "ward-2" in corpus
    assert "ward-4" not in corpus
    assert ["x"] not in corpus
    assert corpus["ward-2"].body == "Bakery ward-2"
    assert corpus["ward-2"] is corpus["ward-2"]
    assert corpus == Corpus.from_transcripts(corpus.values())


def test_texts_are_read_at_once_and_the_rest_when_asked(tmp_path, monkeypatch):
    fill(tmp_path, ["a", "b"])
    seen = []
    inspect = _held.inspect_parts
    monkeypatch.setattr(_held, "inspect_parts", lambda *args: seen.append(1) or inspect(*args))
    corpus = read_transcripts(tmp_path)
    assert (len(corpus), repr(corpus), "a" in corpus, seen) == (
        2,
        "<Corpus of 2 transcripts, 'a' to 'b'>",
        True,
        [],
    )
    for path in tmp_path.iterdir():
        path.unlink()
    assert corpus["a"].text == "INT: Hello\n\nBAK: Hi there\n"
    assert corpus["a"].path == tmp_path / "a.txt"
    assert len(seen) == 1


def test_a_corpus_is_frozen_no_mutate(bakeries):
    with pytest.raises(FrozenInstanceError, match="folder"):
        bakeries.folder = None
    with pytest.raises(TypeError, match="does not support item assignment"):
        bakeries["x"] = None


def test_threads_may_read_it_together(tmp_path):
    fill(tmp_path, [f"a{n}" for n in range(40)])
    corpus = read_transcripts(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda key: corpus[key].body, [*corpus] * 8))
    assert found == [f"Bakery {key}" for key in corpus] * 8


def test_an_unknown_id_is_a_key_error_with_near_ones(bakeries):
    with pytest.raises(KeyError, match=r"no transcript 'bakery-3'\. Mend: did you mean 'bakery-"):
        bakeries["bakery-3"]
    with pytest.raises(SourceError, match=r"no transcript 'zzz'\. Mend: ids such as 'bakery-2'$"):
        bakeries["zzz"]
    with pytest.raises(SourceError, match=r"no transcript '\[\]'"):
        bakeries[[]]
    assert bakeries.get("zzz") is None


def test_what_was_read_in_another_form_is_normalised(tmp_path):
    loose = canonical("a", "INT: cafe\u0301\n").replace("\n", "\r\n")
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + loose.encode())
    corpus = read_transcripts(tmp_path)
    assert corpus["a"].text == "INT: café\n"
    assert [fault.what[:20] for fault in corpus.faults()] == [
        "a byte-order mark at",
        "line ends are CRLF o",
        "not in Unicode's com",
    ]


@pytest.mark.parametrize(
    "text", ["INT: é ß ’ “x” €\n", "INT: 👩‍🍳\n", "INT: שלום\n", "INT: \u2001\n", "INT: \u0344\n"]
)
def test_any_script_is_read_as_one_transcript_alone_is(tmp_path, text):
    from qualcode.sources.canonical import read_transcript

    (tmp_path / "a.txt").write_bytes(canonical("a", text).encode())
    assert read_transcripts(tmp_path)["a"] == read_transcript(tmp_path / "a.txt")


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        st.characters(exclude_categories=["Cs"]) | st.sampled_from("e\u0301ᄀ가ᅡᆨ\r\x85’é"),
        max_size=40,
    )
)
def test_what_is_plainly_canonical_needs_no_change(text):
    data = text.encode()
    padded = data + b"." * len(data) * 10  # only a file mostly in ASCII is looked at so quickly
    if is_plainly_canonical(padded):
        assert canonical_faults(padded) == []
        assert normalise(padded.decode()) == padded.decode()
    assert has_controls(data) is any(
        (c < " " and c not in "\t\n") or "\x7f" <= c < "\xa0" for c in text
    )


# --- faults ---------------------------------------------------------------------------------------


def test_a_faulty_file_is_told_when_it_is_asked_for(tmp_path):
    fill(tmp_path, ["a"])
    (tmp_path / "b.txt").write_text(canonical("b", "nobody speaks\n"))
    (tmp_path / "c.txt").write_text("INT: no front matter\n")
    (tmp_path / "d.txt").write_text(canonical("other"))
    (tmp_path / "e.txt").write_text("---\nid: [\n---\nINT: x\n")
    corpus = read_transcripts(tmp_path)
    assert list(corpus) == ["a", "b", "c", "e", "other"]
    with pytest.raises(TranscriptError, match=r"b\.txt:8: no turn"):
        corpus["b"]
    with pytest.raises(TranscriptError, match=r"c\.txt:1: no front matter"):
        corpus["c"]
    with pytest.raises(
        TranscriptError, match=r"d\.txt:2: id 'other' is not the name of the file, 'd'"
    ):
        corpus["other"]
    expected = [("b.txt", 8), ("c.txt", 1), ("d.txt", 2), ("e.txt", 3)]
    for _ in range(2):
        assert [(fault.file.name, fault.line) for fault in corpus.faults()] == expected
    assert corpus.notes() == []


def test_notes_of_all_transcripts(tmp_path):
    (tmp_path / "a.txt").write_text(canonical("a", "INT: x\n"))
    (tmp_path / "b.txt").write_text(canonical("b", "nothing"))
    assert [note.what for note in read_transcripts(tmp_path).notes()] == [
        "speaker 'BAK' never speaks"
    ]


@pytest.mark.parametrize(
    "second", ["id: a\n", "id: 'a'\n", "'id': a\n", "x: 1\nid:   a\n", "{id: a}\n"]
)
def test_two_files_with_one_id_are_one_error_that_names_both(tmp_path, second):
    fill(tmp_path, ["a"])
    (tmp_path / "b.txt").write_text(f"---\n{second}---\nINT: x\n")
    with pytest.raises(TranscriptError, match=r"b\.txt:[23]: the id 'a' is that of .*a\.txt too"):
        read_transcripts(tmp_path)
    corpus = read_transcripts(tmp_path, strict=False)
    assert list(corpus) == ["a"]
    assert len(corpus.left_out) == 1


def test_two_transcripts_with_one_id_are_refused():
    with pytest.raises(TranscriptError, match="'a' is that of a transcript without a file too"):
        Corpus.from_transcripts([Transcript("a", ""), Transcript("a", "")])


def test_all_unreadable_files_are_listed_at_once(tmp_path, monkeypatch):
    fill(tmp_path, ["a", "b", "c"])
    (tmp_path / "b.txt").write_bytes("Käse".encode("latin-1"))
    (tmp_path / "c.txt").write_bytes("Käse".encode("utf-16"))
    with pytest.raises(EncodingError, match="2 faults") as error:
        read_transcripts(tmp_path)
    assert [fault.file for fault in error.value.faults] == [
        tmp_path / "b.txt",
        tmp_path / "c.txt",
    ]
    real = _held.read_bytes

    def read(path):
        if str(path).endswith("a.txt"):
            raise _files.SourceError("no permission to read the file", file=path)
        return real(path)

    monkeypatch.setattr(_held, "read_bytes", read)
    with pytest.raises(SourceError, match=r"3 faults:\n.*a\.txt: no permission"):
        read_transcripts(tmp_path)
    corpus = read_transcripts(tmp_path, strict=False)
    assert (len(corpus), len(corpus.left_out), len(corpus.faults())) == (0, 3, 3)


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (PermissionError(13, "x"), "no permission to read the folder. Mend: ask"),
        (OSError(5, "Input/output error"), "the folder cannot be read: Input/output error"),
    ],
)
def test_a_folder_that_cannot_be_read(tmp_path, monkeypatch, error, what):
    def refuse(folder):
        raise error

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(StudyError, match=what):
        read_transcripts(tmp_path)


def test_no_folder_and_an_empty_one(tmp_path):
    with pytest.raises(StudyError, match=r"none: there is no such folder\. Mend: check"):
        read_transcripts(tmp_path / "none")
    (tmp_path / "file").write_text("")
    with pytest.raises(StudyError, match="this is a file, not a folder"):
        read_transcripts(tmp_path / "file")
    with pytest.raises(StudyError, match=r"no transcript \*\.txt .*only file\)\. Mend: bring"):
        read_transcripts(tmp_path)
    assert len(read_transcripts(tmp_path, strict=False)) == 0


def test_what_is_no_transcript_is_ignored_and_listed(tmp_path):
    fill(tmp_path, ["a"])
    for name in ("notes.docx", "B.TXT", ".hidden.txt", ".DS_Store", "a.txt~"):
        (tmp_path / name).write_text("x")
    (tmp_path / "folder.txt").mkdir()
    corpus = read_transcripts(tmp_path)
    assert list(corpus) == ["a"]
    assert corpus.ignored == ("a.txt~", "B.TXT", "folder.txt", "notes.docx")


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_a_link_that_leads_nowhere_is_not_passed_over(tmp_path):
    fill(tmp_path, ["a"])
    (tmp_path / "b.txt").symlink_to(tmp_path / "gone.txt")
    with pytest.raises(SourceError, match=r"b\.txt: there is no such file"):
        read_transcripts(tmp_path)


# --- frames ---------------------------------------------------------------------------------------


def assert_frame(frame: pd.DataFrame, name: str, rows: list[tuple[object, ...]]) -> None:
    assert {column: str(dtype) for column, dtype in frame.dtypes.items()} == FRAMES[name]
    expected = pd.DataFrame(rows, columns=list(FRAMES[name])).astype(FRAMES[name])
    pd.testing.assert_frame_equal(frame, expected)


def test_interviews(bakeries):
    assert_frame(
        bakeries.interviews,
        "interviews",
        [
            ("bakery-2", "Bakery 2", "bakery", "2025-03-09", 2, "Baker", True, 2, 8, 1.5),
            ("bakery-10", "Bakery 10", "", None, 3, "Baker", False, 3, 5, float("nan")),
        ],
    )


def test_turns_point_at_their_words(bakeries):
    turns = bakeries.turns
    assert_frame(
        turns,
        "turns",
        [
            ("bakery-2", "Bakery 2", 1, "INT", "Interviewer", 4.0, 16, 34, "When do you start?"),
            ("bakery-2", "Bakery 2", 2, "BAK", "Baker", 90.0, 52, 74, "At three.\nEvery night."),
            ("bakery-10", "Bakery 10", 1, "A", "Baker", float("nan"), 3, 16, "Bread 🥖 only."),
            ("bakery-10", "Bakery 10", 2, "B", "Baker", float("nan"), 21, 24, "Yes"),
            ("bakery-10", "Bakery 10", 3, "A", "Baker", float("nan"), 29, 31, "No"),
        ],
    )
    for row in turns.itertuples():
        assert bakeries[row.transcript_id].text[row.start : row.end] == row.text


def test_attributes_have_a_column_each(bakeries):
    frame = bakeries.attributes
    assert {column: str(dtype) for column, dtype in frame.dtypes.items()} == {
        "transcript_id": "str",
        "open": "boolean",
        "ovens": "Int64",
        "shift": "str",
        "tools": "str",
    }
    plain = frame.astype(object).where(frame.notna(), None)
    assert plain.to_dict("list") == {
        "transcript_id": ["bakery-2", "bakery-10"],
        "open": [True, None],
        "ovens": [3, None],
        "shift": ["night", "2"],
        "tools": ['["peel"]', None],
    }


def test_frames_of_an_empty_corpus_have_their_columns():
    empty = Corpus.from_transcripts([])
    assert_frame(empty.interviews, "interviews", [])
    assert_frame(empty.turns, "turns", [])
    assert (list(empty.attributes), len(empty.attributes)) == (["transcript_id"], 0)
    assert (repr(empty), empty._repr_html_()) == (
        "<Corpus of 0 transcripts>",
        "<div><p><b>0 transcripts</b></p></div>",
    )


def test_a_faulty_transcript_stops_a_frame(tmp_path):
    fill(tmp_path, ["a"])
    (tmp_path / "b.txt").write_text(canonical("b", "nobody\n"))
    with pytest.raises(TranscriptError, match=r"b\.txt:8: no turn"):
        _ = read_transcripts(tmp_path).interviews


def test_html_is_short_escaped_and_says_what_is_synthetic(tmp_path):
    for number in range(12):
        write_transcript(
            Transcript(
                f"w{number}",
                "I: <b>x</b>\n",
                body="<script>alert(1)</script> & co",
                speakers=(Speaker("I"),),
                synthetic=number == 0,
            ),
            tmp_path / f"w{number}.txt",
        )
    (tmp_path / "w1.txt").write_text("broken")
    html = read_transcripts(tmp_path)._repr_html_()
    assert "<script>" not in html
    assert (
        "<td>w0</td><td>&lt;script&gt;alert(1)&lt;/script&gt; &amp; co</td><td>1</td><td>1</td>"
        in html
    )
    assert html.count("synthetic") == 1
    assert "<td>w1</td><td></td><td></td><td></td><td>1 fault</td>" in html
    assert html.endswith("<p>… and 2 more</p></div>")
    assert html.count("<tr>") == 11


def test_marks_of_a_merge_are_faults_of_the_corpus_and_of_the_transcript(tmp_path):
    fill(tmp_path, ["a1"])
    text = "INT: Hello\n\n<<<<<<< HEAD\nBAK: a\n=======\nBAK: b\n>>>>>>> theirs\n"
    fill(tmp_path, ["a2"], text=text)
    corpus = read_transcripts(tmp_path)
    assert [(fault.file.name, fault.line) for fault in corpus.faults()] == [
        ("a2.txt", line) for line in (10, 12, 14)
    ]
    with pytest.raises(TranscriptError, match=r"a2\.txt:10: a mark of Git's.*settle the merge"):
        corpus["a2"]
