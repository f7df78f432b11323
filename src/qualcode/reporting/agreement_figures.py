"""Figures of two coders: α with its interval, and what one calls X and the other Y."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcode.analysis.units.units import NO_CODE
from qualcode.errors import clip
from qualcode.reporting._canvas import (
    INK,
    PALE,
    add_caption,
    as_words,
    count_of,
    house_style,
    ink_on,
    new_axes,
    wrap,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

__all__ = ["plot_agreement", "plot_confusion"]

_DARKEST = 0.72


def plot_agreement(table: pd.DataFrame, *, unit: str = "turn", ax: Axes | None = None) -> Axes:
    """Draw α of each row with its interval: a forest plot.

    Parameters
    ----------
    table : pandas.DataFrame
        The frame ``agreement`` or ``agreement_by_transcript``.
    unit : str, default 'turn'
        What its units are, for the caption.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        The best agreement first. A filled mark has an interval, a hollow one has none; a row in
        which α is not defined has no mark. Beside each name stands how many units either coder
        gave the code. No line says what is good enough.

    Examples
    --------
    >>> from qualcode.analysis.agreement.agreement_table import agreement
    >>> from qualcode.study.example import example_study
    >>> table = agreement(example_study(), coders=("ann", "ben"), by="theme")
    >>> plot_agreement(table).get_title(loc="left")
    'α lies between 0.00 (Staffing) and 0.00 (Rest)'
    """
    rows = table.sort_values("alpha", ascending=False, kind="stable", na_position="last")
    names = short_names(rows["code_path" if "code_path" in rows else "transcript_id"].tolist())
    given = (rows["both"] + rows["first_only"] + rows["second_only"]).tolist()
    labels = [
        f"{wrap(one, 40, most=2)}  (n = {many:,})" for one, many in zip(names, given, strict=True)
    ]
    with house_style():
        lines = sum(1 + label.count("\n") for label in labels)
        ax = new_axes(ax, width=8, height=1.9 + 0.22 * lines)
        _draw_marks(ax, rows)
        ax.set_yticks(range(len(rows)), labels)
        ax.set_ylim(max(len(rows), 1) - 0.4, -0.6)
        _set_scale(ax, rows)
        ax.set_title(wrap(_spread(rows["alpha"].tolist(), names), 50))
        ax.set_xlabel("Krippendorff's α (1: no difference; 0: as by chance)", loc="left")
        add_caption(ax, _caption(table, unit), width=72)
        as_words(ax)
    return ax


def _draw_marks(ax: Axes, rows: pd.DataFrame) -> None:
    columns = (rows[name].tolist() for name in ("alpha", "alpha_low", "alpha_high"))
    for place, (alpha, low, high) in enumerate(zip(*columns, strict=True)):
        if alpha != alpha:
            ax.text(0, place, " not defined", va="center", fontsize=8)
            continue
        sure = low == low
        if sure:
            ax.plot([low, high], [place, place], color=INK, linewidth=1.3, solid_capstyle="butt")
            ax.plot([low, high], [place, place], color=INK, marker="|", ms=6, linestyle="")
        ax.plot(alpha, place, "o", color=INK, markerfacecolor=INK if sure else "white", ms=5.5)


def _set_scale(ax: Axes, rows: pd.DataFrame) -> None:
    """Show 0 and 1, and what lies below 0 if anything does."""
    least = min(0.0, *rows["alpha"].dropna(), *rows["alpha_low"].dropna(), 0.0)
    ax.set_xlim(least - 0.03, 1.03)
    ax.axvline(0, color=INK, linewidth=0.8, linestyle=(0, (2, 2)))
    ax.grid(axis="x", color=PALE, linewidth=0.6)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.tick_params(axis="y", length=0)


def _spread(values: list[float], names: list[str]) -> str:
    """Say between what the coefficients lie."""
    known = [(value, name) for value, name in zip(values, names, strict=True) if value == value]
    if not known:
        return "Nothing here can be measured"
    (high, best), (low, worst) = known[0], known[-1]
    if len(known) == 1:
        return f"α is {_written(high)} for {clip(best, 50)}"
    return f"α lies between {_written(low)} ({clip(worst, 45)}) and {_written(high)} ({clip(best, 45)})"


def _written(value: float) -> str:
    return f"{value:.2f}".replace("-0.00", "0.00")


def _caption(table: pd.DataFrame, unit: str) -> str:
    units = int(table["units"].max()) if len(table) else 0
    drawn, many = "interviews", f"{count_of(units, unit)} that both coders read"
    if "transcript_id" in table:
        drawn, many = "turns", f"up to {units:,} decisions an interview ({unit} × code)"
    return (
        f"n = {many}; in brackets how many of them either coder gave the code. Lines: where α would "
        f"lie if other {drawn} had been drawn; a hollow mark has none, since too few have the code "
        "or the coders never differ."
    )


def plot_confusion(confusion: pd.DataFrame, *, most: int = 16, ax: Axes | None = None) -> Axes:
    """Draw what the first coder called X and the second Y, as a map of greys with the numbers.

    Parameters
    ----------
    confusion : pandas.DataFrame
        From `code_confusion`: rows the first coder's, columns the second's, ``no code`` last.
    most : int, default 16
        How many codes to show at most: those with the most differences; the caption counts the
        others.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        Agreements stand on the framed diagonal; shades count differences only, so that they are
        not drowned by them.

    Examples
    --------
    >>> from qualcode.analysis.agreement.disagreements import code_confusion
    >>> from qualcode.study.example import example_study
    >>> table = code_confusion(example_study(), coders=("ann", "ben"))
    >>> print(plot_confusion(table).get_title(loc="left"))
    ann and ben give 2 of 4 passages one name; 2 only one
    of them coded, 0 they name otherwise
    """
    shown, left_out = _most_differing(confusion, most)
    names = [wrap(one, 34, most=2) for one in short_names(list(shown.index))]
    first, second = (str(shown.index.name), str(shown.columns.name))
    with house_style():
        size = len(names)
        ax = new_axes(ax, width=max(6.5, 3.4 + 0.38 * size), height=3.2 + 0.3 * size)
        _fill(ax, shown.to_numpy())
        ax.set_yticks(range(size), names)
        ax.set_xticks(range(size), names)
        ax.tick_params(length=0, top=False, bottom=False, labeltop=True, labelbottom=False)
        for label in ax.get_xticklabels():
            label.set(rotation=45, ha="left", va="bottom", rotation_mode="anchor")
        ax.spines[:].set_visible(False)
        ax.set_xlabel(f"Rows: what {first} gave. Columns: what {second} gave.", loc="left")
        letters = int(10 * max(5.2, 1.9 + 0.38 * size))
        ax.set_title(wrap(_confusion_finding(confusion), letters))
        more = (
            f" Not shown: {count_of(left_out, 'code')} with fewer differences." if left_out else ""
        )
        caption = (
            f"n = {count_of(int(confusion.to_numpy().sum()), 'passage')}, each counted once. Framed: both gave "
            f"the same code; the darker another cell, the more differences.{more}"
        )
        add_caption(ax, caption, width=int(letters * 1.3))
        as_words(ax)
    return ax


def _most_differing(confusion: pd.DataFrame, most: int) -> tuple[pd.DataFrame, int]:
    """Keep the codes with the most differences, in order, and ``no code``."""
    values = confusion.to_numpy()
    differing = values.sum(axis=0) + values.sum(axis=1) - 2 * values.diagonal()
    codes = [place for place, name in enumerate(confusion.index) if name != NO_CODE]
    kept = sorted(sorted(codes, key=lambda place: (-differing[place], place))[:most])
    rows = [*kept, *(place for place in range(len(values)) if place not in codes)]
    return confusion.iloc[rows, rows], len(codes) - len(kept)


def _fill(ax: Axes, values: NDArray[Any]) -> None:
    """Shade the differences, frame the agreements, and write the numbers."""
    import matplotlib as mpl
    from matplotlib.patches import Rectangle

    size = len(values)
    differences = values - values * (range(size) == _column(size))
    most = max(1, int(differences.max(initial=0)))
    greys = mpl.colormaps["Greys"]
    ax.set_xlim(-0.5, size - 0.5)
    ax.set_ylim(size - 0.5, -0.5)
    edges = [place - 0.5 for place in range(size + 1)]
    shades = differences * (_DARKEST / most)
    ax.pcolormesh(edges, edges, shades, cmap=greys, vmin=0, vmax=1, edgecolors="white", linewidth=1)
    for row in range(size):
        for column in range(size):
            value = values[row, column]
            if row == column == size - 1:
                continue  # where neither coded there is no passage
            if row == column:
                ax.add_patch(Rectangle((row - 0.46, row - 0.46), 0.92, 0.92, fill=False, lw=0.9))
            if value:
                ink = ink_on(greys(shades[row, column]))
                ax.text(
                    column, row, f"{value:,}", ha="center", va="center", color=ink, fontsize=8.5
                )


def _column(size: int) -> Any:
    import numpy as np

    return np.arange(size)[:, None]


def _confusion_finding(confusion: pd.DataFrame) -> str:
    values = confusion.to_numpy()
    total, same = int(values.sum()), int(values.diagonal().sum())
    alone = int(values[-1].sum() + values[:, -1].sum()) if len(values) else 0
    first, second = confusion.index.name, confusion.columns.name
    return (
        f"{first} and {second} give {same:,} of {count_of(total, 'passage')} one name; "
        f"{alone:,} only one of them coded, {total - same - alone:,} they name otherwise"
    )


def short_names(paths: list[str]) -> list[str]:
    """Give the last name of each path, and the whole path where two would be alike."""
    last = [path.rsplit(" > ", 1)[-1] for path in paths]
    return [name if last.count(name) == 1 else path for path, name in zip(paths, last, strict=True)]
