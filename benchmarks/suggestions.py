"""Suggestions: learning again after twenty decisions, beside learning everything."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, timed

ROOT = Path(__file__).resolve().parent.parent
CODER = "A"
_AIM = 2.0  # seconds
_DECISIONS, _ROUNDS = 20, 5


def measure_suggestions(*, quick: bool) -> Iterator[Figure]:
    """Learn the worked study's codes, then decide what the queue asks, twenty at a time."""
    from qualcode.coding.suggesting import Decision
    from qualcode.machine.suggesting.suggest import suggest
    from qualcode.study import open_study

    study = open_study(ROOT)
    level, unit = ("theme", "turn") if quick else ("code", "sentence")
    suggest(study, coder=CODER, level=level, unit=unit)  # texts are read, packages imported
    whole = timed(lambda: suggest(study, coder=CODER, level=level, unit=unit))
    offers = suggest(study, coder=CODER, level=level, unit=unit)
    again = []
    for _ in range(1 if quick else _ROUNDS):
        asked = offers.queue(list(study.corpus.values()), _DECISIONS)
        told = [Decision(*one[:4], accepted=n % 2 == 0) for n, one in enumerate(asked)]
        again.append(timed(offers.learn, told))
    value = statistics.median(again)
    name = f"learning again after {_DECISIONS} decisions"
    yield Figure(name, value, f"< {_AIM:g} s", value < _AIM, "everything", whole)
