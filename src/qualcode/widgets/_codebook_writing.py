"""Write a change of the codebook, and of a coder's journal with it: both, or neither."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from qualcode.errors import CodebookError, QualcodeError, QualcodeWarning, clip
from qualcode.model import text_hash
from qualcode.widgets._codebook_stack import Stack, Step
from qualcode.widgets._codebook_warnings import unknown_codes
from qualcode.widgets._saying import counted

if TYPE_CHECKING:
    from qualcode.coding.codebook import Codebook
    from qualcode.coding.journal import Journal
    from qualcode.widgets._codebook_plan import Plan
    from qualcode.widgets._live_codebook import LiveCodebook
    from qualcode.widgets._live_codings import LiveCodings

__all__ = ["Writer"]


class Writer:
    """Makes changes, takes them back and makes them again.

    Parameters
    ----------
    codes : LiveCodebook
        The codebook and its file.
    everybody : LiveCodings
        All coders' codings: none may be left without its code.
    journal : Journal, optional
        Of the coder who may split codes.
    """

    def __init__(
        self, codes: LiveCodebook, everybody: LiveCodings, journal: Journal | None
    ) -> None:
        self.codes, self.everybody, self.journal = codes, everybody, journal
        self.stack = Stack()

    def make(self, plan: Plan) -> list[str]:
        """Make a change; give what should be known about how it was written."""
        self._refuse_orphans(plan.after)
        before, before_hash = self.codes.text(), self.codes.now.file_hash
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", QualcodeWarning)
            self.codes.write(plan.after)
        code = plan.code if plan.recoded else ""
        after, after_hash = self.codes.text(), self.codes.now.file_hash
        step = Step(plan.label, before, after, before_hash, after_hash, code, plan.recoded)
        self._recode(step)
        self.stack.push(step)
        kept = all("comments are not kept" not in str(one.message) for one in caught)
        return [] if kept else ["its comments could not be kept: undo brings them back"]

    def undo(self) -> Step:
        """Take back the last change made here: the file as it was, and the codings of a split."""
        step = self.stack.last()
        self._check_unchanged(step.after_hash, "undo")
        taken = self._take_back(step)
        try:
            self._refuse_orphans(self.codes.parsed(step.before))
            self.codes.restore(step.before, expect=step.after_hash)
        except QualcodeError:
            if taken and self.journal is not None:
                self.journal.redo()
            raise
        self.stack.undone()
        return step

    def redo(self) -> Step:
        """Make again what was taken back last."""
        step = self.stack.next()
        self._check_unchanged(step.before_hash, "redo")
        self._refuse_orphans(self.codes.parsed(step.after))
        self.codes.restore(step.after, expect=step.before_hash)
        self._recode(step)
        self.stack.redone()
        return step

    def _recode(self, step: Step) -> None:
        """Give codings the new code of a split; if that fails, the codebook goes back."""
        if not step.recoded:
            return
        try:
            if self.journal is None:
                mend = "give coder= to the editor"
                raise CodebookError("only a coder can split a code", mend=mend)
            self.journal.recode_many(step.recoded, step.code)
        except QualcodeError:
            self.codes.restore(step.before, expect=step.after_hash)
            raise

    def _take_back(self, step: Step) -> bool:
        """Take the codings of a split back, unless the coder has done so; say if it was done."""
        if not step.recoded or self.journal is None:
            return False
        history = self.journal.history(step.recoded[0])
        made = history[(history["event"] == "recode") & (history["code_id"] == step.code)]
        return bool(len(made)) and bool(self.journal.take_back(made["event_id"].iloc[-1]))

    def _check_unchanged(self, expected: str, verb: str) -> None:
        self.codes.refresh()
        if text_hash(self.codes.text()) != expected:
            what = f"the codebook was changed since by somebody else: no {verb}"
            mend = "look at the codes as they are now"
            raise CodebookError(what, file=self.codes.path, mend=mend)

    def _refuse_orphans(self, after: Codebook) -> None:
        """Refuse a codebook in which somebody's codings would have no code."""
        self.everybody.refresh()
        without = unknown_codes(self.everybody.now, after)
        for code_id, number in without.items():
            now = self.codes.now
            name = now[code_id].name if code_id in now else clip(code_id)
            have = "has" if number == 1 else "have"
            what = f"{counted(number, 'coding')} {have} the code {name}"
            mend = "merge it into another code, or have them recoded first"
            raise CodebookError(f"{what}, which would be gone", mend=mend)
