"""The index on the disk: whole or not at all, made anew when the texts change, and shared."""

from __future__ import annotations

import json
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from qualcode import index_passages, open_study, search
from qualcode.errors import CacheWarning
from qualcode.machine.searching import _nearest
from qualcode.machine.searching._bm25 import WordIndex
from qualcode.machine.searching._kept_index import keep_index
from qualcode.machine.searching._nearest import VectorIndex
from tests._made import write_study

ASKED = {"unit": "sentence", "limit": 5}
QUESTION = "no break on the rota"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Write a small study."""
    return write_study(tmp_path / "study")


def kept(root: Path) -> dict[str, list[str]]:
    """List what is kept of indexes: folders and their files."""
    folders = sorted(one for one in (root / ".qualcode").glob("*search-*") if one.is_dir())
    return {one.name: sorted(file.name for file in one.iterdir()) for one in folders}


def answers(root: Path) -> pd.DataFrame:
    """Open the study anew and ask."""
    return search(open_study(root), QUESTION, **ASKED)


def test_it_is_kept_and_used_again(root, monkeypatch):
    first = answers(root)
    meaning, said = kept(root)
    assert meaning.startswith("search-meaning-sentence-interviewees-")
    assert said.startswith("search-words-sentence-interviewees-")
    assert kept(root)[meaning] == ["files.json", "vectors.npy"]
    assert (root / ".qualcode" / ".gitignore").read_text() == "*\n"
    monkeypatch.setattr(VectorIndex, "of", None)
    monkeypatch.setattr(WordIndex, "of", None)
    pd.testing.assert_frame_equal(answers(root), first)


def test_a_changed_transcript_makes_a_new_one_and_removes_the_old(root):
    answers(root)
    before = kept(root)
    path = root / "transcripts_anonymised" / "ward-10.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("The rota does.", "No break, the rota says."), encoding="utf-8")
    after = answers(root)
    assert after["words"].iloc[0] == "No break, the rota says."
    assert len(kept(root)) == len(before) == 2
    assert not set(kept(root)) & set(before)


def test_each_unit_has_its_own(root):
    study = open_study(root)
    for unit in ("turn", "sentence", "segment"):
        search(study, QUESTION, unit=unit)
    assert len(kept(root)) == 6


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(path.read_bytes()[:-7]),
        lambda path: path.write_bytes(path.read_bytes()[:-7] + b"\xff" * 7),
        lambda path: path.write_bytes(b""),
    ],
    ids=["gone", "cut", "changed", "empty"],
)
@pytest.mark.parametrize("name", ["vectors.npy", "indices.csc.index.npy", "files.json"])
def test_a_broken_one_is_made_again_with_a_notice(root, name, spoil):
    first = answers(root)
    before = kept(root)
    for path in (root / ".qualcode").glob(f"search-*/{name}"):
        spoil(path)
    with pytest.warns(CacheWarning, match=r"search-\w+-sentence.*was broken and is made again"):
        again = answers(root)
    pd.testing.assert_frame_equal(again, first)
    assert kept(root) == before
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        answers(root)


def test_a_folder_that_cannot_be_written_is_only_noticed(root):
    (root / ".qualcode").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.warns(CacheWarning, match="not kept"):
        found = answers(root)
    assert len(found) == 5


class Fails:
    """An index that cannot be written."""

    def save(self, folder: Path) -> None:
        (folder / "half").write_bytes(b"half")
        raise OSError(28, "No space left on device")

    @classmethod
    def load(cls, folder: Path) -> Fails:
        raise AssertionError("nothing was written")


def test_a_full_disk_leaves_nothing_behind(tmp_path):
    made = Fails()
    with pytest.warns(CacheWarning, match="No space left on device"):
        assert keep_index(tmp_path, "search-x", "1", Fails, lambda: made) is made
    assert [one.name for one in tmp_path.iterdir() if one.is_dir()] == []


def test_what_a_killed_process_left_is_removed(tmp_path):
    (tmp_path / ".search-x.new").mkdir()
    (tmp_path / ".search-x.new" / "half").write_bytes(b"half")
    vectors = np.eye(3, 4, dtype=np.float32)
    keep_index(tmp_path, "search-x", "1", VectorIndex, lambda: VectorIndex.of(vectors))
    assert [one.name for one in tmp_path.iterdir() if one.is_dir()] == ["search-x-1"]
    listed = json.loads((tmp_path / "search-x-1" / "files.json").read_text())
    assert list(listed) == ["vectors.npy"]


CHILD = """
import sys
from qualcode import open_study, search
from qualcode.machine.searching._kept_index import _write
import qualcode.machine.searching._kept_index as kept
def counted(*given):
    print("made", flush=True)
    _write(*given)
