"""Who occurs in an article: its names in their places, and which of them mean the same person or body."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence

from quotealign.attribution.caseless_names import find_caseless
from quotealign.attribution.entity import Entity, Mention
from quotealign.attribution.name import Name, bare
from quotealign.attribution.names import Found, find, that_count
from quotealign.attribution.parts import Part, lexicon
from quotealign.languages import Language
from quotealign.model import Article, Span
from quotealign.text.caseless import cut, writes_without_capitals
from quotealign.text.paragraphs import paragraphs
from quotealign.text.sentences import sentences
from quotealign.text.tokens import Piece, Row, row_between, row_of, tokens_between

_OPENING, _NOUNS = 12, 3
_SENTENCE = 1000
"""Code points of a sentence that are read."""
_MARKS = frozenset('"“”„«»‹›‘’‚')
_new = tuple.__new__


class Cast:
    """Who occurs in an article. Read in time linear in the text.

    Names are joined, a family name at a time, when somebody of that name is first asked for: of most nobody does.
    """

    def __init__(self, article: Article, quoted: Sequence[Span], language: Language) -> None:
        self.language = language
        self._quoted = sorted(quoted)
        self._text = article.text
        self._ends: list[int] = []  # of the sentences
        self._voices: dict[int, list[str]] = defaultdict(list)
        self.mentions: list[Mention] = []
        self._read(article.text)
        self._starts = [m.name.start for m in self.mentions]
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, mention in enumerate(self.mentions):
            self._places[mention.name.family].append(place)
        self._meant: dict[int, Entity] = {}
        self._joined: dict[str, list[Entity]] = {}
        self._given: dict[str, list[Entity]] | None = None
        self._titled: dict[str, dict[str, None]] | None = None  # title -> family names that it stands before
        self._voted = False

    def sentence_of(self, offset: int) -> int:
        """Number of the sentence that holds an offset."""
        return bisect.bisect_right(self._ends, offset)

    def reporters_pieces(self, number: int, before: int) -> list[Piece]:
        """The tokens of a sentence outside quotations, those before an offset; of one without end the last."""
        end = min(before, self._ends[number])
        start = max(self._ends[number - 1] if number else 0, end - _SENTENCE)
        pieces = tokens_between(self._text, start, end)
        return [p for p in pieces if not self._is_quoted(p.start) and p.text not in _MARKS]

    def before(self, offset: int, most: int) -> list[tuple[Mention, Entity]]:
        """The last mentions before an offset, at most so many, and who is meant by each."""
        end = bisect.bisect_left(self._starts, offset)
        return [(self.mentions[k], self._entity(k)) for k in range(max(0, end - most), end)]

    def entity_at(self, offset: int) -> Entity | None:
        """Who is meant by the name that begins at an offset."""
        place = bisect.bisect_left(self._starts, offset)
        return self._entity(place) if self._starts[place : place + 1] == [offset] else None

    def of_family(self, family: str) -> Sequence[Entity]:
        """All of a family name, in the order in which they were found to be there."""
        if family not in self._joined:
            self._joined[family] = self._join(self._places.get(family, ()))
        return self._joined[family]

    def of_given(self, word: str) -> Sequence[Entity]:
        """All people named in full with a given name."""
        if self._given is None:
            self._given = defaultdict(list)
            families = dict.fromkeys(m.name.family for m in self.mentions if len(m.name.words) > 1)
            for person in (e for family in families for e in self.of_family(family) if not e.body):
                if len(person.full.words) > 1:
                    self._given[person.full.given[0]].append(person)
        return self._given.get(bare(word), ())

    def with_title(self, title: str) -> list[Entity]:
        """All with a title before one of their names."""
        if self._titled is None:
            self._titled = defaultdict(dict)
            for mention in self.mentions:
                for borne in mention.name.titles:
                    self._titled[borne][mention.name.family] = None
        return [e for family in self._titled.get(title, ()) for e in self.of_family(family) if title in e.titles]

    def gender(self, entity: Entity) -> str:
        """m, f or ?, when the pronouns of the article have been heard."""
        self.vote()
        return entity.gender

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
            parts = words.of(pieces) if caseless else words.in_row(row.texts)
            counting = that_count(parts)
            ends = [at := row.reaching(stop, at) for stop in stops]
            names = find_caseless(pieces, ends, language) if caseless else find(row, parts, counting, ends)
            yield number, row, parts, counting, ends, names

    def _entity(self, place: int) -> Entity:
        if place not in self._meant:
            self.of_family(self.mentions[place].name.family)
        return self._meant[place]

    def _join(self, places: Sequence[int]) -> list[Entity]:
        """Names of one family name made one entity, unless their given names are of different people.

        Full names first; a family name alone then goes to one of that name.
        """
        people: list[Entity] = []
        # Who a full name was found to be; forgotten as soon as it may have become somebody else.
        known: dict[tuple[tuple[str, ...], bool], Entity] = {}
        for place in places:
            name = self.mentions[place].name
            if name.stands_alone:
                _of_full(name, people, known).in_full += 1 + self.mentions[place].subject
        for place in places:
            name = self.mentions[place].name
            entity = _of_full(name, people, known) if name.stands_alone else _of_family(name, people)
            if entity.add(self.mentions[place]):
                known.clear()  # what the new form is compatible with may now be this entity
            self._meant[place] = entity
        return people

    def _is_quoted(self, offset: int) -> bool:
        place = bisect.bisect_right(self._quoted, (offset, 1 << 60)) - 1
        return place >= 0 and self._quoted[place][1] > offset

    def vote(self) -> None:
        """Let pronouns of a sentence speak for the one person named in it, or in the sentence before it; once."""
        if self._voted:
            return
        self._voted = True
        named: dict[int, list[Entity]] = {near: [] for number in self._voices for near in (number - 1, number)}
        for place, mention in enumerate(self.mentions):
            here = named.get(mention.sentence)
            if here is not None and not mention.quoted:
                entity = self._entity(place)
                if not entity.body and entity not in here:
                    here.append(entity)
        for number, voices in self._voices.items():
            people = [e for e in named[number] or named[number - 1] if e.is_like_a_person()]
            if len(people) == 1:
                for voice in voices:
                    people[0].heard(voice)


def _of_full(name: Name, people: list[Entity], known: dict[tuple[tuple[str, ...], bool], Entity]) -> Entity:
    key = name.words, name.body
    entity = known.get(key)
    if entity is None:
        entity = next((e for e in people if e.is_compatible(name)), None) or _made(name, people)
        known[key] = entity
    return entity


def _of_family(name: Name, people: list[Entity]) -> Entity:
    # Wendheim is not Radio Wendheim, though its mentions are counted only afterwards.
    fitting = [e for e in people if not e.first.body and (name.gender == "?" or e.gender in ("?", name.gender))]
    # Of two who share a name, the one whom the article is about: named in full most often, then first.
    return max(fitting, key=lambda e: (e.in_full, -e.number)) if fitting else _made(name, people)


def _made(name: Name, people: list[Entity]) -> Entity:
    entity = Entity(len(people), {name.text: name})
    people.append(entity)
    return entity


def _opens(parts: Sequence[Part], first: int, at: int, name: Name) -> bool:
    """Whether the name whose run begins at `at` is the first thing in its sentence, which begins at `first`, or in a
    clause behind a short opening."""
    if name.governed or name.owner or at - first > _OPENING:
        return False
    while at > first and parts[at - 1].leads:
        at -= 1
    if at == first or parts[at - 1].before_clause:
        return True
    # Port manager Anna Smith: nouns in front of a name are a part of what it opens
    before = parts[first:at]
    return not any(part.is_word for part in before) or (
        at - first <= _NOUNS and not any(part.function or part.governs or not part.is_word for part in before)
    )
