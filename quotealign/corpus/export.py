"""What is in a corpus, written for other programs: records, Parquet, CSV, TEI.

Everything comes in a fixed order: articles by id, quotations by article and place, clusters as they were linked.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

from quotealign import __version__
from quotealign.corpus.add import Tell
from quotealign.corpus.opening import opened
from quotealign.corpus.rows import articles_in, articles_of, clusters_in, linked_quotations, members_in
from quotealign.corpus.store import Store
from quotealign.corpus.troubles import answering
from quotealign.errors import NameUnknown
from quotealign.formats import clusters as cluster_tables
from quotealign.formats import quotations as quotation_tables
from quotealign.formats.files import make_folder, refuse_input, store_pieces, utf8
from quotealign.formats.records import Record, article_record, cluster_record, dump, quotation_record
from quotealign.formats.spreadsheet import csv_of
from quotealign.model import Alignment, Article, Cluster, Descent, Notice, Quotation, Transmission

T = TypeVar("T")

_CHUNK = 1000
_HEADER = ("id", "lang", "title", "outlet", "published", "url", "text")

_PARQUET = {
    "articles": "SELECT id, lang, title, outlet, published, url, text FROM articles ORDER BY id",
    "quotations": """
        SELECT q.id, q.article, q.position, q.lang, q.kind, q.spans, q.text,
            coalesce(s.id, q.speaker_id) AS speaker_id, coalesce(s.name, q.speaker) AS speaker, s.authority,
            q.source, q.cue, q.confidence, q.rule, q.outlet, q.published, m.cluster
        FROM quotations q LEFT JOIN speakers s ON s.quotation = q.id
        LEFT JOIN (SELECT quotation, min(cluster) AS cluster FROM members GROUP BY quotation) m ON m.quotation = q.id
        ORDER BY q.article, q.position
    """,
    "clusters": """
        SELECT c.id, c.size, c.lemma, m.position, m.quotation FROM clusters c JOIN members m ON m.cluster = c.id
        ORDER BY c.position, m.position
    """,
    "links": """
        SELECT l.cluster, l.a, l.b, l.score, l.evidence FROM links l JOIN clusters c ON c.id = l.cluster
        ORDER BY c.position, l.position
    """,
}
"""The Parquet files, each with its rows; `evidence` is JSON."""


def export(
    database: str | Path,
    folder: str | Path,
    *,
    form: str = "jsonl",
    articles: bool = False,
    tell: Tell | None = None,
) -> tuple[Path, ...]:
    """Write a corpus into a folder, in one of `FORMS`; returns the files. The articles come too where they are wanted,
    and always in TEI. `tell` is given what a person should know: what is not linked yet, files of an earlier export.

    Raises `NameUnknown` for another form, `OutputRefused` where the folder cannot be written, and what `opened` raises.
    """
    if form not in FORMS:
        raise NameUnknown(f"no form {form!r}", do=f"use one of {', '.join(FORMS)}")
    with opened(database) as store:
        _tell_unlinked(store, tell)
        files = tuple(FORMS[form](store, make_folder(Path(folder)), articles))
    if form == "tei" and tell is not None:
        from quotealign.formats.tei import left_over

        for notice in left_over(Path(folder, "tei"), {path.name for path in files}):
            tell(notice)
    return files


def _tell_unlinked(store: Store, tell: Tell | None) -> None:
    if tell is not None and store.meta("linked") != str(store.revision):
        what = "articles have changed since the corpus was linked" if store.meta("linked") else "never linked"
        tell(Notice("unlinked", str(store.path), what, "for clusters and speakers of all: quotealign corpus link"))


def records(database: str | Path, *, articles: bool = False, tell: Tell | None = None) -> Iterator[Record]:
    """All records of a corpus in a row: articles where they are wanted, quotations, clusters."""
    with opened(database) as store:
        _tell_unlinked(store, tell)
        yield from chain.from_iterable(made for _, made in _records(store, articles))


def _records(store: Store, articles: bool) -> Iterator[tuple[str, Iterator[Record]]]:
    if articles:
        yield "articles", map(article_record, articles_in(store))
    yield "quotations", map(quotation_record, linked_quotations(store))
    yield "clusters", map(cluster_record, clusters_in(store))


def _jsonl(store: Store, folder: Path, articles: bool) -> Iterator[Path]:
    for name, made in _records(store, articles):
        yield store_pieces((utf8(dump(record)) for record in made), folder / f"{name}.jsonl")


def _csv(store: Store, folder: Path, articles: bool) -> Iterator[Path]:
    if articles:
        rows = (tuple(getattr(a, name) or "" for name in _HEADER) for a in articles_in(store))
        table = (csv_of(_HEADER, chunk) for chunk in _chunks(rows))
        yield _table(table, csv_of(_HEADER, ()), folder / "articles.csv")
    write = quotation_tables.WRITERS["csv"]
    table = (write(chunk) for chunk in _chunks(linked_quotations(store)))
    yield _table(table, write(()), folder / "quotations.csv")
    of_clusters = cluster_tables.WRITERS["csv"]
    both = zip(clusters_in(store), members_in(store), strict=True)
    table = (of_clusters((cluster,), {q.id: q for q in members}) for cluster, members in both)
    yield _table(table, of_clusters((), {}), folder / "clusters.csv")


def _table(parts: Iterable[str], header: str, path: Path) -> Path:
    """A table made of parts, of which each has the line with the names of the columns above it."""
    return store_pieces(chain((utf8(header),), (utf8(part.removeprefix(header)) for part in parts)), path)


def _chunks(things: Iterable[T]) -> Iterator[tuple[T, ...]]:
    stream = iter(things)
    while chunk := tuple(islice(stream, _CHUNK)):
        yield chunk


def _parquet(store: Store, folder: Path, articles: bool) -> Iterator[Path]:
    for name, query in _PARQUET.items():
        if name == "articles" and not articles:
            continue
        path = folder / f"{name}.parquet"
        temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        quoted = str(temporary.absolute()).replace("'", "''")
        try:
            with answering(path):
                store.connection.execute(f"COPY ({query}) TO '{quoted}' (FORMAT parquet, COMPRESSION zstd)")
            refuse_input(path)
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
        yield path


def _tei(store: Store, folder: Path, articles: bool) -> Iterator[Path]:
    """As `align` writes it, with an apparatus for each cluster, and from whom each witness may have its words.

    Held in memory are the articles' headers, and the texts of some clusters' articles at a time. Which article reads as
    a translation is not asked: that takes all pairs of articles that share anything, with their evidence, at once.
    """
    from quotealign.formats import tei
    from quotealign.pipeline import collate_cluster
    from quotealign.scoring import score_all, transmissions
    from quotealign.text.subwords import train_unspaced

    folder = make_folder(folder / "tei")
    linking = tuple(json.loads(store.meta("linking settings") or "[]"))
    found = {
        name: tuple(dict([*map(tuple, json.loads(rows)), *map(tuple, linking)]).items())
        for name, rows in store.rows("SELECT digest, rows FROM settings")
    }
    last = found.get(store.meta("settings") or "", ())
    made_with: dict[str, str] = dict(store.rows("SELECT id, settings FROM articles"))
    headers: dict[str, Article] = {}
    light: list[Quotation] = []
    for article, own in _with_quotations(store):
        tree = tei.article_tree(article, own, version=__version__, settings=found[made_with[article.id]])
        yield tei.store_tree(tree, folder / tei.article_file(article.id), source=article.text)
        headers[article.id] = replace(article, text="")
        light += (replace(q, text="", spans=(), content=None, cue=None, source=None, rule=None) for q in own)
    subwords = train_unspaced(q.text for members in members_in(store) for q in members)
    clusters, origins = [], []
    for cluster, members, articles_there in _with_articles(store):
        by_id = {q.id: q for q in members}
        apparatus = collate_cluster(cluster, by_id, subwords=subwords)
        divergences = score_all(cluster, members)
        (origin,) = transmissions(articles_there, members, (cluster,), (apparatus,), divergences, ())
        tree = tei.cluster_tree(
            cluster,
            apparatus,
            divergences,
            articles=headers,
            quotations=by_id,
            version=__version__,
            settings=last,
            transmission=origin,
        )
        yield tei.store_tree(tree, folder / tei.cluster_file(cluster.id))
        clusters.append(replace(cluster, links=()))
        told = tuple(Descent(d.witness, d.source, "", strength=d.strength) for d in origin.descents if d.source)
        origins += [Transmission(cluster.id, told)] if told else []
    if headers:
        whole = Alignment(
            tuple(headers.values()), tuple(light), tuple(clusters), settings=last, transmissions=tuple(origins)
        )
        yield tei.store_tree(tei.corpus_tree(whole, version=__version__), folder / "corpus.xml")


def _with_articles(store: Store) -> Iterator[tuple[Cluster, list[Quotation], list[Article]]]:
    """Each cluster with its quotations and the articles that they stand in, which are looked up for many at a time."""
    some: list[tuple[Cluster, list[Quotation]]] = []

    def looked_up() -> Iterator[tuple[Cluster, list[Quotation], list[Article]]]:
        found = articles_of(store, chain.from_iterable(members for _, members in some))
        for cluster, members in some:
            yield cluster, members, [found[name] for name in dict.fromkeys(q.article for q in members)]
        some.clear()

    number = 0
    for cluster, members in zip(clusters_in(store), members_in(store), strict=True):
        some.append((cluster, members))
        number += len(members)
        if number >= _CHUNK:
            yield from looked_up()
            number = 0
    yield from looked_up()


def _with_quotations(store: Store) -> Iterator[tuple[Article, list[Quotation]]]:
    """Each article with its quotations: two streams in one order, side by side."""
    quotations = linked_quotations(store)
    ahead = next(quotations, None)
    for article in articles_in(store):
        own = []
        while ahead is not None and ahead.article == article.id:
            own.append(ahead)
            ahead = next(quotations, None)
        yield article, own


FORMS: dict[str, Callable[[Store, Path, bool], Iterator[Path]]] = {
    "jsonl": _jsonl,
    "parquet": _parquet,
    "csv": _csv,
    "tei": _tei,
}
"""Name → writer."""
