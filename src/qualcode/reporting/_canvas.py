"""What all figures share: paper, type, words that stay words, and files that stay the same."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from qualcode._text import clean

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "INK",
    "PALE",
    "add_caption",
    "as_words",
    "count_of",
    "house_style",
    "ink_on",
    "new_axes",
    "render",
    "wrap",
]

INK, PALE = "#222222", "#d9d9d9"
_STYLE: Any = {
    "font.family": ["DejaVu Sans"],  # it comes with matplotlib: the same on every machine
    "font.size": 9,
    "text.color": INK,
    "text.usetex": False,
    "axes.labelcolor": INK,
    "axes.edgecolor": INK,
    "axes.linewidth": 0.8,
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 10,
    "axes.axisbelow": True,
    "hatch.linewidth": 0.6,
    "xtick.color": INK,
    "ytick.color": INK,
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "savefig.facecolor": "white",
    # ids that are the same each time, and text that stays text
    "svg.hashsalt": "qualcode",
    "svg.fonttype": "none",
}


@contextmanager
def house_style() -> Iterator[None]:
    """Draw in the house's style, and leave the user's as it was."""
    import matplotlib as mpl

    with mpl.rc_context(_STYLE):
        yield


def new_axes(ax: Axes | None, *, width: float, height: float) -> Axes:
    """Give the axes to draw on: the caller's, or those of a new figure (inches).

    A new figure is not one of pyplot's, so that no notebook shows it a second time.
    """
    if ax is not None:
        return ax
    from qualcode.reporting._picture import Picture

    return Picture(figsize=(width, height), layout="constrained").add_subplot()


def render(figure: Figure, form: str) -> bytes:
    """Draw a figure as SVG or PNG, without the date or the program's version."""
    import io
    import warnings

    about = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}}[form]
    stream = io.BytesIO()
    with house_style(), warnings.catch_warnings():
        if form == "svg":  # the text is in the file; only its width is guessed
            warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure.savefig(stream, format=form, dpi=200, metadata=about)
    return stream.getvalue()


def as_words(ax: Axes) -> None:
    """Make every text on the axes plain words: a ``$`` begins no formula."""
    from matplotlib.text import Text

    for text in ax.findobj(Text):
        text.set_parse_math(False)
        text.set_usetex(False)


def wrap(text: str, width: int, *, most: int = 3) -> str:
    """Break a label into lines of so many letters, at most so many lines."""
    flat = " ".join(clean(text).split())
    return "\n".join(textwrap.wrap(flat, width, max_lines=most, placeholder=" …") or [""])


def add_caption(ax: Axes, caption: str, *, width: int) -> None:
    """Write the caption below the axes and the label of the horizontal axis."""
    below = ax.xaxis.label if ax.get_xlabel() else "axes fraction"
    ax.annotate(
        wrap(caption, width, most=9),
        xy=(0, 0),
        xycoords=("axes fraction", below),
        xytext=(0, -10),
        textcoords="offset points",
        ha="left",
        va="top",
        fontsize=8,
        annotation_clip=False,
    )


def count_of(number: int, noun: str) -> str:
    """Write a number with its noun: ``1 body``, ``3 bodies``."""
    plural = noun[:-1] + "ies" if noun.endswith("y") and noun != "day" else noun + "s"
    return f"{number:,} {noun if number == 1 else plural}"


def ink_on(colour: tuple[float, float, float, float]) -> str:
    """Choose black or white, whichever stands out more (WCAG 2's contrast of luminances)."""
    red, green, blue = (
        (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4) for c in colour[:3]
    )
    return "black" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 else "white"
