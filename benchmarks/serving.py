"""The real server, asked as a browser asks it, and its processor time."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from etl.worker import spent_by

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60
FAILED = "gặp lỗi"
"""What a page says that failed."""


class Server(NamedTuple):
    """A server that runs: its port and its process."""

    port: int
    process: int

    def connect(self) -> websockets.connect:
        """A session of its own."""
        return websockets.connect(f"ws://localhost:{self.port}/_stcore/stream", max_size=None)

    def spent(self) -> float:
        """Seconds of processor time so far, by the clock that Linux keeps of every process."""
        return spent_by(self.process)


@contextmanager
def served(script: str, data: Path) -> Iterator[Server]:
    """A script of this project served on a free port, with a data folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)], cwd=ROOT,
        env={**os.environ, "NQ57_DATA": str(data.resolve()), "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        up(port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait()


def up(port: int) -> None:
    """Wait until the server answers."""
    for _ in range(START_SECONDS * 5):
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/_stcore/health") as answer:
                if answer.read() == b"ok":
                    return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not come up")


async def asked(connection: websockets.ClientConnection, page: str, **choice: str) -> str:
    """Ask for a page with choices in its address, and wait until its script has run; gives the page's title. Raises
    RuntimeError where the page failed.
    """
    message = BackMsg()
    message.rerun_script.query_string = urllib.parse.urlencode(choice)
    message.rerun_script.page_name = page
    await connection.send(message.SerializeToString())
    title = ""
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(await connection.recv())  # type: ignore[arg-type]
        title = answer.delta.new_element.heading.body or title
        if FAILED in answer.delta.new_element.alert.body:
            raise RuntimeError(answer.delta.new_element.alert.body)
        if answer.WhichOneof("type") == "script_finished":
            return title
