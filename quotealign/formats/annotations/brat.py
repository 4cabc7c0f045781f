"""brat standoff (https://brat.nlplab.org/standoff.html): the text, and a file of annotations beside it.

Offsets are code points of the text file. brat keeps no annotation across a line break: such a piece becomes fragments,
as the pieces of a quotation are that its reporting clause splits. A carriage return becomes a space in the text file,
one character for one, since readers disagree on how many it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from quotealign.formats.annotations.annotated import Annotated, one_line
from quotealign.model import Kind, Quotation, Span

_KINDS = "|".join(kind.value.capitalize() for kind in Kind)
CONFIGURATION = f"""[entities]
{_KINDS.replace("|", chr(10))}
Cue
Source

[relations]
HasCue\tArg1:{_KINDS}, Arg2:Cue
HasSource\tArg1:{_KINDS}, Arg2:Source
<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>

[events]

[attributes]
"""
"""annotation.conf: the types that brat must know of."""

# All that some reader of text takes for the end of a line, and the tab, which ends a field.
_BREAK = re.compile("[\t-\r\x1c-\x1e\x85\u2028\u2029]+")


def files(annotated: Annotated) -> Mapping[str, str]:
    """The article's text and its annotations: quotations by kind, cues, sources, their relations, speakers as notes."""
    return {".txt": annotated.article.text.replace("\r", " "), ".ann": "".join(_lines(annotated))}


def _lines(annotated: Annotated) -> Iterator[str]:
    text = annotated.article.text
    numbers: dict[str, int] = {}
    bound = relation = note = 0
    for quotation in annotated.quotations:
        if not (line := _bound(bound + 1, quotation.kind.value.capitalize(), quotation.spans, text)):
            continue
        bound += 1
        numbers[quotation.id] = bound
        yield line
        for kind, told in _told(quotation):
            note += 1
            yield f"#{note}\t{kind} T{bound}\t{told}\n"
    for mention in annotated.mentions():
        if not (line := _bound(bound + 1, mention.role.capitalize(), (mention.span,), text)):
            continue
        bound += 1
        yield line
        for quotation in mention.quotations:
            if quotation.id in numbers:
                relation += 1
                ends = f"Arg1:T{numbers[quotation.id]} Arg2:T{bound}"
                yield f"R{relation}\tHas{mention.role.capitalize()} {ends}\n"


def _bound(number: int, kind: str, spans: Sequence[Span], text: str) -> str:
    """The line of an annotation of the text; empty where nothing can be seen there."""
    places = [place for span in spans for place in _fragments(text, *span)]
    where = ";".join(f"{start} {end}" for start, end in places)
    return f"T{number}\t{kind} {where}\t{' '.join(text[start:end] for start, end in places)}\n" if places else ""


def _fragments(text: str, start: int, end: int) -> Iterator[Span]:
    """What stands between breaks, without the white space around it, which readers strip of a line."""
    at = start
    for stop in (*(match.start() for match in _BREAK.finditer(text, start, end)), end):
        shown = text[at:stop].strip()
        if shown:
            first = text.index(shown, at)
            yield first, first + len(shown)
        at = stop


def _told(quotation: Quotation) -> Iterator[tuple[str, str]]:
    told = {"Quotation": quotation.id, "Speaker": quotation.speaker.name if quotation.speaker else ""}
    yield from ((kind, shown) for kind, value in told.items() if (shown := one_line(value)))
