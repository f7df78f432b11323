"""The rule book of the framework matrix: which cells there are, which is open, what is written.

Only summaries are written, and those in the words of whoever writes them; journals are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import singledispatchmethod
from typing import TYPE_CHECKING, Any

from qualcode.analysis._framework_cells import Layout, by_cell, lay_out
from qualcode.coding.journal import check_coder_name
from qualcode.errors import QualcodeError, StudyError, clip
from qualcode.study._summary_file import Summary
from qualcode.widgets._base_session import Answer, BaseSession
from qualcode.widgets._framework_cells import (
    cell_payload,
    cells_payload,
    open_payload,
    rows_payload,
)
from qualcode.widgets._framework_intents import FrameworkIntent, OpenCell, SaveSummary
from qualcode.widgets._intents import IntentError, Ping, Redo, Undo
from qualcode.widgets._live_study import LiveStudy
from qualcode.widgets._payload import codes_payload
from qualcode.widgets._summaries import Step, Summaries, stamp_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualcode.study import Study

__all__ = ["FrameworkSession"]


class FrameworkSession(BaseSession):
    """Somebody who writes summaries of cells.

    Parameters
    ----------
    study : Study
        A study; without a folder nothing can be written.
    by : str, optional
        Who writes.
    coder : str, optional
        Whose codings are summarised; by default those that ``study.yaml`` names, else all.
    rows : {'body', 'transcript', 'speaker'}
        What a case is.
    columns : {'theme', 'code'} or iterable of str
        The columns.
    clock : callable, optional
        Gives the time, with its zone.
    """

    intents = FrameworkIntent
    keyed = frozenset({"cells"})

    def __init__(
        self,
        study: Study,
        by: str | None = None,
        coder: str | None = None,
        *,
        rows: str = "body",
        columns: str | Iterable[str] = "theme",
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        super().__init__()
        self.by = "" if by is None else check_coder_name(by)
        self.coder = coder or study.settings.coder
        self.rows = rows
        self.columns = columns if isinstance(columns, str) else tuple(columns)
        self.live = LiveStudy(study)
        self.summaries = Summaries(study.root, clock or (lambda: datetime.now(UTC)))
        self._about = self._describe()
        self.layout = self._lay_out()
        self._laid_for: Study = study
        self._fault = ""
        self._open: tuple[str, str] | None = None
        self._made: dict[str, tuple[tuple[Any, ...], Any]] = {}

    @property
    def study(self) -> Study:
        """The study as it is now."""
        return self.live.now

    # What a view shows ---------------------------------------------------------------------

    def view(self) -> Mapping[str, Any]:
        """Give all that a view shows."""
        self.refresh()
        layout, summaries = self.layout, self.summaries
        return {
            "study": self._about,
            "kind": layout.kind,
            "codes": self._once("codes", (self.live.codebook,), codes_payload),
            "columns": list(layout.codes),
            "rows": self._once("rows", (layout,), lambda one: rows_payload(one, self.study)),
            "cells": self._once(
                "cells", (layout, summaries.now), lambda one, _: cells_payload(one, self.written)
            ),
            "open": self._once("open", (layout, self._open), self._opened),
            "undo": self._label(summaries.done),
            "redo": self._label(summaries.undone),
            "notice": self.live.fault or summaries.fault or self._fault or self._adrift(),
        }

    def _describe(self) -> dict[str, Any]:
        settings = self.study.settings
        synthetic = any(one.synthetic for one in self.study.corpus.values())
        return {
            "title": settings.title,
            "note": settings.synthetic_label if synthetic else "",
            "by": self.by,
            "coder": self.coder,
            "writable": self.study.root is not None,
        }

    def refresh(self) -> None:
        """Take in what others have written; what cannot be laid out leaves the matrix as it was."""
        self.live.refresh()
        self.summaries.refresh()
        if self._laid_for is self.study:
            return
        self._laid_for = self.study
        try:
            self.layout, self._fault = self._lay_out(), ""
        except QualcodeError as exc:
            self._fault = f"the matrix cannot be made as the study is now, {exc.faults[0]}"

    def written(self, case: str, code: str) -> list[Summary]:
        """Give the summaries of a cell: more than one where codes were merged."""
        book, kind = self.live.codebook, self.layout.kind
        found: dict[tuple[str, str], list[Summary]] = self._once(
            "written",
            (self.summaries.now, book),
            lambda summaries, _: by_cell(summaries.values(), kind, book),
        )
        return found.get((case, code), [])

    def _lay_out(self) -> Layout:
        return lay_out(self.study, rows=self.rows, columns=self.columns, coder=self.coder or None)

    def _opened(self, layout: Layout, cell: tuple[str, str] | None) -> dict[str, Any] | None:
        if cell is None or cell[0] not in layout.cases or cell[1] not in layout.codes:
            return None
        return open_payload(layout, cell, self.study)

    def _label(self, steps: list[Step]) -> str:
        return self._name(steps[-1][-1].key[1:]) if steps else ""

    def _name(self, cell: tuple[str, ...]) -> str:
        """Name a cell: ``Ward 1, Rest``."""
        case, code = cell
        book = self.live.codebook
        return f"{case or 'no body'}, {book[code].name if code in book else code}"

    def _adrift(self) -> str:
        adrift = len(self.study.placement.adrift)
        return f"{adrift} of the study's codings adrift: in no cell" if adrift else ""

    def _once(self, name: str, key: tuple[Any, ...], make: Callable[..., Any]) -> Any:
        """Make something of a key, again only when a part of the key is another one."""
        known = self._made.get(name)
        if known is None or any(a is not b for a, b in zip(known[0], key, strict=True)):
            known = self._made[name] = (key, make(*key))
        return known[1]

    # What somebody may ask for -------------------------------------------------------------

    @singledispatchmethod
    def act(self, intent: Any) -> Answer:
        """Do what is asked, or raise a `QualcodeError` that says why not."""
        raise IntentError(f"nothing is known of {clip(type(intent).__name__)!r}")

    @act.register
    def _(self, _intent: Ping) -> Answer:
        return {}

    @act.register
    def _(self, intent: OpenCell) -> Answer:
        if not intent.theme:
            self._open = None
            return {"say": ""}
        self._open = self._found(intent.case, intent.theme)
        return {"say": f"{self._name(self._open)} is open"}

    @act.register
    def _(self, intent: SaveSummary) -> Answer:
        case, code = self._found(intent.case, intent.theme)
        there = self.written(case, code)
        if stamp_of(there) != intent.seen:
            who = there[-1].by if there and there[-1].by else "somebody else"
            what = f"{who} has changed this summary meanwhile: nothing was written"
            raise IntentError(what, mend="read it beside yours, then choose")
        before = cell_payload(self.layout, case, code, there)
        cell = self.layout.cell(case, code)
        text = intent.text.replace("\r\n", "\n").replace("\r", "\n").strip()
        name = self._name((case, code))
        if text == before["summary"] and not before["stale"]:
            return {"say": f"{name}: as it was"}
        new = Summary(self.layout.kind, case, code, text, self.by, None, cell.fingerprint)
        self.summaries.save(new, there)
        verb = "taken away" if not text else "saved" if text != before["summary"] else "still holds"
        return {"say": f"{name}: {verb}"}

    @act.register
    def _(self, _intent: Undo) -> Answer:
        return {"say": f"undone: {self._name(self.summaries.undo()[-1].key[1:])}"}

    @act.register
    def _(self, _intent: Redo) -> Answer:
        return {"say": f"done again: {self._name(self.summaries.redo()[-1].key[1:])}"}

    def _found(self, case: str, theme: str) -> tuple[str, str]:
        """Give a cell of the matrix as it is now, or refuse."""
        self.refresh()
        if case in self.layout.cases and theme in self.layout.codes:
            return case, theme
        raise StudyError("that cell is not there any more", mend="choose another")
