"""Everybody's codings as their journals are now, for a session that reads and does not write."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.coding.codings import Codings, read_codings
from qualcode.errors import QualcodeError, TornLineWarning

if TYPE_CHECKING:
    from qualcode.coding.codebook import Codebook
    from qualcode.model import Coding

__all__ = ["LiveCodings", "by_code"]


class LiveCodings:
    """All journals of a folder, read again when one of them changes.

    Parameters
    ----------
    codings : Codings
        As the study was opened.
    folder : Path, optional
        The folder of the journals; without one they never change.
    """

    def __init__(self, codings: Codings, folder: Path | None) -> None:
        self.now = codings
        self.fault = ""
        self._folder = folder
        self._seen: object = None
        self.refresh()

    def refresh(self) -> bool:
        """Read the journals again if one changed; if they cannot be read, nothing changes."""
        signature = self._signature()
        if signature is None or signature == self._seen:
            return False
        self._seen = signature
        assert self._folder is not None  # or there were no signature
        try:
            with warnings.catch_warnings():
                # A line that is being written just now is there at the next look.
                warnings.simplefilter("ignore", TornLineWarning)
                self.now, self.fault = read_codings(self._folder), ""
        except QualcodeError as exc:
            self.fault = f"the codings cannot be read as they are now, {exc.faults[0]}"
        return True

    def _signature(self) -> object:
        if self._folder is None or not self._folder.is_dir():
            return None
        statuses = []
        for path in sorted(self._folder.glob("*.jsonl")):
            try:
                status = path.stat()
            except OSError:
                continue  # gone since it was listed
            statuses.append((path.name, status.st_ino, status.st_size, status.st_mtime_ns))
        return statuses


def by_code(codings: Codings, codebook: Codebook) -> Mapping[str, list[Coding]]:
    """Group codings by the code they have now; those of codes that there are not are left out."""
    groups: dict[str, list[Coding]] = {}
    for coding in codings:
        if coding.code_id in codebook:
            groups.setdefault(codebook.resolve(coding.code_id), []).append(coding)
    return groups
