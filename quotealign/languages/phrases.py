"""Phrases of a language, found by the word that they begin or end with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


class PhraseList(tuple[str, ...]):
    """Some phrases, the longest first, so that a phrase wins over its own beginning.

    by_first, by_last  the words of each phrase, by its first and by its last word, in the same order
    """

    by_first: Mapping[str, Sequence[Sequence[str]]]
    by_last: Mapping[str, Sequence[Sequence[str]]]

    def __new__(cls, phrases: Iterable[str]) -> PhraseList:
        made = super().__new__(cls, sorted(phrases, key=lambda p: (-len(p), p)))
        first: dict[str, list[list[str]]] = {}
        last: dict[str, list[list[str]]] = {}
        for words in map(str.split, made):
            first.setdefault(words[0], []).append(words)
            last.setdefault(words[-1], []).append(words)
        made.by_first, made.by_last = first, last
        return made
