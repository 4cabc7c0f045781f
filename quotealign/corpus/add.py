"""Adding and removing articles, a batch at a time: each batch comes in whole, or not at all.

An article that is there already, with the same text and header and found with the same settings, costs a look-up;
one that has changed replaces what was there, its quotations included. So whoever was interrupted gives the same
command again.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from quotealign.corpus.opening import opened
from quotealign.corpus.rows import Extracted, clean, content_hash
from quotealign.corpus.store import Store
from quotealign.corpus.words import keep_words
from quotealign.corpus.workers import workers
from quotealign.model import Article, Notice, digest
from quotealign.pipeline import Settings

BATCH = 200
"""Articles in a transaction: what is lost, at most, when the program is killed."""
_CHARACTERS = 4_000_000
"""… or fewer, where they are long."""

Tell = Callable[[Notice], None]
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Added:
    """How many articles came in new, replaced an older text of theirs, or were there already, and how many
    quotations came in with them."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    quotations: int = 0

    def __add__(self, other: Added) -> Added:
        return Added(
            self.added + other.added,
            self.replaced + other.replaced,
            self.unchanged + other.unchanged,
            self.quotations + other.quotations,
        )


@dataclass(frozen=True, slots=True)
class _Batch:
    """What the look-up says of some articles."""

    ids: frozenset[str]
    changed: tuple[Article, ...]
    replaced: tuple[str, ...]


def add(
    database: str | Path,
    articles: Iterable[Article],
    *,
    settings: Settings | None = None,
    jobs: int = 1,
    batch: int = BATCH,
    tell: Tell | None = None,
    progress: Progress | None = None,
) -> Added:
    """Add articles to a corpus, with their quotations.

    `articles` may be a stream; nothing of it is kept. `jobs` processes find the quotations, a `batch` of articles
    is written in one transaction, `tell` is given what a person should know, `progress` the number of articles after
    each batch. Raises what `opened` raises.
    """
    settings, tell = settings or Settings(), tell or (lambda notice: None)
    rows = extraction_rows(settings)
    done = Added()
    with opened(database, write=True) as store:
        name = _announce(store, rows, tell)
        with workers(jobs, settings, name) as start:
            waiting: deque[tuple[_Batch, Callable[[], Extracted]]] = deque()

            def finish() -> Added:
                looked, result = waiting.popleft()
                found = result()
                for notice in found.notices:
                    tell(notice)
                if looked.changed:
                    _write(store, looked, found, (name, rows))
                if progress is not None:
                    progress(len(looked.ids))
                replaced = len(looked.replaced)
                new = len(looked.changed) - replaced
                return Added(new, replaced, len(looked.ids) - len(looked.changed), len(found.quotations))

            for given in _batches(articles, batch, tell):
                # What is still under way cannot be looked up: an article that comes twice waits for the first.
                while waiting and (
                    len(waiting) >= (2 * jobs if jobs > 1 else 1)
                    or any(not looked.ids.isdisjoint(a.id for a in given) for looked, _ in waiting)
                ):
                    done += finish()
                looked = _look_up(store, given, name)
                waiting.append((looked, start(looked.changed)))
            while waiting:
                done += finish()
    return done


def remove(database: str | Path, ids: Iterable[str], *, tell: Tell | None = None) -> int:
    """Remove articles by id, with their quotations, all in one transaction; returns how many there were.

    `tell` is given a notice for each id that is not there.
    """
    with opened(database, write=True) as store:
        wanted = tuple(dict.fromkeys(ids))
        query = "SELECT id FROM articles WHERE id IN (SELECT unnest(?::VARCHAR[]))"
        there = {row[0] for row in store.rows(query, [clean(i) for i in wanted])}
        for identifier in wanted:
            if identifier not in there and tell is not None:
                what = "no article of this id in the corpus"
                tell(Notice("id", identifier or "(empty)", what, "see the ids with corpus export", skipped=True))
        if there:
            with store.transaction():
                _delete(store, tuple(sorted(there)), ())
                store.note("revision", str(store.revision + 1))
        return len(there)


