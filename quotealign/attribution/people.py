"""Who occurs in an article: its names in their places, and which of them mean the same person or body."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence

from quotealign.attribution.entity import Entity, Mention
from quotealign.attribution.name import Name
from quotealign.attribution.names import Found, find, find_caseless, that_count
from quotealign.attribution.parts import Part, lexicon
from quotealign.languages import Language
from quotealign.model import Article, Span
from quotealign.text.caseless import cut, writes_without_capitals
from quotealign.text.paragraphs import paragraphs
from quotealign.text.sentences import sentences
from quotealign.text.tokens import Row, row_between, row_of, tokens_between

_OPENING = 12
_new = tuple.__new__


class Cast:
    """Who occurs in an article. Built and asked in time linear in the text."""

    def __init__(self, article: Article, quoted: Sequence[Span], language: Language) -> None:
        self.language = language
        self._quoted = sorted(quoted)
        self._ends: list[int] = []  # of the sentences
        self._voices: dict[int, list[str]] = defaultdict(list)
        self.mentions: list[Mention] = []
        self._read(article.text)
        self._starts = [m.name.start for m in self.mentions]
        self.entities: list[Entity] = []
        self.entity_at: dict[int, Entity] = {}
        self._meant: list[tuple[Mention, Entity]] = []
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
        """Names and the reporter's pronouns, paragraph by paragraph; the words themselves are not kept."""
        quoted, at = self._quoted, 0
        for number, row, parts, counting, ends, names in self._paragraphs(text):
            for name, nth, position in names:
                while at < len(quoted) and quoted[at][1] <= name.start:
                    at += 1
                inside = at < len(quoted) and quoted[at][0] <= name.start
                opens = _opens(parts, ends[nth - 1] if nth else 0, position, name)
                self.mentions.append(_new(Mention, (name, number + nth, opens, inside)))
            for k in counting:
                if parts[k].voice and not self._is_quoted(row.starts[k]):
                    self._voices[number + bisect.bisect_right(ends, k)].append(parts[k].voice)

    def _paragraphs(self, text: str) -> Iterator[tuple[int, Row, list[Part], list[int], list[int], Iterator[Found]]]:
        """Of each paragraph the number of its first sentence, its tokens, the parts they can play in names, where those
        stand that count, where its sentences end, and its names."""
        language, words = self.language, lexicon(self.language)
        caseless = writes_without_capitals(language)
        for start, end in paragraphs(text):
            number, at = len(self._ends), 0
            stops = [stop for _, stop in sentences(text, language, start, end)]
            self._ends += stops
            pieces = cut(tokens_between(text, start, end), language) if caseless else ()
            row = row_of(pieces) if caseless else row_between(text, start, end)
            parts = words.of(pieces) if caseless else words.each(row.texts)
            counting = that_count(parts)
            ends = [at := row.reaching(stop, at) for stop in stops]
            names = find_caseless(pieces, ends, language) if caseless else find(row, parts, counting, ends)
            yield number, row, parts, counting, ends, names

    def _join(self) -> None:
        """Names of one family name made one entity, unless their given names are of different people.

        Full names first; a family name alone then goes to one of that name.
        """
        for mention in self.mentions:
            if mention.name.stands_alone:
                self._entity_of_full(mention.name).in_full += 1 + mention.subject
        for mention in self.mentions:
            name = mention.name
            entity = self._entity_of_full(name) if name.stands_alone else self._entity_of_family(name)
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
            alike = (e for e in self.by_family.get(name.family, ()) if e.is_compatible(name))
            entity = self._known[key] = next(alike, None) or self._made(name)
            self._of_family[name.family].append(key)
        return entity

    def _entity_of_family(self, name: Name) -> Entity:
        fitting = [
            e
            for e in self.by_family.get(name.family, ())
            if not e.body and (name.gender == "?" or e.gender in ("?", name.gender))
        ]
        # Of two who share a name, the one whom the article is about: named in full most often, then first.
        return max(fitting, key=lambda e: (e.in_full, -e.number)) if fitting else self._made(name)

    def _made(self, name: Name) -> Entity:
        entity = Entity(len(self.entities), {name.text: name})
        self.by_family[name.family].append(entity)
        self.entities.append(entity)
        return entity

    def _is_quoted(self, offset: int) -> bool:
        place = bisect.bisect_right(self._quoted, (offset, 1 << 60)) - 1
        return place >= 0 and self._quoted[place][1] > offset

    def _vote(self) -> None:
        """Pronouns of a sentence speak for the one person named in it, or in the sentence before it."""
        named: dict[int, list[Entity]] = {near: [] for number in self._voices for near in (number - 1, number)}
        for mention, entity in self._meant:
            here = named.get(mention.sentence)
            if here is not None and not mention.quoted and not entity.body and entity not in here:
                here.append(entity)
        for number, voices in self._voices.items():
            people = [e for e in named[number] or named[number - 1] if e.is_like_a_person()]
            if len(people) == 1:
                for voice in voices:
                    people[0].heard(voice)


def _opens(parts: Sequence[Part], first: int, at: int, name: Name) -> bool:
    """Whether the name whose run begins at `at` is the first thing in its sentence, which begins at `first`, or in a
    clause behind a short opening."""
    if name.governed or name.owner or at - first > _OPENING:
        return False
    while at > first and parts[at - 1].leads:
        at -= 1
    return not any(part.is_word for part in parts[first:at]) or parts[at - 1].before_clause
