"""From paths to articles: which files, which format, one article or one notice at a time.

A stream: nothing is kept but the ids seen, and a large file of records is read a line at a time, so that an archive
can be read in flat memory.
"""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from quotealign.errors import InputMissing, QuotealignError
from quotealign.formats.articles.distinct import distinct
from quotealign.formats.articles.encodings import decode, refuse_unknown
from quotealign.formats.articles.origins import from_file
from quotealign.formats.articles.streams import WHOLE, can_be_streamed, count_lines, is_array, lines, pieces
from quotealign.formats.articles.versions import articles_of
from quotealign.formats.files import noted, read_all
from quotealign.formats.records import article_of, parse_line
from quotealign.model import Article, Notice, Origin

FORMATS = {".txt": "txt", ".text": "txt", ".jsonl": "jsonl", ".ndjson": "jsonl", ".xml": "tei"}
"""File endings and the formats they stand for."""
DOCUMENTS = {
    ".md": "txt",
    ".markdown": "txt",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".odt": "odt",
    ".pdf": "pdf",
}
"""Further endings: read where a file is named, and in a folder where `Reading.documents` asks for them."""

_PACKED = 10
"""How much larger a file may be whose pictures and layout are no text."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read: `format` and `encoding` override what the files say, `largest` is in bytes for one article.

    What lies in a folder of `besides`, such as our own results, or is one of its files is not read with a folder
    around it. `documents` takes in more than articles from a folder: what else we can read lies there as well.
    `changes` tells what becomes of tracked changes: accept, reject or both; then a document is two articles.
    """

    format: str | None = None
    encoding: str | None = None
    lang: str | None = None
    largest: int = 5_000_000
    besides: tuple[Path, ...] = ()
    documents: bool = False
    changes: str = "accept"

    @property
    def endings(self) -> dict[str, str]:
        """The endings of files that a folder gives."""
        return {**FORMATS, **DOCUMENTS} if self.documents else FORMATS

    def most(self, kind: str) -> int:
        """Bytes that a file of this format may have."""
        return self.largest if kind in ("txt", "html", "tei") else self.largest * _PACKED


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
    yield from distinct(_all(inputs, how, stdin), how.lang)


def count(inputs: Iterable[str | Path], how: Reading | None = None) -> int | None:
    """How many articles there may be in the inputs, at a glance: the files, or their lines where they hold records.

    None where it cannot be told beforehand: of standard input.
    """
    how = how or Reading()
    number = 0
    for name in map(str, inputs):
        if name == "-":
            return None
        path = Path(name)
        files = (p for p in path.rglob("*") if _is_article(p, path, how)) if os.path.isdir(path) else (path,)
        for file in files:
            kind = how.format or FORMATS.get(file.suffix.lower())
            number += count_lines(file) if kind == "jsonl" else 1
    return number


def _tei(data: bytes, where: str, stem: str, named: bool) -> Iterator[Article | Notice]:
    from quotealign.formats.tei.input import told_articles

    return told_articles(data, where, stem, named)


def _all(inputs: Iterable[str | Path], how: Reading, stdin: BinaryIO | None) -> Iterator[Article | Notice]:
    for name in inputs:
        if str(name) == "-":
            stream = stdin if stdin is not None else sys.stdin.buffer
            if how.format == "tei":
                found = _tei(read_all(stream), "standard input", "stdin", True)
            else:
                found = parse_pieces(pieces(stream), "standard input", "stdin", how.format or "jsonl", how)
            yield from from_file(found, "-")
            continue
        path = Path(name)
        if not str(name):
            yield Notice("unreadable", "(no name)", "an empty name was given", "name a file or folder", skipped=True)
        elif os.path.isdir(path):
            files = sorted(p for p in path.rglob("*") if _is_article(p, path, how))
            if not files:
                endings = ", ".join(sorted(how.endings))
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
    if any(part.startswith(".") for part in path.relative_to(root).parts) or path.suffix.lower() not in how.endings:
        return False
    if how.besides and any(path.resolve().is_relative_to(besides.resolve()) for besides in how.besides):
        return False
    return path.is_file() or path.is_symlink()  # a link that leads nowhere is an article lost, and is told


def _file(path: Path, how: Reading, *, named: bool = True) -> Iterator[Article | Notice]:
    kind = how.format or {**FORMATS, **DOCUMENTS}.get(path.suffix.lower())
    try:
        if not path.exists():
            raise InputMissing("no such file or folder", do="check the path")
        if kind is None:
            known = ", ".join(sorted({**FORMATS, **DOCUMENTS}))
            what = f"the ending {path.suffix or '(none)'} is not one of {known}"
            do = "say what it is with --from txt, --from jsonl or --from tei"
            yield Notice("format", str(path), what, do, skipped=True)
            return
        most = how.most(kind)
        if kind != "jsonl" and path.stat().st_size > most:
            yield too_large(str(path), path.stat().st_size, most)
            return
        if kind == "tei":
            yield from from_file(_tei(noted(path).read_bytes(), str(path), path.stem, named), str(path))
            return
        with noted(path).open("rb") as opened:
            yield from from_file(parse_pieces(pieces(opened), str(path), path.stem, kind, how), str(path))
    except QuotealignError as error:
        yield Notice("unreadable", str(path), error.what, error.do, skipped=True)
    except OSError as error:
        yield Notice(
            "unreadable", str(path), f"cannot be read ({error.strerror})", "check its permissions", skipped=True
        )


