"""The application: addresses, what answers them, and how errors are told: in one sentence, with a status."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from quotealign.web import api, collection_pages, pages
from quotealign.web.guard import Guard, Tokens
from quotealign.web.limits import Limits
from quotealign.web.pool import Pool
from quotealign.web.refusals import Refused
from quotealign.web.runs import Runs
from quotealign.web.shelf import Collection


def application(collections: Sequence[Collection], *, port: int, limits: Limits | None = None) -> Starlette:
    """The local page for some collections; it answers only to this machine's names with this port."""
    limits = limits or Limits()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.pool = Pool(collections, limits, processes=limits.processes, seconds=limits.seconds)
        app.state.reader = Pool(collections, limits, processes=1, seconds=limits.browsing)
        try:
            yield
        finally:
            await run_in_threadpool(app.state.pool.close)
            await run_in_threadpool(app.state.reader.close)

    routes: list[BaseRoute] = [*pages.ROUTES, *collection_pages.ROUTES, *api.ROUTES]
    app = Starlette(
        routes=routes,
        lifespan=lifespan,
        middleware=[Middleware(Guard, port=port, limits=limits), Middleware(_Refusing)],
        exception_handlers={Refused: _refused, HTTPException: _unknown, ClientDisconnect: _gone, 500: _fault},
    )
    app.state.collections = {collection.name: collection for collection in collections}
    app.state.limits = limits
    app.state.runs = Runs(limits)
    app.state.tokens = Tokens(port)
    return app


class _Refusing:
    """Tells what the guard would not let through, before anything else looks at it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = scope.get("refused") if scope["type"] == "http" else None
        if refusal is not None:
            await _told(Request(scope), refusal.status, str(refusal))(scope, receive, send)
            return
        await self._app(scope, receive, send)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return _told(request, error.status, str(error))


async def _unknown(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    what = {404: "There is no such page.", 405: "This cannot be done with this address."}
    return _told(request, error.status_code, what.get(error.status_code, f"{error.detail}."))


async def _gone(request: Request, error: Exception) -> Response:
    return Response(status_code=499)  # nobody reads it any more


async def _fault(request: Request, error: Exception) -> Response:
    return _told(request, 500, f"A fault of ours ({type(error).__name__}); please report it.")


def _told(request: Request, status: int, sentence: str) -> Response:
    """A page for people, a problem (RFC 9457) for programs."""
    if re.match(r"[a-z]+ ", sentence):  # and not the name of a file
        sentence = sentence[:1].upper() + sentence[1:]
    if request.url.path.startswith("/api/"):
        body = json.dumps({"type": "about:blank", "title": sentence, "status": status}, ensure_ascii=False)
        return Response(body, status, media_type="application/problem+json")
    return pages.problem(status, sentence)
