"""How alike two tokens are, and how much a token weighs: what any alignment of words rests on.

Weights: content words count more than function words, and these more than marks, so that a word before a comma
is aligned with the same word before a full stop.
"""

from __future__ import annotations

import enum
from functools import lru_cache

from quotealign.languages import Language, language
from quotealign.text.edits import word_similarity
from quotealign.text.normalization import fold_accents, is_word
from quotealign.text.spelling import base_spelling
from quotealign.text.stems import stem


class Weight(float, enum.Enum):
    """What a token of each class weighs in an alignment."""

    CONTENT = 1.0
    FUNCTION = 0.4
    MARK = 0.1


_NEAR = 0.6


def weight(n: str, rules: Language) -> float:
    """The weight of a token by its compared form."""
    if not is_word(n):
        return Weight.MARK.value
    return Weight.FUNCTION.value if n in rules.function_words else Weight.CONTENT.value


def likeness(a: str, b: str, rules: Language) -> float:
    """In [0, 1]: 1 the same compared form; then spelling variant, number word and digits, inflection, near match."""
    return 1.0 if a == b else _likeness(a, b, rules.code) if a < b else _likeness(b, a, rules.code)


@lru_cache(maxsize=262144)
def _likeness(a: str, b: str, code: str) -> float:
    rules = language(code)
    if not (is_word(a) and is_word(b)):
        return 0.0
    if base_spelling(a, rules) == base_spelling(b, rules) or fold_accents(a) == fold_accents(b):
        return 0.95
    if rules.numbers.get(a, a) == rules.numbers.get(b, b):
        return 0.95
    if stem(base_spelling(a, rules), rules) == stem(base_spelling(b, rules), rules):
        return 0.9
    near = word_similarity(a, b)
    # Two short words are near by chance: a letter of three is another word.
    return 0.8 * near if near >= _NEAR and min(len(a), len(b)) > 3 else 0.0
