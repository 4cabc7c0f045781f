"""People and bodies of one article: names that mean the same one, their titles, gender and mentions."""

from __future__ import annotations

import bisect
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from quotealign.attribution.name import Name
from quotealign.attribution.names import find
from quotealign.languages import Language
from quotealign.model import Article, Span
from quotealign.text.caseless import cut
from quotealign.text.paragraphs import paragraphs
from quotealign.text.sentences import sentences
from quotealign.text.tokens import Piece, tokens_between

_OPENING = 12
_FORMS = 4


@dataclass(frozen=True, slots=True)
class Mention:
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
    pronouns: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    stated: Counter[str] = field(default_factory=Counter)
    names: dict[str, Name] = field(default_factory=dict)
    titles: set[str] = field(default_factory=set)
    bodies: int = 0

    def add(self, mention: Mention) -> None:
        """Take in one more mention."""
        name = mention.name
        self.mentions.append(mention)
        self.forms[name.text] += 1
        self.names.setdefault(name.text, name)
        self.titles.update(name.titles)
        self.bodies += name.body
        if name.gender != "?":
            self.stated[name.gender] += 1

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
            return self.stated.most_common(1)[0][0]
        top = self.pronouns.most_common(2)
        if top and (len(top) == 1 or top[0][1] >= 2 * top[1][1]):
            return top[0][0]
        return "?"

    def may_be_meant(self) -> bool:
        """Whether a pronoun may mean it: a title, two names, or a family name used again; not every place name."""
        known = bool(self.titles) or self.gender != "?" or len(self.forms) > 1
        return not self.body and (known or any(name.is_full for name in self.names.values()))


class Cast:
    """Who occurs in an article. Built and asked in time linear in the text."""

    def __init__(self, article: Article, quoted: Sequence[Span], language: Language) -> None:
        self.language = language
        self.sentences: list[Span] = []
        self.pieces: list[tuple[Piece, ...]] = []
        self._cut(article.text)
        self._quoted = sorted(quoted)
        self.mentions = self._mentions(self._quoted)
        self._starts = [m.name.start for m in self.mentions]
        self.entities: list[Entity] = []
        self.entity_at: dict[int, Entity] = {}
        self.ambiguous: set[int] = set()  # places of family names that two people share
        self.by_family: dict[str, list[Entity]] = defaultdict(list)
        self.by_title: dict[str, list[Entity]] = defaultdict(list)
        self._join()
        self._vote()

    def sentence_of(self, offset: int) -> int:
        """Number of the sentence that holds an offset."""
        return bisect.bisect_right(self._ends, offset)

    def before(self, offset: int, most: int) -> list[Mention]:
        """The last mentions before an offset, at most so many."""
        end = bisect.bisect_left(self._starts, offset)
        return self.mentions[max(0, end - most) : end]

    def _cut(self, text: str) -> None:
        for start, end in paragraphs(text):
            pieces = tuple(cut(tokens_between(text, start, end), self.language))
            at = 0
            for a, b in sentences(text, self.language, start, end):
                first = at
                while at < len(pieces) and pieces[at].end <= b:
                    at += 1
                self.sentences.append((a, b))
                self.pieces.append(pieces[first:at])
        self._ends = [end for _, end in self.sentences]

    def _mentions(self, quoted: Sequence[Span]) -> list[Mention]:
        found = []
        at = 0
        for number, pieces in enumerate(self.pieces):
            for name in find(pieces, self.language):
                while at < len(quoted) and quoted[at][1] <= name.start:
                    at += 1
                inside = at < len(quoted) and quoted[at][0] <= name.start
                found.append(Mention(name, number, self._opens(pieces, name), inside))
        return found

    def _opens(self, pieces: tuple[Piece, ...], name: Name) -> bool:
        """Whether the name is the first thing in its sentence or in a clause behind a short opening."""
        if name.governed or name.owner:
            return False
        before: list[Piece] = []
        for piece in pieces:
            if piece.start >= name.run_start:
                break
            before.append(piece)
            if len(before) > _OPENING:
                return False
        while before and (before[-1].n in self.language.determiners or before[-1].n in self.language.demonyms):
            before.pop()
        return not any(p.is_word for p in before) or before[-1].text in (",", ":", '"', "“", "”")

    def _join(self) -> None:
        """Names of one family name made one entity, unless their given names are of different people.

        Full names first; a family name alone then goes to one of that name.
        """
        for mention in self.mentions:
            if len(mention.name.words) > 1 or mention.name.body:
                self._entity_of_full(mention.name)
        full: Counter[int] = Counter()
        for mention in self.mentions:
            if len(mention.name.words) > 1 or mention.name.body:
                full[id(self._entity_of_full(mention.name))] += 1 + mention.subject
        for mention in self.mentions:
            name = mention.name
            if len(name.words) > 1 or name.body:
                entity = self._entity_of_full(name)
            else:
                entity = self._entity_of_family(name, full)
            entity.add(mention)
            self.entity_at[name.start] = entity
        for entity in self.entities:
            for title in sorted(entity.titles):
                self.by_title[title].append(entity)

    def _entity_of_full(self, name: Name) -> Entity:
        for entity in self.by_family[name.family]:
            if any(compatible(known, name) for known in list(entity.names.values())[:_FORMS]):
                return entity
        return self._made(name)

    def _entity_of_family(self, name: Name, full: Counter[int]) -> Entity:
        def agrees(entity: Entity) -> bool:
            return not entity.body and (name.gender in ("?", entity.gender) or entity.gender == "?")

        fitting = [e for e in self.by_family[name.family] if agrees(e)]
        if not fitting:
            return self._made(name)
        if len(fitting) > 1:
            self.ambiguous.add(name.start)
        # Of two who share a name, the one whom the article is about: named in full most often, then first.
        return max(fitting, key=lambda e: (full[id(e)], -e.number))

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
        for mention in self.mentions:
            entity = self.entity_at[mention.name.start]
            if not mention.quoted and not entity.body and entity not in named[mention.sentence]:
                named[mention.sentence].append(entity)
        for number, pieces in enumerate(self.pieces):
            people = [e for e in named.get(number) or named.get(number - 1) or [] if _like_a_person(e)]
            if len(people) != 1:
                continue
            for piece in pieces:
                if self._is_quoted(piece.start):
                    continue
                gender, count = self.language.pronouns.get(piece.n, ("?", "?"))
                if gender in ("m", "f") and count == "sg":
                    people[0].pronouns[gender] += 1


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
