"""The paragraphs of a Word document, as lines: with its tracked changes or before them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quotealign.formats.articles.leading import inherited, is_quoting, led_line

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
}


def quoting(styles: _Element | None) -> frozenset[str]:
    """The ids of the paragraph styles for quotations, by their names or by those that they are based on."""
    named: dict[str, tuple[str, str]] = {}
    for style in styles.iter(f"{_W}style") if styles is not None else ():
        name, base = style.find(f"{_W}name"), style.find(f"{_W}basedOn")
        named[style.get(f"{_W}styleId", "")] = (_value(name), _value(base))
    return inherited(named)


def lines(root: _Element, changes: str, styles: frozenset[str]) -> Iterator[str]:
    """A line a paragraph; a paragraph inside another (in a text box) comes behind it.

    A paragraph whose end was taken out goes on in the next, and one whose end was put in did so before.
    """
    open_ = ""
    joined = False
    for paragraph in root.iter(f"{_W}p"):
        if any(above.tag == _FALLBACK for above in paragraph.iterancestors()):
            continue
        line = "".join(_runs(paragraph, changes))
        if not joined and _is_quoted(paragraph, styles):
            line = led_line(line)
        open_ += line
        mark = "del" if changes == "accept" else "ins"
        joined = paragraph.find(f"{_W}pPr/{_W}rPr/{_W}{mark}") is not None
        if not joined:
            yield open_
            open_ = ""
    if open_:
        yield open_


def _is_quoted(paragraph: _Element, styles: frozenset[str]) -> bool:
    style = _value(paragraph.find(f"{_W}pPr/{_W}pStyle"))
    return style in styles or is_quoting(style)


def _value(element: _Element | None) -> str:
    return "" if element is None else element.get(f"{_W}val", "")


def _runs(element: _Element, changes: str) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in (f"{_W}del", f"{_W}moveFrom"):
            if changes != "accept":
                yield from _runs(child, changes)
        elif tag in (f"{_W}ins", f"{_W}moveTo"):
            if changes != "reject":
                yield from _runs(child, changes)
        elif tag in (f"{_W}t", f"{_W}delText"):
            yield child.text or ""
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag not in (f"{_W}p", f"{_W}pPr", _FALLBACK, f"{_W}instrText", f"{_W}delInstrText") and isinstance(
            tag, str
        ):
            yield from _runs(child, changes)
