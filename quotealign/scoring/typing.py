"""Typing of edits: what kind of change it is that one word stands where another stood.

`LAYERS` are asked in order, from the harmless to the grave; the first that explains the difference names it, and
what it explains is not charged again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from quotealign.languages import Language
from quotealign.text.edits import word_similarity
from quotealign.text.normalization import fold, fold_accents, fold_typography, is_word
from quotealign.text.spelling import base_spelling
from quotealign.text.stems import stem
from quotealign.text.tokens import Piece

_DIGITS = re.compile(r"^\d+(?:[.,]\d+)*$")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words in each other's place, and the language they are read in."""

    a: Piece
    b: Piece
    rules: Language


Layer = Callable[[Pair], str | None]


def _typography(pair: Pair) -> str | None:
    if not is_word(pair.a.text) and not is_word(pair.b.text):
        return "punctuation"
    return "punctuation" if fold_typography(pair.a.text) == fold_typography(pair.b.text) else None


def _case(pair: Pair) -> str | None:
    return "case" if fold(pair.a.text) == fold(pair.b.text) else None


def _bracket(pair: Pair) -> str | None:
    edited = any(c in "[(" for c in pair.a.text + pair.b.text)
    same = pair.a.n == pair.b.n or stem(pair.a.n, pair.rules) == stem(pair.b.n, pair.rules)
    return "bracket" if edited and same else None


def _contraction(pair: Pair) -> str | None:
    # Contractions are compared as the words that they stand for: equal here, though printed otherwise.
    return "contraction" if pair.a.n == pair.b.n else None


def _spelling(pair: Pair) -> str | None:
    x, y = base_spelling(pair.a.n, pair.rules), base_spelling(pair.b.n, pair.rules)
    joined = x.replace("-", "") == y.replace("-", "") or fold_accents(x) == fold_accents(y)
    return "spelling" if joined else None


def _number(pair: Pair) -> str | None:
    x, y = number(pair.a.n, pair.rules), number(pair.b.n, pair.rules)
    if x is None or y is None:
        return None
    return "numeral" if x == y else "number"


def _date(pair: Pair) -> str | None:
    rules = pair.rules
    if pair.a.n in rules.months and pair.b.n in rules.months:
        return "spelling" if rules.months[pair.a.n] == rules.months[pair.b.n] else "date"
    return "date" if pair.a.n in rules.weekdays and pair.b.n in rules.weekdays else None


def _negation(pair: Pair) -> str | None:
    return "negation" if negates(pair.a.n, pair.rules) != negates(pair.b.n, pair.rules) else None


def _antonym(pair: Pair) -> str | None:
    rules = pair.rules
    x, y = base_spelling(pair.a.n, rules), base_spelling(pair.b.n, rules)
    opposed = y in rules.antonyms.get(x, ()) or pair.b.n in rules.antonyms.get(pair.a.n, ())
    prefixed = (
        any(x == p + y or y == p + x for p in ("un", "in", "im", "dis", "non-", "non")) and min(len(x), len(y)) > 3
    )
    return "antonym" if opposed or prefixed else None


def _inflection(pair: Pair) -> str | None:
    x, y = (base_spelling(p.n, pair.rules) for p in (pair.a, pair.b))
    return "inflection" if stem(x, pair.rules) == stem(y, pair.rules) else None


def _listed(pair: Pair) -> str | None:
    rules = pair.rules
    for kind, words in (("modality", rules.modals), ("quantifier", rules.quantifiers), ("pronoun", rules.pronouns)):
        if pair.a.n in words and pair.b.n in words:
            return kind
    return "intensity" if pair.a.n in rules.intensifiers and pair.b.n in rules.intensifiers else None


def _function(pair: Pair) -> str | None:
    words = pair.rules.function_words
    return "function" if pair.a.n in words and pair.b.n in words else None


def _name(pair: Pair) -> str | None:
    if not (pair.a.text[:1].isupper() and pair.b.text[:1].isupper()) or pair.rules.noun_capitals:
        return None
    if pair.a.start == 0 and pair.b.start == 0:
        return None  # every text begins with a capital
    x, y = fold_accents(pair.a.text), fold_accents(pair.b.text)
    return "spelling" if word_similarity(x, y) >= 0.75 and x[:1] == y[:1] else "name"


def _derivation(pair: Pair) -> str | None:
    x, y = fold_accents(pair.a.n), fold_accents(pair.b.n)
    same_root = len(x) > 4 and len(y) > 4 and x[:4] == y[:4] and word_similarity(x, y) >= 0.55
    return "derivation" if same_root else None


LAYERS: tuple[Layer, ...] = (
    _typography,  # marks, dashes, spaces
    _case,
    _bracket,  # declared edits: agree(ing)
    _contraction,
    _spelling,
    _number,  # before inflection: 2 and 20 are near in letters only
    _date,
    _negation,
    _antonym,  # before derivation: legal and illegal share a root
    _inflection,
    _listed,
    _function,
    _name,
    _derivation,
)


def kind_of(a: Piece, b: Piece, rules: Language) -> str:
    """The kind of the change from `a` to `b`; `substitution` where no layer explains it."""
    pair = Pair(a, b, rules)
    return next((kind for layer in LAYERS if (kind := layer(pair))), "substitution")


def number(word: str, rules: Language) -> float | None:
    """The value of a number in digits or words, None for another word."""
    word = rules.numbers.get(word, word)
    if not _DIGITS.match(word):
        return None
    digits = word
    # 1,234,567 and 1.234.567 group by threes; anything else is a decimal mark.
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits):
        return float(re.sub(r"[.,]", "", digits))
    try:
        return float(digits.replace(",", "."))
    except ValueError:
        return None


def negates(word: str, rules: Language) -> bool:
    """Whether a word denies: not, never, don't."""
    return word in rules.negations or word.endswith("n't")
