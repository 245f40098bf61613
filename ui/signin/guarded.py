"""Whether this server stands behind the gate, and the headers that every answer carries."""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from typing import Any

from ui.signin.gate import App, Receive, Scope, Send

MARK = "NQ57_BEHIND_THE_GATE"
SAFE = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


def mark_guarded() -> None:
    """Said once by asgi.py, before Streamlit starts."""
    os.environ[MARK] = str(os.getpid())


def is_guarded() -> bool:
    """Whether requests pass the gate."""
    return os.environ.get(MARK) == str(os.getpid())


class SafeHeaders:
    """Adds headers that keep browsers from framing pages and guessing types."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""

        async def sent(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                held = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(each for each in SAFE if each[0] not in held)]
            await send(message)

        await self.app(scope, receive, sent)
