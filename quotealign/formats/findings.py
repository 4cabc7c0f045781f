"""Findings written for other programs: records, lines, SARIF, annotations of GitHub; `WRITERS` is their table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from quotealign.errors import InputMalformed
from quotealign.formats.checked import LEVELS, Checked
from quotealign.formats.records import (
    SCHEMA,
    Record,
    dump,
    edit_of,
    edit_record,
    quotation_of,
    quotation_record,
    spans_of,
    speaker_of,
    speaker_record,
)
from quotealign.formats.sarif import sarif
from quotealign.formats.spreadsheet import csv_of
from quotealign.model import Finding, SourcePassage, Verdict

_GITHUB = {"error": "error", "warning": "warning", "note": "notice"}


def finding_record(finding: Finding) -> Record:
    """The record of a finding."""
    return {
        "type": "finding",
        "schema": SCHEMA,
        "id": finding.id,
        "quotation": quotation_record(finding.quotation),
        "line": finding.line,
        "column": finding.column,
        "end": list(finding.end),
        "verdict": finding.verdict.value,
        "marked": finding.marked,
        "passage": None if finding.passage is None else passage_record(finding.passage),
        "further": [passage_record(passage) for passage in finding.further],
        "class": finding.label,
        "divergence": finding.divergence,
        "severity": finding.severity,
        "edits": [edit_record(edit) for edit in finding.edits],
        "score": finding.score,
        "message": finding.message,
    }


def passage_record(passage: SourcePassage) -> Record:
    """The record of a passage of a source."""
    return {
        "article": passage.article,
        "lang": passage.lang,
        "spans": [list(span) for span in passage.spans],
        "text": passage.text,
        "sentence": {"span": list(passage.sentence_span), "text": passage.sentence},
        "line": passage.line,
        "column": passage.column,
        "speaker": None if passage.speaker is None else speaker_record(passage.speaker),
        "source": passage.source,
        "quoted": passage.quoted,
    }


def finding_of(record: Mapping[str, Any], where: str) -> Finding:
    """The finding of a record. Raises `InputMalformed`."""
    try:
        passage = record.get("passage")
        return Finding(
            quotation=quotation_of(record["quotation"], where),
            verdict=Verdict(record["verdict"]),
            message=record["message"],
            line=record.get("line", 1),
            column=record.get("column", 1),
            end=(record["end"][0], record["end"][1]) if "end" in record else (1, 1),
            passage=None if passage is None else passage_of(passage, where),
            further=tuple(passage_of(one, where) for one in record.get("further", ())),
            edits=tuple(edit_of(edit, where) for edit in record.get("edits", ())),
            label=record.get("class"),
            divergence=record.get("divergence"),
            severity=record.get("severity"),
            score=record.get("score", 0.0),
            marked=record.get("marked"),
        )
    except (TypeError, KeyError, ValueError, IndexError):
        raise InputMalformed("not a finding record", where=where, do="see the records in docs/records.md") from None


def passage_of(record: Mapping[str, Any], where: str = "") -> SourcePassage:
    """The passage of a record."""
    sentence = record["sentence"]
    return SourcePassage(
        article=record["article"],
        lang=record.get("lang", "und"),
        spans=spans_of(record["spans"], where),
        text=record["text"],
        sentence=sentence["text"],
        sentence_span=spans_of([sentence["span"]], where)[0],
        line=record.get("line", 1),
        column=record.get("column", 1),
        speaker=speaker_of(record.get("speaker")),
        source=record.get("source"),
        quoted=record.get("quoted", False),
    )


def _json(checked: Sequence[Checked], version: str) -> str:
    """One document, a finding for every quotation of the drafts, in order; then the files of the articles in which the
    passages stand, as far as they are known: a finding is the same wherever its sources lie."""
    rows = [dump({**finding_record(c.finding), "file": c.file, "accepted": c.accepted}).rstrip("\n") for c in checked]
    found = {p.article: a.file for c in checked for p in c.finding.passages if (a := c.sources.get(p.article))}
    files = {article: file for article, file in sorted(found.items()) if file}
    sources = f', "sources": {dump(files).rstrip()}' if files else ""
    return '{"findings": [\n' + ",\n".join(rows) + f"\n]{sources}}}\n" if rows else '{"findings": []}\n'


def _lines(checked: Sequence[Checked], version: str) -> str:
    """A line a finding, those that are verbatim or accepted left out, as compilers print them."""
    return "".join(
        f"{_plain(c.file)}:{f.line}:{f.column}: {f.verdict.value}: {_plain(_message(c))}\n"
        for c in _telling(checked)
        for f in (c.finding,)
    )


def _message(checked: Checked) -> str:
    """The message, with where to open the passages behind it: it knows its articles by id only."""
    where = ", ".join(dict.fromkeys(place for p, place in checked.places if not place.startswith(f"{p.article}:")))
    return f"{checked.finding.message} [{where}]" if where else checked.finding.message


def _telling(checked: Iterable[Checked]) -> list[Checked]:
    return [c for c in checked if not c.accepted and c.finding.verdict != Verdict.VERBATIM]


def _plain(text: str) -> str:
    """The text on one line, without what steers a terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in " ".join(text.split()))


def _github(checked: Sequence[Checked], version: str) -> str:
    """Workflow commands, which GitHub shows beside the lines of a change."""
    rows = []
    for c in _telling(checked):
        f = c.finding
        file, line = (c.origin.file, c.origin.line) if c.origin else (c.file, None)
        places: dict[str, object] = {"file": file, "line": f.line, "endLine": f.end[0]}
        places |= {"col": f.column, "endColumn": f.end[1]}
        if line is not None:
            places = {"file": file, "line": line}
        if file == "-":
            places = {}
        where = ",".join(f"{name}={_escaped(str(v), ',:')}" for name, v in {**places, "title": f.verdict.value}.items())
        rows.append(f"::{_GITHUB[LEVELS[f.verdict]]} {where}::{_escaped(_message(c))}\n")
    return "".join(rows)


def _escaped(text: str, further: str = "") -> str:
    return "".join(f"%{ord(c):02X}" if c in "%\r\n" + further else c for c in text)


_COLUMNS = (
    "file line column verdict class severity score speaker quotation passage article said_by message source accepted"
).split()


def _csv(checked: Sequence[Checked], version: str) -> str:
    """A row a finding, for spreadsheets."""
    return csv_of(_COLUMNS, map(_cells, checked))


def _cells(checked: Checked) -> list[str]:
    finding, passages = checked.finding, checked.finding.passages
    said_by = [p.speaker.name if p.speaker else p.source or "" for p in passages[:1]]
    return [
        checked.file,
        str(finding.line),
        str(finding.column),
        finding.verdict.value,
        finding.label or "",
        "" if finding.severity is None else f"{finding.severity:.2f}",
        f"{finding.score:.3f}",
        finding.quotation.speaker.name if finding.quotation.speaker else "",
        finding.quotation.text,
        " … ".join(p.text for p in passages),
        ", ".join(f"{p.article}:{p.line}:{p.column}" for p in passages),
        *(said_by or [""]),
        finding.message,
        ", ".join(place for _, place in checked.places),
        "yes" if checked.accepted else "",
    ]


WRITERS: dict[str, Callable[[Sequence[Checked], str], str]] = {
    "line": _lines,
    "json": _json,
    "csv": _csv,
    "sarif": sarif,
    "github": _github,
}
"""What writes findings, by the version that the document names where it names one."""
