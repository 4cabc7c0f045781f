"""Baselines: findings that somebody has looked at and lets stand, by id; the rest is for whoever reads the file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from quotealign.errors import InputMalformed, InputMissing
from quotealign.formats.files import read_text, store, utf8
from quotealign.formats.findings import Checked


def read_baseline(path: Path) -> frozenset[str]:
    """The ids of accepted findings. Raises `InputMissing`, `InputMalformed`."""
    if not path.exists():
        raise InputMissing("no such baseline", where=str(path), do="write it with --update-baseline")
    try:
        found = json.loads(read_text(path))
        return frozenset(str(item["id"]) for item in found["accepted"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise InputMalformed("not a baseline", where=str(path), do="write one with --update-baseline") from None


def write_baseline(checked: Iterable[Checked], path: Path) -> int:
    """Write the findings as accepted ones, a line each, in order; returns how many. Raises `OutputRefused`."""
    rows = {
        c.finding.id: json.dumps(
            {
                "id": c.finding.id,
                "verdict": c.finding.verdict.value,
                "file": c.file,
                "text": c.finding.quotation.text,
                "message": c.finding.message,
            },
            ensure_ascii=False,
        )
        for c in checked
    }
    store(utf8('{"accepted": [\n' + ",\n".join(rows.values()) + "\n]}\n"), path)
    return len(rows)
