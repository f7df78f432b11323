"""Which passages a search is asked about: by who speaks where, and by how they are coded."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, TypedDict, cast

import numpy as np

from qualcode.machine.searching._codings_beside import Axis, CodingsBeside
from qualcode.study._filters import as_list
from qualcode.study._segments import Finder

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.machine.searching._codings_beside import Mask, Places
    from qualcode.study import Study
    from qualcode.study._filters import Wanted

    Listed = tuple[str, ...] | None

__all__ = ["Chosen", "PassageFilters", "take_filters"]

_SEVERAL = (
    "body", "body_type", "role", "speaker", "transcript", "code", "theme", "coder",
)  # fmt: skip
_REMEMBERED = 16  # masks: a question is often asked again with the same filters


class PassageFilters(TypedDict, total=False):
    """What a search may be asked about; see `qualcode.machine.searching.search.search`."""

    body: Wanted | None
    body_type: Wanted | None
    role: Wanted | None
    speaker: Wanted | None
    transcript: Wanted | None
    attributes: Mapping[str, Wanted] | None
    code: Wanted | None
    theme: Wanted | None
    coder: Wanted | None
    coded: bool | None


class Chosen:
    """Chooses among passages, and names the codes on them.

    Parameters
    ----------
    study : Study
        Whose passages they are.
    passages : pandas.DataFrame
        The frame ``passages``.
    exactly : bool
        Whether a passage is coded only where a coding stands on just its words, as of segments.
    """

    def __init__(self, study: Study, passages: pd.DataFrame, *, exactly: bool) -> None:
        self._study, self._passages, self._exactly = study, passages, exactly
        self._beside: dict[Listed, CodingsBeside] = {}
        self._masks: dict[tuple[Listed, Listed, Listed], Mask] = {}

    def mask(self, filters: PassageFilters) -> Mask | None:
        """Say of each passage whether all filters let it pass; None if there are none."""
        masks = [self._spoken(filters), self._coded(filters)]
        given = [one for one in masks if one is not None]
        return np.logical_and.reduce(given) if given else None

    def beside(self, coder: Wanted | None) -> CodingsBeside:
        """Give the codings of the chosen coders: by default of the one that the study names."""
        key = _listed(coder)
        if key not in self._beside:
            segments = self._study.segments(coder=self._coder(key))
            self._beside[key] = CodingsBeside(segments, self.axis)
        return self._beside[key]

    def _coder(self, coder: Listed) -> Wanted | None:
        return self._study.settings.coder or None if coder is None else coder

    @cached_property
    def axis(self) -> Axis:
        """Where the transcripts lie."""
        return Axis(self._study.corpus)

    @cached_property
    def places(self) -> tuple[Places, Places]:
        """Where the passages begin and end on the axis."""
        return self.axis.places(self._passages)

    @cached_property
    def _voices(self) -> tuple[pd.DataFrame, Places]:
        """Every speaker of every transcript, and which of them says each passage.

        There are few of them, so that what a filter means is worked out in no time.
        """
        said = self._passages[["transcript_id", "speaker", "role"]]
        grouped = said.groupby(["transcript_id", "speaker"], sort=False)
        first = said.loc[~said.duplicated(["transcript_id", "speaker"])]
        return first.reset_index(drop=True), np.asarray(grouped.ngroup(), np.int64)

    def _spoken(self, filters: PassageFilters) -> Mask | None:
        """Say of each passage whether it is said where and by whom it should."""
        headed = {"body": filters.get("body"), "body_type": filters.get("body_type")}
        spoken = {"role": filters.get("role"), "speaker": filters.get("speaker")}
        transcript, attributes = filters.get("transcript"), filters.get("attributes") or {}
        asked = (*headed.values(), *spoken.values(), transcript)
        if not attributes and all(one is None for one in asked):
            return None
        voices, whose = self._voices
        find = Finder(self._study.corpus, self._study.codebook, (), ())
        rows = find.keep(voices, "transcript_id", transcript)
        for what, wanted in headed.items():
            rows = find.keep_headed(rows, what, wanted)
        for what, wanted in attributes.items():
            rows = find.keep_headed(rows, what, wanted, attribute=True)
        for what, wanted in spoken.items():
            rows = find.keep(rows, what, wanted)
        passed = np.zeros(len(voices), bool)
        passed[rows.index] = True
        return passed[whose]

    def _coded(self, filters: PassageFilters) -> Mask | None:
        """Say of each passage whether it is coded as it should be, or is not."""
        code, theme, coder = (_listed(filters.get(one)) for one in ("code", "theme", "coder"))
        coded = filters.get("coded")
        theirs = self._holds(None, None, coder) if self._exactly else None
        if code is None and theme is None and coded is None:
            return theirs
        holds = self._holds(code, theme, coder)
        found = ~holds if coded is False else holds
        return found if theirs is None else theirs & found

    def _holds(self, code: Listed, theme: Listed, coder: Listed) -> Mask:
        """Say of each passage whether such a coding stands on it; worked out once."""
        key = (code, theme, coder)
        if key not in self._masks:
            rows = self._study.segments(code, theme=theme, coder=self._coder(coder))
            codings = CodingsBeside(rows, self.axis)
            ask = codings.same if self._exactly else codings.touching
            if len(self._masks) == _REMEMBERED:
                self._masks.clear()
            self._masks[key] = ask(*self.places)
        return self._masks[key]


def take_filters(filters: PassageFilters) -> PassageFilters:
    """Take each value as a tuple, since one such as a generator can be asked only once."""
    several = {name: _listed(filters.get(name)) for name in _SEVERAL}
    return cast("PassageFilters", {**filters, **several})


def _listed(wanted: object) -> Listed:
    return None if wanted is None else tuple(as_list(cast("Wanted", wanted)))
