"""WebAnno TSV 3.3, as INCEpTION and WebAnno import it, and the layers as a UIMA type system, which must be there first.

Offsets count the 16-bit units of UTF-16, since both programs are written in Java. A layer's annotation has one
stretch, so each piece of a quotation is one, and a relation `continues` leads from a piece to the next; `cue` and
`source` lead from the first piece to these. Between sentences the reader makes line breaks and spaces of its own, as
many as there were.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, chain, pairwise

from quotealign.formats.annotations.annotated import Annotated, one_line
from quotealign.model import Span

SPAN, RELATION = "webanno.custom.Quotation", "webanno.custom.QuotationRelation"
FEATURES = ("role", "kind", "speaker", "identifier")
"""Of the span layer; `role` is quotation, cue or source, and of these only a quotation has the rest."""

_HEADER = f"""#FORMAT=WebAnno TSV 3.3
#T_SP={SPAN}|{"|".join(FEATURES)}
#T_RL={RELATION}|role|BT_{SPAN}

"""
_VALUE = {mark: f"\\{mark}" for mark in "\\[]|_;*"} | {"\t": "\\t", "\n": "\\n"}
_TEXT = {"\t": "\\t", "\r": "\\r", "\f": "\\f", "\b": "\\b", "\\": "\\\\"} | {
    chr(code): f"\\{chr(code)}" for code in (*range(8), *range(14, 32))
}
_VALUES, _TEXTS = str.maketrans(_VALUE), str.maketrans(_TEXT)


def _feature(name: str, kind: str) -> str:
    return (
        f"<featureDescription><name>{name}</name><description/><rangeTypeName>{kind}</rangeTypeName>"
        "</featureDescription>"
    )


def _type(name: str, *features: str) -> str:
    return (
        f"  <typeDescription><name>{name}</name><description/><supertypeName>uima.tcas.Annotation</supertypeName>"
        f"<features>{''.join(features)}</features></typeDescription>\n"
    )


TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>\n'
    + _type(SPAN, *(_feature(name, "uima.cas.String") for name in FEATURES))
    + _type(RELATION, _feature("Governor", SPAN), _feature("Dependent", SPAN), _feature("role", "uima.cas.String"))
    + "</types></typeSystemDescription>\n"
)
"""The two layers, to be imported into a project before the first file."""


@dataclass(slots=True)
class _Row:
    """A word or mark: what stands in the columns of each annotation that covers it, and relations that end there."""

    name: str
    values: list[tuple[str, ...]] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Placed:
    """An annotation that was written: its number, and the first of its rows."""

    number: int
    row: _Row


def files(annotated: Annotated) -> Mapping[str, str]:
    """The file of an article; none where it has no word, which the format cannot say."""
    units = annotated.units()
    return {".tsv": "".join(_lines(annotated, units))} if any(units) else {}


def _lines(annotated: Annotated, units: tuple[tuple[Span, ...], ...]) -> Iterator[str]:
    text = annotated.article.text
    rows = [[_Row(f"{s}-{n}") for n, _ in enumerate(sentence, 1)] for s, sentence in enumerate(units, 1)]
    _annotate(annotated, list(chain(*units)), list(chain(*rows)))
    wide = list(accumulate((1 + (c > "\uffff") for c in text), initial=0))
    yield _HEADER
    for sentence, some in zip(units, rows, strict=True):
        yield "\n"
        for line in text[sentence[0][0] : sentence[-1][1]].split("\n"):
            yield f"#Text={line.translate(_TEXTS)}\n"
        for (start, end), row in zip(sentence, some, strict=True):
            columns = ["|".join(column) for column in zip(*row.values, strict=True)] or ["_"] * len(FEATURES)
            columns += ["|".join(row.roles) or "_", "|".join(row.sources) or "_"]
            word = text[start:end].translate(_TEXTS)
            yield "\t".join((row.name, f"{wide[start]}-{wide[end]}", word, *columns, "\n"))


def _annotate(annotated: Annotated, places: list[Span], rows: list[_Row]) -> None:
    starts = [start for start, _ in places]
    numbers = 0

    def put(span: Span, *values: str | None) -> _Placed | None:
        """An annotation at the rows of a span; every one has a number, so that none depends on what is beside it."""
        nonlocal numbers
        covered = rows[bisect_left(starts, span[0]) : bisect_left(starts, span[1])]
        if not covered:
            return None
        numbers += 1
        columns = tuple(f"{'*' if value is None else _value(value)}[{numbers}]" for value in values)
        for row in covered:
            row.values.append(columns)
        return _Placed(numbers, covered[0])

    def relate(role: str, source: _Placed, target: _Placed) -> None:
        target.row.roles.append(role)
        target.row.sources.append(f"{source.row.name}[{source.number}_{target.number}]")

    firsts: dict[str, _Placed] = {}
    for quotation in annotated.quotations:
        speaker = quotation.speaker.name if quotation.speaker else None
        said = ("quotation", quotation.kind.value, speaker, quotation.id)
        pieces = [placed for span in quotation.spans if (placed := put(span, *said))]
        for one, other in pairwise(pieces):
            relate("continues", one, other)
        if pieces:
            firsts[quotation.id] = pieces[0]
    for mention in annotated.mentions():
        if placed := put(mention.span, mention.role, None, None, None):
            for quotation in mention.quotations:
                if quotation.id in firsts:
                    relate(mention.role, firsts[quotation.id], placed)


def _value(value: str) -> str:
    return one_line(value).replace("->", "\0").translate(_VALUES).replace("\0", "\\->")
