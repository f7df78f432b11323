"""The rule book of the codebook editor: what a change would do, and how it is done.

Nothing is changed that was not looked at: a change comes with the fingerprint of the file that it
was thought out on, and is refused if the file is another one by now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import singledispatchmethod
from typing import TYPE_CHECKING, Any

from qualcode.coding.codebook_diff import diff_codebooks
from qualcode.errors import clip
from qualcode.study._faults import CODEBOOK, CODINGS
from qualcode.widgets import _codebook_intents as ask
from qualcode.widgets._base_session import Answer, BaseSession
from qualcode.widgets._codebook_plan import Plan, plan_change
from qualcode.widgets._codebook_warnings import warnings_of
from qualcode.widgets._codebook_writing import Writer
from qualcode.widgets._intents import IntentError, Ping, Redo, Undo
from qualcode.widgets._live_codebook import LiveCodebook
from qualcode.widgets._live_codings import LiveCodings, by_code
from qualcode.widgets._passages import passages_of
from qualcode.widgets._payload import codes_payload
from qualcode.widgets._reach import reach_of, said_of_reach

if TYPE_CHECKING:
    from qualcode.coding.journal import Journal
    from qualcode.model import Coding
    from qualcode.study import Study

__all__ = ["CodebookSession"]


class CodebookSession(BaseSession):
    """Somebody at work on a study's codebook.

    Parameters
    ----------
    study : Study
        A study with a folder; without one the codebook can only be read.
    coder : str, optional
        Whose codings may be split. Others' are only counted, so that double coding stays blind.
    """

    intents = ask.CodebookIntent
    keyed = frozenset({"counts"})

    def __init__(self, study: Study, coder: str | None = None) -> None:
        super().__init__()
        self.study, self.coder = study, coder
        root = study.root
        self.codes = LiveCodebook(study.codebook, None if root is None else root / CODEBOOK)
        self.everybody = LiveCodings(study.codings, None if root is None else root / CODINGS)
        self.journal: Journal | None = None
        if coder is not None:
            self.journal = study.journal(coder, codebook=self.codes)
        self.writer = Writer(self.codes, self.everybody, self.journal)
        self._grouped: tuple[Any, Any, Mapping[str, Sequence[Coding]]] = (None, None, {})

    # What a view shows ---------------------------------------------------------------------

    def view(self) -> Mapping[str, Any]:
        """Give all that a view shows."""
        self.codes.refresh()
        self.everybody.refresh()
        undo, redo = self.writer.stack.labels
        return {
            "study": {
                "title": self.study.settings.title,
                "note": self.study.settings.synthetic_label,
                "coder": self.coder or "",
                "writable": self.codes.path is not None,
            },
            "codes": self._codes(),
            "counts": {
                code: dict(sorted(Counter(one.coder for one in group).items()))
                for code, group in self.groups().items()
            },
            "seen": self.codes.now.file_hash,
            "undo": undo,
            "redo": redo,
            "notice": self.codes.fault or self.everybody.fault,
        }

    def _codes(self) -> list[dict[str, Any]]:
        book = self.codes.now
        return [
            {**one, "example_at": book[one["id"]].example_at, "was": list(book[one["id"]].was)}
            for one in codes_payload(book)
        ]

    def groups(self) -> Mapping[str, Sequence[Coding]]:
        """Give everybody's codings by the code they have now."""
        codings, book = self.everybody.now, self.codes.now
        if self._grouped[0] is not codings or self._grouped[1] is not book:
            self._grouped = (codings, book, by_code(codings, book))
        return self._grouped[2]

    # What somebody may ask for -------------------------------------------------------------

    @singledispatchmethod
    def act(self, intent: Any) -> Answer:
        """Do what is asked, or raise a `QualcodeError` that says why not."""
        raise IntentError(f"nothing is known of {clip(type(intent).__name__)!r}")

    @act.register
    def _(self, _intent: Ping) -> Answer:
        return {}

    @act.register
    def _(self, intent: ask.Passages) -> Answer:
        self._refresh()
        group = self.groups().get(self.codes.resolve(intent.code), ())
        own = [one for one in group if one.coder == self.coder]
        others = [one for one in group if one.coder != self.coder]
        return {
            "passages": passages_of(own, self.study.corpus),
            "staying": reach_of(others, self._body)["coders"],
        }

    @act.register
    def _(self, intent: ask.Preview) -> Answer:
        self._refresh()
        plan = self._plan(intent.change)
        shown = self._shown(intent.change, plan)
        return {"say": f"{plan.label}: {said_of_reach(shown['reach'])}", "preview": shown}

    @act.register
    def _(self, intent: ask.Apply) -> Answer:
        self._refresh()
        if intent.seen != self.codes.now.file_hash:
            what = "the codebook was changed by somebody else meanwhile: nothing was written"
            raise IntentError(what, mend="look at the codes as they are now, and try again")
        plan = self._plan(intent.change)
        notes = self.writer.make(plan)
        return {"say": "; ".join([f"done: {plan.label}", *notes]), "code": plan.code}

    @act.register
    def _(self, _intent: Undo) -> Answer:
        return {"say": f"undone: {self.writer.undo().label}"}

    @act.register
    def _(self, _intent: Redo) -> Answer:
        return {"say": f"done again: {self.writer.redo().label}"}

    # Within --------------------------------------------------------------------------------

    def _refresh(self) -> None:
        self.codes.refresh()
        self.everybody.refresh()

    def _plan(self, change: ask.Change) -> Plan:
        """Work a change out, and refuse what the codings do not let happen."""
        plan = plan_change(change, self.codes.now)
        if isinstance(change, ask.Delete):
            reach = self._reach(plan)
            if reach["codings"]:
                name = self.codes.now[change.code].name
                what = f"{name} cannot be deleted: it has {said_of_reach(reach)}"
                raise IntentError(what, mend="merge it into another code")
        if isinstance(change, ask.Split):
            self._check_own(change)
        return plan

    def _check_own(self, change: ask.Split) -> None:
        """Refuse to split what is not the coder's own, or has another code by now."""
        if self.coder is None:
            mend = "give coder= to the editor"
            raise IntentError("only a coder can split a code", mend=mend)
        group = self.groups().get(change.code, ())
        own = {one.id for one in group if one.coder == self.coder}
        strange = [one for one in change.codings if one not in own]
        if strange:
            what = f"{len(strange)} of the passages are not {self.coder}'s, or have another code"
            raise IntentError(what, mend="look at the list again")

    def _shown(self, change: ask.Change, plan: Plan) -> dict[str, Any]:
        """Give a view what a change would do."""
        others = []
        if plan.recoded:
            group = self.groups().get(plan.touched[0], ())
            others = [one for one in group if one.id not in set(plan.recoded)]
        diff = diff_codebooks(self.codes.now, plan.after)
        return {
            "title": plan.label,
            "reach": self._reach(plan),
            "staying": reach_of(others, self._body)["coders"],
            "along": list(plan.along),
            "warnings": warnings_of(change, plan, self.codes.now, self.groups(), self.study),
            "lines": [{"heading": head, "lines": lines} for head, lines in diff.sections()],
            "seen": self.codes.now.file_hash,
        }

    def _reach(self, plan: Plan) -> dict[str, Any]:
        """Count the codings that a change moves; those chosen, for a split."""
        codings = [one for code in plan.touched for one in self.groups().get(code, ())]
        if plan.recoded:
            chosen = set(plan.recoded)
            codings = [one for one in codings if one.id in chosen]
        return reach_of(codings, self._body)

    def _body(self, transcript_id: str) -> str:
        corpus = self.study.corpus
        return corpus[transcript_id].body if transcript_id in corpus else ""
