"""The turns of a coded transcript as HTML: marked words, and stripes with labels in the margin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from qualcode._text import clean
from qualcode.reporting._transcript_pieces import Span, assign_lanes, cut_pieces
from qualcode.reporting._transcript_view import Block, Coded, View, clock

__all__ = ["text_html", "turns_html"]

# Stripes in one lane must not meet on one line, which holds fewer characters than this.
_LINE = 110
_SHORT, _FEW = 700, 6  # characters, about twelve lines of paper; codings
_BY_HAND = "manual"
_BEFORE = "Before the first turn"


def text_html(text: str) -> str:
    """Escape text from outside."""
    return escape(clean(text))


def turns_html(view: View) -> str:
    """Write all turns."""
    return "\n".join(_Turn(view, place).html() for place in range(len(view.blocks)))


class _Turn:
    """One turn being written; its codings are numbered from 0 in the order they begin."""

    def __init__(self, view: View, place: int) -> None:
        self.view = view
        self.place = place
        self.coders = tuple(view.coders)
        self.block: Block = view.blocks[place]
        self.id = f"turn-{self.block.turn.number if self.block.turn else 0}"
        self.numbers: Sequence[int] = self.block.codings
        self.codings: list[Coded] = [view.codings[number] for number in self.numbers]
        self.spans: list[Span] = [self._clip(coding) for coding in self.codings]
        self.lines = assign_lanes(self.spans)
        self.lanes = assign_lanes(self.spans, gap=_LINE)

    def html(self) -> str:
        deep, wide = max(self.lines, default=0) + 1, max(self.lanes, default=-1) + 1
        return (
            f'<div class="turn{" short" * self._is_short()}" id="{self.id}" role="group" '
            f'aria-label="{text_html(self._spoken())}" style="--deep:{deep};--lanes:{wide}">\n'
            f"{self._head()}\n"
            f'<p class="words" dir="auto">{"".join(self._words())}</p>\n{self._margin()}</div>'
        )

    def _spoken(self) -> str:
        """Name the turn for readers who hear the page."""
        turn = self.block.turn
        if turn is None:
            return _BEFORE
        return ", ".join(one for one in (f"Turn {turn.number}", turn.speaker, self._role()) if one)

    def _role(self) -> str:
        turn = self.block.turn
        return "" if turn is None else self.view.transcript.roles.get(turn.speaker, "")

    def _is_short(self) -> bool:
        """Tell whether a page is better broken before the turn than within it."""
        return self.block.end - self.block.start < _SHORT and len(self.codings) < _FEW

    def _head(self) -> str:
        turn = self.block.turn
        if turn is None:
            return f'<p class="who">{_BEFORE}</p>'
        role = self._role()
        said = f' title="{text_html(role)}"' if role else ""
        parts = [
            f'<span class="number">{turn.number}</span>',
            f"<b{said}>{_name(turn.speaker)}</b>",
        ]
        if turn.time is not None:
            parts.append(f'<span class="time">{clock(turn.time)}</span>')
        if role and self.place in self.view.first_heard:
            parts.append(f'<span class="role">{_name(role)}</span>')
        return f'<p class="who">{" ".join(parts)}</p>'

    def _clip(self, coding: Coded) -> Span:
        """Give the part of a coding that lies in the words; none where it lies beside them."""
        start = min(max(coding.start, self.block.start), self.block.end)
        return start, max(start, min(coding.end, self.block.end))

    def _words(self) -> Iterator[str]:
        text = self.view.transcript.text
        for start, end, over in cut_pieces(self.spans, self.block.start, self.block.end):
            words = text_html(text[start:end])
            if not over:
                yield words
                continue
            nested = sorted(over, key=lambda one: self.lines[one])
            opened = "".join(self._mark(one, start, end) for one in nested)
            # a title cannot be nested: the browser shows the innermost alone
            said = "; ".join(self._said(one) for one in over)
            yield f'<span title="{text_html(said)}">{opened}{words}{"</mark>" * len(over)}</span>'

    def _mark(self, one: int, start: int, end: int) -> str:
        """Open the mark of a coding on one piece; its first and last pieces anchor the stripe."""
        number, span = self.numbers[one], self.spans[one]
        edges = (("from", start == span[0]), ("to", end == span[1]))
        anchors = [self._anchor(edge, one) for edge, is_here in edges if is_here]
        styles = [f"--at:{self.lines[one]}"] * (self.lines[one] > 0)
        styles += [f"anchor-name:{','.join(anchors)}"] * bool(anchors)
        style = f' style="{";".join(styles)}"' if styles else ""
        is_first = start == span[0] and not self._is_continued(one)
        place = f' id="words-{number}"' if is_first else ""
        return f'<mark{place} class="{self._classes(one)}"{style}>'

    def _anchor(self, edge: str, one: int) -> str:
        return f"--{edge}-{self.place}-{one}"

    def _is_continued(self, one: int) -> bool:
        return self.view.first_block[self.numbers[one]] < self.place

    def _classes(self, one: int) -> str:
        coding = self.codings[one]
        return f"c{coding.code} by{coding.coder} n{one}"

    def _said(self, one: int) -> str:
        coding = self.codings[one]
        said = f"{coding.path} ({self.coders[coding.coder]})"
        return f"{said}: {coding.memo}" if coding.memo else said

    def _margin(self) -> str:
        if not self.codings:
            return ""
        stripes = "".join(map(self._stripe, range(len(self.codings))))
        starts = [*(start for start, _ in self.spans), self.block.end]
        rooms = [later - here for here, later in pairwise(starts)]
        labels = "\n".join(self._label(one, room) for one, room in enumerate(rooms))
        lead = starts[0] - self.block.start
        return f'{stripes}\n<ul class="labels" style="--room:{lead}">\n{labels}\n</ul>\n'

    def _stripe(self, one: int) -> str:
        start, end = self.spans[one]
        if start == end:
            return ""
        top, bottom = self._anchor("from", one), self._anchor("to", one)
        place = f"--lane:{self.lanes[one]};top:anchor({top} top);bottom:anchor({bottom} bottom)"
        return (
            f'<span class="stripe {self._classes(one)}" aria-hidden="true" style="{place}"></span>'
        )

    def _label(self, one: int, room: int) -> str:
        coding, span = self.codings[one], self.spans[one]
        words = f"words-{self.numbers[one]}" if span[0] < span[1] else self.id
        row = self.view.legend[coding.code]
        coder = self.coders[coding.coder]
        name = f'<span class="key" aria-hidden="true"></span>{_name(row.code.name)}'
        if len(self.coders) > 1:
            name += f' <span class="coder">{_name(coder)}</span>'
        name += ' <span class="sign" title="has a memo">¶</span>' * bool(coding.memo)
        after = ' <span class="on">continued</span>' if self._is_continued(one) else ""
        return (
            f'<li class="{self._classes(one)}" style="--room:{room}"><div class="label">'
            f'<a href="#{words}">{name}</a>{after}{self._note(coding, coder)}</div></li>'
        )

    def _note(self, coding: Coded, coder: str) -> str:
        """Write what is seen when the label is pointed at, and below it on paper."""
        source = "" if coding.source == _BY_HAND else f", {text_html(coding.source)}"
        memo = (
            f'<span class="memo" dir="auto">{text_html(coding.memo)}</span>' if coding.memo else ""
        )
        kind = "note" if coding.memo else "note bare"
        return (
            f'<span class="{kind}"><span class="by">by {_name(coder)}{source}</span>{memo}</span>'
        )


def _name(name: str) -> str:
    """Write a name so that its direction of writing stays its own."""
    return f"<bdi>{text_html(name)}</bdi>"
