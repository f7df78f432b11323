"""What the tests of the compare view share: two coders' codings, and how a view asks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import qualcode as qc
from qualcode.widgets._compare_session import CompareSession

from .._made import INTERVIEWS, write_study

# coder, transcript, code, words, memo: one row of each kind, and one more that crosses
CODINGS = (
    ("ann", "ward-1", "breaks", "My break is a biscuit at the drug trolley", ""),
    ("ben", "ward-1", "breaks", "My break is a biscuit at the drug trolley", ""),
    ("ann", "ward-1", "rest", "Then nothing until six", ""),
    ("ben", "ward-1", "rest", "nothing until six.", ""),
    ("ann", "ward-1", "pay", "I don’t sleep", ""),
    ("ben", "ward-1", "naps", "I don’t sleep", "day and night"),
    ("ann", "ward-1", "staffing", "The post comes", "contrary: that is no shortage"),
    ("ben", "ward-1", "staffing", "The post comes, then", ""),
    ("ann", "ward-1", "rest", "the drill next door", "noise"),
    ("ann", "ward-1", "staffing", "at the drug trolley", ""),
    ("ben", "ward-1", "staffing", "biscuit at the drug trolley", ""),
    ("ann", "ward-2", "staffing", "We were two", ""),
    ("ben", "ward-2", "staffing", "We were two", ""),
)
AGREE, NARROW, CROSSES, CODE, STANCE, ANN = range(6)  # where each stands among the differences
BREAK, TROLLEY = "My break is a biscuit at the drug trolley", "at the drug trolley"


def spans(name: str, words: str) -> tuple[int, int]:
    start = INTERVIEWS[name][1].index(words)
    return start, start + len(words)


def make_compared(tmp_path: Path) -> Path:
    """Write a study that two coders have coded, and nobody has settled."""
    write_study(tmp_path)
    for journal in (tmp_path / "interviews_codebook" / "codings").iterdir():
        journal.unlink()
    study = qc.open_study(tmp_path)
    for coder, name, code, words, memo in CODINGS:
        study.journal(coder).add(study.corpus[name], *spans(name, words), code, memo=memo)
    return tmp_path


def open_session(folder: Path, **options: Any) -> CompareSession:
    given = {"into": "agreed", "settled_by": "RT"} | options
    session = CompareSession(qc.open_study(folder), given.pop("coders", ("ann", "ben")), **given)
    session.snapshot()
    return session


def ask(session: CompareSession, kind: str, **fields: Any) -> dict[str, Any]:
    """Send a message as a view does, and give the answer without what stands in every one."""
    *_, answer = session.handle({"kind": kind, "request": "7", **fields})
    assert (answer.pop("kind"), answer.pop("request")) == ("answer", "7")
    return answer


def settle(session: CompareSession, place: int, decision: str, why: str = "", **more: Any):
    difference = session.view()["differences"][place]
    return ask(session, "settle", difference=difference, decision=decision, why=why, **more)


def row(session: CompareSession, place: int) -> dict[str, Any]:
    view = session.view()
    return view["rows"][view["differences"][place]]


def how(session: CompareSession) -> list[str]:
    """Give how each difference was settled, in the order of the text."""
    view = session.view()
    settled = [view["rows"][name]["settled"] for name in view["differences"]]
    return [one["how"] if one else "open" for one in settled]


def agreed(folder: Path) -> list[tuple[str, str, str]]:
    """Give what the third journal holds, to a study that is opened again."""
    segments = qc.open_study(folder).segments(coder="agreed")
    return list(segments[["code_id", "quote", "memo"]].itertuples(index=False, name=None))


def lines(folder: Path) -> list[dict[str, Any]]:
    path = folder / "interviews_codebook" / "codings" / "agreed.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def span(name: str, words: str) -> dict[str, Any]:
    start, end = spans(name, words)
    return {"transcript": name, "start": start, "end": end, "quote": words}
