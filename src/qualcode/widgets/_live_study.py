"""A study as its codebook and its journals are now, for a session that reads quotes."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from qualcode.errors import AdriftWarning, QualcodeError
from qualcode.study import Study
from qualcode.study._faults import CODEBOOK, CODINGS
from qualcode.widgets._live_codebook import LiveCodebook
from qualcode.widgets._live_codings import LiveCodings

if TYPE_CHECKING:
    from qualcode.coding.codebook import Codebook

__all__ = ["LiveStudy"]


class LiveStudy:
    """A study put together anew when its codebook or a journal changes; its texts stay.

    Parameters
    ----------
    study : Study
        As it was opened.
    """

    def __init__(self, study: Study) -> None:
        root = study.root
        self.now = study
        self._fault = ""
        self._codes = LiveCodebook(study.codebook, None if root is None else root / CODEBOOK)
        self._codings = LiveCodings(study.codings, None if root is None else root / CODINGS)
        self._parts: tuple[object, object] = (study.codebook, study.codings)

    @property
    def codebook(self) -> Codebook:
        """The codes of the study as it is now."""
        return self.now.codebook

    @property
    def fault(self) -> str:
        """Why what is shown is not what is on the disk, if so."""
        return self._codes.fault or self._codings.fault or self._fault

    def refresh(self) -> bool:
        """Take in what has changed; what cannot be read leaves the study as it was."""
        self._codes.refresh()
        self._codings.refresh()
        parts = (self._codes.now, self._codings.now)
        if parts[0] is self._parts[0] and parts[1] is self._parts[1]:
            return False
        self._parts = parts
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", AdriftWarning)  # the view says how many
                self.now = Study.from_parts(
                    self.now.corpus,
                    self._codes.now,
                    self._codings.now,
                    root=self.now.root,
                    settings=self.now.settings,
                )
        except QualcodeError as exc:
            self._fault = f"the study does not fit together as it is now, {exc.faults[0]}"
            return False
        self._fault = ""
        return True
