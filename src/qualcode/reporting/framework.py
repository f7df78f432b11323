"""A framework matrix as files: a workbook to go on with, a document with its quotes in footnotes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode._files import write_whole
from qualcode.errors import ExportError
from qualcode.frames import FRAMES
from qualcode.reporting._folders import make_folder

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["export_framework"]


def export_framework(
    matrix: pd.DataFrame, path: Path | str, *, title: str = "", note: str = ""
) -> Path:
    """Write a framework matrix to a file, whole or not at all, as the file's name asks for.

    The same matrix gives the same bytes.

    Parameters
    ----------
    matrix : pandas.DataFrame
        The frame ``framework``, as `framework_matrix` gives it. Its quotes are written; give it
        `most` for fewer.
    path : Path or str
        Ends in ``.xlsx``, ``.docx``, ``.html`` or ``.csv``; the folder is made.
    title, note : str
        Above and below the matrix (both above in a workbook); a CSV has neither.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ExportError
        If the ending is another, the frame is no framework, or the file cannot be written.

    Notes
    -----
    XLSX: the matrix with its heads frozen, and each quote a row of a second sheet; a cell leads to
    its quotes, and a quote back to its cell. All text is stored as text, so that none of it runs
    as a formula. DOCX: A4 on its side, heads repeated on each page, each quote a footnote of its
    cell. HTML: the matrix without quotes. CSV: the frame itself, a row a cell, as `export` writes
    it.

    Examples
    --------
    >>> import tempfile
    >>> from qualcode.analysis.framework import framework_matrix
    >>> from qualcode.study.example import example_study
    >>> matrix = framework_matrix(example_study(), coder="ann")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = export_framework(matrix, Path(folder) / "framework.xlsx", title="Nights")
    ...     path.stat().st_size > 5000
    True
    """
    path = Path(path)
    render = _RENDERERS.get(path.suffix.lower())
    if render is None:
        found = f"no matrix can be written as {path.suffix!r}" if path.suffix else "no ending"
        raise ExportError(found, file=path, mend=f"end the name in {', '.join(_RENDERERS)}")
    missing = [name for name in FRAMES["framework"] if name not in matrix]
    if missing:
        what = f"this is not the frame of a framework matrix: it has no column {missing[0]}"
        raise ExportError(what, file=path, mend="give qc.framework_matrix(study, ...)")
    data = render(matrix, title, note)
    make_folder(path)
    write_whole(path, data, error=ExportError)
    return path


def _csv(matrix: pd.DataFrame, _title: str, _note: str) -> bytes:
    from qualcode.reporting._csv import csv_bytes

    return csv_bytes(matrix)


def _html(matrix: pd.DataFrame, title: str, note: str) -> bytes:
    import pandas as pd

    from qualcode.reporting._framework_texts import grid_of
    from qualcode.reporting._page import page_bytes

    grid = grid_of(matrix)
    cells = [
        [case, *(cell.text for cell in row)]
        for case, row in zip(grid.cases, grid.rows, strict=True)
    ]
    frame = pd.DataFrame(cells, columns=[grid.head, *grid.themes], dtype="str")
    return page_bytes(frame, title=title, note=note, id="framework")


def _xlsx(matrix: pd.DataFrame, title: str, note: str) -> bytes:
    from qualcode.reporting._framework_texts import grid_of
    from qualcode.reporting._framework_xlsx import xlsx_bytes

    return xlsx_bytes(grid_of(matrix), title=title, note=note)


def _docx(matrix: pd.DataFrame, title: str, note: str) -> bytes:
    from qualcode.reporting._framework_docx import framework_docx_bytes
    from qualcode.reporting._framework_texts import grid_of

    return framework_docx_bytes(grid_of(matrix), title=title, note=note)


_RENDERERS: dict[str, Callable[[pd.DataFrame, str, str], bytes]] = {
    ".xlsx": _xlsx,
    ".docx": _docx,
    ".html": _html,
    ".csv": _csv,
}
