"""Whether the elements in a text stand where the spans beside it say: quotations with their marks, cues and sources.

The text is the same wherever a tag stands in it, and a span the same whichever quotation it points to. So the one is
held against the other. Where elements could not be set as the places are (they would cross a line's end, or stand too
deep in one another), what body.py does then is taken for true.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from quotealign.formats.tei.body import DEEPEST
from quotealign.formats.tei.elements import NAMESPACES, TEI, XML_ID, Element
from quotealign.formats.tei.grammar import Fault
from quotealign.formats.tei.leftover import rest_in
from quotealign.formats.tei.marks import is_mark, with_marks
from quotealign.formats.tei.source_text import Source, extents, stretches
from quotealign.model import Span

_QUOTING = {f"{{{TEI}}}{name}" for name in ("said", "q", "soCalled", "title")}
_PARTS = {(f"{{{TEI}}}seg", "cue"): "cue", (f"{{{TEI}}}rs", "source"): "source"}
_MARKING = _QUOTING | {tag for tag, _ in _PARTS}
_PARAGRAPH = f"{{{TEI}}}p"


Places: TypeAlias = "dict[tuple[str, str], tuple[Element, list[Span]]]"
"""For a sort of place and a quotation the span, and where it points to."""


@dataclass(slots=True)
class _Marked:
    """What is marked in a text: for each quotation the stretches of its elements, cues and sources, and paragraphs."""

    pieces: dict[str, list[tuple[Element, Span]]] = field(default_factory=dict)
    parts: list[tuple[str, Element, Span]] = field(default_factory=list)
    lines: list[Span] = field(default_factory=list)
    deepest: int = 0


def faults(source: Source) -> Iterator[Fault]:
    """Elements in the text of a file of ours that are not where its spans say."""
    if not source.spans or source.left_out:
        return
    spans: Places = {
        (sort, (span.get("corresp") or "").removeprefix("#")): (span, stretches(span.get("target")))
        for sort, span in source.spans
    }
    marked = _marked(source.body)
    yield from _parts(spans, marked)
    yield from _chains(source.tree, marked)
    pieces = {str(element.get(XML_ID)) for own in marked.pieces.values() for element, _ in own}
    for (_, name), (span, _) in spans.items():
        if name in pieces and name not in marked.pieces:
            yield Fault(span, "place", f"#{name} is a piece of a quotation", "point to its first piece")
    plain = all(_is_plain(source.text, pieces, spans.get(("words", name))) for name, pieces in marked.pieces.items())
    if not plain and not _has_other_places(source.tree):
        yield from _quotations(source, spans, marked)


def _marked(body: Element) -> _Marked:
    found = _Marked()
    inner: list[tuple[Element, Span]] = []
    for element, extent in extents(body):
        if element.tag == _PARAGRAPH:
            found.lines.append(extent)
        elif element.tag in _MARKING:
            inner.append((element, extent))
    heads: dict[str, str] = {}
    open_until: list[int] = []
    for element, (start, end) in sorted(inner, key=lambda one: (one[1][0], -one[1][1])):
        tag = str(element.tag)
        if sort := _PARTS.get((tag, element.get("type") or "")):
            found.parts.append((sort, element, (start, end)))
        name = element.get(XML_ID)
        if tag in _QUOTING and name:
            heads[name] = heads.get(_name(element, "prev"), name)
            found.pieces.setdefault(heads[name], []).append((element, (start, end)))
        while open_until and open_until[-1] <= start:
            open_until.pop()
        open_until.append(end)
        found.deepest = max(found.deepest, len(open_until))
    return found


def _parts(spans: Places, marked: _Marked) -> Iterator[Fault]:
    """Whether each cue and source in the text is where the spans of its quotations say, and names all of these."""
    told = {sort for sort, _ in spans}
    there: dict[tuple[str, Span], tuple[Element, list[str]]] = {}
    for sort, element, extent in marked.parts:
        names = (element.get("corresp") or "").replace("#", "").split()
        there[sort, extent] = (element, names)
        for name in names:
            span, places = spans.get((sort, name), (None, []))
            if places != [extent] and sort in told:
                yield _other(element, span, extent, f"the {sort} of #{name}")
    for (sort, name), (_, places) in spans.items():
        own = there.get((sort, places[0])) if len(places) == 1 else None
        if own is not None and name not in own[1] and name in marked.pieces:
            what = f"the span says that the {sort} of #{name} stands here, and the element here does not name it"
            yield Fault(own[0], "place", what, "correct @corresp of the span or of the element")


def _chains(tree: Element, marked: _Marked) -> Iterator[Fault]:
    """Whether pieces that are chained, and joined, are so from both sides."""
    if all(len(pieces) == 1 for pieces in marked.pieces.values()):
        return
    elements = {str(e.get(XML_ID)): e for pieces in marked.pieces.values() for e, _ in pieces}
    ends = {name: (_name(e, "prev"), _name(e, "next")) for name, e in elements.items()}
    for name, (before, after) in ends.items():
        for own, other, back in (("next", after, 0), ("prev", before, 1)):
            answer = ends[other][back] if other in ends else name
            if answer and answer != name:
                what = f"@{own} leads to #{other}, which is chained to #{answer} instead"
                yield Fault(elements[name], "chain", what, "correct @next and @prev of the pieces")
    for join in tree.iterfind("t:standOff/t:joinGrp/t:join", NAMESPACES):
        names = (join.get("target") or "").replace("#", "").split()
        for name, following in pairwise(names):
            links = ends.get(name, ("", ""))[1] or following, ends.get(following, ("", ""))[0] or name
            if links != (following, name):
                what = f"#{name} and #{following} are joined, and are not chained to each other in the text"
                yield Fault(join, "chain", what, "correct the pointers of <join>, or @next and @prev")
                break


def _name(element: Element, attribute: str) -> str:
    return (element.get(attribute) or "").removeprefix("#")


def _is_plain(text: str, pieces: list[tuple[Element, Span]], found: tuple[Element, list[Span]] | None) -> bool:
    """Whether a quotation is as most are: one element, a mark at either end of it, the place between the marks."""
    if found is None or len(pieces) != 1 or len(found[1]) != 1:
        return False
    (start, end), (first, last) = found[1][0], pieces[0][1]
    marks = first == start - 1 and last == end + 1 and is_mark(text[first]) and is_mark(text[end])
    # A mark beside it might be part of a double one, or another quotation's.
    return marks and not is_mark(text[last : last + 1]) and not is_mark(text[max(first - 1, 0) : first])


def _has_other_places(tree: Element) -> bool:
    """Whether a quotation has places out of the text, which no span tells, though its elements are cut by them."""
    lost = rest_in(tree).get("quotations")
    return isinstance(lost, dict) and '"spans"' in json.dumps(lost)


def _quotations(source: Source, spans: Places, marked: _Marked) -> Iterator[Fault]:
    """Whether the elements of each quotation are those that its places ask for."""
    text = source.text
    if any(sort == "words" for sort, _ in spans):
        for name, pieces in marked.pieces.items():
            if ("words", name) not in spans and ".kind." in (pieces[0][0].get("ana") or ""):
                yield _other(pieces[0][0], None, pieces[0][1], f"#{name}")
    own = {name: found for (sort, name), found in spans.items() if sort == "words" and name in marked.pieces}
    indirect = {name for name, pieces in marked.pieces.items() if pieces[0][0].get("direct") == "false"}
    claimed = [place for name, (_, places) in own.items() if name not in indirect for place in places]
    for annotation in source.tree.iterfind("t:standOff/t:listAnnotation/t:annotation", NAMESPACES):
        # What found no room in the text has marks nevertheless.
        if ".kind.indirect" not in (annotation.get("ana") or ""):
            claimed += stretches(annotation.get("target"))
    widened = with_marks(text, claimed)
    for name, (span, places) in own.items():
        due = places if name in indirect else [widened[place] for place in places]
        expected = list(_joined(_in_lines(due, marked.lines, text)))
        for element, extent in marked.pieces[name]:
            if not any(start <= extent[0] and extent[1] <= end for start, end in expected):
                yield _other(element, span, extent, f"#{name}")
                break
        else:
            missing = [] if marked.deepest >= DEEPEST else _without(expected, (e for _, e in marked.pieces[name]))
            if any(not text[start:end].isspace() for start, end in missing):
                element, extent = marked.pieces[name][0]
                yield _other(element, span, extent, f"#{name}")


def _in_lines(spans: Iterable[Span], lines: Iterable[Span], text: str) -> Iterator[Span]:
    """The parts of some stretches within lines, without those that are white space."""
    lines = list(lines)
    for start, end in spans:
        for first, last in lines:
            low, high = max(start, first), min(end, last)
            if low < high and not text[low:high].isspace():
                yield low, high


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Stretches that touch or overlap, made one."""
    start = end = -1
    for low, high in sorted(spans):
        if low > end:
            if end >= 0:
                yield start, end
            start, end = low, high
        end = max(end, high)
    if end >= 0:
        yield start, end


def _without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """What is left of some stretches without others."""
    holes = list(_joined(taken))
    left: list[Span] = []
    for start, end in spans:
        for low, high in holes:
            if low < end and start < high:
                if start < low:
                    left.append((start, low))
                start = max(start, high)
        if start < end:
            left.append((start, end))
    return left


def _other(element: Element, span: Element | None, extent: Span, whose: str) -> Fault:
    name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    points = stretches(span.get("target")) if span is not None else []
    told = ", ".join(f"{start},{end - start}" for start, end in points) or "nowhere"
    which = "no span is of it" if span is None else f"its span points to {told}"
    what = f"<{name}> of {whose} stands at {extent[0]},{extent[1] - extent[0]}, and {which}"
    return Fault(element, "place", what, "move its tags, marks inside, or correct the span or the pointer")
