"""The front matter of a transcript: its YAML becomes a frozen header, or a list of faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path
from typing import Any

from qualcode._yaml import LinedYaml, read_lined_yaml
from qualcode.errors import Fault, TranscriptError, clip
from qualcode.model import Speaker
from qualcode.sources._frozen import freeze_attributes
from qualcode.sources._slugs import is_slug

__all__ = [
    "MOST_SPEAKERS",
    "Header",
    "is_label",
    "missing_front_matter",
    "read_header",
    "split_front_matter",
]

#: each turn is held against each label: a thousand guests are a list, not a conversation
MOST_SPEAKERS = 500
_FIRST_LINE = 2


@dataclass(frozen=True, slots=True)
class Header:
    """What the front matter says."""

    id: str
    body: str
    body_type: str
    date: Date | None
    speakers: tuple[Speaker, ...]
    synthetic: bool
    attributes: Mapping[str, Any]


def split_front_matter(whole: str) -> tuple[str, str] | None:
    """Cut a file into front matter and text, or give None where either ``---`` is missing."""
    if not whole.startswith("---\n"):
        return None
    end = whole.find("\n---\n", 3)
    if end >= 0:
        return whole[4 : end + 1], whole[end + 5 :]
    return (whole[4:-3], "") if whole.endswith("\n---") else None


def missing_front_matter(whole: str, file: Path | None) -> Fault:
    """Say what is wrong with a file that `split_front_matter` cannot cut."""
    if not whole.strip():
        return Fault("the file is empty", file, 1, "delete it, or import the transcript anew")
    lines = whole.split("\n", 500)
    if lines[0] == "---":
        near = next((n for n, line in enumerate(lines[1:], 2) if line.strip() == "---"), None)
        what = "the front matter is not closed: no second line '---'"
        mend = "end it with a line '---', without spaces, before the first turn"
        return Fault(what, file, near or 1, mend)
    what = f"no front matter: the first line is {clip(lines[0])!r}, not '---'"
    return Fault(what, file, 1, "bring the file in with 'qualcode import'")


def read_header(text: str, file: Path | None) -> tuple[Header | None, list[Fault]]:
    """Read the front matter, its keys and values checked; all faults at once, with their lines."""
    from qualcode.sources._front_matter_shape import shape_faults  # pydantic is slow to import

    try:
        lined = read_lined_yaml(text, file=file, first_line=_FIRST_LINE, error=TranscriptError)
    except TranscriptError as exc:
        return None, list(exc.faults)
    if not isinstance(lined.data, dict):
        what = "the front matter is not a list of 'key: value' lines"
        return None, [Fault(what, file, _FIRST_LINE, "begin it with 'id: ...'")]
    shape, wrong = shape_faults(lined, file)
    attributes, wrong_attributes = freeze_attributes(lined, file)
    faults = [
        *_repeats(lined, file),
        *wrong,
        *wrong_attributes,
        *_label_faults(lined, file),
        *_id_faults(lined, file),
    ]
    faults.sort(key=lambda fault: fault.line or 0)
    if shape is None or len(shape.speakers) > MOST_SPEAKERS:
        return None, faults
    speakers = tuple(Speaker(speaker.label, speaker.role) for speaker in shape.speakers)
    dated = shape.body, shape.body_type, shape.date
    return Header(shape.id, *dated, speakers, shape.synthetic, attributes), faults


def _repeats(lined: LinedYaml, file: Path | None) -> list[Fault]:
    mend = "keep one of the two"
    return [
        Fault(f"{clip(str(place[-1]))!r} is said twice", file, line, mend)
        for place, line in lined.repeats
    ]


def _id_faults(lined: LinedYaml, file: Path | None) -> list[Fault]:
    found, line = lined.data.get("id"), lined.line_of(("id",))
    if not isinstance(found, str) or not found.strip():
        return []  # the shape has said so
    if not is_slug(found):
        what = f"id {clip(found)!r} cannot be a file name on every system"
        mend = "use letters a-z, digits and single hyphens, such as council-3"
        return [Fault(what, file, line, mend)]
    if file is not None and Path(file).stem != found:
        what = f"id {clip(found)!r} is not the name of the file, {clip(Path(file).stem)!r}"
        return [Fault(what, file, line, "rename the file, or correct the id")]
    return []


def _label_faults(lined: LinedYaml, file: Path | None) -> list[Fault]:
    speakers = lined.data.get("speakers")
    labels = [
        (index, item["label"])
        for index, item in enumerate(speakers if isinstance(speakers, list) else [])
        if isinstance(item, dict) and isinstance(item.get("label"), str) and item["label"].strip()
    ]
    if len(labels) > MOST_SPEAKERS:
        what = f"{len(labels):,} speakers; an interview has fewer than {MOST_SPEAKERS}"
        line = lined.line_of(("speakers",))
        return [Fault(what, file, line, "keep those who speak")]
    faults = []
    seen: set[str] = set()
    for index, label in labels:
        line = lined.line_of(("speakers", index, "label"))
        if label in seen:
            what = f"two speakers have the label {clip(label)!r}"
            faults.append(Fault(what, file, line, "give each speaker a label of their own"))
        elif not is_label(label):
            what = f"label {clip(label)!r} cannot begin a turn"
            mend = "a label has no colon, no line break and no space at its ends"
            faults.append(Fault(what, file, line, mend))
        seen.add(label)
    return faults


def is_label(text: str) -> bool:
    """Tell whether a speaker's label can stand before the colon of a turn."""
    return bool(text) and text == text.strip() and text.isprintable() and ":" not in text
