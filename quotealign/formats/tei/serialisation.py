"""From trees to bytes: the same tree gives the same bytes, and every file is read again before it is handed over."""

from __future__ import annotations

from lxml import etree

from quotealign.errors import OutputRefused
from quotealign.formats.tei.elements import Element, string_value
from quotealign.formats.tei.parsing import hardened


def serialised(tree: Element, *, where: str) -> bytes:
    """The bytes of a tree: UTF-8 with declaration, read again and compared. Raises OutputRefused if they differ."""
    data: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8") + b"\n"
    try:
        again = etree.fromstring(data, hardened())
    except etree.XMLSyntaxError as problem:
        raise OutputRefused(f"the TEI made for it cannot be read again ({problem})", where=where, do=_REPORT) from None
    if string_value(again) != string_value(tree):
        raise OutputRefused("the TEI made for it does not keep its text", where=where, do=_REPORT)
    return data


_REPORT = "report this article to the authors of quotealign"
