"""Kept corpora as sources of `check`: their texts stay in the file, but for those in which a passage may stand.

The articles of all corpora, and others beside them, are one collection in the order of their ids, as if all had been
read from files. A corpus is open only while a draft is checked, so that articles can be added in between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import overload

from quotealign.checking import Progress, Search, alone, is_of, speech_of
from quotealign.corpus.opening import opened
from quotealign.corpus.rows import HEADER, article_of_row, content_hash
from quotealign.corpus.store import Store
from quotealign.corpus.words import KeptWords, sizes
from quotealign.errors import InputEmpty
from quotealign.languages import language
from quotealign.model import Article, Finding, Notice
from quotealign.pipeline import Settings
from quotealign.text.gathering import Gathered
from quotealign.text.numbering import Given, Numbered
from quotealign.verification import asked

_BLOCK, _OPEN = 2048, 16
"""Articles that are read at a time, since the store packs so many texts as one; how many such blocks are held."""
_TOLD = 10
"""Articles with an id that is taken that are told singly."""


class Sources:
    """Corpora that drafts are checked against, with other articles beside them.

    Where two articles have one id, the second gets another, unless it is the same article; `tell` is given a notice.
    `lang` is the language of all articles, whatever they say; `given` are those beside the corpora, by the ids that
    they have here. Raises what `opened` raises, and `InputEmpty` where there is not one article.
    """

    def __init__(
        self,
        databases: Iterable[str | Path],
        articles: Iterable[Article] = (),
        *,
        settings: Settings | None = None,
        lang: str | None = None,
        tell: Callable[[Notice], None] | None = None,
    ) -> None:
        self._databases = tuple(databases)
        self._articles = tuple(articles)
        self._settings = settings or Settings()
        self._lang = lang
        with self._collection() as collection:
            self._length = len(collection)
            notices = collection.notices
            self.given = collection.given()
        if not self._length:
            where = ", ".join(map(str, self._databases))
            raise InputEmpty("a corpus without articles", where=where, do="add some with quotealign corpus add")
        if tell is not None:
            for notice in notices:
                tell(notice)

    def __len__(self) -> int:
        return self._length

    def check(
        self, draft: Article, *, support: float | None = None, progress: Progress | None = None
    ) -> tuple[tuple[Finding, ...], tuple[Notice, ...]]:
        """A finding for each quotation of a draft, in order, and the notices of the draft, as `checking.Sources` gives
        them. A draft that is in a corpus does not support itself."""
        draft, speech, notices = speech_of(draft, settings=self._settings)
        if not speech:
            return (), notices
        with self._collection() as collection:
            collection.leave_out(draft)
            if not collection:
                raise alone(draft)
            places = collection.places([text for q in speech for text in asked(q.text, language(q.lang))])
            search = Search(collection, places, settings=self._settings)
            return search.findings(draft, speech, support=support, progress=progress), notices

    @contextmanager
    def _collection(self) -> Iterator[_Collection]:
        with ExitStack() as stack:
            stores = [stack.enter_context(opened(path)) for path in self._databases]
            yield _Collection(stores, self._articles, self._lang)


@dataclass(frozen=True, slots=True)
class _Entry:
    """An article of the collection with its id there.

    known, hash  its id and its content where it comes from
    store, row   where it lies; or the `article` itself
    size         how many words are kept of it, None where they are not
    """

    id: str
    known: str
    hash: str
    store: int = -1
    row: int = -1
    article: Article | None = None
    size: int | None = None


class _Collection(Sequence[Article]):
    """The articles of some open corpora and others beside them, in the order of their ids; read when asked for."""

    def __init__(self, stores: Sequence[Store], articles: Iterable[Article], lang: str | None) -> None:
        self._stores, self._lang = stores, lang
        self.notices: list[Notice] = []
        """Of articles that got another id, and of corpora without articles."""
        found: dict[str, _Entry] = {}
        for entry in chain(self._kept(), (_Entry(a.id, a.id, content_hash(a), article=a) for a in articles)):
            name, number = entry.id, 1
            while name in found and found[name].hash != entry.hash:
                number += 1
                name = f"{entry.id}.{number}"
            if name not in found:
                found[name] = replace(entry, id=name)
        self._entries = sorted(found.values(), key=lambda entry: entry.id)
        self._tell_renamed([entry for entry in self._entries if entry.id != entry.known])
        self._block = lru_cache(maxsize=_OPEN)(self._read)

    def _kept(self) -> Iterator[_Entry]:
        for number, store in enumerate(self._stores):
            empty = True
            for row, identifier, name, size in sizes(store):
                empty = False
                yield _Entry(identifier, identifier, name, number, row, size=size)
            if empty:
                do = "add some with quotealign corpus add"
                self.notices.append(Notice("empty", str(store.path), "a corpus without articles", do, skipped=True))

    def _tell_renamed(self, renamed: Sequence[_Entry]) -> None:
        what = "a second article has this id"
        for entry in renamed[:_TOLD]:
            where = (entry.article and entry.article.file) or entry.known
            self.notices.append(Notice("same-id", where, what, f"it is read as {entry.id}"))
        if len(renamed) > _TOLD:
            what = f"{len(renamed) - _TOLD:,} more articles have an id that another source has"
            self.notices.append(Notice("same-id", "sources", what, "each is read under an id of its own"))

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, number: int) -> Article: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Article]: ...
    def __getitem__(self, number: int | slice) -> Article | Sequence[Article]:
        if isinstance(number, slice):
            return [self[k] for k in range(len(self))[number]]
        entry = self._entries[number]
        found = entry.article or self._block(entry.store, entry.row // _BLOCK)[entry.row]
        found = found if self._lang is None else found.with_lang(self._lang)
        return found if found.id == entry.id else replace(found, id=entry.id)

    def _read(self, store: int, block: int) -> dict[int, Article]:
        query = f"SELECT rowid, {HEADER} FROM articles WHERE rowid >= ? AND rowid < ?"
        rows = self._stores[store].rows(query, block * _BLOCK, (block + 1) * _BLOCK)
        return {row[0]: article_of_row(row[1:]) for row in rows}

    def given(self) -> dict[str, Article]:
        """The articles that are in no corpus, by the ids that they have here."""
        return {entry.id: replace(entry.article, id=entry.id) for entry in self._entries if entry.article}

    def leave_out(self, draft: Article) -> None:
        """Leave out what was read from the file of a draft, and the article of its id, if it is the draft."""
        self._entries = [entry for entry in self._entries if not (entry.article and is_of(entry.article, draft))]
        for number, entry in enumerate(self._entries):
            if entry.known == draft.id and self[number].text == draft.text:
                del self._entries[number]
                return

    def places(self, sought: Sequence[str]) -> Gathered:
        """Where the words of some texts stand in the articles."""
        unread = [k for k, entry in enumerate(self._entries) if entry.size is None]
        unread.sort(key=lambda k: (self._entries[k].store, self._entries[k].row))  # a block once
        read = Given((k, self[k].text) for k in unread)
        parts: list[Numbered] = [read]
        for number, store in enumerate(self._stores):
            of_store = {e.known: k for k, e in enumerate(self._entries) if e.store == number and e.size is not None}
            if of_store:
                parts.append(KeptWords(store, of_store))
        lengths = [read.lengths[k] if e.size is None else e.size for k, e in enumerate(self._entries)]
        return Gathered(sought, lengths, parts, lambda number: self[number].text)
