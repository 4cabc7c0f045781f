"""The path through a table of gains that gains most: a heaviest common subsequence (Needleman & Wunsch 1970).

The table is filled a line at a time, three operations on a whole line. Only every `_BLOCK`th line is kept; on the
way back the lines between are filled again, so that memory grows with the sum of the lengths, not their product.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Gains = Callable[[int, int], NDArray[np.int32]]
"""The gains of the lines from one up to another: a row a line, a column a token."""

_BLOCK = 256


class Table:
    """What the first i lines and the first j tokens gain at best, for all i and j."""

    def __init__(self, gains: Gains, height: int, width: int) -> None:
        self._gains, self._height, self._width = gains, height, width
        self._first = [np.zeros(width + 1, dtype=np.int32)]
        self._last = self._first[0][None, :], np.zeros((0, width), dtype=np.int32)
        for start in range(0, height, _BLOCK):
            self._last = self._fill(start)
            self._first.append(self._last[0][-1].copy())
        self.gain = int(self._first[-1][-1])

    def _fill(self, start: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        gain = self._gains(start, min(start + _BLOCK, self._height))
        best = np.zeros((len(gain) + 1, self._width + 1), dtype=np.int32)
        best[0] = self._first[start // _BLOCK]
        for i in range(len(gain)):
            above, line = best[i], best[i + 1]
            np.add(above[:-1], gain[i], out=line[1:])
            np.maximum(line, above, out=line)
            np.maximum.accumulate(line, out=line)
        return best, gain

    def gain_of(self, pairs: Sequence[tuple[int, int]]) -> int:
        """What some pairs of line and token gain together."""
        places = np.array(pairs, dtype=np.intp).reshape(-1, 2)
        total = 0
        for start in range(0, self._height, _BLOCK):
            here = places[(places[:, 0] >= start) & (places[:, 0] < start + _BLOCK)]
            if len(here):
                gain = self._last[1] if start + _BLOCK >= self._height else self._gains(start, start + _BLOCK)
                total += int(gain[here[:, 0] - start, here[:, 1]].sum())
        return total

    def path(self, alike: Callable[[int, int], bool]) -> list[tuple[int, int]]:
        """The pairs on the best path. Of paths that gain the same: the last of several places that are `alike`, and
        as far left as goes for what is not."""
        pairs: list[tuple[int, int]] = []
        i, j = self._height, self._width
        start = (max(self._height - 1, 0) // _BLOCK) * _BLOCK
        best, gain = self._last
        while i and j:
            if i == start:
                start -= _BLOCK
                best, gain = self._fill(start)
            line, above = best[i - start], best[i - start - 1]
            value = line[j]
            up, left = above[j] == value, line[j - 1] == value
            together = not (up or left)
            if not together and above[j - 1] + gain[i - start - 1, j - 1] == value:
                together = alike(i - 1, j - 1)
            if together:
                i, j = i - 1, j - 1
                pairs.append((i, j))
            elif up:
                i -= 1
            else:
                j -= 1
        return pairs[::-1]
