"""Work on many trees in little memory: in a thread that is given up now and then, with what libxml2 kept in it.

libxml2 keeps names and xml:ids of all trees for as long as the thread lives that made them; one thread for an archive
would need more memory with each file.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_TURN = 500


class Turns:
    """Calls functions one at a time, each so many of them in a thread of their own. They must not hand out trees."""

    def __init__(self) -> None:
        self._number = 0
        self._thread = ThreadPoolExecutor(1)

    def __enter__(self) -> Turns:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.shutdown()

    def call(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What the function returns, or raises."""
        self._number += 1
        if self._number % _TURN == 0:
            self._thread.shutdown()
            self._thread = ThreadPoolExecutor(1)
        return self._thread.submit(function, *args, **kwargs).result()
