"""For the tests of TEI: small alignments, hostile ones, and the eyes of a reader of the files."""

from __future__ import annotations

import itertools

from hypothesis import strategies as st
from lxml import etree

from quotealign.formats import tei
from quotealign.formats.tei.edition import Edition, Responsible
from quotealign.model import (
    Alignment,
    Apparatus,
    Article,
    Cluster,
    Divergence,
    Edit,
    Kind,
    Passage,
    Quotation,
    Speaker,
    Token,
    digest,
    ncname,
)

MAYOR = Speaker("the-mayor", "Ada Miller", "person", "Q42")

N = {"t": "http://www.tei-c.org/ns/1.0"}
ID = "{http://www.w3.org/XML/1998/namespace}id"

NASTY = "a \x00\x08\x1f\ud800\udfff\ufffe\uffff \x85\u2028\u202e\u05d0 \U0001f600 ]]> <b>&amp; \r\n\t\"'\u00a0"
"""Everything that breaks an XML writer which trusts its input."""


def quotation(
    article: Article, *words: str, kind: Kind = Kind.DIRECT, speaker: Speaker | None = None, **more: object
) -> Quotation:
    """A quotation of the article whose pieces are its words, found in order."""
    spans, at = [], 0
    for piece in words:
        start = article.text.index(piece, at)
        at = start + len(piece)
        spans.append((start, at))
    return placed(article, tuple(spans), kind=kind, speaker=speaker, **more)


def placed(article: Article, spans: tuple[tuple[int, int], ...], **more: object) -> Quotation:
    """A quotation at given places, with an id such as our extraction gives."""
    text = " ".join(article.text[start:end] for start, end in spans)
    name = f"{ncname(article.id)}.q.{digest(article.id, text, repr(spans), repr(more.get('kind')))}"
    values: dict[str, object] = {"lang": article.lang, "kind": Kind.DIRECT, "confidence": 0.95, "rule": "marks+cue"}
    return Quotation(id=name, article=article.id, text=text, spans=spans, **(values | more))  # type: ignore[arg-type]


def passage(article: Article, words: str) -> Passage:
    """Words of the article with their place."""
    start = article.text.index(words)
    return Passage(words, (start, start + len(words)))


Rows = dict[str, list[str | None]]


def apparatus(identifier: str, rows: Rows, lemma: tuple[int | None, ...] | None = None) -> Apparatus:
    """An apparatus of readings written as text; None where a witness has nothing."""
    table = [[None if cell is None else (Token(cell, cell.strip()),) for cell in row] for row in rows.values()]
    return Apparatus(identifier, tuple(rows), tuple(map(tuple, table)), lemma)


def two_papers() -> Alignment:
    """Two articles that print the same words a little differently."""
    herald = Article(
        "herald",
        'The mayor spoke.\n\n"We will build the bridge," she said, "and we will pay for it."\r\n'
        "He read \u00ab Work \u00bb.",
        "en",
        "Bridge",
        "The Herald",
        "2021-03-04",
        "https://example.org/a?b=c&d=\u00e9",
    )
    courier = Article("courier one", "\u201cWe shall build the bridge and we will pay,\u201d the mayor said.\n", "en")
    first = quotation(
        herald,
        "We will build the bridge,",
        "and we will pay for it.",
        speaker=MAYOR,
        cue=passage(herald, "said"),
        source=passage(herald, "she"),
    )
    work = quotation(herald, "Work", kind=Kind.TITLE)
    second = quotation(courier, "We shall build the bridge and we will pay,", speaker=MAYOR)
    name = "c." + digest(first.id, second.id)
    collated = apparatus(
        name,
        {
            first.id: ["We ", "will ", "build the bridge", ", ", "and we will pay", " for it", ". "],
            second.id: ["We ", "shall ", "build the bridge ", None, "and we will pay", None, ","],
        },
    )
    edit = Edit("synonym", ((3, 7),), ((3, 8),), 0.05, "will", "shall", "close in meaning")
    left = Edit("omission", ((42, 48),), (), 0.2, "for it", "")
    score = Divergence(
        name, first.id, second.id, 0.18, 0.2, "reworded", {"bleu": 61.23456, "chrF": 80.0}, (edit, left), {}, "bleu|v:2"
    )
    return Alignment(
        articles=(herald, courier),
        quotations=(first, work, second),
        clusters=(Cluster(name, (first.id, second.id), "We will build the bridge"),),
        apparatuses=(collated,),
        divergences=(score,),
        settings=(("threshold", "0.5"), ("lemma", "first")),
    )


