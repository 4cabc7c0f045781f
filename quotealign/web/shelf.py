"""Collections: the folders and corpora that the user named at the start, each by a name. Nothing else can be opened.

A process that works keeps what it has read of them, and reads again what has changed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from quotealign import corpus
from quotealign.checking import Progress, Sources
from quotealign.corpus.opening import is_corpus, opened
from quotealign.corpus.rows import articles_in
from quotealign.errors import InputEmpty, InputMissing
from quotealign.formats.articles import Reading, read
from quotealign.model import Article, Finding, Notice

_TOLD = 10
"""Files of a collection that were left out that are told singly."""

Tell = Callable[[str], None]
"""Is given what is being done, in a few words."""


@dataclass(frozen=True, slots=True)
class Collection:
    """What drafts may be checked against, by name: a folder or file of articles, or a kept corpus."""

    name: str
    path: Path
    is_corpus: bool

    def told(self, where: str) -> str:
        """A place in it by its name: where it lies on this machine is nobody's business."""
        path = str(self.path)
        return self.name + where[len(path) :] if where.startswith(path) else where


def named(paths: Iterable[str | Path]) -> tuple[Collection, ...]:
    """Collections of these paths, each by the name of its file; a second one of a name has a number behind it.

    Raises `InputMissing` for what is not there.
    """
    found: dict[str, Collection] = {}
    for given in paths:
        path = Path(given)
        if not path.exists():
            raise InputMissing("no such file or folder", where=str(given), do="check the path")
        stem = path.resolve().name or "files"
        name, number = stem, 2
        while name in found:
            name, number = f"{stem}.{number}", number + 1
        found[name] = Collection(name, path.resolve(), is_corpus(path))
    return tuple(found.values())


def articles_of(collection: Collection, notices: list[str]) -> Iterator[Article]:
    """The articles of a collection, and notices of what was left out. Links that lead out of a folder are not followed.

    Raises `InputMissing` where it is gone, and what `corpus.opening.opened` raises.
    """
    if not collection.path.exists():
        what = "no longer where it was when the server was started"
        raise InputMissing(what, where=collection.name, do="put it back, or start the server anew")
    if collection.is_corpus:
        with opened(collection.path) as store:
            yield from articles_in(store)
        return
    how = Reading(documents=True, besides=tuple(_leading_out(collection.path)))
    left_out = 0
    for item in read([collection.path], how):
        if isinstance(item, Article):
            yield item
        elif item.skipped:
            left_out += 1
            if left_out <= _TOLD:
                notices.append(str(replace(item, where=collection.told(item.where))))
    if left_out > _TOLD:
        notices.append(f"{collection.name}: {left_out - _TOLD:,} more files were left out.")


def _leading_out(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for path in _files(folder):
        if path.is_symlink():
            target = path.resolve()
            if not target.is_relative_to(folder):
                yield target


def _files(folder: Path) -> Iterator[Path]:
    for root, _, names in os.walk(folder):
        yield from (Path(root, name) for name in names)


class Against(Protocol):
    """What a draft is checked against."""

    def __len__(self) -> int:
        """How many articles."""

    def check(
        self, draft: Article, *, support: float | None = None, progress: Progress | None = None
    ) -> tuple[tuple[Finding, ...], tuple[Notice, ...]]:
        """A finding for each quotation of a draft, and notices."""


def sources_of(collection: Collection, notices: list[str]) -> Against:
    """A collection as sources that drafts are checked against. Raises `InputEmpty` where it has no article."""
    if collection.is_corpus:
        return corpus.Sources([collection.path])
    articles = list(articles_of(collection, notices))
    if not articles:
        raise InputEmpty("no article could be read", where=collection.name, do="put articles there")
    return Sources(articles)


def state_of(collection: Collection) -> tuple[tuple[str, int, int], ...]:
    """What changes when a file of a collection does: names, sizes and times."""
    path = collection.path
    files = sorted(_files(path)) if path.is_dir() else [path, path.with_name(f"{path.name}.wal")]
    found = []
    for file in files:
        try:
            about = file.lstat()
        except OSError:
            continue
        found.append((str(file), about.st_size, about.st_mtime_ns))
    return tuple(found)


class Shelf:
    """The collections of one process, each read when it is first asked for."""

    def __init__(self, collections: Sequence[Collection]) -> None:
        self._collections = {collection.name: collection for collection in collections}
        self._read: dict[str, tuple[tuple[tuple[str, int, int], ...], Against, list[str]]] = {}

    def collection(self, name: str) -> Collection:
        """The collection of a name that the server has looked up."""
        return self._collections[name]

    def sources(self, name: str, tell: Tell, notices: list[str]) -> Against:
        """Its sources, as its files are now, and notices of files that were left out."""
        collection = self._collections[name]
        state = state_of(collection)
        if name not in self._read or self._read[name][0] != state:
            self._read.pop(name, None)
            tell(f"reading the sources of {name}")
            told: list[str] = []
            self._read[name] = state, sources_of(collection, told), told
        notices += self._read[name][2]
        return self._read[name][1]
