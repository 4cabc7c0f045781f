"""Words that say how many, and words that deny: what a text may not change however else it is put."""

from __future__ import annotations

import re
from functools import lru_cache

from quotealign.languages import Language
from quotealign.text.remembered import Remembered

_DIGITS = re.compile(r"^\d+(?:[.,']\d+)*$")


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
    # 1,234,567 and 1.234.567 (1'234'567 in Switzerland) group by threes; anything else is a decimal mark.
    if re.fullmatch(r"[1-9]\d{0,2}(?:[.,']\d{3})+", digits):
        return float(re.sub(r"[.,']", "", digits))
    try:
        return float(digits.replace(",", "."))
    except ValueError:
        return None


_ORDINAL = re.compile(r"(\d+)([^\W\d]+)")
_ROMAN = re.compile(r"([ivxlc]+)([^\W\d]{1,3})")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def ordinal(word: str, rules: Language) -> int | None:
    """Which one of a row a word says, in letters or digits: third, 3rd, XIXe. None for another word."""
    return _ordinals(rules)[word]


@lru_cache(maxsize=64)
def _ordinals(rules: Language) -> Remembered[int | None]:
    return Remembered(lambda word: _ordinal(word, rules))


def _ordinal(word: str, rules: Language) -> int | None:
    if word in rules.ordinals:
        return int(rules.ordinals[word])
    tens, hyphen, ones = word.rpartition("-")
    value = number(tens, rules) if hyphen and ones in rules.ordinals else None
    if value is not None:
        return int(value) + int(rules.ordinals[ones])
    digits, roman = _ORDINAL.fullmatch(word), _ROMAN.fullmatch(word)
    if digits and digits[2] in rules.ordinal_endings:
        return int(digits[1])
    if roman and roman[2] in rules.ordinal_endings:
        values = [_ROMAN_DIGITS[letter] for letter in roman[1]]
        return sum(-v if v < max(values[k:]) else v for k, v in enumerate(values))
    return None


def negates(word: str, rules: Language) -> bool:
    """Whether a word denies: not, never, don't."""
    return word in rules.negations or word.endswith("n't")
