"""Quotes of a made coder: codes are directions, interviews lean a little, the rest is noise."""

from __future__ import annotations

import numpy as np
import pandas as pd

from qualcode.coding.codebook import Code, Codebook
from qualcode.frames import make_frame
from qualcode.machine.checking._quotes import Quotes

NAMES = ("rest", "pay", "rota", "noise", "drugs", "falls")
DIMENSIONS = 48


def quotes_of(vectors, codes, interviews, *, texts=None, book=None):
    """Make quotes of vectors (made to have length 1), codes and numbers of interviews."""
    count = len(codes)
    said = [f"these are the words of number {n}" for n in range(count)] if texts is None else texts
    frame = make_frame(
        "segments",
        {
            "coding_id": [f"c{n}" for n in range(count)],
            "transcript_id": [f"i{n:02d}" for n in interviews],
            **dict.fromkeys(("body", "body_type", "speaker", "role"), [""] * count),
            "turn": [None] * count,
            "code_id": list(codes),
            "theme_id": list(codes),
            "code_path": list(codes),
            "coder": ["ann"] * count,
            "start": [100 * n for n in range(count)],
            "end": [100 * n + 50 for n in range(count)],
            "quote": said,
            "memo": [""] * count,
            "source": ["manual"] * count,
            "created_at": [pd.Timestamp("2026-01-01", tz="UTC")] * count,
        },
    )
    known = Codebook(tuple(Code(name, name.capitalize(), "x") for name in sorted(set(codes))))
    unit = np.asarray(vectors) / np.linalg.norm(vectors, axis=1, keepdims=True)
    return Quotes(frame.assign(place=frame["transcript_id"]), unit, book or known)


def made_quotes(seed, *, many=30, interviews=10, apart=1.2, lean=0.3):
    """Make six codes that lie apart, each a round cloud: nothing here is wrong."""
    rng = np.random.default_rng(seed)
    middles = rng.normal(size=(len(NAMES), DIMENSIONS))
    middles *= apart / np.linalg.norm(middles, axis=1, keepdims=True)
    leans = rng.normal(0, lean / np.sqrt(DIMENSIONS), size=(interviews, DIMENSIONS))
    code = np.repeat(np.arange(len(NAMES)), many)
    interview = rng.integers(interviews, size=len(code))
    noise = rng.normal(0, 1 / np.sqrt(DIMENSIONS), size=(len(code), DIMENSIONS))
    return quotes_of(
        middles[code] + leans[interview] + noise, [NAMES[one] for one in code], interview
    )


def recoded(quotes, codes):
    """Give the same quotes with other codes."""
    interviews = [int(name[1:]) for name in quotes.frame["transcript_id"]]
    texts = quotes.frame["quote"].tolist()
    return quotes_of(quotes.vectors, codes, interviews, texts=texts)
