"""Read a published report: the file, then its text, then who said what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import prod
from pathlib import Path

from qualcode._files import decode
from qualcode.errors import ReportError
from qualcode.sources.published import _findings as findings
from qualcode.sources.published._blocks import Document, read_document
from qualcode.sources.published._flow import Flow, PullQuote, flow_of
from qualcode.sources.published._notes import begins_with_body
from qualcode.sources.published._roles import normalise_roles, printed_role
from qualcode.sources.published._singles import as_double, as_printed, quotes_in_singles
from qualcode.sources.published._speakers import speaker_before
from qualcode.sources.published._statements import read_statements
from qualcode.sources.published._sums import check_sums
from qualcode.sources.published._values import Interviewees, Note, Statement
from qualcode.sources.published.report import Attribution, PublishedReport

__all__ = ["discover_interviewees", "parse_report", "read_report"]

_GERMAN = str.maketrans("„“", "«»")  # „so“: the closing mark is what opens elsewhere
_NO_MARK = "the footnote's mark is not in the text"
_ONLY_PULL = "the mark stands in a pull quote only"


def read_report(path: Path | str, interviewees: Interviewees | None = None) -> PublishedReport:
    """Read a report, PDF or text.

    Parameters
    ----------
    path : Path or str
        The file.
    interviewees : Interviewees, optional
        What counts as an interviewee; if not given it is found: the word before a number that
        begins the most footnotes.

    Returns
    -------
    PublishedReport
        Its attributed quotations.

    Raises
    ------
    ReportError
        If the file cannot be read, has no text, or no footnote names an interviewee.
    EncodingError
        If a text is not UTF-8.

    Examples
    --------
    >>> read_report("no-such-report.pdf")
    Traceback (most recent call last):
    qualcode.errors.ReportError: no-such-report.pdf: there is no such file. Mend: give the path of the report's PDF or text
    """
    path = Path(path)
    return parse_report(_text_of(path), interviewees, path=path)


def _text_of(path: Path) -> str:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ReportError(
            "there is no such file", file=path, mend="give the path of the report's PDF or text"
        ) from None
    except IsADirectoryError:
        raise ReportError(
            "this is a folder", file=path, mend="give the path of the report's PDF or text"
        ) from None
    except OSError as exc:
        raise ReportError(
            f"cannot be read: {exc.strerror}", file=path, mend="check that you may read it"
        ) from None
    if data.startswith(b"%PDF-") or b"%PDF-" in data[:1024]:
        from qualcode.sources.published.pdf import text_of_pdf

        return text_of_pdf(data, path=path)
    return _decode(data, path)


def _decode(data: bytes, path: Path) -> str:
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        what, mend = "a Word or ZIP file, not a PDF or text", "save it as PDF or as plain text"
        raise ReportError(what, file=path, mend=mend)
    text = decode(data, file=path)
    if not text.strip():
        raise ReportError("the file is empty", file=path, mend="give the report's PDF or text")
    if path.suffix.lower() == ".pdf":
        raise ReportError("named .pdf, but it is no PDF", file=path, mend="give the report itself")
    if re.match(r"\s*<(?:!doctype html|html)\b", text, re.IGNORECASE):
        mend = "print it to PDF from the browser, or save its text"
        raise ReportError("a web page, not a PDF or text", file=path, mend=mend)
    if "\x00" in text:
        mend = "give the report's PDF or its text as UTF-8"
        raise ReportError("holds bytes that are not text", file=path, mend=mend)
    return text


def parse_report(
    text: str, interviewees: Interviewees | None = None, *, path: Path | None = None
) -> PublishedReport:
    """Read the text of a report.

    Parameters
    ----------
    text : str
        The report: a paragraph a line, or hard-wrapped.
    interviewees : Interviewees, optional
        What counts as an interviewee; found in the footnotes if not given.
    path : Path, optional
        For messages.

    Returns
    -------
    PublishedReport
        Its attributed quotations.

    Raises
    ------
    ReportError
        If no footnote names an interviewee.

    Examples
    --------
    >>> parse_report("Just a letter.", Interviewees({"Ward": "ward"}))
    Traceback (most recent call last):
    qualcode.errors.ReportError: no footnote names an interviewee (looked for: Ward N); ...
    """
    if "„" in text and "”" not in text:
        text = text.translate(_GERMAN)
    singles = quotes_in_singles(text)
    if singles:
        text = as_double(text)
    if interviewees is None or not interviewees.kinds:
        interviewees = discover_interviewees(text, interviewees)
    document = read_document(text, interviewees)
    notes = _attributing(document.notes, interviewees)
    if not notes:
        wanted = ", ".join(f"{kind} N" for kind in interviewees.kinds) or "a word and a number"
        raise ReportError(
            f"no footnote names an interviewee (looked for: {wanted}); {len(document.notes)} numbered footnotes found",
            file=path,
            mend="give the report itself, or set `interviewees` in study.yaml to the words its footnotes use",
        )
    flow = flow_of(document.blocks)
    everything, loose = read_statements(flow.blocks, set(notes))
    statements = [s for s in everything if s.number in notes]
    if singles:
        statements = [replace(s, passages=tuple(map(as_printed, s.passages))) for s in statements]
    bodies = {n: "; ".join(interviewees.bodies(note.text)) for n, note in notes.items()}
    rows = _attributions(notes, bodies, statements, flow, interviewees)
    swapped = findings.swapped_notes(everything, set(notes))
    rows = tuple(_doubted(row, swapped) for row in rows)
    faults = tuple(_faults(document, flow, statements, bodies, rows, swapped))
    return PublishedReport(
        rows, tuple(one for one in loose if speaker_before(one.before)), faults, interviewees
    )


def discover_interviewees(text: str, settings: Interviewees | None = None) -> Interviewees:
    """Find the words that begin footnotes and are followed by a number: Council 7, Nurse 3.

    Parameters
    ----------
    text : str
        The report.
    settings : Interviewees, optional
        Its roles are kept.

    Returns
    -------
    Interviewees
        With every word that begins two footnotes or more.

    Examples
    --------
    >>> discover_interviewees("1 Ward 7 (Nurse)\\n\\n2 Ward 9 (Matron)\\n").kinds
    {'Ward': 'ward'}
    """
    starts = re.findall(
        r"(?m)^[^\w\n]{0,6}(?:<sup[^>\n]{0,80}>)?(?:\d{1,4}|[⁰¹²³⁴-⁹]{1,4})(?:</sup>)?[^\w\n]{1,4}"
        r"(?:(?:Anonymous )?[Ii]nterview(?:,| with) )?([A-Z][A-Za-z]+) ([A-Z]?\d{1,3}[a-z]?)\b"
        r"(?=[ \t]*[.,;]?[ \t]*(?:[(\n]|$)|[ \t]*, [A-Za-z])(?![ \t]*\((?:19|20)\d\d\))",
        text,
    )
    months = "January|February|March|April|May|June|July|August|September|October|November|December"
    words = Counter(
        word
        for word, _ in set(starts)
        if not re.fullmatch(rf"{months}|Appendix|Chapter|Table|Figure|Section|Part|Page|Act", word)
    )
    kinds = {word: word.lower() for word, n in words.items() if n >= 2}
    return Interviewees(kinds, settings.roles if settings else {})


def _attributing(all_notes: Sequence[Note], interviewees: Interviewees) -> dict[int, Note]:
    """Choose the notes that name an interviewee; "Ibid." names the one before."""
    found: dict[int, Note] = {}
    for note in all_notes:
        before = found.get(note.number - 1)
        if begins_with_body(note.text, interviewees):
            found[note.number] = note
        elif before is not None and re.fullmatch(r"(?i)\W*ibid(?:em)?\W*", note.text):
            found[note.number] = replace(note, text=before.text)
    return found


def _attributions(
    notes: Mapping[int, Note],
    bodies: Mapping[int, str],
    statements: Sequence[Statement],
    flow: Flow,
    interviewees: Interviewees,
) -> tuple[Attribution, ...]:
    printed = {n: _role_of(note, interviewees) for n, note in notes.items()}
    roles = normalise_roles([r for r in printed.values() if r], interviewees.roles)
    pulled = {s.number for pull in flow.pulls for s in findings.contained_in(pull, statements)}
    by_number: dict[int, list[Statement]] = {}
    for s in statements:
        by_number.setdefault(s.number, []).append(s)
    rows = []
    for number in sorted(notes):
        one = _merge(number, by_number.get(number, []), flow.pulls, flow)
        rows.append(
            Attribution(
                number,
                bodies[number],
                roles.get(printed[number], ""),
                printed[number],
                one.section,
                one.kind,
                one.passages,
                number in pulled or _only_pulled(one),
                one.line or None,
                notes[number].line,
                round(prod((w for w, _ in one.doubts), start=0.97), 2),
                "; ".join(dict.fromkeys(why for _, why in one.doubts)),
            )
        )
    return tuple(rows)


def _doubted(row: Attribution, swapped: Mapping[int, int]) -> Attribution:
    """Lower the confidence of a footnote that seems to have changed places with another."""
    if row.footnote not in swapped:
        return row
    doubt = f"the footnote may have changed places with {swapped[row.footnote]}"
    joined = "; ".join(filter(None, (row.doubt, doubt)))
    return replace(row, confidence=round(row.confidence * 0.5, 2), doubt=joined)


def _role_of(note: Note, interviewees: Interviewees) -> str:
    found = [printed_role(note.text, m.end()) for m in interviewees.pattern.finditer(note.text)]
    return "; ".join(dict.fromkeys(role for role in found if role))


def _merge(
    number: int, found: Sequence[Statement], pulls: Sequence[PullQuote], flow: Flow
) -> Statement:
    """Make one statement of all that stands under a number."""
    if not found:
        return _lost(number, pulls, flow)
    if len(found) == 1:
        return found[0]
    passages = tuple(dict.fromkeys(p for s in found for p in s.passages))
    kinds = {s.kind for s in found}
    kind = kinds.pop() if len(kinds) == 1 else "mixed"
    doubts = (
        *(d for s in found for d in s.doubts),
        (0.7, "the mark stands in the text more than once"),
    )
    return Statement(
        number, kind, passages, found[0].section, found[0].line, found[0].text, "", doubts
    )


def _lost(number: int, pulls: Sequence[PullQuote], flow: Flow) -> Statement:
    """Make do where a conversion lost the mark: a pull quote may still carry it."""
    for pull in pulls:
        if number in pull.marks:
            return Statement(
                number, "direct", (pull.text,), "", pull.line, "", doubts=((0.5, _ONLY_PULL),)
            )
    section = _section_near(number, flow)
    return Statement(number, "indirect", (), section, 0, "", doubts=((0.3, _NO_MARK),))


def _only_pulled(one: Statement) -> bool:
    return any(why == _ONLY_PULL for _, why in one.doubts)


def _section_near(number: int, flow: Flow) -> str:
    """Give the section of the nearest mark below a number."""
    marks = [(m.number, b.section) for b in flow.blocks for m in b.marks if m.number <= number]
    return max(marks, default=(0, ""))[1]


def _faults(
    document: Document,
    flow: Flow,
    statements: Sequence[Statement],
    bodies: Mapping[int, str],
    rows: Sequence[Attribution],
    swapped: Mapping[int, int],
) -> Iterable[tuple[str, str, int, str]]:
    for numbers, line, text in findings.shared_quotations(statements, bodies):
        yield "two_bodies", numbers, line, text
    for numbers, line, text in findings.wrong_pull_quotes(flow.pulls, statements, bodies):
        yield "pull_quote", numbers, line, text
    for number, other in swapped.items():
        text = (
            f"the text quotes an interviewee under {other}, the footnotes name one under {number}"
        )
        yield "swapped_notes", f"{min(number, other)}; {max(number, other)}", 0, text
    for number, line in document.repeated:
        yield "defined_twice", str(number), line, "another footnote has this number as well"
    roles = {row.footnote: row.role for row in rows}
    for numbers, line, text in findings.other_roles(statements, roles):
        yield "role", numbers, line, text
    for row in rows:
        if (
            row.role
            and row.role_printed.replace("’", "'") != row.role
            and row.role.casefold() != row.role_printed.casefold()
        ):
            text = f"the role is printed {row.role_printed!r}; elsewhere {row.role!r}"
            yield "role_spelling", str(row.footnote), row.definition_line or 0, text
    yield from findings.stray_marks(document.blocks, document.notes)
    for line, text in check_sums(document.blocks):
        yield "sum", "", line, text
