"""DuckDB's troubles in the user's words: what happened to the corpus, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quotealign.errors import CorpusBusy, CorpusDamaged, CorpusOther, OutputRefused, QuotealignError

_BUSY = re.compile(r"Could not set lock|different configuration")
_PROCESS = re.compile(r"\(PID (\d+)\)")
_FULL = re.compile(r"No space left on device|File too large|Disk quota exceeded|disk is full|max_temp_directory_size")
_BARRED = re.compile(r"Read-only file system|Permission denied|Operation not permitted|read-only mode")
_MEMORY = re.compile(r"Out of Memory|failed to (?:pin|allocate)|could not allocate", re.IGNORECASE)
_NEWER = re.compile(r"with version number|newer version of DuckDB|storage version")
_DAMAGED = re.compile(r"Corrupt|checksum|read enough bytes|[Ss]erializ|INTERNAL|FATAL|invalidated|I/O error")


@contextmanager
def answering(path: Path, *, opening: bool = False) -> Iterator[None]:
    """Turns the errors of DuckDB into ours. While `opening`, whatever cannot be explained is damage to the file;
    later it is a fault of ours, and stays what it is."""
    import duckdb

    try:
        yield
    except duckdb.InterruptException:
        raise KeyboardInterrupt from None
    except duckdb.Error as error:
        if is_memory(error):
            raise MemoryError(str(error)) from None
        answer = _answer(error, path)
        if answer is None and opening:
            answer = _damaged(path, str(error))
        if answer is None:
            raise
        raise answer from None


def is_memory(error: Exception) -> bool:
    """Whether DuckDB was short of memory, and not of room on the disk."""
    return bool(_MEMORY.search(str(error)) and not _FULL.search(str(error)))


def _answer(error: Exception, path: Path) -> QuotealignError | None:
    text, where = str(error), str(path)
    if _BUSY.search(text):
        process = _PROCESS.search(text)
        who = f"another program (process {process.group(1)})" if process else "another program"
        return CorpusBusy(f"{who} is at work on it", where=where, do="wait until it is done, then try again")
    if full := _FULL.search(text):
        do = "make room and give the same command again: what was finished before is kept"
        return OutputRefused(f"cannot be written ({full.group()})", where=where, do=do)
    if barred := _BARRED.search(text):
        do = "change its permissions, or use a copy of it"
        return OutputRefused(f"cannot be written ({barred.group()})", where=where, do=do)
    if _NEWER.search(text):
        return CorpusOther("written by a newer DuckDB", where=where, do="pip install --upgrade duckdb")
    return _damaged(path, text) if _DAMAGED.search(text) else None


def _damaged(path: Path, text: str) -> CorpusDamaged:
    first = re.sub(r"^(\w+ )?(IO |INTERNAL |FATAL )?Error: ", "", text.strip().partition("\n")[0])
    first = first.replace(str(path.absolute()), path.name).rstrip(".").replace(";", ",")
    return CorpusDamaged(
        f"damaged, or no corpus ({first})", where=str(path), do="restore it from a copy, or make it anew"
    )
