"""Copy a study, to practise on or to begin one's own from."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import StudyError
from qualcode.study._faults import CODEBOOK, CODINGS, SETTINGS, TRANSCRIPTS
from qualcode.study.opening import open_study

if TYPE_CHECKING:
    from qualcode.study.opening import Study

__all__ = ["copy_study"]


def copy_study(study: Study, folder: Path | str, *, coders: Iterable[str] = ()) -> Study:
    """Copy a study's transcripts, codebook and settings into a folder, and open the copy.

    A study that is in the folder already is opened as it is: nothing in it is overwritten, so that
    the same line begins a practice and goes on with it.

    Parameters
    ----------
    study : Study
        A study that was opened from a folder.
    folder : Path or str
        Where the copy is to be; the folder is made.
    coders : iterable of str
        Whose journals are copied too; by default nobody's.

    Returns
    -------
    Study
        The copy, opened.

    Raises
    ------
    StudyError
        If the study has no folder, the folder holds something else, or cannot be written to.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> copy_study(example_study(), "practice")
    Traceback (most recent call last):
    ...
    qualcode.errors.StudyError: the study has no folder to copy. Mend: open a study's folder
    """
    target = Path(folder)
    if study.root is None:
        raise StudyError("the study has no folder to copy", mend="open a study's folder")
    if (target / CODEBOOK).exists():
        return open_study(target)
    if target.is_dir() and any(target.iterdir()):
        mend = "name an empty folder, or one that is not there yet"
        raise StudyError("the folder holds something else", file=target, mend=mend)
    try:
        _copy(study.root, target, [f"{CODINGS}/{coder}.jsonl" for coder in coders])
    except OSError as exc:
        mend = "check that the folder may be written to and the disk is not full"
        what = f"the study cannot be copied: {exc.strerror or type(exc).__name__}"
        raise StudyError(what, file=target, mend=mend) from None
    return open_study(target)


def _copy(root: Path, target: Path, journals: list[str]) -> None:
    """Copy what makes a study; the codebook comes last, since it marks the copy as whole."""
    visible = shutil.ignore_patterns(".*")
    shutil.copytree(root / TRANSCRIPTS, target / TRANSCRIPTS, ignore=visible, dirs_exist_ok=True)
    for part in (SETTINGS, *journals, CODEBOOK):
        if (root / part).exists():
            (target / part).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / part, target / part)
