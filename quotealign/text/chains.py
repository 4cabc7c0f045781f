"""Chains: the runs of words that two rows have in common, in one order, that tell most (local alignment by chaining).

Runs of equal words are found first (maximal matches), then the best chain of them: what they tell, less what lies
between them in the longer row. A run that tells nothing by itself joins only where it hardly costs anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

_SKIPPED = 0.03
"""What a word of the longer row costs that is passed over between two runs, in words that stand once."""
_FARTHEST = 2.0
"""The most that passing over costs."""
_MOST = 60
"""Runs that are looked at: those that tell most, where there are more."""
_OFTEN = 16
"""Places of one word in the query, above which it begins no run."""
_LEAST = 0.03
"""A single word that is less of what is sought stands there by chance, and is not looked at."""


class Run(NamedTuple):
    """Words that stand in both rows: from `q` of the one and `p` of the other on, `length` of them."""

    q: int
    p: int
    length: int


class Chain(NamedTuple):
    """Runs in the order of both rows, what they tell by the weights of their words, and that less what is skipped."""

    runs: tuple[Run, ...]
    weight: float
    score: float


def best_chain(query: Sequence[int], weights: Sequence[float], row: Sequence[int]) -> Chain:
    """The chain that tells most of the query's words in a row; empty where they share none. 0 is like nothing."""
    sums = list(accumulate(weights, initial=0.0))
    found = _runs(query, row)
    whole = next((run for run in found if run.length == len(query)), None)
    if whole is not None:
        return Chain((whole,), sums[-1], sums[-1])
    runs = [r for r in found if r.length > 1 or weights[r.q] >= _LEAST * sums[-1]]
    if len(runs) > _MOST:
        runs = sorted(runs, key=lambda r: sums[r.q] - sums[r.q + r.length])[:_MOST]
    runs.sort(key=lambda r: (r.p, r.q))
    best: list[float] = []
    back: list[tuple[int, int]] = []
    for k, (q, p, length) in enumerate(runs):
        end = sums[q + length]
        value, before, cut = end - sums[q], -1, 0
        for j in range(k):
            other_q, other_p, other_length = runs[j]
            if other_q >= q:
                continue
            overlap = max(other_q + other_length - q, other_p + other_length - p, 0)
            if overlap >= length:
                continue
            gain = best[j] + end - sums[q + overlap] - min(_FARTHEST, _SKIPPED * (p + overlap - other_p - other_length))
            if gain > value:
                value, before, cut = gain, j, overlap
        best.append(value)
        back.append((before, cut))
    if not runs:
        return Chain((), 0.0, 0.0)
    at = max(range(len(runs)), key=lambda k: (best[k], -k))
    chain: list[Run] = []
    score = best[at]
    while at >= 0:
        before, cut = back[at]
        run = runs[at]
        chain.append(Run(run.q + cut, run.p + cut, run.length - cut))
        at = before
    chain.reverse()
    return Chain(tuple(chain), sum(sums[r.q + r.length] - sums[r.q] for r in chain), score)


def _runs(query: Sequence[int], row: Sequence[int]) -> list[Run]:
    """The maximal runs of words that stand in both. A word that stands often in the query begins none: it joins those
    beside it, so that the cost stays near the sum of both lengths."""
    where: dict[int, list[int]] = defaultdict(list)
    for q, number in enumerate(query):
        if number:
            where[number].append(q)
    found: list[Run] = []
    open_: dict[int, int] = {}
    for p, number in enumerate((*row, 0)):
        places = where.get(number, ())
        if len(places) > _OFTEN:
            places = [q for q in open_ if q < len(query) and query[q] == number]
        now = {q + 1: open_.pop(q, 0) + 1 for q in places}
        # What did not go on has ended here: its words stand right before.
        found += [_widened(q - length, p - length, length, query, row) for q, length in open_.items()]
        open_ = now
    return found


def _widened(q: int, p: int, length: int, query: Sequence[int], row: Sequence[int]) -> Run:
    """The run with the words in front of it that are equal as well."""
    while q and p and query[q - 1] and query[q - 1] == row[p - 1]:
        q, p, length = q - 1, p - 1, length + 1
    return Run(q, p, length)
