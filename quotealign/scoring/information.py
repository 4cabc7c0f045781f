"""How much of two texts is in common, by the information that words carry.

A word weighs what leaving it out would cost a reader, roughly: a figure most, a content word more than a function
word, a mark hardly anything. A name weighs a little less than another content word, since news gives the same
person in longer and shorter forms.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from quotealign.languages import Language
from quotealign.scoring.typing import number
from quotealign.text.likeness import likeness
from quotealign.text.remembered import Remembered
from quotealign.text.spelling import base_spelling
from quotealign.text.stems import stem
from quotealign.text.tokens import Piece

NUMBER, CONTENT, NAME, FUNCTION, MARK = 1.5, 1.0, 0.8, 0.6, 0.1
_MOVED = 0.95
"""What a word counts that stands at another place: order is a little of what a text says."""

Pairs = Sequence[tuple[int | None, int | None]]


def information(pieces: Sequence[Piece], rules: Language) -> list[float]:
    """What each word or mark of a text weighs."""
    known = _weights(rules)
    found = [known[n] if is_word else MARK for _, _, _, n, is_word in pieces]
    if rules.noun_capitals:
        return found
    return [
        NAME if weight == CONTENT and piece.start and piece.text[0].isupper() else weight
        for weight, piece in zip(found, pieces, strict=True)
    ]


@lru_cache(maxsize=64)
def _weights(rules: Language) -> Remembered[float]:
    def weight(n: str) -> float:
        return NUMBER if number(n, rules) is not None else FUNCTION if n in rules.function_words else CONTENT

    return Remembered(weight)


def divergence(
    a: Sequence[Piece],
    b: Sequence[Piece],
    pairs: Pairs,
    weights: tuple[Sequence[float], Sequence[float]],
    rules: Language,
) -> float:
    """1 - what both have in common / what the richer of the two says, in [0, 1]; the same whichever comes first.

    In common are aligned words by their likeness, and words that both have at different places. `weights` are what
    `information` says of `a` and of `b`.
    """
    common = 0.0
    alone: tuple[list[int], list[int]] = [], []
    for i, j in pairs:
        if i is None or j is None:
            if i is not None:
                alone[0].append(i)
            elif j is not None:
                alone[1].append(j)
            continue
        x, y = a[i].n, b[j].n
        like = 1.0 if x == y else likeness(x, y, rules)
        if like:
            common += like * (weights[0][i] + weights[1][j]) / 2
        else:
            alone[0].append(i)
            alone[1].append(j)
    if not (alone[0] and alone[1]):
        alone = [], []
    key = _keys(rules)
    waiting: dict[str, list[int]] = {}
    for j in alone[1]:
        waiting.setdefault(key[b[j].n], []).append(j)
    for i in alone[0]:
        found = waiting.get(key[a[i].n]) if a[i].is_word else None
        if found:
            common += _MOVED * (weights[0][i] + weights[1][found.pop()]) / 2
    whole = max(map(sum, weights))
    return max(0.0, 1 - common / whole) if whole else 0.0


@lru_cache(maxsize=64)
def _keys(rules: Language) -> Remembered[str]:
    """What a word shares with its other forms."""
    return Remembered(lambda n: stem(base_spelling(rules.numbers.get(n, n), rules), rules))
