"""A study to code in, made of hostile and awkward text, in a folder of the test's own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent

HOSTILE = "<img src=x onerror=window.hurt=1><script>window.hurt=1</script>{{7*7}}${7*7}"
CODEBOOK = f"""\
# kept: a comment
title: Nights
codes:
- id: rest
  name: Rest
  definition: Sleep, breaks and the want of both.
- id: breaks
  name: Breaks
  parent: rest
  definition: Pauses in the shift.
- id: staffing
  name: Staffing
  definition: Too few people.
- id: hostile
  name: "{HOSTILE}"
  definition: "{HOSTILE}"
"""
WARD_1 = f"""\
---
id: ward-1
body: Ward 1
body_type: ward
date: 2026-01-05
speakers:
  - {{label: INT, role: Interviewer}}
  - {{label: NN, role: "{HOSTILE}"}}
synthetic: true
---
[00:00:05] INT: When do you rest?

[00:00:09] NN: My break is a biscuit \U0001f36a at the drug trolley. Then nothing until six. I saw {HOSTILE}

[00:00:20] INT: And by day?

[00:00:24] NN: I sleep four hours, cafe\u0301 shut, then \u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd and \U0001f469\u200d\U0001f52c the post comes. We were two of us for twenty-eight beds.
"""
WARD_2 = """\
---
id: ward-2
body: Ward 2
body_type: ward
date: 2026-01-06
speakers:
  - {label: INT, role: Interviewer}
  - {label: NN, role: Night nurse}
synthetic: true
---
[00:00:04] INT: How was last night?

[00:00:21] NN: I have had no break since May. No break at all.
"""


def make_study(folder: Path, *, more: dict[str, str] | None = None) -> Path:
    """Write a study of two interviews and four codes; `more` are further transcripts by id."""
    transcripts = folder / "transcripts_anonymised"
    transcripts.mkdir(parents=True)
    for name, text in {"ward-1": WARD_1, "ward-2": WARD_2, **(more or {})}.items():
        (transcripts / f"{name}.txt").write_bytes(text.encode())
    (folder / "interviews_codebook").mkdir()
    (folder / "interviews_codebook" / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    return folder


def copy_study(folder: Path) -> Path:
    """Copy the repository's worked study."""
    for part in ("transcripts_anonymised", "interviews_codebook"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("*.lock", ".*"))
    return folder


def events(folder: Path, coder: str) -> list[dict[str, Any]]:
    """Read a journal's lines from the disk."""
    path = folder / "interviews_codebook" / "codings" / f"{coder}.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line) for line in lines]
