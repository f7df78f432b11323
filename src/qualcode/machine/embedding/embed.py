"""Texts as vectors: what search, suggestions and topics are made on."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import ModelError, UnknownValueError, clip
from qualcode.machine.embedding._model_files import DEFAULT

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qualcode.machine.embedding._encoder import Encoder
    from qualcode.study import Study

__all__ = ["DEFAULT", "cache_of", "embed"]

_CHUNK = 2048  # texts between two writes to the disk
_WORTH_A_BAR = 1000


def embed(
    texts: Iterable[str],
    *,
    model: str = DEFAULT,
    precision: str = "float32",
    cache: Path | str | None = None,
    progress: bool | None = None,
) -> NDArray[np.float32]:
    """Turn texts into vectors that lie near each other where the texts mean alike.

    Runs on this machine alone: nothing asks the network. A text that is longer than the model
    reads at once is read in windows, and gets their mean, weighted by length.

    Parameters
    ----------
    texts : iterable of str, n of them
        Turns, sentences, quotes.
    model : str, default 'all-MiniLM-L6-v2'
        The default comes with ``qualcode[machine]``. Else the folder of a sentence-transformers
        model, or the name of one that was fetched to this machine before.
    precision : {'float32', 'int8'}, default 'float32'
        ``int8`` is about twice as quick as ``float32``, which is about twice as quick as plain
        sentence-transformers. Its vectors differ a little between kinds of processor, so tables
        made from them may too; see ARCHITECTURE.
    cache : Path or str, optional
        A folder in which vectors are kept by the text and the model, for the next time; two
        processes may share it. By default nothing is kept.
    progress : bool, optional
        Whether to show a bar. By default for more than 1,000 texts, and not in CI.

    Returns
    -------
    numpy.ndarray of float32, shape (n, dimensions)
        Rows of length 1 (so that a product of two is their cosine), in the order of the texts.

    Raises
    ------
    ModelError
        If a package or the model is not there; the message has the line that brings it.
    UnknownValueError
        If there is no such precision.

    Warns
    -----
    CacheWarning
        If what was kept is broken, and made again; or if nothing can be kept.

    References
    ----------
    Reimers, N. & Gurevych, I. (2019). Sentence-BERT. EMNLP-IJCNLP 2019, 3982-3992.

    Examples
    --------
    >>> vectors = embed(["no break all night", "never a pause at night", "the car park is full"])
    >>> vectors.shape
    (3, 384)
    >>> bool(vectors[0] @ vectors[1] > vectors[0] @ vectors[2])
    True
    """
    import numpy as np

    from qualcode.machine.embedding._encoder import PRECISIONS, encoder
    from qualcode.machine.embedding._vectors import VectorFile, fingerprint

    if precision not in PRECISIONS:
        mend = f"use one of {', '.join(map(repr, PRECISIONS))}"
        raise UnknownValueError(f"no precision is {clip(str(precision))!r}", mend=mend)
    asked = list(texts)
    ready = encoder(str(model), precision)
    keys = [fingerprint(text) for text in asked]
    kept = None if cache is None else VectorFile(Path(cache), ready.digest)
    found = {} if kept is None else kept.read(list(dict.fromkeys(keys)))
    new = {key: text for key, text in zip(keys, asked, strict=True) if key not in found}
    found |= _read_new(new, ready, kept, progress)
    if not asked:
        return ready.encode([""])[:0]
    return np.stack([found[key] for key in keys])


def cache_of(study: Study) -> Path | None:
    """Say where a study's vectors are kept: beside it, so that they go when it goes.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    Path or None
        ``.qualcode`` in the study's folder, which git leaves alone; None for a study made of
        parts, whose vectors are not kept.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> cache_of(example_study()) is None
    True
    """
    return None if study.root is None else study.root / ".qualcode"


def _read_new(
    new: dict[bytes, str], ready: Encoder, kept: VectorFile | None, progress: bool | None
) -> dict[bytes, NDArray[np.float32]]:
    """Read the texts that are not kept, the longest first, and keep them a chunk at a time."""
    import numpy as np

    from qualcode.machine.embedding._onnx import user_cache

    order: Sequence[bytes] = sorted(new, key=lambda key: (-len(new[key]), key))
    found: dict[bytes, NDArray[np.float32]] = {}
    with _bar(len(order), progress) as bar:
        for start in range(0, len(order), _CHUNK):
            some = order[start : start + _CHUNK]
            vectors = ready.encode([_whole(new[key]) for key in some])
            if not np.isfinite(vectors).all():
                mend = f"delete {user_cache() / 'models'} and run the same again"
                raise ModelError(f"the model {ready.name} gave no numbers", mend=mend)
            if kept is not None:
                kept.write(some, vectors)
            found |= dict(zip(some, vectors, strict=True))
            bar.update(len(some))
    return found


def _whole(text: str) -> str:
    """Put ``?`` for half a surrogate pair, which no tokenizer takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _bar(total: int, progress: bool | None) -> tqdm[None]:
    from tqdm.auto import tqdm

    wanted = total > _WORTH_A_BAR and not os.environ.get("CI") if progress is None else progress
    return tqdm(total=total, desc="reading", unit="text", disable=not wanted, leave=False)


if TYPE_CHECKING:
    from tqdm import tqdm

    from qualcode.machine.embedding._vectors import VectorFile
