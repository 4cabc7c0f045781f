"""Ways of writing: 5 % and five per cent, $5 and 5 dollars, 3 March and March 3rd, 17h30 and 17:30, E.U. and EU.

In each of two texts the stretches are sought that say something which can be written in several ways. What both say,
each in its own way, is made one word in both, with one compared form; so it is aligned and typed as one. What only one
of them says stays as it is, and any other figure is another figure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from quotealign.languages import Language
from quotealign.scoring.figures import figures
from quotealign.scoring.fractions import has_fraction, printed, with_fractions
from quotealign.scoring.lexicon import lexicon
from quotealign.text.normalization import fold_typography
from quotealign.text.numerals import number, ordinal
from quotealign.text.remembered import Remembered
from quotealign.text.spelling import INITIALS, LETTERS
from quotealign.text.tokens import Piece, as_one

_CLOCK = re.compile(r"([01]?\d|2[0-4])[:.h]([0-5]\d)")
_LARGE = 1e5
"""From here on what is counted may stand behind a partitive: un demi-million de couronnes."""
_DAYS = 31
_BETWEEN = 2
"""Function words that stand between a day and its month at most: the third day of March."""

Pieces = Sequence[Piece]


class _Stretch(NamedTuple):
    """Pieces `start` to `end` (half-open) of a text, and what they say: equal for all ways of writing it."""

    start: int
    end: int
    says: str


def written_alike(
    texts: tuple[str, str], pieces: tuple[list[Piece], list[Piece]], rules: Language
) -> tuple[list[Piece], list[Piece]]:
    """The words and marks of two texts, with what both say in two ways of writing as one word each."""
    kinds = [_kinds(rules).each([p.n for p in one]) for one in pieces]
    dotted = any(_DOTTED in some for some in kinds)
    if not dotted and not all(map(any, kinds)):
        return pieces
    told = [
        [p.text for p, kind in zip(one, some, strict=True) if kind] for one, some in zip(pieces, kinds, strict=True)
    ]
    if told[0] == told[1]:
        return pieces
    alone = Counter(told[0]) - Counter(told[1]), Counter(told[1]) - Counter(told[0])
    if not dotted and bool(alone[0]) != bool(alone[1]) and not any(map(partial(has_fraction, rules=rules), pieces)):
        return pieces  # what only one of them tells has no other way of writing beside it
    x, y = (with_fractions(pieces[k], texts[k], pieces[1 - k], rules) for k in (0, 1))
    found = list(_stretches(x, dotted, rules)), list(_stretches(y, dotted, rules))
    ways = [
        Counter((s.says, tuple(p.text for p in of[s.start : s.end])) for s in some)
        for of, some in zip((x, y), found, strict=True)
    ]
    differing = {says for says, _ in (ways[0] - ways[1]) + (ways[1] - ways[0])}
    shared = Counter(s.says for s in found[0]) & Counter(s.says for s in found[1])
    shared = Counter({says: times for says, times in shared.items() if says in differing})
    if not shared:
        return x, y
    return _joined(x, texts[0], found[0], shared), _joined(y, texts[1], found[1], shared)


_DOTTED = 2


@lru_cache(maxsize=64)
def _kinds(rules: Language) -> Remembered[int]:
    """Whether a word or mark may belong to what can be written in several ways; `_DOTTED` for first letters with dots,
    whose other way of writing is a word as any other."""
    listed = (rules.fractions, rules.ordinals, rules.months)
    unit = lexicon(rules).unit

    def kind(n: str) -> int:
        if INITIALS.fullmatch(n):
            return _DOTTED
        if any(c.isnumeric() for c in n) or any(part in words for words in listed for part in (n, *n.split("-"))):
            return 1
        return int(number(n, rules) is not None or unit(n) is not None or ordinal(n, rules) is not None)

    return Remembered(kind)


def _joined(pieces: Pieces, text: str, found: Sequence[_Stretch], shared: Counter[str]) -> list[Piece]:
    """The pieces, with each stretch that both texts have as one."""
    left = Counter(shared)
    made: list[Piece] = []
    at = 0
    for start, end, says in found:
        if not left[says]:
            continue
        left[says] -= 1
        made += pieces[at:start]
        made.append(as_one(pieces[start:end], text, says))
        at = end
    return [*made, *pieces[at:]]


def _stretches(pieces: Pieces, dotted: bool, rules: Language) -> Iterator[_Stretch]:
    """What a text says that can be written in several ways, in order; none begins inside another.

    dotted  whether some abbreviation has dots, in this text or the other
    """
    found = [*_dates(pieces, rules), *_hours(pieces), *_measured(pieces, rules), *_ordinals(pieces, rules)]
    found += _initials(pieces) if dotted else ()
    end = 0
    for stretch in sorted(found, key=lambda s: (s.start, -s.end)):
        if stretch.start >= end:
            yield stretch
            end = stretch.end


def _measured(pieces: Pieces, rules: Language) -> Iterator[_Stretch]:
    """Figures with their measures: $5, 5 dollars; without one only where they have digits or several words."""
    for figure in figures(pieces, rules):
        value = printed(figure.value)
        if figure.unit is not None and figure.unit_at is not None:
            start, end = min(figure.start, figure.unit_at), max(figure.end, figure.unit_at + 1)
            yield _Stretch(start, end, f"{value} {figure.unit[0]} {figure.unit[1]:g}")
        elif figure.end - figure.start > 1 or not pieces[figure.start].n.isalpha():
            behind = pieces[figure.end].n if figure.end < len(pieces) else ""
            partitive = figure.value >= _LARGE and behind in rules.partitives
            yield _Stretch(figure.start, figure.end + partitive, f"{value} .")


def _hours(pieces: Pieces) -> Iterator[_Stretch]:
    """17:30, 17.30, 17h30."""
    for place, piece in enumerate(pieces):
        if piece.n[0].isdigit() and (match := _CLOCK.fullmatch(piece.n)):
            yield _Stretch(place, place + 1, f"{int(match[1])}:{match[2]} .")


def _dates(pieces: Pieces, rules: Language) -> Iterator[_Stretch]:
    """3 March, March 3rd, the third of March."""
    for place, piece in enumerate(pieces):
        month = rules.months.get(piece.n)
        if month is None:
            continue
        end = place + 1 + (pieces[place + 1 : place + 2] != [] and pieces[place + 1].n == ".")
        if end < len(pieces) and (day := _day(pieces[end].n, rules)):
            yield _Stretch(place, end + 1, f"{day} {month} date")
            continue
        first = before = place - 1
        while first > 0 and place - first <= _BETWEEN and pieces[first].n in rules.function_words:
            first -= 1
        between = first < before
        if first > 0 and pieces[first].n == "." and pieces[first].start == pieces[first - 1].end:
            first -= 1
        if first >= 0 and (day := _day(pieces[first].n, rules)):
            article = first and between and pieces[first - 1].n in rules.determiners
            yield _Stretch(first - 1 if article else first, place + 1, f"{day} {month} date")


def _day(n: str, rules: Language) -> int | None:
    value = int(n) if n.isdecimal() else ordinal(n, rules)
    return value if value is not None and 0 < value <= _DAYS else None


def _ordinals(pieces: Pieces, rules: Language) -> Iterator[_Stretch]:
    """21st and twenty-first, 19e and XIXe."""
    for place, piece in enumerate(pieces):
        if piece.is_word and (value := ordinal(piece.n, rules)) is not None:
            yield _Stretch(place, place + 1, f"{value} th")


def _initials(pieces: Pieces) -> Iterator[_Stretch]:
    """E.U. and EU, M.P.s and MPs, in the same capitals: U.S. is no us."""
    for place, piece in enumerate(pieces):
        if not piece.is_word or not piece.text[0].isupper():
            continue
        printed, end = piece.text, place + 1
        if INITIALS.fullmatch(piece.text):
            while end < len(pieces) and pieces[end].start == pieces[end - 1].end and pieces[end].n in ("'", "s"):
                printed += pieces[end].text
                end += 1
        printed = fold_typography(printed).replace(".", "")
        head = printed.removesuffix("s").removesuffix("'")
        if 1 < len(head) <= LETTERS and head.isalpha() and head.isupper():
            yield _Stretch(place, end, printed.casefold())
