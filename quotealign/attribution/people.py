"""People and bodies of one article: names that mean the same one, their titles, gender and mentions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from quotealign.attribution.names import Name, find
from quotealign.languages import Language
from quotealign.model import Article, Span
from quotealign.text.paragraphs import paragraphs
from quotealign.text.sentences import sentences
from quotealign.text.tokens import Piece, tokenize


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in its place: number of the sentence, whether it opens a clause, whether it stands in a quotation."""

    name: Name
    sentence: int
    subject: bool
    quoted: bool


@dataclass(slots=True)
class Entity:
    """One person or body of an article, with all its mentions in order."""

    mentions: list[Mention] = field(default_factory=list)
    pronouns: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """The fullest name: the most frequent among those with most words, up to four."""
        forms = Counter(m.name.text for m in self.mentions)
        return max(forms, key=lambda form: (min(len(form.split()), 4) > 1, forms[form], len(form), form))

    @property
    def full(self) -> Name:
        """The name whose text is `name`."""
        return next(m.name for m in self.mentions if m.name.text == self.name)

    @property
    def body(self) -> bool:
        """Whether most mentions are a body's."""
        return sum(m.name.body for m in self.mentions) * 2 > len(self.mentions)

    @property
    def titles(self) -> frozenset[str]:
        """All words that stood before the name as its title."""
        return frozenset(t for m in self.mentions for t in m.name.titles)

    @property
    def gender(self) -> str:
        """m, f or ?: by honorific, else by the pronouns that followed it alone."""
        stated = Counter(m.name.gender for m in self.mentions if m.name.gender != "?")
        if stated:
            return stated.most_common(1)[0][0]
        top = self.pronouns.most_common(2)
        if top and (len(top) == 1 or top[0][1] >= 2 * top[1][1]):
            return top[0][0]
        return "?"


class Cast:
    """Who occurs in an article."""

    def __init__(self, article: Article, quoted: Sequence[Span], language: Language) -> None:
        self.language = language
        self.sentences: list[Span] = []
        for start, end in paragraphs(article.text):
            self.sentences += sentences(article.text, language, start, end)
        mentions = self._mentions(article.text, sorted(quoted))
        self.entities = self._join(mentions)
        self._vote(article.text)

    def sentence_of(self, offset: int) -> int:
        """Number of the sentence that holds an offset."""
        for number, (_, end) in enumerate(self.sentences):
            if offset < end:
                return number
        return len(self.sentences)

    def _mentions(self, text: str, quoted: Sequence[Span]) -> list[Mention]:
        found = []
        at = 0
        for number, (start, end) in enumerate(self.sentences):
            pieces = tokenize(text[start:end])
            for name in find(pieces, self.language, start):
                while at < len(quoted) and quoted[at][1] <= name.start:
                    at += 1
                inside = at < len(quoted) and quoted[at][0] <= name.start
                found.append(Mention(name, number, self._opens(pieces, name, start), inside))
        return found

    def _opens(self, pieces: list[Piece], name: Name, offset: int) -> bool:
        """Whether the name is the first thing in its sentence or in a clause behind a short opening."""
        before = [p for p in pieces if offset + p.start < name.run_start]
        if len(before) > 12 or name.governed or name.owner:
            return False
        while before and (before[-1].n in self.language.determiners or before[-1].n in self.language.demonyms):
            before.pop()
        return not any(p.is_word for p in before) or before[-1].text in (",", ":", '"', "“", "”")

    def _join(self, mentions: list[Mention]) -> list[Entity]:
        """Names of one family name made one entity, unless their given names are of different people."""
        by_family: dict[str, list[Entity]] = defaultdict(list)
        alone: list[Mention] = []
        order: list[Entity] = []
        for mention in mentions:
            name = mention.name
            if len(name.words) == 1 and not name.body:
                alone.append(mention)
                continue
            for entity in by_family[name.family]:
                if compatible(entity.full, name):
                    entity.mentions.append(mention)
                    break
            else:
                entity = Entity([mention])
                by_family[name.family].append(entity)
                order.append(entity)
        for mention in alone:
            candidates = by_family[mention.name.family]
            agreeing = [e for e in candidates if mention.name.gender in ("?", e.gender) or e.gender == "?"]
            if agreeing:
                # The one named last before this place, else the first.
                earlier = [e for e in agreeing if e.mentions[0].name.start < mention.name.start]
                chosen = max(
                    earlier,
                    key=lambda e: max(m.name.start for m in e.mentions if m.name.start < mention.name.start),
                    default=agreeing[0],
                )
                chosen.mentions.append(mention)
                chosen.mentions.sort(key=lambda m: m.name.start)
            else:
                entity = Entity([mention])
                by_family[mention.name.family].append(entity)
                order.append(entity)
        return order

    def _vote(self, text: str) -> None:
        """Pronouns of a sentence speak for the one person named in it, or in the sentence before it."""
        named: dict[int, list[Entity]] = defaultdict(list)
        for entity in self.entities:
            for mention in entity.mentions:
                if not mention.quoted and not entity.body and entity not in named[mention.sentence]:
                    named[mention.sentence].append(entity)
        for number, (start, end) in enumerate(self.sentences):
            people = named.get(number) or named.get(number - 1) or []
            people = [e for e in people if _like_a_person(e)]
            if len(people) != 1:
                continue
            for piece in tokenize(text[start:end]):
                gender, count = self.language.pronouns.get(piece.n, ("?", "?"))
                if gender in ("m", "f") and count == "sg":
                    people[0].pronouns[gender] += 1


def _like_a_person(entity: Entity) -> bool:
    names = {m.name.text for m in entity.mentions}
    return bool(entity.titles) or len(names) > 1 or len(entity.full.words) in (2, 3)


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
