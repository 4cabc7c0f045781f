"""Words that say how many, and words that deny: what a text may not change however else it is put."""

from __future__ import annotations

import re
from functools import lru_cache

from quotealign.languages import Language
from quotealign.text.remembered import Remembered

_DIGITS = re.compile(r"^\d+(?:[.,]\d+)*$")


def number(word: str, rules: Language) -> float | None:
    """The value of a number in digits or words, None for another word."""
    return _numbers(rules)[word]


@lru_cache(maxsize=64)
def _numbers(rules: Language) -> Remembered[float | None]:
    return Remembered(lambda word: _number(word, rules))


def _number(word: str, rules: Language) -> float | None:
    word = rules.numbers.get(word, word)
    if not word[:1].isdigit() or not _DIGITS.match(word):
        return None
    digits = word
    # 1,234,567 and 1.234.567 group by threes; anything else is a decimal mark.
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits):
        return float(re.sub(r"[.,]", "", digits))
    try:
        return float(digits.replace(",", "."))
    except ValueError:
        return None


def negates(word: str, rules: Language) -> bool:
    """Whether a word denies: not, never, don't."""
    return word in rules.negations or word.endswith("n't")
