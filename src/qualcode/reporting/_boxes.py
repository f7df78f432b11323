"""Boxes on a page pushed apart until none covers another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

__all__ = ["Box", "push_apart", "text_size"]

_ROUNDS = 400
_SPACE = 0.12  # inches between boxes


@dataclass
class Box:
    """A box with its centre, in inches.

    Parameters
    ----------
    x, y : float
        The centre.
    width, height : float
        The size.
    """

    x: float
    y: float
    width: float
    height: float

    def overlap(self, other: Box) -> tuple[float, float]:
        """Give by how much two boxes overlap in each direction; they do if both are above 0."""
        return (
            (self.width + other.width) / 2 - abs(self.x - other.x),
            (self.height + other.height) / 2 - abs(self.y - other.y),
        )

    def covers(self, other: Box) -> bool:
        """Tell whether two boxes overlap."""
        return min(self.overlap(other)) > 0


@lru_cache(maxsize=1024)
def text_size(text: str, points: float) -> tuple[float, float]:
    """Measure text in inches, in the house's type."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    font = FontProperties(family="DejaVu Sans", size=points)
    lines = text.split("\n")
    widths = [
        TextPath((0, 0), line, prop=font, usetex=False).get_extents().x1
        for line in lines
        if line.strip()
    ]
    return max(widths, default=0.0) / 72 * 1.05, len(lines) * points * 1.3 / 72


def push_apart(boxes: list[Box], width: float, height: float) -> bool:
    """Move boxes, in place, until none overlaps; False if the page is too full."""
    for _ in range(_ROUNDS):
        moved = False
        for n, one in enumerate(boxes):
            for other in boxes[:n]:
                moved = _part(one, other) or moved
            _keep_on_page(one, width, height)
        if not moved:
            return True
    return not any(one.covers(other) for n, one in enumerate(boxes) for other in boxes[:n])


def _part(one: Box, other: Box) -> bool:
    """Move two boxes away from each other, the shorter way."""
    across, up = (by + _SPACE for by in one.overlap(other))
    if across <= 1e-6 or up <= 1e-6:
        return False
    if across < up:
        step = across / 2 if one.x >= other.x else -across / 2
        one.x, other.x = one.x + step, other.x - step
    else:
        step = up / 2 if one.y >= other.y else -up / 2
        one.y, other.y = one.y + step, other.y - step
    return True


def _keep_on_page(box: Box, width: float, height: float) -> None:
    box.x = min(max(box.x, box.width / 2), width - box.width / 2)
    box.y = min(max(box.y, box.height / 2), height - box.height / 2)
