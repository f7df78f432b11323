"""The framework matrix in JupyterLab: it relays; `qualcode.widgets._framework_session` decides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from qualcode.widgets._framework_session import FrameworkSession
from qualcode.widgets._relay import Relay

if TYPE_CHECKING:
    from qualcode.study import Study

__all__ = ["FrameworkMatrix"]


class FrameworkMatrix(Relay):
    """Read cases against themes, and write a summary of each cell beside its quotes.

    Arrows move, Enter opens a cell, Ctrl and Enter saves its summary, Escape lets it be; ``?``
    lists all keys. A summary is on the disk, in ``interviews_codebook/framework.csv``, before it
    is shown. If somebody else has changed it meanwhile nothing is written, and theirs is shown
    beside yours. One whose codings have changed since is marked stale until it is saved again.
    Changes can be undone while the kernel lives. `qualcode.framework_matrix` gives the matrix as a
    frame, `qualcode.export_framework` writes it to a file.

    Parameters
    ----------
    study : Study
        A study; in one without a folder nothing can be written.
    by : str, optional
        Who writes.
    coder : str, optional
        Whose codings; by default those of ``coder`` in ``study.yaml``, else everybody's.
    rows : {'body', 'transcript', 'speaker'}, default 'body'
        What a case is.
    columns : {'theme', 'code'} or iterable of str, default 'theme'
        All themes, all codes, or ids of codes.
    height : int
        Height in pixels.

    Raises
    ------
    UnknownCodeError
        If there is no such code.
    UnknownValueError
        If `rows` is something else, or nobody of that name coded.
    JournalError
        If nobody can be called `by`.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> FrameworkMatrix(example_study(), by="RT", coder="ann")
    FrameworkMatrix(3 cases by 3 themes, 0 of 4 cells with codings summarised)
    """

    def __init__(
        self,
        study: Study,
        by: str | None = None,
        coder: str | None = None,
        *,
        rows: str = "body",
        columns: str | Iterable[str] = "theme",
        height: int = 640,
    ) -> None:
        self._framework = FrameworkSession(study, by, coder, rows=rows, columns=columns)
        super().__init__(self._framework, "framework.js", height=height)

    def __repr__(self) -> str:
        cells = self._framework.view()["cells"].values()
        coded = [one for one in cells if one["codings"]]
        done = sum(bool(one["summary"]) for one in coded)
        layout = self._framework.layout
        size = f"{len(layout.cases)} cases by {len(layout.codes)} themes"
        return f"FrameworkMatrix({size}, {done} of {len(coded)} cells with codings summarised)"
