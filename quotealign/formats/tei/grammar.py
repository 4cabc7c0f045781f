"""Our schema: whether a document is of our subset of TEI, and where and how it is not.

lxml answers the first at the speed of C. Its answers to the second lead to the wrong line as often as not, so a
document that fails is read again here, with the same schema, an element at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree

from quotealign.formats.tei.elements import TEI, Element
from quotealign.formats.tei.patterns import EMPTY, NEVER, TEXT, Pattern, after, either, may_come, may_end, then
from quotealign.formats.tei.wording import attribute_name, cut_short, tag_name, wanted

FILE = Path(__file__).with_name("quotealign.rng")

_RNG = "http://relaxng.org/ns/structure/1.0"
_XML = "http://www.w3.org/XML/1998/namespace"


@dataclass(frozen=True, slots=True)
class Fault:
    """What the schema does not allow: the element at fault, what is wrong with it, and what to do."""

    element: Element
    code: str
    what: str
    do: str


@dataclass(frozen=True, slots=True)
class _Declaration:
    """An element as declared: its content, and for each attribute whether it must be there and its datatype."""

    content: Pattern
    attributes: dict[str, tuple[bool, str, Element]]


@cache
def relaxng() -> etree.RelaxNG:
    """The schema, compiled, but for its patterns of attribute values, which libxml2 compiles anew at every look."""
    loose = _copied(_schema())
    for parameter in list(loose.iter(f"{{{_RNG}}}param")):
        parent = parameter.getparent()
        if parameter.get("name") == "pattern" and parent is not None:
            parent.remove(parameter)
    return etree.RelaxNG(loose)


@cache
def _schema() -> Element:
    schema = etree.parse(str(FILE)).getroot()
    # That an id is given twice libxml2 says in no better words than "invalid attribute": we look ourselves.
    for data in schema.iter(f"{{{_RNG}}}data"):
        if data.get("type") == "ID":
            data.set("type", "NCName")
    return schema


@cache
def _patterns() -> dict[str, dict[str, tuple[re.Pattern[str], bool]]]:
    """For each element tag the attributes that must match a pattern, and whether that is each of their words."""
    compiled = {
        name: re.compile(str(parameter.text), re.ASCII)
        for name, define in _defines().items()
        if (parameter := define.find(f".//{{{_RNG}}}param[@name='pattern']")) is not None
    }
    return {
        tag: {
            name: (compiled[datatype], node.find(f".//{{{_RNG}}}list") is not None)
            for name, (_, datatype, node) in known.attributes.items()
            if datatype in compiled
        }
        for tag, known in _declarations().items()
    }


def _seems_valid(root: Element) -> bool:
    """Whether a document is of the subset; a doubt about a value says no, and `faults` looks again."""
    if not relaxng().validate(root):
        return False
    patterns = _patterns()
    for element in root.iter(etree.Element):
        known = patterns.get(str(element.tag))
        if known is None:
            return False
        for key, value in element.items() if known else ():
            pattern, listed = known.get(str(key), (None, False))
            if pattern is None or pattern.fullmatch(str(value)):
                continue
            if not (listed and all(map(pattern.fullmatch, str(value).split() or [""]))):
                return False
    return True


def faults(root: Element) -> Iterator[Fault]:
    """Where a document is not of the subset, in the order of the text; nothing where it is."""
    if _seems_valid(root):
        return
    known = _declarations()
    if root.tag not in (f"{{{TEI}}}TEI", f"{{{TEI}}}teiCorpus"):
        do = f'give a file whose outermost element is TEI or teiCorpus, in the namespace "{TEI}"'
        yield Fault(root, "not-tei", f"{tag_name(str(root.tag))} is not a document of TEI", do)
        return
    told = False
    outside: set[Element] = set()
    for element in root.iter(etree.Element):
        parent = element.getparent()
        if parent is not None and parent in outside:
            outside.add(element)  # what stands in an element that is not of the subset is told with it
            continue
        declaration = known.get(str(element.tag))
        if declaration is None:
            outside.add(element)
            continue
        for fault in (*_attributes(element, declaration), *_content(element, declaration, known)):
            told = True
            yield fault
    if not told and not relaxng().validate(root):
        last = relaxng().error_log.last_error
        what = last.message if last is not None else "not of the subset"
        yield Fault(root, "schema", what, "compare it with docs/quotealign.odd")


@cache
def pointers() -> dict[str, tuple[str, ...]]:
    """For each element tag the attributes that hold pointers, in order."""
    return {
        tag: tuple(sorted(key for key, (_, datatype, _) in known.attributes.items() if datatype == "teidata.pointer"))
        for tag, known in _declarations().items()
    }


# -- reading the schema --------------------------------------------------------------------------------------------


@cache
def _declarations() -> dict[str, _Declaration]:
    defines = _defines()
    found = {}
    for define in defines.values():
        element = next((child for child in define if child.tag == f"{{{_RNG}}}element"), None)
        if element is None:
            continue
        attributes: dict[str, tuple[bool, str, Element]] = {}
        content = EMPTY
        for child in element:
            content = then(content, _read(child, attributes, True))
        found[_tag(element)] = _Declaration(content, attributes)
    return found


@cache
def _defines() -> dict[str, Element]:
    return {str(define.get("name")): define for define in _schema().iterfind(f"{{{_RNG}}}define")}


def _tag(element: Element) -> str:
    return f"{{{element.get('ns') or TEI}}}{element.get('name')}"


def _read(node: Element, attributes: dict[str, tuple[bool, str, Element]], required: bool) -> Pattern:
    """The content model of a node; attributes that it declares are put aside."""
    kind = etree.QName(node).localname
    below = required and kind not in ("optional", "zeroOrMore", "choice")
    if kind == "attribute":
        reference = next((ref.get("name") for ref in node.iter(f"{{{_RNG}}}ref")), None)
        name = str(node.get("name")).replace("xml:", f"{{{_XML}}}")
        attributes[name] = (required, reference or "", node)
        return EMPTY
    if kind == "ref":
        define = _defines()[str(node.get("name"))]
        if define[0].tag == f"{{{_RNG}}}element":
            return ("element", _tag(define[0]))
        return _row([_read(child, attributes, below) for child in define])
    parts = [_read(child, attributes, below) for child in node]
    if kind == "choice":
        chosen = NEVER
        for part in parts:
            chosen = either(chosen, part)
        return chosen
    row = _row(parts)
    if kind == "optional":
        return either(row, EMPTY)
    if kind in ("oneOrMore", "zeroOrMore"):
        many: Pattern = EMPTY if row == EMPTY else ("many", row)
        return many if kind == "oneOrMore" else either(many, EMPTY)
    return TEXT if kind == "text" else row


def _row(parts: list[Pattern]) -> Pattern:
    row = EMPTY
    for part in parts:
        row = then(row, part)
    return row


# -- what is wrong with an element ----------------------------------------------------------------------------------


def _content(element: Element, declaration: _Declaration, known: dict[str, _Declaration]) -> Iterator[Fault]:
    pattern = declaration.content
    name = tag_name(str(element.tag))
    if _is_words(element.text):
        pattern = after(pattern, "")
        if pattern == NEVER:
            yield Fault(
                element, "text", f"{name} holds text, which stands nowhere in it", _expected(declaration.content)
            )
            return
    for child in element.iterchildren(etree.Element):
        following = after(pattern, str(child.tag))
        if following == NEVER:
            yield _misplaced(child, name, pattern, known)
            return
        pattern = following
        if _is_words(child.tail):
            following = after(pattern, "")
            if following == NEVER:
                what = f"{name} holds text behind {tag_name(str(child.tag))}, which stands nowhere in it"
                yield Fault(child, "text", what, _expected(pattern))
                return
            pattern = following
    if not may_end(pattern):
        yield Fault(element, "incomplete", f"{name} is not complete", _expected(pattern))


_OUTSIDE = "TEI may allow it: check such a file by tei_all, read it with quotealign tei read; leave it out in ours"


def _misplaced(child: Element, parent: str, pattern: Pattern, known: dict[str, _Declaration]) -> Fault:
    name = tag_name(str(child.tag))
    if child.tag not in known:
        what = f"{name} is not of the subset of TEI that quotealign knows"
        return Fault(child, "outside-subset", what, f"{_OUTSIDE}; {_expected(pattern)} in {parent}")
    return Fault(child, "misplaced", f"{name} may not stand here in {parent}", _expected(pattern))


def _expected(pattern: Pattern) -> str:
    names = [tag_name(tag) if tag else "text" for tag in sorted(may_come(pattern))]
    if not names:
        return "nothing more is expected"
    shown = f"{', '.join(names[:8])} and {len(names) - 8} others" if len(names) > 9 else " or ".join(names)
    return f"expected is {shown}"


def _is_words(text: str | None) -> bool:
    return bool(text and text.strip(" \t\r\n"))


# -- attributes ----------------------------------------------------------------------------------------------------


def _attributes(element: Element, declaration: _Declaration) -> Iterator[Fault]:
    name = tag_name(str(element.tag))
    for key, value in sorted(element.attrib.items()):
        declared = declaration.attributes.get(str(key))
        if declared is None:
            may = ", ".join(sorted(map(attribute_name, declaration.attributes)))
            what = f"{name} has {attribute_name(str(key))}, which is not of the subset"
            yield Fault(element, "attribute", what, f"remove it; allowed are {may}")
        elif not _fits(str(key), str(value), str(element.tag)):
            what = f"{attribute_name(str(key))} of {name} is {cut_short(str(value))!r}"
            yield Fault(element, "value", what, f"expected is {wanted(declared[2])}")
    for key, (required, _, node) in declaration.attributes.items():
        if required and key not in element.attrib:
            yield Fault(element, "attribute", f"{name} has no {attribute_name(key)}", f"give it {wanted(node)}")
    if "active" in element.attrib and "mutual" in element.attrib:
        yield Fault(element, "attribute", f"{name} has @active and @mutual", "say which of the two it is")


@cache
def _fits(key: str, value: str, tag: str) -> bool:
    probe = etree.Element("probe", {key: value})
    return _datatype(key, tag).validate(probe)


@cache
def _datatype(key: str, tag: str) -> etree.RelaxNG:
    """A schema for one attribute."""
    grammar = etree.Element(f"{{{_RNG}}}grammar", nsmap={None: _RNG})
    grammar.set("datatypeLibrary", "http://www.w3.org/2001/XMLSchema-datatypes")
    start = etree.SubElement(grammar, f"{{{_RNG}}}start")
    probe = etree.SubElement(start, f"{{{_RNG}}}element", name="probe")
    _, datatype, node = _declarations()[tag].attributes[key]
    probe.append(_copied(node))
    if datatype:
        grammar.append(_copied(_defines()[datatype]))
    return etree.RelaxNG(grammar)


def _copied(node: Element) -> Element:
    return etree.fromstring(etree.tostring(node, with_tail=False))
