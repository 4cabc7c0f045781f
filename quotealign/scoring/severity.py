"""Severity: how gravely an edit of each kind may change what was said, in [0, 1], and where the figure comes from.

The figures are ordered, not calibrated. The order of what is marked `NEWS` follows the share of edits of each type
that readers held to change the meaning of a sentence in annotated news edits; the place of what is marked `ORDER`
is ours. A severity of `GRAVE` or more is taken to change the meaning.
"""

from __future__ import annotations

from typing import NamedTuple

from quotealign.model.divergence import DENIES_MORE, MARKED

GRAVE = 0.5

NEWS = "news edits"
ORDER = "by order"


class Reason(NamedTuple):
    """Why an edit is of its kind, and how grave that is."""

    kind: str
    severity: float
    source: str
    why: str


def _own(kind: str, severity: float, source: str, why: str) -> tuple[str, Reason]:
    return kind, Reason(kind, severity, source, why)


REASONS: dict[str, Reason] = {
    **dict(
        (
            _own("punctuation", 0.01, ORDER, "only marks, dashes or spaces differ"),
            _own("case", 0.01, ORDER, "only capital letters differ"),
            _own("contraction", 0.01, ORDER, "the same words, contracted"),
            _own("merge", 0.02, ORDER, "the same letters, in one word or in two"),
            _own("spelling", 0.02, ORDER, "a spelling variant"),
            _own("bracket", 0.02, ORDER, "an edit that the brackets declare"),
            _own("numeral", 0.02, ORDER, "the same number, written otherwise"),
            _own("synonym", 0.05, NEWS, "a word of the same meaning"),
            _own("inflection", 0.08, ORDER, "the same word, inflected otherwise"),
            _own("function", 0.08, NEWS, "another function word"),
            _own("truncation", 0.1, ORDER, "left out"),
            _own("transposition", 0.15, ORDER, "the same words in another place"),
            _own("related", 0.15, NEWS, "a word of a related meaning"),
            _own("derivation", 0.2, ORDER, "another word of the same root"),
            _own("tense", 0.25, ORDER, "another time"),
            _own("intensity", 0.25, ORDER, "another degree"),
            _own("pronoun", 0.35, ORDER, "another person"),
            _own("unrelated", 0.45, ORDER, "another word, which no list relates to the first"),
            _own("contrast", 0.6, ORDER, "another one of a set"),
            _own("quantifier", 0.6, ORDER, "another quantity"),
            _own("modality", 0.6, ORDER, "another mood: can, may, must"),
            _own("name", 0.66, NEWS, "another name"),
            _own("negation", 0.85, NEWS, "denied in one, not in the other"),
            _own("unit", 0.9, ORDER, "another unit"),
            _own("date", 0.9, ORDER, "another date"),
            _own("antonym", 0.94, NEWS, "the opposite"),
            _own("number", 0.95, NEWS, "another number"),
        )
    ),
    "letters": Reason("punctuation", 0.01, ORDER, "the same letters, printed otherwise"),
    "merged-sentences": Reason("merge", 0.02, ORDER, "two sentences run together, or one taken apart"),
    "unlike": Reason("unrelated", 0.45, ORDER, "other words: too little in common to compare them one by one"),
    "merged-quotations": Reason("merge", 0.1, ORDER, "two quotations run together as one"),
    "sic": Reason("bracket", 0.02, ORDER, "a remark of the editor"),
    "cut": Reason("truncation", 0.1, ORDER, "left out {where}, in silence"),
    "marked-cut": Reason("truncation", 0.1, ORDER, f"left out {{where}}, {MARKED}"),
    "degree-alone": Reason("intensity", 0.2, ORDER, "a word of degree in one only"),
    "two-denials": Reason("negation", 0.2, ORDER, "denied twice in one: not, and the opposite"),
    "moved-denial": Reason("negation", 0.2, ORDER, "denied in both, at another word"),
    "unit-alone": Reason("unit", 0.3, ORDER, "a sign of measure in one only"),
    "quantity-alone": Reason("quantifier", 0.4, ORDER, "a word of quantity in one only"),
    "reference": Reason("related", 0.15, ORDER, "a name for a pronoun"),
    "tone": Reason("antonym", 0.6, ORDER, "a word of good tone against one of bad tone"),
    "near-antonym": Reason("antonym", 0.7, ORDER, "the opposite of a word of the same meaning"),
    "condition": Reason("modality", 0.6, ORDER, "on a condition in one only"),
    "addressee": Reason("pronoun", 0.55, ORDER, "who speaks for who is spoken to"),
    "frame": Reason("modality", 0.6, ORDER, "what another says, or nobody claims, in one only"),
    "hedge": Reason("modality", 0.55, ORDER, "a reserve in one only: almost, allegedly, at least"),
    "question": Reason("modality", 0.6, ORDER, "asked in one, said in the other"),
    "more": Reason("truncation", 0.1, ORDER, "put in {where}, or left out of the other"),
    "limit": Reason("modality", 0.55, ORDER, "until when, or but for what, it is denied, in one only"),
    "denied-word": Reason("negation", 0.55, ORDER, "what the denial beside it is about, in one only"),
    "denied-cut": Reason("truncation", 0.4, ORDER, f"left out {{where}}, in silence; {DENIES_MORE}"),
    "denying-verb": Reason("negation", 0.6, ORDER, "a verb that denies in one only"),
    "shape": Reason("number", 0.95, NEWS, "other digits in the same word"),
}
"""Reasons by name. Where a kind has several, the reason of its own name is the usual one."""

SEVERITY: dict[str, float] = {name: reason.severity for name, reason in REASONS.items() if name == reason.kind}
"""Kinds of edit by rising severity; insertions and deletions have `of_words`."""

_BY_INFORMATION = ((0.0, 0.11), (0.1, 0.25), (0.25, 0.45), (0.5, 0.6), (0.75, 0.8))


def of_words(share: float, *, inserted: bool) -> float:
    """The severity of words put in or left out, by the share of the text's information that they carry.

    Words put in weigh more than words left out: somebody is made to say them.
    """
    level = max(value for least, value in _BY_INFORMATION if share >= least)
    return round(min(1.0, level + (0.1 if inserted and share > 0 else 0.0)), 2)
