"""What in a coder's work is worth a second look. Nothing is changed, and nothing here is an error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.errors import UnknownValueError, clip
from qualcode.frames import make_frame
from qualcode.machine._choices import choose_coder
from qualcode.machine.checking._duplicates import find_duplicates
from qualcode.machine.checking._far import find_far
from qualcode.machine.checking._merges import find_merges
from qualcode.machine.checking._quotes import Quotes, read_quotes
from qualcode.machine.checking._splits import find_splits
from qualcode.machine.embedding.embed import DEFAULT, cache_of, embed

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.study import Study

__all__ = ["coder_checks"]

_KINDS = ("duplicate", "far", "merge", "split")
_SHUFFLES = 199


def coder_checks(
    study: Study,
    *,
    coder: str | None = None,
    kinds: Iterable[str] = _KINDS,
    near: float = 0.9,
    words: float = 0.9,
    far: float = 2.5,
    alike: float = 0.75,
    level: float = 0.05,
    model: str = DEFAULT,
    precision: str = "float32",
    cache: Path | str | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """List what in one coder's work is worth a second look.

    A list to read, never a change: a coder may have good reasons for everything on it.

    Parameters
    ----------
    study : Study
        The study.
    coder : str, optional
        Whose codings. By default those that the study's settings name, or the only ones.
    kinds : iterable of {'duplicate', 'far', 'merge', 'split'}
        What to look for; by default everything. See Notes.
    near, words : float, default 0.9
        The cosine of two passages' vectors, and the share of letters that they have in common in
        order, from which on they are nearly the same; either is enough.
    far : float, default 2.5
        How unusual a quote must be in its code, in robust standard deviations [1]_.
    alike : float, default 0.75
        How like each other two codes must be, as a share of what each is within itself.
    level : float, default 0.05
        Of the tests, after adjustment for how many codes or pairs are looked at.
    model, precision : str
        As for `embed`.
    cache : Path or str, optional
        Where vectors are kept; by default beside the study.
    seed : int, default 0
        For the draws of the check for splits.

    Returns
    -------
    pandas.DataFrame
        The frame ``coder_checks``, by kind, the strongest first. A row has two ends, `quotes` and
        `other_quotes`, each with `coding_ids` and `places`: the two passages; the quote, and two
        typical ones of the code that it is nearer to; two typical quotes of either code; two of
        either group of one code. `score` is the likeness, the distance in robust standard
        deviations, the ratio of likeness, or of spread. `q` is missing where nothing is tested;
        `passages` counts what the row rests on.

    Raises
    ------
    UnknownValueError
        If there is no such coder or kind, or a threshold is below 0.
    StudyError
        If nobody has coded anything.

    Notes
    -----
    *Duplicate*: two passages of four words or more, nearly the same, with no theme in common.
    *Far*: a quote that is nearer to the middle of another theme's code than to that of its own
    code's other quotes, by a margin that is unusual in its code (median and median absolute
    deviation); codes of 8 quotes from 3 interviews. Words that have the other code too are left
    out.

    *Merge*: likeness of two codes is the mean product of centred vectors over pairs of quotes from
    different interviews, so that one person's way of speaking counts for nothing. Two codes are
    listed if their likeness is at least `alike` times the mean of their likeness within (the idea
    of the heterotrait-monotrait ratio [2]_) and above 0 beyond chance, and if the difference, which
    is a squared distance of the means (a maximum mean discrepancy with a linear kernel [3]_), is
    not; and only if the quotes of both together are alike beyond chance, in `q` adjusted for the
    number of pairs [4]_. All tests are jackknifes over interviews. Codes of 8 quotes from 4
    interviews; a code and one below it are no pair. That codes of few quotes cannot be told apart
    may mean only that they are few.

    *Split*: the longest axis of a code's quotes is found in four fifths of the interviews, and the
    quotes of the others are placed on it. Listed are codes that spread along it more than as many
    quotes that lie around their middle as those of the study's other codes do, so that a theme
    coded with one code stands out (a reference of one group, as in [5]_). Codes of 12 quotes from
    4 interviews; of many quotes a random sample is looked at, at most 100 and a third as many as
    other codes have. It says that a code is wide in a steady way; whether that is two codes, the
    quotes must say.

    References
    ----------
    .. [1] Leys, C. et al. (2013). Detecting outliers: do not use standard deviation around the
       mean, use absolute deviation around the median. Journal of Experimental Social Psychology
       49(4), 764-766.
    .. [2] Henseler, J., Ringle, C. M. & Sarstedt, M. (2015). A new criterion for assessing
       discriminant validity in variance-based structural equation modeling. Journal of the Academy
       of Marketing Science 43, 115-135.
    .. [3] Gretton, A. et al. (2012). A kernel two-sample test. Journal of Machine Learning
       Research 13, 723-773.
    .. [4] Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate. Journal of
       the Royal Statistical Society B 57(1), 289-300.
    .. [5] Tibshirani, R., Walther, G. & Hastie, T. (2001). Estimating the number of clusters in a
       data set via the gap statistic. Journal of the Royal Statistical Society B 63(2), 411-423.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> loose = coder_checks(example_study(), coder="ann", near=0.14)  # to find something in six
    >>> loose[["kind", "code_path", "other_code_path"]].values.tolist()
    [['duplicate', 'Rest > Sleep by day', 'Staffing']]
    """
    wanted = _checked(kinds, {"near": near, "words": words, "far": far, "alike": alike})
    kept = cache_of(study) if cache is None else cache
    quotes = read_quotes(
        study.segments(coder=choose_coder(study, coder)),
        study.corpus,
        study.codebook,
        partial(embed, model=model, precision=precision, cache=kept),
    )
    rng = np.random.default_rng(seed)
    checks: dict[str, Callable[[], Iterator[dict[str, Any]]]] = {
        "duplicate": lambda: find_duplicates(quotes, near, words),
        "far": lambda: find_far(quotes, far),
        "merge": lambda: find_merges(quotes, alike, level),
        "split": lambda: find_splits(quotes, level, _SHUFFLES, rng),
    }
    return _frame(quotes, (check() for kind, check in checks.items() if kind in wanted))


def _frame(quotes: Quotes, found: Iterable[Iterator[dict[str, Any]]]) -> pd.DataFrame:
    """Lay the findings out, the strongest of each kind first."""
    rows = [
        row for kind in found for row in sorted(kind, key=lambda one: (-one["score"], one["what"]))
    ]
    frame = make_frame("coder_checks", rows)
    frame.attrs["quotes"] = len(quotes.frame)
    return frame


def _checked(kinds: Iterable[str], thresholds: dict[str, float]) -> set[str]:
    wanted = {kinds} if isinstance(kinds, str) else set(kinds)
    unknown = sorted(wanted - set(_KINDS), key=str)
    if unknown:
        mend = f"use some of {', '.join(map(repr, _KINDS))}"
        raise UnknownValueError(f"no kind of check is {clip(str(unknown[0]))!r}", mend=mend)
    for name, value in thresholds.items():
        if not value >= 0:
            raise UnknownValueError(f"{name}={value!r}", mend="give a number, 0 or more")
    return wanted
