"""Whose codings, and which codes: what is meant where it is not said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.errors import StudyError, UnknownValueError, clip

if TYPE_CHECKING:
    from qualcode.coding.codebook import Codebook
    from qualcode.study import Study

__all__ = ["LEVELS", "choose_coder", "choose_codes"]

LEVELS = ("code", "theme")


def choose_coder(study: Study, coder: str | None) -> str:
    """Give whose codings are learned from: who is named, the study's own, or the only one."""
    there = study.codings.coders
    chosen = coder or study.settings.coder or (there[0] if len(there) == 1 else "")
    if chosen in there:
        return chosen
    if not there:
        raise StudyError("nobody has coded anything yet", mend="code some passages first")
    mend = f"coder= one of {', '.join(repr(clip(one)) for one in there[:12])}"
    what = f"no coder is {clip(chosen)!r}" if chosen else "several people have coded"
    raise UnknownValueError(what, mend=mend)


def choose_codes(codebook: Codebook, level: str) -> tuple[str, ...]:
    """Give the codes of a level: all of them, or those without a parent."""
    if level not in LEVELS:
        mend = f"use one of {', '.join(map(repr, LEVELS))}"
        raise UnknownValueError(f"no level is {clip(str(level))!r}", mend=mend)
    codes = tuple(one.id for one in codebook)
    return codes if level == "code" else tuple(c for c in codes if codebook.theme_of(c) == c)
