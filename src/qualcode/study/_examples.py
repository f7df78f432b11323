"""Whether the codebook's examples stand where it says they do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode._yaml import read_lined_yaml
from qualcode.errors import Fault, QualcodeError, clip

if TYPE_CHECKING:
    from qualcode.coding.codebook import Code, Codebook
    from qualcode.model import Transcript

__all__ = ["example_faults"]

_MEND = "write the transcript's id and the turn's time, such as 'ward-2 00:00:21'"


def example_faults(
    codebook: Codebook, corpus: Mapping[str, Transcript], *, path: Path | None = None
) -> Iterator[Fault]:
    """Find examples that are not in the turn that they are said to be from."""
    for code in codebook:
        what = _what_is_wrong(code, corpus) if code.example_at else ""
        if what:
            yield Fault(f"code {code.id!r}: {what}", path, _line_of(code.id, path), _MEND)


def _line_of(code_id: str, path: Path | None) -> int | None:
    """Find the line on which the codebook says where a code's example stands."""
    if path is None:
        return None
    lined = read_lined_yaml(path.read_text(encoding="utf-8-sig"), file=path)
    ids = [entry.get("id") for entry in lined.data["codes"]]
    return lined.line_of(("codes", ids.index(code_id), "example_at"))


def _what_is_wrong(code: Code, corpus: Mapping[str, Transcript]) -> str:
    name, _, clock = code.example_at.partition(" ")
    if name not in corpus:
        return f"example_at names {clip(name)!r}, which is no transcript"
    try:
        transcript = corpus[name]
    except QualcodeError:
        return ""  # what cannot be read is a fault of its own
    turns = [turn for turn in transcript.turns if turn.time == _seconds(clock)]
    if not turns:
        return f"no turn of {name} begins at {clip(clock)!r}"
    said = (transcript.text[turn.words_start : turn.end] for turn in turns)
    words = " ".join(code.example.split())
    return "" if any(words in one for one in said) else f"its example is not in {code.example_at}"


def _seconds(clock: str) -> float | None:
    parts = clock.split(":")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return None
    hours, minutes, seconds = map(int, parts)
    return 3600.0 * hours + 60 * minutes + seconds
