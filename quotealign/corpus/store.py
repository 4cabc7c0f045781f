"""The store: one DuckDB file with its tables, opened by one writer or by several readers.

Whatever is written is written in a transaction: a program that is killed, or a disk that is full, leaves the file as
it was before. What DuckDB has to complain of is answered in the user's words.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotealign import __version__
from quotealign.corpus.troubles import answering, is_memory
from quotealign.errors import CorpusDamaged, CorpusOther, InputMissing, OutputRefused

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
}
"""Tables, columns and their types. No key is declared: an index would have to be held in memory, and that an id
stands there once is seen to by the one who writes."""

_PAGE = 100
_PART = 10_000
_READING = "512MB"
_WRITING = "64MB"
"""What DuckDB may hold in memory: it would keep every page it has seen. Writing needs few of them again."""
_LONG = 20_000
"""Characters of a text from which these are too little: DuckDB takes up to 2,048 texts at a time."""
_MAGIC = (8, b"DUCK")  # where a DuckDB file says what it is


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


def init(database: str | Path) -> Path:
    """Make an empty corpus; returns its path. Raises `OutputRefused` where there is a file already."""
    path = Path(database)
    if not path.name or path.is_dir():
        raise OutputRefused("a folder, not a file", where=str(database), do="name a file, such as news.db")
    rest = path.with_name(f"{path.name}.wal")
    if os.path.lexists(path):
        raise OutputRefused("there is a file of this name already", where=str(path), do="add to it, or name another")
    if rest.exists():
        raise OutputRefused("left over from a corpus of this name", where=str(rest), do="move it away")
    if not path.parent.is_dir():
        raise OutputRefused("no such folder", where=str(path.parent), do="make it, or name another")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise OutputRefused("this folder cannot be written", where=str(path.parent), do="name another")
    # Under another name first: whoever is killed here leaves no half of a corpus behind.
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with _connected(temporary, path, read_only=False) as store, store.transaction():
            for name, columns in TABLES.items():
                store.rows(f"CREATE TABLE {name} ({', '.join(f'{c} {kind}' for c, kind in columns.items())})")
            store.insert("meta", [("corpus", "quotealign"), ("schema", str(SCHEMA)), ("version", __version__)])
        _give_name(temporary, path)
    except FileExistsError:
        raise OutputRefused("somebody else has made this file meanwhile", where=str(path), do="add to it") from None
    except OSError as error:
        raise OutputRefused(f"cannot be written ({error.strerror})", where=str(path), do="name another place") from None
    finally:
        temporary.unlink(missing_ok=True)
        temporary.with_name(f"{temporary.name}.wal").unlink(missing_ok=True)
    return path


def _give_name(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)  # unlike a renaming it never replaces what is there
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        os.rename(temporary, path)


@contextmanager
def opened(database: str | Path, *, write: bool = False, sorts: bool = False) -> Iterator[Store]:
    """A corpus, open for as long as the block lasts; one writer at a time, and no reader beside it. Who writes says
    whether it `sorts` all there is as well: that needs room.

    Raises `InputMissing`, `OutputRefused` (it cannot be written), `CorpusBusy`, `CorpusDamaged`, `CorpusOther`.
    """
    path = Path(database)
    _look(path, write)
    with _connected(path, path, read_only=not write, memory=_WRITING if write and not sorts else _READING) as store:
        _check(store)
        if store.meta("long"):
            store.rows("RESET memory_limit")
        yield store


@contextmanager
def _connected(file: Path, path: Path, *, read_only: bool, memory: str = _READING) -> Iterator[Store]:
    """A connection to `file`, which the user knows as `path`."""
    import duckdb

    # Beside a corpus that is only read there may be no room to spill over: elsewhere, and nothing is left there.
    spill = Path(tempfile.mkdtemp(prefix="quotealign-")) if read_only else None
    config: dict[str, Any] = {
        "autoinstall_known_extensions": False,  # nothing is fetched at run time
        "autoload_known_extensions": False,
        "memory_limit": memory,
    }
    if spill is not None:
        config["temp_directory"] = str(spill)
    try:
        name = str(file.absolute())  # no name that DuckDB takes for something else than a file
        with answering(path, opening=True):
            try:
                connection = duckdb.connect(name, read_only=read_only, config=config)
            except duckdb.Error as error:
                if not is_memory(error):
                    raise
                del config["memory_limit"]  # long texts are left to be taken in from a run that was killed
                connection = duckdb.connect(name, read_only=read_only, config=config)
        try:
            yield Store(connection, path)
        except BaseException:
            with suppress(duckdb.Error):
                connection.close()
            raise
        with answering(path):
            connection.close()
    finally:
        if spill is not None:
            shutil.rmtree(spill, ignore_errors=True)


def _look(path: Path, write: bool) -> None:
    """Look at a file before DuckDB does, which would make a missing one, and fetch what reads a foreign one."""
    where = str(path)
    if path.is_dir():
        raise CorpusOther("a folder, not a corpus", where=where, do="name the file that corpus init made")
    try:
        with path.open("rb") as stream:
            head = stream.read(64)
    except FileNotFoundError:
        raise InputMissing("no such corpus", where=where, do=f"make it with: quotealign corpus init {path}") from None
    except OSError as error:
        raise InputMissing(f"cannot be read ({error.strerror})", where=where, do="check the path") from None
    start, magic = _MAGIC
    if not head:
        raise CorpusDamaged("an empty file, no corpus", where=where, do="remove it and make it anew with corpus init")
    if head[start : start + len(magic)] != magic:
        raise CorpusOther(
            "not a corpus (no DuckDB file, or damaged at its beginning)",
            where=where,
            do="name the file that corpus init made, or restore it from a copy",
        )
    if write and not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK | os.X_OK)):
        raise OutputRefused(
            "this file or its folder cannot be written", where=where, do="change its permissions, or use a copy of it"
        )


def _check(store: Store) -> None:
    """Raises `CorpusOther` where the tables are not ours, or not those of this version."""
    where = str(store.path)
    with answering(store.path, opening=True):
        names = {name for (name,) in store.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        query = "SELECT name, value FROM meta"
        meta = dict(store.connection.execute(query).fetchall()) if "meta" in names else {}
    if meta.get("corpus") != "quotealign":
        raise CorpusOther("a DuckDB file, but no corpus of quotealign", where=where, do="make one with corpus init")
    schema, version = meta.get("schema", "0"), meta.get("version", "unknown")
    if schema != str(SCHEMA):
        newer = schema.isdecimal() and int(schema) > SCHEMA
        what = f"a corpus of schema {schema}, made by quotealign {version}; this version reads schema {SCHEMA}"
        do = "use that version or a later one" if newer else "export it with that version, and add its articles anew"
        raise CorpusOther(what, where=where, do=do)
