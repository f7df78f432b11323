"""What README shows works: its codebook, its commands and its Python, on a study made by them."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qualcode.cli import app

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
TALK = """\
I: How did it go?

R: Well, we waited for months. Nobody wrote to us.

I: And then?

R: And then we waited again.
"""


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path):
    before = Path.cwd()
    os.chdir(tmp_path)
    yield tmp_path
    os.chdir(before)


def test_a_study_of_ones_own(folder: Path):
    (folder / "interview1.txt").write_text(TALK, encoding="utf-8")
    command = next(line for line in README.splitlines() if line.startswith("qualcode import"))
    words = re.findall(r'"[^"]*"|\S+', command)[1:]
    result = CliRunner().invoke(app, [word.strip('"') for word in words])
    assert result.exit_code == 0, result.output
    (folder / "my-study/interviews_codebook").mkdir(parents=True)
    codebook = folder / "my-study/interviews_codebook/codebook.yaml"
    codebook.write_text(blocks("yaml")[0], encoding="utf-8")

    scope: dict[str, object] = {}
    exec(blocks("python")[0], scope)

    assert scope["segments"]["quote"].tolist() == ["we waited"]
    assert scope["segments"]["code_id"].tolist() == ["delay_letters"]
    assert (folder / "quotes.docx").stat().st_size > 1000
    assert (folder / "themes.svg").read_text(encoding="utf-8").startswith("<?xml")
    checked = CliRunner().invoke(app, ["check", "my-study"])
    assert checked.exit_code == 0, checked.output

    claims = codebook.with_name("claims.yaml")
    claims.write_text(blocks("yaml")[1], encoding="utf-8")
    judged = CliRunner().invoke(app, ["claims", "my-study"])
    assert judged.exit_code == 1, judged.output  # one person in one body is not three bodies
    claims.write_text(blocks("yaml")[1].replace("holds", "thin"), encoding="utf-8")
    assert CliRunner().invoke(app, ["claims", "my-study"]).exit_code == 0
