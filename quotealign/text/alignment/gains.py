"""What two tokens gain by standing in one column instead of apart, for a whole vocabulary at once.

Gains are whole numbers (thousandths of a content word), so that sums are exact and the same on every machine.
Keys are compared as numbers, spellings by their distances (Levenshtein).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from quotealign.languages import Language
from quotealign.text.edits import distances
from quotealign.text.likeness import KEYS, NEAR, SHORT, keys, nearness, weight
from quotealign.text.normalization import is_word

Matrix = NDArray[np.int16]
Gain = NDArray[np.int16] | NDArray[np.int64]

UNIT = 1000
MATCH = 2.0
APART = 0.5
"""What each of two tokens loses, by its weight, where it stands alone: saved where they stand together."""
PARTNER = 0.65
"""What two unlike tokens of one class gain, by their weight: a substitution rather than two holes."""
STRANGER = 0.02
"""What a content and a function word gain: they stand together where nothing speaks for another place."""
LOOKS = 0.1
"""Of two unlike words the one that looks a little more alike is the better partner."""
NEVER = -30_000
"""What a word and a mark gain. A column holds words or marks, so that no sum of gains outweighs it."""
_FORBIDDEN = -(10**7)
_BLOCK = 512


def gains(forms: Sequence[str], rules: Language, *, near: bool = True) -> Matrix:
    """A square matrix: the gain of each pair of compared forms. A word and a mark never stand together.

    near  words that are only alike (spelling, number, inflection, letters) gain, too; else the same form only
    Alike is a pair whose gain is above the lighter's weight (`limits`).
    """
    weights = np.array([weight(n, rules) for n in forms])
    words = np.array([is_word(n) for n in forms], dtype=bool)
    lengths = np.array([len(n) for n in forms])
    first: dict[str, int] = {}
    same = np.array([first.setdefault(n, place) for place, n in enumerate(forms)])
    shared = list(zip(_keys(forms, words, rules), KEYS, strict=True)) if near else []
    whole = np.empty((len(forms), len(forms)), dtype=np.int16)
    for start in range(0, len(forms), _BLOCK):
        rows = slice(start, min(start + _BLOCK, len(forms)))
        one, other = weights[rows, None], weights[None, :]
        lighter, apart = np.minimum(one, other), APART * (one + other)
        gain = np.where(one == other, PARTNER * lighter, STRANGER)
        if near:
            # Where somebody else made the tokens, two forms may be empty: they are the same, and far from none.
            longest = np.maximum(np.maximum(lengths[rows, None], lengths[None, :]), 1)
            looks = 1.0 - np.minimum(distances(forms[rows], forms), longest) / longest
            long = np.minimum(lengths[rows, None], lengths[None, :]) > SHORT
            gain += np.where(one == other, LOOKS * looks * lighter, 0.0)
            gain = np.where((looks >= NEAR) & long, MATCH * nearness(looks) * lighter + apart, gain)
        for key, value in reversed(shared):
            gain = np.where(key[rows, None] == key[None, :], MATCH * value * lighter + apart, gain)
        gain = np.where(same[rows, None] == same[None, :], (MATCH + 2 * APART) * lighter, gain)
        whole[rows] = np.rint(np.where(words[rows, None] == words[None, :], gain * UNIT, NEVER))
    return whole


def forbid(gain: Matrix, pairs: Iterable[tuple[int, int]]) -> Gain:
    """The gains with some pairs of forms kept out of one column, however many rows would have them there."""
    strict = np.where(gain == NEVER, _FORBIDDEN, gain.astype(np.int64))
    for i, j in pairs:
        strict[i, j] = strict[j, i] = _FORBIDDEN
    return strict


def limits(forms: Sequence[str], rules: Language) -> list[int]:
    """For each form the gain above which a lighter or equal form is alike, not only a partner."""
    return [round(weight(n, rules) * UNIT) for n in forms]


def _keys(forms: Sequence[str], words: NDArray[np.bool_], rules: Language) -> list[NDArray[np.int64]]:
    """Each key of `keys` as a number a form; marks share none."""
    seen: list[dict[str, int]] = [{} for _ in KEYS]
    rows = [
        [number.setdefault(key, len(number)) for number, key in zip(seen, keys(n, rules), strict=True)]
        if word
        else [-1 - place] * len(KEYS)
        for place, (n, word) in enumerate(zip(forms, words, strict=True))
    ]
    return [np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)]
