"""Baselines: findings that somebody has looked at and lets stand, by id; the rest is for whoever reads the file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from quotealign.errors import InputMalformed
from quotealign.formats.checked import Checked
from quotealign.formats.files import read_text, store, utf8


def read_baseline(path: Path, *, to_change: bool = False) -> frozenset[str]:
    """The ids of accepted findings. Raises `InputMissing`, `InputMalformed`."""
    try:
        found = json.loads(read_text(path, to_change=to_change))
        return frozenset(str(item["id"]) for item in found["accepted"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise InputMalformed("not a baseline", where=str(path), do="name one, or a new file") from None


def write_baseline(checked: Iterable[Checked], path: Path) -> int:
    """Write the findings as accepted ones, a line each, in order; returns how many. What stands there and is no
    baseline is not written over: raises `InputMalformed`, `OutputRefused`."""
    if path.exists():
        read_baseline(path, to_change=True)
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
