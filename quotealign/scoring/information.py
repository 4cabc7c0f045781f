"""How much of two texts is in common, by the information that words carry.

A word weighs what leaving it out would cost a reader, roughly: a figure most, a content word more than a function
word, a mark hardly anything. A name weighs a little less than another content word, since news gives the same
person in longer and shorter forms.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotealign.languages import Language
from quotealign.scoring.typing import number
from quotealign.text.likeness import likeness
from quotealign.text.spelling import base_spelling
from quotealign.text.stems import stem
from quotealign.text.tokens import Piece

NUMBER, CONTENT, NAME, FUNCTION, MARK = 1.5, 1.0, 0.8, 0.6, 0.1
_MOVED = 0.95
"""What a word counts that stands at another place: order is a little of what a text says."""

Pairs = Sequence[tuple[int | None, int | None]]


def information(piece: Piece, rules: Language) -> float:
    """What a word or a mark weighs."""
    if not piece.is_word:
        return MARK
    if number(piece.n, rules) is not None:
        return NUMBER
    if piece.n in rules.function_words:
        return FUNCTION
    return NAME if piece.start and piece.text[0].isupper() and not rules.noun_capitals else CONTENT


def divergence(a: Sequence[Piece], b: Sequence[Piece], pairs: Pairs, rules: Language) -> float:
    """1 - what both have in common / what the richer of the two says, in [0, 1]; the same whichever comes first.

    In common are aligned words by their likeness, and words that both have at different places.
    """
    weights = [information(p, rules) for p in a], [information(p, rules) for p in b]
    common = 0.0
    alone: tuple[list[int], list[int]] = [], []
    for i, j in pairs:
        like = likeness(a[i].n, b[j].n, rules) if i is not None and j is not None else 0.0
        if like and i is not None and j is not None:
            common += like * (weights[0][i] + weights[1][j]) / 2
            continue
        alone[0].extend([] if i is None else [i])
        alone[1].extend([] if j is None else [j])
    waiting: dict[str, list[int]] = {}
    for j in alone[1]:
        waiting.setdefault(_key(b[j], rules), []).append(j)
    for i in alone[0]:
        found = waiting.get(_key(a[i], rules)) if a[i].is_word else None
        if found:
            common += _MOVED * (weights[0][i] + weights[1][found.pop()]) / 2
    whole = max(map(sum, weights))
    return max(0.0, 1 - common / whole) if whole else 0.0


def _key(piece: Piece, rules: Language) -> str:
    return stem(base_spelling(rules.numbers.get(piece.n, piece.n), rules), rules)
