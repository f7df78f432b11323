"""27 interviews in 23 bodies, each written for itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.house.test_report_words import RUN, hashes_of

if TYPE_CHECKING:
    import qualcode as qc

SENTENCE = 5  # words: shorter ones, such as "I don't know.", belong to everybody


@pytest.fixture(scope="module")
def guide(codebook_folder: Path) -> str:
    return (codebook_folder / "topic_guide.md").read_text(encoding="utf-8")


def turns_of(transcript: qc.Transcript) -> Iterator[str]:
    for turn in transcript.turns:
        yield transcript.text[turn.words_start : turn.end]


def plain(text: str) -> str:
    """Give the words in lower case and without marks."""
    return " ".join(re.findall(r"[^\W_]+", re.sub("['’]", "", text.lower())))


def sentences(turns: Iterable[str]) -> set[str]:
    """Give the sentences of more than a few words."""
    cut = (plain(part) for turn in turns for part in re.split(r"(?<=[.?!])\s+", turn))
    return {sentence for sentence in cut if sentence.count(" ") >= SENTENCE - 1}


def shared(of: dict[str, set[object]]) -> dict[tuple[str, str], set[object]]:
    pairs = {(a, b): of[a] & of[b] for a, b in combinations(of, 2)}
    return {pair: both for pair, both in pairs.items() if both}


def test_the_sample_is_that_of_the_report(study: qc.Study) -> None:
    interviews = study.interviews
    bodies = {f"Council {n}" for n in range(1, 22)} | {"ICB 1", "ICB 2"}
    assert (len(interviews), set(interviews["body"])) == (27, bodies)


def test_every_interview_says_that_it_is_synthetic(study: qc.Study) -> None:
    assert [name for name, one in study.corpus.items() if not one.synthetic] == []


def test_every_interview_is_as_long_as_talk_is(study: qc.Study) -> None:
    words = study.interviews.set_index("transcript_id")["words"]
    assert words[(words < 1500) | (words > 2500)].to_dict() == {}


def test_times_go_forward_at_the_pace_of_speech(study: qc.Study) -> None:
    for name, transcript in study.corpus.items():
        times = [turn.time for turn in transcript.turns]
        assert all(a < b for a, b in pairwise(times)), name
        words = sum(len(turn.split()) for turn in turns_of(transcript))
        assert 1.8 < words / times[-1] < 3.3, name


def test_no_two_interviews_share_eight_words(study: qc.Study, guide: str) -> None:
    asked = hashes_of(guide)
    runs = {
        name: {run for turn in turns_of(transcript) for run in hashes_of(turn)} - asked
        for name, transcript in study.corpus.items()
    }
    assert min(len(of) for of in runs.values()) > 10 * RUN
    assert shared(runs) == {}


def test_no_two_interviews_share_a_sentence(study: qc.Study, guide: str) -> None:
    asked = plain(guide)
    said = {
        name: {sentence for sentence in sentences(turns_of(one)) if sentence not in asked}
        for name, one in study.corpus.items()
    }
    assert shared(said) == {}


def test_a_shared_sentence_would_be_found() -> None:
    said = {
        "a": sentences(["No. It isn’t my job to say."]),
        "b": sentences(["It isn't MY job to say!"]),
    }
    assert shared(said) == {("a", "b"): {"it isnt my job to say"}}


def test_the_officers_do_most_of_the_talking(study: qc.Study) -> None:
    said = study.people.groupby("transcript_id")["words"].sum()
    words = study.interviews.set_index("transcript_id")["words"]
    assert (said / words).min() > 0.6
