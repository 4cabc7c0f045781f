"""What is said of a word, found out once: texts repeat their words, and most of what is asked of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")

_MOST = 65536


class Remembered(dict[str, T]):
    """A function of one word that remembers its answers: `remembered[word]`, or `each` for a row of words.

    Only for functions that answer the same whenever they are asked. It forgets all when it is full, so that memory
    stays bounded; where words come in rows it costs a third of `functools.lru_cache`.

    >>> lengths = Remembered(len)
    >>> lengths["harbour"], lengths.each(["a", "bridge"])
    (7, [1, 6])
    """

    def __init__(self, answer: Callable[[str], T]) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, word: str) -> T:
        if len(self) >= _MOST:
            self.clear()
        found = self[word] = self._answer(word)
        return found

    def each(self, words: Iterable[str]) -> list[T]:
        """The answers for a row of words, in order."""
        return list(map(self.__getitem__, words))
