"""A published report and the transcripts side by side: who bears each theme in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcode.analysis.claims.evidence import section_table
from qualcode.frames import make_frame
from qualcode.sources._slugs import natural_key

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.coding.codebook import Codebook

__all__ = ["compare_sections"]

Span = tuple[str, int, int]


def compare_sections(
    evidence: pd.DataFrame, segments: pd.DataFrame, codebook: Codebook
) -> pd.DataFrame:
    """Set a report's footnotes and the coded transcripts side by side, by section and theme.

    Parameters
    ----------
    evidence : pandas.DataFrame
        Frame "evidence", with the places where each footnote's point is made.
    segments : pandas.DataFrame
        The frame ``segments``; its coder is the one compared.
    codebook : Codebook
        The codes.

    Returns
    -------
    pandas.DataFrame
        Frame "section_comparison": a row a section and theme of the report. ``report_bodies``
        are heard in the section's footnotes, ``transcript_bodies`` in the codings of the theme
        anywhere; ``report_only`` names bodies that the report has for the theme and the codings
        have not. ``placed`` counts the footnotes with a place in the transcripts and ``borne``
        those of them whose words there carry a coding of the theme. ``mark`` says where the two
        part: ``body missing``, ``n not coded so``, or nothing.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> rows = [{"footnote": 3, "body": "Ward 9", "role": "Matron", "section": "NIGHTS",
    ...          "kind": "direct", "themes": "rest", "counter": "", "hash": "", "length": 4,
    ...          "transcript_id": "", "start": None, "end": None, "begins": ""}]
    >>> table = compare_sections(make_frame("evidence", rows), study.segments(), study.codebook)
    >>> table[["report_bodies", "transcript_bodies", "report_only", "mark"]].to_dict("records")
    [{'report_bodies': 1, 'transcript_bodies': 3, 'report_only': 'Ward 9', 'mark': 'body missing'}]
    """
    heard = {theme.id: set[str]() for theme in codebook.themes}
    for theme_id, body in zip(segments["theme_id"], segments["body"], strict=True):
        heard[theme_id].add(body)
    coded = _spans_by_theme(segments)
    rows = {int(row["footnote"]): row for row in evidence.to_dict("records")}
    table = section_table(evidence, codebook)
    return make_frame(
        "section_comparison",
        [
            _row(line, [rows[int(n)] for n in line["footnotes"].split(", ")], heard, coded)
            for line in table.to_dict("records")
        ],
    )


def _spans_by_theme(segments: pd.DataFrame) -> dict[str, list[Span]]:
    spans: dict[str, list[Span]] = {}
    columns = (segments[name] for name in ("theme_id", "transcript_id", "start", "end"))
    for theme_id, *span in zip(*columns, strict=True):
        spans.setdefault(theme_id, []).append((span[0], span[1], span[2]))
    return spans


def _row(
    line: dict[Any, Any],
    footnotes: list[dict[Any, Any]],
    heard: dict[str, set[str]],
    coded: dict[str, list[Span]],
) -> dict[str, Any]:
    theme_id = line["theme_id"]
    bodies = {body for row in footnotes for body in row["body"].split("; ")}
    missing = sorted(bodies - heard[theme_id], key=natural_key)
    placed = [row for row in footnotes if row["transcript_id"]]
    borne = [row for row in placed if _is_coded(row, coded.get(theme_id, ()))]
    return {
        "section": line["section"],
        "theme_id": theme_id,
        "theme": line["theme"],
        "footnotes": line["footnotes"],
        "report_bodies": len(bodies),
        "transcript_bodies": len(heard[theme_id]),
        "report_only": "; ".join(missing),
        "placed": len(placed),
        "borne": len(borne),
        "mark": _mark(missing, len(placed) - len(borne)),
    }


def _is_coded(row: dict[Any, Any], spans: list[Span] | tuple[()]) -> bool:
    """Say whether any coding of the theme shares words with the footnote's place."""
    name, start, end = row["transcript_id"], row["start"], row["end"]
    return any(name == one[0] and one[1] < end and start < one[2] for one in spans)


def _mark(missing: list[str], not_borne: int) -> str:
    marks = ["body missing" if len(missing) == 1 else f"{len(missing)} bodies missing"]
    parts = marks * bool(missing) + [f"{not_borne} not coded so"] * bool(not_borne)
    return "; ".join(parts)
