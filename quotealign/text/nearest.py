"""Texts as vectors: which of one language lies nearest to which of another, and how far it stands out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

Vectors = Sequence[Sequence[float]]
"""Vectors of length 1, all of one dimension."""

_BLOCK = 1024


class Encoder(Protocol):
    """Reads texts into vectors.

    name   what it is, with its version: goes into signatures, so no path in it
    floor  the cosine that texts with nothing to do with each other have at least; 0 where it is not known
    """

    @property
    def name(self) -> str: ...

    @property
    def floor(self) -> float: ...

    def encode(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """A vector of length 1 for each text, in the order of the texts."""
        ...


class Pair(NamedTuple):
    """The rows `a` and `b` are each other's best. `cosine` is theirs, `around` the mean cosine of both with those of
    the other side that lie nearest to them."""

    a: int
    b: int
    cosine: float
    around: float


def mutual(a: Vectors, b: Vectors, *, neighbours: int = 4) -> list[Pair]:
    """Pairs of rows that are each other's best by margin: the cosine less what either has with its neighbours (Artetxe
    & Schwenk 2019), so that a text that lies near to everything is near to nothing. In the order of `a`.

    Time grows with the product of both, memory with their sum.
    """
    if not len(a) or not len(b):
        return []
    # Imported late: only who has an encoder comes here.
    import numpy

    x, y = (numpy.asarray(rows, dtype=numpy.float32) for rows in (a, b))

    def ground(one: Any, other: Any) -> Any:
        k = min(neighbours, len(other))
        blocks = (one[s : s + _BLOCK] @ other.T for s in range(0, len(one), _BLOCK))
        return numpy.concatenate([numpy.partition(block, -k, axis=1)[:, -k:].mean(axis=1) for block in blocks])

    of_x, of_y = ground(x, y), ground(y, x)
    for_x, cosines = numpy.zeros(len(x), dtype=int), numpy.zeros(len(x), dtype=numpy.float32)
    for_y, margins = numpy.zeros(len(y), dtype=int), numpy.full(len(y), -numpy.inf, dtype=numpy.float32)
    for start in range(0, len(x), _BLOCK):
        block = x[start : start + _BLOCK] @ y.T
        # Half the row's own ground is the same for the whole row: which column is best does not depend on it.
        margin = block - of_y / 2
        best = margin.argmax(axis=1)
        for_x[start : start + len(block)] = best
        cosines[start : start + len(block)] = block[numpy.arange(len(block)), best]
        down = block - of_x[start : start + len(block), None] / 2
        row = down.argmax(axis=0)
        found = down[row, numpy.arange(len(y))]
        better = found > margins
        for_y[better], margins[better] = row[better] + start, found[better]
    return [
        Pair(i, int(j), float(cosines[i]), float(of_x[i] + of_y[j]) / 2) for i, j in enumerate(for_x) if for_y[j] == i
    ]
