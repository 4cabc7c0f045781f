"""Edits between two texts: aligned words, each difference typed, neighbours of one kind joined.

In this order: figures are read and compared as wholes; what stands between two columns of equal words is asked
whether it is one word made two; each pair of words is typed; words that only one text has are typed as a run
(`runs.py`); then edits that belong together are joined (`joins.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from quotealign.languages import Language
from quotealign.model import Edit
from quotealign.scoring.expanding import expanded
from quotealign.scoring.figures import Figure, compared, figures
from quotealign.scoring.information import information
from quotealign.scoring.joins import joined
from quotealign.scoring.making import ENDS, made
from quotealign.scoring.runs import Run, Runs
from quotealign.scoring.typing import reason
from quotealign.scoring.writing import written_alike
from quotealign.text.alignment import align_pairs, slid
from quotealign.text.tokens import Piece

Pair = tuple[int | None, int | None]

_KEPT = frozenset({"negation", "antonym", "number", "shape", "date", "unit"})
"""Reasons that no bracket excuses."""
_LONGEST_BRACKET = 12


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts as aligned: their words and marks, pairs of places (None where one has nothing), and what each word
    and mark of both weighs (`information`)."""

    a: Sequence[Piece]
    b: Sequence[Piece]
    pairs: Sequence[Pair]
    weights: tuple[Sequence[float], Sequence[float]]


def compare(a: str, b: str, rules: Language) -> Comparison:
    """The word alignment of two texts."""
    return compare_all([(a, b)], rules)[0]


def compare_all(pairs: Sequence[tuple[str, str]], rules: Language) -> list[Comparison]:
    """The word alignment of the two texts of each pair: many pairs at once take a third of the time."""
    pieces = [
        written_alike((a, b), (expanded(a, rules, beside=b), expanded(b, rules, beside=a)), rules) for a, b in pairs
    ]
    forms = [(tuple([p.n for p in x]), tuple([p.n for p in y])) for x, y in pieces]
    columns = [slid(found, *row) for found, row in zip(align_pairs(forms, rules), forms, strict=True)]
    return [
        Comparison(x, y, aligned, (information(x, rules), information(y, rules)))
        for (x, y), aligned in zip(pieces, columns, strict=True)
    ]


def edits(comparison: Comparison, rules: Language) -> tuple[Edit, ...]:
    """The typed edits that turn `a` into `b`, in the order of `a`."""
    x, y = comparison.a, comparison.b
    if len(x) == len(y) and all(p.text == q.text for p, q in zip(x, y, strict=True)):
        return ()
    found, done = _figures(comparison, rules)
    brackets = _declared(x), _declared(y)
    runs = Runs((x, y), comparison.pairs, comparison.weights, brackets, rules)
    for first, last in regions(comparison, done):
        pairs = comparison.pairs[first:last]
        whole = _merged(pairs, comparison)
        if whole is not None:
            found.append(whole)
            continue
        found += _columns(first, last, comparison, brackets, runs, rules)
    return tuple(joined(found, comparison.a, comparison.b, rules))


def regions(comparison: Comparison, done: Collection[int] = ()) -> Iterator[tuple[int, int]]:
    """Runs of columns (half-open) in which the texts differ in print, those that are `done` left out."""
    x, y = comparison.a, comparison.b
    start: int | None = None
    for place, (i, j) in enumerate(comparison.pairs):
        same = i is not None and j is not None and x[i].text == y[j].text
        if same or place in done:
            if start is not None:
                yield start, place
            start = None
        elif start is None:
            start = place
    if start is not None:
        yield start, len(comparison.pairs)


def _figures(comparison: Comparison, rules: Language) -> tuple[list[Edit], set[int]]:
    """Edits of figures, and the columns that they explain."""
    x, y = comparison.a, comparison.b
    left = figures(x, rules)
    right = figures(y, rules) if left else []
    if not right:
        return [], set()
    of_a, of_b = _places(left), _places(right)
    links: dict[Figure, Figure] = {}
    taken: set[Figure] = set()
    for i, j in comparison.pairs:
        one = of_a.get(i) if i is not None else None
        other = of_b.get(j) if j is not None else None
        if one and other and one not in links and other not in taken:
            links[one] = other
            taken.add(other)
    found: list[Edit] = []
    done: set[int] = set()
    for one, other in links.items():
        kind = compared(one, other)
        measured = _measured_otherwise((x, one), (y, other))
        if kind is None and _has_sign_alone((x, one), (y, other)):
            kind, measured = "unit-alone", True
        a, b = _extent(one, measured), _extent(other, measured)
        texts = [p.text for p in x[slice(*a)]], [p.text for p in y[slice(*b)]]
        if texts[0] == texts[1]:
            continue
        if kind is None and [p.n for p in x[slice(*a)]] == [p.n for p in y[slice(*b)]]:
            continue
        found.append(made(kind or "numeral", x[slice(*a)], y[slice(*b)]))
        done |= {
            place
            for place, (i, j) in enumerate(comparison.pairs)
            if (i is None or a[0] <= i < a[1]) and (j is None or b[0] <= j < b[1])
        }
    return found, done


