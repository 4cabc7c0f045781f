"""The lists of a language, looked up by the forms that words have in a text.

A word is found by its own form, by its base form where the list of irregular forms has one, and by its stem; and
where both words of a pair end alike (deeper and shallower, calmly and angrily), by what is left without the ending.
"""

from __future__ import annotations

from collections.abc import Iterable

from quotealign.languages import Language
from quotealign.text.normalization import fold_accents
from quotealign.text.spelling import base_spelling
from quotealign.text.stems import stem

_LEAST = 3
"""Letters that must be left where an ending or a beginning is taken off."""
_SHELF = 2
"""Letters by which words are shelved: only the shelf that is asked for is stemmed."""

_MOST = 65536
"""Keys that are remembered."""

_GOOD, _BAD, _DENYING = "good", "bad", "denying"


class _Entry:
    """What the lists say of one key."""

    __slots__ = ("groups", "sets", "sides", "tags", "unit")

    def __init__(self) -> None:
        self.sides: set[int] = set()
        self.groups: set[int] = set()
        self.sets: dict[int, str] = {}
        self.tags: set[str] = set()
        self.unit: tuple[str, float] | None = None


_NOTHING = _Entry()


def _shelf(word: str) -> str:
    """The letters by which a lower-case word is shelved, without their accents."""
    first = word[:_SHELF]
    return first if first.isascii() else fold_accents(word)[:_SHELF]


