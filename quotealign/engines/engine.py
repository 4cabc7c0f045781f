"""What any engine can do."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

Columns = Mapping[str, "array[int]"]
"""Rows of whole numbers, by the names of their columns; all of one length."""

Tables = Mapping[str, "Columns | Iterable[Columns]"]
"""Tables by name, each whole or in pieces, which need not be in memory at once."""


class Engine(Protocol):
    """Answers queries over tables of whole numbers."""

    def answer(
        self, query: str, tables: Tables, *, steps: Sequence[tuple[str, str]] = (), size: int = 0
    ) -> Iterator[tuple[Any, ...]]:
        """The rows of one query over named tables, in the order it asks for.

        `steps` are tables that are made on the way: name and query, each from those before it. Where `size` is given,
        the query asks for what lies from {first} to {last} among the numbers from 0 to `size` - 1, and comes in that
        order: the engine may ask for all at once or for one stretch after the other.
        """
        ...
