"""One JupyterLab server for a test run: its own folders, a free port on this machine, no network."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

SECONDS_TO_START = 60
SECONDS_TO_END = 15
IDLE = 900  # seconds after which kernel and server end by themselves, should a test run be killed

OPTIONS = [
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.port=0",
    "--ServerApp.open_browser=False",
    "--ServerApp.allow_root=True",
    "--ServerApp.terminals_enabled=False",
    f"--ServerApp.shutdown_no_activity_timeout={IDLE}",
    f"--MappingKernelManager.cull_idle_timeout={IDLE}",
    "--LabApp.expose_app_in_browser=True",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
]
# Answers the question whether news may be fetched, which would cover the notebook.
SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "docmanager-extension/plugin": {"autosave": False},
}


@dataclass
class LabServer:
    """A running JupyterLab server; notebooks stand in `root`."""

    root: Path
    runtime: Path
    log: Path
    process: subprocess.Popen[bytes]
    token: str
    url: str = ""

    @classmethod
    def start(cls, folder: Path) -> LabServer:
        """Start a server with all its folders below `folder`, and wait until it answers."""
        for name in ("root", "config", "data", "runtime", "settings", "workspaces", "ipython"):
            (folder / name).mkdir()
        write_settings(folder / "settings")
        token = secrets.token_hex(16)
        log = folder / "server.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "jupyterlab", *OPTIONS],
                cwd=folder / "root",
                env=environment(folder, token),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # a group of its own, which `stop` ends as a whole
            )
        server = cls(folder / "root", folder / "runtime", log, process, token)
        try:
            server.url = server.wait_for_url()
        except BaseException:
            server.stop()
            raise
        return server

    def wait_for_url(self) -> str:
        """Wait for the file in which the server says where it listens."""
        info = self.runtime / f"jpserver-{self.process.pid}.json"
        ends = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < ends and self.process.poll() is None:
            if info.is_file() and (text := info.read_text(encoding="utf-8")).endswith("}"):
                url: str = json.loads(text)["url"]
                return url
            time.sleep(0.05)
        raise RuntimeError(f"JupyterLab did not start; it said:\n{self.last_words()}")

    def last_words(self, lines: int = 30) -> str:
        """Give the end of the server's log."""
        text = self.log.read_text(encoding="utf-8", errors="replace")
        return "\n".join(text.splitlines()[-lines:])

    def connection_file(self, kernel: str) -> Path:
        """Name the file by which a kernel can be reached without the browser."""
        return self.runtime / f"kernel-{kernel}.json"

    def stop(self) -> None:
        """End the server and, through it, its kernels."""
        try:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(SECONDS_TO_END)
        except ProcessLookupError:
            pass
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def environment(folder: Path, token: str) -> dict[str, str]:
    """Give the server its own folders; nothing of the user's Jupyter reaches it."""
    own = {
        "JUPYTER_CONFIG_DIR": folder / "config",
        "JUPYTER_DATA_DIR": folder / "data",
        "JUPYTER_RUNTIME_DIR": folder / "runtime",
        "JUPYTERLAB_SETTINGS_DIR": folder / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": folder / "workspaces",
        "IPYTHONDIR": folder / "ipython",
    }
    outer = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "PYTEST"))}
    return {**outer, **{k: str(v) for k, v in own.items()}, "JUPYTER_TOKEN": token}


def write_settings(folder: Path) -> None:
    """Write JupyterLab's settings, as a user would have chosen them once."""
    for name, values in SETTINGS.items():
        path = folder / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(values), encoding="utf-8")
