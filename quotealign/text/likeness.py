"""How alike two tokens are, and how much a token weighs: what any alignment of words rests on.

Weights: content words count more than function words, and these more than marks, so that a word before a comma
is aligned with the same word before a full stop.
"""

from __future__ import annotations

import enum
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from quotealign.languages import Language, language
from quotealign.text.edits import word_similarity
from quotealign.text.normalization import fold_accents, is_word
from quotealign.text.spelling import base_spelling
from quotealign.text.stems import stem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Similarity = TypeVar("Similarity", float, "NDArray[np.float64]")
"""One number, or one a pair."""


class Weight(float, enum.Enum):
    """What a token of each class weighs in an alignment."""

    CONTENT = 1.0
    FUNCTION = 0.4
    MARK = 0.1


KEYS = (0.95, 0.95, 0.95, 0.9)
"""How alike two words are that share a key of `keys`: spelling, letters without accents, number, stem."""

NEAR = 0.6
"""Words spelt at least so alike, and of more than `SHORT` letters, are near: a letter of three is another word."""
SHORT = 3


def weight(n: str, rules: Language) -> float:
    """The weight of a token by its compared form."""
    if not is_word(n):
        return Weight.MARK.value
    return Weight.FUNCTION.value if n in rules.function_words else Weight.CONTENT.value


def keys(n: str, rules: Language) -> tuple[str, ...]:
    """What words that are one in some respect share, a key for each value of `KEYS`."""
    base = base_spelling(n, rules)
    return (base, fold_accents(n), rules.numbers.get(n, n), stem(base, rules))


def nearness(similarity: Similarity) -> Similarity:
    """How alike two words are that only look alike. Squared: two that are half alike are no match for one that is."""
    return 0.8 * similarity * similarity


def likeness(a: str, b: str, rules: Language) -> float:
    """In [0, 1]: 1 the same compared form; then spelling variant, number word and digits, inflection, near match."""
    return 1.0 if a == b else _likeness(a, b, rules.code) if a < b else _likeness(b, a, rules.code)


@lru_cache(maxsize=262144)
def _likeness(a: str, b: str, code: str) -> float:
    rules = language(code)
    if not (is_word(a) and is_word(b)):
        return 0.0
    for value, one, other in zip(KEYS, keys(a, rules), keys(b, rules), strict=True):
        if one == other:
            return value
    near = word_similarity(a, b)
    return nearness(near) if near >= NEAR and min(len(a), len(b)) > SHORT else 0.0
