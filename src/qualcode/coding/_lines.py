"""Events to lines of JSON and back, and what is said of a line that is no event."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec

from qualcode.coding.events import Event
from qualcode.errors import Fault, JournalError, clip

__all__ = ["decode_events", "encode_event", "is_torn"]

MOST_FAULTS = 20

_DECODER: msgspec.json.Decoder[Any] = msgspec.json.Decoder(Event)
_CONFLICT_MARK = re.compile(rb"^(?:<{7} |={7}\r?$|>{7} |\|{7} )", re.MULTILINE)
_BAD_LINE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


def encode_event(event: Event) -> bytes:
    """Write an event as a line: id, time and kind first, with its line end."""
    fields = msgspec.to_builtins(event)
    # All times have one length, so that the lines sort as text too.
    fields["at"] = event.at.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    try:
        return msgspec.json.encode({"id": event.id, "at": fields["at"], **fields}) + b"\n"
    except UnicodeEncodeError:
        mend = "copy the text again; half of an emoji was cut off"
        raise JournalError("text that UTF-8 cannot hold (a lone surrogate)", mend=mend) from None


def decode_events(data: bytes, *, file: Path | str | None = None) -> list[Event]:
    """Read whole lines; raise one error that names every line that is no event.

    Empty lines are passed over, and so is a byte order mark. Two events that stand on one line,
    because a line end was lost, are both read.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        events: list[Event] = _DECODER.decode_lines(data)
    except _BAD_LINE:
        return _decode_each(data, file)
    # One event spread over several lines would be read too: then count line by line.
    return events if len(events) == data.count(b"\n") else _decode_each(data, file)


def is_torn(tail: bytes) -> bool:
    """Tell whether bytes after the last line end are an event cut short, not a foreign thing."""
    if tail[:1] not in (b"{", b"\0"):
        return False
    try:
        msgspec.json.decode(tail)
    except _BAD_LINE:
        return True
    return False


def _decode_each(data: bytes, file: Path | str | None) -> list[Event]:
    whole = _fault_of_whole(data, file)
    if whole is not None:
        raise JournalError.from_faults([whole])
    events: list[Event] = []
    faults: list[Fault] = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        try:
            events += _decode_line(line)
        except _BAD_LINE as exc:
            faults.append(_fault_of_line(exc, file, number))
    if len(faults) > MOST_FAULTS:
        more = f"{len(faults) - MOST_FAULTS} more lines that are no events"
        faults[MOST_FAULTS:] = [Fault(more, file)]
    if faults:
        raise JournalError.from_faults(faults)
    return events


def _decode_line(line: bytes) -> list[Event]:
    if not line.strip():
        return []
    events: list[Event] = _DECODER.decode_lines(line)
    return events


def _fault_of_whole(data: bytes, file: Path | str | None) -> Fault | None:
    """Find what is wrong with a file as a whole, which no single line would explain."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Fault("not UTF-8: it begins like UTF-16", file, 1, "save it as UTF-8")
    mark = _CONFLICT_MARK.search(data)
    if mark is None:
        return None
    mend = (
        "take out the lines that begin with <<<<<<<, |||||||, ======= and >>>>>>>, and keep every"
        " other line, of both sides; then put `*.jsonl merge=union` for this folder into"
        " .gitattributes, so that git keeps both sides by itself"
    )
    line = data.count(b"\n", 0, mark.start()) + 1
    return Fault("git left the marks of a conflict in this journal", file, line, mend)


def _fault_of_line(exc: Exception, file: Path | str | None, line: int) -> Fault:
    """Say why a line is no event, without the words it holds."""
    if not isinstance(exc, msgspec.ValidationError):
        why = "cut short" if "truncated" in str(exc) else "not JSON in UTF-8"
        mend = "bring the line back from git or a backup, or delete it if it is lost"
        return Fault(f"a line that is {why}", file, line, mend)
    # The value found may be words of a transcript: a few are enough to know it again.
    what = re.sub("'(.*)'", lambda found: repr(clip(found[1], 24)), str(exc), flags=re.DOTALL)
    what = what.replace(" - at `$[0]`", "").replace("$[0]", "$")
    mend = "undo the edit of this line; journals are not edited by hand"
    if "unknown field" in what or what.endswith("`$.event`"):
        mend = "install the qualcode that wrote it, or a newer one; if it was edited, undo that"
    return Fault(f"not an event of a journal: {what}", file, line, mend)
