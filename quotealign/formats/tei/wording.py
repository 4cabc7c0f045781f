"""How faults are spoken of to people: elements, attributes, what a value must be, words that are others."""

from __future__ import annotations

import re

from lxml import etree

from quotealign.formats.tei.elements import PLACEHOLDER, TEI, XI, Element

_RNG = "http://relaxng.org/ns/structure/1.0"
_XML = "http://www.w3.org/XML/1998/namespace"

_MEANINGS = {
    "teidata.id": "a name of letters, digits, '.', '-' and '_' that begins with a letter or '_'",
    "teidata.pointer": "a URI without spaces, such as #an-id",
    "teidata.word": "one word of ASCII letters, digits and . _ : + / -",
    "teidata.name": "a name of ASCII letters, digits, '.', '-' and '_'",
    "teidata.language": "a language tag such as en or fr-CA",
    "teidata.date": "a date such as 2020-10-02, 2020-10 or 2020",
    "teidata.boolean": "true or false",
    "teidata.probability": "a number from 0 to 1",
    "teidata.certainty": "high, medium, low or unknown",
    "teidata.numeric": "a number",
    "teidata.count": "a whole number",
    "teidata.version": "a version number such as 1.2.0",
    "teidata.ident": "lower-case letters, such as qa",
    "teidata.text": "any text",
}


def wanted(node: Element) -> str:
    """What an attribute must be, in words."""
    reference = next((str(ref.get("name")) for ref in node.iter(f"{{{_RNG}}}ref")), None)
    if reference is None:
        return " or ".join(value.text or "" for value in node.iter(f"{{{_RNG}}}value"))
    meaning = _MEANINGS.get(reference, reference)
    row = node.find(f"{{{_RNG}}}list")
    if row is None:
        return meaning
    return f"two or more of: {meaning}" if len(row) > 1 else f"one or more of: {meaning}"


def attribute_name(key: str) -> str:
    """An attribute as people write it."""
    return "@" + key.replace(f"{{{_XML}}}", "xml:")


def tag_name(tag: str) -> str:
    """A tag as people write it."""
    name = etree.QName(tag)
    prefix = {TEI: "", XI: "xi:"}.get(name.namespace or "", "" if name.namespace is None else f"{{{name.namespace}}}")
    return f"<{prefix}{name.localname}>"


def cut_short(value: str) -> str:
    """A value, its end left out where it is long."""
    return value if len(value) <= 60 else value[:57] + "..."


def without_space(text: str) -> str:
    """The text without its white space, and without what XML cannot hold or has a placeholder for."""
    if text.isprintable() and PLACEHOLDER not in text:
        return text.replace(" ", "")
    return "".join(c for c in text if c.isprintable() and c not in f" {PLACEHOLDER}")


def first_difference(one: str, other: str) -> tuple[str, str]:
    """The first words in which two texts differ, with some around them; white space, where it is only that."""
    ours, theirs = one.split(), other.split()
    space = " "
    if ours == theirs:
        space = ""
        ours, theirs = re.split(r"(?=\s)", one), re.split(r"(?=\s)", other)
    at = next((n for n, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs)))
    start = max(at - 2, 0)
    return cut_short(space.join(ours[start : at + 3])), cut_short(space.join(theirs[start : at + 3]))
