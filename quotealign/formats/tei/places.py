"""Whether the words that a file gives for a place stand there.

Every place says its words: a span of type words, content, cue or source in itself, an annotation in a note. So an
offset that is wrong by one is seen, wherever the letter beside is another. Where the text is left out, words are
compared with the length of their place, and all that is said of a quotation's places with its check value. A span or an
annotation without words, as in files of before, is taken as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from quotealign.formats.tei.elements import NAMESPACES, TEI, XML_ID, Element, string_value
from quotealign.formats.tei.grammar import Fault
from quotealign.formats.tei.source_text import RANGE, SORTS, Source, source_of, stated_checksum, stretches
from quotealign.formats.tei.wording import cut_short
from quotealign.model import Span


def check_value(checksum: str, places: Iterable[tuple[str, str, str]]) -> str:
    """The check value of a quotation: the SHA-256 of the checksum of its article and its places, a line end between.

    Each place is its type, its target and its words, as they stand in the file.
    """
    lines = [checksum, *(part for place in places for part in place)]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def faults(tree: Element, source: Source | None, ids: Mapping[str, Element], *, whole: bool) -> Iterator[Fault]:
    """What is wrong with the words of places in a `TEI`; `whole` tells whether all of its places are there."""
    texts: dict[str, str | None] = {}
    spans: dict[str, dict[str, tuple[str, str, str]]] = {}
    for sort, span in source.spans if source else ():
        whose, words = span.get("corresp") or "", span.text or ""
        own = spans.setdefault(whose, {})
        if sort in own:
            what = f"a second span of type {sort} for {whose}"
            yield Fault(span, "place", what, "correct @corresp, or make them one span of several places")
        own[sort] = (sort, span.get("target") or "", words)
        if words:
            yield from _at_their_place(span, words, ids, texts, source)
    if whole:
        yield from _contents(tree, source)
    bound = source is not None and whole and source.ours and source.left_out
    checksum = stated_checksum(tree) if bound else ""
    for annotation in tree.iterfind("t:standOff//t:annotation", NAMESPACES):
        note = annotation.find("t:note[@type='words']", NAMESPACES)
        words = "" if note is None else string_value(note)
        if note is not None:
            yield from _at_their_place(annotation, words, ids, texts, source)
        check = annotation.findtext("t:note[@type='check']", None, NAMESPACES) if bound else None
        if check is not None:
            further = spans.get(f"#{annotation.get(XML_ID)}", {})
            first = ("words", annotation.get("target") or "", words)
            true = check_value(checksum, (first, *(further[sort] for sort in SORTS if sort in further)))
            if check != true:
                what = "the places and words of this quotation are not those that its check value was made of"
                do = f"restore its target, its words, its spans, or the SHA-256 in the header; if all are right: {true}"
                yield Fault(annotation, "check", what, do)


def touch(places: Iterable[Span], others: Sequence[Span]) -> bool:
    """Whether some stretches have a code point in common with others."""
    return any(start < last and first < end for start, end in places for first, last in others)


def _contents(tree: Element, source: Source | None) -> Iterator[Fault]:
    """Whether the content of each quotation has to do with its words."""
    contents = [span for sort, span in source.spans if sort == "content"] if source else []
    if not contents or source is None:
        return
    words = {span.get("corresp"): stretches(span.get("target")) for sort, span in source.spans if sort == "words"}
    for annotation in tree.iterfind("t:standOff/t:listAnnotation/t:annotation", NAMESPACES):
        words[f"#{annotation.get(XML_ID)}"] = stretches(annotation.get("target"))
    for span in contents:
        own = words.get(span.get("corresp"))
        if own and not touch(stretches(span.get("target")), own):
            what = f"the content of {span.get('corresp')} stands apart from its words"
            yield Fault(span, "place", what, "correct @corresp or the offsets")


def _at_their_place(
    element: Element, words: str, ids: Mapping[str, Element], texts: dict[str, str | None], source: Source | None
) -> Iterator[Fault]:
    """Whether some words are those at the target of an element, or as long as that where the text is not there."""
    pointers = (element.get("target") or "").split()
    found = [match for pointer in pointers if (match := RANGE.fullmatch(pointer))]
    if not found or len(found) < len(pointers) or len({match[1] for match in found}) != 1:
        return
    name = found[0][1]
    if name not in texts:
        texts[name] = _text_of(ids.get(name), source)
    text = texts[name]
    places = [(int(match[2]), int(match[2]) + int(match[3])) for match in found]
    if text is None:
        length = sum(end - start for start, end in places) + len(places) - 1
        if len(words) != length and source and source.ours and source.left_out:
            what = f"its words are {len(words)} code points, and its place has {length}"
            yield Fault(element, "words", what, "correct the length or the words")
        return
    there = " ".join(text[start:end] for start, end in places)
    if there != words and all(end <= len(text) for _, end in places):
        what = f"the words at its place are {cut_short(there)!r}, and it gives {cut_short(words)!r}"
        yield Fault(element, "words", what, f"correct the offsets{_nearest(text, words, places)} or the words")


def _text_of(target: Element | None, source: Source | None) -> str | None:
    """The text of an element; None where there is none, or not all of it."""
    if target is None or next(target.iter(f"{{{TEI}}}gap"), None) is not None:
        return None
    return source.text if source and target is source.body else string_value(target)


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
        source = source_of(tree)
        if source is None or not source.ours:
            continue
        text = None if source.left_out else source.text
        for annotation in tree.iterfind("t:standOff/t:listAnnotation/t:annotation", NAMESPACES):
            note = annotation.find("t:note[@type='words']", NAMESPACES)
            _tell(found, annotation.get(XML_ID), annotation, None if note is None else string_value(note), text)
        for sort, span in source.spans:
            if sort == "words":
                _tell(found, (span.get("corresp") or "").removeprefix("#"), span, span.text, text)
    return found


def _tell(found: dict[str, str], name: str | None, element: Element, words: str | None, text: str | None) -> None:
    places = stretches(element.get("target"))
    if words is None and text is not None and places:
        words = " ".join(text[start:end] for start, end in places)
    if name and words is not None:
        found[name] = words
