"""Copy a study to practise on."""

from __future__ import annotations

from pathlib import Path

import pytest

import qualcode as qc
from qualcode.errors import StudyError

from .browser._study import make_study


@pytest.fixture
def study(tmp_path: Path) -> qc.Study:
    folder = make_study(tmp_path / "study")
    opened = qc.open_study(folder)
    transcript = opened.corpus["ward-1"]
    for coder in ("A", "B"):
        opened.journal(coder).add(transcript, 0, 5, "rest")
    return qc.open_study(folder)


def test_a_copy_has_the_texts_the_codes_and_the_coders_named(study, tmp_path):
    copy = qc.copy_study(study, tmp_path / "deep" / "copy", coders=["A"])
    assert dict(copy.corpus) == dict(study.corpus)
    assert copy.codebook == study.codebook
    assert copy.codings.coders == ("A",)
    assert qc.copy_study(study, tmp_path / "bare").codings.coders == ()


def test_what_is_there_already_is_gone_on_with(study, tmp_path):
    copy = qc.copy_study(study, tmp_path / "copy")
    copy.journal("ME").add(copy.corpus["ward-1"], 0, 5, "rest")
    again = qc.copy_study(study, tmp_path / "copy", coders=["A"])
    assert again.codings.coders == ("ME",)


def test_other_things_are_not_mixed_with(study, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.docx").write_text("x")
    with pytest.raises(StudyError, match="holds something else"):
        qc.copy_study(study, tmp_path / "full")
    (tmp_path / "file").write_text("x")
    with pytest.raises(StudyError, match=r"cannot be copied|holds something"):
        qc.copy_study(study, tmp_path / "file")
