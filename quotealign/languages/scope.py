"""Scope: what of a sentence a denial or a condition speaks of, by the words that open clauses and limit statements.

The table `[scope]` of a language's file. A language without one is read by its marks and pronouns alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from quotealign.languages.phrases import PhraseList


class Scope(NamedTuple):
    """Words by what they do to a statement; with their case folded, empty where the language says nothing."""

    openers: frozenset[str]
    """Words that open a clause under another: that, who, because."""
    adverbial: frozenset[str]
    """Those of them whose clause may come first, and is no part of what the main clause denies: when, because."""
    adversatives: frozenset[str]
    """Conjunctions behind which a bare denial takes back what stands before them: but not now."""
    conditions: PhraseList
    """What opens a condition: if, as long as."""
    limits: PhraseList
    """What limits a denial to a time or a case: until, except."""
    unclaimed: frozenset[str]
    """Words of which what follows is not claimed: a lie, to wish, to doubt."""
    hedges: PhraseList
    """Words of reserve, without which more is said: almost, allegedly, at least."""
    totals: frozenset[str]
    """Words that a denial denies in place of the rest: not always, not only."""
    exclusives: frozenset[str]
    """Those of them behind which a denial denies nothing: not only."""
    strengtheners: PhraseList
    """Words without which a denial says as much: even, ever, actually."""
    adverb_endings: tuple[str, ...]


def read_scope(words: Callable[[str], frozenset[str]], phrases: Callable[[str], PhraseList]) -> Scope:
    """The table, by the loader's readers of words and phrases; each takes the path of a key."""
    adverbial = words("scope.adverbial")
    return Scope(
        openers=words("scope.openers") | adverbial,
        adverbial=adverbial,
        adversatives=words("scope.adversatives"),
        conditions=phrases("scope.conditions"),
        limits=phrases("scope.limits"),
        unclaimed=words("scope.unclaimed"),
        hedges=phrases("scope.hedges"),
        totals=words("scope.totals") | words("scope.exclusives"),
        exclusives=words("scope.exclusives"),
        strengtheners=PhraseList([*words("scope.strengtheners"), *phrases("scope.strengthening")]),
        adverb_endings=tuple(sorted(words("scope.adverb_endings"))),
    )
