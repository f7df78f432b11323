"""All tables of a study, written at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.analysis.counts import body_theme_matrix, code_counts, theme_table
from qualcode.analysis.quotes import quote_table
from qualcode.reporting.export import export_all

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.study import Study

__all__ = ["write_study_tables"]

_SYNTHETIC = "Synthetic: nobody said these words."


def write_study_tables(
    study: Study,
    folder: Path | str,
    *,
    coder: str | None = None,
    formats: Sequence[str] = ("csv", "html", "docx"),
    progress: bool = False,
) -> list[Path]:
    """Write a study's theme table, code counts, quote tables and body by theme matrix.

    Parameters
    ----------
    study : Study
        The study.
    folder : Path or str
        Where to write; it is made. The quotes of each theme go to ``quotes/`` in it.
    coder : str, optional
        Whose codings; by default the coder that ``study.yaml`` names, else everybody.
    formats : sequence of str, default ("csv", "html", "docx")
        One file of each for every table.
    progress : bool, default False
        Show how far it is.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    ExportError
        If a file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from qualcode.study.example import example_study
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = write_study_tables(example_study(), folder, formats=["csv"])
    >>> [path.name for path in written]
    ['theme_table.csv', 'code_counts.csv', 'body_theme_matrix.csv', 'rest.csv', 'staffing.csv']
    """
    from tqdm.auto import tqdm

    suffixes = [f".{name}" for name in formats]
    label = study.settings.synthetic_label or _SYNTHETIC
    note = label if study.interviews["synthetic"].any() else ""
    coder = coder or study.settings.coder
    tables = list(_tables(study, study.segments(coder=coder) if coder else study.segments()))
    written: list[Path] = []
    for name, title, frame in tqdm(tables, desc="tables", unit="table", disable=not progress):
        written += export_all(frame, Path(folder) / name, suffixes, title=title, note=note)
    return written


def _tables(study: Study, segments: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Give each table's name, title and frame."""
    codebook = study.codebook
    bodies = list(dict.fromkeys(study.interviews["body"]))
    yield "theme_table", "Themes", theme_table(segments, codebook, of_bodies=len(bodies))
    yield "code_counts", "Codes", code_counts(segments, codebook)
    matrix = body_theme_matrix(segments, codebook, bodies=bodies)
    yield "body_theme_matrix", "Codings by body and theme", matrix
    for theme in codebook.themes:
        quotes = quote_table(segments, codebook, theme=theme.id, corpus=study.corpus)
        if len(quotes):
            yield f"quotes/{theme.id}", theme.name, quotes
