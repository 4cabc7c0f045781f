"""What stands between a tree and a file: nothing is lost on the way, and what cannot be read again is not written."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.parsers import expat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tei_builders import NASTY

from quotealign.errors import OutputRefused
from quotealign.formats.files import store
from quotealign.formats.tei import article_tree
from quotealign.formats.tei.elements import TEI, Element, tei
from quotealign.formats.tei.serialisation import serialised
from quotealign.model import Article

_words = st.text(st.sampled_from(NASTY + "ab\r\n\t<&>\"'") | st.characters(), max_size=12)
_elements = st.recursive(
    st.builds(tei, st.sampled_from(["p", "said", "g"]), _words, xml_id=_words, n=st.none() | _words),
    lambda inner: st.builds(lambda parts, n: tei("p", *parts, n=n), st.lists(inner | _words, max_size=4), _words),
    max_leaves=12,
)


def events(data: bytes) -> list[Any]:
    """What a reader that is not the writer's finds in a file, names and attributes and text in order."""
    found: list[Any] = []
    reader = expat.ParserCreate()
    reader.buffer_text = True
    reader.StartElementHandler = lambda name, attributes: found.append((name, attributes))
    reader.EndElementHandler = found.append
    reader.CharacterDataHandler = found.append
    reader.Parse(data, True)
    return found


def expected(element: Element) -> list[Any]:
    """The same from the tree itself."""
    name = element.tag.removeprefix(f"{{{TEI}}}")
    keys = {key: key.replace("{http://www.w3.org/XML/1998/namespace}", "xml:") for key in element.attrib}
    own = {keys[key]: value for key, value in element.attrib.items()}
    found: list[Any] = [(name, own), *([element.text] if element.text else ())]
    for child in element:
        found += [*expected(child), *([child.tail] if child.tail else ())]
    return [*found, name]


@settings(max_examples=150, deadline=None)
@given(_elements)
def test_no_name_no_attribute_and_no_character_is_lost_between_tree_and_bytes(tree: Element) -> None:
    found = events(serialised(tree, where="x"))
    root, own = found[0]
    assert own.pop("xmlns") == TEI
    assert [(root, own), *found[1:]] == expected(tree)


@settings(max_examples=50, deadline=None)
@given(st.text(st.sampled_from(NASTY + "ab\r\n")))
def test_an_article_is_handed_over_when_its_body_says_the_source_and_only_then(text: str) -> None:
    tree = article_tree(Article("a", text), (), version="1")
    assert serialised(tree, where="x", source=text) == serialised(tree, where="x")
    with pytest.raises(OutputRefused, match="does not keep its text"):
        serialised(tree, where="x", source=f"{text}.")


def test_bytes_that_cannot_be_read_again_are_refused() -> None:
    tree = tei("p")
    tree.append(etree.Entity("nobody"))
    with pytest.raises(OutputRefused, match="cannot be read again"):
        serialised(tree, where="x")


def test_a_file_that_cannot_take_its_place_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.xml").mkdir()
    with pytest.raises(OutputRefused, match="a folder stands where the file should be"):
        store(b"x", tmp_path / "a.xml")
    assert [path.name for path in tmp_path.iterdir()] == ["a.xml"]
