"""A codebook as Markdown, in which no text of the codebook acts as Markdown or HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qualcode.reporting._codebook_entries import Counts, Entry, count_words, size_words

__all__ = ["escape_markdown", "markdown_page"]

_BREAKS = re.compile("[\n\x85\u2028\u2029]")
_PARAGRAPHS = re.compile("[\n\x85\u2028\u2029]{2,}")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SPECIAL = re.compile(r"[\\`*_\[\]{}|~^$@#]")
_AT_START = re.compile(r"(\d{1,9})?([-+=:.)!%])")


def escape_markdown(text: str) -> str:
    """Escape one line of text, so that Markdown shows it as it stands."""
    line = _SPECIAL.sub(r"\\\g<0>", text.strip())
    line = re.sub("[&<>]", lambda match: _ENTITIES[match[0]], line)
    return _AT_START.sub(r"\g<1>\\\g<2>", line, count=1) if _AT_START.match(line) else line


def markdown_page(title: str, entries: Sequence[Entry], total: Counts | None) -> str:
    """Write the page."""
    parts = [f"# {escape_markdown(title)}", size_words(entries, total) + ".", "## Contents"]
    parts.append("\n".join(_contents_line(entry) for entry in entries))
    if total is not None:
        parts.append("Each code is counted with the codes below it.")
    for entry in entries:
        parts += _entry_parts(entry)
    return "\n\n".join(parts) + "\n"


def _contents_line(entry: Entry) -> str:
    link = f"[{entry.number} {escape_markdown(entry.code.name)}](#code-{entry.code.id})"
    counts = "" if entry.with_below is None else f": {count_words(entry.with_below)}"
    return f"{'  ' * entry.depth}- {link}{counts}"


def _entry_parts(entry: Entry) -> Iterator[str]:
    code = entry.code
    level = "#" * min(entry.depth + 2, 6)
    yield f'<a id="code-{code.id}"></a>'
    yield f"{level} {entry.number} {escape_markdown(code.name)}"
    swatch = f'<span style="color:{code.colour}">■</span>'
    yield " · ".join([f"{swatch} `{code.id}`", *_counts(entry)])
    yield _paragraphs(code.definition)
    for label, text in (("Include", code.include), ("Exclude", code.exclude)):
        if text:
            yield f"**{label}:** {_paragraphs(text)}"
    if code.example:
        place = f" ({code.example_at})" if code.example_at else ""
        quoted = _paragraphs(code.example + place).replace("\n", "\n> ")
        yield f"**Example:**\n\n> {quoted}".replace("> \n", ">\n")
    if code.was:
        yield "Merged into this code: " + ", ".join(f"`{one}`" for one in code.was)


def _counts(entry: Entry) -> Iterator[str]:
    if entry.own is not None and entry.with_below is not None:
        yield count_words(entry.own)
        if entry.has_children:
            yield f"with the codes below: {count_words(entry.with_below)}"


def _paragraphs(text: str) -> str:
    """Escape a text of several lines; its line ends and paragraphs stay."""
    paragraphs = [_BREAKS.split(one) for one in _PARAGRAPHS.split(text)]
    return "\n\n".join(
        "\\\n".join(escape_markdown(line) for line in lines if line.strip()) for lines in paragraphs
    )
