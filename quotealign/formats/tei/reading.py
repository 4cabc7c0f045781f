"""TEI back to records: our own files whole, those of others as far as they say what a record holds.

Records are the JSON objects of docs/records.md; what is missing is not there. Of our own files the text is the string
value of the body; of others it is made of their paragraphs, since white space there is mostly layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from quotealign.formats.records import SHA256, Record, article_record, quotation_record
from quotealign.formats.tei.elements import NAMESPACES, TEI, XML_ID, XML_LANG, Element, string_value
from quotealign.formats.tei.foreign import plain_text
from quotealign.formats.tei.header import NOT_STATED
from quotealign.formats.tei.leftover import as_json, laid_over, rest_in
from quotealign.formats.tei.source_text import is_ours, restored, stretches
from quotealign.model import Article, Quotation

_LENGTH = re.compile(r"[0-9]{1,12}")
_KINDS = {"said": "direct", "q": "direct", "soCalled": "term", "title": "title"}
_NAME = "t:teiHeader/t:fileDesc/"
_SOURCE = f"{_NAME}t:sourceDesc/t:biblStruct/"
_SPEAKERS = "t:teiHeader/t:profileDesc/t:particDesc/*/*"
_CATEGORIES = "t:teiHeader/t:encodingDesc/t:classDecl/t:taxonomy/t:category"

Spans = list[list[int]]


def articles(root: Element) -> Iterator[Element]:
    """The `TEI` elements in a document that hold an article: not a collation, and not what is only included."""
    for tree in root.iter(f"{{{TEI}}}TEI"):
        body = tree.find("t:text/t:body", NAMESPACES)
        if body is not None and body.find(".//t:app", NAMESPACES) is None and not _is_collation(body):
            yield tree


def _is_collation(body: Element) -> bool:
    return body.find("t:ab[@type='collation']", NAMESPACES) is not None


def without_text(tree: Element) -> bool:
    """Whether a file of ours leaves its article's text out. A gap in a text of others leaves the rest of it."""
    body = tree.find("t:text/t:body", NAMESPACES)
    gap = None if body is None or not is_ours(tree) else body.find(".//t:gap[@reason='rights']", NAMESPACES)
    return gap is not None and body is not None and not string_value(body).strip()


def article_of(tree: Element, stem: str) -> Record:
    """The record of an article; where the file leaves the text out, its length and SHA-256 stand in its place."""
    record: Record = {"type": "article", "schema": 1}
    record["id"] = _first(tree, f"{_SOURCE}t:analytic/t:idno[@type='article']") or tree.get(XML_ID) or stem
    record["lang"] = _lang(tree)
    title = _first(tree, f"{_SOURCE}t:analytic/t:title")
    date = tree.find(f"{_SOURCE}t:monogr/t:imprint/t:date", NAMESPACES)
    if not is_ours(tree):
        title = title or _first(tree, f"{_NAME}t:titleStmt/t:title")
        date = date if date is not None else tree.find(f"{_NAME}t:sourceDesc//t:date", NAMESPACES)
    found = {
        "title": title,
        "outlet": _first(tree, f"{_SOURCE}t:monogr/t:title"),
        "published": None if date is None else string_value(date) if is_ours(tree) else date.get("when"),
        "url": _url(tree),
    }
    record |= {key: value for key, value in found.items() if value not in (None, NOT_STATED)}
    record |= _checks(tree) if without_text(tree) else {"text": _text(tree)}
    return laid_over(record, rest_in(tree).get("article"))


def quotations_of(tree: Element, stem: str) -> list[Record]:
    """The records of the quotations of one of our files, in the order in which they were written."""
    found = _quotations(tree, article_of(tree, stem))
    rest = rest_in(tree)
    lost, order = rest.get("quotations"), rest.get("order")
    lost = lost if isinstance(lost, dict) else {}
    names = [str(name) for name in order] if isinstance(order, list) else list(found)
    return [laid_over(found[name], lost.get(name)) for name in names if name in found]


