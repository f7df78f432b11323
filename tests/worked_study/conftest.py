"""The worked study, opened once."""

from __future__ import annotations

from pathlib import Path

import pytest

import qualcode as qc

CODINGS = Path("interviews_codebook") / "codings"


@pytest.fixture(scope="session")
def study(root: Path) -> qc.Study:
    return qc.open_study(root)


@pytest.fixture(scope="session")
def codebook_folder(root: Path) -> Path:
    return root / "interviews_codebook"
