"""An edition: how files are to be written, who publishes them and on what conditions; read from a template in TOML."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from quotealign.errors import InputMalformed
from quotealign.formats.tei.ids import address_of
from quotealign.formats.toml import Toml, read_toml

STATUS = ("free", "restricted", "unknown")
KINDS = {"person": "persName", "org": "orgName", "name": "name"}
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_WEB = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Responsible:
    """Somebody who answers for something: `resp` is what, `element` how TEI names such a one, `ref` an address."""

    name: str
    resp: str
    element: str = "name"
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """How files are written, and what their headers say of publication.

    standoff      quotations stand beside the text, not in it
    text          the articles' text is written; without it quotations, offsets, length and SHA-256 are
    publisher     who publishes the files; `place` and `date` (ISO 8601) where and when
    idno          their number; {id} in it stands for the file's own id
    availability  the conditions of the annotation: words, or the address of a licence
    rights        the conditions of the articles' text
    status        of availability: free, restricted, unknown
    funder        who paid
    responsible   who answers for what, beside this program
    """

    standoff: bool = False
    text: bool = True
    publisher: str = ""
    place: str = ""
    date: str = ""
    idno: str = ""
    availability: str = ""
    rights: str = ""
    status: str = "restricted"
    funder: str = ""
    responsible: tuple[Responsible, ...] = ()

    def number(self, identifier: str) -> str:
        """The number of the file with this id."""
        return self.idno.replace("{id}", identifier)

    @property
    def licence(self) -> str:
        """The address of the licence, where the conditions are one."""
        return (address_of(self.availability) if _WEB.fullmatch(self.availability) else None) or ""

    def said(self, **given: Any) -> Edition:
        """The same edition with what is given, where it is."""
        return replace(self, **{name: value for name, value in given.items() if value is not None})


PLAIN = Edition()
"""Inline, with text; nobody publishes it yet."""

_WORDS = tuple(f.name for f in fields(Edition) if f.name not in ("standoff", "text", "responsible"))
_SHAPE = '[[responsible]] with name = "…", resp = "…", kind = "person", "org" or "name", and perhaps ref = "https://…"'


def read_template(path: Path) -> Edition:
    """The edition that a TOML file describes. Raises `InputMissing`, `InputBinary`, `InputMalformed`."""
    file = read_toml(path)
    found = file.found
    for key in found:
        if key not in (*_WORDS, "responsible"):
            known = ", ".join((*_WORDS, "responsible"))
            raise InputMalformed(f"no key {key!r} in a header template", where=_at(file, key), do=f"use one of {known}")
    words = {key: found[key] for key in _WORDS if key in found}
    for key, value in words.items():
        if not isinstance(value, str):
            raise InputMalformed(f"{key} is not a string", where=_at(file, key), do=f'write {key} = "…"')
    if words.get("status", "unknown") not in STATUS:
        do = f"use one of {', '.join(STATUS)}"
        raise InputMalformed(f"no status {words['status']!r}", where=file.at("status"), do=do)
    rows = found.get("responsible", [])
    if not isinstance(rows, list):
        where = _at(file, "responsible")
        raise InputMalformed("responsible is not a list of tables", where=where, do=f"write {_SHAPE}")
    if words.get("date") and not _is_date(words["date"]):
        what = f"date {words['date']!r} is no date"
        raise InputMalformed(what, where=_at(file, "date"), do="write it as 2026-11-22, 2026-11 or 2026")
    return Edition(responsible=tuple(_responsible(row, file, nth) for nth, row in enumerate(rows)), **words)


def _is_date(text: str) -> bool:
    """Whether a text is a year, a month or a day (ISO 8601)."""
    match = _DATE.fullmatch(text)
    try:
        return match is not None and bool(datetime.date(int(match[1]), int(match[2] or 1), int(match[3] or 1)))
    except ValueError:
        return False


def _at(file: Toml, key: str) -> str:
    """Where a key is set, be it as a table."""
    return file.at(key, table=key) if isinstance(file.found[key], Mapping) else file.at(key)


def _responsible(row: Any, file: Toml, nth: int) -> Responsible:
    def at(key: str) -> str:
        return file.at(key, table="responsible", nth=nth)

    fit = isinstance(row, Mapping) and all(isinstance(value, str) for value in row.values())
    if not fit or not {"name", "resp"} <= set(row) <= {"name", "resp", "kind", "ref"}:
        raise InputMalformed("somebody responsible is not told as expected", where=at(""), do=f"write {_SHAPE}")
    kind = row.get("kind", "name")
    if kind not in KINDS:
        raise InputMalformed(f"no kind {kind!r} of responsible", where=at("kind"), do=f"use one of {', '.join(KINDS)}")
    ref = row.get("ref", "")
    if ref and not (_WEB.fullmatch(ref) and address_of(ref)):
        raise InputMalformed(f"ref {ref!r} is no address", where=at("ref"), do="write it with https://")
    return Responsible(row["name"], row["resp"], KINDS[kind], ref)
