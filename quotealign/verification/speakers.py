"""Speakers compared: whether a draft and a source can mean the same one by two names.

Only what both sides name can differ: a group, a role or nobody contradicts no name. A person and a body do not
contradict each other where the name of one has a part in the other's: a party and who leads it.
"""

from __future__ import annotations

from quotealign.languages.given_names import can_be_one
from quotealign.model import Quotation, Speaker
from quotealign.text.caseless import is_caseless
from quotealign.text.normalization import fold_accents
from quotealign.text.tokens import words

_SHORT = 3


def printed(quotation: Quotation) -> list[str]:
    """The compared words by which the draft names a speaker: as printed there; for a pronoun the name's last word."""
    if quotation.speaker is None:
        return []
    name = _parts(quotation.speaker.name)
    shown = _parts(quotation.source.text) if quotation.source else []
    capitals = [word for word in shown if word in name or (not is_caseless(word) and _has_capital(word, quotation))]
    return capitals or name[-1:]


def bare(word: str) -> str:
    """A word as names are compared: without accents and possessive."""
    return fold_accents(word).removesuffix("'s")


def differ(one: Speaker | None, other: Speaker | None) -> bool:
    """Whether two speakers are named, and cannot be the same."""
    if one is None or other is None or one.id == other.id or not (_named(one) and _named(other)):
        return False
    a, b = _parts(one.name), _parts(other.name)
    if not a or not b:
        return False
    if set(a) <= set(b) or set(b) <= set(a):
        return False
    if one.kind == other.kind == "person" and len(a) > 1 and len(b) > 1:
        return a[-1] != b[-1] or not _agree(a[0], b[0])
    return not any(_same(x, y) for x in a for y in b)


def _has_capital(word: str, quotation: Quotation) -> bool:
    assert quotation.source is not None
    return any(bare(w) == word and t[:1].isupper() for t in quotation.source.text.split() for w in words(t))


def _named(speaker: Speaker) -> bool:
    """Whether it is a name: of a group, only what is written as one."""
    return speaker.kind != "group" or all(word[:1].isupper() for word in speaker.name.split())


def _parts(name: str) -> list[str]:
    """The compared words of a name, without initials and without what belongs to its spelling only."""
    found = [part for word in words(name) for part in bare(word).split("-")]
    return [word for word in found if len(word) > 1] or found


def _agree(one: str, other: str) -> bool:
    alike = one[:_SHORT] == other[:_SHORT] or (one[:1] == other[:1] and min(len(one), len(other)) <= 2)
    return alike or can_be_one(one, other)


def _same(one: str, other: str) -> bool:
    return one == other and len(one) >= _SHORT
