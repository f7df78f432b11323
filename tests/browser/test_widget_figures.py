"""`make bench` makes the workspace's figures, here on a transcript too small to judge them by."""

from __future__ import annotations

from benchmarks.widget import measure

from ._lab import Lab


def test_every_figure_is_made(lab: Lab) -> None:
    figures = list(measure(lab, words=500, codings=20, times=2))
    assert [figure.name for figure in figures] == [
        "workspace: first paint",
        "workspace: a key, saved and painted",
        "workspace: a frame when scrolling",
    ]
    assert all(figure.value > 0 for figure in figures)
