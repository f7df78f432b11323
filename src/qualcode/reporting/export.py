"""Frames as files: CSV to go on with, a web page and a Word document to read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode._files import write_whole
from qualcode._text import unguard
from qualcode.errors import ExportError, clip
from qualcode.reporting._folders import make_folder

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["export", "export_all", "read_exported_csv"]


def export(
    frame: pd.DataFrame, path: Path | str, *, title: str = "", note: str = "", id: str = ""
) -> Path:
    """Write a frame to a file, whole or not at all, in the form that the file's name asks for.

    The same frame gives the same bytes.

    Parameters
    ----------
    frame : pandas.DataFrame
        Any frame, written in the order it is in. An index with a name becomes the first column.
    path : Path or str
        Ends in ``.csv``, ``.html`` or ``.docx``; the folder is made.
    title, note : str
        Above and below the table; a CSV has neither.
    id : str, optional
        The table's HTML id; by default the file's name.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ExportError
        If the ending is another, or the file cannot be written.

    Notes
    -----
    A CSV has every column under its own name, in UTF-8 with LF, floats to 4 decimals. Text that a
    spreadsheet would run as a formula (it begins with ``=``, ``+``, ``-`` or ``@``, also in full
    width and after space or quotation marks, or with a tab or line end; or it does so after a
    semicolon) gets an apostrophe before it; `read_exported_csv` takes that away. Numbers are left
    as they are. A page and a document show the columns that `to_gt` shows.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"quote": ["=1+1", "No break"], "codings": [-1, 2]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     print(export(frame, Path(folder) / "tables" / "quotes.csv").read_text())
    quote,codings
    '=1+1,-1
    No break,2
    """
    path = Path(path)
    _write_all([(path, _render(frame, path, title=title, note=note, id=id))])
    return path


def export_all(
    frame: pd.DataFrame,
    stem: Path | str,
    suffixes: Sequence[str] = (".csv", ".html", ".docx"),
    *,
    title: str = "",
    note: str = "",
    id: str = "",
) -> tuple[Path, ...]:
    """Write a frame to several files that differ in their ending.

    Parameters
    ----------
    frame : pandas.DataFrame
        As for `export`.
    stem : Path or str
        The files' path without the ending.
    suffixes : sequence of str, default (".csv", ".html", ".docx")
        The endings.
    title, note, id : str
        As for `export`.

    Returns
    -------
    tuple of Path
        The files, in the order of the endings.

    Raises
    ------
    ExportError
        As `export`; no file is written unless all could be made.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     paths = export_all(pd.DataFrame({"codings": [1]}), Path(folder) / "themes")
    >>> [path.name for path in paths]
    ['themes.csv', 'themes.html', 'themes.docx']
    """
    stem = Path(stem)
    paths = [stem.with_name(stem.name + suffix) for suffix in suffixes]
    made = [(path, _render(frame, path, title=title, note=note, id=id)) for path in paths]
    _write_all(made)
    return tuple(paths)


def read_exported_csv(path: Path | str) -> pd.DataFrame:
    """Read a CSV that `export` wrote, with its text as it was before it was guarded.

    Parameters
    ----------
    path : Path or str
        The file.

    Returns
    -------
    pandas.DataFrame
        Text as text, an empty cell of it as empty text; a column of numbers alone as numbers.

    Raises
    ------
    ExportError
        If there is no such file, or it is not a CSV.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = export(pd.DataFrame({"quote": ["- no"], "codings": [1]}), f"{folder}/a.csv")
    ...     print(read_exported_csv(path))
      quote  codings
    0  - no        1
    """
    import pandas as pd

    try:
        frame = pd.read_csv(path, encoding="utf-8", keep_default_na=False)
    except (OSError, ValueError) as exc:
        mend = "give a file that `export` wrote"
        raise ExportError(f"cannot be read: {clip(str(exc))}", file=path, mend=mend) from None
    for name in frame.columns[[dtype.kind not in "iufb" for dtype in frame.dtypes]]:
        frame[name] = frame[name].astype(str).map(unguard)
    return frame.rename(columns=unguard)


def _render(frame: pd.DataFrame, path: Path, *, title: str, note: str, id: str) -> bytes:
    render = _RENDERERS.get(path.suffix.lower())
    if render is None:
        found = f"no table can be written as {path.suffix!r}" if path.suffix else "no ending"
        raise ExportError(found, file=path, mend=f"end the name in {', '.join(_RENDERERS)}")
    return render(frame, title, note, id or _id_of(path.stem))


def _id_of(stem: str) -> str:
    """Make an HTML id of a file's name."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", stem).strip("-") or "table"


def _write_all(made: Sequence[tuple[Path, bytes]]) -> None:
    for path, data in made:
        make_folder(path)
        write_whole(path, data, error=ExportError)


def _csv(frame: pd.DataFrame, _title: str, _note: str, _id: str) -> bytes:
    from qualcode.reporting._csv import csv_bytes

    return csv_bytes(frame)


def _html(frame: pd.DataFrame, title: str, note: str, id: str) -> bytes:
    from qualcode.reporting._page import page_bytes

    return page_bytes(frame, title=title, note=note, id=id)


def _docx(frame: pd.DataFrame, title: str, note: str, _id: str) -> bytes:
    from qualcode.reporting._docx import docx_bytes

    return docx_bytes(frame, title=title, note=note)


_RENDERERS: dict[str, Callable[[pd.DataFrame, str, str, str], bytes]] = {
    ".csv": _csv,
    ".html": _html,
    ".docx": _docx,
}
