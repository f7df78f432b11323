"""Texts as vectors: how many a second, and what the quicker ways lose.

The yardstick is plain `sentence_transformers`, asked as its documentation says, on the same texts in
the same run. What is lost is seen in what vectors are for: telling themes of coded passages, in
interviews that the model has not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.figures import Figure, timed

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.study import Study

    Encode = Callable[[list[str]], Any]

ROOT = Path(__file__).resolve().parent.parent
CODER = "A"
# float32 gives what the model gives; int8 is the quick way
_AIMS, _LOSS = {"float32": 2.0, "int8": 3.0}, 0.01


def measure_embedding(*, quick: bool) -> Iterator[Figure]:
    """Read the worked study's turns, and tell the themes of its coded passages, in each way."""
    from qualcode.machine.embedding.passages import passages
    from qualcode.study import open_study

    study = open_study(ROOT)
    turns = passages(study, speakers="all")["text"].tolist()
    texts = turns[:150] if quick else turns
    coded = _coded(study, interviews=8 if quick else None)
    plain = _plain()
    ways = {"float32": _ours("float32"), "int8": _ours("int8")}
    if not quick:
        ways["static"] = _static()
    rates = _rates({"plain": plain, **ways}, texts)
    rate, score = rates["plain"], _tells_themes(plain, *coded)
    for name in ways:
        found = rates[name]
        # a static model is no aim of ours: it says what the quickest way would cost
        wanted = _AIMS.get(name)
        aim, met = ("", True) if wanted is None else (f"≥ {wanted:g}×", found >= wanted * rate)
        yield Figure(f"texts a second, {name}", found, aim, met, "plain", rate, "texts/s")
    for name, encode in ways.items():
        found = _tells_themes(encode, *coded)
        aim, met = (
            (f"loses ≤ {_LOSS:g}", found >= score - _LOSS) if name != "static" else ("", True)
        )
        yield Figure(f"mAP of themes, {name}", found, aim, met, "plain", score, "share")


def _rates(ways: dict[str, Encode], texts: list[str]) -> dict[str, float]:
    """Time the ways in turn, so that what else the machine does hits all of them."""
    for encode in ways.values():
        encode(texts[:8])  # the model is loaded
    rounds = [{name: timed(encode, texts) for name, encode in ways.items()} for _ in range(2)]
    return {name: len(texts) / min(one[name] for one in rounds) for name in ways}


def _ours(precision: str) -> Encode:
    from qualcode.machine.embedding.embed import embed

    return lambda texts: embed(texts, precision=precision, progress=False)


def _plain() -> Encode:
    from qualcode.machine._packages import need, offline

    with offline():
        model = need("sentence_transformers").SentenceTransformer(_folder(), local_files_only=True)

    def encode(texts: list[str]) -> Any:
        with offline():
            return model.encode(texts, normalize_embeddings=True, show_progress_bar=False)

    return encode


def _static() -> Encode:
    """Distil the model into a table of vectors a token."""
    from qualcode.machine._packages import need, offline

    with offline(), redirect_stderr(StringIO()):  # its bar cannot be turned off
        model = need("model2vec.distill").distill(_folder())

    def encode(texts: list[str]) -> Any:
        found = model.encode(texts)
        return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12)

    return encode


def _folder() -> str:
    from qualcode.machine.embedding._model_files import DEFAULT, find_model

    return str(find_model(DEFAULT).folder)


def _coded(study: Study, interviews: int | None) -> tuple[pd.DataFrame, Any]:
    """Give the passages that the coder coded, and which themes each has: passages × themes."""
    segments = study.segments(coder=CODER)
    kept = segments["transcript_id"].drop_duplicates().tolist()[:interviews]
    segments = segments[segments["transcript_id"].isin(kept)]
    place = ["transcript_id", "start", "end"]
    found = segments.drop_duplicates(place).reset_index(drop=True)
    number = {key: n for n, key in enumerate(found[place].itertuples(index=False, name=None))}
    themes = sorted(segments["theme_id"].unique())
    has = np.zeros((len(found), len(themes)), dtype=bool)
    for *key, theme in segments[[*place, "theme_id"]].itertuples(index=False, name=None):
        has[number[tuple(key)], themes.index(theme)] = True
    return found, has


def _tells_themes(encode: Encode, found: pd.DataFrame, has: Any) -> float:
    """Give the mean average precision over themes, interviews held out in five parts."""
    from qualcode.machine._packages import need, offline

    linear, metrics = need("sklearn.linear_model"), need("sklearn.metrics")
    split = need("sklearn.model_selection").GroupKFold(5).split
    vectors = encode(found["quote"].tolist())
    scores = np.zeros(has.shape)
    with offline():
        for learn, held in split(vectors, groups=found["transcript_id"]):
            for theme in range(has.shape[1]):
                if has[learn, theme].any():
                    model = linear.LogisticRegression(C=10, max_iter=1000)
                    model.fit(vectors[learn], has[learn, theme])
                    scores[held, theme] = model.decision_function(vectors[held])
    each = [metrics.average_precision_score(has[:, n], scores[:, n]) for n in range(has.shape[1])]
    return float(np.mean(each))
