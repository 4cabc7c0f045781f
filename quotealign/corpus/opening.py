"""Opening a corpus, and making one: one writer at a time, nothing taken for a corpus that is none."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from quotealign import __version__
from quotealign.corpus.store import LARGE, SCHEMA, TABLES, Store
from quotealign.corpus.troubles import answering, is_memory
from quotealign.errors import CorpusDamaged, CorpusOther, InputMissing, OutputRefused
from quotealign.formats.files import noted

_READING = "512MB"
_WRITING = "64MB"
"""What DuckDB may hold in memory: it would keep every page it has seen. Writing needs few of them again."""
_MAGIC = (8, b"DUCK")  # where a DuckDB file says what it is
_ENDINGS = (".duckdb", ".db")


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
            _make_tables(store)
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


def _make_tables(store: Store) -> None:
    """Make the tables that are not there."""
    for name, columns in TABLES.items():
        packed = {c: f"{kind} USING COMPRESSION zstd" if c in LARGE else kind for c, kind in columns.items()}
        store.rows(f"CREATE TABLE IF NOT EXISTS {name} ({', '.join(f'{c} {kind}' for c, kind in packed.items())})")


@contextmanager
def opened(database: str | Path, *, write: bool = False, sorts: bool = False) -> Iterator[Store]:
    """A corpus, open for as long as the block lasts; one writer at a time, and no reader beside it. Who writes says
    whether it `sorts` all there is as well: that needs room.

    Raises `InputMissing`, `OutputRefused` (it cannot be written), `CorpusBusy`, `CorpusDamaged`, `CorpusOther`.
    """
    path = noted(Path(database))
    _look(path, write)
    with _connected(path, path, read_only=not write, memory=_WRITING if write and not sorts else _READING) as store:
        _check(store)
        if write:
            _make_tables(store)  # a corpus of an earlier version may lack one
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


def is_corpus(path: str | Path) -> bool:
    """Whether a path is meant for a corpus: a DuckDB file, or a name with one of the usual endings."""
    path = Path(path)
    if path.suffix.lower() in _ENDINGS:
        return not path.is_dir()
    start, magic = _MAGIC
    try:
        with path.open("rb") as stream:
            return stream.read(start + len(magic)).endswith(magic)
    except OSError:
        return False


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
