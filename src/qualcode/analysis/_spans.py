"""Segments as quotes: words that two coders coded are shown once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

import numpy as np
import pandas as pd

from qualcode.analysis._typical import typicality

__all__ = ["count_words", "in_middle", "join_coders", "rank_typical", "without_overlaps"]

#: what makes two codings one quote
_SAME = ["theme_id", "transcript_id", "start", "end"]
_SPAN = _SAME[1:]


def count_words(quotes: pd.Series[str]) -> pd.Series[int]:
    """Count the words of each quote, as parted by space."""
    return pd.Series([len(quote.split()) for quote in quotes.tolist()], quotes.index, dtype="int64")


def join_coders(segments: pd.DataFrame) -> pd.DataFrame:
    """Make one row of the codings of one theme on one span, in their order.

    Coders and the paths of codes are joined with ``; ``; ``coding_ids`` lists all ids.
    """
    rows: dict[tuple[Hashable, ...], list[int]] = {}
    for row, key in enumerate(zip(*(segments[name].tolist() for name in _SAME), strict=True)):
        rows.setdefault(key, []).append(row)
    first = segments.iloc[[several[0] for several in rows.values()]].reset_index(drop=True)
    ids, coders, paths = (segments[name].tolist() for name in ("coding_id", "coder", "code_path"))
    joined = {
        "coder": pd.Series([_distinct(coders, several) for several in rows.values()], dtype="str"),
        "code_path": pd.Series(
            [_distinct(paths, several) for several in rows.values()], dtype="str"
        ),
        "coding_ids": pd.Series(
            [tuple(ids[row] for row in several) for several in rows.values()], dtype="object"
        ),
    }
    return first.assign(**joined)


def _distinct(values: list[str], rows: list[int]) -> str:
    if len(rows) == 1:
        return values[rows[0]]
    return "; ".join(dict.fromkeys(values[row] for row in rows))


def in_middle(lengths: pd.Series[int]) -> pd.Series[bool]:
    """Tell which lengths lie from the lower to the upper quartile; up to four all do."""
    low = lengths.quantile(0.25, interpolation="lower")
    high = lengths.quantile(0.75, interpolation="higher")
    return lengths.between(low, high)


def rank_typical(quotes: pd.DataFrame) -> pd.DataFrame:
    """Order the quotes of one theme: of middling length first, the most typical first."""
    keys = pd.DataFrame(
        {
            "outside": ~in_middle(count_words(quotes["quote"])),
            "far": -typicality(quotes["quote"].tolist(), apart=_overlaps(quotes)),
        },
        index=quotes.index,
    )
    return quotes.loc[keys.sort_values(["outside", "far"], kind="stable").index]


def _overlaps(quotes: pd.DataFrame) -> Iterator[tuple[int, int]]:
    """Give the rows of each two quotes that share words."""
    spans = zip(*(quotes[name].tolist() for name in _SPAN), range(len(quotes)), strict=True)
    open_spans: list[tuple[str, int, int, int]] = []
    for span in sorted(spans):
        open_spans = [one for one in open_spans if one[0] == span[0] and one[2] > span[1]]
        yield from ((one[3], span[3]) for one in open_spans)
        open_spans.append(span)


def without_overlaps(ranked: pd.DataFrame) -> pd.DataFrame:
    """Leave out each quote that shares words with one that ranks above it."""
    taken: dict[Hashable, list[tuple[int, int]]] = {}
    keep = np.ones(len(ranked), dtype=bool)
    spans: Iterable[tuple[str, int, int]] = zip(
        *(ranked[name].tolist() for name in _SPAN), strict=True
    )
    for row, (transcript_id, start, end) in enumerate(spans):
        before = taken.setdefault(transcript_id, [])
        if any(start < other_end and other_start < end for other_start, other_end in before):
            keep[row] = False
        else:
            before.append((start, end))
    return ranked[keep]
