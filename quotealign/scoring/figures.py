"""Figures in a text: numbers of one or more words read as one value, with the measure beside them.

"two hundred", "200" and "2 hundred" are one figure of 200; "10 km" and "6.2 miles" are the same length, so only the
way of writing differs between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from quotealign.languages import Language
from quotealign.scoring.lexicon import Lexicon, lexicon
from quotealign.text.numerals import number
from quotealign.text.remembered import Remembered
from quotealign.text.tokens import Piece

_ROUNDED = 0.05
"""Two measures are the same where they differ by less: who converts a figure also rounds it."""

_SCALES = (100.0, 1e3, 1e6, 1e9, 1e12)


class Figure(NamedTuple):
    """A figure in its text: pieces `start` to `end` (half-open, the measure left out), its value and measure."""

    start: int
    end: int
    value: float
    unit: tuple[str, float] | None
    unit_at: int | None


def figures(pieces: Sequence[Piece], rules: Language) -> list[Figure]:
    """The figures of a text, in order."""
    found: list[Figure] = []
    end = 0
    values = _values(rules)
    for place in [k for k, piece in enumerate(pieces) if values[piece.n] is not None and piece.is_word]:
        if place < end:
            continue
        end, value = _read(pieces, place, rules)
        unit, unit_at = _measure(pieces, place, end, lexicon(rules), rules.partitives)
        found.append(Figure(place, end, value, unit, unit_at))
    return found


@lru_cache(maxsize=64)
def _values(rules: Language) -> Remembered[float | None]:
    return Remembered(lambda n: _value_of(n, rules))


def _value(piece: Piece, rules: Language) -> float | None:
    return _values(rules)[piece.n] if piece.is_word else None


def _value_of(n: str, rules: Language) -> float | None:
    value = number(n, rules)
    if value is None and "-" in n:
        parts = [number(part, rules) for part in n.split("-")]
        tens, ones = (parts[0], parts[1]) if len(parts) == 2 else (None, None)
        if tens is not None and ones is not None and tens >= 20 and not tens % 10 and ones < 10:
            return tens + ones
    return value


def _read(pieces: Sequence[Piece], start: int, rules: Language) -> tuple[int, float]:
    """Where a figure that begins at `start` ends, and its value: "two hundred thousand", "1.5 million", "10 000"."""
    total, current, last = 0.0, _value(pieces[start], rules) or 0.0, pieces[start]
    if last.n.isalpha() and current in _SCALES[1:]:
        total, current = current, 0.0
    place = start + 1
    while place < len(pieces) and (value := _value(pieces[place], rules)) is not None:
        piece = pieces[place]
        digits = piece.n.isdigit() and last.n.isdigit()
        if not piece.n[0].isdigit() and value in _SCALES:
            current = (current or 1.0) * value
            if value > _SCALES[0]:
                total, current = total + current, 0.0
        elif digits and len(piece.n) == 3 and piece.start == last.end + 1 and len(last.n) <= 3:
            current = current * 1000 + value
        elif not digits and (current + total) and value < _room(current or total):
            current += value
        else:
            break
        last = piece
        place += 1
    return place, total + current


def _room(value: float) -> float:
    """Below what a further number word may be: behind twenty below 10, behind a hundred below 100."""
    room = 1.0
    while value and value % (room * 10) == 0 and room < 1e9:
        room *= 10
    return room


def _measure(
    pieces: Sequence[Piece], start: int, end: int, known: Lexicon, partitives: frozenset[str]
) -> tuple[tuple[str, float] | None, int | None]:
    if end < len(pieces) and (unit := known.unit(pieces[end].n)):
        return unit, end
    if end + 1 < len(pieces) and pieces[end].n in partitives and (unit := known.unit(pieces[end + 1].n)):
        return unit, end + 1
    if start and not pieces[start - 1].is_word and (unit := known.unit(pieces[start - 1].n)):
        return unit, start - 1
    return None, None


def compared(a: Figure, b: Figure) -> str | None:
    """The kind of the edit between two figures: None where value and measure are the same."""
    if a.unit and b.unit and a.unit != b.unit:
        if a.unit[0] == b.unit[0]:
            x, y = a.value * a.unit[1], b.value * b.unit[1]
            if abs(x - y) <= _ROUNDED * max(x, y):
                return "numeral"
        return "unit" if a.value == b.value else "number"
    return None if a.value == b.value else "number"
