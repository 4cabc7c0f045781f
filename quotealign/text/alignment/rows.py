"""Aligning rows of tokens: the columns in which tokens of several rows stand together.

Progressive alignment (Feng & Doolittle 1987) under a sum-of-pairs score, with likeness inside the alignment, then
refinement: each row is taken out and aligned anew until the score no longer grows. What is aligned first is
decided by the rows' content alone, so that the columns do not depend on the order in which rows are given.

The score is counted as what tokens gain by standing together instead of apart (`gains.py`), so that the best
way of a row through the columns is a heaviest common subsequence (`paths.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotealign.languages import Language
from quotealign.text.alignment.gains import Gain, forbid, gains, limits
from quotealign.text.alignment.pairs import Places, align_each, suits
from quotealign.text.alignment.paths import Table
from quotealign.text.edits import similarity

Row = tuple[str, ...]
"""The compared forms of one text's tokens."""
Column = tuple[int | None, ...]
"""For each row the position of its token, None where it has none here."""

_Forms = tuple[int, ...]

_ROUNDS = 10
_LEAST = -(10**9)
_CLOSE = 30
"""Up to so many rows each is compared with each to find the order of work; beyond, each with so many of them."""


def align(
    rows: Sequence[Row],
    rules: Language,
    *,
    near: bool = True,
    compared: Mapping[str, str] | None = None,
    may_stand: Callable[[str, str], bool] | None = None,
) -> list[Column]:
    """The columns of some rows. Every token stands in exactly one column, in its row's order.

    near       words that are only alike may match; else only those of one compared form
    compared   the compared form of each token, where rows hold names of tokens instead
    may_stand  whether two tokens may stand in one column at all; asked once for each pair of different ones
    """
    distinct = sorted(set(rows), key=lambda row: (-len(row), row))
    if not any(distinct):
        return []
    if len(distinct) == 1:
        return [(place,) * len(rows) for place in range(len(distinct[0]))]
    if len(distinct) == 2 and near and not compared and may_stand is None and suits(*distinct):
        columns = align_each([(distinct[0], distinct[1])], rules)[0]
        side = [distinct.index(row) for row in rows]
        return list(columns) if side == [0, 1] else [tuple(pair[k] for k in side) for pair in columns]
    names = sorted({n for row in distinct for n in row})
    number = {n: k for k, n in enumerate(names)}
    numbered = [tuple(number[n] for n in row) for row in distinct]
    forms = [compared[n] for n in names] if compared else names
    known = gains(forms, rules, near=near)
    gain: Gain = known
    if may_stand is not None:
        apart = ((i, j) for i in range(len(names)) for j in range(i) if not may_stand(names[i], names[j]))
        gain = forbid(known, apart)
    profile = _Profile(gain, limits(forms, rules))
    for k in _guide(numbered):
        profile.add(k, numbered[k])
    profile.refine(numbered)
    where = {row: k for k, row in enumerate(distinct)}
    return profile.columns([where[row] for row in rows])


def align_pairs(pairs: Sequence[tuple[Row, Row]], rules: Language) -> list[list[Places]]:
    """The columns of each of some pairs of rows: what `align` finds for each alone, several times faster."""
    short = [place for place, pair in enumerate(pairs) if suits(*pair)]
    found = dict(zip(short, align_each([pairs[place] for place in short], rules), strict=True))
    return [
        found[place] if place in found else [(c[0], c[1]) for c in align(pair, rules)]
        for place, pair in enumerate(pairs)
    ]


class _Place:
    """A column while rows are aligned: how many rows have each form there, and what each form would gain there."""

    __slots__ = ("counts", "gain")

    def __init__(self) -> None:
        self.counts: dict[int, int] = {}
        self.gain: NDArray[Any] | None = None

    def put(self, form: int, gain: Gain) -> None:
        self.counts[form] = self.counts.get(form, 0) + 1
        self.gain = gain[form] if self.gain is None else np.add(self.gain, gain[form], dtype=_sum(gain))

    def take(self, form: int, gain: Gain) -> None:
        self.counts[form] -= 1
        if not self.counts[form]:
            del self.counts[form]
        known = self.gain if self.counts else None
        self.gain = None if known is None else np.subtract(known, gain[form], dtype=_sum(gain))


def _sum(gain: Gain) -> type[np.int32] | type[np.int64]:
    return np.int64 if gain.dtype == np.int64 else np.int32


