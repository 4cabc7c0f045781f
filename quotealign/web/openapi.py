"""What the API takes and gives: one OpenAPI 3.1 document. The tests hold every answer against it."""

from __future__ import annotations

from typing import Any

from quotealign import __version__
from quotealign.languages import codes
from quotealign.model import Kind, Verdict
from quotealign.web.limits import Limits

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_MAYBE: Schema = {"type": ["string", "null"]}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_SPAN: Schema = {"type": "array", "items": _COUNT, "minItems": 2, "maxItems": 2}


def document(limits: Limits) -> Schema:
    """The description of the API as it is served."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "quotealign on this machine",
            "version": __version__,
            "description": "Checks drafts, compares articles, finds quotations. Work is a run: what starts one answers "
            "with its address, or with its result where `wait` was long enough. Posted bodies are application/json; "
            f"of at most {limits.body:,} bytes. Runs are forgotten {limits.kept:g} seconds after the last look.",
        },
        "paths": {
            "/api/check": {"post": _starts("Check the quotations of a draft against sources", "Check", limits)},
            "/api/align": {"post": _starts("Compare articles", "Compare", limits)},
            "/api/extract": {"post": _starts("Find the quotations of articles", "Extract", limits)},
            "/api/runs/{id}": {
                "parameters": [_in_path("id")],
                "get": {
                    "operationId": "getRun",
                    "summary": "How far a run is, or what came of it",
                    "parameters": [_WAIT],
                    "responses": {"200": _json("Over", "Run"), "202": _json("Not over yet", "Run"), **_problems(404)},
                },
                "delete": {
                    "operationId": "deleteRun",
                    "summary": "Stop a run and forget it",
                    "responses": {"204": {"description": "Forgotten"}, **_problems(404)},
                },
            },
            "/api/runs/{id}/files/{name}": {
                "parameters": [_in_path("id"), _in_path("name")],
                "get": {
                    "operationId": "getFile",
                    "summary": "A file that a run has left",
                    "responses": {"200": {"description": "The file", "content": {"*/*": {}}}, **_problems(404)},
                },
            },
            "/api/collections": {
                "get": {
                    "operationId": "getCollections",
                    "summary": "What was named when the server was started",
                    "responses": {"200": _json("Collections", "Collections")},
                }
            },
            "/api/collections/{name}/clusters": {
                "parameters": [_in_path("name")],
                "get": {
                    "operationId": "getClusters",
                    "summary": "Clusters of a corpus, the largest first, 50 at a time",
                    "parameters": [
                        _in_query("words", {**_TEXT, "maxLength": 200}),
                        _in_query("page", {"type": "integer", "minimum": 1, "default": 1}),
                    ],
                    "responses": {"200": _json("Clusters", "Clusters"), **_problems(404, 422, 503)},
                },
            },
            "/api/collections/{name}/cluster": {
                "parameters": [_in_path("name")],
                "get": {
                    "operationId": "getCluster",
                    "summary": "One cluster of a corpus with all that belongs to it",
                    "parameters": [{**_in_query("id", {**_TEXT, "maxLength": 200}), "required": True}],
                    "responses": {"200": _json("The cluster", "WholeCluster"), **_problems(404, 503)},
                },
            },
        },
        "components": {"schemas": _schemas(), "responses": {"Problem": _problem()}},
    }


_WAIT: Schema = {
    "name": "wait",
    "in": "query",
    "description": "Seconds to wait for the end",
    "schema": {"type": "integer", "minimum": 0, "maximum": 60, "default": 0},
}


def _in_path(name: str) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": _TEXT}


def _in_query(name: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "schema": schema}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _json(description: str, name: str) -> Schema:
    return {"description": description, "content": {"application/json": {"schema": _ref(name)}}}


def _problem() -> Schema:
    content = {"application/problem+json": {"schema": _ref("Problem")}}
    return {"description": "One sentence: what is wrong, and what to do (RFC 9457)", "content": content}


def _problems(*statuses: int) -> Schema:
    everywhere = (403, 421)
    return {str(status): {"$ref": "#/components/responses/Problem"} for status in sorted({*statuses, *everywhere})}


def _starts(summary: str, name: str, limits: Limits) -> Schema:
    body = {"required": True, "content": {"application/json": {"schema": _ref(name)}}}
    return {
        "operationId": f"post{name}",
        "summary": summary,
        "description": f"A run may take {limits.seconds:g} seconds, and a collection is read before that.",
        "parameters": [_WAIT],
        "requestBody": body,
        "responses": {
            "200": _json("Over already", "Run"),
            "202": _json("Begun; Location has its address", "Run"),
            **_problems(400, 404, 408, 413, 415, 422, 503),
        },
    }


def _object(required: str, /, **properties: Schema) -> Schema:
    return {**_record(required, **properties), "additionalProperties": False}


def _record(required: str, /, **properties: Schema) -> Schema:
    return {"type": "object", "required": required.split(), "properties": properties}


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _schemas() -> dict[str, Schema]:
    """Requests and answers. The records are those of docs/records.md: what they need is told, more may be there."""
    article = _record("text", id=_TEXT, text=_TEXT, lang=_TEXT, title=_MAYBE, outlet=_MAYBE)
    articles: Schema = {"anyOf": [_TEXT, _ref("Article"), _list({"anyOf": [_TEXT, _ref("Article")]})]}
    lang: Schema = {"type": "string", "examples": [code for code in codes() if code != "und"]}
    names = {"collection": {**_TEXT, "description": "A name of /api/collections, in place of texts"}, "lang": lang}
    record = {"type": "object", "required": ["type", "id"]}
    files = _object("name type bytes href", name=_TEXT, type=_TEXT, bytes=_COUNT, href=_TEXT)
    results = [_ref("Findings"), _ref("Quotations"), _ref("Alignment"), {"type": "null"}]
    return {
        "Article": article,
        "Check": _object(
            "draft",
            draft=articles,
            sources=articles,
            support={"type": "number", "minimum": 0.1, "maximum": 1, "default": 0.6},
            **names,
        ),
        "Compare": _object("", articles=articles, **names),
        "Extract": _object(
            "",
            articles=articles,
            unit={"enum": ["whole", "part"], "default": "whole"},
            indirect={"type": "boolean", "default": False},
            **names,
        ),
        "Run": _object(
            "id kind status stage progress problem seconds page title summary notices files result",
            id=_TEXT,
            kind={"enum": ["align", "check", "extract"]},
            status={"enum": ["waiting", "running", "done", "failed", "stopped"]},
            stage={**_MAYBE, "description": "What is being done"},
            progress={
                "anyOf": [_object("done of", done=_COUNT, of=_COUNT), {"type": "null"}],
                "description": "How many quotations of the draft are done, where they are counted",
            },
            problem={**_MAYBE, "description": "Why there is no result, in one sentence"},
            seconds=_COUNT,
            page={**_TEXT, "description": "The address of the same for people"},
            title=_MAYBE,
            summary=_MAYBE,
            notices=_list(_TEXT),
            files=_list(files),
            result={"anyOf": results},
        ),
        "Findings": _object("findings", findings=_list(_ref("Finding"))),
        "Finding": _record(
            "type id quotation verdict line column passage edits score message file",
            type={"const": "finding"},
            quotation=_ref("Quotation"),
            verdict={"enum": [verdict.value for verdict in Verdict]},
            line=_COUNT,
            column=_COUNT,
            passage={"type": ["object", "null"]},
            edits=_list({"type": "object"}),
            score={"type": "number"},
            message=_TEXT,
        ),
        "Quotations": _object("quotations", quotations=_list(_ref("Quotation"))),
        "Quotation": _record(
            "type id article lang kind text",
            type={"const": "quotation"},
            kind={"enum": [kind.value for kind in Kind]},
            spans=_list(_SPAN),
            text=_TEXT,
        ),
        "Alignment": _object(
            "quotations clusters divergences",
            quotations=_list(_ref("Quotation")),
            clusters=_list(record),
            divergences=_list({"type": "object", "required": ["type", "cluster", "a", "b"]}),
        ),
        "Collections": _object(
            "collections",
            collections=_list(_object("name kind", name=_TEXT, kind={"enum": ["corpus", "files"]})),
        ),
        "Clusters": _object(
            "total page pages clusters",
            total=_COUNT,
            page=_COUNT,
            pages=_COUNT,
            clusters=_list(
                _object(
                    "id size lemma speakers outlets",
                    id=_TEXT,
                    size=_COUNT,
                    lemma=_TEXT,
                    speakers=_list(_TEXT),
                    outlets=_list(_TEXT),
                )
            ),
        ),
        "WholeCluster": _object(
            "cluster quotations apparatus divergences",
            cluster=record,
            quotations=_list(_ref("Quotation")),
            apparatus={"type": "object"},
            divergences=_list({"type": "object"}),
        ),
        "Problem": _object("type title status", type=_TEXT, title=_TEXT, status={"type": "integer"}),
    }
