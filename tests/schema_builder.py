"""From docs/quotealign.odd to the RELAX NG schema in the package, and documents made at random from that schema.

`python tests/schema_builder.py` writes quotealign/formats/tei/quotealign.rng anew. Only what our ODD uses of the
language of TEI's ODD files is known here: every element, class and datatype is defined in the file itself.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).parent.parent
ODD = ROOT / "docs/quotealign.odd"
RNG = ROOT / "quotealign/formats/tei/quotealign.rng"

TEI = "http://www.tei-c.org/ns/1.0"
_RNG = "http://relaxng.org/ns/structure/1.0"
_TYPES = "http://www.w3.org/2001/XMLSchema-datatypes"
N = {"t": TEI}

Element = etree._Element


def _rng(name: str, /, *content: Element | None, **attributes: str) -> Element:
    element = etree.Element(f"{{{_RNG}}}{name}", attributes, nsmap={None: _RNG})
    element.extend(child for child in content if child is not None)
    return element


def schema() -> bytes:
    """The RELAX NG schema that the ODD stands for."""
    spec = etree.parse(ODD).find(".//t:schemaSpec", N)
    grammar = _rng("grammar", ns=spec.get("ns"), datatypeLibrary=_TYPES)
    note = " Derived from docs/quotealign.odd by tests/schema_builder.py: edit that file, not this one. "
    grammar.append(etree.Comment(note))
    starts = [_rng("ref", name=name) for name in spec.get("start").split()]
    grammar.append(_rng("start", _rng("choice", *starts)))
    for data in spec.iterfind("t:dataSpec", N):
        grammar.append(_rng("define", *_all(data.find("t:content", N)), name=data.get("ident")))
    for model in spec.iterfind("t:classSpec[@type='model']", N):
        key = model.get("ident")
        members = [e.get("ident") for e in spec.iterfind("t:elementSpec", N) if _is_member(e, key)]
        grammar.append(_rng("define", _rng("choice", *(_rng("ref", name=m) for m in members)), name=key))
    for atts in spec.iterfind("t:classSpec[@type='atts']", N):
        grammar.append(_rng("define", *_attributes(atts.find("t:attList", N)), name=atts.get("ident")))
    for element in spec.iterfind("t:elementSpec", N):
        grammar.append(_rng("define", _element(element), name=element.get("ident")))
    etree.indent(grammar, " ")
    return etree.tostring(grammar, xml_declaration=True, encoding="UTF-8") + b"\n"


def _is_member(element: Element, key: str) -> bool:
    return any(m.get("key") == key for m in element.iterfind("t:classes/t:memberOf", N))


def _element(spec: Element) -> Element:
    made = _rng("element", name=spec.get("ident"))
    if spec.get("ns"):
        made.set("ns", spec.get("ns"))
    for member in spec.iterfind("t:classes/t:memberOf", N):
        if member.get("key").startswith("att."):
            made.append(_rng("ref", name=member.get("key")))
    own = spec.find("t:attList", N)
    made.extend(_attributes(own) if own is not None else ())
    made.extend(_all(spec.find("t:content", N)) or [_rng("empty")])
    return made


def _attributes(attributes: Element) -> list[Element]:
    found = []
    for child in attributes:
        if child.tag == f"{{{TEI}}}attList":
            # Of a choice, each may also be left out.
            found.append(_rng("optional", _rng("choice", *(_attribute(a) for a in child))))
        elif child.get("usage") == "req":
            found.append(_attribute(child))
        else:
            found.append(_rng("optional", _attribute(child)))
    return found


def _attribute(spec: Element) -> Element:
    closed = spec.find("t:valList", N)
    datatype = spec.find("t:datatype", N)
    if closed is not None:
        value = _values(closed)
    else:
        value = _rng("ref", name=datatype.find("t:dataRef", N).get("key"))
        if datatype.get("maxOccurs"):
            least = int(datatype.get("minOccurs", "1"))
            again = [_rng("ref", name=value.get("name")) for _ in range(least - 1)]
            value = _rng("list", *again, _rng("oneOrMore", value))
    return _rng("attribute", value, name=spec.get("ident"))


def _values(closed: Element) -> Element:
    values = []
    for item in closed.iterfind("t:valItem", N):
        value = _rng("value")
        value.text = item.get("ident")
        values.append(value)
    return _rng("choice", *values)


def _all(content: Element) -> list[Element]:
    return [_content(child) for child in content]


def _content(node: Element) -> Element:
    name = etree.QName(node).localname
    match name:
        case "textNode":
            return _rng("text")
        case "empty":
            return _rng("empty")
        case "valList":
            return _values(node)
        case "dataRef":
            return _data(node)
        case "elementRef" | "classRef":
            made = _rng("ref", name=node.get("key"))
        case "alternate":
            made = _rng("choice", *_all(node))
        case "sequence":
            made = _rng("group", *_all(node))
        case _:
            raise ValueError(f"{name} in a content model is not known here")
    least, most = node.get("minOccurs", "1"), node.get("maxOccurs", "1")
    wrap = {("1", "1"): None, ("0", "1"): "optional", ("0", "unbounded"): "zeroOrMore", ("1", "unbounded"): "oneOrMore"}
    outer = wrap[least, most]
    return made if outer is None else _rng(outer, made)


def _data(node: Element) -> Element:
    made = _rng("data", type=node.get("name"))
    parameters = [(facet.get("name"), facet.get("value")) for facet in node]
    if node.get("restriction"):
        parameters.append(("pattern", node.get("restriction")))
    for name, value in parameters:
        parameter = _rng("param", name=name)
        parameter.text = value
        made.append(parameter)
    return made


# -- documents made at random ------------------------------------------------------------------------------------------

_SAMPLES: dict[str, Callable[[random.Random, Iterator[int]], str]] = {
    "teidata.id": lambda rng, numbers: f"i{next(numbers)}",
    "teidata.pointer": lambda rng, _: rng.choice(["#a", "qa:x#y", "https://example.org/?a=b", "#string-range(a,0,3)"]),
    "teidata.word": lambda rng, _: rng.choice(["cue", "a.b:c", "x+y/z", "1"]),
    "teidata.text": lambda rng, _: rng.choice(["", "any text", "\u05d0\u202e ]]> \U0001f600", "\t\n"]),
    "teidata.name": lambda rng, _: rng.choice(["said", "_x", "a-b.c"]),
    "teidata.language": lambda rng, _: rng.choice(["en", "fr-CA", "en-t-fr", ""]),
    "teidata.date": lambda rng, _: rng.choice(["2020-02-29", "1999", "2001-12", "2020-10-02T10:00:00Z"]),
    "teidata.boolean": lambda rng, _: rng.choice(["true", "false"]),
    "teidata.probability": lambda rng, _: rng.choice(["0", "1", "0.95", "1E-3"]),
    "teidata.certainty": lambda rng, _: rng.choice(["high", "unknown"]),
    "teidata.numeric": lambda rng, _: rng.choice(["0.1540", "-3", "INF", "-INF"]),
    "teidata.count": lambda rng, _: rng.choice(["0", "17"]),
    "teidata.version": lambda rng, _: rng.choice(["0", "1.2.3", "2b1.0"]),
    "teidata.ident": lambda rng, _: rng.choice(["qa", "x+y"]),
}


class Maker:
    """Documents that the schema accepts, made from the schema itself; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.numbers = itertools.count(1)
        self.defines = {d.get("name"): d for d in etree.parse(RNG).iterfind(f"{{{_RNG}}}define")}
        self.used: set[str] = set()
        """Every element, and every attribute with its element, that was made."""

    def document(self, root: str = "TEI") -> Element:
        """A document; deep parts are cut short as far as the schema allows."""
        return self._make(self.defines[root][0], 0)

    def _make(self, pattern: Element, depth: int) -> Element:
        name = pattern.get("name")
        element = etree.Element(f"{{{TEI}}}{name}", nsmap={None: TEI})
        self.used.add(name)
        for child in pattern:
            self._fill(element, child, depth)
        return element

    def _fill(self, element: Element, pattern: Element, depth: int) -> None:
        rng = self.rng
        match etree.QName(pattern).localname:
            case "ref":
                for child in self.defines[pattern.get("name")]:
                    self._fill(element, child, depth)
            case "element":
                element.append(self._make(pattern, depth + 1))
            case "attribute":
                name = pattern.get("name").replace("xml:", "{http://www.w3.org/XML/1998/namespace}")
                element.set(name, self._value(pattern[0]))
                self.used.add(f"{etree.QName(element).localname}/@{pattern.get('name')}")
            case "optional":
                if rng.random() < (0.5 if self._is_attribute(pattern[0]) or depth < 7 else 0.02):
                    self._fill(element, pattern[0], depth)
            case "choice":
                self._fill(element, self._picked(pattern, depth), depth)
            case "zeroOrMore" | "oneOrMore" as kind:
                most = 4 if depth < 4 else 2 if depth < 7 else 0
                for _ in range(
                    rng.randint(1 if kind == "oneOrMore" else 0, max(1, most) if kind == "oneOrMore" else most)
                ):
                    self._fill(element, pattern[0], depth)
            case "group":
                for child in pattern:
                    self._fill(element, child, depth)
            case "text":
                words = rng.choice(["words ", "\U0001f600]]>", " ", "\u05d0"])
                last = element[-1] if len(element) else None
                if last is None:
                    element.text = (element.text or "") + words
                else:
                    last.tail = (last.tail or "") + words

    def _picked(self, pattern: Element, depth: int) -> Element:
        options = [child for child in pattern if child.get("name") != "include"]
        plain = [child for child in options if etree.QName(child).localname == "text"]
        if plain and depth >= 7:
            return plain[0]
        shallow = [o for o in options if o.get("name") in ("p", "bibl", "symbol", "ptr", "title", "publisher", "TEI")]
        return self.rng.choice(shallow if shallow and depth >= 9 else options)

    def _is_attribute(self, pattern: Element) -> bool:
        return pattern.find(f".//{{{_RNG}}}attribute") is not None or pattern.tag == f"{{{_RNG}}}attribute"

    def _value(self, pattern: Element) -> str:
        match etree.QName(pattern).localname:
            case "ref":
                return _SAMPLES[pattern.get("name")](self.rng, self.numbers)
            case "list":
                least = sum(1 for child in pattern)
                sample = _SAMPLES[pattern[0].get("name") or pattern[0][0].get("name")]
                return " ".join(sample(self.rng, self.numbers) for _ in range(least + self.rng.randint(0, 2)))
            case "choice":
                return self.rng.choice([value.text or "" for value in pattern])
        raise ValueError(pattern.tag)


def attributes_and_elements() -> set[str]:
    """Every element of the schema, and every attribute with its element."""
    defines = {d.get("name"): d for d in etree.parse(RNG).iterfind(f"{{{_RNG}}}define")}
    found = set()
    for element in etree.parse(RNG).iterfind(f".//{{{_RNG}}}element"):
        name = element.get("name")
        parts = [element, *(defines[ref.get("name")] for ref in element.iterfind(f"{{{_RNG}}}ref"))]
        own = {a.get("name") for part in parts for a in part.iterfind(f".//{{{_RNG}}}attribute")}
        found |= {name, *(f"{name}/@{a}" for a in own)}
    return {item for item in found if not re.match("include(/|$)", item)}


if __name__ == "__main__":
    RNG.write_bytes(schema())
