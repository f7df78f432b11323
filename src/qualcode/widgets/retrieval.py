"""The reading of quotes in JupyterLab: it relays; `qualcode.widgets._retrieval_session` decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.widgets._relay import Relay
from qualcode.widgets._retrieval_session import RetrievalSession

if TYPE_CHECKING:
    from qualcode.study import Study

__all__ = ["Retrieval"]


class Retrieval(Relay):
    """Read all quotes of a code, across interviews, and pick some for a table.

    Quotes of a code and of those below it are shown with who says them and where, and with the
    coder's memo. They can be filtered and sorted, read in their place in the transcript, and
    picked with a star. Stars are kept in ``interviews_codebook/stars.csv``; `qualcode.read_stars`
    and `qualcode.starred` make a quote table of them.

    Parameters
    ----------
    study : Study
        A study; in one without a folder nothing can be starred.
    coder : str, optional
        Who stars. Whose quotes are shown is chosen in the view: at first those of the coder that
        ``study.yaml`` names, or else everybody's.
    code : str, optional
        The id of the code that is read first; by default the first theme's.
    height : int
        Height in pixels.

    Raises
    ------
    UnknownCodeError
        If there is no such code.
    JournalError
        If nobody can be called `coder`.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> Retrieval(example_study(), code="staffing")
    Retrieval('staffing', 3 quotes)
    """

    def __init__(
        self,
        study: Study,
        coder: str | None = None,
        code: str | None = None,
        *,
        height: int = 640,
    ) -> None:
        self._retrieval = RetrievalSession(study, coder, code)
        super().__init__(self._retrieval, "retrieval.js", height=height)

    def __repr__(self) -> str:
        shown = self._retrieval.view()
        number = len(shown["order"])
        return f"Retrieval({shown['look']['code']!r}, {number} quote{'s' * (number != 1)})"
