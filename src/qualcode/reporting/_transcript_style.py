"""The style sheet of a coded transcript: the fixed part, the codes' lines, and the filter."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING

from qualcode._text import clean
from qualcode.reporting._transcript_colours import LINES, line_colours

if TYPE_CHECKING:
    from qualcode.coding.codebook import Codebook
    from qualcode.reporting._transcript_view import View

__all__ = ["css_string", "style_sheet"]

_POINTED = 40  # codings of a turn; each further one would cost a rule that is hardly ever met
# What a code or a coder that was not ticked, while others were, loses.
_GONE = "{ --ink: transparent; --show: none; }"


def style_sheet(view: View, codebook: Codebook, *, foot: str) -> str:
    """Write the style sheet; `foot` stands at the foot of each printed page."""
    fixed = (files("qualcode.reporting") / "transcript_page.css").read_text(encoding="utf-8")
    at_foot = f"@page {{ @bottom-left {{ content: {css_string(foot)}; }} }}"
    return (
        "\n".join([fixed + at_foot, *_lines(view, codebook), *_filter(view), *_pointed(view)])
        + "\n"
    )


def _lines(view: View, codebook: Codebook) -> Iterator[str]:
    """Give each code its colours, and its neighbours in the codebook other kinds of line."""
    kinds = {code.id: LINES[place % len(LINES)] for place, code in enumerate(codebook)}
    for place, row in enumerate(view.legend):
        light, dark = line_colours(row.code.colour)
        line = kinds[row.code.id]
        thick = "1px" if line == "double" else "2px"
        ink = f"light-dark({light}, {dark})"
        yield f".c{place} {{ --ink: {ink}; --line: {line}; --thick: {thick}; }}"


def _filter(view: View) -> Iterator[str]:
    """Hide what was not ticked once something is; a theme's box stands for all codes below it."""
    above: dict[int, list[int]] = {}
    for place, row in enumerate(view.legend):
        for one in row.below:
            above.setdefault(one, []).append(place)
    for place, boxes in above.items():
        ticked = ", ".join(f"#code-{box}:checked" for box in boxes)
        yield f"aside:has(.codes :checked):not(:has({ticked})) ~ .turns .c{place} {_GONE}"
    for place in range(len(view.coders)):
        yield (
            f"aside:has(.coders :checked):not(:has(#coder-{place}:checked)) "
            f"~ .turns .by{place} {_GONE}"
        )


def _pointed(view: View) -> Iterator[str]:
    """Fill the words of the coding whose stripe or name is pointed at, in any turn."""
    most = max((len(block.codings) for block in view.blocks), default=0)
    for one in range(min(most, _POINTED)):
        pointed = f":is(li, .stripe).n{one}:is(:hover, :focus-within)"
        yield f".turn:is(:hover, :focus-within):has({pointed}) mark.n{one} {{ background: var(--fill); }}"


def css_string(text: str) -> str:
    r"""Write text from outside as a string of CSS, in which nothing but letters stays as it is.

    Examples
    --------
    >>> print(css_string('Ward 1</style>'))
    "Ward\20 1\3c \2f style\3e "
    """
    return (
        '"'
        + "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in clean(text))
        + '"'
    )
