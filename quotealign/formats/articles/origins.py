"""Origins: from which file, and which of its lines, an article was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from quotealign.formats.files import identity
from quotealign.model import Article, Notice, Origin


def from_file(given: Iterable[Article | Notice], file: str) -> Iterator[Article | Notice]:
    """The same, each article with its file; that of a record knows its line already."""
    key = None if file == "-" else identity(Path(file))
    for found in given:
        line = found.origin.line if isinstance(found, Article) and found.origin else None
        yield replace(found, origin=Origin(file, line, key)) if isinstance(found, Article) else found
