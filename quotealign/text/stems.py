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
    import Stemmer

    if name not in Stemmer.algorithms():
        known = ", ".join(sorted(Stemmer.algorithms()))
        raise NameUnknown(f"no stemmer {name!r}", where="language data", do=f"use one of {known}")
    return Stemmer.Stemmer(name)


@lru_cache(maxsize=65536)
def _stem(word: str, name: str) -> str:
    try:
        return str(_stemmer(name).stemWord(word))
    except UnicodeEncodeError:
        # Half of a surrogate pair, which some programs write for characters they do not know: no C library reads it
        return word


def stem(word: str, language: Language) -> str:
    """The stem of a lower-case word; the word itself where the language has no stemmer."""
    return _stem(word, language.stemmer) if language.stemmer else word
