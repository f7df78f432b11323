"""Change the text of a codebook file into that of another codebook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from qualcode.coding._codebook_splice import Changes, Item, change_title, find_items, join_items
from qualcode.coding._codebook_yaml import FIELDS, Value

if TYPE_CHECKING:
    from qualcode.coding.codebook import Code, Codebook

__all__ = ["changed_text"]


def changed_text(
    new: Codebook, fields: Mapping[str, Mapping[str, Value]], text: str, old: Codebook
) -> str | None:
    """Change the old text where the codebook changed, if its layout allows that."""
    ends = "\r\n" if "\r\n" in text else "\n"
    text = text.replace("\r\n", "\n").rstrip("\n") + "\n"
    found = find_items(text)
    if found is None:
        return None
    items = {item.code_id: item for item in found.items}
    guids = {code.guid: code.id for code in old.codes}
    codes: list[tuple[Item | None, Mapping[str, Value], Changes]] = []
    for code in new.codes:
        old_id = code.id if code.id in items else guids.get(code.guid, "")
        item = items.pop(old_id, None)
        changes = _changes(old[old_id], code, fields[code.id], item.node) if item else {}
        codes.append((item, fields[code.id], changes))
    text = join_items(found, codes)
    if new.title != old.title:
        text = change_title(text, new.title)
    return text.replace("\n", ends)


def _changes(
    old: Code, new: Code, fields: Mapping[str, Value], node: Any
) -> dict[str, Value | None]:
    """Say which keys of a code to write or to take out."""
    present = {key.value for key, _ in node.value}
    changes: dict[str, Value | None] = {}
    for field in FIELDS:
        same = getattr(old, field) == getattr(new, field)
        if field in present:
            if not same:
                changes[field] = getattr(new, field) or None
        elif field in fields:
            changes[field] = fields[field]
    return changes
