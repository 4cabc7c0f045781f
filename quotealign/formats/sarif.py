"""Findings as SARIF 2.1.0 (OASIS 2020); columns are counted in Unicode code points, and it is said so there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import PurePath
from urllib.parse import quote

from quotealign.formats.checked import LEVELS, Checked
from quotealign.formats.records import Record
from quotealign.model import Article, Finding, Origin, SourcePassage, Verdict


def sarif(checked: Sequence[Checked], version: str) -> str:
    """One log with a result for each finding that is not verbatim; the rules are the verdicts."""
    verdicts = list(Verdict)
    run = {
        "tool": {
            "driver": {
                "name": "quotealign",
                "version": version,
                "rules": [
                    {
                        "id": verdict.value,
                        "shortDescription": {"text": verdict.meaning},
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
        "locations": [_draft(checked)],
        "partialFingerprints": {"quotealign/v1": finding.id},
        "properties": {"score": finding.score, "class": finding.label, "severity": finding.severity},
    }
    if finding.passages:
        result["relatedLocations"] = [
            {"id": number, **_source(p, checked.sources.get(p.article))} for number, p in enumerate(finding.passages, 1)
        ]
    if checked.accepted:
        result["suppressions"] = [{"kind": "external", "justification": "in the baseline"}]
    return result


def _draft(checked: Checked) -> Record:
    """Where a quotation stands: in its file, in the line of a file that holds its article's record, or in an article
    that came by standard input."""
    finding, origin = checked.finding, checked.origin or Origin(checked.file)
    region: Record = {"startLine": finding.line, "startColumn": finding.column}
    region |= {"endLine": finding.end[0], "endColumn": finding.end[1]}
    where = _physical(origin, {**region, "snippet": {"text": finding.quotation.text}})
    return where if origin.file != "-" and origin.line is None else where | _logical(finding.quotation.article, finding)


def _source(passage: SourcePassage, article: Article | None) -> Record:
    """Where a passage stands, with its sentence; in a file where it is known."""
    found = _physical(article.origin, {"startLine": passage.line, "startColumn": passage.column}) if article else {}
    return found | _logical(passage.article, passage) | {"message": {"text": passage.sentence}}


def _physical(origin: Origin | None, region: Record) -> Record:
    if origin is None or origin.file == "-":
        return {}
    if origin.line is not None:
        region = {"startLine": origin.line} | {key: region[key] for key in ("snippet",) if key in region}
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(origin.file)}, "region": region}}


def _logical(article: str, place: Finding | SourcePassage) -> Record:
    name = f"{article}:{place.line}:{place.column}"
    return {"logicalLocations": [{"name": article, "fullyQualifiedName": name}]}


def _uri(file: str) -> str:
    return quote(PurePath(file).as_posix(), safe="/")
