"""Two rows aligned without ado: what `rows` finds for them, at a fraction of its cost.

Most alignments are of two rows. Their gains are worked out for the words of one row against those of the other only,
what is known of a word is remembered, and the way back goes over plain lists.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from operator import eq
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from quotealign.languages import Language, language
from quotealign.text.alignment.gains import APART, LOOKS, MATCH, NEVER, PARTNER, STRANGER, UNIT
from quotealign.text.alignment.paths import Table
from quotealign.text.edits import distances
from quotealign.text.likeness import KEYS, NEAR, SHORT, Weight, keys, likeness, nearness, weight
from quotealign.text.normalization import is_word

_MANY = 800
"""Pairs of tokens above which whole rows of numbers are faster than numbers one by one."""

_LONG = 2000
"""Tokens in both rows together, above which the table is filled line by line and not kept (`paths.Table`)."""
_VARIED = 3000
"""Different forms above which gains are not worked out for the whole vocabulary (`gains.gains`): its square."""
_KEPT = 32_000_000
"""Gains that are kept for the way back; beyond, they are worked out once more."""

_CLASSES = tuple(Weight)


class _Form(NamedTuple):
    """What is known of a compared form: the place of its weight among all weights, and its keys (none for a mark)."""

    kind: int
    is_word: bool
    length: int
    near: tuple[str, ...]
    """The keys that are worth the same, where one of them is not the form itself."""
    stem: str | None


@lru_cache(maxsize=262144)
def _form(n: str, code: str) -> _Form:
    rules = language(code)
    kind = _VALUES.index(weight(n, rules))
    if not is_word(n):
        return _Form(kind, False, len(n), (), None)
    *near, stem = keys(n, rules)
    return _Form(kind, True, len(n), tuple(near) if any(key != n for key in near) else (), stem)


_VALUES = [kind.value for kind in _CLASSES]
_CLOSE, _STEM = KEYS[0], KEYS[-1]
assert set(KEYS[:-1]) == {_CLOSE}
_OF = len(_VALUES)
_PAIRS = [(x, y) for x in _VALUES for y in _VALUES]
"""The weights of two forms, at the place `kind * _OF + other kind`."""
_LIGHTER = [min(x, y) for x, y in _PAIRS]
_STANDING = [APART * (x + y) for x, y in _PAIRS]
_APART = [(x == Weight.MARK) != (y == Weight.MARK) for x, y in _PAIRS]
_BASE = np.array(
    [
        NEVER / UNIT if apart else PARTNER * min(x, y) if x == y else STRANGER
        for (x, y), apart in zip(_PAIRS, _APART, strict=True)
    ]
)
_LOOKING = np.array([x if x == y else 0.0 for x, y in _PAIRS])


def suits(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two rows are better aligned here than by `rows`: short ones, and long ones that hardly repeat a word."""
    return len(first) + len(second) <= _LONG or len({*first, *second}) > _VARIED


def align_two(first: Sequence[str], second: Sequence[str], rules: Language) -> list[tuple[int | None, int | None]]:
    """The columns of two rows of compared forms, as `rows.align` finds them, near matches allowed."""
    if not (first and second):
        return _columns((), len(first), len(second))
    one, other = [_form(n, rules.code) for n in first], [_form(n, rules.code) for n in second]
    if len(first) + len(second) > _LONG:
        return _columns(_long(first, second, one, other, rules), len(first), len(second))
    table = _gains(first, second, one, other)
    gain = table.tolist()
    best = _best(table, gain)
    found: list[tuple[int, int]] = []
    i, j = len(first), len(second)
    line = best[i]
    while i and j:
        value, above = line[j], best[i - 1]
        up = above[j] == value
        if not (up or line[j - 1] == value):
            together = True
        else:
            x, y = one[i - 1].kind, other[j - 1].kind
            together = above[j - 1] + gain[i - 1][j - 1] == value and gain[i - 1][j - 1] > _LIMITS[max(x, y)]
        if together:
            i, j = i - 1, j - 1
            found.append((i, j))
            line = above
        elif up:
            i -= 1
            line = above
        else:
            j -= 1
    return _columns(found[::-1], len(first), len(second))


def _long(
    first: Sequence[str], second: Sequence[str], one: Sequence[_Form], other: Sequence[_Form], rules: Language
) -> list[tuple[int, int]]:
    """The pairs of two long rows, in memory that grows with their vocabulary and not with its square."""
    kept: dict[int, NDArray[np.int16]] = {}

    def gains_of(start: int, stop: int) -> NDArray[np.int32]:
        if start in kept:
            return kept[start].astype(np.int32)
        found = _gains(first[start:stop], second, one[start:stop], other)
        if len(first) * len(second) <= _KEPT:
            kept[start] = found.astype(np.int16)
        return found

    def alike(i: int, j: int) -> bool:
        return likeness(first[i], second[j], rules) > 0

    return Table(gains_of, len(first), len(second)).path(alike)


