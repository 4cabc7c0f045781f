"""What a reader sees of a collation beside its words: what changed places, which readings agree, which way it runs."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from quotealign.model import Apparatus, Span, variants, words_of
from quotealign.report.wording import listed, one_line


@dataclass(frozen=True, slots=True)
class Place:
    """One end of a transposition: the words there, the units as a reader counts them, the sigla that have them."""

    words: str
    units: str
    sigla: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """A transposition: its number, and its two places."""

    number: int
    here: Place
    there: Place

    @property
    def sentence(self) -> str:
        """One plain sentence."""
        here, there = self.here, self.there
        first = f"“{here.words}” is {here.units} in {listed(list(here.sigla))}"
        second = f"{there.units} in {listed(list(there.sigla))}"
        alike = here.words.casefold() == there.words.casefold()
        return f"{first}, and {second}." if alike else f"{first}; as “{there.words}” it is {second}."


def moved(apparatus: Apparatus) -> tuple[Moved, ...]:
    """The transpositions of an apparatus, numbered from 1 in the order of the units."""
    return tuple(
        Moved(number, _place(apparatus, link.here, link.rows), _place(apparatus, link.there, link.others))
        for number, link in enumerate(apparatus.transpositions, 1)
    )


def _place(apparatus: Apparatus, units: Span, rows: Sequence[int]) -> Place:
    start, stop = units
    printed = "".join(token.t for reading in apparatus.table[rows[0]][start:stop] for token in reading or ())
    number = f"unit {start + 1}" if stop - start == 1 else f"units {start + 1}–{stop}"
    return Place(one_line(printed), number, tuple(one_line(apparatus.witnesses[row]) for row in rows))


def ends(apparatus: Apparatus) -> dict[tuple[int, int], tuple[int, ...]]:
    """For a row and a unit, the numbers of the transpositions that its words there take part in."""
    found: dict[tuple[int, int], tuple[int, ...]] = {}
    for number, link in enumerate(apparatus.transpositions, 1):
        for units, rows in ((link.here, link.rows), (link.there, link.others)):
            for place in ((row, unit) for row in rows for unit in range(*units)):
                found[place] = (*found.get(place, ()), number)
    return found


def is_right_to_left(apparatus: Apparatus) -> bool:
    """Whether most letters run from right to left."""
    sides = [
        unicodedata.bidirectional(character)
        for row in apparatus.table
        for reading in row
        for character in words_of(reading)
    ]
    return sum(side in ("R", "AL") for side in sides) > sides.count("L")


def shades(apparatus: Apparatus, unit: int) -> dict[int, int]:
    """The shade of each row's reading in a unit: 0 for that of most witnesses, then 1, 2, 3 …; none for nothing."""
    with_words = [v for v in variants(apparatus, unit) if any(apparatus.table[row][unit] for row in v.rows)]
    return {row: number for number, variant in enumerate(with_words) for row in variant.rows}
