"""What a published report's claims rest on: sections, themes, lists, and who bears them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from qualcode.frames import make_frame
from qualcode.study.evidence import split_codes

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.coding.codebook import Codebook
    from qualcode.study.lists import ReportList

__all__ = ["list_table", "section_table"]


def section_table(evidence: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Count, for each section of a report and each theme, who is heard on it.

    Parameters
    ----------
    evidence : pandas.DataFrame
        Frame "evidence".
    codebook : Codebook
        Gives the themes.

    Returns
    -------
    pandas.DataFrame
        Frame "section_table": footnotes, how many have quoted words, bodies, roles as counts of
        footnotes, contrary footnotes, and a word where the evidence is thin. Sections in order of
        their first footnote, themes in order of the codebook.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> rows = [{"footnote": 3, "body": "Ward 2", "role": "Matron", "section": "NIGHTS",
    ...          "kind": "direct", "themes": "rest", "counter": "", "hash": "", "length": 4,
    ...          "transcript_id": "", "start": None, "end": None, "begins": ""}]
    >>> table = section_table(make_frame("evidence", rows), example_study().codebook)
    >>> table[["theme_id", "footnotes", "bodies", "thin"]].to_dict("records")
    [{'theme_id': 'rest', 'footnotes': '3', 'bodies': 1, 'thin': 'one voice'}]
    """
    cells: dict[tuple[str, str], list[dict[str, Any]]] = {}
    sections: list[str] = []
    for row in _records(evidence.sort_values("footnote")):
        sections += [row["section"]] if row["section"] not in sections else []
        for theme in dict.fromkeys(codebook.theme_of(c) for c in split_codes(row["themes"])):
            cells.setdefault((row["section"], theme), []).append(row)
    return make_frame(
        "section_table",
        [
            _section_row(section, theme.id, theme.name, cells[section, theme.id], codebook)
            for section in sections
            for theme in codebook.themes
            if (section, theme.id) in cells
        ],
    )


def _section_row(
    section: str, theme_id: str, theme: str, rows: Sequence[dict[str, Any]], codebook: Codebook
) -> dict[str, Any]:
    contrary = [
        r for r in rows if theme_id in {codebook.theme_of(c) for c in split_codes(r["counter"])}
    ]
    return {
        "section": section,
        "theme_id": theme_id,
        "theme": theme,
        "footnotes": _numbers(rows),
        "statements": len(rows),
        "quoted": sum(r["kind"] != "indirect" for r in rows),
        "bodies": len(_bodies(rows)),
        "roles": _roles(rows),
        "contrary": _numbers(contrary),
        "thin": _thin([r for r in rows if r not in contrary]),
    }


def list_table(lists: Iterable[ReportList], evidence: pd.DataFrame) -> pd.DataFrame:
    """Show who supports each item of a report's enumerated lists.

    Parameters
    ----------
    lists : iterable of ReportList
        The lists, in the researcher's words.
    evidence : pandas.DataFrame
        Frame "evidence".

    Returns
    -------
    pandas.DataFrame
        Frame "list_table": a row an item, with its footnotes, bodies, who they are, contrary
        footnotes (those of the item's codes) and a word where the evidence is thin.

    Examples
    --------
    >>> from qualcode.study.lists import ListItem, ReportList
    >>> from qualcode.frames import empty_frame
    >>> lists = [ReportList("cold", "Complaints", "NIGHTS", (ListItem(1, "It is cold."),))]
    >>> list_table(lists, empty_frame("evidence"))[["claim", "bodies", "thin"]].to_dict("records")
    [{'claim': 'It is cold.', 'bodies': 0, 'thin': 'no attributed voice'}]
    """
    rows = _records(evidence)
    by_footnote = {row["footnote"]: row for row in rows}
    records = []
    for one in lists:
        for item in one.items:
            support = [by_footnote[n] for n in item.footnotes if n in by_footnote]
            contrary = [r for r in rows if set(item.codes) & set(split_codes(r["counter"]))]
            records.append(
                {
                    "list": one.title,
                    "number": item.number,
                    "claim": item.claim,
                    "footnotes": _numbers(support),
                    "bodies": len(_bodies(support)),
                    "who": "; ".join(
                        f"{r['body']} ({r['role'] or 'role not given'})" for r in support
                    ),
                    "contrary": _numbers(contrary),
                    "thin": _thin(support),
                }
            )
    return make_frame("list_table", records)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def _numbers(rows: Iterable[dict[str, Any]]) -> str:
    return ", ".join(str(row["footnote"]) for row in rows)


def _bodies(rows: Iterable[dict[str, Any]]) -> set[str]:
    return {body for row in rows for body in row["body"].split("; ")}


def _roles(rows: Iterable[dict[str, Any]]) -> str:
    counts = Counter(row["role"] or "role not given" for row in rows)
    return "; ".join(
        f"{role} ({n})" for role, n in sorted(counts.items(), key=lambda x: (-x[1], x[0]))
    )


def _thin(rows: Sequence[dict[str, Any]]) -> str:
    """Say when a claim rests on one voice or none, or on one body only."""
    if not rows:
        return "no attributed voice"
    if len(rows) == 1:
        return "one voice"
    return "one body" if len(_bodies(rows)) == 1 else ""
