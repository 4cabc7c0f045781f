"""What a quotation is compared by: its compared words, which of them carry content, and rare features of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

from quotealign.languages import Language, language
from quotealign.model import Quotation
from quotealign.text.spelling import base_spelling
from quotealign.text.stems import stem
from quotealign.text.subwords import Subwords
from quotealign.text.tokens import is_unspaced, words

Features = frozenset[str]


@dataclass(frozen=True, slots=True)
class Shape:
    """A quotation as compared: word stems in order, whether each carries content, and its features."""

    quotation: Quotation
    stems: tuple[str, ...]
    content: tuple[bool, ...]
    features: Features

    @property
    def size(self) -> int:
        """The number of content words."""
        return sum(self.content)


def shape(quotation: Quotation, subwords: Subwords | None) -> Shape:
    """The shape of one quotation. Unspaced scripts are cut into subwords, since they show no words."""
    rules = language(quotation.lang)
    if is_unspaced(quotation.text) and subwords is not None:
        stems = tuple(quotation.text[s:e] for s, e in subwords.surface(quotation.text) if quotation.text[s:e].strip())
        content = tuple(any(c.isalnum() for c in piece) for piece in stems)
    else:
        compared = words(quotation.text)
        stems = tuple(stem(base_spelling(word, rules), rules) for word in compared)
        content = tuple(_carries_content(word, rules) for word in compared)
    return Shape(quotation, stems, content, frozenset(_features(stems, content, quotation.text, subwords)))


def _carries_content(word: str, rules: Language) -> bool:
    known = word in rules.function_words or word in rules.contractions
    return not known and (len(word) > 1 or word.isdigit())


def _features(stems: Iterable[str], content: Iterable[bool], text: str, subwords: Subwords | None) -> Iterable[str]:
    kept = list(zip(stems, content, strict=True))
    for (a, is_content), following in zip_longest(kept, kept[1:]):
        if is_content:
            yield a
        if following is not None and (is_content or following[1]):
            yield f"{a} {following[0]}"
    if subwords is not None and subwords.size:
        # Long pieces only: they bridge inflection and compounds; short ones are everywhere.
        yield from (f"~{piece}" for piece in subwords.pieces(text) if len(piece) > 4)