def _measured_otherwise(one: tuple[Sequence[Piece], Figure], other: tuple[Sequence[Piece], Figure]) -> bool:
    """Whether two figures have measures that differ, if only as they are written: $6 and 5 dollars."""
    (x, a), (y, b) = one, other
    if a.unit is None or b.unit is None or a.unit_at is None or b.unit_at is None:
        return False
    sides = x[a.unit_at].is_word == y[b.unit_at].is_word and (a.unit_at < a.start) == (b.unit_at < b.start)
    return a.unit != b.unit or not sides


_RANGE = 3
"""Pieces within which a sign of measure speaks of the figure before, too: 5 to 10 %."""


def _has_sign_alone(one: tuple[Sequence[Piece], Figure], other: tuple[Sequence[Piece], Figure]) -> bool:
    """Whether only one of two figures has a sign of measure: 5 % and 5, but not 5 % to 10 % and 5 to 10 %."""
    (beside, bare), (pieces, figure) = (one, other) if one[1].unit is None else (other, one)
    if bare.unit is not None or figure.unit is None or figure.unit_at is None or pieces[figure.unit_at].is_word:
        return False
    signs = {pieces[figure.unit_at].n, f"{figure.unit[0]} {figure.unit[1]:g}"}
    behind = beside[bare.end : bare.end + _RANGE]
    return not any(piece.n in signs or piece.n.partition(" ")[2] in signs for piece in behind)


def _places(found: Sequence[Figure]) -> dict[int, Figure]:
    return {place: figure for figure in found for place in range(figure.start, figure.end)}


def _extent(figure: Figure, measured: bool) -> tuple[int, int]:
    """The places of a figure, with its measure where that is part of the difference."""
    if figure.unit_at is None or not measured:
        return figure.start, figure.end
    return min(figure.start, figure.unit_at), max(figure.end, figure.unit_at + 1)


def _merged(pairs: Sequence[Pair], comparison: Comparison) -> Edit | None:
    """The same letters in one word or in two: healthcare, health care; well-known, well known."""
    a = tuple(comparison.a[i] for i, _ in pairs if i is not None)
    b = tuple(comparison.b[j] for _, j in pairs if j is not None)
    if len(a) == len(b) or not a or not b:
        return None
    one, other = ("".join(p.n for p in pieces).replace("-", "") for pieces in (a, b))
    return made("merge", a, b) if one == other and one.isalnum() else None


def _columns(
    first: int,
    last: int,
    comparison: Comparison,
    brackets: tuple[set[int], set[int]],
    runs: Runs,
    rules: Language,
) -> Iterator[Edit]:
    """The edits of a region, one a pair of words, one a run of words that only one text has."""
    x, y, pairs = comparison.a, comparison.b, comparison.pairs
    place = first
    while place < last:
        i, j = pairs[place]
        if i is not None and j is not None:
            name = reason(x[i], y[j], (_may_be_name(x, i, rules), _may_be_name(y, j, rules)), rules)
            inside = (i in brackets[0]) != (j in brackets[1])
            yield made("bracket" if inside and name not in _KEPT else name, (x[i],), (y[j],))
            place += 1
            continue
        end = place
        while end < last and (pairs[end][0] is None) == (i is None) and None in pairs[end]:
            end += 1
        yield runs.edit(Run(place, end, first, last))
        place = end


def _may_be_name(pieces: Sequence[Piece], place: int, rules: Language) -> bool:
    """Whether a capital tells a name: not where nouns have one; at the beginning of a sentence only before another."""
    if rules.noun_capitals or not _is_capital(pieces[place], rules):
        return False
    before = place - 1
    while before >= 0 and not pieces[before].is_word and pieces[before].n not in ENDS:
        before -= 1
    begins = before < 0 or pieces[before].n in ENDS
    return not begins or (place + 1 < len(pieces) and _is_capital(pieces[place + 1], rules))


def _is_capital(piece: Piece, rules: Language) -> bool:
    return piece.text[:1].isupper() and piece.n not in rules.function_words


def _declared(pieces: Sequence[Piece]) -> set[int]:
    """The places of words between square brackets: the editor's own."""
    found: set[int] = set()
    opened: int | None = None
    if not [True for piece in pieces if "[" in piece.text]:
        return found
    for place, piece in enumerate(pieces):
        if piece.text == "[":
            opened = place
        elif piece.text == "]" and opened is not None:
            found |= set(range(opened + 1, place)) if place - opened <= _LONGEST_BRACKET else set()
            opened = None
        elif piece.is_word and piece.text[0] == "[":
            found.add(place)
    return found
