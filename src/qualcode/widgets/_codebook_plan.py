"""What a change of the codebook would give, worked out and not yet written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import singledispatch
from typing import Any

from qualcode.coding.codebook import Code, Codebook
from qualcode.errors import UnknownCodeError, clip
from qualcode.widgets import _codebook_intents as ask
from qualcode.widgets._intents import IntentError
from qualcode.widgets._live_codebook import free_id

__all__ = ["Plan", "plan_change"]


@dataclass(frozen=True)
class Plan:
    """A change worked out.

    Parameters
    ----------
    label : str
        The change in words: ``merge Breaks into Rest``.
    after : Codebook
        What would be written.
    code : str
        The code that it is about, under the id that it has afterwards.
    touched : tuple of str
        The codes, as they are before, whose codings it concerns.
    along : tuple of str
        The names of the codes below that come along.
    recoded : tuple of str
        The codings that get the new code of a split.
    """

    label: str
    after: Codebook
    code: str
    touched: tuple[str, ...] = ()
    along: tuple[str, ...] = ()
    recoded: tuple[str, ...] = ()


@singledispatch
def plan_change(change: Any, _book: Codebook) -> Plan:
    """Work out what a change gives, or raise a `QualcodeError` that says why it cannot be."""
    raise IntentError(f"nothing is known of {clip(type(change).__name__)!r}")


@plan_change.register
def _(change: ask.Edit, book: Codebook) -> Plan:
    code = _living(book, change.code)
    after = book.change_code(code.id, **change.fields.given())
    if after == book:
        raise IntentError("nothing is changed", mend="write something else into a field")
    return Plan(f"edit {code.name}", after, code.id, (code.id,))


@plan_change.register
def _(change: ask.AddCode, book: Codebook) -> Plan:
    parent = None if change.parent is None else _living(book, change.parent).id
    new = _new_code(change.fields, book)
    after = book.add_code(replace(new, parent=parent)).place_code(new.id, parent)
    return Plan(f"add {new.name}", after, new.id)


@plan_change.register
def _(change: ask.Move, book: Codebook) -> Plan:
    code = _living(book, change.code)
    parent = None if change.parent is None else _living(book, change.parent).id
    before = None if change.before is None else _living(book, change.before).id
    below = book.descendants(code.id)
    if parent in below:
        what = f"{code.name} cannot stand below itself"
        raise IntentError(what, mend="choose a code that is not below it")
    after = book.place_code(code.id, parent, before=before)
    if after == book:
        raise IntentError(f"{code.name} stands there already", mend="choose another place")
    return Plan(f"move {code.name}", after, code.id, below, _names(book, below[1:]))


@plan_change.register
def _(change: ask.Merge, book: Codebook) -> Plan:
    gone, stays = _living(book, change.code), _living(book, change.into)
    after = book.merge_codes(gone.id, stays.id)
    along = [one for one in book.descendants(gone.id)[1:] if one != stays.id]
    label = f"merge {gone.name} into {stays.name}"
    return Plan(label, after, stays.id, (gone.id,), _names(book, along))


@plan_change.register
def _(change: ask.Split, book: Codebook) -> Plan:
    code = _living(book, change.code)
    new = _new_code(change.fields, book)
    chosen = tuple(dict.fromkeys(change.codings))
    if not chosen:
        raise IntentError("no passage is ticked", mend="tick those that the new code is to have")
    after = book.split_code(code.id, new, below=change.below)
    return Plan(f"split {code.name}", after, new.id, (code.id,), recoded=chosen)


@plan_change.register
def _(change: ask.Delete, book: Codebook) -> Plan:
    code = _living(book, change.code)
    after = book.remove_code(code.id)
    return Plan(f"delete {code.name}", after, code.parent or "", (code.id,))


def _living(book: Codebook, code_id: str) -> Code:
    """Give a code that is there now, not one that an id was merged into since."""
    for code in book.codes:
        if code.id == code_id:
            return code
    what = f"the code {clip(code_id)!r} is not there any more"
    raise UnknownCodeError(what, mend="look at the codes as they are now")


def _new_code(fields: ask.Fields, book: Codebook) -> Code:
    given = {"name": "", "definition": "", **fields.given()}
    if not given["name"].strip():
        raise IntentError("the new code has no name", mend="give it one")
    return replace(Code(free_id(given["name"], book), "", ""), **given)  # type: ignore[arg-type]


def _names(book: Codebook, ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(book[one].name for one in ids)
