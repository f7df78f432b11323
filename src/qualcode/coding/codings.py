"""All coders' codings: every journal of a folder, replayed."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from qualcode.coding._names import case_faults, check_coder_name, name_fault
from qualcode.coding._reading import line_of, read_journal, torn_fault
from qualcode.coding._replay import Memo, State, in_text_order, replay, sort_key
from qualcode.errors import Fault, JournalError, TornLineWarning, clip
from qualcode.model import Coding

__all__ = ["Codings", "Memo", "read_codings"]

_T = TypeVar("_T", Coding, Memo)
Names = str | Collection[str] | None


@dataclass(frozen=True, repr=False)
class Codings:
    """What all coders have coded, and what was odd about their journals.

    Iterating gives the codings.

    Parameters
    ----------
    codings : tuple of Coding
        Those that hold, by transcript, start, end and id.
    memos : tuple of Memo
        The notes on transcripts and codes, by coder and time.
    coders : tuple of str
        Whose journals were read, those without codings included.
    conflicts : tuple of Fault
        Events that found nothing to change, as after a merge, and codings that repeat another.
    warnings : tuple of Fault
        What was left out: torn last lines.

    Examples
    --------
    >>> Codings(coders=("AB", "RT"))
    Codings(0 codings, 0 memos, by AB, RT)
    """

    codings: tuple[Coding, ...] = ()
    memos: tuple[Memo, ...] = ()
    coders: tuple[str, ...] = ()
    conflicts: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()

    def __repr__(self) -> str:
        by = ", ".join(self.coders) or "nobody"
        return f"Codings({len(self.codings)} codings, {len(self.memos)} memos, by {by})"

    def __len__(self) -> int:
        return len(self.codings)

    def __iter__(self) -> Iterator[Coding]:
        return iter(self.codings)

    def filter(
        self, *, coder: Names = None, code: Names = None, transcript: Names = None
    ) -> Codings:
        """Keep the codings and memos of some coders, codes or transcripts.

        Parameters
        ----------
        coder, code, transcript : str or collection of str, optional
            Ids to keep, as the journals have them; all where nothing is given. A memo is kept if
            it is on one of the codes or transcripts asked for.

        Returns
        -------
        Codings
            In the same order.

        Examples
        --------
        >>> from datetime import UTC, datetime
        >>> made = datetime(2026, 1, 3, tzinfo=UTC)
        >>> one = Coding("1", "a", "delay", "RT", 0, 5, "Hello", "", made)
        >>> two = Coding("2", "a", "cost", "AB", 0, 5, "Hello", "", made)
        >>> Codings((one, two), coders=("AB", "RT")).filter(coder="AB", code=["cost", "delay"])
        Codings(1 codings, 0 memos, by AB)
        """
        asked = {"coder": coder, "code_id": code, "transcript_id": transcript}
        wanted = {
            name: frozenset([ids] if isinstance(ids, str) else ids)
            for name, ids in asked.items()
            if ids is not None
        }
        coders = wanted.get("coder", frozenset(self.coders))
        return replace(
            self,
            codings=_keep(self.codings, wanted),
            memos=_keep(self.memos, wanted),
            coders=tuple(name for name in self.coders if name in coders),
        )


def _keep(values: tuple[_T, ...], wanted: dict[str, frozenset[str]]) -> tuple[_T, ...]:
    for name, ids in wanted.items():
        get = attrgetter(name)
        values = tuple(value for value in values if get(value) in ids)
    return values


def read_codings(folder: Path | str, *, coders: Iterable[str] | None = None) -> Codings:
    """Read the journals of a folder and work out what holds.

    A torn last line is left out, with a `TornLineWarning`; nothing is written.

    Parameters
    ----------
    folder : Path or str
        The folder of the journals, one ``<coder>.jsonl`` each.
    coders : iterable of str, optional
        Whose journals to read; all by default.

    Returns
    -------
    Codings
        Of all those coders.

    Raises
    ------
    JournalError
        If there is no such folder or journal, a file's name is no coder's, or a line is no event.
        All that is wrong, in all files, is listed.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from qualcode.coding.journal import Journal
    >>> from qualcode.model import Transcript
    >>> t = Transcript("a", "We waited for months.")
    >>> with TemporaryDirectory() as folder:
    ...     for coder in ("RT", "AB"):
    ...         _ = Journal(folder, coder).add(t, 3, 9, "delay")
    ...     codings = read_codings(folder)
    >>> codings
    Codings(2 codings, 0 memos, by AB, RT)
    """
    folder = Path(folder)
    faults: list[Fault] = []
    states: list[State] = []
    torn: list[Fault] = []
    for name in _find_names(folder, coders):
        path = folder / f"{name}.jsonl"
        try:
            text = read_journal(path)
        except JournalError as exc:
            faults += exc.faults
            continue
        states.append(replay(text.events, name))
        if text.torn:
            torn.append(torn_fault(path, text.torn))
    faults += _copied_faults(states, folder)
    if faults:
        raise JournalError.from_faults(faults)
    for fault in torn:
        warnings.warn(str(fault), TornLineWarning, stacklevel=2)
    return _collect(states, folder, tuple(torn))


def _collect(states: list[State], folder: Path, torn: tuple[Fault, ...]) -> Codings:
    codings = [coding for state in states for coding in state.codings.values()]
    memos = [memo for state in states for memo in state.memos.values()]
    return Codings(
        tuple(in_text_order(codings)),
        tuple(sorted(memos, key=attrgetter("coder", "created_at"))),
        tuple(state.coder for state in states),
        tuple(fault for state in states for fault in _conflict_faults(state, folder)),
        torn,
    )


def _conflict_faults(state: State, folder: Path) -> list[Fault]:
    """Say where each event stands that found nothing to change."""
    if not state.conflicts:
        return []
    path = folder / f"{state.coder}.jsonl"
    data = path.read_bytes()
    mend = "look at the coding again: two branches may have changed it"
    ordered = sorted(state.conflicts, key=lambda conflict: sort_key(conflict.event))
    return [Fault(one.what, path, line_of(data, one.event.id), mend) for one in ordered]


def _find_names(folder: Path, coders: Iterable[str] | None) -> list[str]:
    """List the coders who have journals; refuse names that some system could not hold."""
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix == ".jsonl")
    except OSError as exc:
        mend = "give the folder that holds the journals"
        raise JournalError(f"cannot be read: {exc.strerror}", file=folder, mend=mend) from exc
    files = [path for path in files if not path.name.startswith(".")]
    wanted = None if coders is None else [check_coder_name(name) for name in coders]
    names = [path.stem for path in files if wanted is None or path.stem in wanted]
    bad = (name_fault(path.stem, file=path) for path in files if path.stem in names)
    faults = [fault for fault in bad if fault is not None] + case_faults(names, folder)
    for name in sorted(set(wanted or ()) - set(names)):
        there = ", ".join(clip(path.stem) for path in files) or "none"
        faults.append(Fault(f"{name} has no journal", folder, mend=f"the journals are: {there}"))
    if faults:
        raise JournalError.from_faults(faults)
    return names


def _copied_faults(states: list[State], folder: Path) -> list[Fault]:
    """Find events that stand in the journals of two coders: one is a copy."""
    faults = []
    for place, state in enumerate(states):
        for other in states[:place]:
            both = len(state.by_id.keys() & other.by_id.keys())
            if both:
                what = f"of its events {both} are in {other.coder}.jsonl too"
                mend = "one journal was copied: take the lines away that are not this coder's"
                faults.append(Fault(what, folder / f"{state.coder}.jsonl", mend=mend))
    return faults
