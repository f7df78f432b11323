"""How long measures of agreement take, beside the libraries that have them too."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.figures import Figure, timed_once

SEED = 20261126


def measure_agreement(*, quick: bool = False) -> Iterator[Figure]:
    """Measure single coefficients on made-up ratings, the same each time."""
    units = 500 if quick else 20_000
    rng = np.random.default_rng(SEED)
    truth = rng.integers(1, 6, units)
    said = np.where(rng.random((4, units)) < 0.7, truth, rng.integers(1, 6, (4, units)))
    yield compare_alpha(np.where(rng.random(said.shape) < 0.1, np.nan, said))
    yield compare_fleiss(said)
    yield compare_kappa(said[:2])
    yield compare_sets(said[:3, : 200 if quick else 2_000])


def compare_alpha(ratings: np.ndarray) -> Figure:
    import krippendorff

    from qualcode.analysis.agreement.agreement import krippendorff_alpha

    return beside(
        f"alpha, 4 coders × {ratings.shape[1]:,}",
        lambda: krippendorff_alpha(ratings, level="ordinal").value,
        "krippendorff",
        lambda: krippendorff.alpha(ratings, level_of_measurement="ordinal"),
    )


def compare_fleiss(ratings: np.ndarray) -> Figure:
    from statsmodels.stats.inter_rater import aggregate_raters
    from statsmodels.stats.inter_rater import fleiss_kappa as theirs

    from qualcode.analysis.agreement.agreement import fleiss_kappa

    return beside(
        f"Fleiss' kappa, 4 coders × {ratings.shape[1]:,}",
        lambda: fleiss_kappa(ratings).value,
        "statsmodels",
        lambda: theirs(aggregate_raters(ratings.T)[0]),
    )


def compare_kappa(ratings: np.ndarray) -> Figure:
    from statsmodels.stats.inter_rater import cohens_kappa

    from qualcode.analysis.agreement.agreement import cohen_kappa, from_table

    table = np.zeros((5, 5))
    np.add.at(table, tuple(ratings - 1), 1)
    return beside(
        "Cohen's kappa of a table, with errors",
        lambda: cohen_kappa(from_table(table)).value,
        "statsmodels",
        lambda: cohens_kappa(table).kappa,
    )


def compare_sets(ratings: np.ndarray) -> Figure:
    from nltk.metrics import masi_distance
    from nltk.metrics.agreement import AnnotationTask

    from qualcode.analysis.agreement.agreement import krippendorff_alpha

    sets = [[frozenset({value, (value * 3) % 7}) for value in row] for row in ratings.tolist()]
    triples = [(c, unit, value) for c, row in enumerate(sets) for unit, value in enumerate(row)]
    return beside(
        f"alpha of sets, 3 coders × {ratings.shape[1]:,}",
        lambda: krippendorff_alpha(sets, level="masi").value,
        "nltk",
        lambda: AnnotationTask(triples, distance=masi_distance).alpha(),
    )


def beside(
    name: str, ours: Callable[[], float], library: str, theirs: Callable[[], float]
) -> Figure:
    """Time two ways to one number, by turns, and see that it is one number."""
    if not np.isclose(ours(), theirs()):
        raise ValueError(f"{name}: {ours()} here, {theirs()} in {library}")
    pairs = [(timed_once(ours), timed_once(theirs)) for _ in range(5)]
    value, yardstick = (min(column) for column in zip(*pairs, strict=True))
    return Figure(name, value, "≤ 1×", value <= yardstick, library, yardstick)
