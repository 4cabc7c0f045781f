"""The text that an article's file stands for: the text itself, how long it is, and pointers to stretches of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from quotealign.formats.tei.elements import NAMESPACES, TEI, XML_SPACE, Element, string_value
from quotealign.model import Span

RANGE = re.compile(r"#string-range\(([^,()]+),([0-9]{1,12}),([0-9]{1,12})\)")
"""A pointer to a stretch of an element's text: its xml:id, code points before the stretch, code points in it."""

SORTS = ("words", "content", "cue", "source")
"""The types of places of a quotation, in the order in which they are written."""

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
    return any(gap.get("reason") == "rights" for gap in element.iter(f"{{{TEI}}}gap"))


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file, looked at once: its body, whether the file is of our making, whether the text is left out,
    and what the body says.

    spans  for each sort of place the spans in `standOff`; none where the file is not of our making
    """

    tree: Element
    body: Element
    ours: bool
    left_out: bool
    text: str
    spans: tuple[tuple[str, Element], ...]


def source_of(tree: Element) -> Source | None:
    """The text of a `TEI`; None where it has no body."""
    body = tree.find("t:text/t:body", NAMESPACES)
    if body is None:
        return None
    ours = is_ours(tree)
    spans = tuple(
        (group.get("type") or "", span)
        for group in (tree.iterfind("t:standOff/t:spanGrp", NAMESPACES) if ours else ())
        if group.get("type") in SORTS
        for span in group.iterchildren(f"{{{TEI}}}span")
    )
    return Source(tree, body, ours, is_left_out(body), string_value(body), spans)


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
    return None if body is None else with_unencodable(string_value(body), unencodable_in(root)[1])


def with_unencodable(text: str, listed: list[tuple[int, int]]) -> str:
    """A text with some code points put back at their offsets."""
    if not listed:
        return text
    characters = list(text)
    for offset, code in listed:
        if offset < len(characters) and code <= 0x10FFFF:
            characters[offset] = chr(code)
    return "".join(characters)


def extents(body: Element) -> Iterator[tuple[Element, Span]]:
    """Each element in a body with the stretch of its text; an element that ends comes before the one around it."""
    at = len(body.text or "")
    for child in body:
        if not len(child):
            # Most paragraphs hold text only.
            start, at = at, at + (len(child.text or "") if isinstance(child.tag, str) else 0)
            if isinstance(child.tag, str):
                yield child, (start, at)
        else:
            starts: list[int] = []
            for event, element in etree.iterwalk(child, events=("start", "end", "comment", "pi")):
                if event == "start":
                    starts.append(at)
                    at += len(element.text or "")
                    continue
                if event == "end":
                    yield element, (starts.pop(), at)
                if element is not child:
                    at += len(element.tail or "")
        at += len(child.tail or "")