def _quotations(tree: Element, article: Record) -> dict[str, Record]:
    """The records of quotations by xml:id, as TEI alone tells them."""
    if not is_ours(tree):
        return {}
    text = article.get("text")
    places = _spans(tree)
    speakers = {str(e.get(XML_ID)): _speaker(e) for e in tree.iterfind(_SPEAKERS, NAMESPACES)}
    rules = {str(e.get(XML_ID)): string_value(e) for e in tree.iterfind(_CATEGORIES, NAMESPACES)}
    degrees = _degrees(tree)
    linked = dict(_linked(tree))
    heads = {str(e.get(XML_ID)): e for e in _heads(tree)}
    found: dict[str, Record] = {}
    for name in (*(n for n in places["words"] if n in heads), *(n for n in heads if n not in places["words"])):
        element = heads[name]
        kind, rule = _analysis(element, rules)
        spans = places["words"][name][0] if name in places["words"] else _ranges(element.get("target"))
        if spans and isinstance(text, str):
            words = " ".join(text[start:end] for start, end in spans)
        else:
            words = element.findtext("t:note[@type='words']", "", NAMESPACES)
        who = element.get("who") or _target(element.find("t:ptr[@type='speaker']", NAMESPACES)) or linked.get(name)
        found[name] = {
            "type": "quotation",
            "schema": 1,
            "id": name,
            "article": article["id"],
            "lang": element.get(XML_LANG) or article["lang"],
            "kind": kind,
            "spans": spans,
            "text": words,
            "content": places["content"][name][0] if name in places["content"] else None,
            "cue": _passage(places["cue"].get(name), text),
            "source": _passage(places["source"].get(name), text),
            "speaker": speakers.get(who.removeprefix("#")) if who else None,
            "confidence": degrees.get(name),
            "rule": rule,
            "outlet": article.get("outlet"),
            "published": article.get("published"),
        }
    return found


def rest_of(tree: Element, article: Article, own: Mapping[str, Quotation]) -> str | None:
    """What reading a tree would lose, as JSON for its header; None where it loses nothing."""
    rest: dict[str, Any] = {}
    read, true = article_of(tree, ""), article_record(article)
    if without_text(tree):
        del true["text"]
        true |= _checks(tree)
    if lost := _difference(read, true):
        rest["article"] = lost
    found = _quotations(tree, true)
    changed = {
        name: lost for name, quotation in own.items() if (lost := _difference(found[name], quotation_record(quotation)))
    }
    if changed:
        rest["quotations"] = changed
    if list(found) != list(own):
        rest["order"] = list(own)
    return as_json(rest) if rest else None


def _difference(read: Record, true: Record) -> list[Any]:
    """The fields in which a record that was read is not the true one, as they truly are, and the names of those that
    were not there at all; empty where it is the true one."""
    absent = object()
    lost = {
        key: value for key, value in true.items() if read.get(key, absent) != value or _is_other(read.get(key), value)
    }
    gone = [key for key in read if key not in true]
    return [lost, gone] if lost or gone else []


def _is_other(one: Any, other: Any) -> bool:
    return type(one) is not type(other) and not isinstance(one, int | float)


# -- pieces of a file ----------------------------------------------------------------------------------------------


def _text(tree: Element) -> str:
    body = tree.find("t:text/t:body", NAMESPACES)
    if is_ours(tree):
        return restored(tree) or ""
    return "" if body is None else plain_text(body)


def _checks(tree: Element) -> Record:
    """What a header says of a text that is left out, by which whoever has the article knows that it is the one."""
    measure = tree.find(f"{_NAME}t:extent/t:measure[@unit='characters']", NAMESPACES)
    length = "" if measure is None else measure.get("quantity") or ""
    sha = (_first(tree, f"{_SOURCE}t:analytic/t:idno[@type='sha256']") or "").strip().lower()
    found: Record = {"text_length": int(length)} if _LENGTH.fullmatch(length) else {}
    return found | ({"text_sha256": sha} if SHA256.fullmatch(sha) else {})


def _first(tree: Element, path: str) -> str | None:
    found = tree.find(path, NAMESPACES)
    return None if found is None else string_value(found) or None


