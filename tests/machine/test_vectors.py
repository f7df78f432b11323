"""Vectors kept on disk: two processes lose nothing, and what is broken is made again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import warnings

import numpy as np
import pytest

from qualcode.errors import CacheWarning
from qualcode.machine.embedding._vectors import VectorFile, fingerprint
from qualcode.machine.embedding.embed import embed

COUNT = 300


def made(many=COUNT, width=384):
    keys = [fingerprint(f"text {n}") for n in range(many)]
    return keys, np.random.default_rng(0).normal(size=(many, width)).astype("float32")


@pytest.fixture
def filled(tmp_path):
    """Keep some vectors: their folder, keys, the vectors, and the file."""
    keys, vectors = made()
    VectorFile(tmp_path, "model").write(keys, vectors)
    return tmp_path, keys, vectors, tmp_path / "vectors-model.sqlite"


def test_what_was_kept_is_found_to_the_bit(filled):
    folder, keys, vectors, _ = filled
    found = VectorFile(folder, "model").read(keys[::-1])
    assert list(found) != []
    assert (np.stack([found[key] for key in keys]) == vectors).all()
    assert VectorFile(folder, "another model").read(keys) == {}
    assert VectorFile(folder, "model").read([fingerprint("not kept")]) == {}


def test_git_is_told_to_leave_the_folder_alone(filled):
    assert (filled[0] / ".gitignore").read_text(encoding="utf-8") == "*\n"


WRITE = """
    import sys
    from pathlib import Path
    import numpy as np
    from qualcode.machine.embedding._vectors import VectorFile, fingerprint
    kept = VectorFile(Path(sys.argv[1]), "model")
    own = int(sys.argv[2])
    print("ready", flush=True)
    for start in range(0, int(sys.argv[3]), 10):
        numbers = [10_000 * own + start + n for n in range(10)]
        vectors = np.array([[n] * 384 for n in numbers], dtype="float32")
        kept.write([fingerprint(f"number {n}") for n in numbers], vectors)
"""


def start_writing(folder, own, many):
    command = [sys.executable, "-W", "error", "-c", textwrap.dedent(WRITE), folder, own, many]
    return subprocess.Popen(
        [str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def numbers_kept(folder, many):
    """Read what two writers kept, and check that each vector is whole and the right one."""
    asked = {
        fingerprint(f"number {own * 10_000 + n}"): own * 10_000 + n
        for own in (0, 1)
        for n in range(many)
    }
    found = VectorFile(folder, "model").read(list(asked))
    assert all((vector == asked[key]).all() for key, vector in found.items())
    return len(found)


def test_two_processes_that_write_at_once_lose_nothing(tmp_path):
    writers = [start_writing(tmp_path, own, 300) for own in (0, 1)]
    for writer in writers:
        _, said = writer.communicate(timeout=120)
        assert (writer.returncode, said) == (0, "")
    assert numbers_kept(tmp_path, 300) == 600


@pytest.mark.parametrize("times", [0, 1, 2, 3])
def test_a_process_killed_while_it_writes_leaves_a_file_that_can_be_used(tmp_path, times):
    writer = start_writing(tmp_path, 0, 9_000)
    assert writer.stdout.readline() == "ready\n"
    path = tmp_path / "vectors-model.sqlite"
    while times and not (path.exists() and path.stat().st_size > 20_000 * times):
        assert writer.poll() is None
    os.kill(writer.pid, signal.SIGKILL)
    writer.communicate()
    numbers_kept(tmp_path, 9_000)  # warnings are errors: nothing is broken
    keys, vectors = made(5)
    VectorFile(tmp_path, "model").write(keys, vectors)
    assert len(VectorFile(tmp_path, "model").read(keys)) == 5


def test_a_file_without_its_table_is_filled(tmp_path):
    """A process that died before its first vector was kept leaves one."""
    (tmp_path / "vectors-model.sqlite").write_bytes(b"")
    keys, vectors = made(3)
    kept = VectorFile(tmp_path, "model")
    assert kept.read(keys) == {}
    kept.write(keys, vectors)
    assert len(VectorFile(tmp_path, "model").read(keys)) == 3


def spoil(path, how):
    whole = path.read_bytes()
    half = len(whole) // 2
    path.write_bytes(
        {
            "rubbish": b"\x00\xff rubbish" * 1000,
            "cut": whole[:half],
            "cut to a page": whole[:4096],
            "middle": whole[:half] + b"\xff" * 8192 + whole[half + 8192 :],
            "head": b"\xff" * 100 + whole[100:],
        }[how]
    )


@pytest.mark.parametrize("how", ["rubbish", "cut", "cut to a page", "middle", "head"])
def test_a_broken_file_is_said_and_made_again(filled, how):
    folder, keys, vectors, path = filled
    spoil(path, how)
    kept = VectorFile(folder, "model")
    with pytest.warns(CacheWarning, match=r"broken and are made again|found broken"):
        found = kept.read(keys)
    at = {key: number for number, key in enumerate(keys)}
    assert all((vector == vectors[at[key]]).all() for key, vector in found.items())
    kept.write(keys, vectors)
    assert len(VectorFile(folder, "model").read(keys)) == COUNT


def test_a_byte_that_flipped_in_a_vector_costs_that_vector_only(filled):
    folder, keys, vectors, path = filled
    whole = bytearray(path.read_bytes())
    place = whole.index(vectors[7].tobytes()[:64])
    whole[place + 5] ^= 1
    path.write_bytes(whole)
    kept = VectorFile(folder, "model")
    with pytest.warns(CacheWarning, match=r"1 kept vector found broken"):
        found = kept.read(keys)
    assert set(keys) - set(found) == {keys[7]}
    kept.write(keys[7:8], vectors[7:8])
    assert len(VectorFile(folder, "model").read(keys)) == COUNT


def test_any_flipped_byte_gives_the_right_vector_or_none(filled):
    folder, keys, vectors, path = filled
    whole = path.read_bytes()
    at = {key: number for number, key in enumerate(keys)}
    rng = np.random.default_rng(1)
    for place in rng.integers(len(whole), size=60).tolist():
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", CacheWarning)  # some bytes are of nothing
            found = VectorFile(folder, "model").read(keys)
        assert all((vector == vectors[at[key]]).all() for key, vector in found.items())


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.warns(CacheWarning, match="vectors are not kept .*; all goes on without"):
        vectors = embed(["no break all night"], cache=tmp_path / "file")
    assert np.allclose(vectors, embed(["no break all night"]), atol=1e-6)


def test_it_is_said_once_that_nothing_can_be_kept(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    kept = VectorFile(tmp_path / "file", "model")
    keys, vectors = made(2)
    with pytest.warns(CacheWarning, match="not kept"):
        kept.write(keys, vectors)
    kept.write(keys, vectors)  # another warning would be an error


def test_a_spoiled_file_changes_no_vector(tmp_path):
    texts = ["no break all night", "the car park is full"]
    wanted = embed(texts, cache=tmp_path)
    path = next(tmp_path.glob("*.sqlite"))
    spoil(path, "rubbish")
    with pytest.warns(CacheWarning, match="made again"):
        assert (embed(texts, cache=tmp_path) == wanted).all()
    assert (embed(texts, cache=tmp_path) == wanted).all()


def test_texts_are_told_apart_to_the_code_point():
    texts = ["a", "a ", "A", "á", "a\u0301", "\ud800", "", "\x00"]
    assert len({fingerprint(text) for text in texts}) == len(texts)
    assert {len(fingerprint(text)) for text in texts} == {16}
