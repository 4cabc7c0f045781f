"""Making TEI elements, and what becomes of characters that XML cannot hold."""

from __future__ import annotations

import re
from copy import copy
from functools import cache
from typing import TypeAlias

from lxml import etree

TEI = "http://www.tei-c.org/ns/1.0"
NAMESPACES = {"t": TEI}
"""For paths in a tree."""
XI = "http://www.w3.org/2001/XInclude"
_XML = "http://www.w3.org/XML/1998/namespace"
XML_ID = f"{{{_XML}}}id"
XML_LANG = f"{{{_XML}}}lang"
XML_SPACE = f"{{{_XML}}}space"

Element: TypeAlias = etree._Element

PLACEHOLDER = "\N{REPLACEMENT CHARACTER}"
"""What stands for a character that XML cannot hold: one code point for one, so that offsets stay true."""

# XML 1.0, section 2.2, production 2 (Char), turned round.
UNENCODABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_STRING = etree.XPath("string()", smart_strings=False)
_NAMESPACES: dict[str | None, str] = {None: TEI}
_SPECIAL = {"xml_id": XML_ID, "xml_lang": XML_LANG, "xml_space": XML_SPACE}


def encodable(text: str) -> str:
    """The text with a placeholder for each code point that XML cannot hold."""
    # What Python takes for printable XML takes too; that is told ten times as fast.
    return text if text.isprintable() else UNENCODABLE.sub(PLACEHOLDER, text)


def tei(name: str, /, *content: str | Element | None, **attributes: str | None) -> Element:
    """A TEI element with texts and elements in their order; None is left out, `xml_id=` stands for `xml:id`."""
    element = copy(_bare(name))
    for key, value in attributes.items():
        if value is not None:
            element.set(_SPECIAL.get(key, key), value if value.isprintable() else encodable(value))
    last: Element | None = None
    for item in content:
        if isinstance(item, str):
            _add_behind(element, last, encodable(item))
        elif item is not None:
            element.append(item)
            last = item
    return element


@cache
def _bare(name: str) -> Element:
    """An element to be copied, which takes a fifth of the time that making one takes."""
    return etree.Element(f"{{{TEI}}}{name}", nsmap=_NAMESPACES)


def add_text(element: Element, text: str) -> None:
    """Adds text behind all that the element holds already."""
    # len(element) would count all children each time.
    _add_behind(element, next(element.iterchildren(reversed=True), None), text)


def _add_behind(element: Element, last: Element | None, text: str) -> None:
    if not text:
        return
    if last is None:
        before = element.text
        element.text = text if before is None else before + text
    else:
        before = last.tail
        last.tail = text if before is None else before + text


def add_source_text(element: Element, text: str, prefix: str, last: Element | None) -> Element | None:
    """Adds text of an article behind the last element, of which it tells the next call; None where there is none.

    A code point that XML cannot hold becomes a `g` that points to its description.
    """
    at = 0
    for match in () if text.isprintable() else UNENCODABLE.finditer(text):
        _add_behind(element, last, text[at : match.start()])
        last = tei("g", PLACEHOLDER, ref=f"#{character_id(prefix, match.group())}")
        element.append(last)
        at = match.end()
    _add_behind(element, last, text[at:])
    return last


def character_id(prefix: str, character: str) -> str:
    """The xml:id of the description of a character that XML cannot hold."""
    return f"{prefix}char-{ord(character):04X}"


def string_value(element: Element) -> str:
    """All text in an element, that of the elements in it as well, in order."""
    return str(_STRING(element))


def is_blank(text: str) -> bool:
    """Whether XML takes this text for white space (which a no-break space, to XML, is not)."""
    return not text.strip(" \t\r\n")


def document(name: str, prefix: str, *parts: Element | None, **attributes: str | None) -> Element:
    """A root element, a line for each of its parts."""
    root = tei(name, *parts, xml_id=f"{prefix}tei", **attributes)
    root.text = "\n"
    for part in root:
        part.tail = "\n"
    return root


def indent(element: Element) -> Element:
    """The same element, laid out for human eyes; only for parts whose white space says nothing."""
    etree.indent(element, "  ")
    return element
