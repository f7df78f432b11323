"""Passages on a plane as a page: the words are shown where the pointer rests."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from qualcode._text import clean
from qualcode.errors import clip
from qualcode.reporting._canvas import count_of
from qualcode.reporting._topic_groups import Group, groups_of, middles

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["topic_page"]

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'"
_WIDE, _HIGH, _EDGE = 760, 560, 16
_WORDS = 64  # letters of a passage that are shown
_STYLE = """
body{font:14px/1.4 system-ui,sans-serif;margin:1rem;color:#222;background:#fff;color-scheme:light}
h1{font-size:1.1rem;margin:0}p{margin:.3rem 0;max-width:60rem}
.m{display:grid;grid-template-columns:minmax(0,760px) minmax(9rem,15rem);gap:1rem}
.m>svg{width:100%;height:auto}
ul{list-style:none;margin:0;padding:0 0 0 1.4rem}li{text-indent:-1.4rem}li svg{width:16px;height:16px;vertical-align:-3px}
rect{fill:none;stroke:#bbb}use{stroke-width:1.1}use:hover{stroke:#000;stroke-width:2.5}
text{font:bold 12px system-ui,sans-serif;text-anchor:middle;paint-order:stroke;stroke:#fff;
stroke-width:4px;fill:#000;pointer-events:none}
"""
# path, and whether it is filled
_SIGNS = (
    ("M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", True),
    ("M-3.5-3.5h7v7h-7z", False),
    ("M0-4.5L4.2 3.5H-4.2z", True),
    ("M-3.5-3.5L3.5 3.5M-3.5 3.5L3.5-3.5", False),
    ("M0-4.8L4.8 0L0 4.8L-4.8 0z", False),
    ("M0 4.5L4.2-3.5H-4.2z", True),
    ("M-4.5 0h9M0-4.5v9", False),
    ("M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", False),
    ("M-3.5-3.5h7v7h-7z", True),
)
_DOT = ("M-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0z", True)


def topic_page(
    texts: pd.DataFrame,
    names: Sequence[str],
    labels: Mapping[int, str],
    *,
    what: str,
    most: int,
    title: str,
    note: str,
) -> str:
    """Write the page. Attributes hold numbers only; all words stand in text, escaped."""
    groups = groups_of(names, most)
    # The small dots first: what is told apart lies above what is not.
    drawn = sorted(enumerate(groups), key=lambda one: (one[1].sign >= 0, one[1].sign))
    points = "".join(_points(texts, names, group, place) for place, group in drawn)
    numbers = "".join(
        f"<text x={_across(x)} y={_down(y) + 4}>{topic}</text>" for topic, x, y in middles(texts)
    )
    counts = f"{count_of(len(texts), 'passage')}, {count_of(len(labels), 'topic')}"
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<title>{_text(title)}</title>
<style>{_STYLE}{"".join(_rules(groups))}</style></head>
<body><h1 dir="auto">{_text(title)}</h1>
<p>{counts}. Rest the pointer on a sign to read the passage; numbers are topics.</p>
{f'<p dir="auto">{_text(note)}</p>' if note else ""}<div class="m">
<svg role="img" aria-label="Map of passages" width="{_WIDE}" height="{_HIGH}" viewBox="0 0 {_WIDE} {_HIGH}">
<defs>{"".join(_signs(groups))}</defs><rect x="1" y="1" width="{_WIDE - 2}" height="{_HIGH - 2}"/>
{points}{numbers}</svg>
<div><b>{_text(what.capitalize())}</b><ul>{"".join(_legend(groups))}</ul></div></div>
{_topics(labels)}</body></html>
"""


def _points(texts: pd.DataFrame, names: Sequence[str], group: Group, place: int) -> str:
    rows = texts.iloc[list(group.rows)].to_dict("records")
    signs = "".join(
        f"<use href=#s{place} x={_across(row['x'])} y={_down(row['y'])}>"
        f"<title>{_text(_said(row, names[number]))}</title></use>\n"
        for number, row in zip(group.rows, rows, strict=True)
    )
    return f'<g class="g{place}">{signs}</g>\n'


def _said(row: Mapping[Any, Any], name: str) -> str:
    """Say what a passage is: its code, its topic, who says it where, and its first words."""
    topic = "" if pd.isna(row["topic"]) else f"topic {row['topic']}"
    who = ", ".join(one for one in (row["role"] or row["speaker"], row["transcript_id"]) if one)
    where = f"{who}, turn {row['turn']}" if not pd.isna(row["turn"]) else who
    first = " · ".join(one for one in (name or "", topic) if one)
    return "\n".join(one for one in (first, where, clip(row["text"], _WORDS)) if one)


def _across(x: float) -> float:
    return _number(_EDGE + x * (_WIDE - 2 * _EDGE))


def _down(y: float) -> float:
    return _number(_HIGH - _EDGE - y * (_HIGH - 2 * _EDGE))


def _number(value: float) -> float:
    return round(value, 1) if math.isfinite(value) else 0.0


def _signs(groups: Sequence[Group]) -> Iterator[str]:
    for place, group in enumerate(groups):
        path, _ = _SIGNS[group.sign] if group.sign >= 0 else _DOT
        yield f'<path id="s{place}" d="{path}"/>'


def _rules(groups: Sequence[Group]) -> Iterator[str]:
    for place, group in enumerate(groups):
        _, filled = _SIGNS[group.sign] if group.sign >= 0 else _DOT
        fill = group.colour if filled else "#fff0"
        yield f".g{place}{{fill:{fill};stroke:{group.colour}}}"


def _legend(groups: Sequence[Group]) -> Iterator[str]:
    for place, group in enumerate(groups):
        sign = f'<svg viewBox="-8 -8 16 16"><use href="#s{place}" class="g{place}"/></svg>'
        name = f"<bdi>{_text(clip(group.name, 60))}</bdi>"
        yield f"<li>{sign} {name} ({len(group.rows):,})</li>"


def _topics(labels: Mapping[int, str]) -> str:
    rows = "".join(f"<li>{topic} <bdi>{_text(name)}</bdi></li>" for topic, name in labels.items())
    return f"<p><b>Topics</b></p><ul>{rows}</ul>" if rows else ""


def _text(words: str) -> str:
    return escape(clean(words), quote=False)
