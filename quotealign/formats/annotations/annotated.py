"""An article with its quotations and its words: what every format of annotations is written from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from quotealign.model import Article, Quotation, Span


class Mention(NamedTuple):
    """A cue or source of an article, with the quotations that it goes with: one clause may govern several."""

    role: str
    span: Span
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article, its quotations in order, and its sentences, each the spans of its words and marks."""

    article: Article
    quotations: tuple[Quotation, ...]
    sentences: tuple[tuple[Span, ...], ...] = ()

    def mentions(self) -> tuple[Mention, ...]:
        """Cues and sources that have a place, in the order of the text, each once."""
        found: dict[tuple[Span, str], list[Quotation]] = {}
        for quotation in self.quotations:
            for role, passage in (("cue", quotation.cue), ("source", quotation.source)):
                if passage is not None and passage.span is not None:
                    found.setdefault((passage.span, role), []).append(quotation)
        return tuple(Mention(role, span, tuple(some)) for (span, role), some in sorted(found.items(), key=_place))

    def units(self) -> tuple[tuple[Span, ...], ...]:
        """The sentences, their words cut where a quotation, cue or source begins or ends, so that each of these is
        made of whole units."""
        bounds = {place for quotation in self.quotations for span in quotation.spans for place in span}
        bounds |= {place for mention in self.mentions() for place in mention.span}
        ordered = sorted(bounds)
        at, cut = 0, []
        for sentence in self.sentences:
            units: list[Span] = []
            for start, end in sentence:
                while at < len(ordered) and ordered[at] <= start:
                    at += 1
                inner = []
                while at < len(ordered) and ordered[at] < end:
                    inner.append(ordered[at])
                    at += 1
                units += _pieces(start, end, inner)
            cut.append(tuple(units))
        return tuple(cut)


def _place(item: tuple[tuple[Span, str], list[Quotation]]) -> tuple[Span, str]:
    return item[0]


def _pieces(start: int, end: int, inner: list[int]) -> Iterator[Span]:
    for place in inner:
        yield start, place
        start = place
    yield start, end


def one_line(text: str) -> str:
    """The text with its white space made single spaces: names and ids in formats that have a line for each thing."""
    return " ".join(text.split())