kept._write = counted
found = search(open_study(sys.argv[1]), "no break on the rota", unit="sentence", limit=5)
print(found["place"].tolist(), flush=True)
"""


def test_two_processes_make_it_once_and_answer_alike(root):
    children = [
        subprocess.Popen(
            [sys.executable, "-W", "error::UserWarning:qualcode", "-c", CHILD, str(root)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    told = [child.communicate(timeout=100) for child in children]
    assert [child.returncode for child in children] == [0, 0], told
    lines = [out.splitlines() for out, _ in told]
    assert sum(one.count("made") for one in lines) == 2  # words and vectors, once each
    assert lines[0][-1] == lines[1][-1] == str(answers(root)["place"].tolist())
    assert len(kept(root)) == 2


def unit_vectors(rng: np.random.Generator, many: int) -> np.ndarray:
    made = rng.standard_normal((many, 24)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


@pytest.mark.parametrize("share", [1.0, 0.5, 0.01])
def test_many_vectors_give_what_all_products_give(monkeypatch, tmp_path, share):
    rng = np.random.default_rng(5)
    vectors, asked = unit_vectors(rng, 4_000), unit_vectors(rng, 10)
    keep = None if share == 1 else rng.random(4_000) < share
    exact = VectorIndex.of(vectors)
    monkeypatch.setattr(_nearest, "EXACT_MOST", 1_000)
    many = keep_index(tmp_path, "search-x", "1", VectorIndex, lambda: VectorIndex.of(vectors))
    files = sorted(one.name for one in (tmp_path / "search-x-1").iterdir())
    assert files == ["files.json", "levels.npy", "step.npy", "vectors.npy"]
    for one in asked:
        wanted = exact.nearest(one, 10, keep).tolist()
        assert many.nearest(one, 10, keep).tolist() == wanted
        assert keep is None or keep[wanted].all()
        products = np.where(True if keep is None else keep, vectors @ one, -2)
        assert set(wanted) == set(np.argsort(-products)[:10].tolist())


def test_few_that_a_filter_leaves_are_all_found(monkeypatch):
    monkeypatch.setattr(_nearest, "EXACT_MOST", 10)
    rng = np.random.default_rng(6)
    index = VectorIndex.of(unit_vectors(rng, 500))
    keep = np.zeros(500, bool)
    keep[[3, 400, 77]] = True
    assert sorted(index.nearest(unit_vectors(rng, 1)[0], 20, keep).tolist()) == [3, 77, 400]


def test_like_vectors_stand_in_order_of_place(monkeypatch):
    monkeypatch.setattr(_nearest, "EXACT_MOST", 10)
    same = np.repeat(unit_vectors(np.random.default_rng(7), 1), 333, axis=0)
    assert VectorIndex.of(same).nearest(same[0], 5).tolist() == [0, 1, 2, 3, 4]


def test_a_search_of_many_is_that_of_few(root, monkeypatch):
    few = answers(root)
    monkeypatch.setattr(_nearest, "EXACT_MOST", 3)
    for folder in (root / ".qualcode").glob("search-meaning-*"):
        for file in folder.iterdir():
            file.unlink()
    with pytest.warns(CacheWarning, match="made again"):
        many = answers(root)
    assert any("levels.npy" in files for files in kept(root).values())
    pd.testing.assert_frame_equal(many, few)


def test_a_study_without_a_folder_is_indexed_in_memory(tmp_path, monkeypatch):
    from qualcode import example_study

    monkeypatch.chdir(tmp_path)
    assert len(index_passages(example_study()).search("break")) > 0
    assert list(tmp_path.iterdir()) == []
