"""From paths to articles: which files, which format, one article or one notice at a time.

A stream: nothing is kept but the ids seen, so that an archive can be read in flat memory.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from quotealign.errors import InputMissing, QuotealignError
from quotealign.formats.articles.encodings import decode, refuse_unknown
from quotealign.formats.files import read_all
from quotealign.formats.records import article_of, parse_line
from quotealign.model import Article, Notice

FORMATS = {".txt": "txt", ".text": "txt", ".jsonl": "jsonl", ".ndjson": "jsonl", ".xml": "tei"}
"""File endings and the formats they stand for."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read: `format` and `encoding` override what the files say, `largest` is in bytes for one article.

    What lies in the folder `besides`, such as our own results, is not read with a folder around it.
    """

    format: str | None = None
    encoding: str | None = None
    lang: str | None = None
    largest: int = 5_000_000
    besides: Path | None = None


def read(
    inputs: Iterable[str | Path], how: Reading | None = None, *, stdin: BinaryIO | None = None
) -> Iterator[Article | Notice]:
    """Articles, and a notice for each input that gives none or that a person should look at.

    A folder is read recursively, in the order of names; `-` is standard input (JSON Lines).
    Raises `NameUnknown` where `how` names an encoding that there is not.
    """
    how = how or Reading()
    if how.encoding is not None:
        refuse_unknown(how.encoding)
    seen: set[str] = set()
    for found in _all(inputs, how, stdin):
        if isinstance(found, Notice):
            yield found
            continue
        article = found if how.lang is None else found.with_lang(how.lang)
        if article.id in seen:
            number = 2
            while f"{article.id}.{number}" in seen:
                number += 1
            renamed = f"{article.id}.{number}"
            yield Notice(
                "same-id", article.id, "a second article has this id", f"it is read as {renamed}; give each its own id"
            )
            article = replace(article, id=renamed)
        seen.add(article.id)
        yield article


def _all(inputs: Iterable[str | Path], how: Reading, stdin: BinaryIO | None) -> Iterator[Article | Notice]:
    for name in inputs:
        if str(name) == "-":
            stream = stdin if stdin is not None else sys.stdin.buffer
            if how.format == "tei":
                yield from _tei(read_all(stream), "standard input", "stdin", True)
            else:
                yield from _parse(read_all(stream), "standard input", "stdin", how.format or "jsonl", how)
            continue
        path = Path(name)
        if not str(name):
            yield Notice("unreadable", "(no name)", "an empty name was given", "name a file or folder", skipped=True)
        elif os.path.isdir(path):
            files = sorted(p for p in path.rglob("*") if _is_article(p, path, how))
            if not files:
                endings = ", ".join(sorted(FORMATS))
                yield Notice(
                    "empty-folder",
                    str(path),
                    f"no article in this folder ({endings})",
                    "put articles there or name their files",
                    skipped=True,
                )
            for file in files:
                yield from _file(file, how, named=False)
        else:
            yield from _file(path, how)


def _is_article(path: Path, root: Path, how: Reading) -> bool:
    if any(part.startswith(".") for part in path.relative_to(root).parts) or path.suffix.lower() not in FORMATS:
        return False
    if how.besides is not None and path.resolve().is_relative_to(how.besides.resolve()):
        return False
    return path.is_file() or path.is_symlink()  # a link that leads nowhere is an article lost, and is told


def _file(path: Path, how: Reading, *, named: bool = True) -> Iterator[Article | Notice]:
    kind = how.format or FORMATS.get(path.suffix.lower())
    try:
        if not path.exists():
            raise InputMissing("no such file or folder", do="check the path")
        if kind is None:
            known = ", ".join(sorted(FORMATS))
            yield Notice(
                "format",
                str(path),
                f"the ending {path.suffix or '(none)'} is not one of {known}",
                "say what it is with --from txt, --from jsonl or --from tei",
                skipped=True,
            )
            return
        if kind in ("txt", "tei") and path.stat().st_size > how.largest:
            yield _too_large(str(path), path.stat().st_size, how.largest)
            return
        if kind == "tei":
            yield from _tei(path.read_bytes(), str(path), path.stem, named)
        else:
            yield from _parse(path.read_bytes(), str(path), path.stem, kind, how)
    except QuotealignError as error:
        yield Notice("unreadable", str(path), error.what, error.do, skipped=True)
    except OSError as error:
        yield Notice(
            "unreadable", str(path), f"cannot be read ({error.strerror})", "check its permissions", skipped=True
        )


def _parse(data: bytes, where: str, stem: str, kind: str, how: Reading) -> Iterator[Article | Notice]:
    try:
        decoded = decode(data, encoding=how.encoding)
    except QuotealignError as error:
        yield Notice("encoding", where, error.what, error.do, skipped=True)
        return
    if not decoded.text.strip():
        yield Notice("empty", where, "holds no text", "put text there or leave it out", skipped=True)
        return
    if decoded.remark:
        yield Notice("encoding", where, decoded.remark, decoded.advice)
    if kind == "txt":
        if len(data) > how.largest:
            yield _too_large(where, len(data), how.largest)
        else:
            yield Article(id=stem, text=decoded.text)
        return
    if how.format is None and not any(line.lstrip()[:1] in ("{", "[") for line in decoded.text.split("\n")):
        yield Notice("format", where, "not JSON Lines", "say --from txt if it is plain text", skipped=True)
        return
    yield from _lines(decoded.text, where, how)


def _tei(data: bytes, where: str, stem: str, named: bool) -> Iterator[Article | Notice]:
    """The articles of a TEI file. A file of a folder that holds none, such as a collation, is passed over."""
    from quotealign.formats.tei.input import articles_in

    found = False
    for item in articles_in(data, where, stem):
        found = True
        yield item
    if not found and named:
        what = "no article in this file: it is a collation, an index, or no TEI"
        yield Notice("no-article", where, what, "name the files of articles, or their folder", skipped=True)


def _lines(text: str, where: str, how: Reading) -> Iterator[Article | Notice]:
    if _is_array(text):
        yield Notice(
            "record", where, "a JSON array, not JSON Lines", "write one record a line (jq -c '.[]')", skipped=True
        )
        return
    # Only the line feed ends a JSON line: U+2028 may stand inside a string.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        place = f"{where}:{number}"
        if len(line) > how.largest:
            yield _too_large(place, len(line), how.largest)
            continue
        try:
            article = article_of(parse_line(line, place), place)
        except QuotealignError as error:
            yield Notice("record", error.where or place, error.what, error.do, skipped=True)
            continue
        if not article.text.strip():
            yield Notice(
                "empty", place, f"article {article.id} holds no text", "put text there or leave it out", skipped=True
            )
            continue
        yield article


def _is_array(text: str) -> bool:
    """Whether the text is one JSON array: then one sentence says so, and not one for each of its lines."""
    if not text.lstrip().startswith("["):
        return False
    try:
        return isinstance(json.loads(text), list)
    except (ValueError, RecursionError):
        return False


def _too_large(where: str, size: int, largest: int) -> Notice:
    what = f"{size / 1e6:.1f} MB, above the {largest / 1e6:g} MB allowed for one article"
    return Notice("too-large", where, what, "split it, or raise --max-bytes", skipped=True)
