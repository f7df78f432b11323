"""Where something was said, as tables print it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from qualcode.model import Transcript

__all__ = ["place_of"]


def place_of(
    transcript_id: str, turn: Any, start: int, corpus: Mapping[str, Transcript] | None
) -> str:
    """Say where: ``ward-2, 00:14:31, turn 14``."""
    if pd.isna(turn):
        return transcript_id
    found = None if corpus is None else corpus[transcript_id].turn_at(start)
    clock = "" if found is None or found.time is None else f"{_clock(found.time)}, "
    return f"{transcript_id}, {clock}turn {turn}"


def _clock(seconds: float) -> str:
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02d}:{minute:02d}:{second:02d}"
