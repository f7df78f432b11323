"""The shapes of the front matter, held by pydantic, with its messages turned into ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date as Date
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from qualcode.errors import Fault, clip

if TYPE_CHECKING:
    from qualcode._yaml import LinedYaml

__all__ = ["HeaderShape", "SpeakerShape", "shape_faults"]


def _words(value: Any) -> Any:
    if value is None or (isinstance(value, str) and not value.strip()):
        raise PydanticCustomError("empty", "empty")
    return value


def _day(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return Date.fromisoformat(value)
        except ValueError:
            pass
    if value is None or (isinstance(value, Date) and not isinstance(value, datetime)):
        return value
    raise PydanticCustomError("day", "not a day")


Words = Annotated[str, BeforeValidator(_words)]
# what is left empty in the file ("role:") is as good as left out
Phrase = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]
Day = Annotated[Date | None, BeforeValidator(_day)]
Flag = Annotated[bool, BeforeValidator(lambda value: False if value is None else value)]


class SpeakerShape(BaseModel):
    """One item of ``speakers``."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    label: Words
    role: Phrase = ""


class HeaderShape(BaseModel):
    """The fields that qualcode knows; the others are attributes."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)

    id: Words
    body: Words
    body_type: Phrase = ""
    date: Day = None
    speakers: Annotated[list[SpeakerShape], Field(min_length=1)]
    synthetic: Flag = False


def shape_faults(lined: LinedYaml, file: Path | None) -> tuple[HeaderShape | None, list[Fault]]:
    """Check the front matter's types; give the checked shape, or None and what is wrong."""
    known = {key: value for key, value in lined.data.items() if isinstance(key, str)}
    try:
        return HeaderShape.model_validate(known), []
    except ValidationError as exc:
        return None, [_fault(error, lined, file) for error in exc.errors(include_url=False)]


# pydantic's type of error -> what is wrong, and the mend; {name} is the key and {is_} the value
_SAYINGS: Mapping[str, tuple[str, str]] = {
    "missing": ("no {name!r}", "add a line '{name}: ...'"),
    "empty": ("{name!r} is empty", "write it after the colon"),
    "string_type": ("{name!r} must be words, and is {is_}", "put it in quotes"),
    "bool_type": ("{name!r} must be true or false, and is {is_}", "write true or false"),
    "day": ("{name!r} must be a day, and is {is_}", "write it as 2026-01-31"),
    "list_type": ("{name!r} must be a list, and is {is_}", "write '  - {{label: INT}}' lines"),
    "too_short": ("{name!r} is empty", "write '  - {{label: INT}}' lines"),
    "model_type": ("a speaker must be label and role, and is {is_}", "write {{label: INT}}"),
    "extra_forbidden": ("a speaker has no {name!r}", "a speaker has a label and a role only"),
}


def _fault(error: ErrorDetails, lined: LinedYaml, file: Path | None) -> Fault:
    name = clip(str(error["loc"][-1]))
    message = error["msg"].replace("{", "(").replace("}", ")")
    what, mend = _SAYINGS.get(error["type"], ("{name!r} is wrong: " + message, "correct it"))
    is_ = _describe(error["input"])
    return Fault(
        what.format(name=name, is_=is_),
        file,
        lined.line_of(error["loc"]),
        mend.format(name=name),
    )


def _describe(value: Any) -> str:
    """Say what a YAML value is in words."""
    if isinstance(value, bool):
        return f"{str(value).lower()} (yes and no mean that too)"
    if isinstance(value, (Mapping, list)):
        return "a mapping" if isinstance(value, Mapping) else "a list"
    kinds = {str: "words", int: "a number", float: "a number", type(None): "empty"}
    kind = kinds.get(type(value), "a date" if isinstance(value, Date) else type(value).__name__)
    return kind if value is None else f"{kind}, {clip(str(value))!r}"
