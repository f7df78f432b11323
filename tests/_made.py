"""A small made-up study, about nurses on night shifts, written to a folder.

Nobody said these words. Bodies are wards; `Ward 2` has two interviews; `ward-10` tells whether
order is natural.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from qualcode.model import text_hash

CODEBOOK = """\
title: Night shifts
codes:
  - id: rest
    name: Rest
    definition: When and how nurses rest.
  - id: breaks
    name: Breaks
    definition: Rest within the shift.
    parent: rest
    was: [pauses]
  - id: naps
    name: Naps
    definition: Sleep within a break.
    parent: breaks
  - id: staffing
    name: Staffing
    definition: How many people there are for the work.
  - id: pay
    name: Pay
    definition: What the night is paid.
"""

SETTINGS = """\
title: Night shifts
interviewees:
  Ward: ward
"""

# id -> (front matter besides id and speakers, turns)
INTERVIEWS: dict[str, tuple[dict[str, str], str]] = {
    "ward-1": (
        {"body": "Ward 1", "body_type": "surgical", "county": "Kent"},
        "[00:00:05] INT: When do you rest?\n\n"
        "[00:00:09] NN: My break is a biscuit at the drug trolley. Then nothing until six.\n\n"
        "[00:00:20] INT: And by day?\n\n"
        "[01:02:03] NN: I don’t sleep. The post comes, then the drill next door.\n",
    ),
    "ward-2": (
        {"body": "Ward 2", "body_type": "medical", "county": "Devon"},
        "[00:00:04] INT: How was last night?\n\n"
        "[00:00:21] NN: We were two for twenty-eight beds. I have had no break since May.\n",
    ),
    "ward-2b": (
        {"body": "Ward 2", "body_type": "medical", "county": "Devon"},
        "[00:00:03] INT: Do they get their breaks?\n\n"
        "[00:00:07] WM: They get a break if nobody dies. I cannot fill the rota.\n",
    ),
    "ward-10": (
        {"body": "Ward 10", "body_type": "surgical", "county": "Kent"},
        "INT: Who decides?\n\nWM: The rota does. A nap is a break with the light off.\n",
    ),
}
ROLES = {"INT": "Interviewer", "NN": "Night nurse", "WM": "Ward manager"}

# coder, transcript, code, words
CODINGS = (
    ("ann", "ward-1", "breaks", "My break is a biscuit at the drug trolley"),
    ("ann", "ward-1", "rest", "Then nothing until six"),
    ("ben", "ward-1", "rest", "I don’t sleep"),
    ("ann", "ward-2", "staffing", "We were two for twenty-eight beds"),
    ("ben", "ward-2", "staffing", "We were two for twenty-eight beds"),
    ("ann", "ward-2", "pauses", "I have had no break since May"),
    ("ben", "ward-2", "breaks", "no break since May"),
    ("ann", "ward-2b", "breaks", "They get a break if nobody dies"),
    ("ann", "ward-2b", "staffing", "I cannot fill the rota"),
    ("ben", "ward-10", "naps", "A nap is a break with the light off"),
)


def coding_id(number: int) -> str:
    """Give the id of the coding with this place in `CODINGS`, counted from 1."""
    return f"01900000-0000-7000-8000-{number:012d}"


def transcript_file(name: str) -> str:
    """Write one of the transcripts as its file."""
    header, text = INTERVIEWS[name]
    speakers = [label for label in ROLES if f"{label}: " in text]
    lines = [f"id: {name}", *(f"{key}: {value}" for key, value in header.items())]
    lines += ["date: 2026-01-05", "synthetic: true", "speakers:"]
    lines += [f"  - {{label: {label}, role: {ROLES[label]}}}" for label in speakers]
    return "\n".join(["---", *lines, "---", text])


def add_event(number: int, row: tuple[str, str, str, str], **changes: Any) -> str:
    """Write the line of a journal that adds a coding."""
    _, name, code, words = row
    text = INTERVIEWS[name][1]
    start = text.index(words)
    event = {
        "id": coding_id(number),
        "at": f"2026-01-06T10:{number:02d}:00.000000Z",
        "event": "add",
        "transcript": name,
        "text_hash": text_hash(text),
        "code": code,
        "start": start,
        "end": start + len(words),
        "quote": words,
        "source": {"kind": "manual"},
    }
    return json.dumps(event | changes, ensure_ascii=False)


def write_study(folder: Path) -> Path:
    """Write the study's files into a folder, and give the folder."""
    own = folder / "interviews_codebook"
    (own / "codings").mkdir(parents=True)
    (folder / "transcripts_anonymised").mkdir()
    (own / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    (own / "study.yaml").write_text(SETTINGS, encoding="utf-8")
    for name in INTERVIEWS:
        path = folder / "transcripts_anonymised" / f"{name}.txt"
        path.write_text(transcript_file(name), encoding="utf-8")
    for coder in ("ann", "ben"):
        lines = [add_event(n, row) for n, row in enumerate(CODINGS, start=1) if row[0] == coder]
        journal = own / "codings" / f"{coder}.jsonl"
        journal.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder
