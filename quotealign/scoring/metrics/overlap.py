"""Figures of what two texts have in common, over characters or words, in [0, 1] (RapidFuzz)."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version

from quotealign.scoring.metrics.gauges import Texts
from quotealign.text.edits import common_length, similarity, token_set, token_sort
from quotealign.text.normalization import fold
from quotealign.text.tokens import words


def settings(what: str) -> Callable[[], str]:
    """The signature of a figure that RapidFuzz gives."""

    def signature() -> str:
        return f"{what}|case:folded|version:rapidfuzz-{version('rapidfuzz')}"

    return signature


def levenshtein(texts: Texts) -> float:
    """1 - Levenshtein distance over characters / longer length."""
    return similarity(fold(texts.a), fold(texts.b))


def sorted_words(texts: Texts) -> float:
    """Likeness of the sorted words."""
    return token_sort(fold(texts.a), fold(texts.b))


def set_of_words(texts: Texts) -> float:
    """Likeness of the sets of words."""
    return token_set(fold(texts.a), fold(texts.b))


def containment(texts: Texts) -> float:
    """Share of the shorter text's words in a longest common subsequence of words."""
    x, y = words(texts.a), words(texts.b)
    shorter = min(len(x), len(y))
    return common_length(x, y) / shorter if shorter else float(not x and not y)
