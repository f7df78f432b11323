"""Coders' names become names of files on every system."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.coding.journal import Journal, check_coder_name
from qualcode.errors import JournalError

from ._journals import WARD, open_journal


@pytest.mark.parametrize("name", ["RT", "a", "0", "ann-marie_2", "x" * 40, "console", "com10"])
def test_names_that_will_do(name: str) -> None:
    assert check_coder_name(name) == name


@pytest.mark.parametrize(
    "name",
    ["", "x" * 41, "a b", "a/b", "..", "a.b", "../a", "Zoë", "ａ", "a\n", "٣", "a\0", "~", None, 3],
)
def test_names_that_will_not(tmp_path: Path, name: str) -> None:
    with pytest.raises(JournalError, match=r"cannot be a coder's name. Mend: use 1 to 40 of A-Z"):
        check_coder_name(name)
    with pytest.raises(JournalError, match="cannot be a coder's name"):
        Journal(tmp_path, name)


@pytest.mark.parametrize("name", ["con", "NUL", "Aux", "prn", "com1", "LPT9"])
def test_names_that_windows_keeps(name: str) -> None:
    with pytest.raises(JournalError, match="Windows keeps for itself"):
        check_coder_name(name)


def test_names_that_differ_in_capitals_only(tmp_path: Path) -> None:
    early = Journal(tmp_path, "Ann")
    open_journal(tmp_path, "ann").add(WARD, 0, 3, "rest")
    with pytest.raises(JournalError, match="'ann' and 'ANN' differ only in capitals"):
        Journal(tmp_path, "ANN")
    with pytest.raises(JournalError, match="'ann' and 'Ann' differ only in capitals"):
        early.add(WARD, 0, 3, "rest")
    assert Journal(tmp_path, "ann").codings
