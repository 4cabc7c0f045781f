"""Segmentation: from columns of tokens to variation units, the words that always go together joined.

Agreeing tokens of a column are a node of the variant graph (Schmidt & Colomb 2009); two nodes are a chain where
the same witnesses pass from the one to the other and no other witness enters or leaves between them.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from quotealign.text.alignment import Column, Row

Unit = tuple[tuple[int, ...], ...]
"""A variation unit: for each row the places of its tokens."""

_Node = tuple[int, ...]
"""The rows that agree in one column."""


Edges = Set[tuple[int, int]]
"""Row and place of tokens that begin a unit whatever stands before them: the edges of words that were moved."""


def by_columns(columns: Sequence[Column], rows: Sequence[Row], *, join: bool, edges: Edges = frozenset()) -> list[Unit]:
    """Units as the alignment has them. With `join`, neighbours in which the same witnesses agree and the same have
    nothing are one unit: a word put in beside a variant stays a unit of its own."""
    units: list[list[list[int]]] = []
    last: list[_Node] | None = None
    for column in columns:
        nodes = _nodes(column, rows)
        if not (join and nodes == last) or _begins(column, edges):
            units.append([[] for _ in rows])
        for row, place in enumerate(column):
            if place is not None:
                units[-1][row].append(place)
        last = nodes
    return [tuple(map(tuple, unit)) for unit in units]


def by_rank(columns: Sequence[Column], rows: Sequence[Row], *, join: bool, edges: Edges = frozenset()) -> list[Unit]:
    """Units by rank: each node stands as far left as what its witnesses read before it allows. With `join`, chains
    are one node."""
    chains: list[tuple[_Node, list[list[int]]]] = []
    latest: dict[int, int] = {}
    for column in columns:
        for node in _nodes(column, rows):
            before = {latest.get(row) for row in node}
            chain = before.pop()
            joined = join and not before and chain is not None and chains[chain][0] == node
            if not joined or chain is None or any((row, column[row]) in edges for row in node):
                chains.append((node, [[] for _ in rows]))
                chain = len(chains) - 1
            for row in node:
                place = column[row]
                assert place is not None
                chains[chain][1][row].append(place)
                latest[row] = chain
    reached = [0] * len(rows)
    units: list[list[list[int]]] = []
    for node, places in chains:
        rank = max(reached[row] for row in node)
        if rank == len(units):
            units.append([[] for _ in rows])
        for row in node:
            units[rank][row] = places[row]
            reached[row] = rank + 1
    return [tuple(map(tuple, unit)) for unit in units]


def _begins(column: Column, edges: Edges) -> bool:
    return any((row, place) in edges for row, place in enumerate(column))


def _nodes(column: Column, rows: Sequence[Row]) -> list[_Node]:
    groups: dict[str, list[int]] = {}
    for row, place in enumerate(column):
        if place is not None:
            groups.setdefault(rows[row][place], []).append(row)
    return [tuple(group) for group in groups.values()]
