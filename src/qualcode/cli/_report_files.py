"""Read the published report of a study, and write the lists it gives."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode._files import write_whole
from qualcode._text import guard
from qualcode.errors import ExportError
from qualcode.study._faults import SETTINGS
from qualcode.study.settings import read_settings

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.sources.published import PublishedReport

__all__ = ["read_study_report", "write_report_files"]


def read_study_report(path: Path, study: Path) -> PublishedReport:
    """Read a report; the study's settings say who counts as an interviewee, if they do."""
    from qualcode.sources.published import Interviewees, read_report

    settings = read_settings(study / SETTINGS)
    known = Interviewees(settings.interviewees, settings.roles) if settings.interviewees else None
    return read_report(path, known)


def write_report_files(report: PublishedReport, paths: Mapping[str, Path | None]) -> list[Path]:
    """Write the lists asked for: ``csv``, ``unattributed`` and ``findings``."""
    texts: dict[str, Callable[[], str]] = {
        "csv": report.to_csv,
        "unattributed": lambda: frame_csv(report.unattributed),
        "findings": lambda: frame_csv(report.findings),
    }
    wanted = [(path, texts[name]()) for name, path in paths.items() if path is not None]
    for path, text in wanted:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text.encode(), error=ExportError)
    return [path for path, _ in wanted]


def frame_csv(frame: pd.DataFrame) -> str:
    """Write a frame as CSV, its lists as JSON, word for word.

    A cell of a list begins with ``[``, so that no spreadsheet runs it; other text is guarded.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(frame.columns)
    for row in frame.astype("object").where(frame.notna(), "").to_numpy():
        writer.writerow([cell(value) for value in row])
    return out.getvalue()


def cell(value: object) -> str:
    """Write one value as the text of a cell."""
    if isinstance(value, list | tuple):
        return json.dumps(list(value), ensure_ascii=False)
    return guard(value) if isinstance(value, str) else str(value)
