"""An apparatus as a variant graph: the readings of each unit are nodes, the witnesses run through them as edges.

After Schmidt and Colomb (2009), "A data structure for representing multi-version texts online", in the form that
collation tools draw: words stand on the nodes, sigla on the edges.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from quotealign.model.apparatus import Apparatus, Reading, Transposition

START, END = 0, 1
"""The numbers of the two nodes without words, where every witness begins and ends."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One of the readings of a unit: rows that agree as compared, and the words as most of them print them."""

    words: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A reading in the graph; `number` is its place among all nodes, START and END come first."""

    number: int
    unit: int
    words: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """`rows` go from one node to the next. Between the ends of a `moved` edge the same words changed places."""

    source: int
    target: int
    rows: tuple[int, ...]
    moved: bool = False


@dataclass(frozen=True, slots=True)
class VariantGraph:
    """Nodes with words in the order of the units, and the edges between them and the two ends."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def words_of(reading: Reading) -> str:
    """The words of a reading as printed, without the space around them."""
    return "".join(token.t for token in reading or ()).strip()


def variants(apparatus: Apparatus, unit: int) -> tuple[Variant, ...]:
    """The readings of a unit as compared, that of most witnesses first; nothing is a reading, too, with no words."""
    found: dict[tuple[str, ...], list[int]] = {}
    column = apparatus.column(unit)
    for row, reading in enumerate(column):
        found.setdefault(tuple(token.n for token in reading or ()), []).append(row)
    ordered = sorted(found.values(), key=lambda rows: (-len(rows), rows[0]))
    return tuple(Variant(_most_printed([words_of(column[row]) for row in rows]), tuple(rows)) for rows in ordered)


def links_at(apparatus: Apparatus) -> dict[tuple[int, int], tuple[int, ...]]:
    """For a row and a unit, the numbers (from 1) of the transpositions that the words there take part in.

    Where a row has nothing, nothing takes part, though the units be among those of a link.
    """
    found: dict[tuple[int, int], tuple[int, ...]] = {}
    for number, link in enumerate(apparatus.transpositions, 1):
        for units, rows in link.shown:
            for place in ((row, unit) for row in rows for unit in range(*units)):
                if apparatus.table[place[0]][place[1]]:
                    found[place] = (*found.get(place, ()), number)
    return found


def variant_graph(apparatus: Apparatus) -> VariantGraph:
    """The graph of an apparatus: a node for each reading with words, an edge for each step that a witness takes.

    Steps follow the table: words that it shows elsewhere than where they stand (resolved) are passed where shown.
    """
    nodes: list[Node] = []
    at = [START] * len(apparatus.witnesses)
    steps: dict[tuple[int, int], list[int]] = {}
    node_of: dict[tuple[int, int], int] = {}
    for unit in range(apparatus.width):
        for variant in variants(apparatus, unit):
            if not any(apparatus.table[row][unit] for row in variant.rows):
                continue  # nothing is no node: witnesses pass by
            number = len(nodes) + 2
            nodes.append(Node(number, unit, variant.words, variant.rows))
            for row in variant.rows:
                steps.setdefault((at[row], number), []).append(row)
                at[row] = node_of[row, unit] = number
    for row, last in enumerate(at):
        steps.setdefault((last, END), []).append(row)
    edges = [Edge(source, target, tuple(rows)) for (source, target), rows in steps.items()]
    for link in apparatus.transpositions:
        edges += _moved(link, node_of)
    return VariantGraph(tuple(nodes), tuple(edges))


def _moved(link: Transposition, node_of: dict[tuple[int, int], int]) -> list[Edge]:
    """From the first words at the one place to the first at the other; none where the table has them in one."""
    if link.resolved:
        return []
    ends: list[int] = []
    for units, rows in sorted(link.shown):
        ends += [node_of[row, unit] for unit in range(*units) for row in rows if (row, unit) in node_of][:1]
    return [Edge(ends[0], ends[1], (*link.rows, *link.others), moved=True)] if len(ends) == 2 else []


def _most_printed(printed: list[str]) -> str:
    """What most print; of as many, the first in the order of the alphabet, so that the order of rows says nothing."""
    numbers = Counter(printed)
    return min(numbers, key=lambda words: (-numbers[words], words))
