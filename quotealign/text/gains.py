"""What two tokens gain by standing in one column instead of apart, for a whole vocabulary at once.

Gains are whole numbers (thousandths of a content word), so that sums are exact and the same on every machine.
Likeness of keys is compared by number, likeness of spelling by RapidFuzz's `cdist` (Levenshtein).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from quotealign.languages import Language
from quotealign.text.likeness import KEYS, NEAR, SHORT, keys, nearness, weight
from quotealign.text.normalization import is_word

Matrix = NDArray[np.int16]

_UNIT = 1000
_MATCH = 2.0
_MISMATCH = -0.35
_GAP = -0.5
_LOOKS = 0.1
"""Of two unlike words the one that looks a little more alike is the better partner."""
_NEVER = -30_000
_BLOCK = 512
_FARTHEST = 255  # what a distance of one byte can hold


def gains(forms: Sequence[str], rules: Language, *, near: bool = True) -> Matrix:
    """A square matrix: the gain of each pair of compared forms.

    near  words that are only alike (spelling, number, inflection, letters) gain, too; else the same form only
    Alike is a pair whose gain is above the lighter's weight (`limits`). A word and a mark never stand together; a
    content and a function word gain nothing.
    """
    weights = np.array([weight(n, rules) for n in forms])
    words = np.array([is_word(n) for n in forms], dtype=bool)
    names = _keys(forms, words, rules) if near else [np.arange(len(forms))]
    values = KEYS if near else (1.0,)
    lengths = np.array([len(n) for n in forms])
    whole = np.empty((len(forms), len(forms)), dtype=np.int16)
    for start in range(0, len(forms), _BLOCK):
        rows = slice(start, min(start + _BLOCK, len(forms)))
        pairs = weights[rows, None], weights[None, :]
        lighter, apart = np.minimum(*pairs), -_GAP * (pairs[0] + pairs[1])
        gain = np.where(pairs[0] == pairs[1], _MISMATCH * lighter + apart, 0.0)
        if near:
            longer = np.maximum(lengths[rows, None], lengths[None, :])
            distance = cdist(
                forms[rows], forms, scorer=Levenshtein.distance, score_cutoff=_FARTHEST - 1, dtype=np.uint8
            )
            looks = np.where(words[rows, None] & words[None, :], 1.0 - np.minimum(distance, longer) / longer, 0.0)
            gain += np.where(gain > 0, _LOOKS * looks * lighter, 0.0)
            short = np.minimum(lengths[rows, None], lengths[None, :]) <= SHORT
            gain = np.where(
                (looks >= NEAR) & ~short & (gain > 0), _MATCH * nearness(looks) * lighter + apart, gain
            )
        for key, value in reversed(list(zip(names, values, strict=True))):
            gain = np.where(key[rows, None] == key[None, :], _MATCH * value * lighter + apart, gain)
        same = np.arange(rows.start, rows.stop)
        gain[np.arange(len(same)), same] = (_MATCH + 1.0) * weights[rows]
        gain = np.where(words[rows, None] == words[None, :], gain * _UNIT, _NEVER)
        whole[rows] = np.rint(gain).astype(np.int16)
    return whole


def limits(forms: Sequence[str], rules: Language) -> list[int]:
    """For each form the gain above which a lighter or equal form is alike, not only a partner."""
    return [round(weight(n, rules) * _UNIT) for n in forms]


def _keys(forms: Sequence[str], words: NDArray[np.bool_], rules: Language) -> list[NDArray[np.int64]]:
    """Each key of `keys` as a number a form; marks share none."""
    numbered: list[Callable[[str], int]] = []
    for _ in KEYS:
        seen: dict[str, int] = {}
        numbered.append(lambda key, seen=seen: seen.setdefault(key, len(seen)))
    rows = [
        [number(key) for number, key in zip(numbered, keys(n, rules), strict=True)]
        if word
        else [-1 - place] * len(KEYS)
        for place, (n, word) in enumerate(zip(forms, words, strict=True))
    ]
    return [np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)]
