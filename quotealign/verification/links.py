"""Links: how two runs of words that follow each other in a quotation stand in the sources.

They belong together; or whole sentences between them were left out, by which nothing is misread; or they are two
passages, made one: so are two answers, where another's question stood between.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping, Sequence

from quotealign.model import Quotation, Span
from quotealign.text.sentences import sentences
from quotealign.text.tokens import words as words_of
from quotealign.verification.locating import Located, Match
from quotealign.verification.sources import Source
from quotealign.verification.speakers import differ

_ELLIPSIS = re.compile(r"…|\.\.\.|[\[(]\s*(?:…|\.\.\.)\s*[\])]|\. \. \.")
_STOP = re.compile(r"[.!?。！？؟۔]")
_LABEL = "colon"
"""What the rule of a turn says of its tag."""
_FAR = 700
"""Code points between two places, above which no ellipsis makes them one utterance."""


class Link(enum.Enum):
    """How two runs of words that follow each other in a quotation stand in the sources."""

    ON = "on"
    LEFT_OUT = "left out"
    MARKED = "left out, with an ellipsis in their place"
    OVER = "left out with what somebody else says, with an ellipsis in their place"
    APART = "apart"


def link(
    one: tuple[int, Match], other: tuple[int, Match], text: str, located: Located, sources: Mapping[int, Source]
) -> Link:
    """How two runs, each with its source, stand to each other; `text` is the quotation's."""
    if one[0] != other[0] or other[1].span[0] < one[1].span[1]:
        return Link.APART
    source, start, end = sources[one[0]], one[1].span[1], other[1].span[0]
    kept = _kept(start, end, source) if start < end else []
    words = sum(len(words_of(source.article.text[s:e])) for s, e in kept)
    own = other[1].words[0] - one[1].words[1]
    ends = _ends(one[1].span[0], start, end, other[1].span[1], source)
    if not ends:
        return Link.ON
    quotations = source.at(*one[1].span), source.at(*other[1].span)
    if quotations[0] is not quotations[1] and differ(*(q.speaker if q else None for q in quotations)):
        return Link.APART
    if words <= own + 1:
        return Link.ON
    between = text[located.words[one[1].words[1] - 1][1] : located.words[other[1].words[0]][0]]
    near = end - start <= _FAR
    if near and _ELLIPSIS.search(between):
        return Link.OVER if _is_interrupted(start, end, quotations, source) else Link.MARKED
    if _is_interrupted(start, end, quotations, source):
        return Link.APART
    begins = sum(len(words_of(source.article.text[max(s, ends[-1]) : e])) for s, e in kept if e > ends[-1]) <= own
    return Link.LEFT_OUT if near and begins and _STOP.search(between) else Link.APART


def _is_interrupted(start: int, end: int, own: Sequence[Quotation | None], source: Source) -> bool:
    """Whether somebody else speaks between two places."""
    mine = [quotation for quotation in own if quotation]
    others = [q for s, e, q in source.inside(start, end) if start <= s and e <= end]
    return any(differ(q.speaker, other.speaker) or _take_turns(q, other) for q in mine for other in others)


def _take_turns(one: Quotation, other: Quotation) -> bool:
    """Whether two are turns of a transcript under different labels: Q and A."""
    if one.source is None or other.source is None or not all(_LABEL in (q.rule or "") for q in (one, other)):
        return False
    return one.source.text != other.source.text


def is_parted(text: str) -> bool:
    """Whether a sentence ends in a stretch of text, or an ellipsis stands there."""
    return bool(_ELLIPSIS.search(text) or _STOP.search(text))


def _ends(first: int, start: int, end: int, last: int, source: Source) -> list[int]:
    """Where sentences end in a gap from `start` to `end`, which stands in a stretch from `first` to `last`."""
    text = source.article.text
    found = {e for _, e in sentences(text, source.rules, first, last) if start <= e <= end}
    found |= {start + k for k, c in enumerate(text[start:end]) if c == "\n"}
    return sorted(found)


def _kept(start: int, end: int, source: Source) -> list[Span]:
    """What is somebody's words in a span: what stands in marks, if anything does beside it; else all of it."""
    marks = source.inside(start - 1, end + 1)
    beside = any(s <= start - 1 < e for s, e, _ in marks) or any(s < end + 1 <= e for s, e, _ in marks)
    if not beside:
        return [(start, end)]
    return [(max(s, start), min(e, end)) for s, e, _ in marks if max(s, start) < min(e, end)]
