"""The gate: an ASGI middleware that every request passes before Streamlit sees it.

Streamlit's own routes ask nobody who they are: uploads, media, the web socket. Here each is closed to strangers; a page
asked for by a stranger is answered with a page to sign in, which holds nothing of the data and runs no script.
"""

from __future__ import annotations

import asyncio
import html
import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Any, NamedTuple

from itsdangerous import BadSignature, URLSafeTimedSerializer
from streamlit import config
from streamlit.auth_util import encode_provider_token, get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from etl import STRANGER, Actor, note_event, note_refusal
from ui.signin import people, sessions

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

OPEN = ("/_stcore/health", "/auth/login", "/oauth2callback", "/static/", "/app/static/", "/favicon.png")
"""What strangers may ask for: signing in, and files that are the same for everybody and hold no data."""
LOGOUT = "/auth/logout"
UNKNOWN = "Tài khoản {} chưa được cấp quyền sử dụng. Liên hệ quản trị hệ thống của Sở để được cấp quyền."
PAGE = Path(__file__).with_name("gate.html")
HEADERS = (
    (b"content-type", b"text/html; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-frame-options", b"DENY"),
    (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'; img-src 'self'"),
)
PROXIED = ("127.0.0.1", "::1")
"""Where a reverse proxy may stand whose word on who asks is taken."""


class Gate:
    """Lets signed-in people through who are in the table, and shows others how to sign in."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or one web socket."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        path = str(scope["path"])
        one = visitor(scope)
        if one.email and one.fresh and not path.startswith(OPEN):
            await asyncio.to_thread(tell, one, path, str(scope["type"]))
        if path == LOGOUT and one.email:
            sessions.signed_out(one.email)
        if path == LOGOUT or path.startswith(OPEN) or (one.actor != STRANGER and one.fresh):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 4401})
        else:
            await refuse(scope, send, one.email if one.fresh else "", listed=one.actor != STRANGER)


class Visitor(NamedTuple):
    """Who asks: "" and STRANGER where nobody signed in."""

    email: str
    actor: Actor
    fresh: bool
    """Whether the session is still good."""
    signed_at: float | None
    """When it began, in seconds since 1970; None where a proxy vouches for it."""


def visitor(scope: Scope) -> Visitor:
    """Who asks."""
    said = claims_by_proxy(scope) or claims_of(cookies_of(scope))
    email = str(said.get("email") or "").strip().lower()
    actor = people.actor_of(said) if email else STRANGER
    if said.get("signed_at") is None:
        return Visitor(email, actor, bool(email), None)
    signed_at = float(said["signed_at"])
    return Visitor(email, actor, sessions.is_open(email, signed_at), signed_at)


def tell(one: Visitor, path: str, kind: str) -> None:
    """Note in the journal that somebody came in, went out, or was refused who has an account but no place here.

    Of those who have not signed in nothing is written down: they are asked to, and could knock without end.
    """
    if path == LOGOUT:
        note_event("signed_out", one.email)
    elif one.actor == STRANGER:
        note_refusal("refused", one.email)
    elif one.actor != STRANGER and kind == "websocket" and sessions.begins(one.email, one.signed_at):
        note_event("signed_in", one.email, detail=one.actor.role)


def headers_of(scope: Scope) -> Mapping[str, str]:
    """The headers of a request by their names in small letters."""
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


def claims_by_proxy(scope: Scope) -> Mapping[str, Any]:
    """What a trusted reverse proxy on this machine says of who asks (`server.trustedUserHeaders`); else nothing."""
    trusted = config.get_option("server.trustedUserHeaders")
    client = scope.get("client")
    if not isinstance(trusted, dict) or not trusted or not client or client[0] not in PROXIED:
        return {}
    headers = headers_of(scope)
    return {claim: headers[name.lower()] for name, claim in trusted.items() if headers.get(name.lower())}


def cookies_of(scope: Scope) -> Mapping[str, str]:
    """The cookies of a request."""
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(headers_of(scope).get("cookie", ""))
    except CookieError:
        return {}
    return {name: each.value for name, each in jar.items()}


def claims_of(cookies: Mapping[str, str]) -> Mapping[str, Any]:
    """What the signed cookie of the sign-in says, with the time it was signed; nothing where it is not ours."""
    if not config_has_auth():
        return {}
    signed_at: list[float] = []

    def one(name: str) -> bytes | None:
        serializer = URLSafeTimedSerializer(get_cookie_secret(), salt=name)
        try:
            value, at = serializer.loads(cookies[name], return_timestamp=True)
        except (KeyError, BadSignature):
            return None
        signed_at.append(at.timestamp())
        return value.encode() if isinstance(value, str) else None

    whole = get_cookie_with_chunks(one, USER_COOKIE_NAME)
    if not whole or not signed_at:
        return {}
    said = json.loads(whole)
    return {**said, "signed_at": min(signed_at)} if said.get("is_logged_in") else {}


def config_has_auth() -> bool:
    """Whether signing in by OpenID Connect is set up (`[auth]` in secrets.toml)."""
    from streamlit.auth_util import get_secrets_auth_section

    return bool(get_secrets_auth_section())


async def refuse(scope: Scope, send: Send, email: str, *, listed: bool) -> None:
    """Answer with a page to sign in, or one that says that this account may not come in."""
    unknown = bool(email) and not listed
    wanted = headers_of(scope).get("accept", "")
    body = b"" if "text/html" not in wanted else page(email if unknown else "").encode()
    status = 403 if unknown else 401
    await send({"type": "http.response.start", "status": status, "headers": list(HEADERS)})
    await send({"type": "http.response.body", "body": body})


def page(refused: str) -> str:
    """The page a stranger sees."""
    said = UNKNOWN.format(html.escape(refused)) if refused else "Đăng nhập bằng tài khoản công vụ để tiếp tục."
    link, label = (LOGOUT, "Đăng nhập bằng tài khoản khác") if refused else (login_address(), "Đăng nhập")
    button = f'<a class="button" href="{html.escape(link)}">{label}</a>' if link else ""
    return PAGE.read_text(encoding="utf-8").replace("{said}", said).replace("{button}", button)


def login_address() -> str:
    """Where signing in begins; "" where a proxy does it."""
    return f"/auth/login?provider={encode_provider_token('default')}" if config_has_auth() else ""
