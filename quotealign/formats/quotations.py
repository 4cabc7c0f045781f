"""Quotations as a table or as lines for people. `WRITERS` is the table of names."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

from quotealign.formats.records import dump_all, quotation_record
from quotealign.model import Quotation

COLUMNS = ("id", "article", "lang", "kind", "start", "end", "speaker", "cue", "source", "confidence", "text")


def _row(quotation: Quotation) -> tuple[str, ...]:
    first, last = (quotation.spans[0][0], quotation.spans[-1][1]) if quotation.spans else ("", "")
    return (
        quotation.id,
        quotation.article,
        quotation.lang,
        quotation.kind.value,
        str(first),
        str(last),
        quotation.speaker.name if quotation.speaker else "",
        quotation.cue.text if quotation.cue else "",
        quotation.source.text if quotation.source else "",
        "" if quotation.confidence is None else str(quotation.confidence),
        quotation.text,
    )


def _safe(cell: str) -> str:
    """A spreadsheet takes a cell that begins so for a formula; an apostrophe keeps it text."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _jsonl(quotations: Sequence[Quotation]) -> str:
    return dump_all(map(quotation_record, quotations))


def _csv(quotations: Sequence[Quotation]) -> str:
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_safe(cell) for cell in _row(q)] for q in quotations)
    return sink.getvalue()


def _tsv(quotations: Sequence[Quotation]) -> str:
    rows = ["\t".join(COLUMNS)]
    rows += ["\t".join(" ".join(_safe(cell).split()) for cell in _row(q)) for q in quotations]
    return "\n".join(rows) + "\n"


def _text(quotations: Sequence[Quotation]) -> str:
    lines: list[str] = []
    article = None
    for quotation in quotations:
        if quotation.article != article:
            article = quotation.article
            lines.append(f"{'' if not lines else chr(10)}{article}")
        who = quotation.speaker.name if quotation.speaker else quotation.source.text if quotation.source else "—"
        lines.append(f"  {quotation.kind.value:8} {who}: “{quotation.text}”")
    return "\n".join(lines) + "\n" if lines else "no quotation found\n"


WRITERS: dict[str, Callable[[Sequence[Quotation]], str]] = {"jsonl": _jsonl, "csv": _csv, "tsv": _tsv, "text": _text}
