"""The engine of many machines: Apache Spark (Zaharia et al. 2016), through pyspark. Reads and writes Parquet.

Needs Java 17 or later here, and on the machines of the cluster a Python at the same path with quotealign in it where
lines are mapped; a query needs no Python there.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from quotealign.engines.engine import Columns, Tables
from quotealign.errors import EngineFailed, LibraryMissing

Lines = Callable[[Iterable[str]], Iterator[str]]
"""What is done with the lines of one partition. It travels to other machines: a function of a module, not a closure
over anything large."""

_BATCH = 20_000
"""Lines that are handed over at once: what the machine that asks holds of a collection."""
_WAIT = 5.0


class Spark:
    """A session with a cluster. `master` is its URL: spark://host:7077, yarn, local[4]. To be closed, or used with
    `with`. What spark-defaults.conf says holds.

    Raises `LibraryMissing` where pyspark or Java is not there, `EngineFailed` where the cluster does not answer.
    """

    def __init__(self, master: str) -> None:
        try:
            import pyarrow  # noqa: F401
            from pyspark.sql import SparkSession
        except ImportError:
            raise LibraryMissing(
                "the engine spark needs pyspark, which is not installed", do="pip install 'quotealign[spark]'"
            ) from None
        home = os.environ.get("JAVA_HOME")
        if not (shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")):
            raise LibraryMissing(
                "the engine spark needs Java 17 or later, and there is none on PATH or in JAVA_HOME",
                do="install it (Debian: openjdk-17-jre-headless)",
            )
        _reach(master)
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = SparkSession.builder.appName("quotealign").master(master)
        for name, value in (
            ("spark.ui.enabled", "false"),
            ("spark.ui.showConsoleProgress", "false"),
            ("spark.log.level", "ERROR"),
            ("spark.sql.ansi.enabled", "true"),
            ("spark.sql.session.timeZone", "UTC"),
        ):
            builder = builder.config(name, value)
        try:
            self._session = builder.getOrCreate()
            context = self._session.sparkContext
            # A cluster that takes the work on and has no machine for it would keep us waiting for ever.
            context.parallelize([0], 1).count()
        except Exception as error:
            raise EngineFailed(_first_line(error), where=master, do="see the cluster's own log") from None
        self._session.conf.set("spark.sql.shuffle.partitions", str(max(8, 4 * context.defaultParallelism)))

    def __enter__(self) -> Spark:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave the cluster."""
        self._session.stop()

    def answer(
        self, query: str, tables: Tables, *, steps: Sequence[tuple[str, str]] = (), size: int = 0
    ) -> Iterator[tuple[Any, ...]]:
        """The rows of one query over named tables, in the order it asks for; `Engine` says what the rest means."""
        from pyspark import StorageLevel

        kept = []
        try:
            for name, given in tables.items():
                self._table(given).createOrReplaceTempView(name)
            for name, step in steps:
                # Several steps read one: without this it would be made anew for each.
                made = self._session.sql(step).persist(StorageLevel.DISK_ONLY)
                made.createOrReplaceTempView(name)
                kept.append(made)
            asked = query.format(first=0, last=size - 1) if size else query
            for row in self._session.sql(asked).toLocalIterator(prefetchPartitions=True):
                yield tuple(row)
        except Exception as error:
            raise self._failed(error) from None
        finally:
            for made in kept:
                made.unpersist()

    def store(self, lines: Iterable[str], folder: str, columns: str, function: Lines | None = None) -> None:
        """Write JSON records as Parquet: what `function` makes of the lines on the machines of the cluster, or the
        lines themselves. `columns` are their fields in Spark's words. A folder that is there already is replaced."""
        rest = iter(lines)
        context, mode = self._session.sparkContext, "overwrite"
        # One empty batch at least, so that there is a folder that can be read.
        while (batch := list(islice(rest, _BATCH))) or mode == "overwrite":
            given = context.parallelize(batch, max(1, min(len(batch), 4 * context.defaultParallelism)))
            self._write(given if function is None else given.mapPartitions(function), folder, columns, mode)
            mode = "append"

    def transform(self, source: str, folder: str, columns: str, function: Lines) -> None:
        """Parquet to Parquet, through a function of JSON records, on the machines of the cluster."""
        lines = self._session.read.parquet(source).toJSON()
        self._write(lines.mapPartitions(function), folder, columns, "overwrite")

    def records(self, folder: str, query: str = "SELECT * FROM records") -> Iterator[str]:
        """The rows of Parquet, called records, or of a query over them, as JSON."""
        try:
            self._session.read.parquet(folder).createOrReplaceTempView("records")
            yield from self._session.sql(query).toJSON().toLocalIterator(prefetchPartitions=True)
        except Exception as error:
            raise self._failed(error, folder) from None

    def remove(self, folder: str) -> None:
        """Remove a folder, wherever the cluster keeps it; none is no fault."""
        context = self._session.sparkContext
        path = context._jvm.org.apache.hadoop.fs.Path(folder)
        path.getFileSystem(context._jsc.hadoopConfiguration()).delete(path, True)

    def _write(self, lines: Any, folder: str, columns: str, mode: str) -> None:
        try:
            found = self._session.read.schema(columns).json(lines)
            found.write.mode(mode).parquet(folder)
        except Exception as error:
            raise self._failed(error, folder) from None

    def _table(self, given: Columns | Iterable[Columns]) -> Any:
        import numpy
        import pyarrow

        pieces = [
            pyarrow.table(
                {name: pyarrow.array(numpy.frombuffer(v, dtype=f"i{v.itemsize}")) for name, v in piece.items()}
            )
            for piece in ([given] if isinstance(given, Mapping) else given)
        ]
        return self._session.createDataFrame(pyarrow.concat_tables(pieces))

    def _failed(self, error: Exception, where: str = "") -> EngineFailed:
        where = where or str(self._session.sparkContext.master)
        return EngineFailed(_first_line(error), where=where, do="see the cluster's own log")


def _reach(master: str) -> None:
    """Ask once whether anybody listens: Spark itself would ask for a minute, and then say it in a page of Java."""
    for address in master.removeprefix("spark://").split(",") if master.startswith("spark://") else ():
        try:
            parts = urlsplit(f"//{address}")
            socket.create_connection((parts.hostname or "", parts.port or 7077), timeout=_WAIT).close()
            return
        except (OSError, ValueError):
            continue
    if master.startswith("spark://"):
        raise EngineFailed("no Spark master answers", where=master, do="check the URL, and that the cluster runs")


def _first_line(error: Exception) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return f"Spark gave up ({lines[0].strip()[:200] if lines else type(error).__name__})"