_hostile = st.text(st.one_of(st.sampled_from(NASTY + "\u201c\u201d\u00ab\u00bb'`,\n\n"), st.characters()), max_size=40)
_places = st.lists(st.tuples(st.integers(-3, 60), st.integers(-3, 60)), max_size=4).map(tuple)
_passages = st.none() | st.builds(Passage, _hostile, st.none() | st.tuples(st.integers(0, 50), st.integers(0, 50)))
_speakers = st.none() | st.builds(Speaker, _hostile, _hostile, st.sampled_from(["person", "org", ""]), _hostile)
_optional = st.none() | _hostile
_extras = st.deferred(lambda: st.dictionaries(_names, _hostile | st.integers() | st.none(), max_size=2))
_names = st.text(min_size=1, max_size=8).map(lambda name: f"x{name}")
editions = st.builds(
    Edition,
    standoff=st.booleans(),
    text=st.booleans(),
    publisher=_hostile,
    place=_hostile,
    date=st.sampled_from(["", "2026-11-22", "soon"]),
    idno=_hostile | st.just("urn:x:{id}"),
    availability=_hostile | st.just("https://example.org/licence"),
    rights=_hostile,
    funder=_hostile,
    responsible=st.lists(
        st.builds(
            Responsible, _hostile, _hostile, st.sampled_from(["name", "persName"]), st.just("https://example.org/a")
        ),
        max_size=2,
    ).map(tuple),
)
_figures = st.floats() | st.floats(0, 1)


@st.composite
def hostile_quotations(draw: st.DrawFn, article: Article) -> Quotation:
    """A quotation at any place, in or out of the text."""
    return placed(
        article,
        draw(_places),
        kind=draw(st.sampled_from(Kind)),
        speaker=draw(_speakers),
        cue=draw(_passages),
        source=draw(_passages),
        confidence=draw(st.none() | _figures),
        rule=draw(_optional),
        content=draw(st.none() | _places),
        outlet=draw(st.none() | _hostile),
        extra=draw(_extras),
        lang=draw(st.sampled_from(["en", "fr", "", "zh_Hant", "\x00"])),
    )


@st.composite
def hostile_alignments(draw: st.DrawFn) -> Alignment:
    """Any texts, any spans, any names; the ids of articles, quotations and clusters are different ones."""
    articles = draw(
        st.lists(
            st.builds(Article, _hostile, _hostile, _hostile, _optional, _optional, _optional, _optional, _extras),
            min_size=1,
            max_size=3,
            unique_by=lambda article: article.id,
        )
    )
    quotations = {
        found.id: found for article in articles for found in draw(st.lists(hostile_quotations(article), max_size=5))
    }
    sigla = tuple(quotations)
    table = [
        tuple(draw(st.none() | st.lists(st.builds(Token, _hostile, _hostile), max_size=2).map(tuple)) for _ in range(3))
        for _ in sigla
    ]
    name = "c." + digest(*sigla)
    lemma = draw(st.none() | st.tuples(*[st.none() | st.integers(0, len(sigla) - 1)] * 3)) if sigla else None
    edits = st.builds(Edit, _hostile, _places, _places, _figures, _hostile, _hostile)
    scores = [
        Divergence(
            name,
            a,
            b,
            draw(_figures),
            draw(_figures),
            draw(_hostile),
            draw(st.dictionaries(_hostile, _figures, max_size=2)),
            tuple(draw(st.lists(edits, max_size=2))),
            {},
            draw(_hostile),
        )
        for a, b in itertools.pairwise(sigla)
    ]
    return Alignment(
        tuple(articles),
        tuple(quotations.values()),
        (Cluster(name, sigla, draw(_optional)),),
        (Apparatus(name, sigla, tuple(table), lemma),),
        tuple(scores),
        (),
        ((draw(_hostile), draw(_hostile)),),
    )


def read_again(tree: etree._Element) -> etree._Element:
    """The tree as a reader gets it."""
    return etree.fromstring(etree.tostring(tree))


def article_of(article: Article, *quotations: Quotation) -> etree._Element:
    """An article's tree as a reader gets it."""
    return read_again(tei.article_tree(article, quotations, version="1.0"))


def body_text(tree: etree._Element) -> str:
    """The string value of the body."""
    [body] = tree.iterfind(".//t:text/t:body", N)
    return "".join(body.itertext())


def cluster_of(collated: Apparatus) -> etree._Element:
    """The tree of a collation as a reader gets it."""
    tree = tei.cluster_tree(Cluster(collated.id, collated.witnesses), collated, articles={}, quotations={}, version="1")
    return read_again(tree)


def witness_text(tree: etree._Element, pointer: str) -> str:
    """A witness by the rule that the header states: plain text and its own readings, in order, stripped."""
    [block] = tree.iterfind(".//t:body/t:ab", N)
    parts = [block.text or ""]
    for app in block:
        [own] = [reading for reading in app if pointer in (reading.get("wit") or "").split()] or [app]
        assert own is not app or app.tag.endswith("}seg")
        parts += ["".join(own.itertext()), app.tail or ""]
    return "".join(parts).strip()


def said(tree: etree._Element) -> list[str]:
    """The text of each `said`, in order."""
    return ["".join(element.itertext()) for element in tree.iterfind(".//t:body//t:said", N)]
