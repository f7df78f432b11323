"""From groups of lines to the report's blocks and notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from qualcode.sources.published._lines import Group, group_lines
from qualcode.sources.published._marks import GLUED, lift_marks, plausible_glued
from qualcode.sources.published._notes import Candidate, choose_notes, find_candidates
from qualcode.sources.published._values import Block, Interviewees, Mark, Note

__all__ = ["Document", "read_document"]

_HASHES = re.compile(r"#{1,6}\s+")
_CHAPTER = re.compile(r"(?:chapter\s+|part\s+)?\d{1,2}(?:\.\d{1,2})*\.?\s+(?=[A-Z])", re.IGNORECASE)
_ITEM = re.compile(r"(?:[-*•▪]\s+)?(?:›\s+|\d{1,2}[.)]\s+|\(?[a-z]\)\s+)|[-*•▪]\s+")
_EMPHASIS = re.compile(r"\*{1,3}|(?<![\w])_{1,2}(?=\S)|(?<=\S)_{1,2}(?![\w])")
_LINK = re.compile(r"\[([^\[\]^][^\[\]]{0,500})\]\([^()]{0,500}\)")
_TAG = re.compile(r"</?(?:b|i|em|strong|p|span|div|br|u|a)(?:\s[^>]*)?/?>", re.IGNORECASE)


@dataclass(frozen=True)
class Document:
    """A report as blocks and notes."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    repeated: tuple[tuple[int, int], ...] = ()  # numbers of further attributing notes, and lines


def read_document(text: str, interviewees: Interviewees) -> Document:
    """Cut a report's text into blocks, lift the marks out and set the notes apart."""
    groups = group_lines(text)
    candidates = find_candidates(groups, interviewees)
    chosen = choose_notes(candidates, _mark_places(groups, candidates))
    known = {c.number for c in chosen}
    note_groups = {c.group: c for c in chosen}
    glued = _glued_marks(groups, chosen, known, interviewees)
    notes: list[Note] = []
    blocks: list[Block] = []
    section = ""
    for index, group in enumerate(groups):
        if index in note_groups:
            notes += _split_note(note_groups[index], group, interviewees)
            continue
        block = _read_block(group, known, glued.get(index, []))
        if block.kind == "prose" and _is_short_title(block, groups, index):
            block = replace(block, kind="heading")
        if block.kind == "heading":
            section = _heading(blocks, block, section)
        blocks.append(replace(block, section=section))
    again = [
        (c.number, groups[c.group].line)
        for c in candidates
        if c.attributes and c.group not in note_groups and c.number in known
    ]
    return Document(tuple(b for b in blocks if b.text), tuple(notes), tuple(again))


def _mark_places(groups: list[Group], candidates: list[Candidate]) -> dict[int, list[int]]:
    """Find the groups in which each candidate's number is marked, plainly or perhaps."""
    numbers = {c.number for c in candidates}
    sure: dict[int, list[int]] = {}
    perhaps: dict[int, list[int]] = {}
    for index, group in enumerate(groups):
        for number, at in lift_marks(group.text, numbers)[1]:
            if at:
                sure.setdefault(number, []).append(index)
        for match in GLUED.finditer(group.text):
            perhaps.setdefault(int(match["glued"]), []).append(index)
    return sure if len(sure) >= 0.5 * len(perhaps.keys() & numbers) else perhaps


def _glued_marks(
    groups: list[Group], chosen: list[Candidate], known: set[int], interviewees: Interviewees
) -> dict[int, list[tuple[int, int]]]:
    """Look for plain-digit marks, where too few of the notes have a mark of another kind."""
    skip = {c.group for c in chosen}
    marked = {
        n for i, g in enumerate(groups) if i not in skip for n, _ in lift_marks(g.text, known)[1]
    }
    missing = known - marked
    if len(missing) < 0.3 * len(known):
        return {}
    found = [
        (index, match.start("glued"), int(match["glued"]))
        for index, group in enumerate(groups)
        if index not in skip
        for match in GLUED.finditer(group.text)
        if not interviewees.pattern.search(group.text, max(0, match.start() - 30), match.end())
    ]
    return plausible_glued(found, missing)


def _split_note(c: Candidate, group: Group, interviewees: Interviewees) -> list[Note]:
    """Read a note; a conversion may have run the next notes into the same paragraph."""
    notes = []
    text, number = c.text, c.number
    while True:
        ahead = re.search(
            rf"(?<=[\s.)])\[?{number + 1}[\].]?\s+(?={interviewees.pattern.pattern})", text
        )
        notes.append(Note(number, _clean(text[: ahead.start()] if ahead else text), group.line))
        if ahead is None:
            return notes
        text, number = text[ahead.end() :], number + 1


