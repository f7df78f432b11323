"""Colours for codes that were given none: one a theme, lighter ones below it."""

from __future__ import annotations

import re

__all__ = ["normal_colour", "shade", "theme_colour"]

# The "muted" scheme of Paul Tol, "Colour Schemes", SRON/EPS/TN/09-002 (2021): nine colours that
# stay apart for readers with any of the common colour-vision deficiencies.
_PALETTE = (
    "#332288",
    "#cc6677",
    "#117733",
    "#ddcc77",
    "#88ccee",
    "#882255",
    "#44aa99",
    "#999933",
    "#aa4499",
)
_TOWARDS_WHITE = (0.2, 0.35, 0.5, 0.65)
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def normal_colour(colour: str) -> str | None:
    """Give ``#rrggbb`` in lower case, or None if the text is not a colour."""
    if not _COLOUR.fullmatch(colour):
        return None
    digits = colour[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def theme_colour(number: int) -> str:
    """Give the colour of the theme with this number, counted from 0; after nine they come again."""
    return _PALETTE[number % len(_PALETTE)]


def shade(colour: str, number: int) -> str:
    """Give the lighter colour of the code with this number, counted from 0, within its theme."""
    part = _TOWARDS_WHITE[number % len(_TOWARDS_WHITE)]
    channels = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(value + (255 - value) * part):02x}" for value in channels)
