"""Words as numbers: each word of a text by the number of its compared form, and where it stands.

A script without spaces between words is taken character by character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from quotealign.text.normalization import fold_accents
from quotealign.text.paragraphs import paragraphs
from quotealign.text.remembered import Remembered
from quotealign.text.tokens import UNSPACED, forms, row, row_between

Numbers = NDArray[np.int64]

_NONE, _CUT = "", "\0"
"""In the place of a form: of a mark, and of what is cut into characters."""
_MARK, _SPLIT = -1, -2
"""The same as numbers."""
_UNSPACED = re.compile(UNSPACED)
_KEPT = np.dtype("<i4")
"""The number of a word as it is kept: four bytes, the lowest first, on every machine."""


def compared(text: str) -> list[str]:
    """The compared forms of the words of a text, in order."""
    # By paragraphs, whose tokens are remembered where the quotations of the text have just been found.
    tokens = [token for span in paragraphs(text) for token in row_between(text, *span).texts]
    found = _FORMS.each(tokens)
    if _CUT in found:
        pairs = zip(tokens, found, strict=True)
        return [f for token, form in pairs for f in (filter(str.isalnum, token) if form == _CUT else (form,)) if f]
    return list(filter(None, found))


def _form(token: str) -> str:
    n, is_word = forms(token)
    if not is_word:
        return _NONE
    return _CUT if _UNSPACED.search(token) else n if n.isascii() else fold_accents(n) or n


_FORMS = Remembered(_form)


class Numbering(dict[str, int]):
    """Numbers of printed tokens, from 1 on as they come: a word's, `_MARK`, or `_SPLIT` for what is to be cut into
    characters. Closed, it gives no new ones: every further word has the same, `other`."""

    def __init__(self) -> None:
        super().__init__()
        self.of_form: dict[str, int] = {}
        self.other = 0

    def __missing__(self, token: str) -> int:
        form = _form(token)
        found = self[token] = _MARK if form == _NONE else _SPLIT if form == _CUT else self._of(form)
        return found

    def _of(self, form: str) -> int:
        if self.other:
            return self.of_form.get(form, self.other)
        return self.of_form.setdefault(form, len(self.of_form) + 1)

    def close(self) -> None:
        """Give no new numbers from now on."""
        self.other = len(self.of_form) + 1

    def read(self, text: str) -> tuple[Numbers, Numbers]:
        """The numbers of a text's words, and their spans in code points."""
        tokens = row(text)
        numbers = np.fromiter(map(self.__getitem__, tokens.texts), dtype=np.int64, count=len(tokens.texts))
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
                found += [(self._of(c), start + k, start + k + 1) for k, c in enumerate(token) if c.isalnum()]
            elif number > 0:
                found.append((number, start, start + len(token)))
        made = np.array(found, dtype=np.int64).reshape(-1, 3)
        return made[:, 0], made[:, 1:]


class Numbered(Protocol):
    """Texts of a collection whose words have numbers, of a vocabulary of their own."""

    def numbers_of(self, forms: Sequence[str]) -> Mapping[str, int]:
        """The numbers of those compared forms that some text has."""

    @property
    def highest(self) -> int:
        """The highest number that a word has."""

    def pages(self) -> Iterator[tuple[Sequence[int], bytes]]:
        """Some texts at a time, in any order: which of the collection they are, and the numbers of all their words,
        as `packed` writes them."""


class Given:
    """Texts that are `Numbered` here, each with its number in the collection; only the numbers are held."""

    highest = 0

    def __init__(self, texts: Iterable[tuple[int, str]]) -> None:
        numbering = Numbering()
        self._rows = {number: packed(numbering.read(text)[0]) for number, text in texts}
        self._of_form = numbering.of_form
        self.highest = len(numbering.of_form)
        self.lengths = {number: amount(words) for number, words in self._rows.items()}
        """How many words each text has."""

    def numbers_of(self, forms: Sequence[str]) -> Mapping[str, int]:
        """As in `Numbered`."""
        return {form: self._of_form[form] for form in forms if form in self._of_form}

    def pages(self) -> Iterator[tuple[Sequence[int], bytes]]:
        """As in `Numbered`."""
        for number, words in self._rows.items():
            yield (number,), words


def packed(numbers: Sequence[int] | Numbers) -> bytes:
    """The numbers of words as they are kept."""
    return np.asarray(numbers, dtype=_KEPT).tobytes()


def unpacked(data: bytes) -> NDArray[np.int32]:
    """The numbers that `packed` wrote."""
    return np.frombuffer(data, dtype=_KEPT)


def amount(data: bytes) -> int:
    """How many words `packed` wrote."""
    return len(data) // _KEPT.itemsize
