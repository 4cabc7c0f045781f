"""Whether an article's text is as its file promises: how long it is, its checksum, its numbered paragraphs, what is
listed and what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from quotealign.formats.records import sha256_of
from quotealign.formats.tei.elements import NAMESPACES, TEI, XML_ID, Element, string_value
from quotealign.formats.tei.grammar import Fault
from quotealign.formats.tei.leftover import rest_in
from quotealign.formats.tei.source_text import (
    Source,
    extents,
    stated_checksum,
    stated_length,
    unencodable_in,
    with_unencodable,
)

_NUMBER_AT_END = re.compile(r"[a-z ]+: ([0-9]{1,12})", re.IGNORECASE)
_SPEECH = (".kind.direct", ".kind.mixed", ".kind.indirect")
_MEASURES = "t:teiHeader/t:fileDesc/t:extent/t:measure"


def faults(tree: Element, source: Source | None, ids: Mapping[str, Element], *, whole: bool) -> Iterator[Fault]:
    """What a `TEI` promises of its text and does not keep; `whole` tells whether all of it is there."""
    yield from _numbers(tree)
    rest = tree.find("t:teiHeader/t:xenoData[@type='quotealign']", NAMESPACES)
    if rest is not None and not rest_in(tree):
        yield Fault(rest, "json", "the xenoData of type quotealign is no JSON object", "restore it, or leave it out")
    if source is None:
        return
    body = source.body
    if source.ours:
        yield from _paragraphs(body)
        if whole:
            yield from _counted(tree, body, ids)
    length = stated_length(tree)
    if source.left_out:
        yield from _gaps(body, length)
        return
    note, listed = unencodable_in(tree)
    if note is not None and source.ours:
        yield from _listed(note, listed, body)
    text = with_unencodable(source.text, listed)
    if length not in (None, len(text)):
        what = f"the text has {len(text)} code points, and the header says {length}"
        yield Fault(body, "length", what, "restore the text, or correct <measure> and the checksum")
    promised = stated_checksum(tree)
    if promised and sha256_of(text) != promised:
        what = "the text does not have the SHA-256 that the header gives"
        yield Fault(body, "checksum", what, "restore the text, or give its own checksum")


def _numbers(tree: Element) -> Iterator[Fault]:
    """Numbers of the header that say another thing to a program than to a reader."""
    for measure in tree.iterfind(_MEASURES, NAMESPACES):
        told = _NUMBER_AT_END.fullmatch(string_value(measure).strip())
        quantity = measure.get("quantity")
        if told and quantity and quantity.isdecimal() and int(told[1]) != int(quantity):
            what = f"@quantity of <measure> is {quantity}, and its text says {told[1]}"
            yield Fault(measure, "measure", what, "correct the one that is wrong")


def _gaps(body: Element, length: int | None) -> Iterator[Fault]:
    """Whether the text that was left out is as long as the header says, where there is one gap for all of it."""
    gaps = body.findall(".//t:gap", NAMESPACES)
    quantity = gaps[0].get("quantity") if len(gaps) == 1 and gaps[0].get("unit") == "characters" else None
    if quantity and quantity.isdecimal() and length not in (None, int(quantity)) and not string_value(body).strip():
        what = f"the <gap> stands for {quantity} code points, and the header says {length}"
        yield Fault(gaps[0], "length", what, "correct the one that is wrong")


def _paragraphs(body: Element) -> Iterator[Fault]:
    """Whether paragraphs are numbered as their own ids are, so that who cites by number finds the one that is meant."""
    name = body.get(XML_ID) or ""
    prefix = name.removesuffix("body") + "p"
    if not name.endswith(".body"):
        return
    for place, paragraph in enumerate(body.iterchildren(f"{{{TEI}}}p"), 1):
        number, own = paragraph.get("n"), paragraph.get(XML_ID) or ""
        if not (number and number.isdecimal() and own.startswith(prefix) and own[len(prefix) :].isdecimal()):
            continue
        if not number == own[len(prefix) :] == str(place):
            what = f"the paragraph is number {place} of the text, its @n is {number} and its xml:id {own}"
            yield Fault(paragraph, "number", what, "number paragraphs in order, from 1")
        text = string_value(paragraph) if len(paragraph) else paragraph.text or ""
        if "\n" in text or "\r" in text:
            what = f"the paragraph {own} holds a line end, and is to be one line"
            yield Fault(paragraph, "number", what, "put line ends between paragraphs")


def _listed(note: Element, listed: list[tuple[int, int]], body: Element) -> Iterator[Fault]:
    """Whether each code point that XML cannot hold is listed where its `g` stands."""
    there: list[tuple[int, int]] = []
    for element, (start, _) in extents(body):
        code = (element.get("ref") or "").rpartition("char-")[2] if element.tag == f"{{{TEI}}}g" else ""
        if re.fullmatch(r"[0-9A-F]{4,6}", code):
            there.append((start, int(code, 16)))
    if listed != there:
        what = f"the note lists {_told(listed, there)}, and as <g> the text has {_told(there, listed)}"
        yield Fault(note, "listed", what, "correct the note or the <g>")


def _told(own: list[tuple[int, int]], other: list[tuple[int, int]]) -> str:
    """The first of some characters with their offsets that others do not have."""
    found = next((pair for pair in own if pair not in other), None)
    return "none else" if found is None else f"U+{found[1]:04X} at {found[0]}"


def _counted(tree: Element, body: Element, ids: Mapping[str, Element]) -> Iterator[Fault]:
    """Whether there are as many quotations of speech as the header says; asked where kinds are those of our files."""
    measure = tree.find(f"{_MEASURES}[@unit='quotations']", NAMESPACES)
    quantity = None if measure is None else measure.get("quantity")
    if measure is None or not quantity or not quantity.isdecimal():
        return
    name = (body.get(XML_ID) or "").removesuffix("body")
    if f"{name}kind.direct" not in ids:
        return
    heads = [element for element in body.iter(f"{{{TEI}}}said") if not element.get("prev")]
    heads += tree.iterfind("t:standOff/t:listAnnotation/t:annotation", NAMESPACES)
    found = sum(any(kind in (head.get("ana") or "") for kind in _SPEECH) for head in heads)
    if found != int(quantity):
        what = f"the header counts {quantity} quotations of speech, and the file has {found}"
        yield Fault(measure, "measure", what, "correct the number, or restore the quotation")
