"""The base text of an apparatus, by a named policy. Which witness is best an editor says; these are ways to begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from quotealign.errors import NameUnknown
from quotealign.model import Reading, Witness

Lemma = tuple[int | None, ...]
"""For each unit the row whose reading is the base text there."""

_Table = Sequence[Sequence[Reading]]
_Policy = Callable[[Sequence[Witness], _Table], Lemma | None]


def lemma(policy: str, witnesses: Sequence[Witness], table: _Table) -> Lemma | None:
    """The row of the lemma in each unit, or None without a base text.

    policy  `none`; `majority`, unit by unit the reading of most witnesses; `earliest`, the witness with the first
            date, of several or without dates the one given first; `longest`, the witness with most tokens
    Raises `NameUnknown` for any other. Ties are decided by the words, not by the order of the witnesses.
    """
    if policy not in POLICIES:
        raise NameUnknown(f"no lemma policy {policy!r}", do=f"use one of {', '.join(POLICIES)}")
    return POLICIES[policy](witnesses, table) if witnesses else None


def _none(witnesses: Sequence[Witness], table: _Table) -> None:
    return None


def _majority(witnesses: Sequence[Witness], table: _Table) -> Lemma:
    return tuple(_most_read([_compared(row[number]) for row in table]) for number in range(len(table[0])))


def _most_read(readings: Sequence[tuple[str, ...]]) -> int:
    counts = Counter(readings)
    # Of as many, words rather than nothing, then by the alphabet.
    return readings.index(min(counts, key=lambda reading: (-counts[reading], not reading, reading)))


def _compared(reading: Reading) -> tuple[str, ...]:
    return tuple(token.n for token in reading or ())


def _earliest(witnesses: Sequence[Witness], table: _Table) -> Lemma:
    first = min(range(len(witnesses)), key=lambda row: (not witnesses[row].date, witnesses[row].date, row))
    return (first,) * len(table[0])


def _longest(witnesses: Sequence[Witness], table: _Table) -> Lemma:
    longest = min(range(len(witnesses)), key=lambda row: (-len(witnesses[row].tokens), witnesses[row].text, row))
    return (longest,) * len(table[0])


POLICIES: Mapping[str, _Policy] = {
    "none": _none,
    "majority": _majority,
    "earliest": _earliest,
    "longest": _longest,
}
"""Names that a user may give, with what they mean above."""
