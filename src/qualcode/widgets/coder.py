"""The coding workspace in JupyterLab: it relays; `qualcode.widgets._session` decides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from qualcode.widgets._relay import Relay
from qualcode.widgets._session import CoderSession

if TYPE_CHECKING:
    from qualcode.coding.suggesting import Suggester
    from qualcode.study import Study

__all__ = ["Coder"]


class Coder(Relay):
    """The workspace in which one coder reads transcripts and gives codes to passages.

    All keys are listed in the workspace under ``?``. Every change is in the coder's journal, on
    the disk, before it is shown.

    Parameters
    ----------
    study : Study
        A study that was opened from a folder.
    coder : str
        Whose journal is written; it is begun with the first coding.
    transcript : str, optional
        The id of what is shown first; by default the first transcript.
    also : iterable of str
        Coders whose codings are shown too, unchangeable. By default none, so that double coding
        is blind.
    suggest : callable, optional
        Takes a `Transcript` and gives ``(start, end, code, score, why)`` for each passage that it
        offers, such as `qualcode.suggest_by_keywords` makes. If it has a method `learn`, it is
        told, beside the work, after each 20 decisions: suggestions accepted and declined, codings
        made by hand. If it has `queue`, the workspace leads through what it would learn most from;
        if it has `reliability`, the details say how often it is right. All parts are described in
        `qualcode.coding.suggesting`.
    height : int
        Height in pixels.

    Raises
    ------
    StudyError
        If the study has no folder or no transcripts.
    JournalError
        If nobody can be called `coder`.
    UnknownTranscriptError
        If there is no such transcript.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> Coder(example_study(), coder="RT")
    Traceback (most recent call last):
    ...
    qualcode.errors.StudyError: the study has no folder to write to. Mend: ...
    """

    def __init__(
        self,
        study: Study,
        coder: str,
        *,
        transcript: str | None = None,
        also: Iterable[str] = (),
        suggest: Suggester | None = None,
        height: int = 640,
    ) -> None:
        session = CoderSession(study, coder, also=also, transcript=transcript, suggest=suggest)
        self._shown = f"Coder({coder!r}, {len(study.corpus)} transcripts)"
        super().__init__(session, "coder.js", height=height)

    def __repr__(self) -> str:
        return self._shown
