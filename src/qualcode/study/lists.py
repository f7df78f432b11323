"""A published report's enumerated lists, in the researcher's words: ``lists.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode._files import decode, read_bytes
from qualcode._yaml import LinedYaml, read_lined_yaml
from qualcode.errors import Fault, StudyError, clip

if TYPE_CHECKING:
    from qualcode.coding.codebook import Codebook

__all__ = ["ListItem", "ReportList", "read_lists"]


@dataclass(frozen=True)
class ListItem:
    """One item of an enumerated list.

    Parameters
    ----------
    number : int
        As enumerated.
    claim : str
        What it says, in the researcher's words.
    codes : tuple of str
        The codes that tell it.
    footnotes : tuple of int
        The report's attributing footnotes that support it.

    Examples
    --------
    >>> ListItem(1, "Nights are cold.", ("cold",), (3, 4)).footnotes
    (3, 4)
    """

    number: int
    claim: str
    codes: tuple[str, ...] = ()
    footnotes: tuple[int, ...] = ()


@dataclass(frozen=True)
class ReportList:
    """An enumerated list of a report.

    Parameters
    ----------
    id : str
        A slug.
    title : str
        In the researcher's words.
    section : str
        The heading it stands under.
    items : tuple of ListItem
        In order.

    Examples
    --------
    >>> ReportList("cold", "Two complaints", "NIGHTS", (ListItem(1, "Cold."),)).title
    'Two complaints'
    """

    id: str
    title: str
    section: str
    items: tuple[ListItem, ...] = field(default=())


def read_lists(path: Path | str, codebook: Codebook | None = None) -> tuple[ReportList, ...]:
    """Read a report's enumerated lists.

    Parameters
    ----------
    path : Path or str
        ``lists.yaml``.
    codebook : Codebook, optional
        If given, every code must be in it.

    Returns
    -------
    tuple of ReportList
        In order of the file.

    Raises
    ------
    StudyError
        If the file cannot be read or items are wrong: all at once, with their lines.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "lists.yaml"
    >>> _ = file.write_text(
    ...     "lists:\\n- id: cold\\n  title: Two\\n  section: NIGHTS\\n"
    ...     "  items:\\n  - {number: 1, claim: It is cold., codes: [cold], footnotes: [3]}\\n"
    ... )
    >>> read_lists(file)[0].items[0].footnotes
    (3,)
    """
    path = Path(path)
    text = decode(read_bytes(path, what="file", error=StudyError), file=path)
    lined = read_lined_yaml(text, file=path, error=StudyError)
    entries = lined.data.get("lists") if isinstance(lined.data, dict) else None
    if not isinstance(entries, list):
        raise StudyError("no `lists:`", file=path, line=1, mend="list them under `lists:`")
    faults = [
        fault
        for i, entry in enumerate(entries)
        for fault in _list_faults(entry, i, lined, path, codebook)
    ]
    if faults:
        raise StudyError.from_faults(faults)
    return tuple(_report_list(entry) for entry in entries)


def _report_list(entry: Mapping[str, Any]) -> ReportList:
    items = tuple(
        ListItem(
            item["number"],
            item["claim"].strip(),
            tuple(item.get("codes") or ()),
            tuple(item.get("footnotes") or ()),
        )
        for item in entry["items"]
    )
    return ReportList(entry["id"], entry["title"], entry["section"], items)


def _list_faults(
    entry: Any, index: int, lined: LinedYaml, path: Path, codebook: Codebook | None
) -> Iterable[Fault]:
    place = ("lists", index)
    if not isinstance(entry, dict) or not isinstance(entry.get("items"), list):
        yield Fault("a list has `id`, `title`, `section` and `items`", path, lined.line_of(place))
        return
    for key in ("id", "title", "section"):
        if not isinstance(entry.get(key), str):
            yield Fault(f"`{key}` is missing or no text", path, lined.line_of(place))
    for number, item in enumerate(entry["items"]):
        yield from _item_faults(item, lined.line_of((*place, "items", number)), path, codebook)


def _item_faults(
    item: Any, line: int | None, path: Path, codebook: Codebook | None
) -> Iterator[Fault]:
    if (
        not isinstance(item, dict)
        or not isinstance(item.get("number"), int)
        or not isinstance(item.get("claim"), str)
    ):
        yield Fault("an item has a `number` and a `claim`", path, line)
        return
    codes, footnotes = item.get("codes") or [], item.get("footnotes") or []
    if not isinstance(codes, list) or not isinstance(footnotes, list):
        yield Fault("`codes` and `footnotes` are lists", path, line)
        return
    if not all(isinstance(n, int) and not isinstance(n, bool) for n in footnotes):
        yield Fault("a footnote is a whole number", path, line)
    for code in codes:
        if codebook is not None and code not in codebook:
            yield Fault(f"{clip(str(code))!r} is not a code of the codebook", path, line)
