"""From trees to bytes: the same tree gives the same bytes, and every file is read again before it is handed over."""

from __future__ import annotations

from lxml import etree

from quotealign.errors import OutputRefused
from quotealign.formats.tei.elements import Element


def serialised(tree: Element, *, where: str) -> bytes:
    """The bytes of a tree: UTF-8 with declaration, read again and compared. Raises OutputRefused if they differ."""
    data: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8") + b"\n"
    try:
        again = etree.fromstring(data, _hardened())
    except etree.XMLSyntaxError as problem:
        raise OutputRefused(f"the TEI made for it cannot be read again ({problem})", where=where, do=_REPORT) from None
    if "".join(again.itertext()) != "".join(tree.itertext()):
        raise OutputRefused("the TEI made for it does not keep its text", where=where, do=_REPORT)
    return data


_REPORT = "report this article to the authors of quotealign"


def _hardened() -> etree.XMLParser:
    # huge_tree lifts the limit of 10 million characters a text node; we read nothing here but our own bytes.
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=True
    )
