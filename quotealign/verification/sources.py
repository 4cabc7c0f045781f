"""A source as a passage is made of it: what stands in marks there, who speaks where, which sentences there are."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from quotealign.languages import Language
from quotealign.model import Article, Kind, Quotation, Span
from quotealign.text.sentences import sentences
from quotealign.text.tokens import words

_LONGEST = 20_000
"""Code points that one stretch in marks has at most."""
_SHOWN = 400
"""Code points of a sentence that are shown on each side of the words, at most."""


@dataclass(frozen=True, slots=True)
class Source:
    """A source as a passage is made of it: its quotations are known, with their speakers."""

    article: Article
    rules: Language
    quotations: tuple[Quotation, ...]
    marked: tuple[tuple[int, int, Quotation], ...] = field(init=False)

    def __post_init__(self) -> None:
        marked = [(s, e, q) for q in self.quotations if q.kind != Kind.INDIRECT for s, e in q.spans]
        object.__setattr__(self, "marked", tuple(sorted(marked, key=lambda mark: mark[:2])))

    def inside(self, start: int, end: int) -> list[tuple[int, int, Quotation]]:
        """The stretches in marks that have a part in a span, in order."""
        first = bisect_left(self.marked, end, key=lambda m: m[0])
        found = []
        for mark in reversed(self.marked[:first]):
            if mark[1] > start:
                found.append(mark)
            elif start - mark[1] > _LONGEST:
                break
        return found[::-1]

    def at(self, start: int, end: int) -> Quotation | None:
        """The quotation that has most of a span, one with a speaker before others; unmarked speech comes last."""
        marked = [(min(end, e) - max(start, s), q) for s, e, q in self.inside(start, end)]
        if not marked:
            marked = [
                (min(end, e) - max(start, s), q)
                for q in self.quotations
                if q.kind == Kind.INDIRECT
                for s, e in q.spans
                if s < end and start < e
            ]
        return max(marked, key=lambda pair: (pair[1].speaker is not None, pair[0]), default=(0, None))[1]

    def sentence(self, start: int, end: int) -> Span:
        """The sentence or sentences around a span, so far as they can be shown."""
        text = self.article.text
        first = max(text.rfind("\n", 0, start) + 1, start - _SHOWN)
        last = text.find("\n", end)
        last = min(len(text) if last < 0 else last, end + _SHOWN)
        found = sentences(text, self.rules, first, last)
        begin = max((s for s, _ in found if s <= start), default=start)
        return begin, max(end, min((e for _, e in found if e >= end), default=end))

    def reporters_words(self, span: Span) -> list[str]:
        """The compared words of a span that stand outside marks."""
        text = self.article.text[slice(*span)]
        for s, e, _ in self.inside(*span):
            s, e = max(0, s - span[0]), min(len(text), e - span[0])
            text = text[:s] + " " * (e - s) + text[e:]
        return words(text)
