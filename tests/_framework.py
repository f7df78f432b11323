"""Summaries written on the made-up study, for the tests of the framework matrix."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from qualcode.study._summary_file import SUMMARIES, Change, Summary, put_summaries

AT = datetime(2026, 1, 7, 12, 30, tzinfo=UTC)
HEAD = "kind,case,theme_id,summary,by,at,codings\n"


def summary(
    text: str = "Rest is a biscuit.",
    case: str = "Ward 1",
    theme: str = "rest",
    *,
    kind: str = "body",
    by: str = "RT",
    codings: str = "",
) -> Summary:
    return Summary(kind, case, theme, text, by, AT, codings)


def put(folder: Path, *several: Summary) -> Path:
    """Write summaries where there are none of their cells."""
    path = folder / SUMMARIES
    put_summaries(path, [Change(one.key, None, one) for one in several])
    return path
