"""The quotes that are asked for, filtered and in order, as a view shows them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from qualcode.analysis._spans import count_words, rank_typical
from qualcode.analysis.stance import is_contrary
from qualcode.study._filters import match_words
from qualcode.widgets._passages import place_of

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.model import Transcript
    from qualcode.widgets._retrieval_intents import Look

__all__ = ["filtered", "options_of", "quote_payload", "sorted_by", "split_words"]

#: what can be filtered by: the name of the filter and the column
_COLUMNS = {"body_types": "body_type", "roles": "role", "coders": "coder"}
_PARTS = re.compile(r'"([^"]*)"|(\S+)')


def options_of(segments: pd.DataFrame) -> dict[str, dict[str, int]]:
    """Count the quotes of each body type, role and coder that there are to choose from."""
    return {
        name: {
            str(value): int(number)
            for value, number in segments[column].value_counts().sort_index().items()
            if value
        }
        for name, column in _COLUMNS.items()
    }


def filtered(segments: pd.DataFrame, look: Look, starred: Mapping[str, object]) -> pd.DataFrame:
    """Keep the quotes that pass all filters."""
    for name, column in _COLUMNS.items():
        wanted = getattr(look, name)
        if wanted:
            segments = segments[segments[column].isin(wanted)]
    if look.contrary:
        segments = segments[is_contrary(segments)]
    if look.starred:
        segments = segments[segments["coding_id"].isin(list(starred))]
    words = split_words(look.words)
    if words:
        has = match_words(words)
        segments = segments[[has(quote) for quote in segments["quote"].tolist()]]
    return segments


def split_words(words: str) -> list[str]:
    """Cut what was typed at spaces; what stands in quotation marks is a phrase."""
    parts = (phrase or word for phrase, word in _PARTS.findall(words))
    return [part.strip() for part in parts if part.strip(' "')]


def sorted_by(segments: pd.DataFrame, sort: str) -> pd.DataFrame:
    """Put quotes in order; those that are alike stay as they stand in the transcripts."""
    if sort == "typical":
        return rank_typical(segments) if len(segments) else segments
    if sort in ("longest", "shortest"):
        lengths = count_words(segments["quote"])
        order = lengths.sort_values(ascending=sort == "shortest", kind="stable").index
        return segments.loc[order]
    return segments


def quote_payload(segments: pd.DataFrame, corpus: Mapping[str, Transcript]) -> dict[str, Any]:
    """Give each quote with who says it, where, and what its coder noted."""
    contrary = is_contrary(segments).tolist()
    words = count_words(segments["quote"]).tolist()
    same = ("body", "body_type", "speaker", "role", "quote", "memo", "coder", "start", "end")
    return {
        row["coding_id"]: {
            **{name: row[name] for name in same},
            "id": row["coding_id"],
            "transcript": row["transcript_id"],
            "code": row["code_id"],
            "path": row["code_path"],
            "place": place_of(corpus[row["transcript_id"]], row["start"]),
            "contrary": is_against,
            "words": number,
        }
        for row, is_against, number in zip(
            segments.to_dict("records"), contrary, words, strict=True
        )
    }
