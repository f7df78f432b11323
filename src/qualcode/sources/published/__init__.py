"""A published report whose quotations are attributed in numbered footnotes.

The text or the PDF of a report goes in; out come its attributed statements, one for each footnote
that names an interviewee, with the quoted words; quotations of officers that no footnote
attributes; and what is wrong in the report itself. The steps, one a module: lines, notes, marks,
blocks, flow, quotations, statements, findings.

What the rules know of a language is English: the words that say who speaks.
"""

from __future__ import annotations

from qualcode.sources.published._values import Interviewees
from qualcode.sources.published.reading import parse_report, read_report
from qualcode.sources.published.report import Attribution, PublishedReport

__all__ = ["Attribution", "Interviewees", "PublishedReport", "parse_report", "read_report"]
