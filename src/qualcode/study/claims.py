"""What a report claims, and what number would make its words true: ``claims.yaml``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from qualcode._files import decode, read_bytes
from qualcode._yaml import LinedYaml, read_lined_yaml
from qualcode.errors import Fault, StudyError, clip
from qualcode.study._conditions import MEASURES, Condition, parse_condition

if TYPE_CHECKING:
    from qualcode.coding.codebook import Codebook

__all__ = ["VERDICTS", "Claim", "read_claims"]

#: what can be said of a claim, best first
VERDICTS = ("holds", "thin", "not shown")

_TEXTS = ("id", "claim", "kind", "section", "wording")
_LISTS = ("codes", "exact_codes", "words", "bodies", "body_types", "roles", "footnotes", "needs")
_KEYS = (*_TEXTS, *_LISTS, "expect")
_BASES = ("transcripts", "report")
_NO_VERDICTS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Claim:
    """One claim, in the researcher's words.

    Parameters
    ----------
    id : str
        A slug.
    claim : str
        What is claimed.
    needs : tuple of Condition
        The numbers that make the words true.
    kind : str
        ``finding``, ``recommendation`` or another word.
    section : str
        Where the report says it.
    wording : str
        The few words that say how many: "almost all".
    codes : tuple of str
        The codes, with those below them, whose codings bear it; none for a claim on figures only.
    exact_codes : tuple of str
        Codes whose codings bear it without those of the codes below.
    words : tuple of str
        Where the codes are wider than the claim: words of which a passage must hold one, as for
        `words` of `Study.segments`.
    bodies, body_types, roles : tuple of str
        Whose voices count; all if empty. ``*`` stands for any text.
    footnotes : tuple of int, optional
        The report's footnotes that bear it; if None, those judged to support its codes.
    expect : mapping of str to str
        ``transcripts`` and ``report`` -> the verdict it had when the study was last judged.

    Examples
    --------
    >>> Claim("tired", "All are tired.", (Condition("people", ">=", 90, True),)).codes
    ()
    """

    id: str
    claim: str
    needs: tuple[Condition, ...]
    kind: str = "finding"
    section: str = ""
    wording: str = ""
    codes: tuple[str, ...] = ()
    exact_codes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    body_types: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    footnotes: tuple[int, ...] | None = None
    expect: Mapping[str, str] = field(default_factory=lambda: _NO_VERDICTS)


def read_claims(
    path: Path | str,
    codebook: Codebook | None = None,
    *,
    figures: Collection[str] | None = None,
) -> tuple[Claim, ...]:
    """Read what a report claims.

    Parameters
    ----------
    path : Path or str
        ``claims.yaml``: a list under ``claims``; each has ``id``, ``claim`` and ``needs``.
    codebook : Codebook, optional
        If given, every code must be in it.
    figures : collection of str, optional
        If given, the ids of figures that a condition may name.

    Returns
    -------
    tuple of Claim
        In order of the file.

    Raises
    ------
    StudyError
        If the file cannot be read or claims are wrong: all at once, with their lines.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "claims.yaml"
    >>> _ = file.write_text(
    ...     "claims:\\n- {id: tired, claim: Most are tired., codes: [rest], needs: [people >= 50%]}\\n"
    ... )
    >>> [str(condition) for condition in read_claims(file)[0].needs]
    ['people >= 50%']
    """
    path = Path(path)
    text = decode(read_bytes(path, what="file", error=StudyError), file=path)
    lined = read_lined_yaml(text, file=path, error=StudyError)
    entries = lined.data.get("claims") if isinstance(lined.data, dict) else None
    if not isinstance(entries, list):
        raise StudyError("no `claims:`", file=path, line=1, mend="list them under `claims:`")
    reader = _Reader(lined, path, codebook, figures)
    faults = [fault for i, entry in enumerate(entries) for fault in reader.faults(entry, i)]
    faults += [
        Fault(f"the key {clip(str(place[-1]))!r} is given twice", path, line, "keep one")
        for place, line in lined.repeats
    ]
    if faults:
        raise StudyError.from_faults(sorted(faults, key=lambda fault: fault.line or 0))
    return tuple(_claim(entry) for entry in entries)


def _claim(entry: Mapping[str, Any]) -> Claim:
    given: dict[str, Any] = {key: " ".join(entry[key].split()) for key in _TEXTS if entry.get(key)}
    given |= {key: tuple(entry[key]) for key in _LISTS if entry.get(key) is not None}
    given["needs"] = tuple(parse_condition(one) for one in entry["needs"])
    return Claim(**given, expect=MappingProxyType(dict(entry.get("expect") or {})))


class _Reader:
    """What the claims of one file must fit."""

    def __init__(
        self,
        lined: LinedYaml,
        path: Path,
        codebook: Codebook | None,
        figures: Collection[str] | None,
    ) -> None:
        self.lined, self.path = lined, path
        self.codebook, self.figures = codebook, figures
        self.seen: set[str] = set()

    def faults(self, entry: Any, index: int) -> Iterator[Fault]:
        """Find all that is wrong with one claim."""
        if not isinstance(entry, dict):
            yield self._fault("a claim has `id`, `claim` and `needs`", index)
            return
        for key in entry:
            if key not in _KEYS:
                mend = f"the keys are {', '.join(_KEYS)}"
                yield self._fault(f"the key {clip(str(key))!r} is unknown", index, str(key), mend)
        yield from self._text_faults(entry, index)
        yield from self._list_faults(entry, index)
        yield from self._need_faults(entry, index)
        yield from self._expect_faults(entry.get("expect"), index)

    def _fault(self, what: str, index: int, key: str = "", mend: str = "") -> Fault:
        place = ("claims", index, key) if key else ("claims", index)
        return Fault(what, self.path, self.lined.line_of(place), mend)

    def _text_faults(self, entry: dict[str, Any], index: int) -> Iterator[Fault]:
        for key in _TEXTS:
            value = entry.get(key)
            if not isinstance(value, str) and (key in entry or key in ("id", "claim")):
                yield self._fault(f"`{key}` is missing or no text", index, key)
        name = entry.get("id")
        if isinstance(name, str) and name in self.seen:
            yield self._fault(f"two claims have the id {clip(name)!r}", index, "id", "rename one")
        self.seen.add(str(name))

    def _list_faults(self, entry: dict[str, Any], index: int) -> Iterator[Fault]:
        for key in _LISTS:
            kind = int if key == "footnotes" else str
            value = entry.get(key, [])
            if not isinstance(value, list) or not all(type(one) is kind for one in value):
                what = "a list of whole numbers" if kind is int else "a list of text"
                yield self._fault(f"`{key}` is not {what}", index, key, "write [one, another]")
            elif key in ("codes", "exact_codes") and self.codebook is not None:
                for code in value:
                    if code not in self.codebook:
                        what = f"{clip(code)!r} is not a code of the codebook"
                        yield self._fault(what, index, key)

    def _need_faults(self, entry: dict[str, Any], index: int) -> Iterator[Fault]:
        needs = entry.get("needs")
        if not isinstance(needs, list) or not needs:
            yield self._fault("`needs` is missing", index, "needs", "say [people >= 90%]")
            return
        for need in needs:
            try:
                condition = parse_condition(str(need))
            except ValueError as error:
                yield self._fault(f"needs {clip(str(need))!r}", index, "needs", str(error))
                continue
            for name in condition.figures:
                yield from self._figure_faults(name, index)
            if not condition.figures and not (entry.get("codes") or entry.get("exact_codes")):
                what = f"needs {condition.left}, and there are no `codes`"
                yield self._fault(what, index, "needs", "name the codes that bear the claim")

    def _figure_faults(self, name: str, index: int) -> Iterator[Fault]:
        if self.figures is not None and name not in self.figures:
            mend = f"count {', '.join(MEASURES)}, or take the id of a figure"
            yield self._fault(f"nothing is called {clip(name)!r}", index, "needs", mend)

    def _expect_faults(self, expect: Any, index: int) -> Iterator[Fault]:
        if expect is None:
            return
        if not isinstance(expect, dict) or not set(expect) <= set(_BASES):
            mend = "write {transcripts: holds, report: thin}"
            yield self._fault("`expect` is no mapping of bases", index, "expect", mend)
            return
        for verdict in expect.values():
            if verdict not in VERDICTS:
                mend = f"the verdicts are {', '.join(VERDICTS)}"
                yield self._fault(f"no verdict is {clip(str(verdict))!r}", index, "expect", mend)
