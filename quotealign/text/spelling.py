"""Spelling variants folded to one form: colour and color, by the language's rules and pairs."""

from __future__ import annotations

import re
from functools import lru_cache

from quotealign.languages import Language, language


def base_spelling(word: str, rules: Language) -> str:
    """The one form that all spellings of a lower-case word share; the word itself where it has but one."""
    return _folded(word, rules.code)


@lru_cache(maxsize=65536)
def _folded(word: str, code: str) -> str:
    rules = language(code)
    if word in rules.spelling_pairs:
        return rules.spelling_pairs[word]
    for pattern, replacement in rules.spelling_rules:
        folded = re.sub(pattern, replacement, word)
        if folded != word:
            return folded
    return word
