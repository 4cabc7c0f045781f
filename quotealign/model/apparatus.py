"""An apparatus: what each witness has at each place, in the shape that CollateX exchanges as JSON."""

from __future__ import annotations

from dataclasses import dataclass

Reading = tuple["Token", ...] | None
"""What one witness has in one variation unit; None where it has nothing."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark: `t` as printed, with the space that follows it, `n` as compared."""

    t: str
    n: str


@dataclass(frozen=True, slots=True)
class Witness:
    """A text standing in a collation under a `sigil`, cut into tokens."""

    sigil: str
    tokens: tuple[Token, ...]

    @property
    def text(self) -> str:
        """The witness as printed."""
        return "".join(token.t for token in self.tokens)


@dataclass(frozen=True, slots=True)
class Transposition:
    """The same words at two places of the table: those of `rows` have them `here`, those of `others` `there`.

    here, there   half-open ranges of units, `here` before `there`
    rows, others  rows that have the words at the one place and at the other; no row is in both
    """

    here: tuple[int, int]
    there: tuple[int, int]
    rows: tuple[int, ...]
    others: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Apparatus:
    """A table: a row a witness, a column a variation unit.

    id              the cluster's id
    witnesses       sigla, in the order of the rows (in our pipeline: quotation ids)
    table           `table[row][column]` is a reading
    lemma           for each column the row whose reading is the base text there, or None without a base text
    transpositions  links between units whose words changed places, in the order of the units
    """

    id: str
    witnesses: tuple[str, ...]
    table: tuple[tuple[Reading, ...], ...]
    lemma: tuple[int | None, ...] | None = None
    transpositions: tuple[Transposition, ...] = ()

    def column(self, number: int) -> tuple[Reading, ...]:
        """The readings of one variation unit, a witness each."""
        return tuple(row[number] for row in self.table)

    def text_of(self, row: int) -> str:
        """The witness given back whole, as printed."""
        return "".join(token.t for reading in self.table[row] for token in reading or ())

    @property
    def width(self) -> int:
        """The number of variation units."""
        return len(self.table[0]) if self.table else 0

    def varies(self, number: int) -> bool:
        """Whether the witnesses differ in this unit, as compared (not as printed)."""
        return len({_compared(reading) for reading in self.column(number)}) > 1

    def groups(self, number: int) -> tuple[tuple[int, ...], ...]:
        """Rows that agree in this unit as printed (outer spaces aside), in the order of their first row."""
        found: dict[str, list[int]] = {}
        for row, reading in enumerate(self.column(number)):
            found.setdefault("".join(token.t for token in reading or ()).strip(), []).append(row)
        return tuple(tuple(rows) for rows in found.values())


def _compared(reading: Reading) -> tuple[str, ...]:
    return tuple(token.n for token in reading or ())
