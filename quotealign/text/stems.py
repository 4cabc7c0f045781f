"""Stems: the part of a word that inflection leaves (Snowball, Porter 2001).

Only here so that *agrees* and *agreeing* are told from two different words; stems are never shown.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from quotealign.errors import NameUnknown
from quotealign.languages import Language


@lru_cache(maxsize=None)
def _stemmer(name: str) -> Any:
    import snowballstemmer

    if name not in snowballstemmer.algorithms():
        known = ", ".join(sorted(snowballstemmer.algorithms()))
        raise NameUnknown(f"no stemmer {name!r}", where="language data", do=f"use one of {known}")
    return snowballstemmer.stemmer(name)


@lru_cache(maxsize=65536)
def _stem(word: str, name: str) -> str:
    return str(_stemmer(name).stemWord(word))


def stem(word: str, language: Language) -> str:
    """The stem of a lower-case word; the word itself where the language has no stemmer."""
    return _stem(word, language.stemmer) if language.stemmer else word
