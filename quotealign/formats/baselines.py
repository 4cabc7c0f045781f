"""Baselines: findings that somebody has looked at and lets stand, by id; the rest is for whoever reads the file.

An id is a finding's `fingerprint`, which does not hang on the name of its draft. Files of earlier versions have ids
that do: they hold for as long as the draft is called so, and each becomes a fingerprint when its draft is updated.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from quotealign.errors import InputMalformed, InputMissing
from quotealign.formats.checked import Checked
from quotealign.formats.files import identity, read_text, store, utf8
from quotealign.model import Finding


class Updated(NamedTuple):
    """What became of a baseline: findings that were added, that are gone from their drafts, that it holds now; and how
    many of these stand in drafts that were not checked."""

    added: int
    removed: int
    held: int
    elsewhere: int


class Baseline:
    """The accepted findings of a file. Raises `InputMissing`, `InputMalformed`."""

    def __init__(self, path: Path, *, to_change: bool = False) -> None:
        self._path = path
        self._rows: dict[str, dict[str, Any]] = {}
        if not path.exists():
            if to_change:
                return
            raise InputMissing("no such baseline", where=str(path), do="write it with --update-baseline")
        try:
            found = json.loads(read_text(path, to_change=to_change))
            self._rows = {str(item["id"]): dict(item) for item in found["accepted"]}
        except (ValueError, TypeError, KeyError, RecursionError):
            raise InputMalformed("not a baseline", where=str(path), do="name one, or a new file") from None

    def holds(self, finding: Finding) -> bool:
        """Whether a finding is accepted."""
        return finding.fingerprint in self._rows or finding.id in self._rows

    def update(self, failing: Iterable[Checked], checked: Iterable[Checked], drafts: Collection[str]) -> Updated:
        """Accept what fails as well, and write the file. Of the `drafts`, which are the files that were checked, what
        was accepted stays where it was found again, however grave; what was accepted in other drafts stays. Raises
        `OutputRefused`."""
        found = {c.finding.fingerprint: c for c in checked if self.holds(c.finding)}
        kept = {c.finding.id for c in found.values()} | set(found)
        of_drafts = {*map(_key, drafts)}
        rest = {
            name: row
            for name, row in self._rows.items()
            if name not in kept and _key(str(row.get("file", ""))) not in of_drafts
        }
        new = {c.finding.fingerprint: c for c in failing}
        rows = rest | {name: _row(c) for name, c in {**found, **new}.items()}
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows.values())
        store(utf8('{"accepted": [\n' + lines + "\n]}\n"), self._path)
        gone = sum(name not in rest and name not in kept for name in self._rows)
        return Updated(len(new.keys() - found.keys()), gone, len(rows), len(rest))


def _key(file: str) -> object:
    """The same for all names of a file; a name that leads nowhere stands for itself."""
    return identity(Path(file)) or file


def _row(checked: Checked) -> dict[str, Any]:
    finding = checked.finding
    return {
        "id": finding.fingerprint,
        "verdict": finding.verdict.value,
        "file": checked.file,
        "text": finding.quotation.text,
        "message": finding.message,
    }
