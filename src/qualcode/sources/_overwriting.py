"""What of a transcript outlives its being imported anew: the front matter that people made."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.errors import Fault, SourceError, clip
from qualcode.sources.canonical import read_transcript

if TYPE_CHECKING:
    from qualcode.model import Transcript

__all__ = ["keep_front_matter", "overwritten_note", "read_old"]

_KEPT_FIELDS = ("body", "body_type", "date", "synthetic")
_OF_THE_IMPORT = "imported_from"  # says how the new text came, whatever the old one was
_MOST_NAMED = 8


def read_old(target: Path) -> Transcript:
    """Read the transcript that is to be overwritten, or refuse: what cannot be read is not kept."""
    try:
        return read_transcript(target)
    except SourceError as exc:
        first = exc.faults[0]
        what = f"the transcript there cannot be read, and its front matter not kept: {first.what}"
        mend = "mend it, or move it to another folder, and import anew"
        raise SourceError(what, file=target, line=first.line, mend=mend) from None


def keep_front_matter(
    new: Transcript, old: Transcript, *, given: Collection[str]
) -> tuple[Transcript, list[str]]:
    """Put the old front matter over the new, but for the fields given; name what was kept."""
    kept: dict[str, Any] = {
        name: getattr(old, name)
        for name in _KEPT_FIELDS
        if name not in given and getattr(old, name) not in ("", None, False, getattr(new, name))
    }
    own = {key: value for key, value in old.attributes.items() if key != _OF_THE_IMPORT}
    changed = [key for key, value in own.items() if new.attributes.get(key) != value]
    speakers = tuple(
        replace(speaker, role=old.roles.get(speaker.label) or speaker.role)
        for speaker in new.speakers
    )
    names = [name.replace("_", " ") for name in kept]
    if speakers != new.speakers:
        names.append("roles")
    attributes = {**own, **{key: new.attributes[key] for key in new.attributes if key not in own}}
    merged = replace(new, **kept, speakers=speakers, attributes=attributes)
    return merged, [*names, *(f"attribute {clip(key, 30)!r}" for key in changed)]


def overwritten_note(target: Path, kept: Collection[str]) -> Fault:
    """Say what was kept of the transcript that was there, and what becomes of its codings."""
    named = list(kept)[:_MOST_NAMED]
    more = f" and {len(kept) - _MOST_NAMED} more" if len(kept) > _MOST_NAMED else ""
    what = f"{target.name} was overwritten"
    if named:
        what += f", and of the old front matter is kept: {', '.join(named)}{more}"
    what += "; codings of it, if there are any, are placed again by their words"
    return Fault(what, target, mend="run 'qualcode check' to see which are adrift")
