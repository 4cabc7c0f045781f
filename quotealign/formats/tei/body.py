"""From an article's text and what is to be marked in it to a TEI body that says the same text.

The text of the body equals the article's text code point for code point (law 3). To that end nothing is laid
out, each line that is not blank becomes a `p`, and line ends stay between the `p` elements. Marked stretches may
cross each other or a line's end, elements may not: a stretch is cut there, and its pieces are chained by `next`
and `prev`.
"""

from __future__ import annotations

import bisect
import heapq
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from quotealign.formats.tei.elements import Element, add_source_text, is_blank, tei
from quotealign.model import Span

DEEPEST = 40
"""How many marked stretches may stand in one another; XML readers refuse files that nest without end."""

_LINE = re.compile(r"[^\r]+")


@dataclass(frozen=True, slots=True)
class Markup:
    """An element to be set around one or more stretches of the text.

    id          its xml:id; pieces after the first get a number behind it
    name        the element's name
    spans       the stretches, code points of the article
    about       the markups that it says something of, by id; such a markup is left out where it would have to be cut
    """

    id: str
    name: str
    spans: tuple[Span, ...]
    attributes: Mapping[str, str] = field(default_factory=dict, hash=False)
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """A TEI body, and for each markup that found a place the ids of its pieces, in the order of the text."""

    element: Element
    pieces: Mapping[str, tuple[str, ...]]


class _Stretch(NamedTuple):
    """A piece of markup `owner`; stretches sort as elements open: outer before inner."""

    start: int
    before: int  # minus the end, so that of two with one start the longer comes first
    owner: int

    @property
    def end(self) -> int:
        return -self.before


def body(text: str, markups: Sequence[Markup], *, prefix: str) -> Body:
    """The body of an article; markups come outer first where their stretches are the same."""
    lines = list(_lines(text))
    stretches = _nested(_cut_at_lines(markups, lines))
    stretches = _not_too_deep(sorted({*stretches, *_fitting(markups, lines, stretches)}))
    stretches = [s for s in stretches if not text[s.start : s.end].isspace()]
    places, chains = _named(stretches, markups)
    element = tei("body", xml_id=f"{prefix}body", xml_space="preserve")
    at = next_stretch = 0
    last: Element | None = None
    for number, (start, end) in enumerate(lines, 1):
        last = add_source_text(element, text[at:start], prefix, last)
        paragraph = last = tei("p", xml_id=f"{prefix}p{number}", n=str(number))
        element.append(paragraph)
        first = next_stretch
        while next_stretch < len(stretches) and stretches[next_stretch].start < end:
            next_stretch += 1
        opening = [
            (stretch, _element(markups[stretch.owner], places[stretch], chains))
            for stretch in stretches[first:next_stretch]
        ]
        _fill(paragraph, text, (start, end), opening, prefix)
        at = end
    if last is None:
        # A body without any paragraph is not valid TEI.
        last = tei("p", xml_id=f"{prefix}p1", n="1")
        element.append(last)
    add_source_text(element, text[at:], prefix, last)
    return Body(element, {markup: tuple(chain) for markup, chain in chains.items()})


def _lines(text: str) -> Iterator[Span]:
    """Where each line stands that is not blank."""
    at = 0
    for piece in text.split("\n"):
        # A return by itself ends a line too, and is rare: looked for only where there is one.
        spans = ((0, len(piece)),) if "\r" not in piece else (match.span() for match in _LINE.finditer(piece))
        for start, end in spans:
            if not is_blank(piece[start:end]):
                yield at + start, at + end
        at += len(piece) + 1


def _cut_at_lines(markups: Sequence[Markup], lines: Sequence[Span]) -> Iterable[_Stretch]:
    ends = [end for _, end in lines]
    for owner, markup in enumerate(markups):
        if markup.about:
            continue
        for start, end in markup.spans:
            for line in range(bisect.bisect_right(ends, max(start, 0)), len(lines)):
                low, high = max(start, lines[line][0]), min(end, lines[line][1])
                if lines[line][0] >= end:
                    break
                if low < high:
                    yield _Stretch(low, -high, owner)


