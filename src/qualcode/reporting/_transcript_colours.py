"""Codes' colours made visible on light and on dark paper, and a style of line for each code."""

from __future__ import annotations

from qualcode.coding._palette import normal_colour

__all__ = ["LINES", "contrast", "line_colours"]

#: Names that CSS knows both for borders and for underlines.
LINES = ("solid", "dashed", "dotted", "double")
_PAPERS = {"#ffffff": 0, "#17171a": 255}  # the papers, and what a colour is mixed with on each
_LEAST = 3.0  # WCAG 2.2, 1.4.11: contrast of graphics
_NO_COLOUR = "#767676"


def line_colours(colour: str) -> tuple[str, str]:
    """Give a code's colour for light and for dark paper, changed no more than it must be.

    What is not a colour becomes grey: nothing else may reach a style sheet.

    Examples
    --------
    >>> line_colours("#882255"), line_colours("red; } body { display: none")
    (('#882255', '#a04e77'), ('#767676', '#767676'))
    """
    valid = normal_colour(colour) or _NO_COLOUR
    light, dark = (_visible(valid, paper, towards) for paper, towards in _PAPERS.items())
    return light, dark


def _visible(colour: str, paper: str, towards: int) -> str:
    for tenth in range(20):
        mixed = _mix(colour, towards, tenth / 20)
        if contrast(mixed, paper) >= _LEAST:
            return mixed
    return _mix(colour, towards, 1)


def _mix(colour: str, towards: int, part: float) -> str:
    return "#" + "".join(f"{round(c + (towards - c) * part):02x}" for c in _channels(colour))


def contrast(one: str, other: str) -> float:
    """Give the contrast of two ``#rrggbb`` colours, from 1 to 21 (WCAG 2.2, contrast ratio).

    Examples
    --------
    >>> contrast("#ffffff", "#000000")
    21.0
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (channel / 255 for channel in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))
