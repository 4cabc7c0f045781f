"""The fields of every record, and what each may hold: what readers require is read off here, and so is the JSON Schema
(2020-12) that other programs can check our records and theirs with.

A field whose name ends in `!` is required; all others may be left out. Unknown fields are nowhere forbidden, since they
are passed through.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from quotealign.model import Kind

VERSION = 1
"""The number in `schema`."""

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_WORDS: Schema = {"type": "string", "pattern": r"\S"}
_WHOLE: Schema = {"type": "integer"}
_NUMBER: Schema = {"type": "number"}
_SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
_FLAG: Schema = {"type": "boolean"}
_ANYTHING: Schema = {"type": "object"}
_SPAN: Schema = {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2}


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _or_null(one: Schema) -> Schema:
    return {**one, "type": [one["type"], "null"]} if "type" in one else {"anyOf": [one, {"type": "null"}]}


def _object(fields: Mapping[str, Schema]) -> Schema:
    shape: Schema = {"type": "object", "properties": {name.rstrip("!"): value for name, value in fields.items()}}
    required = [name.rstrip("!") for name in fields if name.endswith("!")]
    return shape | ({"required": required} if required else {})


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


_PASSAGE = _object({"span": _or_null(_SPAN), "text!": _TEXT})
_TOKEN = _object({"t!": _TEXT, "n": _TEXT})
_PARTS: dict[str, Schema] = {
    "speaker": _object({"id!": _TEXT, "name!": _TEXT, "kind": _TEXT, "authority": _or_null(_TEXT)}),
    "edit": _object(
        {
            "kind!": _TEXT,
            "a!": _list(_SPAN),
            "b!": _list(_SPAN),
            "severity!": _SHARE,
            "source": _TEXT,
            "a_text": _TEXT,
            "b_text": _TEXT,
            "why": _TEXT,
        }
    ),
    "passage": _object(
        {
            "article!": _TEXT,
            "lang": _TEXT,
            "spans!": _list(_SPAN),
            "text!": _TEXT,
            "sentence!": _object({"span!": _SPAN, "text!": _TEXT}),
            "line": _WHOLE,
            "column": _WHOLE,
            "speaker": _or_null(_ref("speaker")),
            "source": _or_null(_TEXT),
            "quoted": _FLAG,
        }
    ),
}
"""What stands in more than one record."""

FIELDS: dict[str, dict[str, Schema]] = {
    "article": {
        "id!": {"type": ["string", "integer"], "minLength": 1},
        "lang": _or_null(_TEXT),
        "title": _or_null(_TEXT),
        "outlet": _or_null(_TEXT),
        "published": _or_null(_TEXT),
        "url": _or_null(_TEXT),
        "text": _WORDS,
        "text_length": {"type": "integer", "minimum": 0},
        "text_sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    },
    "quotation": {
        "id!": _TEXT,
        "article!": _TEXT,
        "lang!": _TEXT,
        "kind!": {"enum": [kind.value for kind in Kind]},
        "spans": _or_null(_list(_SPAN)),
        "text!": _WORDS,
        "content": _or_null(_list(_SPAN)),
        "cue": _or_null(_PASSAGE),
        "source": _or_null(_PASSAGE),
        "speaker": _or_null(_ref("speaker")),
        "confidence": _or_null(_SHARE),
        "rule": _or_null(_TEXT),
        "outlet": _or_null(_TEXT),
        "published": _or_null(_TEXT),
    },
    "cluster": {
        "id!": _TEXT,
        "quotations!": {**_list(_TEXT), "minItems": 2},
        "lemma": _or_null(_TEXT),
        "links": _list(_object({"a!": _TEXT, "b!": _TEXT, "score!": _NUMBER, "evidence": _ANYTHING})),
    },
    "pair": {
        "id": {"type": ["string", "integer"]},
        "cluster": _TEXT,
        "quotations": _list(_TEXT),
        "a!": _TEXT,
        "b!": _TEXT,
        "lang_a": _or_null(_TEXT),
        "lang_b": _or_null(_TEXT),
    },
    "apparatus": {
        "id!": _TEXT,
        "witnesses!": _list(_TEXT),
        "table!": _list(_list(_or_null(_list(_TOKEN)))),
        "lemma": _or_null(_list(_or_null(_WHOLE))),
        "transpositions": _list(
            _object(
                {
                    "units!": {**_list(_SPAN), "minItems": 2, "maxItems": 2},
                    "witnesses!": {**_list(_list(_TEXT)), "minItems": 2, "maxItems": 2},
                    "resolved": _FLAG,
                }
            )
        ),
    },
    "divergence": {
        "id": _TEXT,
        "cluster!": _TEXT,
        "a!": _TEXT,
        "b!": _TEXT,
        "divergence!": _SHARE,
        "severity!": _SHARE,
        "class!": _TEXT,
        "metrics": {"type": "object", "additionalProperties": _or_null(_NUMBER)},
        "edits": _list(_ref("edit")),
        "evidence": _ANYTHING,
        "signature": _TEXT,
        "layers": _list(_object({"name!": _TEXT, "a!": _TEXT, "b!": _TEXT, "explained!": _list(_ref("edit"))})),
    },
    "drift": {
        "a!": _TEXT,
        "b!": _TEXT,
        "verdict!": _TEXT,
        "strength": _SHARE,
        "translated": _or_null(_TEXT),
        "shared": _list(_TEXT),
        "why": _TEXT,
        "traces": _list(
            _object(
                {
                    "kind!": _TEXT,
                    "towards!": _TEXT,
                    "weight!": {"type": "number", "exclusiveMinimum": 0},
                    "text": _TEXT,
                    "why": _TEXT,
                    "places": _list(_object({"article!": _TEXT, "span!": _SPAN})),
                    "cluster": _or_null(_TEXT),
                    "side": _or_null(_TEXT),
                    "language": _or_null(_TEXT),
                }
            )
        ),
    },
    "transmission": {
        "cluster!": _TEXT,
        "first": _or_null(_TEXT),
        "descents": _list(
            _object(
                {
                    "witness!": _TEXT,
                    "source": _or_null(_TEXT),
                    "why": _TEXT,
                    "rivals": _list(_TEXT),
                    "distance": _or_null(_NUMBER),
                    "strength": _SHARE,
                    "through": _TEXT,
                    "readings": _list(_TEXT),
                }
            )
        ),
    },
    "finding": {
        "id": _TEXT,
        "quotation!": _ref("quotation"),
        "line": _WHOLE,
        "column": _WHOLE,
        "end": {"type": "array", "items": _WHOLE, "minItems": 2, "maxItems": 2},
        "verdict!": _ref("verdict"),
        "marked": _or_null(_FLAG),
        "passage": _or_null(_ref("passage")),
        "further": _list(_ref("passage")),
        "class": _or_null(_TEXT),
        "divergence": _or_null(_SHARE),
        "severity": _or_null(_SHARE),
        "edits": _list(_ref("edit")),
        "score": _SHARE,
        "message!": _TEXT,
        "file": _TEXT,
        "accepted": _FLAG,
    },
}
"""Every record: its fields in the order in which they are written, behind `type` and `schema`."""

RECORDS = tuple(FIELDS)

_UNTYPED = ("article", "quotation", "pair")
"""Records that commands read without `type` too."""
_COMMENT = "The end of a span is not before its start. JSON Schema cannot compare the two; readers of quotealign do."

_EITHER: dict[str, tuple[tuple[str, ...], ...]] = {"article": (("text",), ("text_length", "text_sha256"))}
"""Records of which one of several groups of fields is required."""


@cache
def known(record: str) -> frozenset[str]:
    """The names of all fields of a record; others are its reader's to pass through."""
    return frozenset(("type", "schema", *(name.rstrip("!") for name in FIELDS[record])))


