"""The door: who may ask, how much they may send, and what every answer says of itself.

A page of another site can make a browser ask this server. It is kept out by the Host header (DNS rebinding), by Origin
and Sec-Fetch-Site (cross-site requests), and by a token in each form. Answers allow no script but our own file.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import re
import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quotealign.web.limits import Limits
from quotealign.web.refusals import Refused

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a page of ours may load. A document with its style inside says its own."""

_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: a browser would then hide the origin of our own forms as well.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
_SAFE = frozenset({"GET", "HEAD"})
_METHODS = _SAFE | {"POST", "DELETE"}
_COOKIE = re.compile(r"[A-Za-z0-9_-]{32}")


class Guard:
    """Stands before the application; lets through what comes from this machine's own pages, and no more than that."""

    def __init__(self, app: ASGIApp, *, port: int, limits: Limits) -> None:
        self._app, self._limits = app, limits
        names = ("127.0.0.1", "localhost", "[::1]")
        self._hosts = {f"{name}:{port}" for name in names} | ({*names} if port == 80 else set())
        self._origins = {f"http://{host}" for host in self._hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        scope["refused"] = None
        try:
            self._look(scope)
        except Refused as refusal:
            scope["refused"] = refusal  # answered by the application, as all errors are
        await self._app(scope, self._bounded(receive), sending)

    def _look(self, scope: Scope) -> None:
        """Raises `Refused` for whatever does not come from our own pages or from a program on this machine."""
        headers = Headers(scope=scope)
        if [_plain(host) for host in headers.getlist("host")] not in [[host] for host in self._hosts]:
            raise Refused(421, "this server answers to 127.0.0.1 and localhost only", do="open the address it printed")
        if scope["method"] not in _METHODS:
            raise Refused(405, f"{scope['method']} is not known here")
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin is not None and _plain(origin) not in self._origins:
            raise Refused(403, "asked for by a page of another site", do="use the pages of this server")
        if site in ("cross-site", "same-site"):
            # A link to us may be followed; nothing else may be fetched from elsewhere, other ports included.
            is_link = scope["method"] in _SAFE and headers.get("sec-fetch-mode") == "navigate"
            if not is_link or headers.get("sec-fetch-dest") not in (None, "document"):
                raise Refused(403, "asked for by a page of another site", do="use the pages of this server")
        length = headers.get("content-length")
        if length is not None and (not length.isdecimal() or int(length) > self._limits.body):
            raise self._too_large()

    def _too_large(self) -> Refused:
        return Refused(413, f"more than {self._limits.body // 1_000_000} MB at once", do="give less at a time")

    def _bounded(self, receive: Receive) -> Receive:
        """The body as it comes, as far as its size and time allow."""
        left = self._limits.body
        end: float | None = None
        whole = False

        async def receiving() -> Message:
            nonlocal left, end, whole
            if whole:
                return await receive()
            clock = asyncio.get_running_loop().time
            end = end or clock() + self._limits.arriving
            try:
                async with asyncio.timeout(max(0.0, end - clock())):
                    message = await receive()
            except TimeoutError:
                raise Refused(408, "the request took too long to arrive", do="try again") from None
            left -= len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if left < 0:
                raise self._too_large()
            return message

        return receiving


def _plain(name: str) -> str:
    """A host or an origin as names are compared: without regard to case, and to the dot that ends a whole name."""
    return re.sub(r"(?<=localhost)\.(?=:|$)", "", name.lower())


class Tokens:
    """A token for each form, made of a cookie and a secret that dies with the process: no other page can know it."""

    def __init__(self, port: int) -> None:
        self._secret = secrets.token_bytes(32)
        self.cookie = f"quotealign-{port}"

    def of(self, request: Request) -> tuple[str, str]:
        """The cookie that a browser has or is to get, and the token that goes with it."""
        given = request.cookies.get(self.cookie, "")
        cookie = given if _COOKIE.fullmatch(given) else secrets.token_urlsafe(24)
        return cookie, self._token(cookie)

    def check(self, request: Request, token: object, do: str = "load its page again") -> None:
        """Raises `Refused` where the token of a form is not the one that this browser was given."""
        cookie = request.cookies.get(self.cookie, "")
        given = token.encode("utf-8", "replace") if isinstance(token, str) else b""
        if not cookie or not hmac.compare_digest(self._token(cookie).encode("ascii"), given):
            what = "this form is of an earlier start of the program, or it is not one of ours"
            raise Refused(403, what, do=do)

    def _token(self, cookie: str) -> str:
        return hmac.new(self._secret, cookie.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
