"""Whether the words that a file gives for a place stand there.

Every place says its words: a span of type words, content, cue or source in itself, an annotation in a note. So an
offset that is wrong by one is seen, wherever the letter beside is another. Where the text is left out, words are
compared with the length of their place, and all that is said of a quotation's places with its check value. A span or an
annotation without words, as in files of before, is taken as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from quotealign.formats.tei.elements import NAMESPACES, TEI, XML_ID, Element, string_value
from quotealign.formats.tei.grammar import Fault
from quotealign.formats.tei.source_text import RANGE, is_left_out, is_ours, stated_checksum, stretches
from quotealign.formats.tei.wording import cut_short
from quotealign.model import Span

SORTS = ("words", "content", "cue", "source")
"""The types of places of a quotation, in the order in which they are written."""


def check_value(checksum: str, places: Iterable[tuple[str, str, str]]) -> str:
    """The check value of a quotation: the SHA-256 of the checksum of its article and its places, a line end between.

    Each place is its type, its target and its words, as they stand in the file.
    """
    lines = [checksum, *(part for place in places for part in place)]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def faults(tree: Element, ids: Mapping[str, Element], *, whole: bool) -> Iterator[Fault]:
    """What is wrong with the words of places in a `TEI`; `whole` tells whether all of its places are there."""
    texts: dict[str, str | None] = {}
    spans: dict[str, list[tuple[str, str, str]]] = {}
    if is_ours(tree):
        for sort in SORTS:
            for span in tree.iterfind(f"t:standOff/t:spanGrp[@type='{sort}']/t:span", NAMESPACES):
                words, target = span.text or "", span.get("target") or ""
                others = spans.setdefault(span.get("corresp") or "", [])
                if any(other == sort for other, _, _ in others):
                    what = f"a second span of type {sort} for {span.get('corresp')}"
                    yield Fault(span, "place", what, "correct @corresp, or make them one span of several places")
                others.append((sort, target, words))
                if words:
                    yield from _at_their_place(span, words, ids, texts)
    checksum, left_out = stated_checksum(tree), is_ours(tree) and is_left_out(tree)
    for annotation in tree.iter(f"{{{TEI}}}annotation"):
        note = annotation.find("t:note[@type='words']", NAMESPACES)
        words = "" if note is None else string_value(note)
        if note is not None:
            yield from _at_their_place(annotation, words, ids, texts)
        check = annotation.findtext("t:note[@type='check']", None, NAMESPACES)
        if whole and left_out and check is not None:
            own = ("words", annotation.get("target") or "", words)
            true = check_value(checksum, (own, *spans.get(f"#{annotation.get(XML_ID)}", ())))
            if check != true:
                what = "the places and words of this quotation are not those that its check value was made of"
                do = f"restore its target, its words, its spans, or the SHA-256 in the header; if all are right: {true}"
                yield Fault(annotation, "check", what, do)


def _at_their_place(
    element: Element, words: str, ids: Mapping[str, Element], texts: dict[str, str | None]
) -> Iterator[Fault]:
    """Whether some words are those at the target of an element, or as long as that where the text is not there."""
    found = [RANGE.fullmatch(pointer) for pointer in (element.get("target") or "").split()]
    names = {match[1] if match else "" for match in found}
    if len(names) != 1 or (name := names.pop()) not in ids:
        return
    if name not in texts:
        texts[name] = None if is_left_out(ids[name]) else string_value(ids[name])
    text, places = texts[name], stretches(element.get("target"))
    if text is None:
        length = sum(end - start for start, end in places) + len(places) - 1
        if len(words) != length:
            what = f"its words are {len(words)} code points, and its place has {length}"
            yield Fault(element, "words", what, "correct the length or the words")
        return
    there = " ".join(text[start:end] for start, end in places)
    if there != words and all(end <= len(text) for _, end in places):
        what = f"the words at its place are {cut_short(there)!r}, and it gives {cut_short(words)!r}"
        yield Fault(element, "words", what, f"correct the offsets{_nearest(text, words, places)} or the words")


def _nearest(text: str, words: str, places: list[Span]) -> str:
    """Where the words stand that are not at their place, in words for a sentence; empty where nobody can tell."""
    if len(places) != 1 or not words:
        return ""
    start = places[0][0]
    found = [at for at in (text.rfind(words, 0, start + len(words)), text.find(words, start)) if at >= 0]
    if not found:
        return ""
    return f" (they stand at {min(found, key=lambda at: abs(at - start))},{len(words)})"


def words_in(root: Element) -> dict[str, str]:
    """The words of the quotations of our articles in a document, by xml:id, as far as their places tell them."""
    found: dict[str, str] = {}
    for tree in root.iter(f"{{{TEI}}}TEI"):
        body = tree.find("t:text/t:body", NAMESPACES)
        if body is None or not is_ours(tree):
            continue
        text = None if is_left_out(body) else string_value(body)
        for annotation in tree.iterfind("t:standOff/t:listAnnotation/t:annotation", NAMESPACES):
            note = annotation.find("t:note[@type='words']", NAMESPACES)
            _tell(found, annotation.get(XML_ID), annotation, None if note is None else string_value(note), text)
        for span in tree.iterfind("t:standOff/t:spanGrp[@type='words']/t:span", NAMESPACES):
            _tell(found, (span.get("corresp") or "").removeprefix("#"), span, span.text, text)
    return found


def _tell(found: dict[str, str], name: str | None, element: Element, words: str | None, text: str | None) -> None:
    places = stretches(element.get("target"))
    if words is None and text is not None and places:
        words = " ".join(text[start:end] for start, end in places)
    if name and words is not None:
        found[name] = words
