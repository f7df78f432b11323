"""Which codes a coder has on the keys 1 to 9: a habit of theirs, kept beside the journals."""

from __future__ import annotations

import json
from pathlib import Path

from qualcode._files import read_bytes, write_whole
from qualcode.errors import QualcodeError, StudyError

__all__ = ["Pins"]

_KEYS = range(1, 10)


class Pins:
    """Key -> code id, in a hidden file that git ignores; without a folder only in memory."""

    def __init__(self, folder: Path | None, coder: str) -> None:
        self._path = None if folder is None else folder / f".pins-{coder}.json"
        self.codes: dict[int, str] = self._read()

    def put(self, code_id: str, key: int) -> None:
        """Put a code on a key and off every other; key 0 only takes it off."""
        codes = {old: code for old, code in self.codes.items() if code != code_id and old != key}
        if key:
            codes[key] = code_id
        self.codes = dict(sorted(codes.items()))
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            data = json.dumps(self.codes).encode()
            write_whole(self._path, data, error=StudyError)

    def _read(self) -> dict[int, str]:
        """Read the file; one that cannot be read only means that nothing is pinned."""
        if self._path is None:
            return {}
        try:
            data = read_bytes(self._path, what="file of pins", error=StudyError, absent=b"{}")
            pins = {int(key): str(code) for key, code in json.loads(data).items()}
        except (QualcodeError, ValueError, AttributeError):
            return {}
        return {key: code for key, code in pins.items() if key in _KEYS}