class Lexicon:
    """How words of one language stand to each other. Made once a language; every question is a look-up."""

    def __init__(self, rules: Language) -> None:
        self._rules = rules
        self._of = rules.relations
        self._listed: dict[str, _Entry] = {}
        self._keyed: dict[str, _Entry] = {}
        self._shelves: dict[str, list[str]] = {}
        self._keys: dict[str, str] = {}
        self._close: dict[str, frozenset[str]] = {}
        self._beside: dict[str, frozenset[int]] = {}
        of = self._of
        for number, (one, other) in enumerate(of.opposites):
            for side, members in ((2 * number, one), (2 * number + 1, other)):
                for word in members:
                    self._entry(word).sides.add(side)
        for number, group in enumerate(of.synonyms):
            for word in group:
                self._entry(word).groups.add(number)
        for number, (kind, group) in enumerate(of.contrasts):
            for word in group:
                self._entry(word).sets[number] = kind
        for tag, listed in ((_GOOD, of.favourable), (_BAD, of.unfavourable), (_DENYING, of.denying)):
            for word in listed:
                self._entry(word).tags.add(tag)
        self._denying = {word[0] for word in of.denying}
        for word, unit in of.units.items():
            self._entry(word).unit = unit
        for word in self._listed:
            base = of.irregular[word][0] if word in of.irregular else word
            self._shelves.setdefault(_shelf(base), []).append(word)

    def _entry(self, word: str) -> _Entry:
        found = self._listed.get(word)
        if found is None:
            found = self._listed[word] = _Entry()
        return found

    def key(self, word: str) -> str:
        """What a word shares with its other forms."""
        known = self._keys.get(word)
        if known is None:
            base = base_spelling(word, self._rules)
            form = self._of.irregular.get(word) or self._of.irregular.get(base)
            if len(self._keys) > _MOST:
                self._keys.clear()
                self._keyed = {key: entry for key, entry in self._keyed.items() if entry is not _NOTHING}
            known = self._keys[word] = stem(form[0] if form else base, self._rules)
        return known

    def _at(self, key: str) -> _Entry:
        """What the lists say of a key; the words that begin alike are keyed the first time that one is asked for."""
        found = self._keyed.get(key)
        if found is None:
            for word in self._shelves.pop(_shelf(key), ()):
                self._shelve(word)
            found = self._keyed.setdefault(key, _NOTHING)
        return found

    def _shelve(self, word: str) -> None:
        key, listed = self.key(word), self._listed[word]
        known = self._keyed.get(key)
        if known is None or known is _NOTHING:
            self._keyed[key] = listed
            return
        known.sides |= listed.sides
        known.groups |= listed.groups
        known.sets.update(listed.sets)
        known.tags |= listed.tags
        known.unit = known.unit or listed.unit

    def pairs(self, a: str, b: str) -> list[tuple[str, str]]:
        """The keys under which two words are looked up: their own, then those without an ending that both have."""
        found = [(self.key(a), self.key(b))]
        if a[-1:] != b[-1:]:
            return found
        for ending in self._of.endings:
            if a.endswith(ending) and b.endswith(ending) and min(len(a), len(b)) - len(ending) >= _LEAST:
                found += [(x, y) for x in self._without(a, ending) for y in self._without(b, ending)]
        return found

    def _without(self, word: str, ending: str) -> list[str]:
        """The keys that a word may have without its ending: bigger like big, easily like easy, wider like wide."""
        left = word[: -len(ending)]
        forms = [left, left + "e", left + "le"]
        forms += [left[:-1] + "y"] if left.endswith("i") else []
        forms += [left[:-1]] if left[-1] == left[-2] else []
        return [key for key in dict.fromkeys(map(self.key, forms)) if self._at(key) is not _NOTHING]

    def is_listed(self, key: str) -> bool:
        """Whether any list says anything of a key."""
        return self._at(key) is not _NOTHING

    def antonyms(self, x: str, y: str) -> bool:
        """Whether two keys stand on the two sides of an opposition."""
        other = self._at(y).sides
        return any(side ^ 1 in other for side in self._at(x).sides)

    def near_antonyms(self, x: str, y: str) -> bool:
        """Whether a word of the same meaning as one is opposed to the other."""
        one, other = self._near_sides(x), self._near_sides(y)
        return any(side ^ 1 in other for side in self._at(x).sides) or any(
            side ^ 1 in one for side in self._at(y).sides
        )

    def synonyms(self, x: str, y: str) -> bool:
        """Whether two keys stand in one group."""
        return not self._at(x).groups.isdisjoint(self._at(y).groups)

    def related(self, x: str, y: str) -> bool:
        """Whether two keys have a word of the same meaning in common, or stand on the same side of an opposition."""
        return not self._at(x).sides.isdisjoint(self._at(y).sides) or not self._near(x).isdisjoint(self._near(y))

    def contrast(self, x: str, y: str) -> str | None:
        """The kind of the set to which two keys belong."""
        other = self._at(y).sets
        return next((kind for number, kind in self._at(x).sets.items() if number in other), None)

    def tones(self, x: str, y: str) -> bool:
        """Whether one key is of good tone and the other of bad tone, and neither of both."""
        one, other = self._at(x).tags & {_GOOD, _BAD}, self._at(y).tags & {_GOOD, _BAD}
        return len(one) == len(other) == 1 and one != other

    def denies(self, word: str) -> bool:
        """Whether a word is a form of a verb that denies the verb behind it."""
        # Most words are none, and forms of one verb begin alike: the key is only asked for where they may be one.
        return word[:1] in self._denying and _DENYING in self._at(self.key(word)).tags

    def unit(self, word: str) -> tuple[str, float] | None:
        """The dimension and size of a measure."""
        return (self._of.units.get(word) or self._at(self.key(word)).unit) if self._of.units else None

    def _near(self, key: str) -> frozenset[str]:
        found = self._close.get(key)
        if found is None and not self._at(key).groups:
            return frozenset()
        if found is None:
            words: Iterable[str] = (w for group in self._at(key).groups for w in self._of.synonyms[group])
            found = self._close[key] = frozenset(map(self.key, words))
        return found

    def _near_sides(self, key: str) -> frozenset[int]:
        """The sides of all words of the same meaning."""
        found = self._beside.get(key)
        if found is None:
            near = self._near(key)
            if not near:
                return frozenset()
            found = self._beside[key] = frozenset(side for other in near for side in self._at(other).sides)
        return found


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
    if a[-_LEAST:] != b[-_LEAST:] and a[:_LEAST] != b[:_LEAST]:
        return False
    for one, other in rules.relations.affixes:
        for x, y in ((a, b), (b, a)):
            if one.startswith("-"):
                end, last = one[1:], other[1:]
                if x.endswith(end) and y.endswith(last) and x[: -len(end)] == y[: -len(last)]:
                    return len(x) - len(end) >= _LEAST
            elif x.startswith(one) and y.startswith(other) and x[len(one) :] == y[len(other) :]:
                return len(x) - len(one) >= _LEAST
    return False
