"""A codebook as one HTML page that needs no other file and runs no script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files

from qualcode.reporting._codebook_entries import Counts, Entry, count_words, size_words

__all__ = ["html_page"]

_BREAKS = re.compile("[\n\x85\u2028\u2029]")
_PARAGRAPHS = re.compile("[\n\x85\u2028\u2029]{2,}")


def html_page(title: str, entries: Sequence[Entry], total: Counts | None) -> str:
    """Write the page."""
    style = (files("qualcode.reporting") / "codebook_page.css").read_text(encoding="utf-8")
    rows = "\n".join(_contents_row(entry) for entry in entries)
    heads = "" if total is None else _heads("Codings", "Interviews", "Bodies")
    note = "" if total is None else "<p>Each code is counted with the codes below it.</p>\n"
    bodies = "\n".join(_entry_html(entry) for entry in entries)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>
{style}</style>
</head>
<body>
<main class="codebook">
<header>
<h1>{escape(title)}</h1>
<p class="size">{size_words(entries, total)}</p>
</header>
<nav aria-label="Contents">
<table>
<thead><tr><th scope="col">Contents</th>{heads}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
{note}</nav>
{bodies}
</main>
</body>
</html>
"""


def _heads(*names: str) -> str:
    return "".join(f'<th scope="col" class="count">{name}</th>' for name in names)


def _contents_row(entry: Entry) -> str:
    counts = entry.with_below
    numbers = () if counts is None else (counts.codings, counts.interviews, counts.bodies)
    cells = "".join(f'<td class="count">{number:,}</td>' for number in numbers)
    name = f'<span class="number">{entry.number}</span> {escape(entry.code.name)}'
    kind = ' class="theme"' if entry.depth == 0 else ""
    return (
        f'<tr{kind}><td style="--depth:{entry.depth}">{_swatch(entry)}'
        f'<a href="#code-{entry.code.id}">{name}</a></td>{cells}</tr>'
    )


def _swatch(entry: Entry) -> str:
    return f'<span class="swatch" style="background:{entry.code.colour}"></span>'


def _entry_html(entry: Entry) -> str:
    level = min(entry.depth + 2, 6)
    kind = "theme" if entry.depth == 0 else "code"
    name = f'<span class="number">{entry.number}</span> {escape(entry.code.name)}'
    return (
        f'<section class="{kind}" id="code-{entry.code.id}" style="--depth:{entry.depth}">\n'
        f"<h{level}>{_swatch(entry)}{name} <code>{entry.code.id}</code></h{level}>\n"
        + "\n".join(_entry_lines(entry))
        + "\n</section>"
    )


def _entry_lines(entry: Entry) -> Iterator[str]:
    code = entry.code
    yield f'<div class="definition">{_paragraphs(code.definition)}</div>'
    place = f" ({code.example_at})" if code.example and code.example_at else ""
    example = code.example + place
    parts = {"Include": code.include, "Exclude": code.exclude, "Example": example}
    said = [
        f'<dt>{label}</dt><dd class="{label.lower()}">{_paragraphs(text)}</dd>'
        for label, text in parts.items()
        if text
    ]
    if code.was:
        ids = ", ".join(f"<code>{escape(one)}</code>" for one in code.was)
        said.append(f"<dt>Merged in</dt><dd>{ids}</dd>")
    if entry.own is not None and entry.with_below is not None:
        said.append(f"<dt>Coded</dt><dd>{_counts(entry, entry.own, entry.with_below)}</dd>")
    if said:
        yield f"<dl>{''.join(said)}</dl>"


def _counts(entry: Entry, own: Counts, with_below: Counts) -> str:
    if not entry.has_children:
        return count_words(own)
    return f"{count_words(own)}<br>with the codes below: {count_words(with_below)}"


def _paragraphs(text: str) -> str:
    paragraphs = ("<br>".join(map(escape, _BREAKS.split(one))) for one in _PARAGRAPHS.split(text))
    return "".join(f"<p>{one}</p>" for one in paragraphs)