_LIMITS = [round(kind.value * UNIT) for kind in _CLASSES]
"""The gain above which two forms are alike, by the lighter's class: the classes stand in falling order."""


def _gains(
    first: Sequence[str], second: Sequence[str], one: Sequence[_Form], other: Sequence[_Form]
) -> NDArray[np.int32]:
    """What each token of one row gains beside each of the other: `gains.gains`, for these two rows."""
    kinds = np.array([form.kind * _OF for form in one])[:, None] + np.array([form.kind for form in other])[None, :]
    longest = np.maximum.outer([max(1, form.length) for form in one], [form.length for form in other])
    looks = 1.0 - distances(first, second) / longest
    gain = _BASE[kinds] + LOOKS * looks * _LOOKING[kinds]
    for i, j in zip(*(places.tolist() for places in np.nonzero(looks >= NEAR)), strict=True):
        both = one[i].kind * _OF + other[j].kind
        if first[i] != second[j] and min(one[i].length, other[j].length) > SHORT and not _APART[both]:
            gain[i, j] = MATCH * nearness(float(looks[i, j])) * _LIGHTER[both] + _STANDING[both]
    for i, j, value in _shared(first, second, one, other):
        both = one[i].kind * _OF + other[j].kind
        gain[i, j] = value * _LIGHTER[both] + _STANDING[both]
    whole: NDArray[np.int32] = np.rint(gain * UNIT).astype(np.int32)
    return whole


def _shared(
    first: Sequence[str], second: Sequence[str], one: Sequence[_Form], other: Sequence[_Form]
) -> Iterator[tuple[int, int, float]]:
    """Places of words that share a key or are the same, and what they gain for it; what counts more comes later."""
    stems: dict[str, list[int]] = {}
    same: dict[str, list[int]] = {}
    special = [j for j, form in enumerate(other) if form.near]
    for j, form in enumerate(other):
        same.setdefault(second[j], []).append(j)
        if form.stem is not None:
            stems.setdefault(form.stem, []).append(j)
    for i, form in enumerate(one):
        n = first[i]
        if form.stem is not None:
            for j in stems.get(form.stem, ()):
                yield i, j, MATCH * _STEM
            mine = form.near or (n,) * len(KEYS)
            for j in special:
                if any(map(eq, mine, other[j].near)):
                    yield i, j, MATCH * _CLOSE
            # Most words are their own keys: they are found by what they are.
            for key in form.near:
                yield from ((i, j, MATCH * _CLOSE) for j in same.get(key, ()) if not other[j].near and other[j].is_word)
        for j in same.get(n, ()):
            yield i, j, MATCH


def _best(gain: NDArray[np.int32], lines: Sequence[Sequence[int]]) -> list[list[int]]:
    """What the first i and the first j tokens gain at best, for all i and j (see `paths.Table`)."""
    if gain.size > _MANY:
        return _best_of_many(gain)
    above = [0] * (gain.shape[1] + 1)
    best = [above]
    for line in lines:
        left = before = 0
        made = [0]
        for value, up in zip(line, above[1:], strict=True):
            value += before
            before = up
            # Comparing here is three times faster than asking max().
            if up > left:
                left = up
            if value > left:
                left = value
            made.append(left)
        best.append(made)
        above = made
    return best


def _best_of_many(gain: NDArray[np.int32]) -> list[list[int]]:
    best = np.zeros((gain.shape[0] + 1, gain.shape[1] + 1), dtype=np.int32)
    for i in range(len(gain)):
        above, line = best[i], best[i + 1]
        np.add(above[:-1], gain[i], out=line[1:])
        np.maximum(line, above, out=line)
        np.maximum.accumulate(line, out=line)
    rows: list[list[int]] = best.tolist()
    return rows


def _columns(pairs: Sequence[tuple[int, int]], height: int, width: int) -> list[tuple[int | None, int | None]]:
    """The columns of these pairs; what stands alone in the first row comes before what does in the second."""
    columns: list[tuple[int | None, int | None]] = []
    i = j = 0
    for x, y in [*pairs, (height, width)]:
        columns += zip(range(i, x), repeat(None))
        columns += zip(repeat(None), range(j, y))
        if x < height:
            columns.append((x, y))
        i, j = x + 1, y + 1
    return columns
