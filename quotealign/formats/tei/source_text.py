"""The text that an article's file stands for: the text itself, how long it is, and pointers to stretches of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from lxml import etree

from quotealign.formats.tei.elements import NAMESPACES, TEI, XML_SPACE, Element, string_value
from quotealign.model import Span

RANGE = re.compile(r"#string-range\(([^,()]+),([0-9]{1,12}),([0-9]{1,12})\)")
"""A pointer to a stretch of an element's text: its xml:id, code points before the stretch, code points in it."""

_LISTED = re.compile(r"U\+([0-9A-F]{4,6}) at ([0-9]{1,12})")


def stretches(target: str | None) -> list[Span]:
    """Where the string-ranges among some pointers begin and end."""
    found = (RANGE.fullmatch(pointer) for pointer in (target or "").split())
    return [(int(m[2]), int(m[2]) + int(m[3])) for m in found if m]


def is_ours(tree: Element) -> bool:
    """Whether an article's file keeps its text to the code point."""
    body = tree.find("t:text/t:body", NAMESPACES)
    return body is not None and body.get(XML_SPACE) == "preserve"


def is_left_out(element: Element) -> bool:
    """Whether text in an element is left out for the sake of rights."""
    return element.find(".//t:gap[@reason='rights']", NAMESPACES) is not None


def length_of(target: Element) -> int | None:
    """How many code points the text of an element has; None where it was left out and nobody said."""
    if not is_left_out(target):
        return len(string_value(target))
    root = next((a for a in (target, *target.iterancestors()) if a.tag == f"{{{TEI}}}TEI"), target)
    return stated_length(root)


def stated_length(root: Element) -> int | None:
    """How many code points the header says that the text has."""
    measure = root.find("t:teiHeader/t:fileDesc/t:extent/t:measure[@unit='characters']", NAMESPACES)
    stated = measure.get("quantity") if measure is not None else None
    return int(stated) if stated and stated.isdecimal() else None


def checksum_of(text: str) -> str:
    """The SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def stated_checksum(root: Element) -> str:
    """The SHA-256 that the header gives of the text; empty where it gives none."""
    path = "t:teiHeader/t:fileDesc/t:sourceDesc/t:biblStruct/t:analytic/t:idno[@type='sha256']"
    return root.findtext(path, "", NAMESPACES).strip().lower()


def unencodable_in(root: Element) -> tuple[Element | None, list[tuple[int, int]]]:
    """The note on code points that XML cannot hold, if there is one, and what it lists: offsets and code points."""
    note = root.find("t:teiHeader/t:fileDesc/t:notesStmt/t:note[@type='unencodable']", NAMESPACES)
    text = "" if note is None else string_value(note)
    return note, [(int(offset), int(code, 16)) for code, offset in _LISTED.findall(text)]


def restored(root: Element) -> str | None:
    """The source text of an article's file: its body, with the code points that XML cannot hold; None without body."""
    body = root.find("t:text/t:body", NAMESPACES)
    if body is None:
        return None
    text = string_value(body)
    _, listed = unencodable_in(root)
    if not listed:
        return text
    characters = list(text)
    for offset, code in listed:
        if offset < len(characters) and code <= 0x10FFFF:
            characters[offset] = chr(code)
    return "".join(characters)


def extents(body: Element) -> Iterator[tuple[Element, Span]]:
    """Each element in a body with the stretch of its text, in the order in which they end."""
    starts: list[int] = []
    at = 0
    for event, element in etree.iterwalk(body, events=("start", "end", "comment", "pi")):
        if event == "start":
            starts.append(at)
            at += len(element.text or "")
            continue
        if event == "end":
            yield element, (starts.pop(), at)
        if element is not body:
            at += len(element.tail or "")
