"""A study's units, and which coding touches which: the ground of ratings and of tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.analysis.units._unit_places import Marks, Places, cut_runs, find_places, touches
from qualcode.errors import UnknownValueError, clip
from qualcode.frames import make_frame

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.analysis.units._unit_places import Ints
    from qualcode.coding.codebook import Codebook
    from qualcode.study import Study

__all__ = ["UnitTable", "as_characters", "check_coders", "read_units"]

_UNITS = ("turn", "sentence", "character")
_SPEAKERS = ("interviewees", "all")


@dataclass(frozen=True, eq=False)
class UnitTable:
    """Units, codings, and which of them touch.

    Parameters
    ----------
    unit : str
        Turn, sentence or character.
    coders, codes : tuple of str
        What the numbers in `marks` stand for.
    places : Places
        The units.
    marks : Marks
        The codings of the codes asked for.
    read : array of bool, shape (coders, transcripts)
        Who has read what.
    """

    unit: str
    coders: tuple[str, ...]
    codes: tuple[str, ...]
    places: Places
    marks: Marks
    read: Any

    @cached_property
    def pairs(self) -> tuple[Ints, Ints]:
        """Marks and the units they touch, of transcripts that the coder has read."""
        which, where = touches(self.places, self.marks)
        seen = self.read[self.marks.coder[which], self.places.transcript[where]]
        return which[seen], where[seen]

    @cached_property
    def weights(self) -> Ints:
        """Code points of each run of characters; 1 for each other unit."""
        length = self.places.length
        return length if self.unit == "character" else np.ones_like(length)

    @cached_property
    def missing(self) -> Any:
        """Where a coder has not read: array of bool, shape (coders, units)."""
        return ~self.read[:, self.places.transcript]

    @property
    def outside(self) -> int:
        """How many codings touch no unit."""
        return len(self.marks) - len(np.unique(touches(self.places, self.marks)[0]))

    def frame(self) -> pd.DataFrame:
        """Say where each unit is, as the frame ``units``."""
        places = self.places
        base = places.base[places.transcript]
        return make_frame(
            "units",
            {
                "transcript_id": [places.names[number] for number in places.transcript.tolist()],
                "turn": [number if number > 0 else None for number in places.turn.tolist()],
                "speaker": places.speaker.tolist(),
                "start": places.start - base,
                "end": places.end - base,
                "weight": self.weights,
            },
        )


def read_units(
    study: Study,
    coders: Iterable[str],
    *,
    unit: str,
    codes: Iterable[str] | None,
    below: bool,
    read: Mapping[str, Iterable[str]] | None,
    speakers: str,
    transcript: str | Iterable[str] | None,
    language: str,
) -> UnitTable:
    """Find a study's units and what touches them; the parameters are those of `units_of`."""
    _check(unit, _UNITS, "unit")
    _check(speakers, _SPEAKERS, "choice of speakers")
    names = check_coders(coders, study)
    asked = _codes(codes, study.codebook)
    seen = _who_read(study, names, read)
    kept = [name for name in _transcripts(transcript, study) if any(name in one for one in seen)]
    places = find_places(
        (study.corpus[name] for name in kept), unit=unit, speakers=speakers, language=language
    )
    segments = study.segments(coder=names)
    segments = segments[segments["transcript_id"].isin(kept)]
    marks = Marks.of(segments, places, names, _numbers(asked, study.codebook, below=below))
    reading = np.array([[name in one for name in kept] for one in seen], dtype=bool)
    reading = reading.reshape(len(names), len(kept))
    table = UnitTable(unit, names, asked, places, marks, reading)
    return as_characters(table) if unit == "character" else table


def as_characters(turns: UnitTable) -> UnitTable:
    """Cut turns into runs of characters wherever a coding begins or ends."""
    return replace(turns, unit="character", places=cut_runs(turns.places, turns.marks))


def _check(given: str, allowed: tuple[str, ...], what: str) -> None:
    if given not in allowed:
        mend = f"choose {', '.join(map(repr, allowed))}"
        raise UnknownValueError(f"no {what} {clip(str(given))!r}", mend=mend)


def check_coders(coders: Iterable[str], study: Study) -> tuple[str, ...]:
    """Refuse coders without a journal, and one coder twice."""
    names = (coders,) if isinstance(coders, str) else tuple(coders)
    _check_names(names, study.codings.coders, "coder")
    if not names or len(set(names)) != len(names):
        mend = "name each coder once, as in coders=('A', 'B')"
        raise UnknownValueError("the coders are not several different ones", mend=mend)
    return names


def _check_names(names: Iterable[str], there: Iterable[str], what: str) -> None:
    known = list(there)
    for name in names:
        if name not in known:
            listed = ", ".join(clip(one) for one in known[:10]) or "none"
            mend = f"there {'is' if len(known) == 1 else 'are'}: {listed}"
            raise UnknownValueError(f"no {what} {clip(str(name))!r}", mend=mend)


def _codes(codes: Iterable[str] | None, codebook: Codebook) -> tuple[str, ...]:
    """Give the ids asked for, each once, in the order of the codebook."""
    given = [code.id for code in codebook] if codes is None else codes
    wanted = {codebook.resolve(one) for one in ([given] if isinstance(given, str) else given)}
    return tuple(code.id for code in codebook if code.id in wanted)


def _numbers(codes: tuple[str, ...], codebook: Codebook, *, below: bool) -> dict[str, int]:
    """Give each code a number; with `below`, also what is below it and below no nearer one."""
    numbers = {code: number for number, code in enumerate(codes)}
    if not below:
        return numbers
    found: dict[str, int] = {}
    for code in codes:  # in tree order, so that a code below overwrites the one above
        found |= dict.fromkeys(codebook.descendants(code), numbers[code])
    return found


def _transcripts(wanted: str | Iterable[str] | None, study: Study) -> list[str]:
    if wanted is None:
        return list(study.corpus)
    names = {wanted} if isinstance(wanted, str) else set(wanted)
    _check_names(sorted(names), study.corpus, "transcript")
    return [name for name in study.corpus if name in names]


def _who_read(
    study: Study, coders: tuple[str, ...], read: Mapping[str, Iterable[str]] | None
) -> list[set[str]]:
    """Give the transcripts that each coder has read: as named, else those with a coding."""
    named = {
        coder: {ids} if isinstance(ids, str) else set(ids) for coder, ids in (read or {}).items()
    }
    _check_names(named, coders, "coder asked for")
    for ids in named.values():
        _check_names(sorted(ids), study.corpus, "transcript")
    coded: dict[str, set[str]] = {coder: set() for coder in coders}
    for coding in study.codings:
        if coding.coder in coded:
            coded[coding.coder].add(coding.transcript_id)
    return [named.get(coder, coded[coder]) for coder in coders]
