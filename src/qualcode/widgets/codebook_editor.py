"""The codebook editor in JupyterLab: it relays; `qualcode.widgets._codebook_session` decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.widgets._codebook_session import CodebookSession
from qualcode.widgets._relay import Relay

if TYPE_CHECKING:
    from qualcode.study import Study

__all__ = ["CodebookEditor"]


class CodebookEditor(Relay):
    """Change a codebook and see, before it is done, what the change moves.

    Definitions are edited; codes are added, moved, merged, split and, where nobody has given
    them, deleted. Every change is shown first: whose codings it concerns, in how many interviews
    and bodies, which codes come along, and how the codebook would differ. It is then written to
    ``codebook.yaml``, whose comments stay, and can be undone while the kernel lives. If somebody
    else has changed the file meanwhile, nothing is written. ``?`` lists the keys.

    A merge leaves the old id in `was`, so no journal changes. A split gives codings that are
    ticked to a new code, in the journal of `coder` alone.

    Parameters
    ----------
    study : Study
        A study that was opened from a folder; one without a folder can be looked at.
    coder : str, optional
        Whose codings may be split. Of others' only the number is shown, so that double coding
        stays blind.
    height : int
        Height in pixels.

    Raises
    ------
    StudyError
        If a coder is given and the study has no folder.
    JournalError
        If nobody can be called `coder`.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> CodebookEditor(example_study())
    CodebookEditor(5 codes)
    >>> CodebookEditor(example_study(), coder="RT")
    Traceback (most recent call last):
    ...
    qualcode.errors.StudyError: the study has no folder to write to. Mend: ...
    """

    def __init__(self, study: Study, coder: str | None = None, *, height: int = 640) -> None:
        self._codebook = CodebookSession(study, coder)
        super().__init__(self._codebook, "codebook_editor.js", height=height)

    def __repr__(self) -> str:
        coder = "" if self._codebook.coder is None else f"coder={self._codebook.coder!r}, "
        return f"CodebookEditor({coder}{len(self._codebook.codes.now)} codes)"
