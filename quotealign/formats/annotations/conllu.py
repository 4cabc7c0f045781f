"""CoNLL-U (https://universaldependencies.org/format.html): a word a line, the quotations in its last column, MISC.

Words are not analysed: the columns of grammar are empty. A word of several quotations has a list in each feature, with
commas between. White space is told as UDPipe tells it (`SpaceAfter`, `SpacesAfter`, `SpacesBefore`), so that the text
can be put together again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

from quotealign.formats.annotations.annotated import Annotated, one_line
from quotealign.model import Quotation, Span, ncname

_ESCAPES = {"\\": "\\\\", "|": "\\p", " ": "\\s", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_MARKS = str.maketrans({**_ESCAPES, " ": " ", ",": "\\c", "=": "\\e"})
_GRAMMAR = "\t_" * 7

T = TypeVar("T")
Piece = tuple[Quotation, int]
"""A quotation, and which of its pieces, from 1."""


def document(some: Sequence[Annotated], version: str) -> str:
    """The articles, one behind the other, a blank line behind each sentence."""
    return "".join(line for annotated in some for line in _lines(annotated))


def _lines(annotated: Annotated) -> Iterator[str]:
    text, units = annotated.article.text, annotated.units()
    places = [span for sentence in units for span in sentence]
    ends = [start for start, _ in places[1:]] + [len(text)]
    quoted = _covered(places, [(span, (q, n)) for q in annotated.quotations for n, span in enumerate(q.spans, 1)])
    roles = {
        role: _covered(places, [(m.span, q) for m in annotated.mentions() if m.role == role for q in m.quotations])
        for role in ("cue", "source")
    }
    at = 0
    for number, sentence in enumerate(units, 1):
        if number == 1:
            yield f"# newdoc id = {one_line(annotated.article.id)}\n"
            if annotated.article.lang != "und":
                yield f"# lang = {one_line(annotated.article.lang)}\n"
        yield f"# sent_id = {ncname(annotated.article.id)}-{number}\n"
        yield f"# text = {_plain(text, sentence)}\n"
        for word, (start, end) in enumerate(sentence, 1):
            features = [f"SpacesBefore={_escaped(text[:start])}"] if at == 0 and start else []
            features += _quoted(quoted[at])
            for role, covered in roles.items():
                features += [f"{role.capitalize()}={_list(q.id for q in covered[at])}"] if covered[at] else []
            features += _space(text[end : ends[at]])
            yield f"{word}\t{_form(text[start:end])}{_GRAMMAR}\t{'|'.join(features) or '_'}\n"
            at += 1
        yield "\n"


def _covered(places: Sequence[Span], marked: Iterable[tuple[Span, T]]) -> list[list[T]]:
    """For each place what covers it, in order."""
    found: list[list[T]] = [[] for _ in places]
    starts = [start for start, _ in places]
    for (start, end), thing in marked:
        for at in range(bisect_left(starts, start), bisect_left(starts, end)):
            found[at].append(thing)
    return found


def _quoted(pieces: Sequence[Piece]) -> Iterator[str]:
    if not pieces:
        return
    yield f"Quote={_list(q.id for q, _ in pieces)}"
    yield f"QuoteKind={_list(q.kind.value for q, _ in pieces)}"
    yield f"QuotePiece={_list(str(number) for _, number in pieces)}"
    if any(q.speaker for q, _ in pieces):
        yield f"Speaker={_list(q.speaker.name if q.speaker else '' for q, _ in pieces)}"


def _list(values: Iterable[str]) -> str:
    return ",".join(one_line(value).translate(_MARKS) for value in values)


def _space(between: str) -> Iterator[str]:
    """What is said of the space behind a word; a single one is the rule."""
    if not between:
        yield "SpaceAfter=No"
    elif between != " ":
        yield f"SpacesAfter={_escaped(between)}"


def _escaped(space: str) -> str:
    # Readers strip a line of more than UDPipe's four kinds of space: the others are named by their number.
    return "".join(_ESCAPES.get(c) or (f"\\u{ord(c):04X}" if c.isspace() else c) for c in space)


def _form(word: str) -> str:
    # Where a tab or a line's end is part of a word that came from outside, it would end the column.
    return "".join(c if c.isprintable() or c not in "\t\n\r" else "\N{REPLACEMENT CHARACTER}" for c in word)


def _plain(text: str, sentence: Sequence[Span]) -> str:
    """The sentence on one line, as the words and their `SpaceAfter` make it."""
    parts = [_form(text[start:end]) for start, end in sentence]
    joints = [" " if one[1] < other[0] else "" for one, other in pairwise(sentence)]
    return "".join(part + joint for part, joint in zip(parts, [*joints, ""], strict=True))
