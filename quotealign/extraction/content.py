"""Content: all that a reporting clause reports, marked or not, and indirect speech.

The content of `Smith said the plan was “a disgrace” for the city` is the whole clause behind *said*; that of
`The plan, Smith said, was dead` are the words on both sides of the clause.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quotealign.extraction.cues import Reader, Tag
from quotealign.extraction.layout import Item
from quotealign.extraction.phrases import Range
from quotealign.model import Span

_ADDRESSEE = 9
_FEWEST_WORDS = 2


class Reported(NamedTuple):
    """A reporting clause without marks: its tag and the positions of what it reports, in one piece or two."""

    tag: Tag
    content: tuple[Range, ...]


def reported_range(reader: Reader, tag: Tag) -> Range | None:
    """Positions of what a clause reports: behind its cue where the source stands before it, else before it."""
    items = reader.items
    if tag.rule == "according-before" and tag.source:
        return _trimmed(items, max(tag.source[1], tag.cue[1]), len(items))
    if tag.rule.startswith(("according", "trailing", "inverted", "subject-after", "subject-later", "dash")):
        first = min(tag.cue[0], tag.source[0]) if tag.source else tag.cue[0]
        return _trimmed(items, 0, first)
    start = _opening(reader, tag.cue[0], tag.cue[1])
    if reader.language.verb_second and start == tag.cue[1] and items[start - 1].text != ",":
        return None  # bezeichnete den Plan als „…“: no reported clause, which a comma would open
    return _trimmed(items, start, _closing(reader, tag.cue[0], start))


def _opening(reader: Reader, cue: int, start: int) -> int:
    """Where the content opens behind a cue: at *that*, past whom it was said to and where."""
    items = reader.items
    for k in range(start, min(len(items), start + _ADDRESSEE)):
        if items[k].word in reader.language.complementizers:
            return k
        if items[k].text == "," and reader.language.verb_second:
            return k + 1
        if items[k].marked or items[k].text in (",", ":", ";") or reader.is_cue(k):
            break
        if items[k].word in reader.language.finite:
            break  # said he was the one | that …
    return start if reader.language.verb_second else reader.past_addressee(cue, start)


def _closing(reader: Reader, cue: int, start: int) -> int:
    """Where the content closes: before a source named last or another clause, else with the sentence."""
    items, words = reader.items, reader.language
    last = max((k for k, item in enumerate(items) if item.marked), default=0)
    first_comma = bool(words.subordinators) and reader.is_dependent(cue)
    for k in range(start + 1, len(items)):
        following = items[k + 1].word if k + 1 < len(items) else ""
        if items[k].text == ",":
            if reader.according(k + 1, len(items)) or (first_comma and k > last):
                return k  # While Smith said that … | , Jones …
            if following in words.conjunctions and any(reader.is_cue(j) for j in range(k + 2, min(len(items), k + 6))):
                return k
            if k > last and following in words.relatives and all(item.text != "," for item in items[k + 1 :]):
                return k  # … that the mill would close, | which few believed
        if items[k].text == ";":
            return k
        if items[k].word in words.conjunctions and k + 1 < len(items) and reader.is_cue(k + 1):
            return k  # claimed this and | said that
    return len(items)


def _trimmed(items: Sequence[Item], start: int, end: int) -> Range | None:
    while start < end and not items[start].is_word and not items[start].marked:
        start += 1
    while end > start and not items[end - 1].is_word and not items[end - 1].marked:
        end -= 1
    return (start, end) if start < end else None


def span_of(items: Sequence[Item], positions: Range) -> Span:
    """Code points of some positions; marks at either end are taken in."""
    return items[positions[0]].start, items[positions[1] - 1].end


def indirect(reader: Reader) -> Iterator[Reported]:
    """Indirect speech in a sentence without marks: each reporting clause with a source of its own."""
    items = reader.items
    end = len(items)
    for i in range(end):
        n = reader.according(i, end)
        source = reader.right(i + n, end) if n else None
        if n and source:
            before = _trimmed(items, 0, i)
            behind = _trimmed(items, source[1], end)
            content = behind if i < 2 or before is None else before
            if content:
                yield Reported(Tag("according", (i, i + n), source, 0.85), (content,))
            return
    start = 0
    for cue in range(end):
        if not reader.is_cue(cue) or cue < start:
            continue
        tag = _clause(reader, start, cue)
        if tag is None:
            continue
        found = [_before_agent(items, tag) if tag.rule == "passive" else reported_range(reader, tag)]
        if tag.rule == "trailing" and cue + 1 < end and items[cue + 1].text == ",":
            found.append(_trimmed(items, cue + 1, end))  # The plan, Smith said, was dead
        pieces = tuple(piece for piece in found if piece and not reader.is_adjunct(*piece))
        if sum(items[k].is_word for piece in pieces for k in range(*piece)) >= _FEWEST_WORDS:
            yield Reported(tag, pieces)
            start = cue + 1


def _before_agent(items: Sequence[Item], tag: Tag) -> Range | None:
    """The words of a passive between its verb and its agent: was called | a disgrace | by Smith."""
    assert tag.source
    return _trimmed(items, tag.cue[1], tag.source[0] - 1)


def _takes_object(reader: Reader, i: int) -> bool:
    """Whether what follows can be the object of a verb: the attacks | on, but attacks | the plan."""
    if i >= len(reader.items):
        return False
    item, words = reader.items[i], reader.language
    opens = item.word in words.complementizers or item.word in words.infinitives
    return opens or item.word in words.determiners or item.word in words.pronouns or item.is_capital


def _clause(reader: Reader, start: int, cue: int) -> Tag | None:
    items = reader.items
    word = items[cue].word
    strength = 0.85 if word in reader.language.speech else 0.6
    if reader.language.speech.get(word) in reader.language.marked_only:
        return None
    if word in reader.language.noun_like and not _takes_object(reader, cue + 1):
        return None
    if agent := reader.agent(cue, len(items)):
        return Tag("passive", (cue, cue + 1), agent, strength)
    last = not any(items[k].is_word for k in range(cue + 1, len(items)))
    source = reader.left(start, cue)
    head = reader.opening_phrase(0, cue)
    apposed = source and source[0] <= 1 and not (head and items[head[1]].text != ",")
    after_comma = cue > 1 and items[cue - 1].text == "," and not apposed
    if after_comma and reader.turns(cue) and (inverted := reader.inverted(cue, cue + 1, len(items))):
        return Tag("inverted", (cue, cue + 1), inverted, strength)
    if source and (last or (items[source[0] - 1].text == "," and cue + 1 < len(items) and items[cue + 1].text == ",")):
        return Tag("trailing", (cue, cue + 1), source, strength)
    if source:
        return Tag("subject-before", (cue, cue + 1), source, strength)
    return None
