"""Stems: the part of a word that inflection leaves (Snowball, Porter 2001).

Only here so that *agrees* and *agreeing* are told from two different words; stems are never shown.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from quotealign.languages import Language


@lru_cache(maxsize=None)
def _stemmer(name: str) -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer(name)


@lru_cache(maxsize=65536)
def _stem(word: str, name: str) -> str:
    return str(_stemmer(name).stemWord(word))


def stem(word: str, language: Language) -> str:
    """The stem of a lower-case word; the word itself where the language has no stemmer."""
    return _stem(word, language.stemmer) if language.stemmer else word
