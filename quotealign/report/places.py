"""Places: an article's text cut into pieces, so that quotations can be marked where they stand.

Quotations may lie inside one another, stand in several pieces, and cross: marks of a page may not, so the
text is cut at every border and each piece knows all quotations over it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quotealign.model import Quotation, Span

# The mark that closes a quotation stands outside its span; what is said of the quotation follows the mark.
_CLOSING = re.compile(r"[^\S\n]?[\"'”’“»«›‹」』〉》]+")


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of text. `over` holds the quotations that cover it, the innermost last; `opens` those whose first piece
    begins here, `pauses` those that go on further below, `closes` those that end with it."""

    text: str
    over: tuple[Quotation, ...] = ()
    opens: tuple[Quotation, ...] = ()
    pauses: tuple[Quotation, ...] = ()
    closes: tuple[Quotation, ...] = ()


def places(text: str, quotations: Sequence[Quotation]) -> tuple[Place, ...]:
    """The text, whole and in order, cut at the borders of the quotations. Spans beyond the text are cut off."""
    spans = {quotation.id: _within(quotation.spans, len(text)) for quotation in quotations}
    starts: dict[int, list[tuple[int, Quotation]]] = {}
    ends: dict[int, list[tuple[bool, Quotation]]] = {}
    for quotation in quotations:
        pieces = spans[quotation.id]
        for start, end in pieces:
            starts.setdefault(start, []).append((end, quotation))
            after = _CLOSING.match(text, end)
            ends.setdefault(after.end() if after else end, []).append((end == pieces[-1][1], quotation))
    cuts = {border for pieces in spans.values() for span in pieces for border in span}
    borders = sorted({0, len(text)} | cuts | set(ends))
    found: list[Place] = []
    open_now: list[tuple[int, Quotation]] = []
    for start, end in itertools.pairwise(borders):
        open_now = [item for item in open_now if item[0] > start]
        open_now += sorted(starts.get(start, []), key=lambda item: -item[0])
        over = tuple(dict.fromkeys(quotation for _, quotation in open_now))
        found.append(
            Place(
                text[start:end],
                over,
                opens=tuple(q for q in over if spans[q.id][0][0] == start),
                pauses=tuple(q for last, q in ends.get(end, []) if not last),
                closes=tuple(q for last, q in ends.get(end, []) if last),
            )
        )
    return tuple(found)


def _within(spans: Iterable[Span], length: int) -> tuple[Span, ...]:
    cut = ((max(0, start), min(end, length)) for start, end in spans)
    return tuple(sorted((start, end) for start, end in cut if start < end))
