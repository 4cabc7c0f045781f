"""Spelling variants folded to one form: colour and color, by the language's rules and pairs."""

from __future__ import annotations

import re
from functools import lru_cache

from quotealign.languages import Language, language
from quotealign.languages.facts import Pairs
from quotealign.text.normalization import fold

INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\.?")
"""First letters with dots: E.U., U.S.A"""
LETTERS = 5
"""Letters that an abbreviation of first letters has at most."""


def base_spelling(word: str, rules: Language) -> str:
    """The one form that all spellings of a lower-case word share; the word itself where it has but one."""
    return _folded(word, rules.code)


@lru_cache(maxsize=65536)
def other_spellings(printed: str, code: str) -> tuple[str, ...]:
    """The other ways in which a word may be printed, in lower case: by the language's pairs and swaps, a figure in
    letters or digits, E.U. and EU. Not all of them need be words."""
    rules, word = language(code), fold(printed)
    base = base_spelling(word, rules)
    found = [base, *_of_base(code).get(base, ())]
    for one, other in rules.spelling_swaps:
        for old, new in ((one, other), (other, one)):
            at = word.find(old)
            while at >= 0:
                swapped = word[:at] + new + word[at + len(old) :]
                found += [swapped] if base_spelling(swapped, rules) == base else []
                at = word.find(old, at + 1)
    value = rules.numbers.get(word, word)
    found += [value, *_in_letters(code).get(value, ())] if value[:1].isdigit() else []
    if INITIALS.fullmatch(printed):
        found += [word.replace(".", "")]
    elif 1 < len(printed) <= LETTERS and printed.isalpha() and printed.isupper():
        found += [".".join(word) + ".", ".".join(word)]
    return tuple(dict.fromkeys(form for form in found if form != word))


@lru_cache(maxsize=64)
def _of_base(code: str) -> dict[str, list[str]]:
    made: dict[str, list[str]] = {}
    for word, base in language(code).spelling_pairs.items():
        made.setdefault(base, []).append(word)
    return made


@lru_cache(maxsize=64)
def _in_letters(code: str) -> dict[str, list[str]]:
    made: dict[str, list[str]] = {}
    for word, value in language(code).numbers.items():
        made.setdefault(value, []).append(word)
    return made


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
