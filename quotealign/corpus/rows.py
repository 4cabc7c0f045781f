"""Articles and quotations as rows of the store, and back.

Texts of columns are for selecting by, and are valid UTF-8; what they cannot hold stands in the column `record`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from quotealign.corpus.store import Row, Store
from quotealign.formats.files import utf8
from quotealign.formats.records import article_of, article_record, dump, quotation_of, quotation_record
from quotealign.model import Article, Cluster, Link, Notice, Quotation, Speaker
from quotealign.pipeline import Settings, quotations_of, with_language
from quotealign.text.numbering import compared

HEADER = "id, lang, title, outlet, published, url, text, record"
"""The columns that `article_of_row` reads."""

LINKED = "q.record, s.id, s.name, s.kind, s.authority FROM quotations q LEFT JOIN speakers s ON s.quotation = q.id"
"""The columns that `linked_of_row` reads, and where they stand."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """Rows of some articles and of their quotations, their ids and hashes with their compared words, and what is to
    be told of them."""

    articles: list[Row]
    quotations: list[Row]
    words: list[Row]
    notices: tuple[Notice, ...]


def content_hash(article: Article) -> str:
    """By which a changed article is known: the SHA-256 of its record as received, text and header."""
    return hashlib.sha256(dump(article_record(article)).encode("utf-8")).hexdigest()


def extracted(articles: Sequence[Article], settings: Settings, digest: str) -> Extracted:
    """Find the quotations of some articles; `digest` stands for the settings. The rows have no revision yet."""
    rows: list[Row] = []
    quotations: list[Row] = []
    words: list[Row] = []
    notices: list[Notice] = []
    for received in articles:
        article = with_language(received, settings=settings)
        found, told = quotations_of(article, settings=settings)
        name = content_hash(received)
        rows.append(_article_row(article, name, digest))
        words.append((article.id, name, compared(article.text)))
        quotations += (_quotation_row(quotation, i) for i, quotation in enumerate(found))
        notices += told
    return Extracted(rows, quotations, words, tuple(notices))


def clean(text: str | None) -> str | None:
    """The text, with U+FFFD for what UTF-8 cannot hold."""
    return text if text is None or text.isascii() else utf8(text).decode("utf-8")


def _article_row(article: Article, received: str, digest: str) -> Row:
    header = tuple(map(clean, (article.lang, article.title, article.outlet, article.published, article.url)))
    kept = (article.id, *header, clean(article.text), None)
    record = None if article_of_row(kept) == article else dump(article_record(article)).rstrip("\n")
    return (article.id, received, digest, None, *header, clean(article.text), record)


def article_of_row(row: Row) -> Article:
    """The article of a row with the columns of `HEADER`."""
    identifier, lang, title, outlet, published, url, text, record = row
    if record is not None:
        return article_of(json.loads(record), identifier)
    return Article(identifier, text, lang, title, outlet, published, url)


def _quotation_row(quotation: Quotation, position: int) -> Row:
    return (
        quotation.id,
        quotation.article,
        position,
        clean(quotation.lang),
        quotation.kind.value,
        [list(span) for span in quotation.spans],
        clean(quotation.text),
        clean(quotation.speaker.id) if quotation.speaker else None,
        clean(quotation.speaker.name) if quotation.speaker else None,
        clean(quotation.source.text) if quotation.source else None,
        clean(quotation.cue.text) if quotation.cue else None,
        quotation.confidence,
        clean(quotation.rule),
        clean(quotation.outlet),
        clean(quotation.published),
        dump(quotation_record(quotation)).rstrip("\n"),
    )


def found_quotations(store: Store) -> Iterator[Quotation]:
    """The quotations in the order of their articles' ids and of their places, each with the speaker that its own
    article gives it."""
    for (record,) in store.stream("SELECT record FROM quotations ORDER BY article, position"):
        yield quotation_of(json.loads(record), "the corpus")


def linked_quotations(store: Store) -> Iterator[Quotation]:
    """The quotations in the same order, with the speakers that linking gave them, as far as it did."""
    query = f"SELECT {LINKED} ORDER BY q.article, q.position"
    return map(linked_of_row, store.stream(query))


def articles_in(store: Store) -> Iterator[Article]:
    """The articles in the order of their ids."""
    return map(article_of_row, store.stream(f"SELECT {HEADER} FROM articles ORDER BY id"))


def articles_of(store: Store, quotations: Iterable[Quotation]) -> dict[str, Article]:
    """The articles that some quotations stand in, by id: one look through the column of ids for all of them."""
    wanted = sorted({quotation.article for quotation in quotations})
    query = f"SELECT {HEADER} FROM articles WHERE id IN (SELECT unnest(?::VARCHAR[]))"
    return {article.id: article for article in map(article_of_row, store.stream(query, wanted))}


def clusters_in(store: Store) -> Iterator[Cluster]:
    """The clusters in the order in which linking made them."""
    query = """
        SELECT c.id, c.lemma, m.quotations, l.a, l.b, l.score, l.evidence FROM clusters c
        JOIN (SELECT cluster, list(quotation ORDER BY position) AS quotations FROM members GROUP BY cluster) m
            ON m.cluster = c.id
        LEFT JOIN (
            SELECT cluster, list(a ORDER BY position) AS a, list(b ORDER BY position) AS b,
                list(score ORDER BY position) AS score, list(evidence ORDER BY position) AS evidence
            FROM links GROUP BY cluster
        ) l ON l.cluster = c.id
        ORDER BY c.position
    """
    for identifier, lemma, quotations, *columns in store.stream(query):
        links = zip(*columns, strict=True) if columns[0] else ()
        made = tuple(Link(a, b, score, json.loads(evidence)) for a, b, score, evidence in links)
        yield Cluster(identifier, tuple(quotations), lemma, made)


def members_in(store: Store) -> Iterator[list[Quotation]]:
    """The quotations of each cluster, in the order of `clusters_in`."""
    query = f"""
        SELECT c.position, {LINKED} JOIN members m ON m.quotation = q.id JOIN clusters c ON c.id = m.cluster
        ORDER BY c.position, m.position
    """
    for _, rows in groupby(store.stream(query), key=itemgetter(0)):
        yield [linked_of_row(row[1:]) for row in rows]


def linked_of_row(row: Row) -> Quotation:
    """The quotation of a row with the columns of `LINKED`: with the speaker that linking gave it, where it did."""
    record, identifier, name, kind, authority = row
    quotation = quotation_of(json.loads(record), "the corpus")
    return replace(quotation, speaker=Speaker(identifier, name, kind, authority)) if identifier else quotation
