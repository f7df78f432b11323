"""Put paragraphs together again that a page or column break cut, and set pull quotes apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from qualcode.sources.published._quotations import is_opener, open_at_end, starts_inside
from qualcode.sources.published._values import Block, Mark

__all__ = ["Flow", "PullQuote", "flow_of", "normal_words"]

_FINISHED = re.compile(r"[.!?:;…][”\"’'»)\]]*$|[”\"»]$")
_HANGING = re.compile(
    r"(?:[,–—-]|\b(?:and|or|but|the|a|an|of|to|in|on|by|for|with|that|which|their|its|our|is|are|was|were|has|have|be|as|at|from|not|some|this|these))$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PullQuote:
    """Words of the report repeated for display."""

    text: str
    marks: tuple[int, ...]
    line: int


@dataclass(frozen=True)
class Flow:
    """The running text, pull quotes taken out."""

    blocks: tuple[Block, ...]
    pulls: tuple[PullQuote, ...]


def normal_words(text: str) -> str:
    """Reduce a text to lower-case words, to compare what conversions print differently."""
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"['’‘]", "", text.lower())))


def flow_of(blocks: tuple[Block, ...]) -> Flow:
    """Separate the pull quotes and join what was cut."""
    pulled = _find_pulls(blocks)
    pulls = tuple(
        PullQuote(
            blocks[i].text.strip('“”«»„" '),
            tuple(m.number for m in blocks[i].marks),
            blocks[i].line,
        )
        for i in sorted(pulled)
    )
    rest = [block for index, block in enumerate(blocks) if index not in pulled]
    return Flow(tuple(_join_cut(rest)), pulls)


def _find_pulls(blocks: tuple[Block, ...]) -> set[int]:
    """Find short quoted paragraphs whose words stand in the running text as well."""
    words = [normal_words(block.text) for block in blocks]
    running = " ".join(w for w, b in zip(words, blocks, strict=True) if b.kind in ("prose", "item"))
    pulled: set[int] = set()
    for index, block in enumerate(blocks):
        text = words[index]
        if (
            block.kind != "prose"
            or not is_opener(block.text, 0)
            or not 5 <= text.count(" ") + 1 <= 120
        ):
            continue
        if not _is_finished(block):
            continue  # half of a quotation that a page break cut
        again = running.count(text) - sum(words[i] == text for i in pulled)
        if again < 2:
            continue
        twin = next(
            (i for i, w in enumerate(words) if w == text and i != index and i not in pulled), None
        )
        if twin is None or _looks_pulled(block) >= _looks_pulled(blocks[twin]):
            pulled.add(index)
    return pulled


def _looks_pulled(block: Block) -> int:
    """Count the signs by which, of two equal paragraphs, the pull quote is known."""
    return 2 * bool(re.match(r"[“\"«]\s", block.text)) + (not re.search(r"[”\"»]$", block.text))


def _join_cut(blocks: list[Block]) -> list[Block]:
    joined: list[Block] = []
    taken: set[int] = set()
    for index, block in enumerate(blocks):
        if index in taken:
            continue
        whole = block
        following = _continuation(blocks, index, whole, taken)
        while following is not None:
            taken.add(following)
            whole = _join(whole, blocks[following])
            following = _continuation(blocks, following, whole, taken)
        joined.append(whole)
    return joined


def _continuation(blocks: list[Block], index: int, whole: Block, taken: set[int]) -> int | None:
    """Give the block that goes on where this one was cut, if it was."""
    if whole.kind not in ("prose", "item") or (
        len(whole.text) < 40 and not open_at_end(whole.text)
    ):
        return None
    before: Block | None = None
    for ahead in range(index + 1, min(index + 9, len(blocks))):
        block = blocks[ahead]
        if ahead in taken or block.kind == "table":
            continue
        if block.kind == "prose" and (
            _goes_on(whole, block) if before is None else _lies_beyond(whole, before, block)
        ):
            return ahead
        before = block
    return None


def _lies_beyond(cut: Block, before: Block, block: Block) -> bool:
    """Tell a continuation that another column's paragraphs have come before."""
    return (
        not _is_finished(cut)
        and len(cut.text) >= 80
        and block.text[:1].islower()
        and (before.kind == "heading" or _is_finished(before))
    )


def _goes_on(cut: Block, block: Block) -> bool:
    if open_at_end(cut.text) and not _ends_in_mark(cut):
        if is_opener(block.text, 0):
            return not starts_inside(block.text)  # a new paragraph of one long quotation
        return starts_inside(block.text) or not _is_finished(cut)
    if _is_finished(cut):
        return False
    if re.match(r"[a-z(]", block.text) or (block.text[:1].isdigit() and _HANGING.search(cut.text)):
        return True
    return bool(_HANGING.search(cut.text)) and not is_opener(block.text, 0)


def _is_finished(block: Block) -> bool:
    return bool(_FINISHED.search(block.text)) or _ends_in_mark(block)


def _ends_in_mark(block: Block) -> bool:
    return bool(block.marks) and not re.search(r"\w", block.text[block.marks[-1].offset :])


def _join(left: Block, right: Block) -> Block:
    """Join two pieces; a quotation mark that only reopens a long quotation is dropped."""
    again = open_at_end(left.text) and is_opener(right.text, 0)
    drop = len(right.text) - len(right.text[1:].lstrip()) if again else 0
    text = f"{left.text} {right.text[drop:]}"
    shift = len(left.text) + 1 - drop
    moved = tuple(Mark(m.number, max(0, m.offset + shift), m.line) for m in right.marks)
    return replace(left, text=text, marks=left.marks + moved, joined=True)
