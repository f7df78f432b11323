"""From passages to topics, step by step: vectors, topics, the same again, quotes, frames."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.analysis._framework_cells import _source
from qualcode.frames import make_frame
from qualcode.machine.embedding.embed import embed
from qualcode.machine.topics._fit import fit, map_of, rerun
from qualcode.machine.topics._kept import FORM, Again, Found, fingerprint_of, read_kept, write_kept
from qualcode.machine.topics._value import Topics
from qualcode.machine.topics._words import reader_of
from qualcode.machine.topics.stability import found_again, pairwise_agreement

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from qualcode.machine.topics._settings import TopicSettings
    from qualcode.model import Transcript

    Ints = NDArray[np.int64]

__all__ = ["find_or_read", "topics_from"]

_QUOTES = 3
_LABEL = 4  # words
_DECIMALS = 4
_PACKAGES = ("bertopic", "hdbscan", "numba", "scikit-learn", "umap-learn")


def find_or_read(
    passages: pd.DataFrame,
    settings: TopicSettings,
    kept: Path | None,
    cache: Path | str | None,
    progress: bool | None,
) -> Found:
    """Give the topics of passages in order: from the file, if they are there, else anew."""
    fingerprint = fingerprint_of(passages, settings)
    if kept is not None:
        there = read_kept(kept, fingerprint, len(passages))
        if there is not None:
            return there
    found = _find(passages, settings, fingerprint, cache, progress)
    if kept is not None:
        write_kept(kept, found)
    return found


def _find(
    passages: pd.DataFrame,
    settings: TopicSettings,
    fingerprint: str,
    cache: Path | str | None,
    progress: bool | None,
) -> Found:
    texts = passages["text"].tolist()
    vectors = embed(
        texts,
        model=settings.model,
        precision=settings.precision,
        cache=cache,
        progress=progress,
    )
    first = fit(texts, vectors, settings, reader_of(texts, settings.language, settings.stop_words))
    seeds, orders = rerun(vectors, settings, progress)
    again = found_again(first.labels, [*seeds, *orders])
    interviews = passages["transcript_id"].tolist()
    flat = map_of(vectors, settings)
    return Found(
        form=FORM,
        fingerprint=fingerprint,
        made_with={name: version(name) for name in _PACKAGES},
        words=[list(words) for words in first.words],
        quotes=[_typical(vectors, first.labels == t, interviews) for t in range(len(first.words))],
        stability=[None if math.isnan(one) else round(one, _DECIMALS) for one in again.tolist()],
        again=[
            _again(change, [first.labels, *others])
            for change, others in (("seed", seeds), ("order", orders))
            if others
        ],
        topic=first.labels.tolist(),
        strength=first.strength.round(_DECIMALS).tolist(),
        x=flat[:, 0].round(_DECIMALS).tolist(),
        y=flat[:, 1].round(_DECIMALS).tolist(),
    )


def _again(change: str, runs: Sequence[Ints]) -> Again:
    ari, ami = pairwise_agreement(runs).T
    topics = [int(labels.max()) + 1 for labels in runs]
    return Again(
        change=change,
        runs=len(runs),
        ari=round(float(ari.mean()), _DECIMALS),
        ari_low=round(float(ari.min()), _DECIMALS),
        ari_high=round(float(ari.max()), _DECIMALS),
        ami=round(float(ami.mean()), _DECIMALS),
        topics_low=min(topics),
        topics_high=max(topics),
        outliers=round(float(np.mean([labels < 0 for labels in runs])), _DECIMALS),
    )


def _typical(
    vectors: NDArray[np.float32], inside: NDArray[np.bool_], interviews: Sequence[str]
) -> list[int]:
    """Choose the passages nearest to a topic's middle, an interview each as far as there are."""
    rows = np.flatnonzero(inside)
    near = (vectors[rows] @ vectors[rows].mean(axis=0)).round(_DECIMALS)
    order = [int(row) for row in rows[np.argsort(-near, kind="stable")]]
    of_interview: dict[str, int] = {}
    for row in order:
        of_interview.setdefault(interviews[row], row)
    first = list(of_interview.values())
    return [*first, *(row for row in order if row not in first)][:_QUOTES]


def topics_from(
    found: Found,
    passages: pd.DataFrame,
    settings: TopicSettings,
    corpus: Mapping[str, Transcript] | None,
    *,
    unit: str,
    short: int,
    note: str,
) -> Topics:
    """Put what was found into frames, with the words cut from the passages."""
    topic = np.array(found.topic, dtype=np.int64)
    places = passages.drop(columns="text")
    texts: dict[str, Any] = {str(name): places[name] for name in places} | {
        "topic": [None if one < 0 else one + 1 for one in found.topic],
        "strength": found.strength,
        "x": found.x,
        "y": found.y,
        "text": passages["text"],
    }
    rows = passages.to_dict("records")
    table = [
        {
            "topic": number + 1,
            "label": ", ".join(_unlike(words)[:_LABEL]) or f"topic {number + 1}",
            "passages": int((topic == number).sum()),
            "share": float((topic == number).mean()),
            "interviews": int(passages.loc[topic == number, "transcript_id"].nunique()),
            "stability": math.nan if stability is None else stability,
            "top_words": ", ".join(words),
            "quotes": [rows[row]["text"] for row in quotes],
            "sources": [_source(rows[row], corpus) for row in quotes],
        }
        for number, (words, quotes, stability) in enumerate(
            zip(found.words, found.quotes, found.stability, strict=True)
        )
    ]
    return Topics(
        topics=make_frame("topics", table),
        texts=make_frame("topic_texts", texts),
        stability=make_frame("topic_stability", [_fields(one) for one in found.again]),
        settings=settings,
        unit=unit,
        short=short,
        note=note,
        made_with=dict(found.made_with),
    )


def _unlike(words: Sequence[str]) -> list[str]:
    """Leave out ``councils`` after ``council``: whatever is an earlier word, give or take an end."""
    kept: list[str] = []
    for word in words:
        pairs = (sorted((word, other), key=len) for other in kept)
        if not any(long.startswith(short) and len(long) - len(short) <= 2 for short, long in pairs):
            kept.append(word)
    return kept


def _fields(one: Again) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__struct_fields__}
