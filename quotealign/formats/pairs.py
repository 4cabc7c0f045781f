"""Pairs of texts for those who work with translations: TMX 1.4b (LISA 2005), Pharaoh alignments, tokens side by side.

In TMX the order of a pair is that of its `tuv`; the source language of a unit is that of `a`. No date says when.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from quotealign.formats.records import SCHEMA, Record
from quotealign.formats.tei.elements import encodable
from quotealign.formats.tei.ids import language_tag
from quotealign.model import Divergence, Quotation

Translated = tuple[str, tuple[str, str], tuple[str, str], Divergence]
"""A pair's id, its two texts with the language of each, and how they diverge."""

Aligned = tuple[Sequence[str], Sequence[str], Sequence[tuple[int, int]]]
"""The tokens of two texts, and the pairs of places that stand together."""


def pair_record(a: Quotation, b: Quotation, cluster: str) -> Record:
    """Two quotations of one utterance as `score` reads them."""
    return {
        "type": "pair",
        "schema": SCHEMA,
        "id": f"{a.id}+{b.id}",
        "cluster": cluster,
        "quotations": [a.id, b.id],
        "a": a.text,
        "b": b.text,
        "lang_a": a.lang,
        "lang_b": b.lang,
    }


def tmx(rows: Sequence[Translated], version: str) -> str:
    """A translation memory, a unit a pair: class, divergence and severity are its properties."""
    sources = {language_tag(lang) for _, (_, lang), _, _ in rows}
    header = {
        "creationtool": "quotealign",
        "creationtoolversion": version,
        "segtype": "block",
        "o-tmf": "quotealign pairs",
        "adminlang": "en",
        "srclang": sources.pop() if len(sources) == 1 else "*all*",
        "datatype": "plaintext",
    }
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<tmx version="1.4">',
        f"<header{_attributes(header)}/>",
        "<body>",
    ]
    for row in rows:
        lines += _unit(*row)
    return "\n".join([*lines, "</body>", "</tmx>"]) + "\n"


def _unit(name: str, a: tuple[str, str], b: tuple[str, str], found: Divergence) -> Iterator[str]:
    # Of a tuid the standard says: text without white space.
    yield f"<tu{_attributes({'tuid': '_'.join(name.split()), 'srclang': language_tag(a[1])})}>"
    for kind, value in (("class", found.label), ("divergence", found.divergence), ("severity", found.severity)):
        yield f'  <prop type="x-quotealign-{kind}">{value}</prop>'
    for text, lang in (a, b):
        # A bare carriage return would be read as a line feed.
        shown = escape(encodable(text), {"\r": "&#13;"})
        yield f"  <tuv{_attributes({'xml:lang': language_tag(lang)})}><seg>{shown}</seg></tuv>"
    yield "</tu>"


def _attributes(values: dict[str, str]) -> str:
    return "".join(f" {name}={quoteattr(encodable(value))}" for name, value in values.items())


def pharaoh(some: Iterable[Aligned]) -> str:
    """A line a pair: `i-j` for each token of `a` that stands with one of `b`, both counted from 0."""
    return "".join(" ".join(f"{i}-{j}" for i, j in pairs) + "\n" for _, _, pairs in some)


def side_by_side(some: Iterable[Aligned]) -> str:
    """A line a pair: the tokens that `pharaoh` counts, `|||` between the texts, as fast_align and eflomal read them."""
    return "".join(f"{' '.join(a)} ||| {' '.join(b)}\n" for a, b, _ in some)