def required(record: str) -> tuple[str, ...]:
    """The fields that a record cannot be without."""
    return tuple(name.rstrip("!") for name in FIELDS[record] if name.endswith("!"))


def json_schema(record: str | None = None) -> Schema:
    """The JSON Schema of one kind of record; without a name that of any, by its `type`.

    What is used is defined within: the schema needs no other file. Raises KeyError for a record there is not.
    """
    from quotealign.model import Verdict

    defined = {name: _record(name) for name in RECORDS} | _PARTS
    defined["verdict"] = {"enum": [verdict.value for verdict in Verdict]}
    if record is None:
        # Asked one after the other, so that a checker tells what is wrong with the record that somebody meant.
        each = [_where("type", {"const": name}, _ref(name)) for name in RECORDS]
        typed: Schema = {"properties": {"type": {"enum": list(RECORDS)}}, "allOf": each}
        any_of: Schema = {"anyOf": [_ref(name) for name in _UNTYPED]}
        top: Schema = {"title": "A record of quotealign", "type": "object"}
        top |= {"if": {"required": ["type"]}, "then": typed, "else": any_of}
    else:
        top = {"title": f"A record of quotealign: {record}", **defined.pop(record)}
        defined = {name: shape for name, shape in defined.items() if name in _used(top, defined)}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$comment": _COMMENT, **top, "$defs": defined}


def _where(field: str, holds: Schema, then: Schema) -> Schema:
    return {"if": {"properties": {field: holds}}, "then": then}


def _record(name: str) -> Schema:
    head: dict[str, Schema] = {"type": {"const": name}, "schema": {"const": VERSION}}
    either = [{"required": list(group)} for group in _EITHER.get(name, ())]
    return _object(head | FIELDS[name]) | ({"anyOf": either} if either else {})


def _used(shape: Any, defined: Mapping[str, Schema]) -> set[str]:
    """The definitions that a shape leads to."""
    if isinstance(shape, list):
        return set().union(*(_used(part, defined) for part in shape))
    if not isinstance(shape, dict):
        return set()
    if "$ref" in shape:
        name = str(shape["$ref"]).rpartition("/")[2]
        return {name} | _used(defined[name], defined)
    return set().union(*(_used(part, defined) for part in shape.values()))
