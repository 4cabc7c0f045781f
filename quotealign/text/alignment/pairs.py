"""Two rows aligned without ado: what `rows` finds for them, at a fraction of its cost.

Most alignments are of two rows. Their gains are worked out for the words of one row against those of the other only,
and what is known of a word is remembered. Many pairs are aligned side by side: a step of the table is one operation on
the lines of all pairs of a batch. The batch does not show in the result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import count, repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from quotealign.languages import Language, language
from quotealign.text.alignment.gains import APART, LOOKS, MATCH, NEVER, PARTNER, STRANGER, UNIT
from quotealign.text.alignment.paths import Table
from quotealign.text.edits import distances
from quotealign.text.likeness import KEYS, NEAR, SHORT, Weight, keys, likeness, nearness, weight
from quotealign.text.normalization import is_word

Forms = tuple[str, ...]
"""The compared forms of a row."""
Places = tuple[int | None, int | None]

_CELLS = 1 << 15
"""Pairs of tokens in one batch: enough to forget the cost of a step, few enough for a processor's memory."""

_LONG = 2000
"""Tokens in both rows together, above which the table is filled line by line and not kept (`paths.Table`)."""
_VARIED = 3000
"""Different forms above which gains are not worked out for the whole vocabulary (`gains.gains`): its square."""
_KEPT = 32_000_000
"""Gains that are kept for the way back; beyond, they are worked out once more."""


class _Form(NamedTuple):
    """What is known of a compared form: the place of its weight among all weights, its length and its keys."""

    kind: int
    length: int
    keys: tuple[str, ...]
    """None for a mark."""


@lru_cache(maxsize=262144)
def _form(n: str, code: str) -> _Form:
    rules = language(code)
    kind = _VALUES.index(weight(n, rules))
    return _Form(kind, len(n), keys(n, rules) if is_word(n) else ())


_VALUES = [kind.value for kind in Weight]
_NOTHING = len(_VALUES)
"""The class of what fills the shorter rows of a batch."""
_OF = _NOTHING + 1
_PAIRS = [(x, y) for x in (*_VALUES, 0.0) for y in (*_VALUES, 0.0)]
"""The weights of two forms, at the place `kind * _OF + other kind`."""


def _apart(x: float, y: float) -> bool:
    """Whether two of these classes never stand together: a word and a mark, and what is nothing."""
    return not (x and y) or (x == Weight.MARK) != (y == Weight.MARK)


_BASE = np.array([NEVER / UNIT if _apart(x, y) else PARTNER * x if x == y else STRANGER for x, y in _PAIRS])
_LOOKING = np.array([x if x == y else 0.0 for x, y in _PAIRS])
_LIGHTER = np.array([0.0 if _apart(x, y) else min(x, y) for x, y in _PAIRS])
_STANDING = np.array([NEVER / UNIT if _apart(x, y) else APART * (x + y) for x, y in _PAIRS])
_LIMIT = np.array([round(min(x, y) * UNIT) for x, y in _PAIRS], dtype=np.int32)
"""The gain above which two forms are alike, by the lighter's class."""


def _alike(value: float) -> NDArray[np.int32]:
    """What two forms gain that are so alike, by their classes."""
    found: NDArray[np.int32] = np.rint((MATCH * value * _LIGHTER + _STANDING) * UNIT).astype(np.int32)
    return found


_RISING = sorted(range(len(KEYS)), key=lambda key: KEYS[key])
"""The keys, what counts more later."""
_GAINS = [_alike(value) for value in KEYS]
_SAME = _alike(1.0)


def suits(first: Forms, second: Forms) -> bool:
    """Whether two rows are better aligned here than by `rows`: short ones, and long ones that hardly repeat a word."""
    return len(first) + len(second) <= _LONG or len({*first, *second}) > _VARIED


