"""One interview as a path through its codes."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from qualcode.errors import clip
from qualcode.reporting._canvas import (
    PALE,
    add_caption,
    as_words,
    count_of,
    new_axes,
    wrap,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from qualcode.coding.codebook import Codebook

__all__ = ["draw_sequence"]

# A coder's path is told by its marks and dashes; shades of grey only help.
_PATHS = (
    ("o", "-", "#222222"),
    ("s", "--", "#6b6b6b"),
    ("^", ":", "#222222"),
    ("D", "-.", "#888888"),
)


def draw_sequence(sequence: pd.DataFrame, codebook: Codebook, *, ax: Axes | None) -> Axes:
    """Draw the frame ``code_sequence``: a row a code, from the first word to the last."""
    heard = set(sequence["code_id"])
    codes = [code for code in codebook if code.id in heard]
    rows = {code.id: row for row, code in enumerate(codes)}
    ax = new_axes(ax, width=9.5, height=2.0 + 0.24 * max(2, len(codes)))
    timed = bool(sequence["minute"].notna().all()) and len(sequence) > 0
    _shade_themes(ax, [codebook.theme_of(code.id) for code in codes])
    coders = sorted(set(sequence["coder"]))
    for number, coder in enumerate(coders):
        own = sequence[sequence["coder"] == coder]
        marker, dashes, shade = _PATHS[number % len(_PATHS)]
        ax.plot(
            own["minute"] if timed else own["turn"].fillna(0).astype(int),
            [rows[code_id] for code_id in own["code_id"]],
            marker=marker,
            linestyle=dashes,
            color=shade,
            linewidth=0.7,
            ms=5,
            label=clip(coder, 20),
        )
    ax.set_yticks(range(len(codes)), [wrap(code.name, 42, most=1) for code in codes], fontsize=8)
    ax.set_ylim(max(len(codes), 1) - 0.4, -0.6)
    ax.set_xlim(left=0)
    ax.set_xlabel("Minutes" if timed else "Turn", loc="left")
    ax.tick_params(axis="y", length=0)
    ax.spines[["top", "right", "left"]].set_visible(False)
    if len(coders) > 1:
        ax.legend(frameon=False, title="Coder", loc="upper left", bbox_to_anchor=(1, 1))
    ax.set_title(wrap(_finding(sequence, codebook), 74))
    add_caption(ax, _caption(sequence, timed=timed), width=108)
    as_words(ax)
    return ax


def _shade_themes(ax: Axes, themes: list[str]) -> None:
    """Shade every other theme's rows, so that the codes of one theme are seen to belong together."""
    row = 0
    for number, (_, several) in enumerate(groupby(themes)):
        size = len(list(several))
        if number % 2 == 0:
            ax.axhspan(row - 0.5, row + size - 0.5, color="#f1f1f1", linewidth=0, zorder=0)
        row += size
    for place in range(len(themes)):
        ax.axhline(place, color=PALE, linewidth=0.5, zorder=0.5)


def _finding(sequence: pd.DataFrame, codebook: Codebook) -> str:
    """Say which code the interview comes back to."""
    if sequence.empty:
        return "Nothing is coded"
    names = [codebook[code_id].name for code_id in sequence["code_id"]]
    where = clip(str(sequence["transcript_id"].iloc[0]), 30)
    most = max(dict.fromkeys(names), key=names.count)
    if names.count(most) == 1:
        return f"{where} takes up {count_of(len(names), 'code')}, each once"
    of = f"{names.count(most)} of {count_of(len(names), 'coding')}"
    return f"{where} comes back most to {clip(most, 60)}: {of}"


def _caption(sequence: pd.DataFrame, *, timed: bool) -> str:
    codings = count_of(len(sequence), "coding")
    coders = count_of(sequence["coder"].nunique(), "coder")
    how = "" if timed else " Without times: turns from left to right."
    return (
        f"n = {codings} by {coders}. A mark is where a coding begins; the line joins each to the "
        f"next. Bands: the codes of one theme.{how}"
    )
