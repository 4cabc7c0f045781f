"""The same for programs: JSON in, JSON out. `openapi` says what each address takes and gives.

No page of another site can call it: what is posted must be application/json, which a browser asks us about first, and
we do not answer that question.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from quotealign.errors import QuotealignError
from quotealign.formats.files import utf8
from quotealign.formats.records import article_of, dump
from quotealign.web.collection_pages import asked, cluster_asked, looked_up
from quotealign.web.forms import align_task, check_task, json_of, one_of
from quotealign.web.openapi import document
from quotealign.web.pages import TYPES, file_of, started
from quotealign.web.refusals import Refused
from quotealign.web.runs import Run
from quotealign.web.task import Given, Task

RESULTS = {"align": "clusters.json", "check": "findings.json", "extract": "quotations.json"}
"""Which part of an outcome is the result."""
_WAIT = 60.0
"""Seconds that a request may wait for a run, at most."""


def _articles(value: object, called: str, field: str) -> tuple[Given, ...]:
    """Articles as they are handed on: a text, a record, or several of these. Raises `Refused`."""
    values = value if isinstance(value, list) else [] if value is None else [value]
    lines = []
    for number, one in enumerate(values, 1):
        identifier = called if len(values) == 1 else f"{called}{number}"
        record = {"text": one} if isinstance(one, str) else one
        if not isinstance(record, dict):
            raise Refused(422, f"{field} is no text and no article record")
        record = {"id": identifier, **record}
        try:
            article_of(record, field)
        except QuotealignError as error:
            raise Refused(422, f"{field}: {error.what}", do=error.do) from None
        lines.append(dump(record))
    return ((f"{called}.jsonl", utf8("".join(lines))),) if lines else ()


def _known(options: dict[str, Any], *names: str) -> None:
    """Raises `Refused` for a field that is not one of these: a slip of the pen should not be passed over."""
    unknown = sorted(options.keys() - set(names))
    if unknown:
        raise Refused(422, f"no field {unknown[0]!r}", do=f"the fields are {', '.join(names)}")


async def post_check(request: Request) -> Response:
    """Check a draft."""
    options = await json_of(request)
    _known(options, "draft", "collection", "sources", "support", "lang")
    drafts = _articles(options.pop("draft", None), "draft", "draft")
    sources = _articles(options.pop("sources", None), "source", "sources")
    return await _begun(request, check_task(options, drafts, sources, request.app.state.collections))


async def post_align(request: Request) -> Response:
    """Compare articles."""
    options = await json_of(request)
    _known(options, "articles", "collection", "lang")
    articles = _articles(options.pop("articles", None), "article", "articles")
    return await _begun(request, align_task(options, articles, request.app.state.collections))


async def post_extract(request: Request) -> Response:
    """Find quotations."""
    options = await json_of(request)
    _known(options, "articles", "collection", "lang", "unit", "indirect")
    articles = _articles(options.pop("articles", None), "article", "articles")
    task = align_task(options, articles, request.app.state.collections, kind="extract")
    indirect = options.get("indirect", False)
    if not isinstance(indirect, bool):
        raise Refused(422, "indirect is neither true nor false")
    further = {"unit": one_of(options.get("unit"), ("whole", "part"), "unit"), "indirect": indirect}
    return await _begun(request, Task(task.kind, {**task.options, **further}, task.collection, task.drafts))


async def _begun(request: Request, task: Task) -> Response:
    seconds = _wait(request)
    return await _answered(request, started(request, task), seconds)


async def get_run(request: Request) -> Response:
    """A run: how far it is, or what came of it."""
    seconds = _wait(request)
    return await _answered(request, _run(request), seconds)


def _wait(request: Request) -> float:
    given = request.query_params.get("wait", "0")
    if not given.isdecimal() or int(given[:9]) > _WAIT:
        raise Refused(422, f"wait is no number of seconds from 0 to {_WAIT:g}")
    return float(given)


async def _answered(request: Request, run: Run, seconds: float) -> Response:
    clock = asyncio.get_running_loop().time
    end = clock() + seconds
    while not run.is_over and clock() < end and not await request.is_disconnected():
        await asyncio.sleep(0.05)
    status = 200 if run.is_over else 202
    return Response(_record(run), status, media_type="application/json", headers={"Location": f"/api{run.base}"})


def _record(run: Run) -> bytes:
    """The run as JSON; its result is put in as it is."""
    outcome = run.outcome
    head: dict[str, Any] = {
        "id": run.id,
        "kind": run.kind,
        "status": run.status,
        "stage": run.stage or None,
        "problem": run.problem or None,
        "progress": {"done": run.done, "of": run.of} if run.of else None,
        "seconds": run.seconds,
        "page": run.base,
        "title": outcome.title if outcome else None,
        "summary": outcome.summary if outcome else None,
        "notices": list(outcome.notices) if outcome else [],
        "files": [],
    }
    if outcome is None:
        return utf8(json.dumps({**head, "result": None}, ensure_ascii=False))
    for name, data in outcome.parts.items():
        if not name.startswith("page"):
            kind = TYPES[name.rpartition(".")[2]]
            href = f"/api{run.base}/files/{quote(name)}"
            head["files"].append({"name": name, "type": kind, "bytes": len(data), "href": href})
    before = utf8(json.dumps(head, ensure_ascii=False)).rstrip()[:-1]
    return before + b', "result": ' + outcome.parts[RESULTS[run.kind]].strip() + b"}"


async def delete_run(request: Request) -> Response:
    """Stop a run and forget it."""
    request.app.state.runs.forget(_run(request))
    return Response(status_code=204)


async def get_file(request: Request) -> Response:
    """A file that a run has left."""
    return file_of(_run(request), request.path_params["name"])


def _run(request: Request) -> Run:
    run: Run = request.app.state.runs.get(request.path_params["id"])
    return run


async def get_collections(request: Request) -> Response:
    """What was named when the server was started."""
    collections = request.app.state.collections.values()
    found = [{"name": c.name, "kind": "corpus" if c.is_corpus else "files"} for c in collections]
    return JSONResponse({"collections": found})


async def get_clusters(request: Request) -> Response:
    """The clusters of a corpus."""
    return _looked_up(await looked_up(request, "browse", **asked(request)), "clusters.json")


async def get_cluster(request: Request) -> Response:
    """One cluster of a corpus."""
    return _looked_up(await looked_up(request, "cluster", id=cluster_asked(request)), "cluster.json")


def _looked_up(run: Run, part: str) -> Response:
    assert run.outcome
    return Response(run.outcome.parts[part], media_type="application/json")


async def get_description(request: Request) -> Response:
    """The OpenAPI document."""
    return JSONResponse(document(request.app.state.limits))


ROUTES = (
    Route("/api/openapi.json", get_description),
    Route("/api/collections", get_collections),
    Route("/api/collections/{name}/clusters", get_clusters),
    Route("/api/collections/{name}/cluster", get_cluster),
    Route("/api/check", post_check, methods=["POST"]),
    Route("/api/align", post_align, methods=["POST"]),
    Route("/api/extract", post_extract, methods=["POST"]),
    Route("/api/runs/{id}", get_run, methods=["GET"]),
    Route("/api/runs/{id}", delete_run, methods=["DELETE"]),
    Route("/api/runs/{id}/files/{name}", get_file),
)
