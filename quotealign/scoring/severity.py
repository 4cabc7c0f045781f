"""Severity: how gravely an edit of each kind may change what was said, in [0, 1].

The figures are ordered, not calibrated. Their order follows the share of edits of each type that readers held to
change the meaning of a sentence in annotated news edits; where no such share is known, the place in the order is
ours. A severity of `GRAVE` or more is taken to change the meaning.
"""

from __future__ import annotations

GRAVE = 0.5

SEVERITY: dict[str, float] = {
    "punctuation": 0.01,
    "case": 0.01,
    "contraction": 0.01,
    "spelling": 0.02,
    "bracket": 0.02,
    "numeral": 0.02,
    "inflection": 0.08,
    "function": 0.08,
    "derivation": 0.2,
    "truncation": 0.1,
    "transposition": 0.15,
    "pronoun": 0.35,
    "intensity": 0.3,
    "substitution": 0.45,
    "quantifier": 0.6,
    "modality": 0.6,
    "name": 0.66,
    "negation": 0.85,
    "date": 0.9,
    "antonym": 0.94,
    "number": 0.95,
}
"""Kinds of edit by rising severity; insertions and deletions have `of_words`."""

_BY_INFORMATION = ((0.0, 0.11), (0.1, 0.25), (0.25, 0.45), (0.5, 0.6), (0.75, 0.8))


def of_words(share: float, *, inserted: bool) -> float:
    """The severity of words put in or left out, by the share of the text's content words that they are.

    Words put in weigh more than words left out: somebody is made to say them.
    """
    level = max(value for least, value in _BY_INFORMATION if share >= least)
    return round(min(1.0, level + (0.1 if inserted and share > 0 else 0.0)), 2)
