"""The pages of a kept corpus. They are looked up while one waits, by a process of their own."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from quotealign.web.pages import file_of, shown
from quotealign.web.refusals import Refused
from quotealign.web.runs import DONE, Run, new_run
from quotealign.web.shelf import Collection
from quotealign.web.task import Task

_LONGEST = 200
"""Characters of a search, and of an id."""
_STATUS = {"NameUnknown": 404}
"""Statuses of errors that are not the server's; of most others one may say that it cannot answer now."""


async def looked_up(request: Request, kind: str, **options: Any) -> Run:
    """The run of a look-up in the corpus that the address names, over. Raises `Refused`."""
    collection = corpus_of(request)
    run = new_run(Task(kind, options, collection.name), base=f"/collections/{quote(collection.name)}")
    request.app.state.reader.submit(run)
    try:
        while not run.is_over and not await request.is_disconnected():
            await asyncio.sleep(0.02)
    finally:
        run.stopping.set()  # nobody waits for it any more
    if run.status != DONE:
        raise Refused(_STATUS.get(run.error, 503), run.problem.rstrip(".") or "stopped")
    return run


def corpus_of(request: Request) -> Collection:
    """The corpus that the address names. Raises `Refused`."""
    collection: Collection | None = request.app.state.collections.get(request.path_params["name"])
    if collection is None or not collection.is_corpus:
        raise Refused(404, "no such corpus", do="choose one that was named when the server was started")
    return collection


def asked(request: Request) -> dict[str, Any]:
    """The words and the page of a list that a request asks for. Raises `Refused`."""
    page = request.query_params.get("page", "1")
    if not page.isdecimal() or not 1 <= int(page[:9]) <= 1_000_000:
        raise Refused(422, "page is no number from 1")
    return {"words": request.query_params.get("words", "")[:_LONGEST], "page": int(page)}


def cluster_asked(request: Request) -> str:
    """The id of the cluster that a request asks for."""
    return request.query_params.get("id", "")[:_LONGEST]


async def collection_page(request: Request) -> Response:
    """The clusters of a corpus."""
    options = asked(request)
    run = await looked_up(request, "browse", **options)
    assert run.outcome
    return shown(request, "collection.html", here=run.outcome.title, outcome=run.outcome, words=options["words"])


async def cluster_page(request: Request) -> Response:
    """One cluster of a corpus."""
    identifier = cluster_asked(request)
    run = await looked_up(request, "cluster", id=identifier)
    assert run.outcome
    name = request.path_params["name"]
    return shown(request, "kept.html", here=name, outcome=run.outcome, identifier=identifier)


async def cluster_file(request: Request) -> Response:
    """A file about one cluster of a corpus."""
    run = await looked_up(request, "cluster", id=cluster_asked(request))
    return file_of(run, request.path_params["file"], request.query_params.get("view") == "1")


ROUTES = (
    Route("/collections/{name}", collection_page),
    Route("/collections/{name}/cluster", cluster_page),
    Route("/collections/{name}/files/{file}", cluster_file),
)
