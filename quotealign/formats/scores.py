"""Divergences of single pairs: records, a table, or lines for people. `WRITERS` is the table of names."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

from quotealign.formats.records import divergence_record, dump
from quotealign.model import Divergence

Row = tuple[str, str, str, Divergence]
"""A pair's id, its two texts, and how they diverge."""


def _jsonl(rows: Sequence[Row]) -> str:
    return "".join(dump({"id": name, **divergence_record(d)}) for name, _, _, d in rows)


def _csv(rows: Sequence[Row]) -> str:
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    names = list(rows[0][3].metrics) if rows else []
    writer.writerow(("id", "class", "divergence", "severity", *names))
    for name, _, _, d in rows:
        writer.writerow((name, d.label, d.divergence, d.severity, *(d.metrics[n] for n in names)))
    return sink.getvalue()


def _text(rows: Sequence[Row]) -> str:
    parts = []
    for name, a, b, d in rows:
        lines = [f"{name + ': ' if name else ''}{d.label}   divergence {d.divergence:.3f}   severity {d.severity:.2f}"]
        lines += [f"  a  {a}", f"  b  {b}"]
        lines += [f"  {e.severity:.2f} {e.kind:13} {e.a_text or '∅'} → {e.b_text or '∅'}   ({e.why})" for e in d.edits]
        lines.append("  " + "  ".join(f"{k} {v:g}" for k, v in d.metrics.items()))
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


WRITERS: dict[str, Callable[[Sequence[Row]], str]] = {"text": _text, "jsonl": _jsonl, "csv": _csv}
