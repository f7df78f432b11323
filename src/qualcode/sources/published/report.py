"""What a published report says on whose word: the values, their frames and their CSV."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from qualcode._text import guard
from qualcode.sources.published._speakers import speaker_before

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.sources.published._statements import Loose
    from qualcode.sources.published._values import Interviewees

__all__ = ["Attribution", "PublishedReport"]

_CSV_COLUMNS = (
    "footnote",
    "body",
    "role",
    "section",
    "kind",
    "passages",
    "pull_quote",
    "confidence",
    "doubt",
)


@dataclass(frozen=True)
class Attribution:
    """One footnote that attributes to an interviewee, with all that the report says under it.

    Parameters
    ----------
    footnote : int
        Its number.
    body : str
        ``Council 7``; several are joined with ``; ``.
    role, role_printed : str
        In one spelling, and as printed.
    section : str
        The heading it stands under.
    kind : str
        ``direct``, ``indirect`` or ``mixed``.
    passages : tuple of str
        The quoted strings, word for word.
    pull_quote : bool
        Whether a pull quote repeats them.
    mark_line, definition_line : int or None
        Lines of the report, from 1.
    confidence : float
        0 to 1.
    doubt : str
        Why not 1.

    Examples
    --------
    >>> Attribution(3, "Ward 7", "Matron", "Matron", "NIGHTS", "direct", ("So it goes.",)).kind
    'direct'
    """

    footnote: int
    body: str
    role: str
    role_printed: str
    section: str
    kind: str
    passages: tuple[str, ...] = field(repr=False)
    pull_quote: bool = False
    mark_line: int | None = None
    definition_line: int | None = None
    confidence: float = 1.0
    doubt: str = ""


@dataclass(frozen=True)
class PublishedReport:
    """What a report says on whose word.

    Parameters
    ----------
    attributions : tuple of Attribution
        In order of footnote.
    loose : tuple
        Quoted strings of officers that no footnote attributes.
    faults : tuple of (kind, footnotes, line, finding)
        What is wrong in the report.
    interviewees : Interviewees
        What counted as one.

    Examples
    --------
    >>> from qualcode.sources.published import Interviewees, parse_report
    >>> text = 'NIGHT WORK\\n\\nOne nurse said: "We never sit."¹\\n\\n1 Ward 7 (Night nurse)\\n'
    >>> report = parse_report(text, Interviewees({"Ward": "ward"}))
    >>> report.attributions[0].passages
    ('We never sit.',)
    """

    attributions: tuple[Attribution, ...]
    loose: tuple[Loose, ...] = field(repr=False)
    faults: tuple[tuple[str, str, int, str], ...] = field(repr=False)
    interviewees: Interviewees = field(repr=False)

    @cached_property
    def footnotes(self) -> pd.DataFrame:
        """Frame "footnotes": a row for each attribution."""
        from qualcode.frames import FRAMES, make_frame

        rows = [
            {column: getattr(a, column) for column in FRAMES["footnotes"]}
            for a in self.attributions
        ]
        return make_frame("footnotes", rows)

    @cached_property
    def unattributed(self) -> pd.DataFrame:
        """Frame "unattributed": quoted words of officers under no footnote."""
        from qualcode.frames import make_frame

        rows = [
            {
                "section": one.section,
                "line": one.line,
                "passages": (one.passage,),
                "speaker": speaker_before(one.before),
                "why": "no footnote mark follows the quotation",
            }
            for one in self.loose
        ]
        return make_frame("unattributed", rows)

    @cached_property
    def findings(self) -> pd.DataFrame:
        """Frame "findings": what is wrong in the report itself."""
        from qualcode.frames import make_frame

        rows = [
            {"kind": kind, "footnote": numbers, "line": line or None, "finding": text}
            for kind, numbers, line, text in self.faults
        ]
        return make_frame("findings", rows)

    def to_csv(self) -> str:
        """Write the attributions as CSV, passages as JSON lists.

        Returns
        -------
        str
            With the columns footnote, body, role, section, kind, passages, pull_quote,
            confidence and doubt.

        Examples
        --------
        >>> from qualcode.sources.published import Interviewees
        >>> print(PublishedReport((), (), (), Interviewees()).to_csv().strip())
        footnote,body,role,section,kind,passages,pull_quote,confidence,doubt
        """
        out = io.StringIO()
        writer = csv.DictWriter(out, _CSV_COLUMNS, lineterminator="\n")
        writer.writeheader()
        for a in self.attributions:
            row: dict[str, Any] = {column: getattr(a, column) for column in _CSV_COLUMNS}
            row |= {column: guard(row[column]) for column in ("body", "role", "section")}
            row["passages"] = json.dumps(a.passages, ensure_ascii=False)
            row["pull_quote"] = str(a.pull_quote).lower()
            row["confidence"] = f"{a.confidence:.2f}"
            writer.writerow(row)
        return out.getvalue()

    def __repr__(self) -> str:
        kinds = Counter(a.kind for a in self.attributions)
        counts = ", ".join(f"{kinds[kind]} {kind}" for kind in ("direct", "mixed", "indirect"))
        return f"PublishedReport({len(self.attributions)} attributing footnotes: {counts})"
