"""Topics from vectors with BERTopic, the same each time on one machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.errors import TooFewError
from qualcode.machine._packages import need, offline

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.machine.topics._settings import TopicSettings

    Ints = NDArray[np.int64]

__all__ = ["Fitted", "fit", "map_of", "rerun"]

_NAMED = 10  # words
_WORTH_A_BAR = 50_000  # texts, all runs together


@dataclass(frozen=True, eq=False)
class Fitted:
    """One run's topics, the largest first.

    Parameters
    ----------
    labels : numpy.ndarray of int, shape (n,)
        Topics from 0; -1 for none.
    strength : numpy.ndarray of float, shape (n,)
        How firmly a passage is in its topic, 0 to 1.
    words : tuple of tuple of str
        The words of each topic, the most telling first.
    """

    labels: Ints
    strength: NDArray[np.float64]
    words: tuple[tuple[str, ...], ...]


def fit(
    texts: Sequence[str],
    vectors: NDArray[np.float32],
    settings: TopicSettings,
    read: Callable[[str], list[str]],
) -> Fitted:
    """Find the topics, and what they are called by."""
    if not any(read(text) for text in texts):
        mend = "name their language=, or fewer stop_words="
        raise TooFewError("the texts have no words but common ones", mend=mend)
    bertopic, text = need("bertopic"), need("sklearn.feature_extraction.text")
    with _steady():
        model = bertopic.BERTopic(
            language="multilingual",  # with 'english' it would cut every letter but a to z
            embedding_model=None,
            umap_model=_umap(vectors, settings, settings.seed),
            hdbscan_model=_hdbscan(settings),
            vectorizer_model=text.CountVectorizer(analyzer=read),
            ctfidf_model=bertopic.vectorizers.ClassTfidfTransformer(reduce_frequent_words=True),
            top_n_words=_NAMED,
        )
        given, _ = model.fit_transform(list(texts), embeddings=vectors)
        strength = np.asarray(model.hdbscan_model.probabilities_, dtype=np.float64)
        named = {topic: [w for w, _ in model.get_topic(topic) if w] for topic in set(given)}
    labels, order = _largest_first(np.asarray(given, dtype=np.int64))
    return Fitted(labels, strength, tuple(tuple(named[topic]) for topic in order))


def rerun(
    vectors: NDArray[np.float32], settings: TopicSettings, progress: bool | None
) -> tuple[list[Ints], list[Ints]]:
    """Look for topics again: with other seeds, and with the first seed in other orders."""
    seeds: list[Ints] = []
    orders: list[Ints] = []
    rng = np.random.default_rng(settings.seed)
    with _steady(), _bar(2 * settings.runs, len(vectors), progress) as bar:
        for number in range(1, settings.runs + 1):
            seeds.append(_labels(vectors, settings, (settings.seed + number) % 2**31))
            order = rng.permutation(len(vectors))
            labels = np.empty(len(vectors), dtype=np.int64)
            labels[order] = _labels(vectors[order], settings, settings.seed)
            orders.append(labels)
            bar.update(2)
    return seeds, orders


def map_of(vectors: NDArray[np.float32], settings: TopicSettings) -> NDArray[np.float64]:
    """Lay the passages out on a plane, near each other where they mean alike; n × 2, 0 to 1."""
    with _steady():
        laid_out = _umap(vectors, settings, settings.seed, dimensions=2, apart=0.1)
        flat = laid_out.fit_transform(vectors)
    low, high = flat.min(axis=0), flat.max(axis=0)
    return np.asarray((flat - low) / np.maximum(high - low, 1e-9), dtype=np.float64)


def _labels(vectors: NDArray[np.float32], settings: TopicSettings, seed: int) -> Ints:
    reduced = _umap(vectors, settings, seed).fit_transform(vectors)
    return np.asarray(_hdbscan(settings).fit(reduced).labels_, dtype=np.int64)


def _umap(
    vectors: NDArray[np.float32],
    settings: TopicSettings,
    seed: int,
    *,
    dimensions: int | None = None,
    apart: float = 0.0,
) -> Any:
    count = dimensions or settings.dimensions
    # All of it is said: BERTopic's own settings are lost as soon as one is given.
    return need("umap").UMAP(
        n_neighbors=settings.neighbours,
        n_components=count,
        min_dist=apart,
        metric="cosine",
        low_memory=False,
        init=_start(vectors, count),
        random_state=seed,
        n_jobs=1,
    )


def _start(vectors: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """Say where UMAP puts each passage before it moves them: on the longest axes.

    UMAP's own start is worked out by steps that end differently from one process to the next,
    where passages are the same or lie in separate groups, and all that follows differs with it.
    """
    middle = vectors.astype(np.float64) - vectors.mean(axis=0, dtype=np.float64)
    _, _, axes = np.linalg.svd(middle, full_matrices=False)
    axes = axes[:count]
    longest = np.take_along_axis(axes, np.abs(axes).argmax(axis=1)[:, None], axis=1)
    axes = axes * np.sign(longest)  # an axis has no direction of its own
    placed = middle @ axes.T
    if placed.shape[1] < count:
        placed = np.pad(placed, ((0, 0), (0, count - placed.shape[1])))
    wide = max(float(np.abs(placed).max()), 1e-9)
    return np.asarray(np.round(10 * placed / wide, 3), dtype=np.float32)


def _hdbscan(settings: TopicSettings) -> Any:
    # Leaves: by the excess of mass, one seed in five gave two topics instead of fifteen.
    return need("hdbscan").HDBSCAN(
        min_cluster_size=settings.min_topic_size,
        min_samples=settings.min_samples,
        metric="euclidean",
        cluster_selection_method="leaf",
        approx_min_span_tree=False,
        core_dist_n_jobs=1,
    )


def _largest_first(labels: Ints) -> tuple[Ints, list[int]]:
    """Give topics new numbers, by size, then by their first passage; and the old ones in order."""
    found, first, sizes = np.unique(labels, return_index=True, return_counts=True)
    rows = sorted(zip(-sizes, first, found, strict=True))
    order = [int(topic) for _, _, topic in rows if topic >= 0]
    new = {topic: number for number, topic in enumerate(order)}
    return np.array([new.get(int(topic), -1) for topic in labels], dtype=np.int64), order


@contextmanager
def _steady() -> Iterator[None]:
    """Keep to one thread: sums in another order would differ in their last digits."""
    need("umap")
    limits = need("threadpoolctl").threadpool_limits
    with offline(), limits(limits=1):
        yield


def _bar(total: int, texts: int, progress: bool | None) -> Any:
    from tqdm.auto import tqdm

    long = total * texts > _WORTH_A_BAR and not os.environ.get("CI")
    wanted = long if progress is None else progress
    return tqdm(total=total, desc="trying again", unit="run", disable=not wanted, leave=False)
