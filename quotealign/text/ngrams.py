"""N-grams that two rows have in common, counted as often as both have them.

Signs are numbered, n-grams become whole numbers, and the numbers of all orders are looked up at once. The counts are
exact: no hashing, and rows with too many different signs are counted one n-gram at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

_ROOM = 60
"""Bits of an n-gram's number; the three above them hold its order."""
_ORDERS = 7
_FEW = 40
"""Rows of fewer signs together are counted faster one n-gram at a time."""


class Shared(NamedTuple):
    """Of one order: how many n-grams each row has, and how many they have in common."""

    a: int
    b: int
    common: int


def shared(a: Sequence[Hashable], b: Sequence[Hashable], orders: int) -> list[Shared]:
    """The n-grams of two rows of signs, or of two strings of characters, of the orders 1 to `orders` (at most 7)."""
    sizes = [(max(len(a) - n, 0), max(len(b) - n, 0)) for n in range(orders)]
    if len(a) + len(b) < _FEW or not a or not b:
        return _counted(a, b, sizes)
    numbers, signs = _characters(a + b) if isinstance(a, str) and isinstance(b, str) else _tokens([*a, *b])
    bits = (signs + 1).bit_length()
    if orders > _ORDERS or orders * bits > _ROOM:
        return _counted(a, b, sizes)
    x, y = _numbered(numbers, len(a), signs, bits, orders)
    # An n-gram that is the i-th of its like in y is shared where x has more than i of them.
    places = x.searchsorted(y) + np.arange(len(y)) - y.searchsorted(y)
    both = (x.take(places, mode="clip") == y) & (places < len(x))
    common = both.reshape(orders, -1).sum(axis=1).tolist()
    return [Shared(size_a, size_b, n) for (size_a, size_b), n in zip(sizes, common, strict=True)]


def _characters(text: str) -> tuple[NDArray[np.int64], int]:
    try:
        return np.frombuffer(text.encode("latin-1"), dtype=np.uint8).astype(np.int64), 256
    except UnicodeEncodeError:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        alphabet, numbers = np.unique(codes, return_inverse=True)
        return numbers.astype(np.int64), len(alphabet)


def _tokens(row: list[Hashable]) -> tuple[NDArray[np.int64], int]:
    known: dict[Hashable, int] = {}
    return np.array([known.setdefault(token, len(known)) for token in row], dtype=np.int64), max(len(known), 1)


def _numbered(
    rows: NDArray[np.int64], length: int, signs: int, bits: int, orders: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The numbers of all n-grams of two rows, of which the first is so long, in rising order: those of a lower order
    below those of a higher, as many of each order as the row has signs.

    Only the highest order is sorted, the lower ones are its beginnings. What begins too near the end to be whole ends
    with a sign that only its row has.
    """
    end = orders - 1
    padded = np.concatenate((rows[:length], np.full(end, signs), rows[length:], np.full(end, signs + 1)))
    whole = padded[: len(padded) - end].copy()
    for n in range(1, orders):
        whole <<= bits
        whole |= padded[n : n + len(whole)]
    lower = (bits * np.arange(end, -1, -1))[:, None]
    above = (np.arange(orders) << _ROOM)[:, None]
    x, y = np.sort(whole[:length]), np.sort(whole[length + end :])
    return ((x >> lower) | above).ravel(), ((y >> lower) | above).ravel()


def _counted(a: Sequence[Any], b: Sequence[Any], sizes: Sequence[tuple[int, int]]) -> list[Shared]:
    found = []
    for n, (x, y) in enumerate(sizes, 1):
        one, other = (list(zip(*(row[i:] for i in range(n)), strict=False)) for row in (a, b))
        kinds = set(one), set(other)
        both = kinds[0] & kinds[1]
        common = len(both)
        if len(kinds[0]) < x and len(kinds[1]) < y:
            counts = Counter(one), Counter(other)
            common = sum(min(counts[0][gram], counts[1][gram]) for gram in both)
        found.append(Shared(x, y, common))
        if not common:  # nor is any longer one
            found += [Shared(x, y, 0) for x, y in sizes[n:]]
            break
    return found
