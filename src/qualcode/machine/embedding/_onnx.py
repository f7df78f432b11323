"""A model as an ONNX graph: written once a machine, then read without torch."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import warnings
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.errors import CacheWarning, ModelError
from qualcode.machine._packages import need, offline

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qualcode.machine.embedding._model_files import ModelFiles

__all__ = ["graph_of", "open_graph", "user_cache"]

_LOG = logging.getLogger(__name__)
_FORM = 2  # of the graph that is written; another number makes it anew
_PROBES = ("A short sentence.", "And one that is a little longer than the first, to pad it.")
_NEAR = 0.9999


def user_cache() -> Path:
    """Say where models' graphs are kept: the folder in QUALCODE_CACHE, or the system's own."""
    given = os.environ.get("QUALCODE_CACHE")
    return Path(given) if given else Path(need("platformdirs").user_cache_dir("qualcode", False))


def graph_of(files: ModelFiles, precision: str) -> Path:
    """Give the file of a model's graph, written first if there is none.

    Two processes that want it at once wait for each other. Raises `ModelError` if the model
    cannot be made a graph that gives what the model gives.
    """
    folder = user_cache() / "models"
    path = folder / f"{files.digest[:24]}-{_FORM}-{precision}.onnx"
    if _is_whole(path):
        return path
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with need("filelock").FileLock(folder / f"{path.name}.lock"):
            if not _is_whole(path):
                if path.exists():
                    what = f"{path}: the model's graph was broken and is made again"
                    warnings.warn(what, CacheWarning, stacklevel=2)
                _write(files, path, precision)
    except OSError as exc:
        mend = "set QUALCODE_CACHE to a folder that may be written"
        what = f"the model's graph cannot be written: {exc.strerror or type(exc).__name__}"
        raise ModelError(what, file=path, mend=mend) from None
    return path


def _is_whole(path: Path) -> bool:
    """Tell whether a graph is what was written: one with a flipped byte gives other vectors."""
    try:
        return path.is_file() and int(_sum_of(path).read_bytes()) == _checksum(path)
    except (OSError, ValueError):
        return False


def _sum_of(path: Path) -> Path:
    return path.with_suffix(".crc")


def _checksum(path: Path) -> int:
    found = 0
    with path.open("rb") as stream:
        while block := stream.read(1 << 22):
            found = zlib.crc32(block, found)
    return found


def open_graph(path: Path) -> Callable[[NDArray[Any]], NDArray[np.float32]]:
    """Give a function from token numbers, texts × tokens, to vectors, texts × dimensions."""
    runtime = need("onnxruntime")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = 1  # texts run beside each other instead: see _encoder
    options.log_severity_level = 3
    try:
        session = runtime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as exc:  # noqa: BLE001 - the runtime's errors have no parent but this
        path.unlink(missing_ok=True)
        what = f"the model's graph is broken ({type(exc).__name__}) and was thrown away"
        raise ModelError(what, file=path, mend="run the same again") from None

    def run(tokens: NDArray[Any]) -> NDArray[np.float32]:
        found: NDArray[np.float32] = session.run(
            None, {"input_ids": tokens, "attention_mask": tokens * 0 + 1}
        )[0]
        return found

    return run


def _write(files: ModelFiles, path: Path, precision: str) -> None:
    """Write the graph beside its place and put it there when it is proved."""
    scratch = path.parent / f".{secrets.token_hex(8)}"
    scratch.mkdir()
    try:
        plain = graph_of(files, "float32") if precision == "int8" else scratch / "plain.onnx"
        made = plain
        if precision == "int8":
            made = scratch / "int8.onnx"
            _quantize(plain, made)
        else:
            _export(files, plain)
        _sum_of(path).write_text(f"{_checksum(made)}\n", encoding="utf-8")
        made.replace(path)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _export(files: ModelFiles, path: Path) -> None:
    _LOG.info("writing the graph of %s", files.name)
    torch, sentences = need("torch"), need("sentence_transformers")
    with offline():
        model = sentences.SentenceTransformer(
            str(files.folder),
            device="cpu",
            local_files_only=True,
            model_kwargs={"attn_implementation": "eager"},
        ).eval()

        class Sentence(torch.nn.Module):  # type: ignore[misc, name-defined]
            """The whole model, pooling included, as a function of two tensors."""

            def __init__(self) -> None:
                super().__init__()
                self.model = model

            def forward(self, input_ids: Any, attention_mask: Any) -> Any:
                given = {"input_ids": input_ids, "attention_mask": attention_mask}
                vectors = self.model(given)["sentence_embedding"]
                return torch.nn.functional.normalize(vectors, dim=1)

        tokens = torch.ones(2, 8, dtype=torch.long)
        free = {0: "texts", 1: "tokens"}
        torch.onnx.export(
            Sentence().eval(),
            (tokens, tokens),
            str(path),
            input_names=["input_ids", "attention_mask"],
            output_names=["vectors"],
            dynamic_axes={"input_ids": free, "attention_mask": free, "vectors": {0: "texts"}},
            opset_version=17,
            dynamo=False,
        )
        _prove(model, path)


def _prove(model: Any, path: Path) -> None:
    """Refuse a graph that does not give what the model gives."""
    import numpy as np

    run = open_graph(path)
    for text in _PROBES:
        wanted = model.encode([text], normalize_embeddings=True, show_progress_bar=False)
        given = run(np.asarray(model.tokenizer([text])["input_ids"], dtype=np.int64))
        if float((wanted * given).sum()) < _NEAR:
            raise ModelError("the model cannot be made a graph that gives the same vectors")


def _quantize(plain: Path, path: Path) -> None:
    # Seven bits for the weights: with eight, sums run over on processors without VNNI, and the
    # same text gets another vector there.
    quantization = need("onnxruntime.quantization")
    logging.getLogger().disabled, was = True, logging.getLogger().disabled
    try:
        quantization.quantize_dynamic(
            str(plain),
            str(path),
            weight_type=quantization.QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
        )
    finally:
        logging.getLogger().disabled = was
