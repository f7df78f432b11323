"""The COREQ checklist, as far as a study's data can answer it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from qualcode import __version__
from qualcode.analysis.counts import theme_table
from qualcode.analysis.progress import code_growth
from qualcode.analysis.stance import is_contrary
from qualcode.frames import make_frame

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.study import Study

__all__ = ["coreq_table"]

AUTHOR = "author to supply"
_TEAM, _DESIGN, _FINDINGS = "Research team", "Study design", "Analysis and findings"
# The items' numbers and subjects are COREQ's; the wording is ours.
_ITEMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        _TEAM,
        (
            "Who held the interviews",
            "Degrees of the researchers",
            "Their occupation at the time",
            "Their gender",
            "Their experience and training",
            "Acquaintance with participants beforehand",
            "What participants knew of the interviewer",
            "The interviewer's interests and assumptions",
        ),
    ),
    (
        _DESIGN,
        (
            "Methodological orientation",
            "How participants were selected",
            "How they were approached",
            "Sample size",
            "Who refused or dropped out",
            "Where or how the data were collected",
            "Others present",
            "Description of the sample",
            "Interview guide",
            "Repeated interviews",
            "Recording",
            "Field notes",
            "Duration",
            "Saturation",
            "Transcripts returned to participants",
        ),
    ),
    (
        _FINDINGS,
        (
            "Number of coders",
            "Coding tree",
            "Where the themes came from",
            "Software",
            "Findings checked by participants",
            "Quotations, with who said them",
            "Data and findings consistent",
            "Major themes",
            "Minor themes and contrary cases",
        ),
    ),
)


def coreq_table(study: Study, *, coder: str | None = None) -> pd.DataFrame:
    """Fill the checklist for reports of interviews from a study's data.

    Parameters
    ----------
    study : Study
        The study. Where ``study.yaml`` has a text for an item under ``coreq``, it goes first.
    coder : str, optional
        Whose codings the findings rest on; by default everybody's.

    Returns
    -------
    pandas.DataFrame
        Frame "coreq": 32 items [1]_; ``source`` is ``data``, ``author`` or ``author to supply``,
        where neither the data nor the settings answer it.

    References
    ----------
    .. [1] A. Tong, P. Sainsbury and J. Craig (2007), "Consolidated criteria for reporting
       qualitative research (COREQ): a 32-item checklist", International Journal for Quality in
       Health Care 19(6), 349-357.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> table = coreq_table(example_study())
    >>> len(table), table.set_index("item")["answer"][12]
    (32, '3 interviews with 3 people in 3 bodies')
    """
    segments = study.segments() if coder is None else study.segments(coder=coder)
    topics = [(domain, topic) for domain, several in _ITEMS for topic in several]
    found = {item: answer(study, segments) for item, answer in _ANSWERS.items()}
    rows = [
        {"item": item, "domain": domain, "topic": topic}
        | _answer(item, found, study.settings.coreq)
        for item, (domain, topic) in enumerate(topics, start=1)
    ]
    return make_frame("coreq", rows)


def _answer(item: int, found: Mapping[int, str], supplied: Mapping[str, str]) -> dict[str, str]:
    if supplied.get(str(item)):
        return {"answer": supplied[str(item)], "source": "author"}
    if found.get(item):
        return {"answer": found[item], "source": "data"}
    return {"answer": "", "source": AUTHOR}


def _number(count: int, noun: str, plural: str = "") -> str:
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def _bodies(count: int) -> str:
    return _number(count, "body", "bodies")


def _listed(counts: pd.Series[int]) -> str:
    """Write counts, most numerous first: ``Night nurse (2), Ward manager (1)``."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    return ", ".join(f"{name or 'not given'} ({count})" for name, count in ordered)


def _sample_size(study: Study, segments: pd.DataFrame) -> str:  # noqa: ARG001
    bodies = study.interviews["body"].nunique()
    people = _number(len(study.people), "person", "people")
    return f"{_number(len(study.corpus), 'interview')} with {people} in {_bodies(bodies)}"


