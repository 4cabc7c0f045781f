"""An apparatus: what each witness has at each place, in the shape that CollateX exchanges as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Reading = tuple["Token", ...] | None
"""What one witness has in one variation unit; None where it has nothing."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark: `t` as printed, with the space that follows it, `n` as compared.

    properties  what else the maker of the token said of it (a part of speech, a page); handed on as it came
    """

    t: str
    n: str
    properties: Mapping[str, object] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Witness:
    """A text standing in a collation under a `sigil`, cut into tokens. `date` (ISO 8601) says when it was printed."""

    sigil: str
    tokens: tuple[Token, ...]
    date: str = ""

    @property
    def text(self) -> str:
        """The witness as printed."""
        return "".join(token.t for token in self.tokens)


@dataclass(frozen=True, slots=True)
class Transposition:
    """The same words at two places of the table: those of `rows` have them `here`, those of `others` `there`.

    here, there   half-open ranges of units that do not overlap
    rows, others  rows that have the words at the one place and at the other; no row is in both
    resolved      whether the table shows the words of `others` `here`, though in their text they stand `there`
    """

    here: tuple[int, int]
    there: tuple[int, int]
    rows: tuple[int, ...]
    others: tuple[int, ...]
    resolved: bool = False

    @property
    def shown(self) -> tuple[tuple[tuple[int, int], tuple[int, ...]], tuple[tuple[int, int], tuple[int, ...]]]:
        """Where in the table the words stand, and of which rows: both groups in one place where it is resolved."""
        return (self.here, self.rows), (self.here if self.resolved else self.there, self.others)


@dataclass(frozen=True, slots=True)
class Apparatus:
    """A table: a row a witness, a column a variation unit.

    id              the cluster's id
    witnesses       sigla, in the order of the rows (in our pipeline: quotation ids)
    table           `table[row][column]` is a reading
    lemma           for each column the row whose reading is the base text there, or None without a base text
    transpositions  links between units whose words changed places, in the order of `here`
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
        """The witness given back whole, as printed: words shown elsewhere are put back to their place."""
        moved = [t for t in self.transpositions if t.resolved and row in t.others]
        origin = {t.there[0]: range(*t.here) for t in moved}
        shown = {unit for t in moved for unit in range(*t.here)}
        order = [
            unit for number in range(self.width) for unit in origin.get(number, () if number in shown else (number,))
        ]
        return "".join(token.t for unit in order for token in self.table[row][unit] or ())

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
