"""Aligning rows of tokens: the columns in which tokens of several rows stand together.

Progressive alignment (Feng & Doolittle 1987) under a sum-of-pairs score, with likeness inside the alignment, then
refinement: each row is taken out and aligned anew until the score no longer grows. What is aligned first is
decided by the rows' content alone, so that the columns do not depend on the order in which rows are given.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotealign.languages import Language
from quotealign.text.edits import similarity
from quotealign.text.likeness import likeness, weight
from quotealign.text.normalization import is_word

Row = tuple[str, ...]
"""The compared forms of one text's tokens."""
Column = tuple[int | None, ...]
"""For each row the position of its token, None where it has none here."""

_MATCH = 2.0
_MISMATCH = -0.35
_NEVER = -9.0
_GAP = -0.5
_ROUNDS = 3


class _Score:
    """Pair scores, kept for the length of one alignment."""

    def __init__(self, rules: Language) -> None:
        self.rules = rules
        self.pairs: dict[tuple[str, str], float] = {}
        self.weights: dict[str, float] = {}

    def weight(self, n: str) -> float:
        found = self.weights.get(n)
        if found is None:
            found = self.weights[n] = weight(n, self.rules)
        return found

    def gap(self, n: str) -> float:
        return _GAP * self.weight(n)

    def pair(self, a: str, b: str) -> float:
        found = self.pairs.get((a, b))
        if found is None:
            found = self.pairs[a, b] = self._pair(a, b)
        return found

    def _pair(self, a: str, b: str) -> float:
        lighter = min(self.weight(a), self.weight(b))
        like = likeness(a, b, self.rules)
        if like:
            return _MATCH * like * lighter
        if is_word(a) != is_word(b):
            return _NEVER
        if self.weight(a) != self.weight(b):
            # the / increasingly: never better than leaving both alone
            return self.gap(a) + self.gap(b)
        return _MISMATCH * lighter


class _Profile:
    """Columns of the rows aligned so far; each column counts its tokens by compared form."""

    def __init__(self, score: _Score) -> None:
        self.score = score
        self.rows: list[Row] = []
        self.members: list[int] = []
        self.columns: list[list[int | None]] = []

    def add(self, number: int, row: Row) -> float:
        """Align a row with the profile; returns the score that it adds."""
        path, gained = self._path(row)
        size = len(self.rows)
        columns: list[list[int | None]] = []
        for column, token in path:
            kept = self.columns[column] if column is not None else [None] * size
            columns.append([*kept, token])
        self.columns = columns
        self.rows.append(row)
        self.members.append(number)
        return gained

    def remove(self, place: int) -> tuple[int, Row]:
        """Take a row out; columns that it alone held go with it."""
        self.columns = [c[:place] + c[place + 1 :] for c in self.columns]
        self.columns = [c for c in self.columns if any(t is not None for t in c)]
        return self.members.pop(place), self.rows.pop(place)

    def value(self, place: int) -> float:
        """The score of one row against all others, as it stands."""
        total = 0.0
        for column in self.columns:
            own = column[place]
            for other, token in enumerate(column):
                if other == place or (token is None and own is None):
                    continue
                if own is None:
                    total += self.score.gap(self.rows[other][token])  # type: ignore[index]
                elif token is None:
                    total += self.score.gap(self.rows[place][own])
                else:
                    total += self.score.pair(self.rows[place][own], self.rows[other][token])
        return total

    def _path(self, row: Row) -> tuple[list[tuple[int | None, int | None]], float]:
        score, size = self.score, len(self.rows)
        counts: list[dict[str, int]] = []
        for column in self.columns:
            found: dict[str, int] = {}
            for place, token in enumerate(column):
                if token is not None:
                    n = self.rows[place][token]
                    found[n] = found.get(n, 0) + 1
            counts.append(found)
        skip_column = [sum(c * score.gap(n) for n, c in found.items()) for found in counts]
        absent = [size - sum(found.values()) for found in counts]
        gaps = [score.gap(n) for n in row]
        skip_token = [size * g for g in gaps]
        height, width = len(counts), len(row)
        best = [[0.0] * (width + 1) for _ in range(height + 1)]
        step = [[0] * (width + 1) for _ in range(height + 1)]
        for j in range(1, width + 1):
            best[0][j], step[0][j] = best[0][j - 1] + skip_token[j - 1], 2
        for i in range(1, height + 1):
            above, line, steps = best[i - 1], best[i], step[i]
            line[0], steps[0] = above[0] + skip_column[i - 1], 1
            items, missing, skip = list(counts[i - 1].items()), absent[i - 1], skip_column[i - 1]
            for j in range(1, width + 1):
                n = row[j - 1]
                match = above[j - 1] + missing * gaps[j - 1]
                for other, count in items:
                    match += count * score.pair(n, other)
                up, left = above[j] + skip, line[j - 1] + skip_token[j - 1]
                if match >= up and match >= left:
                    line[j], steps[j] = match, 0
                elif up >= left:
                    line[j], steps[j] = up, 1
                else:
                    line[j], steps[j] = left, 2
        path: list[tuple[int | None, int | None]] = []
        i, j = height, width
        while i or j:
            move = step[i][j]
            if move == 0:
                i, j = i - 1, j - 1
                path.append((i, j))
            elif move == 1:
                i -= 1
                path.append((i, None))
            else:
                j -= 1
                path.append((None, j))
        return path[::-1], best[height][width]


def align(rows: Sequence[Row], rules: Language) -> list[Column]:
    """The columns of some rows. Every token stands in exactly one column, in its row's order."""
    distinct = sorted(set(rows), key=lambda row: (-len(row), row))
    if not distinct:
        return []
    profile = _Profile(_Score(rules))
    for number in _guide(distinct):
        profile.add(number, distinct[number])
    _refine(profile)
    place = {profile.rows[k]: k for k in range(len(profile.rows))}
    return [tuple(column[place[row]] for row in rows) for column in profile.columns]


def _guide(rows: Sequence[Row]) -> list[int]:
    """Most alike first: the closest pair, then always the row closest to those already taken."""
    if len(rows) == 1:
        return [0]
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


def _refine(profile: _Profile) -> None:
    if len(profile.rows) < 3:
        return
    for _ in range(_ROUNDS):
        grown = False
        for number in sorted(profile.members):
            place = profile.members.index(number)
            before = profile.value(place)
            columns, rows, members = [list(c) for c in profile.columns], list(profile.rows), list(profile.members)
            _, row = profile.remove(place)
            if profile.add(number, row) > before + 1e-9:
                grown = True
            else:
                profile.columns, profile.rows, profile.members = columns, rows, members
        if not grown:
            return
