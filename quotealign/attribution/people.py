"""People and bodies of one article: names that mean the same one, their titles, gender and mentions."""

from __future__ import annotations

import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from quotealign.attribution.name import Name
from quotealign.attribution.names import find, find_caseless
from quotealign.attribution.parts import Part, lexicon
from quotealign.languages import Language
from quotealign.model import Article, Span
from quotealign.text.caseless import cut, writes_without_capitals
from quotealign.text.paragraphs import paragraphs
from quotealign.text.sentences import sentences
from quotealign.text.tokens import Piece, Row, row_between, row_of, tokens_between

_OPENING = 12
_FORMS = 4


class Mention(NamedTuple):
    """A name in its place: number of the sentence, whether it opens a clause, whether it stands in a quotation."""

    name: Name
    sentence: int
    subject: bool
    quoted: bool


@dataclass(slots=True, eq=False)
class Entity:
    """One person or body of an article, the `number`-th, with all its mentions in order."""

    number: int = 0
    mentions: list[Mention] = field(default_factory=list)
    pronouns: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    forms: dict[str, int] = field(default_factory=dict)
    stated: dict[str, int] = field(default_factory=dict)
    names: dict[str, Name] = field(default_factory=dict)
    titles: set[str] = field(default_factory=set)
    bodies: int = 0

    def add(self, mention: Mention) -> bool:
        """Take in one more mention; whether its name has a form that is new here."""
        name = mention.name
        self.mentions.append(mention)
        text = name.text
        self.forms[text] = self.forms.get(text, 0) + 1
        is_new = text not in self.names
        if is_new:
            self.names[text] = name
        self.titles.update(name.titles)
        self.bodies += name.body
        if name.gender != "?":
            self.stated[name.gender] = self.stated.get(name.gender, 0) + 1
        return is_new

    @property
    def name(self) -> str:
        """The fullest name: the most frequent among those with most words, up to four."""
        return max(self.forms, key=lambda form: (1 < len(form.split()) <= 4, self.forms[form], len(form), form))

    @property
    def full(self) -> Name:
        """The name whose text is `name`."""
        return self.names[self.name]

    @property
    def body(self) -> bool:
        """Whether most mentions are a body's."""
        return self.bodies * 2 > len(self.mentions)

    @property
    def gender(self) -> str:
        """m, f or ?: by honorific, else by the pronouns that followed it alone."""
        if self.stated:
            return max(self.stated, key=self.stated.__getitem__)
        m, f = self.pronouns["m"], self.pronouns["f"]
        if m == f:
            return "?"
        return "m" if m >= 2 * f else "f" if f >= 2 * m else "?"

    def may_be_meant(self) -> bool:
        """Whether a pronoun may mean it: a title, two names, or a family name used again; not every place name."""
        known = bool(self.titles) or self.gender != "?" or len(self.forms) > 1
        return not self.body and (known or any(name.is_full for name in self.names.values()))


