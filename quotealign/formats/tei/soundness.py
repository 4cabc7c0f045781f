"""What a schema cannot say of one file: ids, pointers, languages, witnesses, and whether its text is as promised."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree

from quotealign.formats.tei import claims, grammar, inline, places, promises, witnesses
from quotealign.formats.tei.elements import NAMESPACES, TEI, XI, XML_ID, XML_LANG, Element
from quotealign.formats.tei.grammar import Fault
from quotealign.formats.tei.ids import is_language_tag
from quotealign.formats.tei.source_text import RANGE, length_of, source_of

PRIVATE = "([^#]+)(#.+)?"
"""The pattern of our own private URIs: a name, and perhaps an id in its file."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_PUBLIC = frozenset("ark doi ftp geo hdl http https info isbn mailto orcid tag tel urn".split())
"""Schemes that need no declaration; nothing behind them is looked up."""
_SPEAKERS = {f"{{{TEI}}}{name}" for name in ("person", "org", "listPerson", "listOrg")}
_ANALYSES = {f"{{{TEI}}}{name}" for name in ("category", "taxonomy", "fs")}
_LANGUAGE = f"{{{TEI}}}language"
_FURTHER = {f"{{{TEI}}}{name}" for name in ("app", "relation", "TEI")}
_PARTICULAR = frozenset({"who", "wit", "ana"})
"""Attributes that may not lead to any element."""
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
    """What other files may need to know of a file: the ids it gives, the files it includes, its pointers outwards.

    `quoted` has the words of witnesses, by the pointers to the quotations that they are.
    """

    root: Element
    ids: dict[str, Element] = field(default_factory=dict)
    includes: list[Element] = field(default_factory=list)
    outward: list[Outward] = field(default_factory=list)
    elsewhere: Elsewhere | None = None
    quoted: dict[Element, str] = field(default_factory=dict)

    def around(self, name: str) -> tuple[str, str] | None:
        """What has an id in the rest of the file, of which the document is a slice."""
        return None if self.elsewhere is None else self.elsewhere(name)

    @property
    def whole(self) -> bool:
        """Whether the document is all of its file."""
        return self.elsewhere is None


def facts_of(root: Element, elsewhere: Elsewhere | None = None) -> tuple[Facts, list[Fault]]:
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
    yield from claims.faults(root, whole=facts.whole)
    for element in root.iter(etree.Element):
        tag = str(element.tag)
        held = holders.get(tag, ())
        for attribute, value in element.items():
            if attribute in held:
                for pointer in value.split():
                    # Most lead to an element of the file, and may lead to any.
                    if attribute not in _PARTICULAR and pointer[0] == "#" and pointer[1:] in facts.ids:
                        continue
                    if not _is_within(pointer, lengths):
                        yield from _pointer(facts, element, str(attribute), pointer, prefixes, lengths)
            elif attribute == XML_LANG and value and tag != _LANGUAGE:
                yield from _language(element, declared)
        if tag == _LANGUAGE:
            yield from _language(element, declared)
        if tag in _FURTHER:
            yield from _further(facts, element)


def _is_within(pointer: str, lengths: Mapping[str, int | None]) -> bool:
    """Whether a pointer is a string-range that lies in a text whose length is known already."""
    span = RANGE.fullmatch(pointer)
    whole = lengths.get(span[1]) if span else None
    return span is not None and whole is not None and int(span[2]) + int(span[3]) <= whole


def _further(facts: Facts, element: Element) -> Iterator[Fault]:
    """What is wrong with an element of those that hold more than pointers."""
    name = etree.QName(element).localname
    if name == "app":
        yield from _witnessed_once(element)
    elif name == "relation" and element.get("passive") and not element.get("active"):
        yield Fault(element, "relation", "<relation> has @passive and no @active", "say what it is passive to")
    elif name == "TEI":
        if facts.whole:
            yield from witnesses.faults(element, facts.quoted)
        source = source_of(element)
        yield from promises.faults(element, source, facts.ids, whole=facts.whole)
        yield from places.faults(element, source, facts.ids, whole=facts.whole)
        if facts.whole and source is not None:
            yield from inline.faults(source)


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
        if pointer in facts.ids or facts.around(pointer):
            yield Fault(element, "no-hash", f"{shown} is {pointer!r} without #", f"write #{pointer}")
        elif not re.search(r"[./]", file):
            do = f"write #{pointer} and give that xml:id to an element"
            yield Fault(element, "no-hash", f"{shown} is {pointer!r}, which is neither #id nor a file", do)
        else:
            facts.outward.append(Outward(element, attribute, file, name))


def _inside(
    facts: Facts, element: Element, attribute: str, pointer: str, shown: str, lengths: dict[str, int | None]
) -> Iterator[Fault]:
    span = RANGE.fullmatch(pointer)
    if not span and pointer.startswith("#string-range"):
        do = "write #string-range(ID,START,LENGTH), no spaces"
        yield Fault(element, "pointer", f"{shown} is {pointer!r}, which is no string-range", do)
        return
    name = span[1] if span else pointer[1:]
    target = facts.ids.get(name)
    around = None if target is None else target.getparent()
    there = (str(target.tag), "" if around is None else str(around.tag)) if target is not None else facts.around(name)
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


# -- languages, witnesses ------------------------------------------------------------------------------------------


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
