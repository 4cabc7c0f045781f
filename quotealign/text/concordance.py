"""A concordance: where each word and each two neighbouring words stand in a collection of texts.

Words are numbers, their places one long row, so that memory is a few numbers a word and building it is a sort.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy

import numpy as np
from numpy.typing import NDArray

from quotealign.text.numbering import Numbering, Numbers
from quotealign.text.places import UNKNOWN, Places, Word


class Concordance(Places):
    """The words of some texts, and where they stand."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._numbers = Numbering()
        rows: list[Numbers] = []
        places: list[Numbers] = []
        lengths = []
        gap = np.zeros((1,), dtype=np.int64)
        for text in texts:
            numbers, spans = self._numbers.read(text)
            rows += [numbers, gap]
            places += [spans, np.zeros((1, 2), dtype=np.int64)]
            lengths.append(len(numbers))
        super().__init__(lengths)
        self._gone: tuple[tuple[int, int], ...] = ()
        self.row: NDArray[np.int32] = np.concatenate(rows or [gap]).astype(np.int32)
        self._places: NDArray[np.int32] = np.concatenate(places or [np.zeros((1, 2), dtype=np.int64)]).astype(np.int32)
        self._kinds = len(self._numbers.of_form) + 1
        self._counts = np.bincount(self.row, minlength=self._kinds)
        self._order = np.argsort(self.row, kind="stable").astype(np.int32)
        self._first = np.concatenate(([0], np.cumsum(self._counts)))
        pairs = self.row[:-1].astype(np.int64) * self._kinds + self.row[1:]
        self._pair_order = np.argsort(pairs, kind="stable").astype(np.int32)
        self._pairs = pairs[self._pair_order]

    def words(self, text: str) -> list[Word]:
        """The words of a text that is looked up, each with its number; `UNKNOWN` for one that no text has."""
        numbers, spans = self._numbers.read(text)
        return [
            Word(n if n < self._kinds else UNKNOWN, s, e)
            for n, (s, e) in zip(numbers.tolist(), spans.tolist(), strict=True)
        ]

    def without(self, texts: Iterable[int]) -> Concordance:
        """The same without some of the texts: the others keep their numbers, and what these have stands nowhere."""
        other = copy(self)
        bounds = [(int(self._bounds[k]), int(self._bounds[k + 1])) for k in sorted(texts)]
        other._gone = (*self._gone, *bounds)
        other._resize(self.size - sum(end - start - 1 for start, end in bounds))
        return other

    def span(self, place: int) -> tuple[int, int]:
        """Where in its text the word at a place of the row stands, in code points."""
        start, end = self._places[place].tolist()
        return start, end

    def numbers(self, first: int, last: int) -> list[int]:
        """The words from one place of the row up to another."""
        found: list[int] = self.row[first:last].tolist()
        return found

    def _count(self, *words: int) -> int:
        if self._gone:
            return len(self._where(*words))
        first, last = self._range(*words)
        return last - first

    def _where(self, *words: int) -> NDArray[np.int32]:
        order = self._order if len(words) == 1 else self._pair_order
        found = order[slice(*self._range(*words))]
        for start, end in self._gone:
            found = np.delete(found, slice(*np.searchsorted(found, (start, end)).tolist()))
        return found

    def _range(self, *words: int) -> tuple[int, int]:
        if len(words) == 1:
            return int(self._first[words[0]]), int(self._first[words[0] + 1])
        key = words[0] * self._kinds + words[1]
        first, last = np.searchsorted(self._pairs, (key, key + 1)).tolist()
        return first, last
