"""What a reader sees of a collation beside its words: what changed places, which readings agree, which way it runs."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from quotealign.model import Apparatus, Span, Transposition, variants, words_of
from quotealign.report.wording import listed, one_line

NOTHING = "∅"
"""What stands for nothing where words stand: a hyphen might be a reading."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A transposition: its number, and one plain sentence."""

    number: int
    sentence: str


def moved(apparatus: Apparatus) -> tuple[Moved, ...]:
    """The transpositions of an apparatus, numbered from 1, as they are told below a table."""
    return tuple(Moved(n, _sentence(apparatus, link)) for n, link in enumerate(apparatus.transpositions, 1))


def _sentence(apparatus: Apparatus, link: Transposition) -> str:
    if link.resolved:
        others, rows = (_sigla(apparatus, group) for group in (link.others, link.rows))
        words = _words(apparatus, link.here, link.others)
        have = "has" if len(link.rows) == 1 else "have"
        return f"“{words}” is {_units(link.there)} in {others}, shown in {_units(link.here)}, where {rows} {have} it."
    (first, here), (second, there) = (
        (_words(apparatus, *place), f"{_units(place[0])} in {_sigla(apparatus, place[1])}")
        for place in sorted(link.shown)
    )
    alike = first.casefold() == second.casefold()
    return f"“{first}” is {here}, and {there}." if alike else f"“{first}” is {here}; as “{second}” it is {there}."


def _words(apparatus: Apparatus, units: Span, rows: Sequence[int]) -> str:
    return one_line("".join(token.t for reading in apparatus.table[rows[0]][slice(*units)] for token in reading or ()))


def _units(units: Span) -> str:
    start, stop = units
    return f"unit {stop}" if stop - start == 1 else f"units {start + 1}–{stop}"


def _sigla(apparatus: Apparatus, rows: Sequence[int]) -> str:
    return listed([one_line(apparatus.witnesses[row]) for row in rows])


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
    """The shade of each row's reading in a unit: 0 for that of most witnesses, then 1, 2, 3 …

    Nothing is a reading: where most have nothing the words of the others have a shade, where few have nothing the gap.
    """
    return {row: number for number, variant in enumerate(variants(apparatus, unit)) for row in variant.rows}
