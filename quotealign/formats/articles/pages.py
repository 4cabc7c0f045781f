"""Web pages: the text of the article in them, with the marks that a browser draws around `q`.

The article is what stands in `article` or `main`, else in the body, without what leads elsewhere: navigation, forms,
asides, lists and paragraphs that are mostly links, rows of teasers, and what its role, its style or its name says to be
no article, such as comments. Captions are kept. Where a page shows its text by a script only, it is taken from what the
page tells search engines (schema.org, `articleBody`). No rule of a site is known here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from quotealign.errors import InputEmpty
from quotealign.formats.articles.leading import DASHES, Blocks, led

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
_ROLES = frozenset("navigation banner search complementary contentinfo dialog alertdialog menu toolbar".split())
"""Of WAI-ARIA: parts of a page that are not what it is about."""
_NAMES = frozenset(
    "respond related relatedposts recirc recommended recommendations share sharing sharedaddy social newsletter signup "
    "subscribe subscription cookie cookies consent gdpr onetrust sidebar promo promos promotion teaser teasers "
    "breadcrumb breadcrumbs trending popular advert advertisement ad ads sponsor sponsored sponsorship paywall tooltip "
    "modal popup overlay masthead footer colophon nav navbar navigation menu bio disqus outbrain taboola".split()
)
_STEMS = ("comment", "komment", "coment")
_PHRASES = ("sr-only", "screen-reader", "-hidden ", "most-read", "mostread", "read-more", "readmore")
_WHOLE = frozenset({"widget", "hidden", "invisible"})
"""Words, beginnings of words, phrases and whole names in the class or the id of what is no article, as programs that
keep sites name it."""
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_AMP = re.compile(r"amp-(?!img|figure|story|live-list|fit-text)")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LINKS = 0.6
"""A block of whose letters more stand in links leads elsewhere."""
_SHARE = 0.25
"""An article that holds less of the words of its page is not what the page is about."""
_FEW = 200
"""Letters from which a block is taken for text however many links it has."""
_TEASER = 600
"""Letters that a teaser has at most."""
_HALF = 0.5
"""What holds more of the article's words is no aside, whatever it is called."""
_MORE = 2
"""By how much more a page must tell search engines than it shows."""


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
    kept = _Lines(body).read()
    told = _told(root)
    if sum(map(len, told)) > _MORE * sum(len(line) for line, _ in kept):
        kept = [(line, ()) for line in told]
    if not kept:
        raise InputEmpty("no page with text", do="give the page itself")
    lang = (root.get("lang") or "").strip() or None
    return led(kept) + "\n", _tidy(title) if title else None, lang


def _told(root: _Element) -> list[str]:
    """The paragraphs of the article as the page tells them to search engines."""
    for script in root.iter("script"):
        if script.get("type") == "application/ld+json" and script.text and "articleBody" in script.text:
            try:
                found = next(_bodies(json.loads(script.text, strict=False)), "")
            except (ValueError, RecursionError):
                continue
            return [line for line in map(_tidy, found.split("\n")) if line]
    return []


