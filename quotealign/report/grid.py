"""The collation table as shown: rows are witnesses, columns are variation units, stretches in which nothing
changes from unit to unit are one column. Each language has a table of its own."""

from __future__ import annotations

from dataclasses import dataclass

from quotealign.model import Apparatus
from quotealign.report import wording
from quotealign.report.cards import Card, Standing
from quotealign.report.running import ADDED, LEFT_OUT, SAME, SURFACE, edits_at, printed, shortened, state_of

OTHER = "other"  # not compared word by word
_SHOWN = 40  # words of a cell, from which on only its ends are shown
_ENDS = 8
_FAMILY_OF_STATE = {SURFACE: "punctuation", ADDED: "insertion", LEFT_OUT: "deletion"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one witness has in one column: the words, how they stand to the base text, the kinds of the edits, and the
    family of the gravest of them, None where nothing differs. `heavy` tells of a severity of 0.50 or more."""

    text: str
    state: str
    kinds: str
    family: wording.Named | None
    heavy: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """Whether anything differs in each column, and a row a witness; `base` is the one the others are read beside.

    `families` are those of the cells, in the order in which `wording` has them.
    """

    lang: str
    base: Standing
    varies: tuple[bool, ...]
    rows: tuple[tuple[Standing, tuple[Cell, ...]], ...]
    families: tuple[wording.Named, ...]


def grids(card: Card) -> tuple[Grid, ...]:
    """The tables of a card, one a language with several witnesses, the base's first; rows in the order of the dates."""
    apparatus = card.apparatus
    if apparatus is None:
        return ()
    found: dict[int, list[Standing]] = {card.base.row: []}
    for witness in card.witnesses:
        found.setdefault(witness.against, []).append(witness)
    return tuple(_grid(card, apparatus, card.at(row), group) for row, group in found.items() if len(group) > 1)


def alone(card: Card) -> tuple[Standing, ...]:
    """Witnesses that no table holds: the only ones of their language."""
    rows = [witness.against for witness in card.witnesses]
    return tuple(witness for witness in card.witnesses if rows.count(witness.against) == 1)


def _grid(card: Card, apparatus: Apparatus, base: Standing, witnesses: list[Standing]) -> Grid:
    columns = [c for c in range(apparatus.width) if any(printed(apparatus.table[w.row][c]).strip() for w in witnesses)]
    states: dict[int, list[str]] = {}
    for witness in witnesses:
        row = apparatus.table[witness.row]
        calm = witness.row != base.row and not witness.is_read
        states[witness.row] = [OTHER if calm else state_of(apparatus.table[base.row][c], row[c]) for c in columns]
    stretches = _stretches(list(states.values()), len(columns))
    rows = []
    for witness in witnesses:
        edits = edits_at(card, witness)
        cells = []
        for start, end in stretches:
            here = columns[start:end]
            text = "".join(printed(apparatus.table[witness.row][column]) for column in here).strip()
            state = states[witness.row][start]
            # Spaces aside an empty cell of the base is no difference either.
            found = [edit for column in here for edit in edits[column]] if state not in (SAME, OTHER) else []
            kinds = ", ".join(dict.fromkeys(edit.kind for edit in found))
            worst = max(found, key=lambda edit: edit.severity, default=None)
            family = None
            if state not in (SAME, OTHER):
                family = wording.family_of(worst.kind if worst else _FAMILY_OF_STATE.get(state, ""))
            shown = shortened(text, _ENDS) if len(text.split()) > _SHOWN else text
            cells.append(Cell(shown, state, kinds, family, bool(worst and worst.severity >= wording.HEAVY)))
        rows.append((witness, tuple(cells)))
    varies = tuple(any(row[start] not in (SAME, OTHER) for row in states.values()) for start, _ in stretches)
    seen = {cell.family for _, cells in rows for cell in cells}
    families = tuple(named for named, _ in wording.FAMILIES if named in seen)
    return Grid(base.quotation.lang, base, varies, tuple(rows), families)


def _stretches(states: list[list[str]], width: int) -> list[tuple[int, int]]:
    """Neighbouring columns that are alike for every witness, where the same words stand or are missing."""
    found: list[tuple[int, int]] = []
    for column in range(width):
        here = [row[column] for row in states]
        calm = all(state in (SAME, LEFT_OUT, OTHER) for state in here)
        if found and calm and here == [row[column - 1] for row in states]:
            found[-1] = (found[-1][0], column + 1)
        else:
            found.append((column, column + 1))
    return found
