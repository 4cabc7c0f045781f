"""Sliding: of several places that an omission may have in an alignment, the one at an edge of the text.

*I support the bill, although I dislike every line of the bill*, cut to *I support the bill*: by what is equal, either
*the bill* may be the one that stays. That the end was cut off is the simpler story.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quotealign.text.normalization import is_word

Columns = list[tuple[int | None, int | None]]


def slid(columns: Columns, a: Sequence[str], b: Sequence[str]) -> Columns:
    """The columns of two rows of compared words, an omission moved to the end, else to the beginning, where that is as
    good."""
    for side, (row, other) in enumerate(((a, b), (b, a))):
        # What stays can only stand in two places where its last word, or its first, does.
        if _recurs(row, reversed(other)):
            columns = _to_end(columns, row, side)
        if _recurs(row, other):
            turned = _to_end(_turned(columns, len(a), len(b)), row[::-1], side, inside=True)
            columns = _turned(turned, len(a), len(b))
    return columns


def _recurs(row: Sequence[str], other: Iterable[str]) -> bool:
    first = next((word for word in other if is_word(word)), None)
    return first is not None and row.count(first) > 1


def _turned(columns: Columns, first: int, second: int) -> Columns:
    """The columns of both rows from their ends."""
    return [(None if i is None else first - 1 - i, None if j is None else second - 1 - j) for i, j in columns[::-1]]


def _to_end(columns: Columns, row: Sequence[str], side: int, *, inside: bool = False) -> Columns:
    """The columns, where the last stretch that only one row has is moved behind the equal words that follow it; unless
    it stands at the other end, if it is to come from `inside`."""
    last = next((k for k in range(len(columns) - 1, -1, -1) if _holds_word(columns[k], row, side)), -1)
    stop = last
    while stop >= 0 and None not in columns[stop]:
        stop -= 1
    start = stop
    while start >= 0 and columns[start][1 - side] is None:
        start -= 1
    start += 1
    gap, tail = columns[start : stop + 1], columns[stop + 1 : last + 1]
    if not gap or not tail or len(tail) > len(gap) or (inside and not start):
        return columns
    places = [place for column in (*gap, *tail) if (place := column[side]) is not None]
    if any(row[places[k]] != row[places[len(gap) + k]] for k in range(len(tail))):
        return columns
    kept = [_column(places[k], column[1 - side], side) for k, column in enumerate(tail)]
    moved = [_column(place, None, side) for place in places[len(tail) :]]
    return [*columns[:start], *kept, *moved, *columns[last + 1 :]]


def _holds_word(column: tuple[int | None, int | None], row: Sequence[str], side: int) -> bool:
    place = column[side]
    return column[1 - side] is not None and (place is None or is_word(row[place]))


def _column(place: int, other: int | None, side: int) -> tuple[int | None, int | None]:
    return (place, other) if side == 0 else (other, place)
