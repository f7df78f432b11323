"""Claims as a reader wants them: what is claimed, who bears it, what it would need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcode.frames import make_frame

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["claim_summary"]


def claim_summary(claims: pd.DataFrame) -> pd.DataFrame:
    """Put the numbers of each claim into words, so that a table of claims fits a page.

    Parameters
    ----------
    claims : pandas.DataFrame
        The frame ``claim_table``.

    Returns
    -------
    pandas.DataFrame
        Frame "claim_summary": `heard` is what bears the claim in the transcripts and who speaks
        against it, `attributed` what the report attributes or states; each with its verdict.

    Examples
    --------
    >>> from qualcode.frames import make_frame
    >>> row = {"claim": "Nights are long.", "people": 1, "of_people": 4, "bodies": 1,
    ...        "of_bodies": 3, "interviews": 1, "quotes": 2, "contrary_people": 0,
    ...        "in_transcripts": "thin", "footnotes": "3, 4", "report_people": 2,
    ...        "report_bodies": 1, "in_report": "holds"}
    >>> empty = {"claim_id": "", "kind": "finding", "section": "", "wording": "", "needs": "",
    ...          "report_contrary": "", "figures": "", "stands": True}
    >>> claim_summary(make_frame("claim_table", [row | empty])).loc[0, ["heard", "attributed"]].tolist()
    ['1 of 4 people in 1 of 3 bodies; 1 interview, 2 quotes; nobody against',
     '2 people in 1 body; footnotes 3, 4']
    """
    rows = claims.to_dict("records")
    same = ("claim_id", "kind", "claim", "wording", "needs")
    return make_frame(
        "claim_summary",
        {name: claims[name] for name in same}
        | {
            "heard": [_heard(row) for row in rows],
            "in_transcripts": claims["in_transcripts"],
            "attributed": [_attributed(row) for row in rows],
            "in_report": claims["in_report"],
        },
    )


def _heard(row: dict[Any, Any]) -> str:
    """Say who bears a claim in the transcripts; nothing of a claim about figures alone."""
    if not row["in_transcripts"]:
        return ""
    against = row["contrary_people"]
    return (
        f"{row['people']} of {row['of_people']} people in {row['bodies']} of {row['of_bodies']} "
        f"bodies; {_count(row['interviews'], 'interview')}, {_count(row['quotes'], 'quote')}; "
        + (f"{_people(against)} against" if against else "nobody against")
    )


def _attributed(row: dict[Any, Any]) -> str:
    """Say what the report attributes to somebody, and which of its figures bear the claim."""
    parts = []
    if row["footnotes"]:
        bodies = row["report_bodies"]
        where = f"{bodies} bod{'y' if bodies == 1 else 'ies'}"
        parts.append(f"{_people(row['report_people'])} in {where}; footnotes {row['footnotes']}")
    if row["report_contrary"]:
        parts.append(f"against: footnotes {row['report_contrary']}")
    if row["figures"]:
        parts.append(f"figures: {row['figures']}".replace("_", " "))
    return "; ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else noun + 's'}"


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"