def extraction_rows(settings: Settings) -> tuple[tuple[str, str], ...]:
    """The settings that finding quotations depends on, name and value; those of linking are left out."""
    rest = ("aliases", "encoder")
    return tuple(row for row in settings.rows() if row[0] not in rest and not row[0].startswith("linkage."))


def _announce(store: Store, rows: tuple[tuple[str, str], ...], tell: Tell) -> str:
    """The digest of the settings. Tells where they are not those of the last time."""
    name = digest(*(f"{key}={value}" for key, value in rows))
    last = store.meta("settings")
    if last is not None and last != name:
        found = store.rows("SELECT rows FROM settings WHERE digest = ?", last)
        before = dict(json.loads(found[0][0])) if found else {}
        changes = [f"{key} was {before.get(key)}, is {value}" for key, value in rows if before.get(key) != value]
        what = f"other settings than the last time ({', '.join(changes)})"
        do = "articles that are not given again keep the quotations that were found with the old ones"
        tell(Notice("settings", str(store.path), what, do))
    return name


def _batches(articles: Iterable[Article], batch: int, tell: Tell) -> Iterator[tuple[Article, ...]]:
    """Articles in batches in which every id stands once."""
    found: dict[str, Article] = {}
    size = 0
    for article in articles:
        if clean(article.id) != article.id:
            what = "an id with half a character in it (a lone surrogate)"
            tell(Notice("id", ascii(article.id), what, "give the article another id", skipped=True))
            continue
        if article.id in found or len(found) >= batch or size > _CHARACTERS:
            yield tuple(found.values())
            found, size = {}, 0
        found[article.id] = article
        size += len(article.text)
    if found:
        yield tuple(found.values())


def _look_up(store: Store, given: Sequence[Article], name: str) -> _Batch:
    query = "SELECT id, hash, settings FROM articles WHERE id IN (SELECT unnest(?::VARCHAR[]))"
    ids = [article.id for article in given]
    there = {identifier: (known, made) for identifier, known, made in store.rows(query, ids)}
    changed = tuple(a for a in given if a.id not in there or there[a.id] != (content_hash(a), name))
    return _Batch(frozenset(ids), changed, tuple(a.id for a in changed if a.id in there))


def _write(store: Store, batch: _Batch, found: Extracted, settings: tuple[str, tuple[tuple[str, str], ...]]) -> None:
    name, rows = settings
    store.expect(max(len(article.text) for article in batch.changed))
    with store.transaction():
        revision = store.revision + 1
        if batch.replaced:
            _delete(store, batch.replaced, [row[0] for row in found.quotations])
        store.insert("articles", [(*row[:3], revision, *row[4:]) for row in found.articles])
        store.insert("quotations", found.quotations)
        keep_words(store, found.words)
        store.note("revision", str(revision))
        if store.meta("settings") != name:
            store.note("settings", name)
        if not store.rows("SELECT 1 FROM settings WHERE digest = ?", name):
            store.insert("settings", [(name, json.dumps(rows))])


def _delete(store: Store, articles: Sequence[str], come: Sequence[str]) -> None:
    """Delete articles with their quotations, and the clusters that lose a member by it. A quotation that is among
    those that `come` in the place of others, the same words in the same article, is no loss."""
    gone = "SELECT id FROM quotations WHERE article IN (SELECT unnest(?::VARCHAR[]))"
    store.rows(f"DELETE FROM speakers WHERE quotation IN ({gone})", articles)
    lost = f"SELECT cluster FROM members WHERE quotation IN ({gone}) AND quotation NOT IN (SELECT unnest(?::VARCHAR[]))"
    names = [row[0] for row in store.rows(lost, articles, come)]
    for table, column in (("links", "cluster"), ("clusters", "id"), ("members", "cluster")) if names else ():
        store.rows(f"DELETE FROM {table} WHERE {column} IN (SELECT unnest(?::VARCHAR[]))", names)
    for table in ("quotations", "words"):
        store.rows(f"DELETE FROM {table} WHERE article IN (SELECT unnest(?::VARCHAR[]))", articles)
    store.rows("DELETE FROM articles WHERE id IN (SELECT unnest(?::VARCHAR[]))", articles)
