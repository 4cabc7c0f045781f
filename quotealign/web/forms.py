"""Requests as tasks: what a form or a JSON document says, within bounds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from quotealign.formats.files import utf8
from quotealign.languages import has_data, well_formed
from quotealign.web.limits import Limits
from quotealign.web.refusals import Refused
from quotealign.web.task import Given, Task

CHANGES = ("accept", "reject", "both")


async def form_of(request: Request, limits: Limits) -> FormData:
    """The fields and files of a form. Raises `Refused`."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("multipart/form-data", "application/x-www-form-urlencoded"):
        raise Refused(415, "not a form", do="use the pages of this server, or /api with JSON")
    try:
        return await request.form(max_files=limits.files, max_fields=limits.fields, max_part_size=limits.body)
    except HTTPException as error:
        too_much = "Too many" in error.detail or "exceeded" in error.detail
        raise Refused(413 if too_much else 400, error.detail.rstrip(".")) from None


def texts(form: FormData, name: str) -> str:
    """A field; a browser ends its lines with CR LF, which nobody typed."""
    value = form.get(name)
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


async def given(form: FormData, pasted: str, files: str, called: str) -> tuple[Given, ...]:
    """What was pasted, under a name of ours, and the files that were chosen; those without a name were not."""
    found: list[Given] = []
    if (text := texts(form, pasted)).strip():
        found.append((f"{called}.txt", utf8(text)))
    for file in form.getlist(files):
        if isinstance(file, UploadFile) and file.filename:
            found.append((file.filename[-200:], await file.read()))
    return tuple(found)


def language(value: object) -> str | None:
    """A language tag there is data for, None where the language is to be found out. Raises `Refused`."""
    if value in (None, ""):
        return None
    if not isinstance(value, str) or not well_formed(value) or not has_data(value):
        raise Refused(422, "no such language", do="use a tag such as en or fr, or leave it out")
    return value


def share(value: object) -> float | None:
    """The share of a quotation's information that must be found; None for the default. Raises `Refused`."""
    if value in (None, ""):
        return None
    try:
        number = float(value) if isinstance(value, str | int | float) else 0.0
    except ValueError:
        number = 0.0
    if not 0.1 <= number <= 1:
        raise Refused(422, "support is no number from 0.1 to 1")
    return number


def one_of(value: object, known: Iterable[str], what: str) -> str:
    """One of some words, the first where none is given. Raises `Refused`."""
    names = tuple(known)
    if value in (None, ""):
        return names[0]
    if value not in names:
        raise Refused(422, f"{what} is none of {', '.join(names)}")
    return str(value)


def collection(value: object, names: Iterable[str]) -> str | None:
    """The name of a collection that was named at the start; None where none is asked for. Raises `Refused`."""
    if value in (None, ""):
        return None
    if value not in tuple(names):
        raise Refused(404, "no such collection", do="choose one that was named when the server was started")
    return str(value)


def check_task(
    options: Mapping[str, Any], drafts: tuple[Given, ...], sources: tuple[Given, ...], names: Iterable[str]
) -> Task:
    """The task of checking drafts. Raises `Refused`."""
    chosen = collection(options.get("collection"), names)
    if not drafts:
        raise Refused(422, "there is no draft", do="paste one or choose a file")
    if nothing := [name for name, data in drafts if not data]:
        raise Refused(422, f"{nothing[0]} is an empty file", do="choose the one that holds the draft")
    if chosen is None and not sources:
        raise Refused(422, "there are no sources", do="choose a collection, or paste or choose texts to check against")
    if chosen is not None and sources:
        raise Refused(422, "there are a collection and sources of your own", do="give one or the other")
    kept = {
        "support": share(options.get("support")),
        "lang": language(options.get("lang")),
        "changes": one_of(options.get("changes"), CHANGES, "changes"),
    }
    return Task("check", {name: value for name, value in kept.items() if value is not None}, chosen, drafts, sources)


def align_task(
    options: Mapping[str, Any], articles: tuple[Given, ...], names: Iterable[str], kind: str = "align"
) -> Task:
    """The task of comparing articles, or of finding their quotations. Raises `Refused`."""
    chosen = collection(options.get("collection"), names)
    if chosen is None and not articles:
        raise Refused(422, "there are no articles", do="choose a collection, or give articles")
    if chosen is not None and articles:
        raise Refused(422, "there are a collection and articles of your own", do="give one or the other")
    lang = language(options.get("lang"))
    return Task(kind, {"lang": lang} if lang else {}, chosen, articles)


async def json_of(request: Request) -> dict[str, Any]:
    """The JSON object of a request. Raises `Refused`. Asking for its type keeps forms of other sites out."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refused(415, "not JSON", do="send it with Content-Type: application/json")
    try:
        found = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        place = f" at line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise Refused(400, f"not valid JSON{place}") from None
    if not isinstance(found, dict):
        raise Refused(400, "not a JSON object", do="see /api/openapi.json")
    return found
