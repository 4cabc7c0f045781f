"""Spelling variants folded to one form: colour and color, by the language's rules and pairs."""

from __future__ import annotations

import re
from functools import lru_cache

from quotealign.languages import Language, language
from quotealign.languages.facts import Pairs


def base_spelling(word: str, rules: Language) -> str:
    """The one form that all spellings of a lower-case word share; the word itself where it has but one."""
    return _folded(word, rules.code)


@lru_cache(maxsize=65536)
def _folded(word: str, code: str) -> str:
    rules = language(code)
    if word in rules.spelling_pairs:
        return rules.spelling_pairs[word]
    for pattern, replacement in _compiled(rules.spelling_rules):
        # Looking first: a replacement is read anew at each call, and most words are not touched by any rule.
        if pattern.search(word):
            folded = pattern.sub(replacement, word)
            if folded != word:
                return folded
    return word


@lru_cache(maxsize=64)
def _compiled(rules: Pairs) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in rules)
