"""Seven real interviews with their authors' codes, brought by whoever has them, as a study.

The data (PDPilotUserStudy, BSD-3-Clause) are not part of the repository; without them, the tests
that need them are skipped and say so.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from rapidfuzz.fuzz import partial_ratio_alignment

from qualcode.coding.codebook import Code, Codebook
from qualcode.coding.codings import Codings
from qualcode.model import Coding, Speaker, Transcript
from qualcode.sources.corpus import Corpus
from qualcode.study import Study

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "pdpilot"
SPEAKERS = (Speaker("Dan", "Interviewer"), Speaker("Participant", "Data scientist"))
HEAD = re.compile(r" (?=(?:Dan|Participant):)")
CODER = "authors"


@cache
def pdpilot_study() -> Study:
    """Make a study of level-1 codes; a test without the data is skipped."""
    if not FOLDER.is_dir():
        pytest.skip("NOT TESTED: the seven pdpilot interviews are not at hand")
    texts = json.loads((FOLDER / "transcripts.json").read_text(encoding="utf-8"))
    segments = json.loads((FOLDER / "segments.json").read_text(encoding="utf-8"))
    corpus = Corpus.from_transcripts(
        Transcript(name, HEAD.sub("\n\n", text), body=name, speakers=SPEAKERS)
        for name, text in texts.items()
    )
    names = list(dict.fromkeys(one["code"].split(" > ")[0] for one in segments))
    ids = {name: re.sub(r"\W+", "_", name.lower()).strip("_") for name in names}
    codebook = Codebook(tuple(Code(ids[name], name, name) for name in names))
    spans = {}
    for one in segments:
        name = one["participant"]
        start, end = placed(one, texts[name])
        added = HEAD.finditer(texts[name])  # one character more before each turn
        before = [match.start() for match in added]
        start, end = (at + bisect_right(before, at - 1) for at in (start, end))
        spans[name, start, end, ids[one["code"].split(" > ")[0]]] = None
    codings = [coding(number, corpus, *span) for number, span in enumerate(spans)]
    return Study.from_parts(corpus, codebook, Codings(tuple(codings), coders=(CODER,)))


def placed(segment: dict, text: str) -> tuple[int, int]:
    """Give a segment's span; the few that were not found again are where most of it stands."""
    if segment["start"] >= 0:
        return segment["start"], segment["end"]
    found = partial_ratio_alignment(segment["text"], text)
    return found.dest_start, found.dest_end


def coding(number: int, corpus: Corpus, name: str, start: int, end: int, code: str) -> Coding:
    transcript = corpus[name]
    return Coding(
        f"00000000-0000-7000-8000-{number:012d}",
        name,
        code,
        CODER,
        start,
        end,
        transcript.text[start:end],
        transcript.text_hash,
        datetime(2026, 1, 1, tzinfo=UTC),
    )
