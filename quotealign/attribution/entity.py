"""A person or body of one article: the names that mean it, where they stand, and what they tell of it."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from quotealign.attribution.name import Name
from quotealign.languages.given_names import can_be_one, gender_of

_FORMS = 4


class Mention(NamedTuple):
    """A name in its place: number of the sentence, whether it opens a clause, whether it stands in a quotation."""

    name: Name
    sentence: int
    subject: bool
    quoted: bool


@dataclass(slots=True, eq=False)
class Entity:
    """One person or body of an article, the `number`-th of its family name, with all its mentions in order.

    names      each form of its name, by its text, as it stood first
    titles     lower-case words before its names
    in_full    how often it is named in full, twice where that opens a clause
    he, she    how often a pronoun spoke for it
    """

    number: int
    names: dict[str, Name]
    mentions: list[Mention] = field(default_factory=list)
    titles: frozenset[str] = frozenset()
    stated: dict[str, int] = field(default_factory=dict)
    bodies: int = 0
    in_full: int = 0
    he: int = 0
    she: int = 0
    _called: str = ""

    def add(self, mention: Mention) -> bool:
        """Take in one more mention; whether its name has a form that is new here."""
        name = mention.name
        self.mentions.append(mention)
        if name.titles:
            self.titles = self.titles.union(name.titles)
        if name.body:
            self.bodies += 1
        if name.gender != "?":
            self.stated[name.gender] = self.stated.get(name.gender, 0) + 1
        text = name.text
        if text in self.names:
            return False
        self.names[text] = name
        return True

    @property
    def name(self) -> str:
        """The fullest name: the most frequent among those with most words, up to four. Asked when all are added."""
        if not self._called:
            forms = dict.fromkeys(self.names, 0)
            for mention in self.mentions:
                forms[mention.name.text] += 1
            self._called = max(forms, key=lambda form: (1 < len(form.split()) <= 4, forms[form], len(form), form))
        return self._called

    @property
    def full(self) -> Name:
        """The name whose text is `name`."""
        return self.names[self.name]

    @property
    def first(self) -> Name:
        """The form of its name that was met first: of a body all are a body's."""
        return next(iter(self.names.values()))

    @property
    def body(self) -> bool:
        """Whether most mentions are a body's."""
        return self.bodies * 2 > len(self.mentions)

    @property
    def gender(self) -> str:
        """m, f or ?: by honorific, else by pronouns and its given name, which counts as much as two of them."""
        # Asked while mentions are still added, too: `full` is not yet known then.
        name = next((name for name in self.names.values() if len(name.words) > 1 and not name.body), None)
        given = gender_of(name.words[0]) if name else "?"
        return self._gender(self.he + 2 * (given == "m"), self.she + 2 * (given == "f"))

    @property
    def told_gender(self) -> str:
        """m, f or ?: by honorific, else by the pronouns that followed it alone."""
        return self._gender(self.he, self.she)

    def _gender(self, he: int, she: int) -> str:
        if self.stated:
            return max(self.stated, key=self.stated.__getitem__)
        return "m" if he >= 2 * she and he else "f" if she >= 2 * he and she else "?"

    def heard(self, gender: str) -> None:
        """A pronoun of this gender, m or f, spoke for it."""
        if gender == "m":
            self.he += 1
        else:
            self.she += 1

    def last_before(self, offset: int) -> int:
        """Where its last name before an offset begins; there has to be one."""
        return self.mentions[bisect.bisect_left(self.mentions, offset, key=lambda m: m.name.start) - 1].name.start

    def is_like_a_person(self) -> bool:
        """Whether it has a title, several forms, or a name that can be a whole person's."""
        return bool(self.titles) or len(self.names) > 1 or any(name.is_full for name in self.names.values())

    def may_be_meant(self) -> bool:
        """Whether a pronoun may mean it: a title, two names, or a family name used again; not every place name."""
        return not self.body and (self.gender != "?" or self.is_like_a_person())

    def is_given(self, gender: str) -> bool:
        """Whether it is known by a given name alone, one of m or f."""
        return gender != "?" and not self.body and gender_of(self.name) == gender

    def is_compatible(self, name: Name) -> bool:
        """Whether a name of its family can be its own: by the first forms it had."""
        return any(compatible(known, name) for known in islice(self.names.values(), _FORMS))


def compatible(a: Name, b: Name) -> bool:
    """Whether two names of one family name can be the same person's: given names equal, initials, short
    forms, or left out."""
    if a.body != b.body:
        return False
    if a.body:
        return a.text.casefold() == b.text.casefold()
    return a.family == b.family and all(map(can_be_one, a.given, b.given))
