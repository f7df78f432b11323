"""Made-up interviews about sleep, meals, buses and wages, with one coder's codes.

Nobody said these words. Each sentence is about one thing, which is known; so is what should be
found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from qualcode.coding.codebook import Code, Codebook
from qualcode.coding.codings import Codings
from qualcode.machine.embedding import embed as embedding
from qualcode.machine.suggesting import evaluate as evaluating
from qualcode.machine.suggesting import suggest as suggesting
from qualcode.model import Coding, Speaker, Transcript
from qualcode.sources.corpus import Corpus
from qualcode.study import Study
from tests.machine._spoken import SUBJECTS

if TYPE_CHECKING:
    import pytest

ENDS = ("", ", every week", " and nobody cares", ", she said", " again and again", ", as always")
QUESTIONS = ("How do you sleep by day?", "What do you eat at night?", "And the bus?", "What else?")
SPEAKERS = (Speaker("INT", "Interviewer"), Speaker("NN", "Night nurse"))
CODES = (
    Code("rest", "Rest", "How nurses come to rest."),
    Code("sleep", "Sleep", "Sleeping by day.", parent="rest", was=("slumber",)),
    Code("food", "Food", "What is eaten at work."),
    Code("meals", "Meals", "Meals in the canteen or brought along.", parent="food"),
    Code("buses", "Buses", "The bus to work and home."),
    Code("wages", "Wages", "Pay, wages and payslips; what the employer pays.", include="overtime"),
)
CODED = ("sleep", "meals", "buses")


class Said(NamedTuple):
    """One sentence, where it stands, and what it is about."""

    transcript_id: str
    start: int
    end: int
    subject: str


def talk(number: int, seed: int = 1) -> tuple[Transcript, list[Said]]:
    """Make one interview of four questions and answers of two or three sentences."""
    rng = Random(f"{seed}-{number}")
    name = f"talk-{number}"
    text, said = "", []
    for question in QUESTIONS:
        text += f"INT: {question}\n\nNN:"
        for _ in range(rng.choice((2, 3))):
            subject = rng.choice(tuple(SUBJECTS))
            starts, middles = SUBJECTS[subject]
            words = f"{rng.choice(starts)} {rng.choice(middles)}{rng.choice(ENDS)}."
            words = words[0].upper() + words[1:]
            said.append(Said(name, len(text) + 1, len(text) + 1 + len(words), subject))
            text += f" {words}"
        text += "\n\n"
    return Transcript(name, text, body=name, speakers=SPEAKERS), said


@lru_cache(maxsize=4)
def talks(count: int = 40, seed: int = 1) -> tuple[tuple[Transcript, ...], tuple[Said, ...]]:
    """Make some interviews, and all that is said in them."""
    made = [talk(number, seed) for number in range(1, count + 1)]
    return tuple(one for one, _ in made), tuple(one for _, some in made for one in some)


def coding(number: int, transcript: Transcript, start: int, end: int, code: str) -> Coding:
    """Make a coding of ann's."""
    return Coding(
        f"00000000-0000-7000-8000-{number:012d}",
        transcript.id,
        code,
        "ann",
        start,
        end,
        transcript.text[start:end],
        transcript.text_hash,
        datetime(2026, 1, 1, tzinfo=UTC),
    )


def study_of(
    transcripts: Iterable[Transcript],
    given: Iterable[tuple[str, int, int, str]],
    codes: Iterable[Code] = CODES,
    *,
    root: Path | None = None,
) -> Study:
    """Make a study of transcripts and of spans with a code."""
    corpus = Corpus.from_transcripts(transcripts)
    made = [
        coding(number, corpus[name], start, end, code)
        for number, (name, start, end, code) in enumerate(given, start=1)
    ]
    codings = Codings(tuple(made), coders=("ann",))
    return Study.from_parts(corpus, Codebook(tuple(codes)), codings, root=root)


def made_given(
    said: Iterable[Said], *, unread: Iterable[str] = (), missed: Iterable[Said] = ()
) -> list[tuple[str, int, int, str]]:
    """Give sleep, meals and buses their codes, but for what was not read, or missed."""
    left, gone = set(unread), set(missed)
    return [
        tuple(one)
        for one in said
        if one.subject in CODED and one.transcript_id not in left and one not in gone
    ]


def shuffled(
    given: Iterable[tuple[str, int, int, str]], said: Iterable[Said], seed: int
) -> list[tuple[str, int, int, str]]:
    """Give each interview's codes to sentences of it drawn at random."""
    rng = Random(seed)
    there: dict[str, list[Said]] = {}
    for one in said:
        there.setdefault(one.transcript_id, []).append(one)
    places = {name: rng.sample(some, len(some)) for name, some in there.items()}
    return [(*places[name].pop()[:3], code) for name, _, _, code in given]


@lru_cache(maxsize=1)
def _kept() -> dict[str, np.ndarray]:
    return {}


def embed_once(texts: Iterable[str], **options: Any) -> np.ndarray:
    """Embed as the library does, each text once in all tests."""
    asked, kept = list(texts), _kept()
    new = [text for text in dict.fromkeys(asked) if text not in kept]
    kept.update(zip(new, embedding.embed(new), strict=True))
    return np.stack([kept[text] for text in asked]) if asked else np.empty((0, 384), np.float32)


def embed_with(monkeypatch: pytest.MonkeyPatch, how: Callable[..., Any] = embed_once) -> None:
    """Let suggestions read texts in another way."""
    for module in (suggesting, evaluating):
        monkeypatch.setattr(module, "embed", how)


def hashed(texts: Iterable[str], *, width: int = 16, **options: Any) -> np.ndarray:
    """Give each text a vector that only depends on its letters: quick, and without meaning."""
    rows = [np.random.default_rng([*text.encode()[:40], len(text)]) for text in texts]
    vectors = np.array([one.normal(size=width) for one in rows], dtype=np.float32)
    vectors = vectors.reshape(len(rows), width)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