def _bodies(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        body = data.get("articleBody")
        if isinstance(body, str):
            yield body
        data = list(data.values())
    if isinstance(data, list):
        for value in data:
            yield from _bodies(value)


def _words(element: _Element) -> str:
    """The words of an element, without those of scripts and styles."""
    return _tidy(
        "".join(
            t for e in element.iter() if e.tag not in _DROPPED for t in (e.text, None if e is element else e.tail) if t
        )
    )


def _all_words(element: _Element) -> str:
    return _tidy("".join(map(str, element.itertext())))


def _tidy(line: str) -> str:
    return _SPACE.sub(" ", line).strip(" ")


class _Lines:
    """The lines of a page's article, a block a line."""

    def __init__(self, body: _Element) -> None:
        self._body = body
        self._most = _HALF * len(_words(body))
        self._lines = [""]
        self._within: list[Blocks] = [()]
        self._blocks: Blocks = ()
        self._number = 0

    def read(self) -> list[tuple[str, Blocks]]:
        """The lines, each with the numbers of the block quotations that it stands in, the outer first."""
        self._read(self._body, 0)
        tidied = zip(map(_tidy, self._lines), self._within, strict=True)
        return [(line, blocks) for line, blocks in tidied if line]

    def _begin(self) -> None:
        self._lines.append("")
        self._within.append(self._blocks)

    def _read(self, element: _Element, depth: int) -> None:
        """Append the words of an element to the last line, a new line a block."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or (element is not self._body and self._is_no_article(element, tag)):
            return
        signs = bool(self._blocks) and self._signs(element, tag)
        block = tag in _BLOCKS or signs
        if tag == "blockquote":
            self._number += 1
            self._blocks = (*self._blocks, self._number)
        if block or tag == "br":
            self._begin()
        if signs and _all_words(element)[:1] not in DASHES:
            self._lines[-1] += "— "
        if tag == "q":
            quoted = sum(above.tag == "q" for above in element.iterancestors())
            self._lines[-1] += "‘" if quoted % 2 else "“"
        self._lines[-1] += element.text or ""
        teasers = _teasers(element) if block else frozenset()
        for child in element:
            if depth < 200 and child not in teasers:
                self._read(child, depth + 1)
            self._lines[-1] += child.tail or ""
        if tag == "q":
            self._lines[-1] += "’" if quoted % 2 else "”"
        if tag == "blockquote":
            self._blocks = self._blocks[:-1]
        if block:
            self._begin()

    def _signs(self, element: _Element, tag: str) -> bool:
        """Whether an element says whose words a block quotation holds; browsers draw a dash before it."""
        above = element.getparent()
        below = tag == "cite" and above is not None and above.tag == "blockquote" and element.getprevious() is not None
        return (tag == "footer" or below) and bool(_all_words(element))

    def _is_no_article(self, element: _Element, tag: str) -> bool:
        if self._blocks and tag == "footer":
            return False
        if tag in _DROPPED or element.get("hidden") is not None or element.get("aria-hidden") == "true":
            return True
        if element.get("role") in _ROLES or _UNSEEN.search(element.get("style") or "") or _AMP.match(tag):
            return True
        if tag in ("p", "li", "ul", "ol", "div", "td") and _leads_elsewhere(element):
            return True
        return _is_named_aside(element) and element.find(".//h1") is None and len(_words(element)) <= self._most


def _is_named_aside(element: _Element) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''} "
    words = [word.lower() for word in re.findall(r"[A-Z]?[a-z]+", names)]
    return (
        not _NAMES.isdisjoint(words)
        or any(word.startswith(_STEMS) for word in words)
        or any(phrase in names for phrase in _PHRASES)
        # Behind a colon stands on which screens it is seen all the same.
        or (":" not in names and not _WHOLE.isdisjoint(names.split()))
    )


def _teasers(element: _Element) -> frozenset[_Element]:
    """The children of an element that stand in a row and each begin with a link of their own, a few words behind it."""
    kinds: dict[tuple[object, str | None], list[_Element]] = {}
    for child in element:
        if child.tag in ("div", "li", "section", "article") and _is_teaser(child):
            kinds.setdefault((child.tag, child.get("class")), []).append(child)
    return frozenset(child for row in kinds.values() if len(row) > 1 for child in row)


def _is_teaser(element: _Element) -> bool:
    first = next((e for e in element.iter() if e.tag not in _DROPPED and (e.text or "").strip()), None)
    if first is None or not any(e.tag == "a" for e in (first, *first.iterancestors())):
        return False
    link = next(e for e in (first, *first.iterancestors()) if e.tag == "a")
    return not (link.tail or "").strip() and len(_words(element)) <= _TEASER


def _leads_elsewhere(element: _Element) -> bool:
    links = sum(len(_words(link)) for link in element.iter("a"))
    if not links:
        return False
    whole = len(_words(element))
    return links > _LINKS * whole and whole - links < _FEW
