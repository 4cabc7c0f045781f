"""Sounds: whether two names are one name, spelled in two ways: Iwanow and Ivanov, Qaddafi and Kadafi."""

from __future__ import annotations

from functools import lru_cache

from quotealign.text.edits import word_similarity
from quotealign.text.normalization import fold_accents

_SAME_NAME = 0.75
_SOUNDS = (
    *(("sch", "sh"), ("tch", "ch"), ("ph", "f"), ("th", "t"), ("kh", "h"), ("ck", "k"), ("ou", "u"), ("oo", "u")),
    *(("ee", "i"), ("w", "v"), ("y", "i"), ("j", "i"), ("c", "k"), ("q", "k"), ("z", "s")),
)


def sound_alike(a: str, b: str) -> bool:
    """Whether two names are near in letters or in sound, and begin with the same sound."""
    x, y = fold_accents(a), fold_accents(b)
    near = word_similarity(x, y) >= _SAME_NAME or word_similarity(_sound(x), _sound(y)) >= _SAME_NAME
    return near and _sound(x)[:1] == _sound(y)[:1]


@lru_cache(maxsize=4096)
def _sound(name: str) -> str:
    """A name without what spellings of other scripts and languages differ in."""
    for spelling, sound in _SOUNDS:
        name = name.replace(spelling, sound)
    return "".join(c for k, c in enumerate(name) if k == 0 or c != name[k - 1])
