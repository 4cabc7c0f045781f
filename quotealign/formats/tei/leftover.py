"""What TEI has no place for: JSON in the header of our own files, laid over what TEI tells when they are read."""

from __future__ import annotations

import json
from typing import Any

from quotealign.formats.records import Record
from quotealign.formats.tei.elements import NAMESPACES, UNENCODABLE, Element


def as_json(rest: dict[str, Any]) -> str:
    """JSON for a header; what XML cannot hold is escaped by JSON."""
    return UNENCODABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(rest, ensure_ascii=False))


def rest_in(tree: Element) -> dict[str, Any]:
    """The JSON in the header of a file of ours; empty where there is none."""
    text = tree.findtext("t:teiHeader/t:xenoData[@type='quotealign']", None, NAMESPACES)
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def laid_over(record: Record, rest: Any) -> Record:
    """A record as TEI tells it, with the fields that it truly has and without those that it has not."""
    match rest:
        case [dict(lost), list(gone)]:
            return {key: value for key, value in (record | lost).items() if key not in gone}
        case _:
            return record