def align_each(pairs: Sequence[tuple[Forms, Forms]], rules: Language) -> list[list[Places]]:
    """The columns of each of some pairs of rows, as `rows.align` finds them, near matches allowed.

    `suits` says which pairs may come here.
    """
    found: dict[int, list[tuple[int, int]]] = {}
    short: list[int] = []
    # The longer row of a pair comes first, so that the columns do not depend on the order.
    turned = [(-len(first), first) > (-len(second), second) for first, second in pairs]
    pairs = [(pair[1], pair[0]) if turn else pair for pair, turn in zip(pairs, turned, strict=True)]
    for place, (first, second) in enumerate(pairs):
        if first == second:
            found[place] = [(k, k) for k in range(len(first))]
        elif not second:
            found[place] = []
        elif len(first) + len(second) > _LONG:
            found[place] = _long(first, second, rules)
        else:
            short.append(place)
    # Pairs of one size go together, so that little of a batch is empty.
    short.sort(key=lambda place: (len(pairs[place][0]), len(pairs[place][1])))
    known = _Known((n for place in short for row in pairs[place] for n in row), rules)
    for some in _batches(short, pairs):
        found.update(zip(some, _Batch([pairs[place] for place in some], known).paths(), strict=True))
    columns = (_columns(found[place], len(first), len(second)) for place, (first, second) in enumerate(pairs))
    return [[(j, i) for i, j in some] if turn else some for some, turn in zip(columns, turned, strict=True)]


def _batches(places: Sequence[int], pairs: Sequence[tuple[Forms, Forms]]) -> Iterator[list[int]]:
    some: list[int] = []
    height = width = 0
    for place in places:
        first, second = pairs[place]
        height, width = max(height, len(first)), max(width, len(second))
        if some and (len(some) + 1) * height * width > _CELLS:
            yield some
            some, height, width = [], len(first), len(second)
        some.append(place)
    if some:
        yield some


class _Known:
    """The different forms of some rows, numbered, and what is asked of each, as numbers.

    facts   a line each: class, length, the form itself, its keys; in the two last columns what fills a row
    shared  the keys that are worth asking for: some form is not its own
    """

    def __init__(self, forms: Iterable[str], rules: Language) -> None:
        self.numbers = dict(zip(dict.fromkeys(forms), count()))
        seen = dict(self.numbers)
        rows: list[int] = []
        for n, place in self.numbers.items():
            form = _form(n, rules.code)
            rows += (form.kind, form.length or 1, place)
            rows += [seen.setdefault(key, len(seen)) for key in form.keys] or [-1 - place] * len(KEYS)
        for filler in (-1 - len(seen), -2 - len(seen)):
            rows += (_NOTHING, 1, *(filler,) * (1 + len(KEYS)))
        self.facts = np.array(rows, dtype=np.int32).reshape(-1, 3 + len(KEYS)).T
        other = (self.facts[3:] != self.facts[2]) & (self.facts[3:] >= 0)
        self.shared = [key for key in _RISING if other[key].any()]

    def table(self, rows: Sequence[Forms], *, filled: int) -> NDArray[np.intp]:
        """The numbers of the forms of some rows, a line a row, filled up with the last or the last but one."""
        found = np.full((len(rows), max(map(len, rows))), self.facts.shape[1] - filled)
        for line, row in zip(found, rows, strict=True):
            line[: len(row)] = [self.numbers[n] for n in row]
        return found


