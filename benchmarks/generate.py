"""A large study of made-up words, the same each time, kept between runs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from qualcode.coding._requests import NewCoding
from qualcode.coding.codebook import Code, Codebook
from qualcode.coding.codebook_file import write_codebook
from qualcode.coding.journal import Journal
from qualcode.model import Speaker, Transcript
from qualcode.sources.canonical import write_transcript

CACHE = Path(__file__).parent / ".cache"
CODERS = ("ann", "ben")
SYLLABLES = [
    "ba",
    "de",
    "fi",
    "go",
    "lu",
    "ma",
    "ne",
    "pi",
    "ro",
    "su",
    "ta",
    "ve",
    "wi",
    "yo",
    "cha",
    "ple",
    "str",
    "ing",
    "er",
    "ed",
]
VERSION = 1  # another number makes every study anew


@dataclass(frozen=True)
class Size:
    """How large a study is."""

    transcripts: int = 1_000
    words: int = 8_000
    codings: int = 20_000
    codes: int = 100

    @property
    def name(self) -> str:
        return f"study-{VERSION}-{self.transcripts}x{self.words}-{self.codings}-{self.codes}"


FULL = Size()
QUICK = Size(transcripts=20, words=500, codings=200, codes=20)


def make_study(size: Size) -> Path:
    """Give the folder of a study of this size; make it if it is not there."""
    root = CACHE / size.name
    if root.is_dir():
        return root
    half = root.with_suffix(".half")
    shutil.rmtree(half, ignore_errors=True)
    for part in ("transcripts_anonymised", "interviews_codebook/codings"):
        (half / part).mkdir(parents=True)
    rng = Random(20260101)
    codebook = make_codebook(size)
    write_codebook(codebook, half / "interviews_codebook" / "codebook.yaml")
    transcripts = []
    for transcript in make_transcripts(size, rng):
        write_transcript(transcript, half / "transcripts_anonymised" / f"{transcript.id}.txt")
        transcripts.append(transcript)
    write_codings(half / "interviews_codebook" / "codings", transcripts, codebook, size, rng)
    half.rename(root)
    return root


def make_codebook(size: Size) -> Codebook:
    """Make themes with nine codes each."""
    codes = []
    for number in range(size.codes):
        parent = None if number % 10 == 0 else f"code_{number - number % 10}"
        codes.append(Code(f"code_{number}", f"Code {number}", f"What is said of {number}.", parent))
    return Codebook(tuple(codes), title="A generated study")


def make_transcripts(size: Size, rng: Random) -> Iterator[Transcript]:
    """Make interviews whose words fall off in frequency as words do; quotation marks are curly."""
    vocabulary = ["".join(rng.choices(SYLLABLES, k=rng.randint(1, 4))) for _ in range(5_000)]
    vocabulary[::50] = [f"{word}’s" for word in vocabulary[::50]]
    weights = [1 / rank for rank in range(1, len(vocabulary) + 1)]
    for number in range(size.transcripts):
        words = rng.choices(vocabulary, weights, k=size.words)
        yield Transcript(
            f"body-{number + 1:04}",
            text_of(words, rng),
            body=f"Body {number % 50 + 1}",
            body_type="body",
            date=date(2026, 1, 1) + timedelta(days=number % 300),
            speakers=(Speaker("INT", "Interviewer"), Speaker("SO", f"Role {number % 7}")),
            synthetic=True,
        )


def text_of(words: list[str], rng: Random) -> str:
    """Cut words into turns, short questions and long answers, each with its time."""
    turns, place, seconds = [], 0, 0
    while place < len(words):
        asks = len(turns) % 2 == 0
        length = rng.randint(5, 25) if asks else rng.randint(20, 220)
        said = " ".join(words[place : place + length])
        clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        turns.append(f"[{clock}] {'INT' if asks else 'SO'}: {said}.")
        place, seconds = place + length, seconds + length // 2
    return "\n\n".join(turns) + "\n"


def write_codings(
    folder: Path, transcripts: list[Transcript], codebook: Codebook, size: Size, rng: Random
) -> None:
    """Let two coders code passages of a dozen words or more, all over the study."""
    codes = [code.id for code in codebook]
    share = size.codings // len(CODERS)
    for coder in CODERS:
        clock = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=n) for n in range(10**9))
        journal = Journal(folder, coder, codebook=codebook, clock=clock.__next__, rng=rng)
        new: dict[tuple[str, int, str], NewCoding] = {}
        while len(new) < share:
            transcript, code = rng.choice(transcripts), rng.choice(codes)
            turn = rng.choice(transcript.turns)
            if turn.speaker == "SO" and (turn.end - turn.words_start) > 100:
                start = rng.randrange(turn.words_start, turn.end - 80)
                end = min(turn.end, start + rng.randint(60, 400))
                new[transcript.id, start, code] = NewCoding(transcript, start, end, code)
        journal.add_many(new.values())
