"""Write a transcript's front matter so that people read it with ease and git diffs it well."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import yaml

from qualcode.errors import TranscriptError
from qualcode.model import Transcript
from qualcode.sources._frozen import FIELDS, freeze

__all__ = ["differences", "render_transcript"]


def render_transcript(transcript: Transcript, path: Path | None = None) -> bytes:
    """Give the bytes of the canonical file. The same transcript always gives the same bytes."""
    try:
        front_matter = "".join(_entries(transcript))
        return f"---\n{front_matter}---\n{transcript.text}".encode()
    except UnicodeEncodeError as exc:
        what = f"half a character (U+{ord(exc.object[exc.start]):04X}) that UTF-8 cannot hold"
        raise TranscriptError(what, file=path, mend="delete it") from None
    except (ValueError, TypeError, yaml.YAMLError) as exc:
        what = f"the front matter cannot be written: {exc}"
        mend = "give words, numbers, dates, lists and mappings of them"
        raise TranscriptError(what, file=path, mend=mend) from None


def _entries(transcript: Transcript) -> list[str]:
    given = {field: getattr(transcript, field) for field in ("id", "body", "body_type", "date")}
    entries = [_entry(key, value) for key, value in given.items() if value or key in ("id", "body")]
    entries.append("speakers:\n" if transcript.speakers else "speakers: []\n")
    for speaker in transcript.speakers:
        role = {"role": speaker.role} if speaker.role else {}
        entries.append(f"  - {_dump(_Mapping(label=speaker.label, **role))}")
    if transcript.synthetic:
        entries.append("synthetic: true\n")
    for key, value in transcript.attributes.items():
        if key in FIELDS:
            raise ValueError(f"{key!r} is a field, not an attribute")
        entries.append(_entry(key, _thaw(freeze(value))))
    return entries


def _entry(key: str, value: Any) -> str:
    return _dump({key: value})


class _Mapping(dict[str, Any]):
    """A mapping that is written on one line."""


class _List(list[Any]):
    """A list that is written on one line."""


class _Dumper(yaml.SafeDumper):
    """Write strings of several lines in double quotes, so that no line of them can be ``---``."""


def _represent_words(dumper: yaml.SafeDumper, words: str) -> yaml.Node:
    style = '"' if len(words.splitlines()) > 1 or words != words.strip() else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", words, style=style)


def _represent_mapping(dumper: yaml.SafeDumper, mapping: _Mapping) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", mapping.items(), flow_style=True)


def _represent_list(dumper: yaml.SafeDumper, items: _List) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)


_Dumper.add_representer(str, _represent_words)
_Dumper.add_representer(_Mapping, _represent_mapping)
_Dumper.add_representer(_List, _represent_list)


def _dump(value: Any) -> str:
    return yaml.dump(
        value,
        Dumper=_Dumper,
        default_flow_style=False,
        sort_keys=False,
        allow_unicode=True,
        width=math.inf,
    )


def _thaw(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _Mapping({key: _thaw(below) for key, below in value.items()})
    return _List(_thaw(below) for below in value) if isinstance(value, tuple) else value


def differences(wanted: Transcript, found: Transcript) -> list[str]:
    """Name the fields in which two transcripts differ, but for where they were read."""
    return [
        field.name
        for field in fields(Transcript)
        if field.compare and _plain(wanted, field.name) != _plain(found, field.name)
    ]


def _plain(transcript: Transcript, name: str) -> Any:
    value = getattr(transcript, name)
    return freeze(value) if name == "attributes" else value
