"""Segmentation: neighbouring columns that divide the witnesses alike make one variation unit."""

from __future__ import annotations

from collections.abc import Sequence

from quotealign.text.alignment import Column, Row


def segment(columns: Sequence[Column], rows: Sequence[Row]) -> list[list[Column]]:
    """Units of columns. Joined are neighbours in which the same witnesses agree and the same have nothing."""
    units: list[list[Column]] = []
    last: tuple[int, ...] | None = None
    for column in columns:
        division = _division(column, rows)
        if units and division == last:
            units[-1].append(column)
        else:
            units.append([column])
        last = division
    return units


def _division(column: Column, rows: Sequence[Row]) -> tuple[int, ...]:
    """For each witness the number of its group in this column, 0 for those that have nothing."""
    groups: dict[str, int] = {}
    return tuple(
        0 if place is None else groups.setdefault(rows[number][place], len(groups) + 1)
        for number, place in enumerate(column)
    )
