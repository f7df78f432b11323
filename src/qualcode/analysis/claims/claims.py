"""Whether a report's claims follow: from the transcripts, and from what the report attributes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from qualcode.analysis.claims._claim_support import (
    FILTERS,
    Support,
    cited_on,
    footnote_rows,
    heard_on,
    in_scope,
    support_of,
)
from qualcode.analysis.stance import is_contrary
from qualcode.errors import StudyError, UnknownValueError, clip
from qualcode.frames import empty_frame, make_frame

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.coding.codebook import Codebook
    from qualcode.model import Transcript
    from qualcode.study import Study
    from qualcode.study._conditions import Condition
    from qualcode.study.claims import Claim

__all__ = ["claim_quotes", "claim_table", "judge_claims"]

HOLDS, THIN, NOT_SHOWN = "holds", "thin", "not shown"

_COUNTS = (
    "interviews",
    "people",
    "of_people",
    "bodies",
    "of_bodies",
    "quotes",
    "contrary_people",
)


def judge_claims(study: Study, *, coder: str | None = None) -> pd.DataFrame:
    """Judge the claims of a study's own ``claims.yaml``.

    Parameters
    ----------
    study : Study
        A study with a folder.
    coder : str, optional
        Whose codings bear them; by default the coder that ``study.yaml`` names, else everybody.

    Returns
    -------
    pandas.DataFrame
        Frame "claim_table" (see `claim_table`), with the evidence and the figures of the
        published report as far as the study has them.

    Raises
    ------
    StudyError
        If the study has no folder or no claims, or a file is wrong.
    UnknownValueError
        If nobody is called `coder`, or a claim asks for what there is not.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> judge_claims(example_study())
    Traceback (most recent call last):
    ...
    qualcode.errors.StudyError: the study has no folder with claims. Mend: open a study's folder
    """
    from qualcode.study._report_files import CLAIMS, FIGURES, QUOTES
    from qualcode.study.claims import read_claims
    from qualcode.study.evidence import read_evidence
    from qualcode.study.report_figures import read_report_figures

    if study.root is None:
        raise StudyError("the study has no folder with claims", mend="open a study's folder")
    root, codebook = study.root, study.codebook
    figures = read_report_figures(root / FIGURES) if (root / FIGURES).exists() else None
    evidence = read_evidence(root / QUOTES, codebook) if (root / QUOTES).exists() else None
    ids = () if figures is None else figures["figure_id"]
    claims = read_claims(root / CLAIMS, codebook, figures=set(ids))
    coder = coder or study.settings.coder
    segments = study.segments(coder=coder) if coder else study.segments()
    return claim_table(claims, segments, study.people, codebook, evidence=evidence, figures=figures)


def claim_table(
    claims: Iterable[Claim],
    segments: pd.DataFrame,
    people: pd.DataFrame,
    codebook: Codebook,
    *,
    evidence: pd.DataFrame | None = None,
    figures: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Judge each claim by the numbers that would make its words true.

    Parameters
    ----------
    claims : iterable of Claim
        What is claimed, such as ``qc.read_claims(...)``.
    segments : pandas.DataFrame
        The frame ``segments``; of one coder, or counts of quotes are the coders' together.
    people : pandas.DataFrame
        The frame ``people``: everybody interviewed, of whom shares are taken.
    codebook : Codebook
        The codes; what is below a claim's code bears the claim too.
    evidence : pandas.DataFrame, optional
        Frame "evidence": what a report's footnotes support.
    figures : pandas.DataFrame, optional
        Frame "report_figures": the numbers that the report states.

    Returns
    -------
    pandas.DataFrame
        Frame "claim_table", a row a claim. ``in_transcripts`` and ``in_report`` are the verdicts
        (see Notes), empty where there is nothing to judge by. ``stands`` is False where a verdict
        is another than the one the claim expects.

    Raises
    ------
    UnknownValueError
        If a claim names a body, kind of body or role that was not interviewed, or a figure that
        is not stated.

    Notes
    -----
    A claim *holds* if every condition is met and, where people speak at all, somebody says it; it is *thin* if some voice bears it, or some figure
    is as claimed, and yet not enough; else it is *not shown*. Voices that a memo calls contrary
    (`is_contrary`), and footnotes marked so, bear nothing: they are counted against it. In the
    transcripts people are speakers of interviews; shares are of all interviewed whose body and
    role the claim asks for. In the report people are known only as body and role, and shares are
    of those that it cites anywhere. A condition on a figure is judged in the report.

    Examples
    --------
    >>> from qualcode.study.claims import Claim
    >>> from qualcode.study._conditions import parse_condition
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> claim = Claim("rest", "All lack rest.", (parse_condition("people >= 90%"),), codes=("rest",))
    >>> table = claim_table([claim], study.segments(), study.people, study.codebook)
    >>> table[["people", "of_people", "in_transcripts"]].to_dict("records")
    [{'people': 3, 'of_people': 3, 'in_transcripts': 'holds'}]
    """
    stated = _stated(figures)
    cited = None if evidence is None else footnote_rows(evidence, people)
    claims = tuple(claims)
    for claim in claims:
        _check(claim, people, stated)
    return make_frame(
        "claim_table",
        [_row(claim, segments, people, codebook, cited, stated) for claim in claims],
    )


