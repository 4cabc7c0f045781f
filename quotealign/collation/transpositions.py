"""Transpositions: words that some witnesses have at one place and others at another.

Sought after the alignment, among words that stand opposite nothing like them: for each word the columns in which
it stands, for each two of these the witnesses that have it in the one and nothing like it in the other. From there
the phrase is followed to both sides as long as all these witnesses go on alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotealign.languages import Language
from quotealign.text.alignment import Column, Row
from quotealign.text.likeness import likeness
from quotealign.text.normalization import is_word

_REACH = 20
"""How many columns a content word may have moved: two take a phrase twice as far, one repeated by chance stays."""
_WORD, _UNKNOWN = 2, 5
"""Letters of a word that can have moved alone; where nobody knows which words are small, only a longer one."""
_COMMON = 12
"""A word that stands in more columns than this moves nothing by itself."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A phrase at two places: for each witness of one group and of the other where in its tokens it stands."""

    rows: tuple[int, ...]
    others: tuple[int, ...]
    here: tuple[range, ...]
    there: tuple[range, ...]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Columns of a phrase here and there, in the order of its words."""

    rows: tuple[int, ...]
    others: tuple[int, ...]
    here: tuple[int, ...]
    there: tuple[int, ...]
    content: int

    @property
    def groups(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The witnesses that have it earlier in the table, and those that have it later."""
        return (self.rows, self.others) if self.here < self.there else (self.others, self.rows)

    @property
    def distance(self) -> int:
        return abs(self.here[0] - self.there[0])


def find(columns: Sequence[Column], rows: Sequence[Row], rules: Language) -> list[Moved]:
    """Phrases with a content word that changed places; longest first, no word of a witness in two. In the
    order in which they may be resolved, which the order of the rows does not change."""
    phrases = {_grown(seed, columns, rows, rules) for seed in _seeds(columns, rows, rules)}
    near = [p for p in phrases if p.distance <= _REACH * p.content and _says_enough(p, columns, rows, rules)]
    # By place and words, never by the number of a row: the order in which witnesses are given decides nothing.
    near.sort(
        key=lambda p: (
            -p.content,
            p.distance,
            sorted((p.here, p.there)),
            [sorted(rows[r] for r in g) for g in p.groups],
        )
    )
    taken: set[tuple[int, int]] = set()
    found = []
    for phrase in near:
        cells = {(row, column) for row in phrase.rows for column in phrase.here}
        cells |= {(row, column) for row in phrase.others for column in phrase.there}
        # A place that another phrase has left, or come to, is no place of this one.
        if not cells & taken:
            taken |= cells
            found.append(_moved(phrase, columns))
    return found


def _says_enough(phrase: _Phrase, columns: Sequence[Column], rows: Sequence[Row], rules: Language) -> bool:
    """Whether a phrase is more than a word that comes back by chance: several words, or one that is long enough."""
    if len(phrase.here) > 1:
        return True
    place = columns[phrase.here[0]][phrase.rows[0]]
    assert place is not None
    return len(rows[phrase.rows[0]][place]) >= (_WORD if rules.function_words else _UNKNOWN)


def _moved(phrase: _Phrase, columns: Sequence[Column]) -> Moved:
    def stretch(row: int, places: Sequence[int]) -> range:
        first, last = columns[places[0]][row], columns[places[-1]][row]
        assert first is not None
        assert last is not None
        return range(first, last + 1)

    return Moved(
        phrase.rows,
        phrase.others,
        tuple(stretch(row, phrase.here) for row in phrase.rows),
        tuple(stretch(row, phrase.there) for row in phrase.others),
    )


def _seeds(columns: Sequence[Column], rows: Sequence[Row], rules: Language) -> Iterator[_Phrase]:
    """Single content words at two places, the witnesses of the one free of anything like them at the other."""
    standing: dict[str, dict[int, list[int]]] = {}
    for number, column in enumerate(columns):
        for row, place in enumerate(column):
            if place is not None:
                standing.setdefault(rows[row][place], {}).setdefault(number, []).append(row)
    for form in sorted(standing):
        places = sorted(standing[form])
        if not (1 < len(places) <= _COMMON and is_word(form)) or form in rules.function_words:
            continue
        for k, one in enumerate(places):
            for other in places[k + 1 :]:
                here = _free(standing[form][one], other, form, columns, rows, rules)
                there = _free(standing[form][other], one, form, columns, rows, rules)
                if here and there:
                    swap = len(there) > len(here)
                    yield (
                        _Phrase(there, here, (other,), (one,), 1) if swap else _Phrase(here, there, (one,), (other,), 1)
                    )


def _free(
    having: Sequence[int], column: int, form: str, columns: Sequence[Column], rows: Sequence[Row], rules: Language
) -> tuple[int, ...]:
    """Of rows that have a word those that have nothing like it in a column."""
    found = []
    for row in having:
        place = columns[column][row]
        if place is None or likeness(rows[row][place], form, rules) == 0:
            found.append(row)
    return tuple(found)


def _grown(seed: _Phrase, columns: Sequence[Column], rows: Sequence[Row], rules: Language) -> _Phrase:
    """The phrase around a word, as far as all its witnesses have the same words on both sides."""
    here, there, content = list(seed.here), list(seed.there), seed.content
    where = {row: _columns_of(row, columns) for row in (*seed.rows, *seed.others)}
    for step in (-1, 1):
        while True:
            at = 0 if step < 0 else -1
            one = _next(seed.rows, here[at], step, columns, rows, where)
            other = _next(seed.others, there[at], step, columns, rows, where)
            if one is None or other is None or one[1] != other[1] or one[0] == other[0]:
                break
            here.insert(0 if step < 0 else len(here), one[0])
            there.insert(0 if step < 0 else len(there), other[0])
            content += is_word(one[1]) and one[1] not in rules.function_words
    return _Phrase(seed.rows, seed.others, tuple(here), tuple(there), content)


def _columns_of(row: int, columns: Sequence[Column]) -> list[int]:
    return [number for number, column in enumerate(columns) if column[row] is not None]


def _next(
    group: Sequence[int],
    column: int,
    step: int,
    columns: Sequence[Column],
    rows: Sequence[Row],
    where: dict[int, list[int]],
) -> tuple[int, str] | None:
    """Where the next word of a group stands and which it is, if it is one word in one column for all of them."""
    found = set()
    for row in group:
        place = columns[column][row]
        assert place is not None
        if not 0 <= place + step < len(where[row]):
            return None
        found.add((where[row][place + step], rows[row][place + step]))
    return found.pop() if len(found) == 1 else None
