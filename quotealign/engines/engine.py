"""What any engine can do."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

Columns = Mapping[str, "array[int]"]
"""A table of whole numbers, by the names of its columns; all of one length."""


class Engine(Protocol):
    """Answers queries over tables of whole numbers."""

    def answer(self, query: str, tables: Mapping[str, Columns]) -> Iterator[tuple[Any, ...]]:
        """The rows of one query over named tables, in the order it asks for."""
        ...
