"""From trees to bytes: the same tree gives the same bytes, and every file is read again before it is handed over.

lxml writes, expat reads again: a second library, strict about namespaces as well, which hands the text over without
making a tree of it. Of an article the body is compared with the source itself, of other files all text with the tree's.
"""

from __future__ import annotations

from xml.parsers import expat

from lxml import etree

from quotealign.errors import OutputRefused
from quotealign.formats.tei.elements import Element, encodable, string_value

_BODY = b"<body"
# Text comes in pieces of this size, which is to say mostly whole.
_BUFFER = 1 << 16


def serialised(tree: Element, *, where: str, source: str | None = None) -> bytes:
    """The bytes of a tree: UTF-8 with declaration, read again and compared. Raises OutputRefused if they differ.

    source  the text of the article, which the body has to say code point for code point; the tree's own text without it
    """
    data: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8") + b"\n"
    try:
        text = _text_behind(b"" if source is None else _BODY, data)
    except expat.ExpatError as problem:
        raise OutputRefused(f"the TEI made for it cannot be read again ({problem})", where=where, do=_REPORT) from None
    if not (text == string_value(tree) if source is None else _says(text, source)):
        raise OutputRefused("the TEI made for it does not keep its text", where=where, do=_REPORT)
    return data


def _says(body: str, source: str) -> bool:
    """Whether the body says its source; behind it ends the line of `text`."""
    # To look for what XML cannot hold takes longer than to compare, and mostly there is nothing.
    return body == f"{source}\n" or body == f"{encodable(source)}\n"


def _text_behind(mark: bytes, data: bytes) -> str:
    """All is read again; the text from the first mark on. What begins with `<` in our bytes is always a tag."""
    at, view = max(data.find(mark), 0), memoryview(data)
    reader = expat.ParserCreate(namespace_separator=" ")
    reader.Parse(view[:at], False)
    pieces: list[str] = []
    reader.buffer_text, reader.buffer_size = True, _BUFFER
    reader.CharacterDataHandler = pieces.append
    reader.Parse(view[at:], True)
    return "".join(pieces)


_REPORT = "report this article to the authors of quotealign"
