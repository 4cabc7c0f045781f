"""The engine inside the process: DuckDB (Raasveldt & Mühleisen 2019). It spills to disk when memory is short."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quotealign.engines.engine import Tables

_BATCH = 100_000
_STRETCH, _STRETCHES = 5_000, 50
"""Numbers asked for at once, at least, so that a table of groups stays small; and how often at most, since each time
whole tables are read."""


class Embedded:
    """A database in memory for each query. `memory` bounds what it holds before it spills, `threads` what it runs at
    once, the machine's cores if not given; neither changes an answer."""

    def __init__(self, *, memory: str = "2GB", threads: int | None = None) -> None:
        self._config: dict[str, Any] = {"memory_limit": memory} | ({} if threads is None else {"threads": threads})

    def answer(
        self, query: str, tables: Tables, *, steps: Sequence[tuple[str, str]] = (), size: int = 0
    ) -> Iterator[tuple[Any, ...]]:
        """The rows of one query over named tables, in the order it asks for; `Engine` says what the rest means."""
        # Imported late: a tenth of a second that only linking needs.
        import duckdb
        import numpy

        with (
            # Not beside the user's files, where DuckDB would put what it spills.
            tempfile.TemporaryDirectory(prefix="quotealign-") as spilled,
            duckdb.connect(config={**self._config, "temp_directory": spilled}) as connection,
        ):
            for name, given in tables.items():
                for number, piece in enumerate([given] if isinstance(given, Mapping) else given):
                    columns = {c: numpy.frombuffer(v, dtype=f"i{v.itemsize}") for c, v in piece.items()}
                    connection.register("piece", columns)
                    into = f"INSERT INTO {name}" if number else f"CREATE TABLE {name} AS"
                    connection.execute(f"{into} SELECT * FROM piece")
                    connection.unregister("piece")
            for name, step in steps:
                connection.execute(f"CREATE TABLE {name} AS {step}")
            stretch = max(_STRETCH, size // _STRETCHES)
            for first in range(0, size or 1, stretch):
                asked = query.format(first=first, last=min(first + stretch, size) - 1) if size else query
                cursor = connection.execute(asked)
                while rows := cursor.fetchmany(_BATCH):
                    yield from rows
