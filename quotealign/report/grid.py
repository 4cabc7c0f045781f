"""The collation table as shown: rows are witnesses, columns are variation units, stretches in which nothing
changes from unit to unit are one column."""

from __future__ import annotations

from dataclasses import dataclass

from quotealign.report.cards import Card, Standing
from quotealign.report.running import LEFT_OUT, SAME, edits_at, is_comparable, printed, state_of

OTHER_LANGUAGE = "other"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one witness has in one column: the words, how they stand to the base text, the kinds of the edits."""

    text: str
    state: str
    kinds: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Column numbers with whether anything differs there, and a row a witness."""

    varies: tuple[bool, ...]
    rows: tuple[tuple[Standing, tuple[Cell, ...]], ...]


def grid(card: Card) -> Grid | None:
    """The table of a card, its rows in the order of the dates; None without an apparatus."""
    apparatus = card.apparatus
    if apparatus is None:
        return None
    states: dict[int, list[str]] = {}
    base = apparatus.table[card.base.row]
    for witness in card.witnesses:
        if is_comparable(card, witness) or witness.is_base:
            row = apparatus.table[witness.row]
            states[witness.row] = [state_of(*pair) for pair in zip(base, row, strict=True)]
        else:
            states[witness.row] = [OTHER_LANGUAGE] * apparatus.width
    stretches = _stretches(list(states.values()), apparatus.width)
    rows = []
    for witness in card.witnesses:
        edits = edits_at(card, witness)
        cells = []
        for start, end in stretches:
            text = "".join(printed(reading) for reading in apparatus.table[witness.row][start:end]).strip()
            state = states[witness.row][start]
            # Spaces aside an empty cell of the base is no difference either.
            found = [edit.kind for column in range(start, end) for edit in edits[column]] if state != SAME else []
            cells.append(Cell(text, state, ", ".join(dict.fromkeys(found))))
        rows.append((witness, tuple(cells)))
    varies = tuple(any(row[start] not in (SAME, OTHER_LANGUAGE) for row in states.values()) for start, _ in stretches)
    return Grid(varies, tuple(rows))


def _stretches(states: list[list[str]], width: int) -> list[tuple[int, int]]:
    """Neighbouring columns that are alike for every witness, where the same words stand or are missing."""
    found: list[tuple[int, int]] = []
    for column in range(width):
        here = [row[column] for row in states]
        calm = all(state in (SAME, LEFT_OUT, OTHER_LANGUAGE) for state in here)
        if found and calm and here == [row[column - 1] for row in states]:
            found[-1] = (found[-1][0], column + 1)
        else:
            found.append((column, column + 1))
    return found