def parse_pieces(given: Iterator[bytes], where: str, stem: str, kind: str, how: Reading) -> Iterator[Article | Notice]:
    """The articles of bytes that come in pieces: `where` they come from in notices, `stem` for an id, their format.

    What is large is read as a stream, where it can be.
    """
    head: list[bytes] = []
    size = 0
    for piece in given:
        head.append(piece)
        size += len(piece)
        if size > WHOLE and kind == "jsonl" and can_be_streamed(head[0], how.encoding):
            yield from _stream(chain(head, given), where, how)
            return
    yield from _parse(b"".join(head), where, stem, kind, how)


def _stream(given: Iterator[bytes], where: str, how: Reading) -> Iterator[Article | Notice]:
    first = next(given).removeprefix(codecs.BOM_UTF8)
    # A character has up to four bytes: what is no more than `largest` characters is measured as any other line.
    for number, line in enumerate(lines(chain((first,), given), 4 * how.largest), 1):
        place = f"{where}:{number}"
        if isinstance(line, int):
            yield too_large(place, line, how.largest)
            continue
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            try:
                decoded = decode(line)
            except QuotealignError as error:
                yield Notice("encoding", place, error.what, error.do, skipped=True)
                continue
            yield Notice("encoding", place, decoded.remark, decoded.advice)
            text = decoded.text
        yield from _line(text, where, number, how)


def _parse(data: bytes, where: str, stem: str, kind: str, how: Reading) -> Iterator[Article | Notice]:
    if kind in ("docx", "odt", "pdf"):
        from quotealign.formats.articles.documents import versions

        try:
            texts = versions(data, kind, how.changes)
        except QuotealignError as error:
            yield Notice("unreadable", where, error.what, error.do, skipped=True)
            return
        if len(max(texts, key=len)) > how.largest:  # a small file may hold a text without end
            yield too_large(where, len(max(texts, key=len)), how.largest)
            return
        yield from articles_of(texts, stem)
        return
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
    if kind == "html":
        from quotealign.formats.articles.pages import html

        try:
            text, title, lang = html(decoded.text)
        except QuotealignError as error:
            yield Notice("empty", where, error.what, error.do, skipped=True)
            return
        yield Article(id=stem, text=text, title=title, lang=lang or "und")
        return
    if kind == "txt":
        if len(data) > how.largest:
            yield too_large(where, len(data), how.largest)
        else:
            yield Article(id=stem, text=decoded.text)
        return
    if how.format is None and not any(line.lstrip()[:1] in ("{", "[") for line in decoded.text.split("\n")):
        yield Notice("format", where, "not JSON Lines", "say --from txt if it is plain text", skipped=True)
        return
    yield from _lines(decoded.text, where, how)


def _lines(text: str, where: str, how: Reading) -> Iterator[Article | Notice]:
    if is_array(text):
        yield Notice(
            "record", where, "a JSON array, not JSON Lines", "write one record a line (jq -c '.[]')", skipped=True
        )
        return
    # Only the line feed ends a JSON line: U+2028 may stand inside a string.
    for number, line in enumerate(text.split("\n"), 1):
        yield from _line(line, where, number, how)


def _line(line: str, where: str, number: int, how: Reading) -> Iterator[Article | Notice]:
    if not line.strip():
        return
    place = f"{where}:{number}"
    if len(line) > how.largest:
        yield too_large(place, len(line), how.largest)
        return
    try:
        article = replace(article_of(parse_line(line, place), place), origin=Origin(where, number))
    except QuotealignError as error:
        yield Notice("record", error.where or place, error.what, error.do, skipped=True)
        return
    if not article.text.strip():
        what = f"article {article.id} holds no text"
        yield Notice("empty", place, what, "put text there or leave it out", skipped=True)
        return
    yield article


def too_large(where: str, size: int, largest: int) -> Notice:
    """What is told of an article that is larger than it may be."""
    unit, name = (1e6, "MB") if largest >= 1e5 else (1e3, "kB") if largest >= 1e3 else (1, "bytes")
    shown = f"{size / unit:,.1f}" if unit > 1 else f"{size:,}"
    what = f"{shown} {name}, above the {largest / unit:g} {name} allowed for one article"
    return Notice("too-large", where, what, "split it, or raise --max-bytes", skipped=True)
