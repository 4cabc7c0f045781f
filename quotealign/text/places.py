"""Places: which stretches of which texts share most with a row of words, weighted by how rare the words are.

Inverse frequency: Spärck Jones 1972. All words of a collection stand in one long row, text after text, a gap between
two; a place is a number in this row. Where the words stand is held by `Concordance`, or gathered from what is kept.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from quotealign.text.numbering import Numbers

UNKNOWN = 0
"""The number of words that no text has; in the row it stands between two texts."""
_WINDOW = 32
"""The shortest stretch that is looked at as a whole, in words."""
_SHARE, _FEWEST = 200, 500
"""A word that is more than a 200th of all, and stands more than 500 times, chooses no stretch: pairs with it do."""


class Word(NamedTuple):
    """A word of a text that is looked up: its number, and its place in code points."""

    number: int
    start: int
    end: int


class Stretch(NamedTuple):
    """Some words of a text, numbered through the collection: `first` up to `last`; `shared` is for ranking only."""

    text: int
    first: int
    last: int
    shared: float


class Places(ABC):
    """Where words stand in some texts. `lengths` are those of the texts, in words."""

    def __init__(self, lengths: Sequence[int]) -> None:
        self._bounds = np.concatenate(([0], np.cumsum(np.array(lengths, dtype=np.int64) + 1)))
        self._bins: dict[int, Numbers] = {}
        self._resize(int(self._bounds[-1]) - len(lengths))

    def _resize(self, size: int) -> None:
        self.size = size
        """Words in all texts."""
        self._most = max(_FEWEST, size // _SHARE)

    @abstractmethod
    def words(self, text: str) -> list[Word]:
        """The words of a text that is looked up, each with its number; `UNKNOWN` for one that no text has."""

    @abstractmethod
    def span(self, place: int) -> tuple[int, int]:
        """Where in its text the word at a place of the row stands, in code points."""

    @abstractmethod
    def numbers(self, first: int, last: int) -> list[int]:
        """The words from one place of the row up to another, both in one text."""

    @abstractmethod
    def _count(self, *words: int) -> int:
        """How often a word stands in the row, or two side by side."""

    @abstractmethod
    def _where(self, *words: int) -> NDArray[np.int32] | Numbers:
        """The places of a word, or of the first of two side by side, in rising order."""

    def information(self, number: int) -> float:
        """How much the presence of a word tells, in (0, 1]: 1 where it stands nowhere or once."""
        count = self._count(number) if number else 0
        return max(0.02, 1 - float(np.log(max(count, 1)) / np.log(max(self.size, 2))))

    def bits(self, number: int) -> float:
        """How rare a word is: the binary logarithm of how many words there are to each of it."""
        return float(np.log2(max(self.size, 2) / max(self._count(number) if number else 0, 1)))

    def stretches(self, words: Sequence[int], most: int, *, within: int | None = None) -> list[Stretch]:
        """The stretches that share most with some words, each with as many words again on both sides; best first.

        within  the number of the only text to be searched
        """
        size = max(_WINDOW, len(words))
        hits, values = self._shared(words, size, within)
        if not hits:
            return []
        bins, place = np.unique(np.concatenate(hits), return_inverse=True)
        lengths = [len(h) for h in hits]
        score = np.bincount(place, weights=np.repeat(values, lengths))
        follows = np.flatnonzero(np.diff(bins) == 1)
        both = score.copy()
        both[follows] += score[follows + 1]
        ranked = np.lexsort((bins, -both))
        found: list[Stretch] = []
        taken: set[int] = set()
        first_bins = self._first_bins(size)
        for k in ranked.tolist():
            if len(found) == most:
                break
            bin_ = int(bins[k])
            if bin_ in taken:
                continue
            taken |= {bin_ - 1, bin_, bin_ + 1}
            text = int(np.searchsorted(first_bins, bin_, "right")) - 1
            begin, end = int(self._bounds[text]), int(self._bounds[text + 1]) - 1
            start = begin + (bin_ - int(first_bins[text])) * size
            found.append(
                Stretch(text, max(begin, start - len(words)), min(end, start + 2 * size + len(words)), float(both[k]))
            )
        return found

    def _shared(self, words: Sequence[int], size: int, within: int | None) -> tuple[list[Numbers], list[float]]:
        """For each word and pair of neighbours the bins in which it stands, and what it weighs.

        They come in the order of the words, not of their numbers: sums must not depend on what else is in the texts.
        """
        features: list[tuple[tuple[int, ...], float]] = []
        for number in dict.fromkeys(words):
            if number != UNKNOWN:
                features.append(((number,), self.information(number)))
        for one, other in dict.fromkeys(pairwise(words)):
            if one and other:
                features.append(((one, other), (self.information(one) + self.information(other)) / 2))
        counts = {feature: self._count(*feature) for feature, _ in features}
        kept = [(f, weight) for f, weight in features if 0 < counts[f] <= self._most]
        if not kept:
            kept = sorted(((f, w) for f, w in features if counts[f]), key=lambda pair: counts[pair[0]])[:1]
        hits, values = [], []
        for feature, weight in kept:
            bins = self._bins_of(self._where(*feature).astype(np.int64), size, within)
            if len(bins):
                hits.append(bins[np.concatenate(([True], bins[1:] != bins[:-1]))])
                values.append(weight)
        return hits, values

    def _bins_of(self, places: Numbers, size: int, within: int | None) -> Numbers:
        """The bins of places in rising order: no bin holds words of two texts."""
        if within is not None:
            places = places[(places >= self._bounds[within]) & (places < self._bounds[within + 1])]
        text = np.searchsorted(self._bounds, places, "right") - 1
        found: Numbers = (places - self._bounds[text]) // size + self._first_bins(size)[text]
        return found

    def _first_bins(self, size: int) -> Numbers:
        if size not in self._bins:
            # One bin more for each text, so that the last of one and the first of the next are no neighbours.
            self._bins[size] = np.concatenate(([0], np.cumsum(np.diff(self._bounds) // size + 2)))
        return self._bins[size]
