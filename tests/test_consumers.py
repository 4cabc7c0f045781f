"""Readers by others take our TEI: the rules of tei_all that only XPath 2 can say. Skipped where one is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from tei_builders import two_papers
from test_schema import TEI_ALL, needs_tei_all
from test_tei_editions import related

from quotealign.formats import tei

SCHEMATRON = {"s": "http://purl.oclc.org/dsdl/schematron"}
PREFIXES = {
    "tei": "http://www.tei-c.org/ns/1.0",
    "teix": "http://www.tei-c.org/ns/Examples",
    "rng": "http://relaxng.org/ns/structure/1.0",
    "sch": SCHEMATRON["s"],
    "sch1x": "http://www.ascc.net/xml/schematron",
    "xs": "http://www.w3.org/2001/XMLSchema",
}


def anywhere(context: str) -> str:
    """The context of a rule as a path from the root; of alternatives without brackets, each."""
    if context.startswith("/"):
        return context
    parts = [context] if set("()[") & set(context) else context.split("|")
    return " | ".join(f"//{part.strip()}" for part in parts)


def broken_rules(root: etree._Element) -> Iterator[str]:
    """The rules embedded in tei_all that a document breaks, each with its test; and at the end how many were tried."""
    elementpath = pytest.importorskip("elementpath", reason="needs elementpath, an engine for XPath 2")
    tried = 0
    for rule in etree.parse(TEI_ALL).iterfind(".//s:rule", SCHEMATRON):
        for node in elementpath.select(root, anywhere(rule.get("context").strip()), namespaces=PREFIXES):
            names: dict[str, object] = {}
            for child in rule.iterchildren("{*}let", "{*}assert", "{*}report"):
                kind = etree.QName(child).localname
                test = child.get("value") if kind == "let" else f"boolean({child.get('test')})"
                value = elementpath.select(root, test, namespaces=PREFIXES, item=node, variables=names)
                if kind == "let":
                    names[child.get("name")] = value
                    continue
                tried += 1
                if bool(value) != (kind == "assert"):
                    yield f"{rule.get('context')}: {child.get('test')}"
    yield f"tried {tried}"


@pytest.mark.long
@needs_tei_all
@pytest.mark.parametrize("mode", ["inline", "standoff", "no-text"])
def test_the_rules_embedded_in_tei_all_hold(tmp_path: Path, mode: str) -> None:
    edition = tei.Edition(standoff=mode == "standoff", text=mode != "no-text")
    for path in tei.write(related(two_papers()), tmp_path, version="1", edition=edition):
        *broken, tried = broken_rules(etree.parse(path).getroot())
        assert not broken, path
        assert int(tried.split()[1]) > 5


@pytest.mark.long
@needs_tei_all
def test_a_rule_that_is_broken_is_seen(tmp_path: Path) -> None:
    """The proof above would see it."""
    *_, path = tei.write(related(two_papers()), tmp_path, version="1")
    root = etree.parse(path).getroot()
    for relation in root.iterfind(".//{*}relation[@active]"):
        del relation.attrib["active"]
    *broken, _ = broken_rules(root)
    assert any("@passive" in rule for rule in broken)
