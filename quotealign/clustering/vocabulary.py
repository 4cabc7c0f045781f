"""The words of a collection by number: what each is compared as, and how much it tells.

A word tells as many bits as it is rare, -log2 of its probability. A handful of quotations says little of how rare a
word is, so general language is thought to have been read before (additive smoothing with a prior, Zhai & Lafferty
2004): `PRIOR` words of it, in which a function word is one in `FUNCTION_WORD` and any other one in `OTHER_WORD`. In a
large collection its own counts decide.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from hashlib import blake2b
from itertools import pairwise

from quotealign.languages import Language, language
from quotealign.text.numerals import negates
from quotealign.text.remembered import Remembered
from quotealign.text.spelling import base_spelling
from quotealign.text.stems import stem
from quotealign.text.subwords import Subwords
from quotealign.text.tokens import is_unspaced, words

PRIOR = 50_000
FUNCTION_WORD, OTHER_WORD = 150, 6_000

Row = tuple[int, ...]
"""The numbers of a text's words, in order."""

_MIX = 0x9E3779B97F4A7C15
_MASK = (1 << 63) - 1


class Vocabulary:
    """Words met so far. `stems[k]`, `counts[k]` and the flags are of the word with number `k`.

    A word is its stem in its language, spelling and number words folded: *colours* and *color*, *two* and *2* are one.
    """

    def __init__(self, subwords: Subwords | None = None) -> None:
        self.stems: list[str] = []
        self.counts: list[int] = []
        self.content: list[bool] = []
        self.figures: set[int] = set()
        self.negations: set[int] = set()
        self._languages: list[str] = []
        self._hashes: list[int] = []
        self._numbers: dict[tuple[str, str], int] = {}
        self._known: dict[str, Remembered[int]] = {}
        self._subwords = subwords

    def row(self, text: str, lang: str) -> Row:
        """The words of a text; its pieces where the script shows no words and subwords are given."""
        known = self._known.get(lang)
        if known is None:
            known = self._known[lang] = Remembered(partial(self._number, language(lang)))
        return tuple(known.each(self._cut(text)))

    def count(self, row: Row, times: int = 1) -> None:
        """Count the words of a text that was met."""
        for number in row:
            self.counts[number] += times

    def information(self) -> list[float]:
        """What each word tells, in bits, by the counts and the prior."""
        read: dict[str, int] = {}
        for lang, count in zip(self._languages, self.counts, strict=True):
            read[lang] = read.get(lang, 0) + count
        expected = {True: PRIOR / OTHER_WORD, False: PRIOR / FUNCTION_WORD}
        return [
            -math.log2((count + expected[content]) / (read[lang] + PRIOR))
            for lang, count, content in zip(self._languages, self.counts, self.content, strict=True)
        ]

    def features(self, row: Row) -> set[int]:
        """Words and pairs of neighbours as whole numbers below 2^63, the same in every run and every collection."""
        hashes = list(map(self._hashes.__getitem__, row))
        return {*hashes, *((a * _MIX + b) & _MASK for a, b in pairwise(hashes))}

    def _cut(self, text: str) -> Sequence[str]:
        if self._subwords is not None and is_unspaced(text):
            return [text[s:e] for s, e in self._subwords.surface(text) if any(c.isalnum() for c in text[s:e])]
        return words(text)

    def _number(self, rules: Language, word: str) -> int:
        form = rules.numbers.get(word, word)
        key = rules.code, stem(base_spelling(form, rules), rules)
        if (number := self._numbers.get(key)) is not None:
            return number
        number = self._numbers[key] = len(self.stems)
        self.stems.append(key[1])
        self.counts.append(0)
        self.content.append(_carries_content(word, rules))
        self._languages.append(rules.code)
        self._hashes.append(int.from_bytes(blake2b("\t".join(key).encode(), digest_size=8).digest(), "big") & _MASK)
        if form[:1].isdigit():
            self.figures.add(number)
        if negates(word, rules):
            self.negations.add(number)
        return number


def _carries_content(word: str, rules: Language) -> bool:
    known = word in rules.function_words or word in rules.contractions
    return not known and (len(word) > 1 or word.isdigit())