def _read_block(group: Group, known: set[int], glued: list[tuple[int, int]]) -> Block:
    text, marks = lift_marks(group.text, known, glued=glued)
    kind, start = _kind_of(text)
    plain, moved = _strip_markup(text, start, [at for _, at in marks])
    lifted = tuple(
        Mark(number, at, group.line) for (number, _), at in zip(marks, moved, strict=True)
    )
    return Block(kind, plain, group.line, lifted)


def _kind_of(text: str) -> tuple[str, int]:
    """Tell what a paragraph is, and where its words begin."""
    hashes = _HASHES.match(text)
    if hashes:
        return "heading", hashes.end()
    if "\t" in text.strip() or re.fullmatch(r"\|.*\|", text.strip()):
        return "table", 0
    bare = _EMPHASIS.sub("", text).strip()
    if _is_capitals(bare):
        return "heading", 0
    item = _ITEM.match(text)
    if item:
        return "item", item.end()
    chapter = _CHAPTER.match(bare)
    if chapter and len(bare) < 90 and not re.search(r"[.!?:;,”\"]$", bare):
        return "heading", 0
    if re.fullmatch(r"(?:Appendix|Annex|Chapter|Part)\s+\w{1,4}", bare):
        return "heading", 0
    return "prose", 0


def _is_short_title(block: Block, groups: list[Group], index: int) -> bool:
    """Tell a heading in small letters: a few words, unmarked, before something that begins anew."""
    if block.marks or not re.fullmatch(r"[A-Z][^.!?:;,“”\"«»]{2,70}", block.text):
        return False
    following = groups[index + 1].text.lstrip("*_ ") if index + 1 < len(groups) else ""
    return len(block.text.split()) <= 9 and bool(re.match(r"[A-Z“\"«‘]", following))


def _is_capitals(text: str) -> bool:
    """Tell a heading in capitals from shouting figures and captions."""
    letters = [c for c in text if c.isalpha()]
    if (
        len(letters) < 4
        or len(text) > 140
        or text[0].isdigit()
        or re.match(r"(?:FIGURE|TABLE|BOX)\b", text)
    ):
        return False
    upper = sum(c.isupper() for c in letters)
    return (
        upper >= 0.85 * len(letters)
        and not text.endswith((".", ",", ";"))
        and (len(text.split()) > 1 or len(letters) >= 6)
    )


def _heading(blocks: list[Block], block: Block, section: str) -> str:
    """Name the section; a heading cut into two lines is put together."""
    before = blocks[-1] if blocks else None
    if (
        before
        and before.kind == "heading"
        and block.line - before.line <= 1
        and _is_capitals(before.text)
        and _is_capitals(block.text)
    ):
        return f"{section} {block.text}"
    return block.text


def _clean(text: str) -> str:
    return " ".join(_EMPHASIS.sub("", _TAG.sub("", _LINK.sub(r"\1", text))).split())


def _strip_markup(text: str, start: int, offsets: list[int]) -> tuple[str, list[int]]:
    """Remove mark-up and double spaces, and say where each offset has gone."""
    pieces = []
    last = start
    cuts = sorted(
        {(m.start(), m.end()) for p in (_EMPHASIS, _TAG) for m in p.finditer(text, start)}
        | {(m.start(), m.start(1)) for m in _LINK.finditer(text, start)}
        | {(m.end(1), m.end()) for m in _LINK.finditer(text, start)}
    )
    kept: list[tuple[int, int, int]] = []  # (start in text, end in text, start in result)
    length = 0
    for cut_start, cut_end in [*cuts, (len(text), len(text))]:
        if cut_start < last:
            continue
        pieces.append(text[last:cut_start])
        kept.append((last, cut_start, length))
        length += cut_start - last
        last = cut_end
    plain = "".join(pieces)
    moved = [_moved(offset, kept, length) for offset in offsets]
    lead = len(plain) - len(plain.lstrip())
    plain = plain.strip()
    return plain, [min(max(0, at - lead), len(plain)) for at in moved]


def _moved(offset: int, kept: list[tuple[int, int, int]], length: int) -> int:
    for start, end, at in kept:
        if offset < start:
            return at
        if offset <= end:
            return at + offset - start
    return length
