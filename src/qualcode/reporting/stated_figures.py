"""The numbers that a published report states, drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcode.errors import UnknownValueError
from qualcode.reporting._canvas import (
    PALE,
    add_caption,
    as_words,
    count_of,
    house_style,
    new_axes,
    wrap,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["plot_stated"]

_BAR = "#4d6a87"
_PARTS = ("label", "period", "body")


def plot_stated(figures: pd.DataFrame, *, title: str = "", ax: Axes | None = None) -> Axes:
    """Draw numbers of one unit that a report states, a bar each, in the order given.

    Parameters
    ----------
    figures : pandas.DataFrame
        Rows of the frame ``report_figures``, all of one unit.
    title : str, optional
        What the numbers show, as a sentence; by default the labels' unit.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        A range is drawn from its lower to its upper end. Numbers stated with *about* or *more
        than* say so. What all rows have in common (a body, a period) stands in the caption.

    Raises
    ------
    UnknownValueError
        If there are no rows, or they have more than one unit.

    Examples
    --------
    >>> from qualcode.frames import make_frame
    >>> row = {"section": "", "topic": "", "body": "", "period": "", "upper": None, "line": None,
    ...        "unit": "nurses", "qualifier": "about", "footnote": None, "check": ""}
    >>> rows = [row | {"figure_id": "day", "label": "By day", "value": 1200}]
    >>> ax = plot_stated(make_frame("report_figures", rows), title="Most work by day")
    >>> [text.get_text() for text in ax.texts][0]
    'about 1,200'
    """
    units = figures["unit"].unique().tolist()
    if len(units) != 1:
        mend = "choose rows of one unit"
        raise UnknownValueError(f"the rows have {len(units)} units: {', '.join(units)}", mend=mend)
    rows = [{str(k): v for k, v in row.items()} for row in figures.to_dict("records")]
    common = _common(rows)
    labels = [wrap(_label(row, common), 44, most=2) for row in rows]
    with house_style():
        lines = sum(max(1.4, 1 + label.count("\n")) for label in labels)
        ax = new_axes(ax, width=8, height=1.5 + 0.2 * lines)
        most = max(_top(row) for row in rows) or 1.0
        for place, row in enumerate(rows):
            _draw_bar(ax, place, row, room=most * 0.012)
        ax.set_yticks(range(len(rows)), labels)
        ax.set_ylim(len(rows) - 0.4, -0.6)
        ax.set_xlim(0, most * 1.28)
        ax.grid(axis="x", color=PALE, linewidth=0.6)
        ax.spines[["top", "right"]].set_visible(False)
        ax.tick_params(axis="y", length=0)
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        ax.set_title(wrap(title or units[0], 48))
        ax.set_xlabel(units[0], loc="left")
        stated = f"n = {count_of(len(rows), 'number')} stated in the report"
        add_caption(ax, ", ".join([stated, *(rows[0][name] for name in common)]) + ".", width=72)
        as_words(ax)
    return ax


def _draw_bar(ax: Axes, place: int, row: dict[str, Any], *, room: float) -> None:
    ends = _top(row)
    begins = row["value"] if ends != row["value"] else 0
    ax.barh(place, ends - begins, left=begins, height=0.64, color=_BAR)
    ax.text(ends + room, place, _amount(row), va="center")


def _top(row: dict[str, Any]) -> float:
    upper = float(row["upper"])
    return upper if upper == upper else float(row["value"])  # nan is no number, not even itself


def _common(rows: list[dict[str, Any]]) -> list[str]:
    """Name what all rows share and a label need not repeat; one row keeps its own label."""
    names = _PARTS if len(rows) > 1 else _PARTS[1:]
    return [name for name in names if rows[0][name] and len({row[name] for row in rows}) == 1]


def _label(row: dict[str, Any], common: list[str]) -> str:
    parts = [row[name] for name in _PARTS if name not in common and row[name]]
    return ", ".join(parts) or row["label"]


def _amount(row: dict[str, Any]) -> str:
    value = f"{row['value']:,.2f}".removesuffix(".00")
    if _top(row) != row["value"]:
        value += f" to {row['upper']:,.2f}".removesuffix(".00")
    said = "" if row["qualifier"] in ("", "exact") else f"{row['qualifier']} "
    return said + value
