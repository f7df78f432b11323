"""Who bears a claim and who speaks against it: in the transcripts, and in a report's footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from qualcode.study._filters import match_words
from qualcode.study.evidence import split_codes

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.coding.codebook import Codebook
    from qualcode.study.claims import Claim

__all__ = ["FILTERS", "Support", "cited_on", "footnote_rows", "heard_on", "in_scope", "support_of"]

#: field of a claim -> column that it narrows
FILTERS = (("bodies", "body"), ("body_types", "body_type"), ("roles", "role"))

_PERSON = ["transcript_id", "speaker"]


@dataclass(frozen=True)
class Support:
    """Who bears a claim, who speaks against it, and of how many."""

    people: int
    of_people: int
    bodies: int
    of_bodies: int
    quotes: int
    contrary_people: int
    contrary_bodies: int
    interviews: int = 0

    def value(self, measure: str) -> tuple[float, float]:
        """Give a count, and what it is a share of."""
        of = self.of_bodies if measure.endswith("bodies") else self.of_people
        return getattr(self, measure), of


def heard_on(claim: Claim, segments: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Give the codings that bear a claim or speak against it."""
    ids = _code_ids(claim, codebook)
    heard = in_scope(claim, segments[segments["code_id"].isin(ids)])
    if not claim.words:
        return heard
    tests = [match_words(words) for words in claim.words]
    return heard[[any(test(quote) for test in tests) for quote in heard["quote"]]]


def _code_ids(claim: Claim, codebook: Codebook) -> set[str]:
    """Give the codes that bear a claim."""
    below = {one for code in claim.codes for one in codebook.descendants(code)}
    return below | {codebook.resolve(code) for code in claim.exact_codes}


def in_scope(claim: Claim, frame: pd.DataFrame) -> pd.DataFrame:
    for filter_name, column in FILTERS:
        wanted = getattr(claim, filter_name)
        if wanted:
            kept = {value for value in frame[column].unique() if _is_wanted(value, wanted)}
            frame = frame[frame[column].isin(kept)]
    return frame


def _is_wanted(value: str, wanted: Iterable[str]) -> bool:
    return any(fnmatchcase(value, pattern) for pattern in wanted)


def support_of(heard: pd.DataFrame, against: pd.Series[bool], people: pd.DataFrame) -> Support:
    bearing, contrary = heard[~against], heard[against]
    return Support(
        people=len(bearing.drop_duplicates(_PERSON)),
        of_people=len(people),
        bodies=bearing["body"].nunique(),
        of_bodies=people["body"].nunique(),
        quotes=len(bearing.drop_duplicates(["transcript_id", "start", "end"])),
        contrary_people=len(contrary.drop_duplicates(_PERSON)),
        contrary_bodies=contrary["body"].nunique(),
        interviews=bearing["transcript_id"].nunique(),
    )


def footnote_rows(evidence: pd.DataFrame, people: pd.DataFrame) -> list[dict[str, Any]]:
    """Give a row for each footnote and body, with the kind of body as in the interviews."""
    kinds = dict(zip(people["body"], people["body_type"], strict=True))
    return [
        {str(key): value for key, value in row.items()}
        | {"body": body, "body_type": kinds.get(body, "")}
        for row in evidence.to_dict("records")
        for body in row["body"].split("; ")
    ]


def cited_on(
    claim: Claim, cited: Sequence[dict[str, Any]], codebook: Codebook
) -> tuple[Support, list[int], list[int]]:
    """Count who bears a claim in the report: support, its footnotes, and those against."""
    ids = _code_ids(claim, codebook)
    scope = [row for row in cited if _row_in_scope(claim, row)]
    against = [row for row in scope if ids & set(_resolved(row["counter"], codebook))]
    if claim.footnotes is None:
        bearing = [row for row in scope if ids & set(_resolved(row["themes"], codebook))]
        bearing = [row for row in bearing if row not in against]
    else:
        bearing = [row for row in scope if row["footnote"] in claim.footnotes]
    support = Support(
        people=len(_people(bearing)),
        of_people=len(_people(scope)),
        bodies=len({row["body"] for row in bearing}),
        of_bodies=len({row["body"] for row in scope}),
        quotes=len({row["footnote"] for row in bearing}),
        contrary_people=len(_people(against)),
        contrary_bodies=len({row["body"] for row in against}),
    )
    return support, _numbers(bearing), _numbers(against)


def _row_in_scope(claim: Claim, row: Mapping[str, Any]) -> bool:
    return all(
        not getattr(claim, filter_name) or _is_wanted(row[column], getattr(claim, filter_name))
        for filter_name, column in FILTERS
    )


def _resolved(cell: str, codebook: Codebook) -> Iterator[str]:
    return (codebook.resolve(code) for code in split_codes(cell))


def _people(rows: Iterable[Mapping[str, Any]]) -> set[tuple[str, str]]:
    return {(row["body"], row["role"]) for row in rows}


def _numbers(rows: Iterable[Mapping[str, Any]]) -> list[int]:
    return sorted({row["footnote"] for row in rows})
