"""What is wrong in the report itself: contradictions, lost notes, sums."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from qualcode.sources.published._flow import PullQuote, normal_words
from qualcode.sources.published._kind import speaks

if TYPE_CHECKING:
    from qualcode.sources.published._values import Block, Note, Statement

__all__ = [
    "contained_in",
    "other_roles",
    "shared_quotations",
    "stray_marks",
    "swapped_notes",
    "wrong_pull_quotes",
]

_RUN = 8  # words in common that are no accident


def contained_in(pull: PullQuote, statements: Sequence[Statement]) -> list[Statement]:
    """Find the statements whose quoted words a pull quote repeats."""
    words = normal_words(pull.text)
    return [s for s in statements if any(words in normal_words(p) for p in s.passages)]


def wrong_pull_quotes(
    pulls: Sequence[PullQuote], statements: Sequence[Statement], bodies: Mapping[int, str]
) -> Iterator[tuple[str, int, str]]:
    """List pull quotes that carry another number than the words they repeat."""
    for pull in pulls:
        own = contained_in(pull, statements)
        numbers = {s.number for s in own}
        for mark in pull.marks:
            if own and mark not in numbers:
                there = own[0].number
                yield (
                    f"{there}; {mark}",
                    pull.line,
                    f"a pull quote repeats words marked {there} ({bodies.get(there, '?')}) under mark {mark} ({bodies.get(mark, '?')})",
                )


def swapped_notes(statements: Sequence[Statement], attributing: set[int]) -> dict[int, int]:
    """Find a footnote that names an interviewee where nobody speaks, beside one the other way round.

    Gives the attributing footnote -> the neighbour whose text lets one interviewee speak.
    """
    voices = {s.number: speaks(s.text) or bool(s.passages) for s in statements}
    spoken = {s.number for s in statements if s.number not in attributing and speaks(s.text)}
    silent = {n for n in attributing if not voices.get(n, True)}
    return {n: m for n in sorted(silent) for m in (n + 1, n - 1) if m in spoken}


def stray_marks(
    blocks: Sequence[Block], notes: Sequence[Note]
) -> Iterator[tuple[str, str, int, str]]:
    """List marks without a definition and definitions without a mark."""
    defined = {note.number: note.line for note in notes}
    marked = {mark.number: mark.line for block in blocks for mark in block.marks}
    top = max(defined, default=0)
    for number in sorted(marked.keys() - defined.keys()):
        if number <= 2 * top:
            yield "mark_without_definition", str(number), marked[number], "the mark has no footnote"
    for number in sorted(defined.keys() - marked.keys()):
        yield (
            "definition_without_mark",
            str(number),
            defined[number],
            "the footnote has no mark in the text",
        )
    for number in sorted(set(range(1, top)) - defined.keys() - marked.keys()):
        yield "number_skipped", str(number), 0, "neither mark nor footnote has this number"


def shared_quotations(
    statements: Sequence[Statement], bodies: Mapping[int, str]
) -> Iterator[tuple[str, int, str]]:
    """List words that the report gives to two bodies.

    A run of eight words of one body's quotation in another body's statement is no accident.
    """
    seen: dict[tuple[int, int], int] = defaultdict(int)
    lines = {s.number: s.line for s in statements}
    owners: dict[str, set[int]] = defaultdict(set)
    for s in statements:
        for passage in s.passages:
            for run in _runs(passage):
                owners[run].add(s.number)
    for s in statements:
        for run in set(_runs(s.text)).union(*(_runs(p) for p in s.passages)):
            for other in owners.get(run, ()):
                if bodies.get(other) != bodies.get(s.number):
                    seen[min(other, s.number), max(other, s.number)] += 1
    for (one, two), runs in sorted(seen.items()):
        yield (
            f"{one}; {two}",
            lines[two],
            f"the same words ({runs + _RUN - 1} or more) are given to {bodies.get(one)} under {one} and to {bodies.get(two)} under {two}",
        )


def other_roles(
    statements: Sequence[Statement], roles: Mapping[int, str]
) -> Iterator[tuple[str, int, str]]:
    """List statements that the text gives to another role than the footnote does."""
    known = sorted({role for role in roles.values() if role}, key=len, reverse=True)
    for s in statements:
        own = roles.get(s.number, "")
        named = _role_named(s, known)
        if own and named and named.casefold() != own.casefold():
            yield str(s.number), s.line, f"the text says {named!r}, the footnote {own!r}"


def _role_named(statement: Statement, known: Sequence[str]) -> str:
    """Give the one known role that the words leading to a statement name as its speaker."""
    outside = re.split(r"[“\"«]", f"{statement.lead} {statement.text}", maxsplit=1)[0].replace(
        "’", "'"
    )
    found = (
        re.findall(
            rf"\b(?:an?|one|another|the)\s+({'|'.join(map(re.escape, known))})\b",
            outside,
            re.IGNORECASE,
        )
        if known
        else []
    )
    return str(found[-1]) if len({f.casefold() for f in found}) == 1 else ""


def _runs(text: str) -> list[str]:
    words = re.findall(r"\S+", normal_words(text))
    return [" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)]
