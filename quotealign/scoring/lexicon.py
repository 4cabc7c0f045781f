"""The lists of a language, looked up by the forms that words have in a text.

A word is found by its own form, by its base form where the list of irregular forms has one, and by its stem; and
where both words of a pair end alike (deeper and shallower, calmly and angrily), by what is left without the ending.
"""

from __future__ import annotations

from collections.abc import Iterable

from quotealign.languages import Language
from quotealign.text.spelling import base_spelling
from quotealign.text.stems import stem

_LEAST = 3
"""Letters that must be left where an ending or a beginning is taken off."""


class Lexicon:
    """How words of one language stand to each other. Made once a language; every question is a look-up."""

    def __init__(self, rules: Language) -> None:
        self._rules = rules
        self._of = rules.relations
        self._sides: dict[str, set[int]] = {}
        self._groups: dict[str, set[int]] = {}
        self._members: list[frozenset[str]] = []
        self._sets: dict[str, dict[int, str]] = {}
        self.favourable = self._keyed(self._of.favourable)
        self.unfavourable = self._keyed(self._of.unfavourable)
        self.denying = self._keyed(self._of.denying)
        self._units = {self.key(word): unit for word, unit in self._of.units.items()}
        for number, (one, other) in enumerate(self._of.opposites):
            for side, words in ((2 * number, one), (2 * number + 1, other)):
                for key in self._keyed(words):
                    self._sides.setdefault(key, set()).add(side)
        for number, members in enumerate(self._of.synonyms):
            keys = self._keyed(members)
            self._members.append(keys)
            for key in keys:
                self._groups.setdefault(key, set()).add(number)
        for number, (kind, others) in enumerate(self._of.contrasts):
            for key in self._keyed(others):
                self._sets.setdefault(key, {})[number] = kind

    def key(self, word: str) -> str:
        """What a word shares with its other forms."""
        base = base_spelling(word, self._rules)
        known = self._of.irregular.get(word) or self._of.irregular.get(base)
        return stem(known[0] if known else base, self._rules)

    def _keyed(self, words: Iterable[str]) -> frozenset[str]:
        return frozenset(map(self.key, words))

    def pairs(self, a: str, b: str) -> list[tuple[str, str]]:
        """The keys under which two words are looked up: their own, then those without an ending that both have."""
        found = [(self.key(a), self.key(b))]
        for ending in self._of.endings:
            if a.endswith(ending) and b.endswith(ending) and min(len(a), len(b)) - len(ending) >= _LEAST:
                found += [(x, y) for x in self._without(a, ending) for y in self._without(b, ending)]
        return found

    def _without(self, word: str, ending: str) -> set[str]:
        """The keys that a word may have without its ending: bigger like big, easily like easy, wider like wide."""
        left = word[: -len(ending)]
        forms = {left, left + "e", left + "le"}
        forms |= {left[:-1] + "y"} if left.endswith("i") else set()
        forms |= {left[:-1]} if left[-1] == left[-2] else set()
        return {self.key(form) for form in forms}

    def antonyms(self, x: str, y: str) -> bool:
        """Whether two keys stand on the two sides of an opposition."""
        other = self._sides.get(y, set())
        return any(side ^ 1 in other for side in self._sides.get(x, ()))

    def near_antonyms(self, x: str, y: str) -> bool:
        """Whether a word of the same meaning as one is opposed to the other."""
        return any(self.antonyms(near, y) for near in self._near(x)) or any(self.antonyms(x, n) for n in self._near(y))

    def synonyms(self, x: str, y: str) -> bool:
        """Whether two keys stand in one group."""
        return not self._groups.get(x, set()).isdisjoint(self._groups.get(y, ()))

    def related(self, x: str, y: str) -> bool:
        """Whether two keys have a word of the same meaning in common, or stand on the same side of an opposition."""
        if not self._sides.get(x, set()).isdisjoint(self._sides.get(y, ())):
            return True
        return not self._near(x).isdisjoint(self._near(y))

    def contrast(self, x: str, y: str) -> str | None:
        """The kind of the set to which two keys belong."""
        other = self._sets.get(y, {})
        return next((kind for number, kind in self._sets.get(x, {}).items() if number in other), None)

    def tones(self, x: str, y: str) -> bool:
        """Whether one key is of good tone and the other of bad tone, and neither of both."""
        good, bad = self.favourable - self.unfavourable, self.unfavourable - self.favourable
        return (x in good and y in bad) or (x in bad and y in good)

    def unit(self, word: str) -> tuple[str, float] | None:
        """The dimension and size of a measure."""
        return self._of.units.get(word) or (self._units.get(self.key(word)) if self._units else None)

    def _near(self, key: str) -> set[str]:
        return {near for group in self._groups.get(key, ()) for near in self._members[group]}


_MADE: dict[str, tuple[Language, Lexicon]] = {}


def lexicon(rules: Language) -> Lexicon:
    """The lexicon of a language; made anew where a user's data has replaced ours."""
    known = _MADE.get(rules.code)
    if known is None or known[0] is not rules:
        known = _MADE[rules.code] = (rules, Lexicon(rules))
    return known[1]


def without_beginning(a: str, b: str, rules: Language) -> bool:
    """Whether one word is the other with a beginning that turns it around: un-happy, dis-approve."""
    long, short = (a, b) if len(a) > len(b) else (b, a)
    return len(short) > _LEAST and long.endswith(short) and long[: -len(short)] in rules.relations.prefixes


def with_opposed_affixes(a: str, b: str, rules: Language) -> bool:
    """Whether two words differ in two affixes that are opposed: over- and under-, -ful and -less."""
    for one, other in rules.relations.affixes:
        for x, y in ((a, b), (b, a)):
            if one.startswith("-"):
                end, last = one[1:], other[1:]
                if x.endswith(end) and y.endswith(last) and x[: -len(end)] == y[: -len(last)]:
                    return len(x) - len(end) >= _LEAST
            elif x.startswith(one) and y.startswith(other) and x[len(one) :] == y[len(other) :]:
                return len(x) - len(one) >= _LEAST
    return False
