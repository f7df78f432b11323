"""How two coders agree: a row a code, several measures side by side, and what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.analysis.agreement._agreement_rows import Asked, rows_by_code, rows_by_transcript
from qualcode.analysis.agreement.differences import check_two
from qualcode.analysis.units._unit_frame import as_characters, read_units
from qualcode.errors import UnknownValueError, clip
from qualcode.frames import make_frame

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.analysis.units._unit_frame import UnitTable
    from qualcode.study import Study

__all__ = ["agreement"]

_BY = ("code", "theme", "transcript")


def agreement(
    study: Study,
    *,
    coders: tuple[str, str],
    by: str = "code",
    unit: str = "turn",
    codes: Iterable[str] | None = None,
    transcript: str | Iterable[str] | None = None,
    read: Mapping[str, Iterable[str]] | None = None,
    speakers: str = "interviewees",
    language: str = "en",
    resamples: int = 1000,
    confidence: float = 0.95,
    rng: np.random.Generator | int = 0,
) -> pd.DataFrame:
    """Lay several measures of two coders' agreement side by side, with what they mean.

    No one figure says how well two people agree. Percent agreement and Gwet's AC1 are high for any
    rare code, since both gave it almost nowhere; κ and α then turn on few cases. So the counts
    stand beside the coefficients, and `reading` says which of this a row suffers from.

    Parameters
    ----------
    study : Study
        The study.
    coders : (str, str)
        The first and the second coder. For more than two, hand `units_of` to the measures.
    by : {'code', 'theme', 'transcript'}, default 'code'
        A row for each code by itself; for each theme, with all below it; or for each transcript
        that both have read, where every code in every unit is one decision.
    unit : {'turn', 'sentence', 'character'}, default 'turn'
        What is counted (see `units_of`).
    codes : iterable of str, optional
        Ids; by default all codes, or all themes. By transcript, those that either coder gave in
        what both have read: codes that nobody used would only add agreement on nothing.
    transcript, read, speakers, language
        As for `units_of`.
    resamples : int, default 1000
        How often interviews are drawn again for the interval; 0 for none.
    confidence : float, default 0.95
        Of the interval.
    rng : numpy.random.Generator or int, default 0
        Where chance comes from; the same number gives the same interval.

    Returns
    -------
    pandas.DataFrame
        The frame ``agreement`` in the order of the codebook, or ``agreement_by_transcript``.
        `units` are those that both have read (characters where unit is 'character'; decisions by
        transcript), of which ``both``, ``first_only``, ``second_only`` and ``neither``.
        `alpha` is Krippendorff's, nominal; `alpha_low` and `alpha_high` the percentiles of α
        over interviews drawn again with replacement (by transcript: over its turns), nan from
        fewer than 5, if α is undefined in 5 % of the draws or more, or without any difference. `span_f1` counts codings
        of the same words, `overlap_f1` those that share words, `character_f1` characters.
        `prevalence` is the mean of both coders' shares of units with the code, `share_coded` the
        share of characters that either coded so, `coverage` the share of units read by either
        that both have read. What is undefined is nan.

    Raises
    ------
    StudyError
        If the two are not two coders.
    UnknownValueError
        If there is no such coder, transcript, unit or `by`, or `confidence` is not within 0 and 1.
    UnknownCodeError
        If there is no such code.

    Notes
    -----
    Units of one interview are not independent, so whole interviews are drawn again; an interval
    over thousands of characters as if each were drawn by itself would be far too narrow. With ten
    interviews or fewer even this one is a rough guide.

    `reading` gives Landis and Koch's words (1977) only with their weakness: the steps are, in their
    own words, clearly arbitrary. Krippendorff asks for α ≥ .800, and from .667 for tentative
    conclusions, and that too is a convention.

    Reflexive thematic analysis rejects agreement between coders as a goal (Braun and Clarke
    2021): there the table is at best a list of passages to talk about.

    References
    ----------
    Krippendorff, K. (2019). *Content Analysis*, 4th ed. Sage, chapter 12.
    Feinstein, A. R. and Cicchetti, D. V. (1990). High agreement but low kappa: I. The problems of
    two paradoxes. *Journal of Clinical Epidemiology* 43(6), 543-549.
    Field, C. A. and Welsh, A. H. (2007). Bootstrapping clustered data. *Journal of the Royal
    Statistical Society B* 69(3), 369-390.
    Braun, V. and Clarke, V. (2021). One size fits all? What counts as quality practice in
    (reflexive) thematic analysis? *Qualitative Research in Psychology* 18(3), 328-352.

    See Also
    --------
    qualcode.worst_disagreements : the passages to talk about.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> table = agreement(example_study(), coders=("ann", "ben"), by="theme")
    >>> table[["code_path", "units", "both", "first_only", "second_only", "neither", "percent"]]
      code_path  units  both  first_only  second_only  neither  percent
    0      Rest      2     1           1            0        0      0.5
    1  Staffing      2     1           0            1        0      0.5
    2       Pay      2     0           0            0        2      1.0
    >>> table["reading"][2]
    'Neither coder gave it: there is nothing to measure.'
    """
    two = check_two(coders)
    if by not in _BY:
        mend = f"choose {', '.join(map(repr, _BY))}"
        raise UnknownValueError(f"no agreement by {clip(str(by))!r}", mend=mend)
    if not 0 < confidence < 1:
        raise UnknownValueError(f"confidence {confidence} is not a share", mend="give 0.95")
    wanted = (
        [theme.id for theme in study.codebook.themes] if codes is None and by == "theme" else codes
    )
    options: dict[str, Any] = {"codes": wanted, "below": by == "theme", "read": read}
    options |= {"speakers": speakers, "transcript": transcript, "language": language}
    turns = read_units(study, two, unit="turn", **options)
    tables = _in_units(study, two, unit, turns, options)
    asked = Asked(two, unit, resamples, confidence, np.random.default_rng(rng))
    if by == "transcript":
        return make_frame(
            "agreement_by_transcript", rows_by_transcript(*tables, asked, used=codes is None)
        )
    return make_frame("agreement", rows_by_code(*tables, asked, study.codebook))


def _in_units(
    study: Study, coders: tuple[str, str], unit: str, turns: UnitTable, options: dict[str, Any]
) -> tuple[UnitTable, UnitTable]:
    """Give the table in the units asked for, and the one in characters."""
    characters = as_characters(turns)
    if unit == "turn":
        return turns, characters
    if unit == "character":
        return characters, characters
    return read_units(study, coders, unit=unit, **options), characters
