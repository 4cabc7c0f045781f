"""Web pages: the text of the article in them, with the marks that a browser draws around `q`.

The article is what stands in `article` or `main`, else in the body, without what leads elsewhere: navigation, forms,
asides, and lists and paragraphs that are mostly links. Captions are kept. No rule of a site is known here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quotealign.errors import InputEmpty

if TYPE_CHECKING:
    from lxml.etree import _Element

_DROPPED = frozenset(
    "script style noscript template svg math iframe object form button select input textarea nav aside footer menu "
    "dialog video audio canvas head title".split()
)
_BLOCKS = frozenset(
    "p div section article main header h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote figure figcaption table tr td th "
    "caption pre address hr body details summary".split()
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LINKS = 0.6
"""A block of whose letters more stand in links leads elsewhere."""
_SHARE = 0.25
"""An article that holds less of the words of its page is not what the page is about."""
_FEW = 200
"""Letters from which a block is taken for text however many links it has."""


def html(text: str) -> tuple[str, str | None, str | None]:
    """The text of a page, a paragraph a line, with its title and its language where they are told."""
    from lxml import etree

    # What is decoded already is handed over as bytes of a known encoding, whatever it declares.
    root: _Element | None = etree.fromstring(text.encode("utf-8", "replace"), etree.HTMLParser(encoding="utf-8"))
    if root is None:
        raise InputEmpty("no page with text", do="give the page itself")
    title = root.findtext(".//title")
    whole = root.find("body") if root.find("body") is not None else root
    assert whole is not None
    inner = list(root.iter("article", "main"))
    body = max(inner, key=lambda element: len(_words(element)), default=whole)
    # A teaser may be an article, too: what holds little of the page is not the one it is about.
    if len(_words(body)) < _SHARE * len(_words(whole)):
        body = whole
    lines: list[str] = [""]
    _read(body, lines)
    kept = [line for line in map(_tidy, lines) if line]
    if not kept:
        raise InputEmpty("no page with text", do="give the page itself")
    lang = (root.get("lang") or "").strip() or None
    return "\n\n".join(kept) + "\n", _tidy(title) if title else None, lang


def _words(element: _Element) -> str:
    """The words of an element, without those of scripts and styles."""
    return _tidy(
        "".join(
            t for e in element.iter() if e.tag not in _DROPPED for t in (e.text, None if e is element else e.tail) if t
        )
    )


def _tidy(line: str) -> str:
    return _SPACE.sub(" ", line).strip(" ")


def _read(element: _Element, lines: list[str], depth: int = 0) -> None:
    """Append the words of an element to the last line, a new line a block."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if not tag or tag in _DROPPED or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return
    if tag in ("p", "li", "ul", "ol", "div", "td") and _leads_elsewhere(element):
        return
    block = tag in _BLOCKS
    if block:
        lines.append("")
    if tag == "br":
        lines.append("")
    if tag == "q":
        quoted = sum(above.tag == "q" for above in element.iterancestors())
        lines[-1] += "‘" if quoted % 2 else "“"
    lines[-1] += element.text or ""
    for child in element:
        if depth < 200:
            _read(child, lines, depth + 1)
        lines[-1] += child.tail or ""
    if tag == "q":
        lines[-1] += "’" if quoted % 2 else "”"
    if block:
        lines.append("")


def _leads_elsewhere(element: _Element) -> bool:
    links = sum(len(_words(link)) for link in element.iter("a"))
    if not links:
        return False
    whole = len(_words(element))
    return links > _LINKS * whole and whole - links < _FEW
