"""Ask a notebook's kernel directly, through jupyter_client, without the browser."""

from __future__ import annotations

import ast
import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient

SECONDS = 30


class KernelError(AssertionError):
    """What was asked raised an error in the kernel."""


def evaluate(connection_file: Path, expression: str) -> Any:
    """Give the value of an expression, as JSON can carry it."""
    reply = ask(connection_file, "", {"value": f"__import__('json').dumps({expression})"})
    value = reply["user_expressions"]["value"]
    if value["status"] != "ok":
        raise KernelError(f"{expression}: {value['ename']}: {value['evalue']}")
    return json.loads(ast.literal_eval(value["data"]["text/plain"]))


def execute(connection_file: Path, code: str) -> None:
    """Run some lines, leaving no trace in the notebook."""
    reply = ask(connection_file, code, {})
    if reply["status"] != "ok":
        raise KernelError(f"{reply['ename']}: {reply['evalue']}")


def ask(connection_file: Path, code: str, expressions: dict[str, str]) -> dict[str, Any]:
    """Send one request and wait for its answer."""
    # In a thread of its own: Playwright keeps an event loop running in this one.
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, send(connection_file, code, expressions)).result()


async def send(connection_file: Path, code: str, expressions: dict[str, str]) -> dict[str, Any]:
    """Send one request over the shell channel, the only one that answers come back on."""
    client = AsyncKernelClient(connection_file=str(connection_file))
    client.load_connection_file()
    client.start_channels(shell=True, iopub=False, stdin=False, hb=False, control=False)
    try:
        sent = client.execute(
            code, store_history=False, user_expressions=expressions, allow_stdin=False
        )
        while True:
            message = await client.get_shell_msg(timeout=SECONDS)
            if message["parent_header"].get("msg_id") == sent:
                content: dict[str, Any] = message["content"]
                return content
    finally:
        client.stop_channels()