class Cast:
    """Who occurs in an article. Built and asked in time linear in the text."""

    def __init__(self, article: Article, quoted: Sequence[Span], language: Language) -> None:
        self.language = language
        self._quoted = sorted(quoted)
        self._ends: list[int] = []  # of the sentences
        self._voices: dict[int, list[str]] = {}
        self.mentions: list[Mention] = []
        self._read(article.text)
        self._starts = [m.name.start for m in self.mentions]
        self.entities: list[Entity] = []
        self.entity_at: dict[int, Entity] = {}
        self._meant: list[tuple[Mention, Entity]] = []
        self.ambiguous: set[int] = set()  # places of family names that two people share
        self.by_family: dict[str, list[Entity]] = defaultdict(list)
        self.by_title: dict[str, list[Entity]] = defaultdict(list)
        # Who a full name was found to be; forgotten as soon as it may have become somebody else.
        self._known: dict[tuple[tuple[str, ...], bool], Entity] = {}
        self._of_family: dict[str, list[tuple[tuple[str, ...], bool]]] = defaultdict(list)
        self._join()
        self._vote()

    def sentence_of(self, offset: int) -> int:
        """Number of the sentence that holds an offset."""
        return bisect.bisect_right(self._ends, offset)

    def before(self, offset: int, most: int) -> list[tuple[Mention, Entity]]:
        """The last mentions before an offset, at most so many, and who is meant by each."""
        end = bisect.bisect_left(self._starts, offset)
        return self._meant[max(0, end - most) : end]

    def _read(self, text: str) -> None:
        """Names and the reporter's pronouns, sentence by sentence; the words themselves are not kept."""
        quoted = self._quoted
        at = 0
        for number, (row, parts, names) in enumerate(self._sentences(text)):
            for name in names:
                while at < len(quoted) and quoted[at][1] <= name.start:
                    at += 1
                inside = at < len(quoted) and quoted[at][0] <= name.start
                self.mentions.append(Mention(name, number, _opens(row, parts, name), inside))
            voices = [k for k, part in enumerate(parts) if part.voice]
            if voices:
                self._voices[number] = [parts[k].voice for k in voices if not self._is_quoted(row.starts[k])]

    def _sentences(self, text: str) -> Iterator[tuple[Row, list[Part], Iterator[Name]]]:
        """The tokens of each sentence, the parts they can play in names, and the names among them."""
        language, words = self.language, lexicon(self.language)
        caseless = writes_without_capitals(language)
        pieces: Sequence[Piece] = ()
        for start, end in paragraphs(text):
            if caseless:
                pieces = cut(tokens_between(text, start, end), language)
                row, parts = row_of(pieces), words.of(pieces)
            else:
                row = row_between(text, start, end)
                parts = words.each(row.texts)
            at = 0
            for _, stop in sentences(text, language, start, end):
                first, at = at, row.reaching(stop, at)
                here, own = Row(row.starts[first:at], row.texts[first:at]), parts[first:at]
                self._ends.append(stop)
                yield here, own, find_caseless(pieces[first:at], language) if caseless else find(here, own)

    def _join(self) -> None:
        """Names of one family name made one entity, unless their given names are of different people.

        Full names first; a family name alone then goes to one of that name.
        """
        full: Counter[int] = Counter()
        for mention in self.mentions:
            if mention.name.stands_alone:
                full[self._entity_of_full(mention.name).number] += 1 + mention.subject
        for mention in self.mentions:
            name = mention.name
            entity = self._entity_of_full(name) if name.stands_alone else self._entity_of_family(name, full)
            if entity.add(mention):
                # What the new form is compatible with may now be this entity.
                for key in self._of_family.pop(name.family, ()):
                    self._known.pop(key, None)
            self.entity_at[name.start] = entity
            self._meant.append((mention, entity))
        for entity in self.entities:
            for title in sorted(entity.titles):
                self.by_title[title].append(entity)

    def _entity_of_full(self, name: Name) -> Entity:
        key = name.words, name.body
        entity = self._known.get(key)
        if entity is None:
            entity = self._known[key] = self._compatible(name) or self._made(name)
            self._of_family[name.family].append(key)
        return entity

    def _compatible(self, name: Name) -> Entity | None:
        for entity in self.by_family[name.family]:
            if any(compatible(known, name) for known in islice(entity.names.values(), _FORMS)):
                return entity
        return None

    def _entity_of_family(self, name: Name, full: Counter[int]) -> Entity:
        def agrees(entity: Entity) -> bool:
            return not entity.body and (name.gender == "?" or entity.gender in ("?", name.gender))

        fitting = [e for e in self.by_family[name.family] if agrees(e)]
        if not fitting:
            return self._made(name)
        if len(fitting) > 1:
            self.ambiguous.add(name.start)
        # Of two who share a name, the one whom the article is about: named in full most often, then first.
        return max(fitting, key=lambda e: (full[e.number], -e.number))

    def _made(self, name: Name) -> Entity:
        entity = Entity(number=len(self.entities))
        entity.names[name.text] = name
        entity.forms[name.text] = 0
        self.by_family[name.family].append(entity)
        self.entities.append(entity)
        return entity

    def _is_quoted(self, offset: int) -> bool:
        place = bisect.bisect_right(self._quoted, (offset, 1 << 60)) - 1
        return place >= 0 and self._quoted[place][1] > offset

    def _vote(self) -> None:
        """Pronouns of a sentence speak for the one person named in it, or in the sentence before it."""
        named: dict[int, list[Entity]] = defaultdict(list)
        for mention, entity in self._meant:
            if not mention.quoted and not entity.body and entity not in named[mention.sentence]:
                named[mention.sentence].append(entity)
        for number, voices in self._voices.items():
            people = [e for e in named.get(number) or named.get(number - 1) or [] if _like_a_person(e)]
            if len(people) == 1:
                for voice in voices:
                    people[0].pronouns[voice] += 1


def _opens(row: Row, parts: Sequence[Part], name: Name) -> bool:
    """Whether the name is the first thing in its sentence or in a clause behind a short opening."""
    before = bisect.bisect_left(row.starts, name.run_start)
    if name.governed or name.owner or before > _OPENING:
        return False
    while before and parts[before - 1].leads:
        before -= 1
    return not any(part.is_word for part in parts[:before]) or parts[before - 1].before_clause


def _like_a_person(entity: Entity) -> bool:
    return bool(entity.titles) or len(entity.forms) > 1 or any(n.is_full for n in entity.names.values())


def compatible(a: Name, b: Name) -> bool:
    """Whether two names of one family name can be the same person's: given names equal, initials, or left out."""
    if a.body != b.body:
        return False
    if a.body:
        return a.text.casefold() == b.text.casefold()
    for x, y in zip(a.given, b.given, strict=False):
        x, y = x.rstrip("."), y.rstrip(".")
        if (x != y and not (len(x) == 1 or len(y) == 1)) or x[:1] != y[:1]:
            return False
    return a.family == b.family
