"""Aligning rows of tokens: the columns in which tokens of several rows stand together.

Progressive alignment (Feng & Doolittle 1987) under a sum-of-pairs score, with likeness inside the alignment, then
refinement: each row is taken out and aligned anew until the score no longer grows. What is aligned first is
decided by the rows' content alone, so that the columns do not depend on the order in which rows are given.

The score is counted as what tokens gain by standing together instead of apart; then a best path is a heaviest
common subsequence, and a line of the table three operations on whole rows.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from quotealign.languages import Language
from quotealign.text.edits import similarity
from quotealign.text.gains import gains, limits

Row = tuple[str, ...]
"""The compared forms of one text's tokens."""
Column = tuple[int | None, ...]
"""For each row the position of its token, None where it has none here."""

_Forms = tuple[int, ...]
_Place = dict[int, int]
"""A column while rows are aligned: how many rows have each form there."""

_ROUNDS = 10
_CLOSE = 30
"""Up to so many rows each is compared with each to find the order of work; beyond, each with so many of them."""
_BLOCK = 256


def align(rows: Sequence[Row], rules: Language, *, near: bool = True) -> list[Column]:
    """The columns of some rows. Every token stands in exactly one column, in its row's order.

    near  words that are only alike may match; else only those of one compared form
    """
    distinct = sorted(set(rows), key=lambda row: (-len(row), row))
    if not distinct:
        return []
    forms = sorted({n for row in distinct for n in row})
    number = {n: k for k, n in enumerate(forms)}
    numbered = [tuple(number[n] for n in row) for row in distinct]
    profile = _Profile(forms, rules, near)
    for place in _guide(numbered):
        profile.add(place, numbered[place])
    profile.refine(numbered)
    place = {row: k for k, row in enumerate(distinct)}
    return profile.columns([place[row] for row in rows])



class _Profile:
    """Columns of the rows aligned so far, and the path of each row through them."""

    def __init__(self, forms: Sequence[str], rules: Language, near: bool) -> None:
        self.gains = gains(forms, rules, near=near)
        self.limits = limits(forms, rules)
        self.places: list[_Place] = []
        self.paths: dict[int, list[_Place]] = {}

    def add(self, number: int, row: _Forms) -> None:
        """Align a row with the profile."""
        self._stand(number, row, self._best(self.places, row))

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
            place[form] -= 1
            if not place[form]:
                del place[form]
        value = sum(self._gain(place, form) for place, form in zip(path, row, strict=True))
        others = [place for place in self.places if place]
        pairs = self._best(others, row)
        if sum(self._gain(others[i], row[j]) for i, j in pairs) > value:
            self.places = others
            self._stand(number, row, pairs)
            return True
        for place, form in zip(path, row, strict=True):
            place[form] = place.get(form, 0) + 1
        return False

    def _stand(self, number: int, row: _Forms, pairs: Sequence[tuple[int, int]]) -> None:
        """Put a row into the columns of `pairs`, its other tokens into columns of their own."""
        path: list[_Place] = []
        places: list[_Place] = []
        done = 0
        for i, j in [*pairs, (len(self.places), len(row))]:
            places += self.places[done:i]
            # What stands alone comes behind what the others have there: the order is the same for every row.
            alone: list[_Place] = [{row[k]: 1} for k in range(len(path), j)]
            places += alone
            path += alone
            if j < len(row):
                place = self.places[i]
                place[row[j]] = place.get(row[j], 0) + 1
                places.append(place)
                path.append(place)
            done = i + 1
        self.places = places
        self.paths[number] = path

    def _gain(self, place: _Place, form: int) -> int:
        line = self.gains[form]
        return sum(count * int(line[other]) for other, count in place.items())

    def _alike(self, place: _Place, form: int) -> bool:
        line, limit = self.gains[form], self.limits
        return any(line[other] > min(limit[form], limit[other]) for other in place)

    def _best(self, places: Sequence[_Place], row: _Forms) -> list[tuple[int, int]]:
        """The pairs of column and token that stand together on the path that gains most."""
        height, width = len(places), len(row)
        best = np.zeros((height + 1, width + 1), dtype=np.int32)
        for start in range(0, height, _BLOCK):
            gain = self._table(places[start : start + _BLOCK], row)
            for i in range(len(gain)):
                above, line = best[start + i], best[start + i + 1]
                np.add(above[:-1], gain[i], out=line[1:])
                np.maximum(line, above, out=line)
                np.maximum.accumulate(line, out=line)
        return self._trace(best, places, row)

    def _table(self, places: Sequence[_Place], row: _Forms) -> NDArray[np.int32]:
        forms = [form for place in places for form in place]
        counts = np.array([count for place in places for count in place.values()], dtype=np.int32)
        single = self.gains[np.array(forms)][:, np.array(row, dtype=np.intp)] * counts[:, None]
        if len(forms) == len(places):
            return single
        starts = np.cumsum([0, *(len(place) for place in places[:-1])])
        return np.add.reduceat(single, starts, axis=0)

    def _trace(self, best: NDArray[np.int32], places: Sequence[_Place], row: _Forms) -> list[tuple[int, int]]:
        """From the end: a match first, so that the last of several equal words is taken; else as far left as goes."""
        pairs: list[tuple[int, int]] = []
        i, j = len(places), len(row)
        while i and j:
            value = best[i, j]
            up, left = best[i - 1, j] == value, best[i, j - 1] == value
            together = not (up or left)
            if not together and self._alike(places[i - 1], row[j - 1]):
                together = best[i - 1, j - 1] + self._gain(places[i - 1], row[j - 1]) == value
            if together:
                i, j = i - 1, j - 1
                pairs.append((i, j))
            elif up:
                i -= 1
            else:
                j -= 1
        return pairs[::-1]


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