def _lang(tree: Element) -> str:
    text = tree.find("t:text", NAMESPACES)
    lang = (text.get(XML_LANG) if text is not None else None) or tree.get(XML_LANG)
    if not lang:
        languages = tree.findall(".//t:langUsage/t:language", NAMESPACES)
        lang = languages[0].get("ident") if len(languages) == 1 else None
    return lang or "und"


def _url(tree: Element) -> str | None:
    pointer = tree.find(f"{_SOURCE}t:ptr", NAMESPACES)
    if pointer is not None:
        return pointer.get("target")
    return _first(tree, f"{_SOURCE}t:note[@type='url']")


def _heads(tree: Element) -> Iterator[Element]:
    """The elements that stand for quotations: the first piece of each inline one, then annotations."""
    body = tree.find("t:text/t:body", NAMESPACES)
    for element in body.iter(*(f"{{{TEI}}}{name}" for name in _KINDS)) if body is not None else ():
        if element.get(XML_ID) and not element.get("prev"):
            yield element
    yield from tree.iterfind("t:standOff/t:listAnnotation/t:annotation", NAMESPACES)


def _spans(tree: Element) -> dict[str, dict[str, tuple[Spans, str]]]:
    """For each sort of place, and each quotation by xml:id, the places and the text that a span of it holds."""
    found: dict[str, dict[str, tuple[Spans, str]]] = {sort: {} for sort in ("words", "content", "cue", "source")}
    for group in tree.iterfind("t:standOff/t:spanGrp", NAMESPACES):
        own = found.get(group.get("type") or "", {})
        for span in group.iterchildren(f"{{{TEI}}}span"):
            name = (span.get("corresp") or "").removeprefix("#")
            if name not in own:
                own[name] = (_ranges(span.get("target")), string_value(span) if len(span) else span.text or "")
    return found


def _ranges(target: str | None) -> Spans:
    return [list(span) for span in stretches(target)]


def _passage(found: tuple[Spans, str] | None, text: Any) -> Record | None:
    if found is None:
        return None
    spans, words = found
    span = spans[0] if spans else None
    if span and isinstance(text, str):
        words = text[span[0] : span[1]]
    return {"span": span, "text": words}


def _linked(tree: Element) -> Iterator[tuple[str, str]]:
    """Quotations that are no speech, and whom their clause names."""
    for link in tree.iterfind("t:standOff/t:linkGrp[@type='speaker']/t:link", NAMESPACES):
        ends = (link.get("target") or "").split()
        if len(ends) == 2:
            yield ends[0].removeprefix("#"), ends[1]


def _target(pointer: Element | None) -> str | None:
    return None if pointer is None else pointer.get("target")


def _speaker(element: Element) -> Record:
    name = str(element.get(XML_ID))
    own = element.get("n") or name.partition("speaker-")[2]
    person = etree.QName(element).localname == "person"
    named = element.findtext("t:persName" if person else "t:orgName", "", NAMESPACES)
    record: Record = {"id": own, "name": named, "kind": "person" if person else element.get("type") or "org"}
    authority = element.findtext("t:idno[@type='authority']", None, NAMESPACES)
    return record if authority is None else record | {"authority": authority}


def _analysis(element: Element, rules: Mapping[str, str]) -> tuple[str, str | None]:
    kind, rule = _KINDS.get(etree.QName(element).localname, "direct"), None
    for pointer in (element.get("ana") or "").split():
        name = pointer.removeprefix("#")
        if ".kind." in name:
            kind = name.rpartition(".kind.")[2]
        elif ".rule." in name and name in rules:
            rule = rules[name].strip()
    return kind, rule


def _degrees(tree: Element) -> dict[str, float]:
    found: dict[str, float] = {}
    for certainty in tree.iterfind("t:standOff/t:certainty", NAMESPACES):
        first = (certainty.get("target") or "").split()[:1]
        try:
            found.setdefault(first[0].removeprefix("#"), float(certainty.get("degree") or ""))
        except (IndexError, ValueError):
            continue
    return found
