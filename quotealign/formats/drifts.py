"""Records of drift and of transmission: how they are written, and how they are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quotealign.errors import InputMalformed
from quotealign.formats.records import SCHEMA, Record
from quotealign.model import Descent, Drift, Trace, Transmission


def drift_record(drift: Drift) -> Record:
    """The record of a drift, with all its evidence."""
    return {
        "type": "drift",
        "schema": SCHEMA,
        "a": drift.a,
        "b": drift.b,
        "verdict": drift.verdict,
        "strength": drift.strength,
        "translated": drift.translated,
        "shared": list(drift.shared),
        "why": drift.why,
        "traces": [_trace_record(trace) for trace in drift.traces],
    }


def _trace_record(trace: Trace) -> Record:
    return {
        "kind": trace.kind,
        "towards": trace.towards,
        "weight": trace.weight,
        "text": trace.text,
        "why": trace.why,
        "places": [{"article": article, "span": list(span)} for article, span in trace.places],
        "cluster": trace.cluster or None,
        "side": trace.side,
        "language": trace.language,
    }


def drift_of(record: Mapping[str, Any], where: str) -> Drift:
    """The drift of a record; `a`, `b` and `verdict` are required."""
    try:
        traces = tuple(
            Trace(
                t["kind"],
                t["towards"],
                t["weight"],
                t.get("text", ""),
                t.get("why", ""),
                tuple((p["article"], (int(p["span"][0]), int(p["span"][1]))) for p in t.get("places", ())),
                t.get("cluster") or "",
                t.get("side"),
                t.get("language"),
            )
            for t in record.get("traces", ())
        )
        return Drift(
            record["a"],
            record["b"],
            record["verdict"],
            record.get("strength", 0.0),
            tuple(record.get("shared", ())),
            record.get("translated"),
            traces,
            record.get("why", ""),
        )
    except (TypeError, KeyError, ValueError, IndexError, AttributeError):
        raise InputMalformed("not a drift record", where=where, do="see the records in docs/records.md") from None


def transmission_record(transmission: Transmission) -> Record:
    """The record of a transmission, a descent for each witness."""
    descents = [
        {
            "witness": d.witness,
            "source": d.source,
            "why": d.why,
            "rivals": list(d.rivals),
            "distance": d.distance,
            "strength": d.strength,
            "through": d.through,
            "readings": list(d.readings),
        }
        for d in transmission.descents
    ]
    return {
        "type": "transmission",
        "schema": SCHEMA,
        "cluster": transmission.cluster,
        "first": transmission.first,
        "descents": descents,
    }


def transmission_of(record: Mapping[str, Any], where: str) -> Transmission:
    """The transmission of a record; `cluster` and the witness of each descent are required."""
    try:
        descents = tuple(
            Descent(
                d["witness"],
                d.get("source"),
                d.get("why", ""),
                tuple(d.get("rivals", ())),
                d.get("distance"),
                d.get("strength", 0.0),
                d.get("through", "undetermined"),
                tuple(d.get("readings", ())),
            )
            for d in record.get("descents", ())
        )
        return Transmission(record["cluster"], descents, record.get("first"))
    except (TypeError, KeyError, AttributeError):
        raise InputMalformed(
            "not a transmission record", where=where, do="see the records in docs/records.md"
        ) from None
