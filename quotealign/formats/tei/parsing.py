"""XML from anybody: read without entities, without document types, without network, and with its places.

A document type is refused before it is read: nothing that it declares is ever looked at, so that no entity can
fetch a file or grow without end. Elements keep no column in lxml; a second reader finds them where one is asked for.
"""

from __future__ import annotations

import contextlib
import re
from xml.parsers import expat

from lxml import etree

from quotealign.errors import InputMalformed, QuotealignError
from quotealign.formats.tei.elements import Element

_PLACE = re.compile(r", line \d+, column \d+.*", re.DOTALL)
_MEND = "mend this place; an editor for XML shows it"


LARGEST = 500_000_000
"""So many bytes are read at once; their tree takes ten times as much."""


class _PrologRead(Exception):
    """The first element has begun: what stands before it is all read."""


def hardened() -> etree.XMLParser:
    """A parser that reads nothing but the bytes it is given."""
    # huge_tree lifts the limit of 10 million characters a text node; depth stays limited. Ids given twice are not
    # collected, as libxml2 would then refuse the file without saying where.
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=True,
        collect_ids=False,
    )


def parse(data: bytes, where: str) -> Element:
    """The root element of some bytes. Raises `InputMalformed` with line and column."""
    if not data.strip():
        raise InputMalformed("an empty file", where=where, do="put XML there or leave it out")
    refuse_too_large(len(data), where)
    _refuse_document_type(data, where)
    try:
        return etree.fromstring(data, hardened())
    except etree.XMLSyntaxError as error:
        line, column = error.position
        what = " ".join(_PLACE.sub("", error.msg or "broken XML").split())
        if "Excessive depth" in what:
            deep = "elements within elements, more than two thousand deep, which are not read"
            raise InputMalformed(deep, where=f"{where}:{line}:{column}", do="make it flatter") from None
        do = "write the character itself or its number (&#160;)" if "Entity" in what else _MEND
        raise InputMalformed(f"not well-formed XML ({what})", where=f"{where}:{line}:{column}", do=do) from None


def refuse_too_large(size: int, where: str) -> None:
    """Raises `InputMalformed` for more bytes than are read at once."""
    if size > LARGEST:
        what = f"{size:,} bytes, more than the {LARGEST:,} that are read at once"
        raise InputMalformed(what, where=where, do="divide it into files of less, an article each")


def _refuse_document_type(data: bytes, where: str) -> None:
    reader = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise InputMalformed(
            "a document type declaration (DOCTYPE), which is never read",
            where=f"{where}:{reader.CurrentLineNumber}:{reader.CurrentColumnNumber + 1}",
            do="remove it, and write characters instead of entities",
        )

    def begun(*_: object) -> None:
        raise _PrologRead

    reader.StartDoctypeDeclHandler = refuse
    reader.StartElementHandler = begun
    try:
        reader.Parse(data, True)
    except _PrologRead:
        return
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code)
        place = f"{where}:{error.lineno}:{error.offset + 1}"
        do = "write it as UTF-8" if "encoding" in what else _MEND
        raise InputMalformed(f"not well-formed XML ({what})", where=place, do=do) from None
    except QuotealignError:
        raise
    except (LookupError, UnicodeError, ValueError) as error:
        raise InputMalformed(f"an encoding that is not known ({error})", where=where, do="write it as UTF-8") from None


def places(data: bytes) -> list[tuple[int, int]]:
    """Line and column (from 1) of each start tag, in the order of the document; the data have been parsed already."""
    reader = expat.ParserCreate()
    found: list[tuple[int, int]] = []

    def begun(*_: object) -> None:
        found.append((reader.CurrentLineNumber, reader.CurrentColumnNumber + 1))

    reader.StartElementHandler = begun
    # What libxml2 reads and expat does not: the places so far have to do.
    with contextlib.suppress(expat.ExpatError):
        reader.Parse(data, True)
    return found
