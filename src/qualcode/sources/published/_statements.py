"""Find the words that each footnote mark vouches for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from qualcode.sources.published._kind import kind_of, names_one_speaker, speaks
from qualcode.sources.published._quotations import find_quotations, shifted
from qualcode.sources.published._values import Block, Mark, Quotation, Statement

__all__ = ["Loose", "read_statements"]

_HARKS_BACK = re.compile(
    r"^(?:The|This|That|Her|His|Their)\s+(?:[\w-]+\s+){0,2}(?:officer|director|manager|interviewee|council|official|participant)(?:['’]s)?\b"
    r"|^(?:He|She)\s",
)
_NEW_SPEAKER = re.compile(
    r"\b(?:One|Another|An?|Some|Other|Many|Several|Most|Councils|Officers)\b|\b(?:one|another|other) (?:[\w-]+ )?(?:officers?|councils?|director|manager)\b"
)
_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+(?=(?:One|Another|An?)\s)")
_BRINGS_IN = re.compile(r"(?:One|Another|An?)\s")
_SEVERAL = re.compile(
    r"(?:^|[.!?]\s+)\W*(?:Some|Other|Many|Several|Most|All)\b[^.!?]*$|(?:^|[.!?]\s+)\W*\w+s (?:said|noted|felt)\b[^.!?]*$"
)


@dataclass(frozen=True)
class Loose:
    """A quoted string that no footnote vouches for."""

    passage: str
    block: int
    section: str
    line: int
    before: str


@dataclass
class _Reach:
    """A mark with its stretch of text and the quotations in it, while they are sorted out."""

    mark: Mark
    block: int
    start: int
    end: int
    quotations: list[Quotation] = field(default_factory=list)
    earlier: list[tuple[int, Quotation]] = field(default_factory=list)
    doubts: list[tuple[float, str]] = field(default_factory=list)


def read_statements(
    blocks: Sequence[Block], numbers: set[int]
) -> tuple[list[Statement], list[Loose]]:
    """Give each mark of an interviewee its statement, and list what is left over.

    Parameters
    ----------
    blocks : sequence of Block
        The running text.
    numbers : set of int
        Footnotes that attribute to an interviewee.

    Returns
    -------
    statements : list of Statement
        One for each mark, in order of the text.
    loose : list of Loose
        Quoted strings under no mark at all.
    """
    quotations = [find_quotations(b.text, [m.offset for m in b.marks]) for b in blocks]
    reaches: list[_Reach] = []
    left: dict[int, list[Quotation]] = {}
    for index, block in enumerate(blocks):
        own, rest = _sort_block(index, block, quotations[index])
        reaches += own
        left[index] = rest
    _reach_forward(reaches, blocks, left, numbers)
    _reach_back(reaches, blocks, left, numbers)
    statements = [_statement(reach, blocks) for reach in reaches]
    return statements, list(_loose(blocks, left))


def _sort_block(
    index: int, block: Block, quotations: list[Quotation]
) -> tuple[list[_Reach], list[Quotation]]:
    """Give each mark of a block the quotations that end before it and after the last mark."""
    reaches: list[_Reach] = []
    left = list(quotations)
    start = 0
    for mark in block.marks:
        end = _past_quotation(mark.offset, quotations, block.text)
        if reaches and not re.search(r"\w", block.text[start:end]):
            start = reaches[-1].start  # two marks on one statement share it
        entry = _new_voice(block.text, start, end)
        own = [q for q in quotations if max(start, entry) <= q.outer_start and q.end <= end]
        reaches.append(_Reach(mark, index, start, end, own))
        left = [q for q in left if q not in own]
        start = end
    return reaches, left


def _new_voice(text: str, start: int, end: int) -> int:
    """Give the place where the last sentence begins that brings in one new speaker, or the start."""
    entry = start
    for match in _SENTENCE.finditer(text, start, end):
        sentence = text[match.end() : end]
        if _BRINGS_IN.match(sentence) and speaks(sentence):
            entry = match.end()
    return entry


def _past_quotation(offset: int, quotations: list[Quotation], text: str) -> int:
    """Move a mark that stands just inside a quotation behind it."""
    for q in quotations:
        if q.outer_start < offset <= q.outer_end and not re.search(
            r"\w", text[offset : q.outer_end]
        ):
            return q.outer_end
    return offset


def _reach_forward(
    reaches: list[_Reach],
    blocks: Sequence[Block],
    left: dict[int, list[Quotation]],
    numbers: set[int],
) -> None:
    """Let a mark on the words that lead to a quotation vouch for the quotation."""
    for reach in reaches:
        if reach.mark.number not in numbers or reach.quotations:
            continue
        text = blocks[reach.block].text
        behind = [q for q in left[reach.block] if q.outer_start >= reach.end]
        if behind and _leads_to(text, reach.end, behind[0].outer_start):
            reach.quotations = _until_break(text, behind)
            reach.end = max(q.outer_end for q in reach.quotations)
            left[reach.block] = [q for q in left[reach.block] if q not in reach.quotations]
            reach.doubts.append((0.85, "the mark stands before the quotation"))
        elif not re.search(r"\w", text[reach.end :]) and _ends_in_colon(text):
            _take_next_block(reach, blocks, left)


def _leads_to(text: str, end: int, start: int) -> bool:
    between = text[end:start]
    return not re.search(r"\w", between) and (
        text[:end].rstrip().endswith((":", ",", "–", "—"))
        or between.strip().startswith((":", ",", "–", "—"))
    )


def _until_break(text: str, quotations: list[Quotation]) -> list[Quotation]:
    """Take the quotations that follow one another within a sentence or two."""
    taken = quotations[:1]
    for q in quotations[1:]:
        if re.search(r"[.!?]\s", text[taken[-1].outer_end : q.outer_start]):
            break
        taken.append(q)
    return taken


def _ends_in_colon(text: str) -> bool:
    return text.rstrip().endswith(":")


def _take_next_block(
    reach: _Reach, blocks: Sequence[Block], left: dict[int, list[Quotation]]
) -> None:
    following = reach.block + 1
    if following < len(blocks) and not blocks[following].marks:
        whole = [q for q in left[following] if q.outer_start == 0]
        if whole:
            reach.earlier = [(following, q) for q in left[following]]
            left[following] = []
            reach.doubts.append((0.85, "the mark stands before the quotation"))


def _reach_back(
    reaches: list[_Reach],
    blocks: Sequence[Block],
    left: dict[int, list[Quotation]],
    numbers: set[int],
) -> None:
    """Let a statement begin in the paragraph before: a lead-in, or words gone on with."""
    first: dict[int, _Reach] = {}
    for reach in reaches:
        first.setdefault(reach.block, reach)
    for index, reach in first.items():
        if reach.mark.number in numbers:
            _take_before(reach, index, blocks, left)


def _take_before(
    reach: _Reach, index: int, blocks: Sequence[Block], left: dict[int, list[Quotation]]
) -> None:
    before = index - 1
    while before >= 0 and blocks[before].kind in ("prose", "item"):
        text = blocks[before].text
        tail = blocks[before].marks[-1].offset if blocks[before].marks else 0
        loose = [q for q in left[before] if q.outer_start >= tail]
        opens = _begins_with_quotation(blocks, before + 1)
        goes_on = before == index - 1 and _goes_on_about(blocks[index], reach, text, loose)
        if not ((opens and _ends_in_colon(text)) or (goes_on and loose)):
            return
        if loose and (not goes_on or _one_voice(text, tail, loose)):
            reach.earlier = [(before, q) for q in loose] + reach.earlier
            left[before] = [q for q in left[before] if q not in loose]
            reason = (
                "quoted words in the paragraph that leads to it"
                if opens
                else "goes on from the paragraph before"
            )
            reach.doubts.append((0.85 if opens or loose[0].outer_start == 0 else 0.7, reason))
        if blocks[before].marks or not _begins_with_quotation(blocks, before):
            return
        before -= 1


def _goes_on_about(block: Block, reach: _Reach, text: str, loose: list[Quotation]) -> bool:
    """Tell whether a statement goes on with the one who was quoted in the paragraph before."""
    if _HARKS_BACK.match(block.text):
        return True
    if block.kind != "prose" or not loose or _NEW_SPEAKER.search(block.text[: reach.end]):
        return False
    sentence = re.split(r"(?<=[.!?])\s+", text[: loose[0].outer_start].strip())[-1]
    return not _begins_with_opener(block.text) and names_one_speaker(sentence)


def _begins_with_opener(text: str) -> bool:
    return text[:1] in '“"«„‘'


def _one_voice(text: str, tail: int, loose: list[Quotation]) -> bool:
    """Tell whether loose quotations can be the voice that the next paragraph goes on with."""
    return loose[0].outer_start == 0 or bool(re.search(r"\w", text[tail : loose[0].outer_start]))


def _begins_with_quotation(blocks: Sequence[Block], index: int) -> bool:
    return index < len(blocks) and _begins_with_opener(blocks[index].text)


def _statement(reach: _Reach, blocks: Sequence[Block]) -> Statement:
    """Put together what a mark vouches for."""
    block = blocks[reach.block]
    text = block.text[reach.start : reach.end]
    own = [shifted(q, -reach.start) for q in reach.quotations]
    earlier = [blocks[i].text[q.start : q.end] for i, q in reach.earlier if i <= reach.block]
    later = [blocks[i].text[q.start : q.end] for i, q in reach.earlier if i > reach.block]
    return Statement(
        number=reach.mark.number,
        kind=_kind(text, own, earlier, later),
        passages=(*earlier, *(text[q.start : q.end] for q in own), *later),
        section=block.section,
        line=reach.mark.line,
        text=text,
        lead=_lead_of(reach, blocks),
        doubts=(*reach.doubts, *_doubts(reach, block, own, text)),
    )


def _kind(text: str, own: Sequence[Quotation], earlier: Sequence[str], later: Sequence[str]) -> str:
    """Judge a statement whose quoted words may stand in the paragraph before or after."""
    if later and not own:
        whole = f"{text} “{later[0]}”"
        return kind_of(whole, find_quotations(whole))
    if earlier and not own:
        return "mixed"
    return kind_of(text, own, lead_in=bool(earlier))


def _lead_of(reach: _Reach, blocks: Sequence[Block]) -> str:
    """Give the paragraph before, where it leads to the statement."""
    if reach.start or not reach.block:
        return ""
    text = blocks[reach.block - 1].text
    return text if reach.earlier or _ends_in_colon(text) else ""


def _doubts(
    reach: _Reach, block: Block, own: Sequence[Quotation], text: str
) -> Iterator[tuple[float, str]]:
    if any(not q.closed for q in own):
        yield 0.75, "the closing quotation mark is missing"
    if block.joined and own:
        yield 0.95, "joined over a page or column break"
    if own and re.search(r"\w", text[own[-1].outer_end :]):
        yield 0.85, "the mark stands behind words that are not quoted"
    if own and _SEVERAL.search(text[: own[0].outer_start]):
        yield 0.85, "the words are given to several speakers"
    if any(len(text[q.start : q.end].split()) <= 2 for q in own):
        yield 0.85, "a quoted string of one or two words may be scare quotes"
    if not own and not reach.earlier and not names_one_speaker(text):
        yield 0.9, "reported speech without a named speaker"


def _loose(blocks: Sequence[Block], left: dict[int, list[Quotation]]) -> Iterator[Loose]:
    for index, quotations in left.items():
        block = blocks[index]
        done = 0
        for q in quotations:
            before = block.text[done : q.outer_start] or (blocks[index - 1].text if index else "")
            yield Loose(block.text[q.start : q.end], index, block.section, block.line, before)
            done = q.outer_end
