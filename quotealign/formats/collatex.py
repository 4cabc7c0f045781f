"""CollateX JSON in and out, plain witnesses, and an aligned table for the terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotealign.errors import InputEmpty, InputMalformed, InputMissing, QuotealignError
from quotealign.formats.articles.encodings import decode
from quotealign.formats.files import read_all
from quotealign.formats.records import dump, parse_line
from quotealign.model import Apparatus, Notice, Token, Witness

Cut = Callable[[str, str], Witness]
"""Cuts a text into a witness: sigil, text."""


@dataclass(frozen=True, slots=True)
class Document:
    """Some witnesses to collate, and what was asked for them."""

    id: str
    witnesses: tuple[Witness, ...]
    segmentation: bool = True
    near: bool = True


def read_documents(files: Sequence[str], cut: Cut, tell: Callable[[Notice], None]) -> tuple[list[Document], bool]:
    """The documents of some files, and whether they were plain texts.

    One JSON file (or standard input) holds a document, or one a line; plain files are the witnesses of one. A file
    or line that cannot be read is told and left out; raises `QuotealignError` where nothing to collate is left.
    """
    if len(files) == 1:
        where, text = _where(files[0]), _text(files[0], tell)
        if text.lstrip().startswith(("{", "[")):
            return list(_documents(text, where, cut, tell)), False
        raise _too_few(where)
    texts = []
    for name, sigil in zip(files, _sigla(files), strict=True):
        try:
            texts.append(cut(sigil, _text(name, tell)))
        except QuotealignError as error:
            tell(Notice("unreadable", error.where, error.what, error.do, skipped=True))
    if len(texts) < 2:
        raise _too_few(", ".join(map(_where, files)))
    return [Document("collation", tuple(texts))], True


def _where(name: str) -> str:
    return "standard input" if name == "-" else name


def _too_few(where: str) -> QuotealignError:
    return InputEmpty("one witness is no collation", where=where, do="name two texts or more, or give CollateX JSON")


def _sigla(names: Sequence[str]) -> list[str]:
    stems = [Path(name).stem for name in names]
    return stems if len(set(stems)) == len(stems) else list(names)


def _text(name: str, tell: Callable[[Notice], None]) -> str:
    where = _where(name)
    try:
        data = read_all(sys.stdin.buffer) if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise InputMissing(f"cannot be read ({error.strerror})", where=where, do="check the path") from None
    try:
        decoded = decode(data)
    except QuotealignError as error:
        raise type(error)(error.what, where=where, do=error.do) from None
    if not decoded.text.strip():
        raise InputEmpty("holds no text", where=where, do="put text there or leave it out")
    if decoded.remark:
        tell(Notice("encoding", where, decoded.remark, decoded.advice))
    return decoded.text


def _documents(text: str, where: str, cut: Cut, tell: Callable[[Notice], None]) -> Iterator[Document]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
        if not any(_is_document(line) for _, line in lines):
            raise _not_json(error, where) from None
    else:
        yield _document(whole, where, 1, cut)
        return
    for number, line in lines:
        try:
            yield _document(parse_line(line, f"{where}:{number}"), f"{where}:{number}", number, cut)
        except QuotealignError as error:
            tell(Notice("record", error.where, error.what, error.do, skipped=True))


def _is_document(line: str) -> bool:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "witnesses" in found


def _not_json(error: Exception, where: str) -> InputMalformed:
    if isinstance(error, json.JSONDecodeError):
        return InputMalformed(
            f"not valid JSON ({error.msg})", where=f"{where}:{error.lineno}:{error.colno}", do="mend it"
        )
    return InputMalformed("JSON too deep or with too long a number", where=where, do="mend it")


def _document(record: Any, where: str, number: int, cut: Cut) -> Document:
    try:
        witnesses = tuple(_witness(w, cut) for w in record["witnesses"])
        identifier = str(record.get("id", number))
    except (TypeError, KeyError, AttributeError):
        raise InputMalformed(
            "not a CollateX document", where=where, do='give {"witnesses": [{"id", "content"}, …]}'
        ) from None
    sigla = [w.sigil for w in witnesses]
    if len(set(sigla)) < len(sigla):
        raise InputMalformed("two witnesses have the same id", where=where, do="give each witness its own")
    return Document(identifier, witnesses, bool(record.get("segmentation", True)), bool(record.get("near_match", True)))


def _witness(record: dict[str, Any], cut: Cut) -> Witness:
    sigil = str(record["id"])
    if "tokens" in record:
        tokens = tuple(Token(_string(t["t"]), _string(t.get("n", t["t"])).strip()) for t in record["tokens"])
        return Witness(sigil, tokens)
    return cut(sigil, _string(record["content"]))


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def dump_table(apparatus: Apparatus) -> str:
    """The apparatus as one line of CollateX JSON."""
    table = [
        [None if cell is None else [{"t": t.t, "n": t.n} for t in cell] for cell in row] for row in apparatus.table
    ]
    return dump({"id": apparatus.id, "witnesses": list(apparatus.witnesses), "table": table})


def table_text(apparatus: Apparatus) -> str:
    """A table for people: a row a variation unit that differs, `-` where a witness has nothing."""
    rows = [("", *apparatus.witnesses)]
    for number in range(apparatus.width):
        cells = ["".join(t.t for t in reading).strip() if reading else "-" for reading in apparatus.column(number)]
        rows.append((" " if not apparatus.varies(number) else "*", *cells))
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    return (
        "\n".join("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows) + "\n"
    )
