"""Which words of two texts stand for each other, token by token: within a language the alignment that edits are read
from, between two languages only what can be known without a dictionary (`text/crosslingual.py`)."""

from __future__ import annotations

from typing import NamedTuple

from quotealign.languages import language
from quotealign.scoring.metrics import Texts
from quotealign.text.alignment import align_pairs
from quotealign.text.crosslingual import compare
from quotealign.text.tokens import tokenize


class Words(NamedTuple):
    """The words and marks of two texts, and the pairs of places (from 0) that stand together, in order."""

    a: tuple[str, ...]
    b: tuple[str, ...]
    pairs: tuple[tuple[int, int], ...]


def words_of(texts: Texts) -> Words:
    """The tokens of two texts and their alignment. Words that were replaced stand together with what replaced them."""
    x, y = tokenize(texts.a), tokenize(texts.b)
    if texts.is_across:
        found = compare(x, y, language(texts.lang_a), language(texts.lang_b))
        pairs = sorted((*found.numbers, *found.names, *found.cognates, *found.listed))
    else:
        rows = tuple(p.n for p in x), tuple(p.n for p in y)
        (columns,) = align_pairs([rows], language(texts.lang_a))
        pairs = [(i, j) for i, j in columns if i is not None and j is not None]
    return Words(tuple(p.text for p in x), tuple(p.text for p in y), tuple(pairs))
