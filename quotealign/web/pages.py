"""The pages: a form, a run and what came of it, files to take away."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from quotealign.formats.articles import ENDINGS
from quotealign.languages import codes
from quotealign.web.forms import align_task, check_task, form_of, given, texts
from quotealign.web.refusals import Refused
from quotealign.web.runs import Run
from quotealign.web.task import Task
from quotealign.web.views import page, script, style

TYPES = {
    "csv": "text/csv",
    "html": "text/html",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "sarif": "application/sarif+json",
    "xml": "application/xml",
    "zip": "application/zip",
}
"""Endings of the files that a run leaves, and their media types."""


def shown(request: Request, template: str, status: int = 200, **given: Any) -> Response:
    """A page with a token for its forms, and the cookie that goes with it."""
    tokens = request.app.state.tokens
    cookie, token = tokens.of(request)
    text = page(template, token=token, collections=list(request.app.state.collections.values()), **given)
    response = HTMLResponse(text, status)
    if request.cookies.get(tokens.cookie) != cookie:
        response.set_cookie(tokens.cookie, cookie, httponly=True, samesite="strict", path="/")
    return response


def problem(status: int, sentence: str) -> Response:
    """A page that says in one sentence why there is no other."""
    return HTMLResponse(page("problem.html", status=status, sentence=sentence), status)


@asynccontextmanager
async def posted(request: Request) -> AsyncIterator[FormData]:
    """A form, with its files for as long as the block lasts. Raises `Refused`."""
    form = await form_of(request, request.app.state.limits)
    try:
        yield form
    finally:
        await form.close()


_AGAIN = "see that it says what you mean, choose its files again, and send it once more"
"""What to do with a form that is shown again though it may not be ours: a person has to send it, which is what the
token is for."""


def started(request: Request, task: Task) -> Run:
    """A run of a task, in the line. Raises `Refused`."""
    runs = request.app.state.runs
    run: Run = runs.add(task)
    try:
        request.app.state.pool.submit(run)
    except Refused:
        runs.forget(run)
        raise
    return run


async def home(request: Request) -> Response:
    """The form for checking a draft."""
    return _check_form(request, {})


async def post_check(request: Request) -> Response:
    """Start checking a draft."""
    async with posted(request) as form:
        fields = {name: texts(form, name) for name in ("draft", "source", "collection", "lang", "changes", "support")}
        drafts = await given(form, "draft", "draft-file", "draft")
        sources = await given(form, "source", "source-files", "source")
    try:
        request.app.state.tokens.check(request, form.get("token"), _AGAIN)
        if sources:
            fields["collection"] = ""  # one is chosen beforehand: whoever gives texts of their own means these
        run = started(request, check_task(fields, drafts, sources, request.app.state.collections))
    except Refused as refusal:
        return _check_form(request, fields, refusal)
    return RedirectResponse(run.base, 303)


def _check_form(request: Request, fields: dict[str, str], refusal: Refused | None = None) -> Response:
    return _form(request, "check.html", fields, refusal)


def _form(request: Request, template: str, fields: dict[str, str], refusal: Refused | None) -> Response:
    return shown(
        request,
        template,
        refusal.status if refusal else 200,
        fields=fields,
        refusal=refusal,
        named=[(name, name) for name in request.app.state.collections],
        languages=[(code, code) for code in codes() if code != "und"],
        accepted=",".join(ENDINGS),
    )


async def align_form(request: Request) -> Response:
    """The form for comparing articles."""
    return _align_form(request, {})


async def post_align(request: Request) -> Response:
    """Start comparing articles."""
    async with posted(request) as form:
        fields = {name: texts(form, name) for name in ("collection", "lang")}
        articles = await given(form, "article", "article-files", "article")
    try:
        request.app.state.tokens.check(request, form.get("token"), _AGAIN)
        if articles:
            fields["collection"] = ""
        run = started(request, align_task(fields, articles, request.app.state.collections))
    except Refused as refusal:
        return _align_form(request, fields, refusal)
    return RedirectResponse(run.base, 303)


def _align_form(request: Request, fields: dict[str, str], refusal: Refused | None = None) -> Response:
    return _form(request, "align.html", fields, refusal)


async def about(request: Request) -> Response:
    """What this is, what is safe, and how a program asks."""
    return shown(request, "about-serve.html", limits=request.app.state.limits)


async def run_page(request: Request) -> Response:
    """A run: how far it is, or what came of it."""
    run = _run(request)
    return shown(request, "run.html", run=run, middle=_middle(run, "page"), files=_files(run))


def _middle(run: Run, part: str) -> str:
    """A part that was made, and escaped, by a template of ours."""
    return run.outcome.parts.get(part, b"").decode("utf-8") if run.outcome else ""


def _files(run: Run) -> list[tuple[str, int]]:
    parts = run.outcome.parts if run.outcome else {}
    return [(name, len(data)) for name, data in parts.items() if not name.startswith("page")]


async def cluster_page(request: Request) -> Response:
    """One cluster of the articles compared."""
    run, part = _run(request), f"page.{request.path_params['number']}"
    if run.outcome is None or part not in run.outcome.parts:
        raise Refused(404, "this run has no such cluster")
    return shown(request, "shell.html", here=run.kind, title=run.outcome.title, middle=_middle(run, part))


async def run_state(request: Request) -> Response:
    """Lines for the script: the status, what is being done, for how many seconds, how many quotations are done, and of
    how many."""
    run = _run(request)
    lines = (run.status, run.stage, run.seconds, run.done, run.of)
    return Response("\n".join(map(str, lines)), media_type="text/plain")


async def run_file(request: Request) -> Response:
    """A file that a run has left."""
    run, name = _run(request), request.path_params["name"]
    return file_of(run, name, request.query_params.get("view") == "1")


def file_of(run: Run, name: str, view: bool = False) -> Response:
    """A file that a run has left, to be saved, or a page to be looked at. Raises `Refused`."""
    parts = run.outcome.parts if run.outcome else {}
    if name not in parts or name.startswith("page"):
        raise Refused(404, "this run has no such file")
    data = parts[name]
    kind = TYPES[name.rpartition(".")[2]]
    if view and kind == "text/html":
        return Response(data, media_type=kind, headers={"Content-Security-Policy": _own_style(data)})
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Content-Security-Policy": "sandbox",
    }
    return Response(data, media_type=kind, headers=headers)


def _own_style(document: bytes) -> str:
    """A policy that allows a document the styles inside it, by their hashes, and nothing else. What came from articles
    is escaped in it, so that all the styles are ours."""
    inside = re.findall(rb"<style>(.*?)</style>", document, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(one).digest()).decode("ascii") for one in inside]
    styles = " ".join(f"'sha256-{digest}'" for digest in digests) or "'none'"
    return f"default-src 'none'; style-src {styles}; frame-ancestors 'none'; sandbox allow-popups"


async def post_stop(request: Request) -> Response:
    """Stop a run."""
    async with posted(request) as form:
        request.app.state.tokens.check(request, form.get("token"))
        run = _run(request)
    run.stopping.set()
    return RedirectResponse(run.base, 303)


async def post_forget(request: Request) -> Response:
    """Forget a run and what came of it."""
    async with posted(request) as form:
        request.app.state.tokens.check(request, form.get("token"))
        request.app.state.runs.forget(_run(request))
    return RedirectResponse("/", 303)


def _run(request: Request) -> Run:
    run: Run = request.app.state.runs.get(request.path_params["id"])
    return run


async def get_style(request: Request) -> Response:
    """The style sheet."""
    return Response(style(), media_type="text/css")


async def get_script(request: Request) -> Response:
    """The script."""
    return Response(script(), media_type="text/javascript")


ROUTES = (
    Route("/", home),
    Route("/check", post_check, methods=["POST"]),
    Route("/align", align_form, methods=["GET"]),
    Route("/align", post_align, methods=["POST"]),
    Route("/about", about),
    Route("/runs/{id}", run_page),
    Route("/runs/{id}/clusters/{number:int}", cluster_page),
    Route("/runs/{id}/state", run_state),
    Route("/runs/{id}/stop", post_stop, methods=["POST"]),
    Route("/runs/{id}/forget", post_forget, methods=["POST"]),
    Route("/runs/{id}/files/{name}", run_file),
    Route("/serve.css", get_style),
    Route("/serve.js", get_script),
)