class _Batch:
    """Pairs of rows side by side: a table of (tokens of the first row, pairs, tokens of the second row)."""

    def __init__(self, pairs: Sequence[tuple[Forms, Forms]], known: _Known) -> None:
        self._pairs = pairs
        self._known = known
        self._one = np.ascontiguousarray(known.table([first for first, _ in pairs], filled=1).T)[:, :, None]
        self._other = known.table([second for _, second in pairs], filled=2)[None, :, :]

    def _both(self, fact: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """A fact of the forms of the first rows and of the second, laid out so that they meet in every cell."""
        column = self._known.facts[fact]
        return column[self._one], column[self._other]

    def gains(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """What each token of one row gains beside each of the other (`gains.gains`), and the place of their classes."""
        one, other = self._both(0)
        kinds = one * _OF + other
        distance = np.zeros(kinds.shape, dtype=np.uint8)
        for k, (first, second) in enumerate(self._pairs):
            distance[: len(first), k, : len(second)] = distances(first, second)
        one, other = self._both(1)
        looks = 1.0 - distance / np.maximum(one, other)
        gain: NDArray[np.int32] = np.rint((_BASE[kinds] + LOOKS * looks * _LOOKING[kinds]) * UNIT).astype(np.int32)
        flat, flat_kinds, flat_looks = gain.reshape(-1), kinds.reshape(-1), looks.reshape(-1)
        near = np.flatnonzero((looks >= NEAR) & (np.minimum(one, other) > SHORT))
        both = flat_kinds[near]
        flat[near] = np.rint((MATCH * nearness(flat_looks[near]) * _LIGHTER[both] + _STANDING[both]) * UNIT)
        for fact, gained in [*((3 + key, _GAINS[key]) for key in self._known.shared), (2, _SAME)]:
            one, other = self._both(fact)
            alike = np.flatnonzero(one == other)
            flat[alike] = gained[flat_kinds[alike]]
        return gain, kinds

    def paths(self) -> list[list[tuple[int, int]]]:
        """The places that stand together in each pair: of the paths that gain most the one of `paths.Table.path`."""
        gain, kinds = self.gains()
        best = np.zeros((gain.shape[0] + 1, gain.shape[1], gain.shape[2] + 1), dtype=np.int32)
        lines = list(best)
        # What the first i and the first j tokens gain at best, for all i and j.
        for gained, above, line in zip(gain, lines, lines[1:], strict=False):
            np.add(above[:, :-1], gained, out=line[:, 1:])
            np.maximum(line, above, out=line)
            np.maximum.accumulate(line, axis=1, out=line)
        value = best[1:, :, 1:]
        up, left = best[:-1, :, 1:] == value, best[1:, :, :-1] == value
        kept = (best[:-1, :, :-1] + gain == value) & (gain > _LIMIT[kinds])
        step = np.where(up, np.uint8(_UP), np.uint8(_LEFT))
        step[~(up | left) | kept] = _TOGETHER
        return [
            _back(step[: len(first), k, : len(second)].tobytes(), len(first), len(second))
            for k, (first, second) in enumerate(self._pairs)
        ]


_UP, _LEFT, _TOGETHER = range(3)


def _back(steps: bytes, height: int, width: int) -> list[tuple[int, int]]:
    """The pairs of places on the way back through a table of steps."""
    found: list[tuple[int, int]] = []
    i, j = height - 1, width - 1
    while i >= 0 and j >= 0:
        step = steps[i * width + j]
        if step == _TOGETHER:
            found.append((i, j))
        if step != _LEFT:
            i -= 1
        if step != _UP:
            j -= 1
    found.reverse()
    return found


def _long(first: Forms, second: Forms, rules: Language) -> list[tuple[int, int]]:
    """The pairs of two long rows, in memory that grows with their vocabulary and not with its square."""
    known = _Known((*first, *second), rules)
    kept: dict[int, NDArray[np.int16]] = {}

    def gains_of(start: int, stop: int) -> NDArray[np.int32]:
        if start in kept:
            return kept[start].astype(np.int32)
        found = _Batch([(first[start:stop], second)], known).gains()[0][:, 0]
        if len(first) * len(second) <= _KEPT:
            kept[start] = found.astype(np.int16)
        return found

    def alike(i: int, j: int) -> bool:
        return likeness(first[i], second[j], rules) > 0

    return Table(gains_of, len(first), len(second)).path(alike)


def _columns(pairs: Sequence[tuple[int, int]], height: int, width: int) -> list[Places]:
    """The columns of these pairs; what stands alone in the first row comes before what does in the second."""
    columns: list[Places] = []
    i = j = 0
    for x, y in [*pairs, (height, width)]:
        if i < x:
            columns += zip(range(i, x), repeat(None))
        if j < y:
            columns += zip(repeat(None), range(j, y))
        if x < height:
            columns.append((x, y))
        i, j = x + 1, y + 1
    return columns
