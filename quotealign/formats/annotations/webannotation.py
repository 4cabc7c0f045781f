"""W3C Web Annotation (https://www.w3.org/TR/annotation-model/) as JSON-LD: a collection, its items on one page.

A quotation is an annotation whose targets are its pieces, each by position (code points, section 4.2.5) and by its
words with some before and behind (section 4.2.4). A cue or a source is one of its own that links to its quotations.
Identifiers are relative to where the file stands; the source of a target is the article's address, or its id where it
has none. Positions count in the text as it was read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from quotealign.formats.annotations.annotated import Annotated
from quotealign.formats.tei.ids import address_of
from quotealign.model import Article, Quotation, Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32

Thing = dict[str, Any]


def document(some: Sequence[Annotated], version: str) -> str:
    """The annotations of some articles as one collection. No date says when: the same input gives the same bytes."""
    items = [item for annotated in some for item in _items(annotated)]
    maker = {"id": "#quotealign", "type": "Software", "name": f"quotealign {version}"}
    collection = {
        "@context": CONTEXT,
        "id": "#quotations",
        "type": "AnnotationCollection",
        "label": "Quotations, with their cues and sources",
        "creator": maker,
        "generator": "#quotealign",
        "total": len(items),
        "first": {"id": "#page", "type": "AnnotationPage", "partOf": "#quotations", "startIndex": 0, "items": items},
        "last": "#page",
    }
    return json.dumps(collection, ensure_ascii=False, indent=1) + "\n"


def _items(annotated: Annotated) -> Iterator[Thing]:
    article = annotated.article
    for quotation in annotated.quotations:
        if quotation.spans:
            yield _item(_name(quotation), "classifying", _bodies(quotation), article, quotation.spans)
    for mention in annotated.mentions():
        start, end = mention.span
        first = mention.quotations[0]
        bodies: list[Thing] = [_words(mention.role, "classifying")]
        bodies += [
            {"type": "SpecificResource", "purpose": "linking", "source": f"#{_name(q)}"} for q in mention.quotations
        ]
        yield _item(f"{_name(first)}-{mention.role}-{start}-{end}", "linking", bodies, article, (mention.span,))


def _item(name: str, motivation: str, bodies: list[Thing], article: Article, spans: Sequence[Span]) -> Thing:
    return {
        "id": f"#{name}",
        "type": "Annotation",
        "motivation": motivation,
        "creator": "#quotealign",
        "generator": "#quotealign",
        "body": bodies,
        "target": [_target(article, span) for span in spans],
    }


def _bodies(quotation: Quotation) -> list[Thing]:
    bodies = [_words(quotation.kind.value, "classifying")]
    if quotation.speaker is not None:
        bodies.append(_words(quotation.speaker.name, "identifying"))
    if quotation.rule:
        told = quotation.rule if quotation.confidence is None else f"{quotation.rule} confidence={quotation.confidence}"
        bodies.append(_words(told, "describing"))
    return bodies


def _words(value: str, purpose: str) -> Thing:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}


def _target(article: Article, span: Span) -> Thing:
    start, end = span
    source: Thing = {"id": _address(article), "type": "Text"}
    if article.lang != "und":
        source["language"] = article.lang
    exact = {
        "type": "TextQuoteSelector",
        "exact": article.text[start:end],
        "prefix": article.text[max(0, start - _AROUND) : start],
        "suffix": article.text[end : end + _AROUND],
    }
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    return {"type": "SpecificResource", "source": source, "selector": [position, exact]}


def _address(article: Article) -> str:
    return (address_of(article.url) if article.url else None) or quote(article.id, safe="", errors="replace")


def _name(quotation: Quotation) -> str:
    return quote(quotation.id, safe="", errors="replace")
