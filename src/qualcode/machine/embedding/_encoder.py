"""From texts to vectors: texts of one length together, as many at once as there are processors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.errors import ModelError
from qualcode.machine._packages import need, offline, workers
from qualcode.machine.embedding._model_files import ModelFiles, find_model
from qualcode.machine.embedding._onnx import graph_of, open_graph

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

__all__ = ["PRECISIONS", "Encoder", "encoder"]

PRECISIONS = ("float32", "int8")
_TOKENS = 2048  # in a batch
_MOST = 256  # tokens that a model reads at once, where its files do not say


@dataclass(frozen=True, eq=False)
class Encoder:
    """A model that is ready to read.

    Parameters
    ----------
    name, digest : str
        What the user calls it; a fingerprint of it and of how it is run.
    encode : callable
        Takes a sequence of texts, gives an array of float32, texts × dimensions, each row of
        length 1. A text's vector does not depend on the texts beside it.
    """

    name: str
    digest: str
    encode: Callable[[Sequence[str]], Vectors]


@lru_cache(maxsize=4)
def encoder(name: str, precision: str) -> Encoder:
    """Make a model ready: as an ONNX graph where it can be made one, else with torch."""
    files = find_model(name)
    digest = f"{files.digest[:24]}-{precision}"
    if (files.folder / "tokenizer.json").is_file():
        try:
            return Encoder(name, digest, _Graph(files, precision))
        except ModelError:
            if precision != "float32":
                raise
    elif precision != "float32":
        what = f"{name} cannot be read in {precision}: it has no tokenizer.json"
        raise ModelError(what, mend="use precision='float32'")
    return Encoder(name, digest, _torch(files))


class _Graph:
    """Reads with ONNX Runtime."""

    def __init__(self, files: ModelFiles, precision: str) -> None:
        self._tokenizer = need("tokenizers").Tokenizer.from_file(
            str(files.folder / "tokenizer.json")
        )
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._most = _length(files)
        # int8 takes its scale from the whole batch: alone, a text has the same vector always.
        self._tokens = _TOKENS if precision == "float32" else 1
        self._run = open_graph(graph_of(files, precision))

    def __call__(self, texts: Sequence[str]) -> Vectors:
        tokens, owner = [], []
        for number, found in enumerate(self._tokenizer.encode_batch(list(texts))):
            for window in _windows(found.ids, self._most):
                tokens.append(window)
                owner.append(number)
        batches = list(_batches([len(one) for one in tokens], self._tokens))
        arrays = [np.array([tokens[row] for row in rows], dtype=np.int64) for rows in batches]
        with ThreadPoolExecutor(workers()) as pool:
            parts = list(pool.map(self._run, arrays))
        vectors = np.empty((len(tokens), parts[0].shape[1] if parts else 0), dtype=np.float32)
        for rows, part in zip(batches, parts, strict=True):
            vectors[rows] = part
        return _joined(vectors, np.array(owner), [len(one) for one in tokens], len(texts))


def _length(files: ModelFiles) -> int:
    """Say how many tokens a model reads at once."""
    import json

    settings = files.folder / "sentence_bert_config.json"
    found = json.loads(settings.read_text(encoding="utf-8")) if settings.is_file() else {}
    return int(found.get("max_seq_length") or _MOST)


def _windows(ids: list[int], most: int) -> Iterator[list[int]]:
    """Cut what is too long to be read at once into windows of like length.

    A model cuts off what it cannot read; a turn of five minutes would be known by its first.
    """
    if len(ids) <= most:
        yield ids
        return
    first, inner, last = ids[:1], ids[1:-1], ids[-1:]
    many = -(-len(inner) // (most - 2))
    size = -(-len(inner) // many)
    for start in range(0, len(inner), size):
        yield first + inner[start : start + size] + last


def _batches(lengths: list[int], most: int) -> Iterator[list[int]]:
    """Put texts of one length together, the longest first: none is padded."""
    order = sorted(range(len(lengths)), key=lambda row: -lengths[row])
    for length, group in groupby(order, key=lambda row: lengths[row]):
        rows = list(group)
        size = max(1, most // length)
        yield from (rows[start : start + size] for start in range(0, len(rows), size))


def _joined(vectors: Vectors, owner: NDArray[Any], weights: list[int], count: int) -> Vectors:
    """Give each text the mean of its windows, weighted by their lengths."""
    if len(vectors) == count:
        return vectors
    total = np.zeros((count, vectors.shape[1]), dtype=np.float32)
    np.add.at(total, owner, vectors * np.array(weights, dtype=np.float32)[:, None])
    length = np.linalg.norm(total, axis=1, keepdims=True)
    return np.asarray(total / np.maximum(length, 1e-12), dtype=np.float32)


def _torch(files: ModelFiles) -> Callable[[Sequence[str]], Vectors]:
    """Read with sentence-transformers, for models that are no graph."""
    with offline():
        try:
            model = need("sentence_transformers").SentenceTransformer(
                str(files.folder), device="cpu", local_files_only=True
            )
        except (OSError, ValueError, KeyError) as exc:
            what = f"the model cannot be loaded ({type(exc).__name__})"
            mend = "name a sentence-transformers model"
            raise ModelError(what, file=files.folder, mend=mend) from None

    def encode(texts: Sequence[str]) -> Vectors:
        with offline():
            found: Vectors = model.encode(
                list(texts), normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(found, dtype=np.float32)

    return encode
