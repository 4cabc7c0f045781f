"""The records of quotations and of who spoke, and the places that all records count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from quotealign.errors import InputMalformed
from quotealign.formats import shapes
from quotealign.formats.records.lines import SCHEMA, Record
from quotealign.model import Kind, Passage, Quotation, Span, Speaker


def quotation_record(quotation: Quotation) -> Record:
    """The record of a quotation; what is not known is null."""

    def passage(p: Passage | None) -> Record | None:
        return None if p is None else {"span": list(p.span) if p.span else None, "text": p.text}

    speaker = quotation.speaker
    return {
        "type": "quotation",
        "schema": SCHEMA,
        "id": quotation.id,
        "article": quotation.article,
        "lang": quotation.lang,
        "kind": quotation.kind.value,
        "spans": [list(span) for span in quotation.spans],
        "text": quotation.text,
        "content": None if quotation.content is None else [list(span) for span in quotation.content],
        "cue": passage(quotation.cue),
        "source": passage(quotation.source),
        "speaker": None if speaker is None else speaker_record(speaker),
        "confidence": quotation.confidence,
        "rule": quotation.rule,
        "outlet": quotation.outlet,
        "published": quotation.published,
        **quotation.extra,
    }


def speaker_record(speaker: Speaker) -> Record:
    """The record of a speaker."""
    record = {"id": speaker.id, "name": speaker.name, "kind": speaker.kind}
    return record if speaker.authority is None else record | {"authority": speaker.authority}


def quotation_of(record: Mapping[str, Any], where: str) -> Quotation:
    """The quotation of a record; `id`, `article`, `lang`, `kind` and `text` are required."""
    for key in shapes.required("quotation"):
        if not isinstance(record.get(key), str):
            raise InputMalformed(f"the quotation has no {key}", where=where, do=f'give it a "{key}" string')
    if not record["text"].strip():
        raise InputMalformed(f"quotation {record['id']} holds no words", where=where, do="put them in, or leave it out")
    try:
        kind = Kind(record["kind"])
    except ValueError:
        kinds = ", ".join(k.value for k in Kind)
        raise InputMalformed(f"no kind {record['kind']!r}", where=where, do=f"use one of {kinds}") from None
    try:
        return Quotation(
            id=record["id"],
            article=record["article"],
            lang=record["lang"],
            kind=kind,
            text=record["text"],
            spans=spans_of(record.get("spans") or (), where),
            content=None if record.get("content") is None else spans_of(record["content"], where),
            cue=_passage(record.get("cue"), where),
            source=_passage(record.get("source"), where),
            speaker=speaker_of(record.get("speaker")),
            confidence=record.get("confidence"),
            rule=record.get("rule"),
            outlet=record.get("outlet"),
            published=record.get("published"),
            extra={k: v for k, v in record.items() if k not in shapes.known("quotation")},
        )
    except (TypeError, ValueError, KeyError, AttributeError):
        raise InputMalformed(
            f"quotation {record['id']} has a field of a wrong shape",
            where=where,
            do="see the records in docs/records.md",
        ) from None


def spans_of(pairs: Iterable[Iterable[int]], where: str = "") -> tuple[Span, ...]:
    """Spans of pairs of numbers. Raises `InputMalformed` where one runs backwards, which no JSON Schema can tell."""
    spans = tuple((int(start), int(end)) for start, end in pairs)
    for start, end in spans:
        if not 0 <= start <= end:
            what = f"the span [{start}, {end}] ends before it begins" if end < start else f"a span from {start}"
            raise InputMalformed(what, where=where, do="give [start, end], counted from 0, the end behind the start")
    return spans


def _passage(value: Mapping[str, Any] | None, where: str) -> Passage | None:
    if not value:
        return None
    span = value.get("span")
    return Passage(str(value["text"]), spans_of([span], where)[0] if span else None)


def speaker_of(value: Mapping[str, Any] | None) -> Speaker | None:
    """The speaker of a record; None for null."""
    if not value:
        return None
    return Speaker(value["id"], value["name"], value.get("kind", "person"), value.get("authority"))
