"""Distances and edit operations between two texts or two rows of tokens (RapidFuzz)."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, LCSseq, Levenshtein, Opcode


def opcodes(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Opcode]:
    """The fewest substitutions, insertions and deletions that turn row `a` into row `b`, runs joined."""
    return list(Levenshtein.opcodes(a, b))


def similarity(a: Sequence[Hashable], b: Sequence[Hashable]) -> float:
    """1 - Levenshtein distance / longer length, in [0, 1]; two empty rows are alike."""
    return Levenshtein.normalized_similarity(a, b)


@lru_cache(maxsize=262144)
def word_similarity(a: str, b: str) -> float:
    """How alike two words are spelt, in [0, 1]: Levenshtein over characters."""
    return Levenshtein.normalized_similarity(a, b)


@lru_cache(maxsize=None)
def _cdist() -> Any:
    # Imported late: it brings numpy.
    from rapidfuzz.process import cdist

    return cdist


def distances(a: Sequence[str], b: Sequence[str]) -> Any:
    """Levenshtein distances of all pairs of words, a numpy matrix of bytes; those beyond 254 are given as 255."""
    return _cdist()(a, b, scorer=Levenshtein.distance, score_cutoff=254, dtype="uint8")


def token_sort(a: str, b: str) -> float:
    """Likeness of the sorted words, in [0, 1]: order does not count."""
    return fuzz.token_sort_ratio(a, b) / 100


def token_set(a: str, b: str) -> float:
    """Likeness of the sets of words, in [0, 1]: order and repetition do not count, what one has more counts little."""
    return fuzz.token_set_ratio(a, b) / 100


def partial(a: str, b: str) -> float:
    """Likeness of the shorter text and its best place in the longer, in [0, 1]."""
    return fuzz.partial_ratio(a, b) / 100


def common_length(a: Sequence[Hashable], b: Sequence[Hashable]) -> int:
    """The length of a longest common subsequence of two rows."""
    return LCSseq.similarity(a, b)


def common_runs(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[tuple[int, int, int]]:
    """Runs of a longest common subsequence of two rows: begin in `a`, begin in `b`, length."""
    return [(block.a, block.b, block.size) for block in Indel.opcodes(a, b).as_matching_blocks() if block.size]
