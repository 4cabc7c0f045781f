"""Fractions as figures: one third, 1/3, two and a half, half a million, 2½."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from quotealign.languages import Language
from quotealign.text.numerals import number
from quotealign.text.remembered import Remembered
from quotealign.text.tokens import Piece, as_one

_OVER = re.compile(r"(\d{1,2})[/\N{FRACTION SLASH}](\d{1,3})")
_MIXED = re.compile(r"(\d+)([\u00bc-\u00be\u2150-\u215e])")
_SIGN = re.compile(r"[\d\u00bc-\u00be\u2150-\u215e]")
_LEAST = 10.0
"""What a number word must be of which there is half of one: half a dozen, half a million."""
_SCALE = 100.0
_BETWEEN = 2
"""Words between a half and its million: a quarter of a million."""
_BEFORE = 3
"""Words of a fraction before that which tells it: two and a half."""
_HALF = 0.5


def printed(value: float) -> str:
    """A value in digits."""
    # Seven places: with three it would be read as grouped by threes.
    return str(int(value)) if value == int(value) else f"{value:.7f}"


def with_fractions(pieces: list[Piece], text: str, beside: Sequence[Piece], rules: Language) -> list[Piece]:
    """The words and marks of a text, with a fraction as one figure, its compared form in digits.

    beside  those of the text that it is compared with: "a third" is a fraction beside figures, or beside "one third"
    """
    told_at = [k for k, tells in enumerate(_telling(rules).each([piece.n for piece in pieces])) if tells]
    if not told_at:
        return pieces
    starts = {k - before for k in told_at for before in range(_BEFORE + 1)}
    told = any(_SIGN.search(p.text) for p in beside) or has_fraction(beside, rules)
    made: list[Piece] = []
    place = 0
    while place < len(pieces):
        found = _fraction(pieces, place, told, rules) if place in starts else None
        if found is None:
            made.append(pieces[place])
            place += 1
            continue
        end, value = found
        made.append(as_one(pieces[place:end], text, printed(value)))
        place = end
    return made


def has_fraction(pieces: Sequence[Piece], rules: Language) -> bool:
    """Whether a word for a fraction stands behind a number or an article: one third, a third."""
    known = rules.fractions
    return any(q.n in known and (p.n in rules.single or number(p.n, rules) is not None) for p, q in pairwise(pieces))


@lru_cache(maxsize=64)
def _telling(rules: Language) -> Remembered[bool]:
    """Whether a word is one without which there is no fraction."""

    def tells(n: str) -> bool:
        if (
            n in rules.fractions
            or "/" in n
            or any(c.isnumeric() and not c.isdigit() for c in n)
            or "\N{FRACTION SLASH}" in n
        ):
            return True
        return "-" in n and any(part in rules.fractions for part in n.split("-"))

    return Remembered(tells)


def _is_one(n: str, rules: Language) -> bool:
    return n in rules.single or number(n, rules) == 1


def _fraction(pieces: Sequence[Piece], start: int, told: bool, rules: Language) -> tuple[int, float] | None:
    """Where a fraction that begins here ends, and its value."""
    n, known = pieces[start].n, rules.fractions
    if match := _MIXED.fullmatch(pieces[start].text):
        return start + 1, int(match[1]) + unicodedata.numeric(match[2])
    if match := _OVER.fullmatch(n):
        over, under = int(match[1]), int(match[2])
        return (start + 1, over / under) if 0 < over < under else None
    after = [piece.n for piece in pieces[start + 1 : start + 5]]
    if n in known:
        return _of_scale(n, start, after, rules)
    head, hyphen, last = n.rpartition("-")
    if hyphen and last in known:
        if (amount := number(head, rules)) is not None:
            return start + 1, amount * _value(known[last])
        return None
    if (half := _half_scale(n, rules)) is not None:
        return start + 1, half
    is_one = _is_one(n, rules)
    if is_one and after and (half := _half_scale(after[0], rules)) is not None:
        return start + 2, half
    amount = 1.0 if is_one else number(n, rules)
    if amount is None or not after:
        return None
    if after[0] in known and amount < _LEAST and (told or not is_one or _value(known[after[0]]) == _HALF):
        whole = _of_scale(after[0], start + 1, after[1:], rules)
        if whole is not None or (told or not is_one):
            return whole or (start + 2, amount * _value(known[after[0]]))
        return None
    return _and_a_half(amount, start, after, rules) if n not in rules.single else None


def _half_scale(n: str, rules: Language) -> float | None:
    """Demi-million, half-dozen."""
    head, _, last = n.partition("-")
    value = number(last, rules) if head in rules.fractions and last.isalpha() else None
    return _value(rules.fractions[head]) * value if value is not None and value >= _LEAST else None


def _of_scale(n: str, start: int, after: Sequence[str], rules: Language) -> tuple[int, float] | None:
    """Half a million, a quarter of a million: up to the scale, which is read as of any figure."""
    for k, word in enumerate(after[: _BETWEEN + 1]):
        if word.isalpha() and (number(word, rules) or 0) >= _LEAST:
            scale = number(word, rules) or 0
            if scale < _SCALE:  # a dozen is no scale of a figure
                return start + 2 + k, scale * _value(rules.fractions[n])
            return start + 1 + k, _value(rules.fractions[n])
        if word not in rules.single and word not in rules.function_words:
            break
    return None


def _and_a_half(amount: float, start: int, after: Sequence[str], rules: Language) -> tuple[int, float] | None:
    """Two and a half; deux et demi."""
    if len(after) < 2 or after[0] not in rules.conjunctions:
        return None
    at = 2 if after[1] in rules.single and len(after) > 2 else 1
    known = rules.fractions.get(after[at])
    if known is None or (at == 1 and _value(known) != _HALF):
        return None
    return start + at + 2, amount + _value(known)


def _value(fraction: str) -> float:
    over, under = fraction.split("/")
    return int(over) / int(under)
