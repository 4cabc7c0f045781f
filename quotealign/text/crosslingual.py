"""Two texts in two languages: what can be compared without a dictionary, and how much that rests on.

Figures, names and cognates go through a translation nearly unchanged (Simard, Foster & Isabelle 1992), and lengths
keep their proportion (Gale & Church 1993). The words of the richer text that find a partner among these support the
pair; a length out of proportion, and a name or figure that only one has, speak against it. Where fewer than `FEWEST`
words find a partner the answer is undetermined, whatever the figure says.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotealign.languages import Language
from quotealign.text.edits import word_similarity
from quotealign.text.normalization import fold_accents
from quotealign.text.numerals import negates, number
from quotealign.text.tokens import Piece

FEWEST = 2
"""Words that find a partner, below which nothing is said of the pair."""
_COGNATE = 0.6
_SHORT = 4
_NAME, _NUMBER = 0.05, 0.1
"""What a name and a figure that only one text has speak against the pair."""
_STEEP = 4.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two texts of two languages share: pairs of places in `a` and `b`, and what is left of names and figures."""

    numbers: tuple[tuple[int, int], ...]
    names: tuple[tuple[int, int], ...]
    cognates: tuple[tuple[int, int], ...]
    listed: tuple[tuple[int, int], ...]
    numbers_alone: tuple[tuple[int, ...], tuple[int, ...]]
    names_alone: tuple[tuple[int, ...], tuple[int, ...]]
    divergence: float
    negations: tuple[bool, bool]

    @property
    def label(self) -> str:
        """Altered where each has a figure that the other has not; undetermined where too little is shared."""
        if self.found < FEWEST:
            return "undetermined"
        return "altered" if all(self.numbers_alone) else "translated"

    @property
    def found(self) -> int:
        """How many words have a partner."""
        return len(self.numbers) + len(self.names) + len(self.cognates) + len(self.listed)


Lexicon = Mapping[str, frozenset[str]]
"""Lower-case words, each with those of other languages that say the same; whoever is listed lists the other."""


def compare(
    a: Sequence[Piece], b: Sequence[Piece], rules_a: Language, rules_b: Language, lexicon: Lexicon | None = None
) -> Comparison:
    """What the words of two languages share. `divergence` lies in [0, 1], 0.5 where nothing speaks for or against.

    `lexicon` is a bilingual list of the user's own.
    """
    content = _content(a, rules_a), _content(b, rules_b)
    values = _values(a, rules_a), _values(b, rules_b)
    numbers = _equal(*values)
    named = [_names(side, text, rules) for side, text, rules in zip(content, (a, b), (rules_a, rules_b), strict=True)]
    likes = _cognates(content[0], content[1], a, b, lexicon or {})
    listed = tuple((i, j) for i, j in likes if lexicon and b[j].n in lexicon.get(a[i].n, ()))
    names = tuple((i, j) for i, j in likes if (i, j) not in listed and (i in named[0] or j in named[1]))
    cognates = tuple(pair for pair in likes if pair not in names and pair not in listed)
    found = [{pair[side] for pair in (*numbers, *likes)} for side in (0, 1)]
    support = len(numbers) + sum(1.0 if (i, j) in listed else _likeness(a[i].n, b[j].n) for i, j in likes)
    richer = max(len(content[0]) + len(values[0]), len(content[1]) + len(values[1]), 1)
    alone = [tuple(i for i in sorted(side) if i not in taken) for side, taken in zip(values, found, strict=True)]
    strange = [tuple(i for i in side if i not in taken) for side, taken in zip(named, found, strict=True)]
    against = abs(_proportion(a, b, rules_a, rules_b))
    against += _NUMBER * sum(map(len, alone)) + _NAME * sum(map(len, strange))
    return Comparison(
        numbers,
        names,
        cognates,
        listed,
        (alone[0], alone[1]),
        (strange[0], strange[1]),
        1 / (1 + math.exp(_STEEP * (support / richer - against))),
        (any(negates(p.n, rules_a) for p in a), any(negates(p.n, rules_b) for p in b)),
    )


def _values(text: Sequence[Piece], rules: Language) -> dict[int, float]:
    found = {place: number(piece.n, rules) for place, piece in enumerate(text) if piece.is_word}
    # "one" is an article as often as a figure, in most languages of Europe.
    return {
        place: value for place, value in found.items() if value is not None and (value != 1 or text[place].n == "1")
    }


def _content(text: Sequence[Piece], rules: Language) -> list[int]:
    return [
        place
        for place, piece in enumerate(text)
        if piece.is_word
        and len(piece.n) >= _SHORT - 1
        and piece.n not in rules.function_words
        and number(piece.n, rules) is None
    ]


def _names(content: Sequence[int], text: Sequence[Piece], rules: Language) -> list[int]:
    if rules.noun_capitals:
        return []
    return [place for place in content if text[place].start and text[place].text[0].isupper()]


def _equal(x: dict[int, float], y: dict[int, float]) -> tuple[tuple[int, int], ...]:
    waiting: dict[float, list[int]] = {}
    for place in sorted(y, reverse=True):
        waiting.setdefault(y[place], []).append(place)
    return tuple((place, waiting[value].pop()) for place, value in sorted(x.items()) if waiting.get(value))


def _cognates(
    x: Sequence[int], y: Sequence[int], a: Sequence[Piece], b: Sequence[Piece], lexicon: Lexicon
) -> tuple[tuple[int, int], ...]:
    """Pairs of words that a list has or that are spelt alike, the most alike first, each word in one."""
    ranked = sorted(
        ((_listed_or_alike(a[i].n, b[j].n, lexicon), i, j) for i in x for j in y),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    taken: tuple[set[int], set[int]] = set(), set()
    found = []
    for like, i, j in ranked:
        if like < _COGNATE:
            break
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            found.append((i, j))
    return tuple(sorted(found))


def _listed_or_alike(x: str, y: str, lexicon: Lexicon) -> float:
    return 2.0 if y in lexicon.get(x, ()) else _likeness(x, y)


def _likeness(x: str, y: str) -> float:
    x, y = bare(x), bare(y)
    if x == y:
        return 1.0
    return word_similarity(x, y) if min(len(x), len(y)) >= _SHORT else 0.0


def bare(word: str) -> str:
    """A word without accents, and without what an apostrophe joins to it: l'album, album's."""
    return max(fold_accents(word).split("'"), key=len)


def _proportion(a: Sequence[Piece], b: Sequence[Piece], rules_a: Language, rules_b: Language) -> float:
    """The logarithm of how much longer `a` is than `b`, each by the length that its language usually needs."""
    lengths = [sum(len(piece.text) + 1 for piece in text) for text in (a, b)]
    if not all(lengths):
        return 1.0
    return math.log(lengths[0] / rules_a.verbosity * rules_b.verbosity / lengths[1])