class _Profile:
    """Columns of the rows aligned so far, and the path of each row through them."""

    def __init__(self, gain: Gain, limit: Sequence[int]) -> None:
        self.gains = gain
        self.limits = limit
        self.places: list[_Place] = []
        self.paths: dict[int, list[_Place]] = {}

    def add(self, number: int, row: _Forms) -> None:
        """Align a row with the profile."""
        self._stand(number, row, self._path(self._table(self.places, row), self.places, row))

    def refine(self, rows: Sequence[_Forms]) -> None:
        """Align each row anew with all others, until no row gains by it."""
        if len(rows) < 3:
            return
        for _ in range(_ROUNDS):
            grown = False
            for number in range(len(rows)):
                grown |= self._again(number, rows[number])
            if not grown:
                return

    def columns(self, wanted: Sequence[int]) -> list[Column]:
        """The columns for the rows of these numbers."""
        where = {id(place): k for k, place in enumerate(self.places)}
        table: list[list[int | None]] = [[None] * len(wanted) for _ in self.places]
        for column, number in enumerate(wanted):
            for position, place in enumerate(self.paths[number]):
                table[where[id(place)]][column] = position
        return [tuple(line) for line in table]

    def _again(self, number: int, row: _Forms) -> bool:
        path = self.paths[number]
        for place, form in zip(path, row, strict=True):
            place.take(form, self.gains)
        others = [place for place in self.places if place.counts]
        where = {id(place): k for k, place in enumerate(others)}
        standing = [(where[id(place)], j) for j, place in enumerate(path) if place.counts]
        table = self._table(others, row)
        if table.gain > table.gain_of(standing):
            self.places = others
            self._stand(number, row, self._path(table, others, row))
            return True
        for place, form in zip(path, row, strict=True):
            place.put(form, self.gains)
        return False

    def _stand(self, number: int, row: _Forms, pairs: Sequence[tuple[int, int]]) -> None:
        """Put a row into the columns of `pairs`, its other tokens into columns of their own."""
        path: list[_Place] = []
        places: list[_Place] = []
        done = 0
        for i, j in [*pairs, (len(self.places), len(row))]:
            # What stands alone comes behind what the others have there: the order is the same for every row.
            alone = [_Place() for _ in range(len(path), j)]
            here = self.places[i : i + 1]
            places += [*self.places[done:i], *alone, *here]
            path += [*alone, *here]
            done = i + 1
        for place, form in zip(path, row, strict=True):
            place.put(form, self.gains)
        self.places = places
        self.paths[number] = path

    def _table(self, places: Sequence[_Place], row: _Forms) -> Table:
        def gains_of(start: int, stop: int) -> NDArray[np.int32]:
            table = np.stack([p.gain for p in places[start:stop] if p.gain is not None])[:, row]
            return np.maximum(table, _LEAST).astype(np.int32) if table.dtype == np.int64 else table.astype(np.int32)

        return Table(gains_of, len(places), len(row))

    def _path(self, table: Table, places: Sequence[_Place], row: _Forms) -> list[tuple[int, int]]:
        def alike(i: int, j: int) -> bool:
            form = row[j]
            line, limit = self.gains[form], self.limits
            return any(line[other] > min(limit[form], limit[other]) for other in places[i].counts)

        return table.path(alike)


def _guide(rows: Sequence[_Forms]) -> list[int]:
    """Most alike first. Of a few rows the closest pair, then always the row closest to those already taken; of many
    (beyond `_CLOSE`), in the order of their likeness to a sample taken evenly from all."""
    if len(rows) == 1:
        return [0]
    if len(rows) > _CLOSE:
        sample = [rows[k * len(rows) // _CLOSE] for k in range(_CLOSE)]
        near = [sum(similarity(row, other) for other in sample) for row in rows]
        return sorted(range(len(rows)), key=lambda k: (-near[k], k))
    like = [[0.0] * len(rows) for _ in rows]
    for i in range(len(rows)):
        for j in range(i + 1, len(rows)):
            like[i][j] = like[j][i] = similarity(rows[i], rows[j])
    first, second = max(
        ((i, j) for i in range(len(rows)) for j in range(i + 1, len(rows))),
        key=lambda p: (like[p[0]][p[1]], -p[0], -p[1]),
    )
    order = [first, second]
    closeness = {k: like[first][k] + like[second][k] for k in range(len(rows)) if k not in order}
    while closeness:
        chosen = max(closeness, key=lambda k: (closeness[k], -k))
        del closeness[chosen]
        order.append(chosen)
        for k in closeness:
            closeness[k] += like[chosen][k]
    return order