def claim_quotes(
    claims: Iterable[Claim],
    segments: pd.DataFrame,
    codebook: Codebook,
    *,
    most: int = 2,
    corpus: Mapping[str, Transcript] | None = None,
) -> pd.DataFrame:
    """Show a few voices for each claim, and those against it.

    Parameters
    ----------
    claims : iterable of Claim
        What is claimed.
    segments : pandas.DataFrame
        The frame ``segments``.
    codebook : Codebook
        The codes.
    most : int, default 2
        At most so many quotes of each side, of as many bodies as there are (see `quote_table`).
    corpus : mapping of str to Transcript, optional
        The transcripts, so that ``place`` gives the time.

    Returns
    -------
    pandas.DataFrame
        Frame "claim_quotes"; ``stance`` is ``for`` or ``against``.

    Examples
    --------
    >>> from qualcode.study.claims import Claim
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> claim = Claim("rota", "The rota is short.", (), codes=("staffing",))
    >>> quotes = claim_quotes([claim], study.segments(), study.codebook, most=1)
    >>> quotes[["claim_id", "stance", "quote"]].to_dict("records")
    [{'claim_id': 'rota', 'stance': 'for', 'quote': 'two of us for twenty-eight beds'}]
    """
    from qualcode.analysis.quotes import quote_table

    rows: list[dict[str, Any]] = []
    for claim in claims:
        heard = heard_on(claim, segments, codebook)
        against = is_contrary(heard)
        for stance, side in (("for", heard[~against]), ("against", heard[against])):
            chosen = quote_table(side, codebook, choose="spread", corpus=corpus)
            chosen = chosen.drop_duplicates("quote").head(most)
            for one in chosen.itertuples(index=False):
                place = {name: getattr(one, name) for name in ("quote", "role", "body", "place")}
                rows.append({"claim_id": claim.id, "stance": stance} | place)
    return make_frame("claim_quotes", rows)


def _row(
    claim: Claim,
    segments: pd.DataFrame,
    people: pd.DataFrame,
    codebook: Codebook,
    cited: Sequence[dict[str, Any]] | None,
    stated: Mapping[str, float],
) -> dict[str, Any]:
    heard = heard_on(claim, segments, codebook)
    spoken = support_of(heard, is_contrary(heard), in_scope(claim, people))
    noted, notes, contrary = cited_on(claim, cited or (), codebook)
    coded = claim.codes or claim.exact_codes
    in_transcripts = _verdict(claim, spoken, {}) if coded else ""
    known = [need for need in claim.needs if need.figures and stated]
    judged = cited is not None or known
    in_report = _verdict(claim, noted, stated) if judged else ""
    verdicts = {"transcripts": in_transcripts, "report": in_report}
    return {
        "claim_id": claim.id,
        "kind": claim.kind,
        "section": claim.section,
        "claim": claim.claim,
        "wording": claim.wording,
        "needs": "; ".join(map(str, claim.needs)),
        **{name: getattr(spoken, name) for name in _COUNTS},
        "in_transcripts": in_transcripts,
        "footnotes": ", ".join(map(str, notes)),
        "report_people": noted.people,
        "report_bodies": noted.bodies,
        "report_contrary": ", ".join(map(str, contrary)),
        "figures": "; ".join(
            f"{need.left} = {round(need.value_of(stated), 2):g}" for need in known
        ),
        "in_report": in_report,
        "stands": all(
            not verdicts[basis] or verdicts[basis] == expected
            for basis, expected in claim.expect.items()
        ),
    }


def _verdict(claim: Claim, support: Support, stated: Mapping[str, float]) -> str:
    """Judge by the conditions; those on figures only where the figures are known."""
    asked = [need for need in claim.needs if not need.figures or stated]
    met = [_is_met(need, support, stated) for need in asked]
    silent = not support.quotes and not all(need.figures for need in asked)
    if met and all(met) and not silent:
        return HOLDS
    some = any(ok for ok, need in zip(met, asked, strict=True) if need.figures)
    return THIN if support.quotes or some else NOT_SHOWN


def _is_met(need: Condition, support: Support, stated: Mapping[str, float]) -> bool:
    if need.figures:
        return need.is_met(need.value_of(stated))
    value, of = support.value(need.left)
    return need.is_met(value, of=of)


def _stated(figures: pd.DataFrame | None) -> dict[str, float]:
    figures = empty_frame("report_figures") if figures is None else figures
    return dict(zip(figures["figure_id"], figures["value"], strict=True))


def _check(claim: Claim, people: pd.DataFrame, stated: Mapping[str, float]) -> None:
    """Refuse a claim about people who were not interviewed, or figures that nobody stated."""
    for filter_name, column in FILTERS:
        there = set(people[column])
        for pattern in getattr(claim, filter_name):
            if not any(fnmatchcase(value, pattern) for value in there):
                what = f"claim {claim.id}: no {column} is {clip(pattern)!r}"
                raise UnknownValueError(what, mend=f"there are {', '.join(sorted(there))}")
    for name in [name for need in claim.needs for name in need.figures]:
        if stated and name not in stated:
            raise UnknownValueError(f"claim {claim.id}: no figure is called {clip(name)!r}")
