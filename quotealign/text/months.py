"""Months that are somebody's name: June Smith, Jan Kolb, and not the June elections."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from quotealign.languages import Language
from quotealign.languages.given_names import gender_of

_CLOSING = frozenset("\"'”“’‘»›") | {"''"}
_OPENING = frozenset("\"'“”„«»‹›‘’‚([:;,—–-")


def names_like_months(texts: Sequence[str], rules: Language) -> list[int]:
    """The positions of those tokens, as printed, that are the name of a month and here of a person.

    A name word follows, and nothing goes before that could lead to a date: the sentence begins there, or a verb of
    speech or a word for a person stands there. Or such a verb follows and a clause begins there; or it ends there
    behind a verb or a given name: May said; said May; Anna May.
    """
    months = _printed(rules)
    return [
        k
        for k, text in enumerate(texts)
        if text in months
        and (_is_family(texts, k, rules) or (_is_followed(texts, k, rules) and _may_follow(texts, k, rules)))
    ]


@lru_cache(maxsize=64)
def _printed(rules: Language) -> frozenset[str]:
    return frozenset(month.capitalize() for month in rules.months)


def _is_followed(texts: Sequence[str], k: int, rules: Language) -> bool:
    following = k + 1
    while following < len(texts) and texts[following] in rules.particles:
        following += 1
    if following >= len(texts) or not texts[following][0].isupper():
        return False
    word = texts[following].lower()
    small = (rules.function_words, rules.months, rules.weekdays, rules.titles, rules.bodies, rules.roles)
    return not any(word in words for words in small)


def _is_family(texts: Sequence[str], k: int, rules: Language) -> bool:
    if k and gender_of(texts[k - 1]) != "?" and texts[k - 1][0].isupper():
        return True
    opens = k == 0 or texts[k - 1] in _OPENING or texts[k - 1] in _CLOSING
    if opens and k + 1 < len(texts):
        return texts[k + 1] in rules.speech
    closed = k + 1 == len(texts) or not texts[k + 1][0].isalnum()
    return closed and k > 1 and texts[k - 1] in rules.speech and (texts[k - 2] in _CLOSING)


def _may_follow(texts: Sequence[str], k: int, rules: Language) -> bool:
    if k == 0:
        return True
    before = texts[k - 1]
    if before == ".":
        return k == 1 or not texts[k - 2].isdigit()  # am 3. Mai
    word = before.lower()
    # der Bäcker Jan Kolb
    noun = rules.noun_capitals and before[0].isupper() and k > 1 and texts[k - 2].lower() in rules.determiners
    return (
        noun
        or before in _OPENING
        or rules.is_cue(word)
        or rules.means_somebody(word)
        or word in rules.titles
        or word in rules.honorifics
    ) and word not in rules.pronouns
