"""Two texts with hardly any content in common, whose words are not compared one by one.

An alignment always finds a partner for a word. Between texts that say different things the partners are there by
chance, and so are the opposites, figures and names among them: nothing is claimed of such a pair but that it differs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from quotealign.languages import Language
from quotealign.model import Edit
from quotealign.scoring.edits import Comparison, regions
from quotealign.scoring.information import keys
from quotealign.scoring.making import made
from quotealign.scoring.severity import SEVERITY
from quotealign.text.likeness import likeness
from quotealign.text.tokens import Piece

FAR = 0.5
"""The divergence up to which words are always compared: a common frame, too, makes two texts comparable."""
SHARE = 0.25
"""The share of the poorer text's content words that the other must have."""
FEWEST = 3
"""Content words in the poorer text, below which a share says nothing: no and yes, open and closed."""


class Common(NamedTuple):
    """Content words in common, and those of the poorer text."""

    words: int
    of: int

    @property
    def is_little(self) -> bool:
        """Whether it is too little to compare words."""
        return self.of >= FEWEST and self.words < SHARE * self.of


def common(comparison: Comparison, rules: Language) -> Common:
    """The content words that both texts have: in any place in any form, or aligned and alike."""
    a, b = comparison.a, comparison.b
    key = keys(rules)
    one, other = ({k for k, piece in enumerate(text) if _is_content(piece, rules)} for text in (a, b))
    shared = (Counter(key[a[i].n] for i in one) & Counter(key[b[j].n] for j in other)).total()
    for i, j in comparison.pairs:
        if i in one and j in other and i is not None and j is not None and key[a[i].n] != key[b[j].n]:
            shared += likeness(a[i].n, b[j].n, rules) > 0
    return Common(shared, min(len(one), len(other)))


def _is_content(piece: Piece, rules: Language) -> bool:
    return piece.is_word and piece.n not in rules.function_words


def plain_edits(comparison: Comparison) -> tuple[Edit, ...]:
    """What differs, stretch by stretch, in the order of `a`: other words, words put in, words left out, marks."""
    return tuple(
        _plain(
            [comparison.a[i] for i, _ in comparison.pairs[first:last] if i is not None],
            [comparison.b[j] for _, j in comparison.pairs[first:last] if j is not None],
        )
        for first, last in regions(comparison)
    )


def _plain(a: Sequence[Piece], b: Sequence[Piece]) -> Edit:
    words = [any(piece.is_word for piece in pieces) for pieces in (a, b)]
    if not any(words):
        return made("punctuation", a, b)
    if all(words):
        return made("unlike", a, b)
    return made("deletion" if words[0] else "insertion", a, b, severity=SEVERITY["unrelated"])
