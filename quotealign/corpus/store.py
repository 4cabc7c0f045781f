"""The store: one DuckDB file with its tables.

Whatever is written is written in a transaction: a program that is killed, or a disk that is full, leaves the file as
it was before. What DuckDB has to complain of is answered in the user's words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotealign.corpus.troubles import answering

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = tuple[Any, ...]

SCHEMA = 1
"""The number of the tables' shape; raised when a column changes its meaning."""

TABLES: dict[str, dict[str, str]] = {
    "meta": {"name": "VARCHAR", "value": "VARCHAR"},
    "settings": {"digest": "VARCHAR", "rows": "VARCHAR"},
    "articles": {
        "id": "VARCHAR",
        "hash": "VARCHAR",  # of the article as received: whether it has changed
        "settings": "VARCHAR",  # with which its quotations were found
        "revision": "BIGINT",  # of the corpus, when it came in: whether it has been linked
        "lang": "VARCHAR",
        "title": "VARCHAR",
        "outlet": "VARCHAR",
        "published": "VARCHAR",
        "url": "VARCHAR",
        "text": "VARCHAR",
        "record": "VARCHAR",  # only where the columns cannot hold all of it
    },
    "quotations": {
        "id": "VARCHAR",
        "article": "VARCHAR",
        "position": "INTEGER",
        "lang": "VARCHAR",
        "kind": "VARCHAR",
        "spans": "INTEGER[][]",
        "text": "VARCHAR",
        "speaker_id": "VARCHAR",  # as its article names it; `speakers` has the name in the whole corpus
        "speaker": "VARCHAR",
        "source": "VARCHAR",
        "cue": "VARCHAR",
        "confidence": "DOUBLE",
        "rule": "VARCHAR",
        "outlet": "VARCHAR",
        "published": "VARCHAR",
        "record": "VARCHAR",
    },
    "speakers": {
        "quotation": "VARCHAR",
        "id": "VARCHAR",
        "name": "VARCHAR",
        "kind": "VARCHAR",
        "authority": "VARCHAR",
    },
    "clusters": {"id": "VARCHAR", "position": "INTEGER", "size": "INTEGER", "lemma": "VARCHAR"},
    "members": {"cluster": "VARCHAR", "position": "INTEGER", "quotation": "VARCHAR"},
    "links": {
        "cluster": "VARCHAR",
        "position": "INTEGER",
        "a": "VARCHAR",
        "b": "VARCHAR",
        "score": "DOUBLE",
        "evidence": "VARCHAR",
    },
    "vocabulary": {"form": "VARCHAR", "number": "INTEGER"},
    "words": {
        "article": "VARCHAR",
        "hash": "VARCHAR",  # of the article whose words they are
        "version": "VARCHAR",  # of the program that read them
        "size": "INTEGER",
        "row": "BLOB",  # the number of each word in the vocabulary, four bytes each
    },
}
"""Tables, columns and their types. No key is declared: an index would have to be held in memory, and that an id
stands there once is seen to by the one who writes."""

LARGE = frozenset({"text", "record", "row"})
"""Columns that are packed tightest: of what DuckDB chooses by itself, a corpus is half as large again."""

_PAGE = 100
_PART = 10_000
_LONG = 20_000
"""Characters of a text from which these are too little: DuckDB takes up to 2,048 texts at a time."""


class Store:
    """An open corpus. Texts in it are always valid UTF-8; records are JSON and hold what columns cannot."""

    def __init__(self, connection: DuckDBPyConnection, path: Path) -> None:
        self.connection, self.path = connection, path

    def rows(self, query: str, *values: Any) -> list[Row]:
        """All rows that answer a query."""
        with answering(self.path):
            return self.connection.execute(query, values).fetchall()

    def stream(self, query: str, *values: Any) -> Iterator[Row]:
        """The rows that answer a query, a page at a time."""
        with answering(self.path):
            cursor = self.connection.cursor()
            try:
                found = cursor.execute(query, values)
                while page := found.fetchmany(_PAGE):
                    yield from page
            finally:
                cursor.close()

    def insert(self, table: str, rows: Iterable[Row]) -> None:
        """Write rows, whose values stand in the order of the table's columns."""
        columns = ", ".join(f"unnest(?::{kind}[])" for kind in TABLES[table].values())
        stream = iter(rows)
        while part := list(islice(stream, _PART)):
            values = [list(column) for column in zip(*part, strict=True)]
            with answering(self.path):
                self.connection.execute(f"INSERT INTO {table} SELECT {columns}", values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside, or nothing of it."""
        import duckdb

        self.rows("BEGIN TRANSACTION")
        try:
            yield
            self.rows("COMMIT")
        except BaseException:
            with suppress(duckdb.Error):
                self.connection.execute("ROLLBACK")
            raise

    def meta(self, name: str) -> str | None:
        """What is noted of the whole corpus under a name."""
        found = self.rows("SELECT value FROM meta WHERE name = ?", name)
        return str(found[0][0]) if found else None

    def note(self, name: str, value: str) -> None:
        """Note something of the whole corpus."""
        self.rows("DELETE FROM meta WHERE name = ?", name)
        self.rows("INSERT INTO meta VALUES (?, ?)", name, value)

    def expect(self, longest: int) -> None:
        """Before long texts come in: let DuckDB hold as much as it finds, in this run and in all later ones."""
        if longest > _LONG and self.meta("long") is None:
            self.note("long", "yes")
            self.rows("RESET memory_limit")

    @property
    def revision(self) -> int:
        """How many batches have changed the articles."""
        return int(self.meta("revision") or 0)
