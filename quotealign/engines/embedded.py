"""The engine inside the process: DuckDB (Raasveldt & Mühleisen 2019). It spills to disk when memory is short."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quotealign.engines.engine import Columns

_BATCH = 100_000


class Embedded:
    """A database in memory for each query. `memory` bounds what it holds before it spills, as in "2GB"; `threads` what
    it runs at once. Both are the machine's own if not given; neither changes an answer."""

    def __init__(self, *, memory: str | None = None, threads: int | None = None) -> None:
        self._config: dict[str, Any] = {"memory_limit": memory, "threads": threads}

    def answer(self, query: str, tables: Mapping[str, Columns]) -> Iterator[tuple[Any, ...]]:
        """The rows of one query over named tables, in the order it asks for."""
        # Imported late: a tenth of a second that only linking needs.
        import duckdb
        import numpy

        with duckdb.connect(config={k: v for k, v in self._config.items() if v is not None}) as connection:
            for name, columns in tables.items():
                connection.register(name, {c: numpy.frombuffer(v, dtype=numpy.int64) for c, v in columns.items()})
            cursor = connection.execute(query)
            while rows := cursor.fetchmany(_BATCH):
                yield from rows
