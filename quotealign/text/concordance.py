"""A concordance: where each word and each two neighbouring words stand in a collection of texts.

It answers which stretches of which texts share most with a row of words, weighted by how rare the words are (inverse
frequency, Spärck Jones 1972). Words are numbers, their places one long row, so that memory is a few numbers a word and
building it is a sort. A script without spaces between words is taken character by character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from quotealign.text.normalization import fold_accents
from quotealign.text.tokens import UNSPACED, forms, row

Numbers = NDArray[np.int64]

UNKNOWN = 0
"""The number of words that no text has; in the row it stands between two texts."""
_MARK, _SPLIT = -1, -2
_UNSPACED = re.compile(UNSPACED)
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


class _Numbers(dict[str, int]):
    """Numbers of printed tokens: a word's, `_MARK`, or `_SPLIT` for what is to be cut into characters."""

    def __init__(self) -> None:
        super().__init__()
        self.of_form: dict[str, int] = {}

    def __missing__(self, token: str) -> int:
        n, is_word = forms(token)
        if not is_word:
            found = _MARK
        elif _UNSPACED.search(token):
            found = _SPLIT
        else:
            found = self.of_form.setdefault(n if n.isascii() else fold_accents(n) or n, len(self.of_form) + 1)
        self[token] = found
        return found

    def of_character(self, character: str) -> int:
        """The number of one character of an unspaced script."""
        return self.of_form.setdefault(character, len(self.of_form) + 1)


class Concordance:
    """The words of some texts, and where they stand."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._numbers = _Numbers()
        rows: list[Numbers] = []
        places: list[Numbers] = []
        bounds = [0]
        gap = np.zeros((1,), dtype=np.int64)
        for text in texts:
            numbers, spans = self._read(text)
            rows += [numbers, gap]
            places += [spans, np.zeros((1, 2), dtype=np.int64)]
            bounds.append(bounds[-1] + len(numbers) + 1)
        self.row: NDArray[np.int32] = np.concatenate(rows or [gap]).astype(np.int32)
        self._places: NDArray[np.int32] = np.concatenate(places or [np.zeros((1, 2), dtype=np.int64)]).astype(np.int32)
        self._bounds = np.array(bounds, dtype=np.int64)
        self.size = int(np.count_nonzero(self.row))
        """Words in all texts."""
        self._kinds = len(self._numbers.of_form) + 1
        self._counts = np.bincount(self.row, minlength=self._kinds)
        self._order = np.argsort(self.row, kind="stable").astype(np.int32)
        self._first = np.concatenate(([0], np.cumsum(self._counts)))
        pairs = self.row[:-1].astype(np.int64) * self._kinds + self.row[1:]
        self._pair_order = np.argsort(pairs, kind="stable").astype(np.int32)
        self._pairs = pairs[self._pair_order]
        self._bins: dict[int, Numbers] = {}

    def _read(self, text: str) -> tuple[Numbers, Numbers]:
        """The numbers of a text's words, and their spans."""
        tokens = row(text)
        numbers = np.fromiter(map(self._numbers.__getitem__, tokens.texts), dtype=np.int64, count=len(tokens.texts))
        starts = np.array(tokens.starts, dtype=np.int64)
        lengths = np.fromiter(map(len, tokens.texts), dtype=np.int64, count=len(tokens.texts))
        if (numbers == _SPLIT).any():
            return self._split(tokens.texts, numbers, starts)
        words = numbers > 0
        return numbers[words], np.stack((starts, starts + lengths), axis=1)[words]

    def _split(self, texts: Sequence[str], numbers: Numbers, starts: Numbers) -> tuple[Numbers, Numbers]:
        found: list[tuple[int, int, int]] = []
        for token, number, start in zip(texts, numbers.tolist(), starts.tolist(), strict=True):
            if number == _SPLIT:
                found += [
                    (self._numbers.of_character(c), start + k, start + k + 1)
                    for k, c in enumerate(token)
                    if c.isalnum()
                ]
            elif number > 0:
                found.append((number, start, start + len(token)))
        made = np.array(found, dtype=np.int64).reshape(-1, 3)
        return made[:, 0], made[:, 1:]

    def words(self, text: str) -> list[Word]:
        """The words of a text that is looked up, each with its number; `UNKNOWN` for one that no text has."""
        numbers, spans = self._read(text)
        return [
            Word(n if n < self._kinds else UNKNOWN, s, e)
            for n, (s, e) in zip(numbers.tolist(), spans.tolist(), strict=True)
        ]

    def information(self, number: int) -> float:
        """How much the presence of a word tells, in (0, 1]: 1 where it stands nowhere or once."""
        count = self._counts[number] if number else 0
        return max(0.02, 1 - float(np.log(max(count, 1)) / np.log(max(self.size, 2))))

    def bits(self, number: int) -> float:
        """How rare a word is: the binary logarithm of how many words there are to each of it."""
        return float(np.log2(max(self.size, 2) / max(int(self._counts[number]) if number else 0, 1)))

    def span(self, place: int) -> tuple[int, int]:
        """Where in its text the word at a place of the row stands, in code points."""
        start, end = self._places[place].tolist()
        return start, end

    def numbers(self, first: int, last: int) -> list[int]:
        """The words from one place of the row up to another."""
        found: list[int] = self.row[first:last].tolist()
        return found

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
        """For each word and pair of neighbours the bins in which it stands, and what it weighs."""
        most = max(_FEWEST, self.size // _SHARE)
        features: list[tuple[NDArray[np.int32], float]] = []
        for number in sorted(set(words) - {UNKNOWN}):
            features.append((self._order[self._first[number] : self._first[number + 1]], self.information(number)))
        for one, other in sorted(set(pairwise(words))):
            if one and other:
                key = one * self._kinds + other
                start, stop = np.searchsorted(self._pairs, (key, key + 1))
                weight = (self.information(one) + self.information(other)) / 2
                features.append((self._pair_order[start:stop], weight))
        kept = [f for f in features if 0 < len(f[0]) <= most]
        if not kept:
            kept = sorted((f for f in features if len(f[0])), key=lambda f: len(f[0]))[:1]
        hits, values = [], []
        for places, weight in kept:
            bins = self._bins_of(places.astype(np.int64), size, within)
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
