"""The compare view in JupyterLab: it relays; `qualcode.widgets._compare_session` decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.widgets._compare_session import CompareSession
from qualcode.widgets._relay import Relay

if TYPE_CHECKING:
    from qualcode.study import Study

__all__ = ["Compare"]


class Compare(Relay):
    """Two coders side by side on one text, and a third journal for what is settled between them.

    Every difference is walked through and settled with a reason: keep the one's or the other's
    coding, both, another code, other words, or neither. What both agree on is taken over in one
    go, so that the third journal is complete. The coders' own journals stay as they are. All keys
    are listed under ``?``.

    Parameters
    ----------
    study : Study
        A study that was opened from a folder.
    coders : (str, str)
        The two coders; their codings are never changed.
    into : str
        The coder under whose name the settled codings are kept; the journal is begun with the
        first of them.
    settled_by : str
        Who settles, a name or names; it stands in the memo of each settled coding, as in
        ``the duty is named (settled by RT)``.
    transcript : str, optional
        The id of what is shown first; by default the first transcript that both have coded.
    height : int
        Height in pixels.

    Raises
    ------
    StudyError
        If the study has no folder, the two are not two coders, `into` is one of them, nobody can
        be called `settled_by`, or there is no transcript that both have coded.
    UnknownValueError
        If the study has no such coder; those there are, are listed.
    JournalError
        If nobody can be called `into`.
    UnknownTranscriptError
        If there is no such transcript.

    See Also
    --------
    qualcode.coding_differences : the same comparison as a frame.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> Compare(example_study(), ("ann", "ben"), into="agreed", settled_by="RT")
    Traceback (most recent call last):
    ...
    qualcode.errors.StudyError: the study has no folder to write to. Mend: ...
    """

    _session: CompareSession

    def __init__(
        self,
        study: Study,
        coders: tuple[str, str],
        *,
        into: str,
        settled_by: str,
        transcript: str | None = None,
        height: int = 720,
    ) -> None:
        session = CompareSession(
            study, coders, into=into, settled_by=settled_by, transcript=transcript
        )
        super().__init__(session, "compare.js", height=height)

    def __repr__(self) -> str:
        session = self._session
        first, second = session.settler.coders
        return f"Compare({first!r} and {second!r}, into {session.into!r})"