def _nested(stretches: Iterable[_Stretch]) -> list[_Stretch]:
    """The same stretches, none crossing another: the one that starts later is cut where the earlier one ends."""
    waiting = sorted(stretches)
    nested: list[_Stretch] = []
    open_ends: list[int] = []
    while waiting:
        stretch = heapq.heappop(waiting)
        while open_ends and open_ends[-1] <= stretch.start:
            open_ends.pop()
        if len(open_ends) >= DEEPEST:
            continue
        end = stretch.end
        if open_ends and open_ends[-1] < end:
            heapq.heappush(waiting, _Stretch(open_ends[-1], stretch.before, stretch.owner))
            end = open_ends[-1]
        nested.append(_Stretch(stretch.start, -end, stretch.owner))
        open_ends.append(end)
    return nested


def _fitting(markups: Sequence[Markup], lines: Sequence[Span], nested: Sequence[_Stretch]) -> list[_Stretch]:
    """The stretches of markups about others that cross neither a line's end, nor a nested stretch, nor each other."""
    starts = sorted((s.start, s.end) for s in nested)
    ends = sorted((s.end, s.start) for s in nested)
    line_starts = [start for start, _ in lines]
    fitting: list[_Stretch] = []
    for owner, markup in enumerate(markups):
        for start, end in markup.spans if markup.about else ():
            line = bisect.bisect_right(line_starts, start) - 1
            if start >= end or line < 0 or end > lines[line][1]:
                continue
            inside = starts[bisect.bisect_left(starts, (start + 1, 0)) : bisect.bisect_left(starts, (end, 0))]
            outside = ends[bisect.bisect_left(ends, (start + 1, 0)) : bisect.bisect_left(ends, (end, 0))]
            if any(other > end for _, other in inside) or any(other < start for _, other in outside):
                continue
            bisect.insort(starts, (start, end))
            bisect.insort(ends, (end, start))
            fitting.append(_Stretch(start, -end, owner))
    return fitting


def _not_too_deep(stretches: Iterable[_Stretch]) -> list[_Stretch]:
    kept: list[_Stretch] = []
    open_ends: list[int] = []
    for stretch in stretches:
        while open_ends and open_ends[-1] <= stretch.start:
            open_ends.pop()
        if len(open_ends) < DEEPEST:
            kept.append(stretch)
            open_ends.append(stretch.end)
    return kept


def _named(
    stretches: Sequence[_Stretch], markups: Sequence[Markup]
) -> tuple[dict[_Stretch, int], dict[str, list[str]]]:
    """The place of each stretch in its markup's chain, and for each markup the ids of its pieces."""
    taken = {markup.id for markup in markups}
    places: dict[_Stretch, int] = {}
    chains: dict[str, list[str]] = {}
    for stretch in stretches:
        markup = markups[stretch.owner].id
        chain = chains.setdefault(markup, [])
        name = f"{markup}-{len(chain) + 1}" if chain else markup
        while chain and name in taken:
            name += "-"
        taken.add(name)
        places[stretch] = len(chain)
        chain.append(name)
    return places, chains


def _element(markup: Markup, place: int, chains: Mapping[str, Sequence[str]]) -> Element:
    chain = chains[markup.id]
    element = tei(markup.name, xml_id=chain[place], **markup.attributes)
    if place + 1 < len(chain):
        element.set("next", f"#{chain[place + 1]}")
    if place:
        element.set("prev", f"#{chain[place - 1]}")
    if found := [f"#{name}" for name in markup.about if name in chains]:
        element.set("corresp", " ".join(found))
    return element


def _fill(paragraph: Element, text: str, line: Span, opening: Sequence[tuple[_Stretch, Element]], prefix: str) -> None:
    """Sets the text of one line into its paragraph, elements opening and closing on the way."""
    stack = [(paragraph, line[1])]
    at = line[0]
    last: Element | None = None  # within the innermost element
    for stretch, element in opening:
        while stack[-1][1] <= stretch.start:
            inner, end = stack.pop()
            add_source_text(inner, text[at:end], prefix, last)
            last, at = inner, end
        outer = stack[-1][0]
        add_source_text(outer, text[at : stretch.start], prefix, last)
        at, last = stretch.start, None
        outer.append(element)
        stack.append((element, stretch.end))
    while stack:
        inner, end = stack.pop()
        add_source_text(inner, text[at:end], prefix, last)
        last, at = inner, end