def _setting(study: Study, segments: pd.DataFrame) -> str:  # noqa: ARG001
    attributes = study.corpus.attributes
    if "mode" not in attributes:
        return ""
    return _listed(attributes["mode"].fillna("").value_counts())


def _sample(study: Study, segments: pd.DataFrame) -> str:  # noqa: ARG001
    kinds = study.interviews.drop_duplicates("body")["body_type"].value_counts()
    return f"Bodies: {_listed(kinds)}. People: {_listed(study.people['role'].value_counts())}"


def _guide(study: Study, segments: pd.DataFrame) -> str:  # noqa: ARG001
    guides = (
        sorted((study.root / "interviews_codebook").glob("topic_guide.*")) if study.root else []
    )
    return f"A topic guide: interviews_codebook/{guides[0].name}" if guides else ""


def _repeated(study: Study, segments: pd.DataFrame) -> str:  # noqa: ARG001
    times = study.interviews["body"].value_counts()
    again = int((times > 1).sum())
    return f"{_bodies(again)} interviewed more than once" if len(times) else ""


def _duration(study: Study, segments: pd.DataFrame) -> str:  # noqa: ARG001
    minutes = study.interviews["minutes"].dropna()
    if minutes.empty:
        return ""
    whole = minutes.sum() / 60
    return (
        f"{minutes.min():.0f} to {minutes.max():.0f} minutes, median {minutes.median():.0f}; "
        f"{whole:.1f} hours in all"
    )


def _saturation(study: Study, segments: pd.DataFrame) -> str:
    growth = code_growth(segments, study.interviews, study.codebook)
    new = growth[growth["new_codes"] > 0]
    if new.empty:
        return ""
    last, codes = int(new["position"].iloc[-1]), int(growth["codes"].iloc[-1])
    return f"{codes} codes heard; the last new one in interview {last} of {len(growth)}, by date"


def _coders(study: Study, segments: pd.DataFrame) -> str:  # noqa: ARG001
    everybody = study.segments()
    coders = everybody.groupby("coder")["transcript_id"].nunique().sort_index()
    coded = ", ".join(f"{coder} {count} interviews" for coder, count in coders.items())
    return f"{_number(len(coders), 'coder')}: {coded}" if len(coders) else ""


def _tree(study: Study, segments: pd.DataFrame) -> str:  # noqa: ARG001
    codes, themes = len(study.codebook), len(study.codebook.themes)
    return f"{_number(codes, 'code')}, {themes} of them themes, each with a definition"


def _software(study: Study, segments: pd.DataFrame) -> str:  # noqa: ARG001
    return f"qualcode {__version__}"


def _quotations(study: Study, segments: pd.DataFrame) -> str:  # noqa: ARG001
    named = int((segments["role"] != "").sum())
    return f"{len(segments):,} coded passages, {named:,} with body and role of the speaker"


def _consistent(study: Study, segments: pd.DataFrame) -> str:
    adrift = len(study.adrift)
    return f"{len(segments):,} codings stand in the present transcripts; {adrift:,} do not"


def _major(study: Study, segments: pd.DataFrame) -> str:
    return _themes(study, segments, headline=True)


def _minor(study: Study, segments: pd.DataFrame) -> str:
    against = int(is_contrary(segments).sum())
    themes = _themes(study, segments, headline=False)
    return f"{themes}. Contrary: {_number(against, 'coding')}" if themes else ""


def _themes(study: Study, segments: pd.DataFrame, *, headline: bool) -> str:
    bodies = study.interviews["body"].nunique()
    table = theme_table(segments, study.codebook, of_bodies=bodies)
    chosen = table["theme_id"].isin(study.settings.headline_themes) == headline
    rows = table[chosen].itertuples()
    return "; ".join(f"{row.theme} ({row.bodies} of {bodies} bodies)" for row in rows)


_ANSWERS: dict[int, Callable[[Study, pd.DataFrame], str]] = {
    12: _sample_size,
    14: _setting,
    16: _sample,
    17: _guide,
    18: _repeated,
    21: _duration,
    22: _saturation,
    24: _coders,
    25: _tree,
    27: _software,
    29: _quotations,
    30: _consistent,
    31: _major,
    32: _minor,
}
