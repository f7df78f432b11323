"""Re-run a study's notebooks in order, with the published report or without."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode._files import write_whole
from qualcode.errors import QualcodeError, ReportError, StudyError, clip
from qualcode.study.check import check_study

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["OUTPUTS", "REPORT", "Run", "plan_runs", "reproduce"]

#: What tells a notebook where to write its tables, and where the published report is.
OUTPUTS = "QUALCODE_OUTPUTS"
REPORT = "QUALCODE_REPORT"

_SECONDS_A_CELL = 600
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Run:
    """One notebook to run.

    Parameters
    ----------
    notebook : Path
        The file.
    outputs : Path
        The folder that its tables go to.
    report : Path, optional
        The published report, where this run is to show its words.
    keep : Path, optional
        Where to put the notebook as it was run; nowhere if None.
    """

    notebook: Path
    outputs: Path
    report: Path | None = None
    keep: Path | None = None


def plan_runs(
    study: Path, *, report: Path | None = None, in_place: bool = False
) -> tuple[Run, ...]:
    """Decide which notebooks to run, in which order, and where what they write goes.

    Every notebook runs without the report and writes to ``outputs/``. Those that ask for the
    report run again with it, and what they show and write goes to ``outputs/report/``, apart from
    what may be published.
    """
    notebooks = sorted((study / "notebooks").glob("*.ipynb"))
    if not notebooks:
        raise StudyError(
            "no notebook *.ipynb", file=study / "notebooks", mend="add one, or copy one"
        )
    outputs = study / "outputs"
    plain = [Run(path, outputs, keep=path if in_place else None) for path in notebooks]
    if report is None:
        return tuple(plain)
    if not report.is_file():
        raise ReportError(
            "there is no such file", file=report, mend="give the report's PDF or text"
        )
    asking = [path for path in notebooks if REPORT in path.read_text(encoding="utf-8")]
    words = outputs / "report"
    return (*plain, *(Run(path, words, report.resolve(), words / path.name) for path in asking))


def reproduce(study: Path, runs: tuple[Run, ...], *, tell: Tell) -> list[Path]:
    """Check a study, run its notebooks, and give the files that they wrote.

    `tell` is called with the name of the notebook, the number of cells done and of all cells.
    """
    found = check_study(study)
    if found.faults:
        raise StudyError.from_faults(found.faults)
    started = time.time_ns()
    for run in runs:
        execute(run, tell=tell)
    return sorted(written_since(started, {run.outputs for run in runs}))


def written_since(started: int, folders: set[Path]) -> Iterator[Path]:
    """Give the files in some folders that are no older than a time, in nanoseconds."""
    paths = {path for folder in folders for path in folder.rglob("*") if path.is_file()}
    # A file system may keep coarser times than the clock.
    return (path for path in paths if path.stat().st_mtime_ns >= started - 2_000_000_000)


def execute(run: Run, *, tell: Tell) -> None:
    """Run one notebook from top to bottom in a kernel of its own."""
    try:
        import nbformat
        from nbclient import NotebookClient
        from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
    except ImportError as error:
        mend = "pip install 'qualcode[notebooks]'"
        raise QualcodeError(f"to run notebooks needs {error.name}", mend=mend) from None
    notebook = read_notebook(run.notebook)
    cells = len(notebook.cells)
    run.outputs.mkdir(parents=True, exist_ok=True)
    client = NotebookClient(
        notebook,
        timeout=_SECONDS_A_CELL,
        store_widget_state=False,
        record_timing=False,
        extra_arguments=["--IPKernelApp.log_level=ERROR"],  # it warns of what each one does
        resources={"metadata": {"path": str(run.notebook.parent)}},
        on_cell_start=lambda cell_index, **_: tell(run.notebook.stem, cell_index, cells),
    )
    try:
        client.execute(env=environment(run))
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        raise StudyError(
            f"a cell fails: {reason(error)}",
            file=run.notebook,
            mend="run it in JupyterLab to see where",
        ) from None
    tell(run.notebook.stem, cells, cells)
    if run.keep is not None:
        text: str = nbformat.writes(tidy(notebook))  # type: ignore[no-untyped-call]
        write_whole(run.keep, (text.rstrip("\n") + "\n").encode(), error=StudyError)


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook, or say that it is none."""
    import nbformat

    try:
        notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, nbformat.reader.NotJSONError) as error:
        raise StudyError(f"not a notebook: {clip(str(error))}", file=path) from None
    return notebook


def environment(run: Run) -> dict[str, str]:
    """Tell a notebook where its tables go, and where the report is, if this run has one."""
    env = {**os.environ, "CI": "true", OUTPUTS: str(run.outputs.resolve())}
    env.pop(REPORT, None)
    return env if run.report is None else {**env, REPORT: str(run.report)}


def reason(error: Any) -> str:
    """Say on one line why a cell failed."""
    name, value = (
        getattr(error, "ename", type(error).__name__),
        getattr(error, "evalue", str(error)),
    )
    return f"{name}: {clip(str(value), 300)}"


def tidy(notebook: NotebookNode) -> NotebookNode:
    """Leave out of a notebook what differs from machine to machine."""
    notebook.metadata.get("language_info", {}).pop("version", None)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            # It names a widget of a kernel that is gone; what is left is the widget's text.
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
    return notebook
