"""Findings written for other programs: records, lines, SARIF, annotations of GitHub. `WRITERS` is the table of names.

SARIF is version 2.1.0 (OASIS 2020); columns are counted in Unicode code points, and it is said so there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from quotealign.errors import InputMalformed
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
from quotealign.formats.spreadsheet import csv_of
from quotealign.model import Finding, SourcePassage, Verdict

LEVELS = {
    Verdict.VERBATIM: "none",
    Verdict.COSMETIC: "note",
    Verdict.TRIMMED: "note",
    Verdict.TRANSLATED: "warning",
    Verdict.REWORDED: "warning",
    Verdict.ALTERED: "error",
    Verdict.STITCHED: "error",
    Verdict.MISATTRIBUTED: "error",
    Verdict.UNSUPPORTED: "error",
}
"""How grave each verdict is, in the words of SARIF."""

MEANINGS = {
    Verdict.VERBATIM: "The words as they stand in the source.",
    Verdict.COSMETIC: "Only marks, case, spacing, spelling or contractions differ.",
    Verdict.TRIMMED: "Words are left out, the rest is as said.",
    Verdict.TRANSLATED: "A source in another language has the same, so far as names and figures tell.",
    Verdict.REWORDED: "Other words than those of the source.",
    Verdict.ALTERED: "At least one edit may change the meaning.",
    Verdict.STITCHED: "Two passages were made one.",
    Verdict.MISATTRIBUTED: "The source gives the words to somebody else.",
    Verdict.UNSUPPORTED: "No source has these words.",
}

_GITHUB = {"error": "error", "warning": "warning", "note": "notice"}


@dataclass(frozen=True, slots=True)
class Checked:
    """A finding in its file. `accepted` says that somebody has looked at it and lets it stand."""

    file: str
    finding: Finding
    accepted: bool = False


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
    """One document, a finding for every quotation of the drafts, in order."""
    rows = [dump({**finding_record(c.finding), "file": c.file, "accepted": c.accepted}).rstrip("\n") for c in checked]
    return '{"findings": [\n' + ",\n".join(rows) + "\n]}\n" if rows else '{"findings": []}\n'


def _lines(checked: Sequence[Checked], version: str) -> str:
    """A line a finding, those that are verbatim or accepted left out, as compilers print them."""
    return "".join(
        f"{_plain(c.file)}:{f.line}:{f.column}: {f.verdict.value}: {_plain(f.message)}\n"
        for c in _telling(checked)
        for f in (c.finding,)
    )


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
        places = {
            "file": c.file,
            "line": f.line,
            "endLine": f.end[0],
            "col": f.column,
            "endColumn": f.end[1],
            "title": f.verdict.value,
        }
        where = ",".join(f"{name}={_escaped(str(value), ',:')}" for name, value in places.items())
        rows.append(f"::{_GITHUB[LEVELS[f.verdict]]} {where}::{_escaped(f.message)}\n")
    return "".join(rows)


def _escaped(text: str, further: str = "") -> str:
    return "".join(f"%{ord(c):02X}" if c in "%\r\n" + further else c for c in text)


def _sarif(checked: Sequence[Checked], version: str) -> str:
    verdicts = list(Verdict)
    run = {
        "tool": {
            "driver": {
                "name": "quotealign",
                "version": version,
                "rules": [
                    {
                        "id": verdict.value,
                        "shortDescription": {"text": MEANINGS[verdict]},
                        "defaultConfiguration": {"level": LEVELS[verdict]},
                    }
                    for verdict in verdicts
                ],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(c, verdicts) for c in checked if c.finding.verdict != Verdict.VERBATIM],
    }
    document = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _result(checked: Checked, verdicts: list[Verdict]) -> Record:
    finding = checked.finding
    result: Record = {
        "ruleId": finding.verdict.value,
        "ruleIndex": verdicts.index(finding.verdict),
        "level": LEVELS[finding.verdict],
        "message": {"text": finding.message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(checked.file)},
                    "region": {
                        "startLine": finding.line,
                        "startColumn": finding.column,
                        "endLine": finding.end[0],
                        "endColumn": finding.end[1],
                        "snippet": {"text": finding.quotation.text},
                    },
                }
            }
        ],
        "partialFingerprints": {"quotealign/v1": finding.id},
        "properties": {"score": finding.score, "class": finding.label, "severity": finding.severity},
    }
    passages = [p for p in (finding.passage, *finding.further) if p is not None]
    if passages:
        result["relatedLocations"] = [
            {
                "id": number,
                "logicalLocations": [{"name": p.article, "fullyQualifiedName": f"{p.article}:{p.line}:{p.column}"}],
                "message": {"text": p.sentence},
            }
            for number, p in enumerate(passages, 1)
        ]
    if checked.accepted:
        result["suppressions"] = [{"kind": "external", "justification": "in the baseline"}]
    return result


_COLUMNS = "file line column verdict class severity score speaker quotation passage article said_by message".split()


def _csv(checked: Sequence[Checked], version: str) -> str:
    """A row a finding, for spreadsheets."""
    return csv_of(_COLUMNS, (_cells(c.file, c.finding) for c in checked))


def _cells(file: str, finding: Finding) -> list[str]:
    passages = [p for p in (finding.passage, *finding.further) if p is not None]
    said_by = [p.speaker.name if p.speaker else p.source or "" for p in passages[:1]]
    return [
        file,
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
    ]


def _uri(file: str) -> str:
    return quote(PurePath(file).as_posix(), safe="/")


WRITERS: dict[str, Callable[[Sequence[Checked], str], str]] = {
    "line": _lines,
    "json": _json,
    "csv": _csv,
    "sarif": _sarif,
    "github": _github,
}
"""What writes findings, by the version that the document names where it names one."""
