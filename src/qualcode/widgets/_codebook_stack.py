"""What was done to the codebook in one session, to be taken back and done again.

A step knows the file's text before and after, so that undo brings back its comments too, and
writes only where the file still is what the step left.
"""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.errors import CodebookError

__all__ = ["Stack", "Step"]


@dataclass(frozen=True)
class Step:
    """One change of the codebook that was made.

    Parameters
    ----------
    label : str
        In words: ``merge Breaks into Rest``.
    before, after : str
        The file's text.
    before_hash, after_hash : str
        Its fingerprints.
    code : str
        The new code of a split.
    recoded : tuple of str
        The codings that got it.
    """

    label: str
    before: str
    after: str
    before_hash: str
    after_hash: str
    code: str = ""
    recoded: tuple[str, ...] = ()


class Stack:
    """The steps made, and those taken back since the last one was made."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    @property
    def labels(self) -> tuple[str, str]:
        """What undo and redo would take back and do again; empty where there is nothing."""
        return (
            self._done[-1].label if self._done else "",
            self._undone[-1].label if self._undone else "",
        )

    def push(self, step: Step) -> None:
        """Note a new step, after which there is nothing to do again."""
        self._done.append(step)
        self._undone.clear()

    def last(self) -> Step:
        """Give the step that undo takes back."""
        if not self._done:
            mend = "this editor takes back what was done in it"
            raise CodebookError("nothing to undo", mend=mend)
        return self._done[-1]

    def next(self) -> Step:
        """Give the step that redo does again."""
        if not self._undone:
            raise CodebookError("nothing to redo", mend="redo follows an undo")
        return self._undone[-1]

    def undone(self) -> None:
        """Note that the last step was taken back."""
        self._undone.append(self._done.pop())

    def redone(self) -> None:
        """Note that a step was done again."""
        self._done.append(self._undone.pop())
