"""Records to one Parquet file, by DuckDB: what Spark writes as a folder of them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

_PIECE = 1 << 20
_LONGEST = 1 << 30


def parquet(lines: Iterable[str], columns: str) -> Iterator[bytes]:
    """The bytes of a Parquet file of JSON records, a line each and in their order. `columns` are their fields in
    Spark's words, so that both engines write the same."""
    import duckdb

    with tempfile.TemporaryDirectory(prefix="quotealign-") as name:
        source, target = Path(name, "records.jsonl"), Path(name, "records.parquet")
        with source.open("w", encoding="utf-8", errors="replace") as file:
            file.writelines(lines)
        fields = ", ".join(f"'{field}': '{kind}'" for field, kind in _fields(columns))
        read = (
            f"read_json('{source}', format = 'newline_delimited', columns = {{{fields}}},"
            f" maximum_object_size = {_LONGEST})"
        )
        with duckdb.connect(config={"temp_directory": name}) as connection:
            connection.execute(f"COPY (SELECT * FROM {read}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        with target.open("rb") as made:
            while piece := made.read(_PIECE):
                yield piece


def _fields(columns: str) -> Iterator[tuple[str, str]]:
    """The names and kinds of columns, in DuckDB's words."""
    for field in _parts(columns):
        name, kind = field.split(" ", 1)
        yield name, _kind(kind)


def _kind(kind: str) -> str:
    if kind.startswith("ARRAY<"):
        return f"{_kind(kind[6:-1])}[]"
    if kind.startswith("STRUCT<"):
        inner = (field.split(": ", 1) for field in _parts(kind[7:-1]))
        return f"STRUCT({', '.join(f'{name} {_kind(below)}' for name, below in inner)})"
    return {"STRING": "VARCHAR"}.get(kind, kind)


def _parts(listed: str) -> list[str]:
    """What stands between the commas that no angle encloses."""
    depth, parts = 0, [""]
    for piece in re.split("([<>,])", listed):
        depth += {"<": 1, ">": -1}.get(piece, 0)
        if piece == "," and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts]
