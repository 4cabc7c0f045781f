"""Gathering: of a collection too large to be held, only where the words of some texts stand.

What is sought is known first; the words of the collection go by once, as numbers, and what is kept of them are the
places of the sought words and of two of them side by side. It answers as a `Concordance` of the whole collection does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from quotealign.text.numbering import Numbered, Numbering, Numbers, unpacked
from quotealign.text.places import UNKNOWN, Places, Word

_OPEN = 256
"""Texts of which it is held where each word stands."""


class Gathered(Places):
    """The places of the words of some `sought` texts, and of their pairs of neighbours, in a collection.

    lengths  of each text of the collection, in words
    parts    the words of these texts, each text in one of the parts
    text     the text of a number, asked for only where a passage stands

    Of every word of the collection two bytes are held (four where more than 65,000 different words are sought), and
    the places of those features that choose a stretch.
    """

    def __init__(
        self, sought: Iterable[str], lengths: Sequence[int], parts: Sequence[Numbered], text: Callable[[int], str]
    ) -> None:
        super().__init__(lengths)
        self._lengths = np.array(lengths, dtype=np.int64)
        self._parts, self._text = parts, text
        self._numbering = Numbering()
        rows = [self._numbering.read(one)[0].tolist() for one in sought]
        self._numbering.close()
        self._other = self._numbering.other
        self._pairs = np.array(
            sorted({one * self._other + other for numbers in rows for one, other in pairwise(numbers)}), dtype=np.int64
        )
        self._counts = np.zeros(self._other + 1 + len(self._pairs), dtype=np.int64)
        self._row = np.zeros(int(self._bounds[-1]), dtype=np.min_scalar_type(self._other))
        self._kind = np.int32 if len(self._row) < 2**31 else np.int64
        features, self._places = self._gathered(self._most)
        self._first = np.searchsorted(features, np.arange(len(self._counts) + 1, dtype=np.int32))
        self._common: dict[int, Numbers] = {}
        self._open = lru_cache(maxsize=_OPEN)(self._spans)

    def words(self, text: str) -> list[Word]:
        """The words of one of the sought texts, each with its number; `UNKNOWN` for one that no text has."""
        numbers, spans = self._numbering.read(text)
        return [
            Word(n if n < self._other and self._counts[n] else UNKNOWN, s, e)
            for n, (s, e) in zip(numbers.tolist(), spans.tolist(), strict=True)
        ]

    def span(self, place: int) -> tuple[int, int]:
        """Where in its text the word at a place of the row stands, in code points."""
        text = int(np.searchsorted(self._bounds, place, "right")) - 1
        start, end = self._open(text)[place - int(self._bounds[text])].tolist()
        return start, end

    def numbers(self, first: int, last: int) -> list[int]:
        """The words from one place of the row up to another, both in one text; all that are not sought are alike."""
        found: list[int] = self._row[first:last].tolist()
        return found

    def _spans(self, text: int) -> Numbers:
        return self._numbering.read(self._text(text))[1]

    def _count(self, *words: int) -> int:
        return int(self._counts[self._feature(*words)])

    def _where(self, *words: int) -> Numbers:
        feature = self._feature(*words)
        if self._counts[feature] <= self._most:
            return self._places[self._first[feature] : self._first[feature + 1]]
        if feature not in self._common:
            # Asked for only where all words are as common as this one: the collection goes by once more.
            features, places = self._gathered(self.size, only=feature)
            self._common[feature] = places[features == feature]
        return self._common[feature]

    def _feature(self, *words: int) -> int:
        """Words come first, by their numbers, then pairs in the order of theirs."""
        if len(words) == 1:
            return words[0]
        return self._other + 1 + int(np.searchsorted(self._pairs, words[0] * self._other + words[1]))

    def _gathered(self, most: int, *, only: int | None = None) -> tuple[NDArray[np.int32], Numbers]:
        """Features that stand up to so many times with their places, sorted by both; counts them where all are
        wanted. What is found to be more common on the way is held no longer."""
        counts = np.zeros_like(self._counts)
        features: list[NDArray[np.int32]] = [np.zeros(0, dtype=np.int32)]
        places: list[Numbers] = [np.zeros(0, dtype=self._kind)]
        for part in self._parts:
            table = np.full(part.highest + 1, self._other, dtype=np.int32)
            for form, number in part.numbers_of(tuple(self._numbering.of_form)).items():
                table[number] = self._numbering.of_form[form]
            for texts, data in part.pages():
                row, place = table[unpacked(data)], self._places_of(texts)
                self._row[place] = row
                for found, at in ((row, place), self._neighbours(row, place)):
                    counts += np.bincount(found, minlength=len(counts))
                    kept = (found != self._other) & (counts[found] <= most)
                    if only is not None:
                        kept &= found == only
                    features.append(found[kept])
                    places.append(at[kept].astype(self._kind))
        if only is None:
            self._counts = counts
        which, where = np.concatenate(features), np.concatenate(places)
        few = counts[which] <= most
        which, where = which[few], where[few]
        order = np.lexsort((where, which))
        return which[order], where[order]

    def _places_of(self, texts: Sequence[int]) -> Numbers:
        """The places of all words of some texts."""
        numbers = np.array(texts, dtype=np.int64)
        lengths = self._lengths[numbers]
        before = np.cumsum(lengths) - lengths
        found: Numbers = np.arange(int(lengths.sum())) + np.repeat(self._bounds[numbers] - before, lengths)
        return found

    def _neighbours(self, row: NDArray[np.int32], place: Numbers) -> tuple[NDArray[np.int32], Numbers]:
        """The pairs of sought neighbours in a row as features, each with the place of its first word."""
        known = row != self._other
        first = np.flatnonzero(known[:-1] & known[1:] & (np.diff(place) == 1))
        keys = row[first].astype(np.int64) * self._other + row[first + 1]
        found = np.searchsorted(self._pairs, keys)
        there = found < len(self._pairs)
        there[there] = self._pairs[found[there]] == keys[there]
        return (found[there] + self._other + 1).astype(np.int32), place[first[there]]
