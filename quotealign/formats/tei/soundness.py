"""What a schema cannot say of one file: ids, pointers, languages, witnesses, and whether its text is as promised."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree

from quotealign.formats.tei import grammar
from quotealign.formats.tei.elements import NAMESPACES, TEI, XI, XML_ID, XML_LANG, Element, string_value
from quotealign.formats.tei.grammar import Fault
from quotealign.formats.tei.ids import is_language_tag
from quotealign.formats.tei.wording import cut_short

PRIVATE = "([^#]+)(#.+)?"
"""The pattern of our own private URIs: a name, and perhaps an id in its file."""

_RANGE = re.compile(r"#string-range\(([^,()]+),([0-9]{1,12}),([0-9]{1,12})\)")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_PUBLIC = frozenset("ark doi ftp geo hdl http https info isbn mailto orcid tag tel urn".split())
"""Schemes that need no declaration; nothing behind them is looked up."""
_SPEAKERS = {f"{{{TEI}}}{name}" for name in ("person", "org", "listPerson", "listOrg")}
_ANALYSES = {f"{{{TEI}}}{name}" for name in ("category", "taxonomy", "fs")}
_LANGUAGE = f"{{{TEI}}}language"
_FURTHER = {f"{{{TEI}}}{name}" for name in ("app", "relation", "annotation", "TEI")}
_PARTICULAR = frozenset({"who", "wit", "ana"})
"""Attributes that may not lead to any element."""
_LISTED = re.compile(r"U\+([0-9A-F]{4,6}) at ([0-9]+)")
_UNSTATED = frozenset({"und", "mul", "zxx", ""})


@dataclass(frozen=True, slots=True)
class Outward:
    """A pointer to another file, as written; `path` is relative to the folder of this one, `name` an id in it or ""."""

    element: Element
    attribute: str
    path: str
    name: str


Elsewhere: TypeAlias = Callable[[str], "tuple[str, str] | None"]
"""Where a document is a slice of a file: what has an id in the rest, the names of the element and of its parent."""


@dataclass(slots=True)
class Facts:
    """What other files may need to know of a file: the ids it gives, the files it includes, its pointers outwards."""

    root: Element
    ids: dict[str, Element] = field(default_factory=dict)
    includes: list[Element] = field(default_factory=list)
    outward: list[Outward] = field(default_factory=list)
    elsewhere: Elsewhere = lambda name: None


def facts_of(root: Element, elsewhere: Elsewhere = lambda name: None) -> tuple[Facts, list[Fault]]:
    """The facts of a document, and the faults found on the way: ids given twice."""
    facts = Facts(root, elsewhere=elsewhere)
    faults = []
    for element in root.iter(etree.Element):
        name = element.get(XML_ID)
        if name is not None and name in facts.ids:
            faults.append(Fault(element, "same-id", *given(name, facts.ids[name].sourceline or 0)))
        elif name is not None:
            facts.ids[name] = element
        if element.tag == f"{{{XI}}}include":
            facts.includes.append(element)
    return facts, faults


def given(name: str, line: int) -> tuple[str, str]:
    """What is said of an id that is there a second time, and what to do."""
    return f"the xml:id {name!r} is given in line {line} already", "give each element its own"


def faults_of(facts: Facts) -> Iterator[Fault]:
    """What is wrong within one document; pointers that lead out of it are put among its facts."""
    root = facts.root
    holders = grammar.pointers()
    prefixes = {str(p.get("ident")): p for p in root.iterfind(".//t:prefixDef", NAMESPACES)}
    declared = {str(found.get("ident")).lower() for found in root.iterfind(".//t:langUsage/t:language", NAMESPACES)}
    lengths: dict[str, int | None] = {}
    for element in root.iter(etree.Element):
        tag = str(element.tag)
        for attribute in holders.get(tag, ()):
            for pointer in (element.get(attribute) or "").split():
                # Most lead to an element of the file, and may lead to any.
                if attribute in _PARTICULAR or pointer[1:] not in facts.ids or pointer[0] != "#":
                    yield from _pointer(facts, element, attribute, pointer, prefixes, lengths)
        if tag == _LANGUAGE or element.get(XML_LANG):
            yield from _language(element, declared)
        if tag in _FURTHER:
            yield from _further(facts, element)


def _further(facts: Facts, element: Element) -> Iterator[Fault]:
    """What is wrong with an element of those that hold more than pointers."""
    name = etree.QName(element).localname
    if name == "app":
        yield from _witnessed_once(element)
    elif name == "relation" and element.get("passive") and not element.get("active"):
        yield Fault(element, "relation", "<relation> has @passive and no @active", "say what it is passive to")
    elif name == "annotation":
        yield from _same_words(facts, element)
    elif name == "TEI":
        yield from _text_as_promised(element)


# -- pointers ------------------------------------------------------------------------------------------------------


def _pointer(
    facts: Facts,
    element: Element,
    attribute: str,
    pointer: str,
    prefixes: dict[str, Element],
    lengths: dict[str, int | None],
) -> Iterator[Fault]:
    shown = f"@{attribute} of <{etree.QName(element).localname}>"
    if pointer.startswith("#"):
        yield from _inside(facts, element, attribute, pointer, shown, lengths)
        return
    if element.tag == f"{{{XI}}}include":
        return  # looked at with the files
    scheme = _SCHEME.match(pointer)
    if scheme and scheme[1] in prefixes:
        path = _expanded(prefixes[scheme[1]], pointer[scheme.end() :])
        if path is None:
            what = f"{shown} is {pointer!r}, which does not match the prefixDef of {scheme[1]}:"
            yield Fault(element, "pointer", what, "write it as its matchPattern says")
        else:
            file, _, name = path.partition("#")
            facts.outward.append(Outward(element, attribute, file, name))
    elif scheme and scheme[1].lower() not in _PUBLIC:
        what = f"{shown} is {pointer!r}, and no prefixDef says what {scheme[1]}: means"
        yield Fault(element, "pointer", what, "declare it in listPrefixDef")
    elif not scheme:
        file, _, name = pointer.partition("#")
        if pointer in facts.ids or facts.elsewhere(pointer):
            yield Fault(element, "no-hash", f"{shown} is {pointer!r} without #", f"write #{pointer}")
        elif not re.search(r"[./]", file):
            do = f"write #{pointer} and give that xml:id to an element"
            yield Fault(element, "no-hash", f"{shown} is {pointer!r}, which is neither #id nor a file", do)
        else:
            facts.outward.append(Outward(element, attribute, file, name))


def _inside(
    facts: Facts, element: Element, attribute: str, pointer: str, shown: str, lengths: dict[str, int | None]
) -> Iterator[Fault]:
    span = _RANGE.fullmatch(pointer)
    if not span and pointer.startswith("#string-range"):
        do = "write #string-range(ID,START,LENGTH), no spaces"
        yield Fault(element, "pointer", f"{shown} is {pointer!r}, which is no string-range", do)
        return
    name = span[1] if span else pointer[1:]
    target = facts.ids.get(name)
    around = None if target is None else target.getparent()
    there = (
        (str(target.tag), "" if around is None else str(around.tag)) if target is not None else facts.elsewhere(name)
    )
    if there is None:
        do = "point to an xml:id of this file"
        yield Fault(element, "pointer", f"{shown} points to #{name}, which is nowhere in the file", do)
        return
    tag, outer = there
    if span:
        if target is not None and name not in lengths:
            lengths[name] = length_of(target)
        whole, end = lengths.get(name), int(span[2]) + int(span[3])
        if whole is not None and end > whole:
            what = f"{shown} ends at {end}, and the text of #{name} has {whole} code points"
            yield Fault(element, "offset", what, "count code points from 0")
        return
    what = f"@{attribute} points to #{name}, which is a <{etree.QName(tag).localname}>"
    if attribute == "who" and tag not in _SPEAKERS:
        if etree.QName(element).localname in ("said", "q"):
            yield Fault(element, "who", what, "declare the speaker as <person> or <org> in particDesc")
    elif attribute == "wit" and tag not in (f"{{{TEI}}}witness", f"{{{TEI}}}listWit"):
        yield Fault(element, "wit", what, "declare the witness in listWit")
    # What is thought of an element is a category or a structure; of some metrics, a paragraph with their signature.
    elif attribute == "ana" and tag not in _ANALYSES and outer != f"{{{TEI}}}encodingDesc":
        yield Fault(element, "ana", what, "point to a <category> or an <fs>")


def _expanded(prefix: Element, rest: str) -> str | None:
    """The path that a private URI stands for; None where it does not match."""
    pattern, replacement = (str(prefix.get(key)) for key in ("matchPattern", "replacementPattern"))
    if pattern == PRIVATE:
        stem, hash_, name = rest.partition("#")
        return replacement.replace("$1", stem).replace("$2", hash_ + name) if stem else None
    # A pattern from a file could take for ever on a name made for it: only plain ones are tried.
    if not re.fullmatch(r"[\[\]()^#.+*?\w\-]*", pattern) or re.search(r"\)[+*]", pattern):
        return None
    if pattern.count("+") + pattern.count("*") > 3 or len(rest) > 300:
        return None
    try:
        found = re.fullmatch(pattern, rest)
    except re.error:
        return None
    if not found:
        return None
    groups = {str(number): value or "" for number, value in enumerate(found.groups(), 1)}
    return re.sub(r"\$([0-9])", lambda match: groups.get(match[1], ""), replacement)


def length_of(target: Element) -> int | None:
    """How many code points the text of an element has; None where it was left out and nobody said."""
    if target.find(".//t:gap[@reason='rights']", NAMESPACES) is None:
        return len(string_value(target))
    root = next((a for a in (target, *target.iterancestors()) if a.tag == f"{{{TEI}}}TEI"), target)
    return _stated_length(root)


def _stated_length(root: Element) -> int | None:
    measure = root.find("t:teiHeader/t:fileDesc/t:extent/t:measure[@unit='characters']", NAMESPACES)
    stated = measure.get("quantity") if measure is not None else None
    return int(stated) if stated and stated.isdecimal() else None


# -- languages, witnesses, words -----------------------------------------------------------------------------------


def _language(element: Element, declared: set[str]) -> Iterator[Fault]:
    tag = element.get(XML_LANG)
    ident = element.get("ident") if element.tag == f"{{{TEI}}}language" else None
    for attribute, value in (("xml:lang", tag), ("ident", ident)):
        if value and not is_language_tag(value):
            what = f"@{attribute} is {value!r}, which is no language tag"
            yield Fault(element, "language", what, "write it as BCP 47 says, such as en or fr-CA")
            return
    if tag and declared and tag.lower() not in declared | _UNSTATED:
        yield Fault(element, "language", f"the language {tag!r} is not declared", "add it to langUsage")


def _witnessed_once(app: Element) -> Iterator[Fault]:
    seen: set[str] = set()
    for reading in app.iterchildren(f"{{{TEI}}}lem", f"{{{TEI}}}rdg"):
        for witness in (reading.get("wit") or "").split():
            if witness in seen:
                yield Fault(reading, "wit", f"the witness {witness} has two readings in one <app>", "give each one")
            seen.add(witness)


def _same_words(facts: Facts, annotation: Element) -> Iterator[Fault]:
    """Whether the words that an annotation gives are those at its place, where the text is there."""
    note = annotation.find("t:note[@type='words']", NAMESPACES)
    spans = [_RANGE.fullmatch(pointer) for pointer in (annotation.get("target") or "").split()]
    if note is None or not all(spans):
        return
    pieces = []
    for span in spans:
        target = facts.ids.get(span[1]) if span else None
        if span is None or target is None or target.find(".//t:gap", NAMESPACES) is not None:
            return
        pieces.append(string_value(target)[int(span[2]) : int(span[2]) + int(span[3])])
    if " ".join(pieces) != string_value(note):
        what = f"the words at the place of the annotation are {cut_short(' '.join(pieces))!r}, not those of its note"
        yield Fault(annotation, "words", what, "correct the offsets or the note")


# -- the text that the header promises -----------------------------------------------------------------------------


def restored(root: Element) -> str | None:
    """The source text of an article's file: its body, with the code points that XML cannot hold; None without body."""
    body = root.find("t:text/t:body", NAMESPACES)
    if body is None:
        return None
    text = string_value(body)
    note = root.findtext("t:teiHeader/t:fileDesc/t:notesStmt/t:note[@type='unencodable']", "", NAMESPACES)
    if not note:
        return text
    characters = list(text)
    for code, offset in _LISTED.findall(note):
        if int(offset) < len(characters) and int(code, 16) <= 0x10FFFF:
            characters[int(offset)] = chr(int(code, 16))
    return "".join(characters)


def _text_as_promised(root: Element) -> Iterator[Fault]:
    path = "t:teiHeader/t:fileDesc/t:sourceDesc/t:biblStruct/t:analytic/t:idno[@type='sha256']"
    promised = root.findtext(path, "", NAMESPACES).strip().lower()
    body = root.find("t:text/t:body", NAMESPACES)
    text = restored(root)
    if body is None or text is None or body.find(".//t:gap[@reason='rights']", NAMESPACES) is not None:
        return
    length = _stated_length(root)
    if length not in (None, len(text)):
        what = f"the text has {len(text)} code points, and the header says {length}"
        yield Fault(body, "length", what, "restore the text, or correct <measure> and the checksum")
    if promised and hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != promised:
        what = "the text does not have the SHA-256 that the header gives"
        yield Fault(body, "checksum", what, "restore the text, or give its own checksum")
