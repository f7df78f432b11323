"""Topics in a file, so that another machine shows the same: places and numbers, and no text."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec

from qualcode._files import read_bytes, write_whole
from qualcode.errors import ExportError, ModelError

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.machine.topics._settings import TopicSettings

__all__ = ["FORM", "Again", "Found", "fingerprint_of", "read_kept", "write_kept"]

FORM = 2  # of the file and of the way topics are found
_MOST_BYTES = 1 << 28
_Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
_Row = Annotated[int, msgspec.Meta(ge=0)]


class Again(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How alike some runs are that differ in one thing."""

    change: str
    runs: int
    ari: float
    ari_low: float
    ari_high: float
    ami: float
    topics_low: int
    topics_high: int
    outliers: float


class Found(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that finding topics gives, for passages in order of their places.

    `topic` is -1 for none, else a row of the three lists about topics; `quotes` are rows of
    passages.
    """

    form: int
    fingerprint: str
    made_with: dict[str, str]
    words: list[list[str]]
    quotes: list[list[_Row]]
    stability: list[float | None]
    again: list[Again]
    topic: list[Annotated[int, msgspec.Meta(ge=-1)]]
    strength: list[_Share]
    x: list[_Share]
    y: list[_Share]


def fingerprint_of(passages: pd.DataFrame, settings: TopicSettings) -> str:
    """Fingerprint what decides the topics: the settings, the places and the words."""
    rows = passages[["transcript_id", "start", "end", "text"]].to_numpy().tolist()
    whole = json.dumps([FORM, asdict(settings), rows], ensure_ascii=False)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def read_kept(path: Path, fingerprint: str, passages: int) -> Found | None:
    """Read kept topics; None if there are none, or they are of other texts or settings.

    Raises `ModelError` if the file is something else, which must not be written over.
    """
    data = read_bytes(path, what="file of topics", error=ModelError, absent=b"")
    if not data:
        return None
    try:
        found = msgspec.json.decode(data[:_MOST_BYTES], type=Found)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        mend = "name another file, or delete this one"
        raise ModelError("this is no file of topics", file=path, mend=mend) from None
    fits = found.form == FORM and found.fingerprint == fingerprint and _is_whole(found, passages)
    return found if fits else None


def write_kept(path: Path, found: Found) -> None:
    """Write topics to a file."""
    whole = msgspec.to_builtins(found)
    columns = {name: whole.pop(name) for name in ("topic", "strength", "x", "y")}
    parts = [f"{json.dumps(name)}: {_lines(value)}" for name, value in whole.items()]
    parts += [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in columns.items()]
    text = "{\n" + ",\n".join(parts) + "\n}\n"
    write_whole(path, text.encode("utf-8", "replace"), error=ExportError)


def _lines(value: object) -> str:
    if not isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return "[\n" + ",\n".join(f"  {json.dumps(one, ensure_ascii=False)}" for one in value) + "\n]"


def _is_whole(found: Found, passages: int) -> bool:
    """Tell whether the lists fit each other, since the file may have been edited."""
    columns = (found.topic, found.strength, found.x, found.y)
    topics = len(found.words)
    return (
        all(len(column) == passages for column in columns)
        and len(found.quotes) == len(found.stability) == topics
        and max(found.topic, default=-1) == topics - 1
        and all(row < passages for rows in found.quotes for row in rows)
    )
