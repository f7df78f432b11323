"""Searching a million passages: how long a question takes, and what the index costs.

No model reads a million texts here. Their vectors are mixtures of real sentences' vectors with
noise, their words the halves of real sentences; the questions are real, and so is the time that the
model takes to read them.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.figures import Figure, timed
from benchmarks.generate import CACHE
from qualcode.machine.embedding.embed import embed
from qualcode.machine.embedding.passages import passages
from qualcode.machine.searching import _nearest
from qualcode.machine.searching._kept_index import keep_index
from qualcode.machine.searching._nearest import VectorIndex
from qualcode.machine.searching.search_index import SearchIndex, index_passages
from qualcode.model import Speaker, Transcript
from qualcode.sources.corpus import Corpus
from qualcode.study import Study, open_study

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

ROOT = Path(__file__).parent.parent
QUESTIONS = 20
TEN = 10
BLOCK = 20_000


@dataclass(frozen=True)
class Size:
    """How much is searched."""

    transcripts: int
    turns: int
    sentences: int  # real ones, that all others are made of


FULL, QUICK = Size(1_000, 1_000, 5_000), Size(10, 200, 100)


def measure_search(*, quick: bool) -> Iterator[Figure]:
    """Index passages, ask questions of them, and compare the answers with the exact ones."""
    size = QUICK if quick else FULL
    _nearest.EXACT_MOST = min(_nearest.EXACT_MOST, size.transcripts * size.turns // 2)
    real = open_study(ROOT)
    sentences = passages(real, unit="sentence")["text"].tolist()[: size.sentences]
    questions = [code.definition for code in real.codebook][:QUESTIONS]
    with tempfile.TemporaryDirectory() as folder:
        study = make_study(real, sentences, size, Path(folder))
        vectors = make_vectors(embed(sentences, cache=CACHE), size.transcripts * size.turns)
        index = index_passages(study, speakers="all")
        yield from measure_index(index, vectors, Path(folder) / ".qualcode")
        yield from measure_questions(index, questions, vectors)


def make_study(real: Study, sentences: list[str], size: Size, root: Path) -> Study:
    """Make transcripts of turns whose words are halves of two sentences."""
    rng = np.random.default_rng(6)
    words = [one.split() for one in sentences]
    corpus = Corpus.from_transcripts(
        Transcript(
            f"made-{number:04}",
            "\n\n".join(
                f"{'AB'[turn % 2]}: "
                + " ".join(words[a][: -(-len(words[a]) // 2)] + words[b][len(words[b]) // 2 :])
                for turn, (a, b) in enumerate(rng.integers(0, len(words), (size.turns, 2)))
            )
            + "\n",
            body=f"Body {number % 20}",
            body_type="made",
            date=date(2026, 1, 5),
            speakers=(Speaker("A", "First"), Speaker("B", "Second")),
            synthetic=True,
        )
        for number in range(size.transcripts)
    )
    none = type(real.codings)()
    return Study.from_parts(corpus, real.codebook, none, root=root)


def make_vectors(sentences: Vectors, count: int) -> Vectors:
    """Make vectors that lie among real ones."""
    rng = np.random.default_rng(7)
    made = np.empty((count, sentences.shape[1]), np.float32)
    for start in range(0, count, BLOCK):
        block = made[start : start + BLOCK]
        first, second = sentences[rng.integers(0, len(sentences), (2, len(block)))]
        share = rng.uniform(0, 0.5, (len(block), 1)).astype(np.float32)
        noise = rng.standard_normal(block.shape, dtype=np.float32) * (0.5 / block.shape[1] ** 0.5)
        block[:] = (1 - share) * first + share * second + noise
        block /= np.linalg.norm(block, axis=1, keepdims=True)
    return made


def measure_index(index: SearchIndex, vectors: Vectors, cache: Path) -> Iterator[Figure]:
    """Index vectors and words on the disk, and open the index again."""
    engine = index._engine
    many = f"{len(vectors):,} passages"

    def keep_vectors() -> VectorIndex:
        return keep_index(
            cache, "search-meaning", engine._digest, VectorIndex, lambda: VectorIndex.of(vectors)
        )

    written = timed(keep_vectors)
    bare = timed(lambda: np.save(cache / "bare.npy", vectors))
    (cache / "bare.npy").unlink()
    yield Figure(
        f"indexing vectors, {many}", written, "< 60 s", written < 60, "write the vectors", bare
    )
    words = timed(lambda: engine.words)
    yield Figure(f"indexing words, {many}", words, "< 120 s", words < 120)
    size = sum(one.stat().st_size for one in cache.rglob("*") if one.is_file())
    most = 1.5 * vectors.nbytes
    yield Figure(
        "size of the index", size, "≤ 1.5×", size <= most, "vectors", vectors.nbytes, unit="MB"
    )
    del vars(engine)["words"]
    opened = timed(lambda: (keep_vectors(), engine.words))
    yield Figure("opening the index again", opened, "< 10 s", opened < 10)
    vars(engine)["vectors"] = keep_vectors()


def measure_questions(
    index: SearchIndex, questions: list[str], vectors: Vectors
) -> Iterator[Figure]:
    """Ask each question once, beside the plain product of all vectors with it."""
    asked = embed(questions)
    index.search("once, so that the model is there")
    bare = statistics.median(timed_each(lambda one: vectors @ one, asked))
    ways: dict[str, dict[str, Any]] = {
        "by meaning": {"by": "meaning"},
        "by words": {"by": "words"},
        "by both": {},
        "by both, filtered": {"role": "First", "body": ["Body 1", "Body 2"]},
    }
    for way, options in ways.items():
        taken = statistics.median(
            timed_each(lambda one, options=options: index.search(one, **options), questions)
        )
        name = f"a question {way}, {len(vectors):,} passages"
        yield Figure(name, taken, "< 100 ms", taken < 0.1, "product of all vectors", bare)
    found = [recall(index._engine.vectors, vectors, one) for one in asked]
    share = statistics.mean(found)
    yield Figure("share of the ten nearest found", share, "≥ 0.99", share >= 0.99, unit="share")


def timed_each(work: Any, given: Any) -> list[float]:
    """Time a call with each of several things."""
    taken = []
    for one in given:
        started = time.perf_counter()
        work(one)
        taken.append(time.perf_counter() - started)
    return taken


def recall(index: VectorIndex, vectors: Vectors, asked: Vectors) -> float:
    """Give the share of the ten nearest vectors that the index finds among its first ten."""
    nearest = np.argsort(-(vectors @ asked), kind="stable")[:TEN]
    return len(set(nearest.tolist()) & set(index.nearest(asked, TEN).tolist())) / TEN
