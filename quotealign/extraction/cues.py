"""Cues: the reporting expression that governs a marked string, and the source that it names.

No parser: clauses are read from the words beside a marked string, outwards, with the verbs and prepositions of
the language's data. `TAGS` lists the constructions in the order in which they are tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotealign.extraction.layout import Item, Sentence
from quotealign.languages import Language

Range = tuple[int, int]
"""Positions of items in a sentence, half-open."""

_REACH = 28
_CLAUSE_BREAKS = frozenset(";:—–()[]•|")
_DASHES = frozenset({"—", "–", "--", "-"})


@dataclass(frozen=True, slots=True)
class Tag:
    """A reporting clause: positions of its cue and its source in the sentence.

    rule      the construction; `firm` tells that it stands right beside the marked string
    strength  how sure the construction is, in [0, 1]
    """

    rule: str
    cue: Range
    source: Range | None
    strength: float
    firm: bool = True


class Reader:
    """Reads the clauses of one sentence."""

    def __init__(self, sentence: Sentence, language: Language) -> None:
        self.items: Sequence[Item] = sentence.items
        self.language = language

    # -- words -----------------------------------------------------------------------------------------------

    def is_cue(self, i: int) -> bool:
        """Whether a form of a reporting verb stands here, used as a verb so far as its neighbours tell."""
        word = self.items[i].word
        if not word or not self.language.is_cue(word):
            return self._inverted_pronoun(word) is not None
        before = self.items[i - 1].word if i else ""
        # the claim, a state, his demand: nouns
        return not (before in self.language.determiners and word not in ("said",)) and not self.items[i].text.isupper()

    def _inverted_pronoun(self, word: str) -> str | None:
        """Said-he in one word, as French writes it: a-t-il (with its participle behind), dit-elle."""
        if "-" not in word:
            return None
        verb, _, pronoun = word.replace("-t-", "-").rpartition("-")
        known = pronoun in self.language.pronouns
        return pronoun if known and (self.language.is_cue(verb) or verb in self.language.auxiliaries) else None

    def skips(self, i: int) -> bool:
        """Whether the word may stand between a source and its cue."""
        word = self.items[i].word
        return word in self.language.auxiliaries or word in self.language.negations

    def aside(self, i: int, stop: int) -> int:
        """Items taken up at `i` by a phrase such as *for his part*; 0 for none."""
        return self._phrase(self.language.asides, i, stop)

    def according(self, i: int, stop: int) -> int:
        """Items taken up at `i` by a phrase such as *according to*; 0 for none."""
        return self._phrase(self.language.according, i, stop)

    def _phrase(self, phrases: tuple[str, ...], i: int, stop: int) -> int:
        for phrase in phrases:
            parts = phrase.split()
            if i + len(parts) <= stop and all(self.items[i + k].word == part for k, part in enumerate(parts)):
                return len(parts)
        # d'après, l'avis: a phrase that ends in an apostrophe is the beginning of a word
        return 0

    # -- after the marked string ---------------------------------------------------------------------------------

    def after(self, start: int, stop: int) -> Tag | None:
        """The tag that follows: `said Smith`, `Smith said`, `according to Smith`, `— Smith`."""
        i = start
        while i < stop and not self.items[i].is_word and not self.items[i].marked:
            i += 1
        if i >= stop or self.items[i].marked:
            return None
        if n := self.according(i, stop):
            source = self.noun_phrase_right(i + n, stop)
            return Tag("according-after", (i, i + n), source, 0.9) if source else None
        cue = self._first_cue(i, min(stop, i + _REACH))
        if cue is None:
            for k in range(i, stop):
                if self.items[k].text == "," and (n := self.according(k + 1, stop)):
                    source = self.noun_phrase_right(k + 1 + n, stop)
                    return Tag("according-later", (k + 1, k + 1 + n), source, 0.6, firm=False) if source else None
            return None
        if (pronoun := self._inverted_pronoun(self.items[cue].word)) is not None and pronoun:
            end = cue + 1
            while end < stop and (self.skips(end) or self.is_cue(end)) and end < cue + 4:
                end += 1
            return Tag("inverted-pronoun", (cue, end), (cue, cue + 1), 0.9, firm=cue == i)
        head = [k for k in range(i, cue) if self.items[k].is_word and not self.skips(k)]
        lead = self._lead(i, cue)
        if not head or lead:
            # said Smith; for his part stressed the minister
            source = self.noun_phrase_right(cue + 1, stop)
            if source:
                return Tag("inverted", (cue, cue + 1), source, 0.95)
            return None
        source = self.noun_phrase_left(i, cue)
        if source is None:
            return None
        firm = source[0] <= i + 1
        return Tag("subject-after", self._cue_range(cue, stop), source, 0.95 if firm else 0.6, firm)

    def _lead(self, i: int, cue: int) -> bool:
        """Whether only asides and small words stand before the cue."""
        while i < cue:
            if n := self.aside(i, cue):
                i += n
            elif self.skips(i) or not self.items[i].is_word:
                i += 1
            else:
                return False
        return True

    def _first_cue(self, start: int, stop: int) -> int | None:
        for i in range(start, stop):
            if self.items[i].marked or self.items[i].text in ";":
                return None
            if self.is_cue(i):
                return i
        return None

    def _cue_range(self, cue: int, stop: int) -> Range:
        return (cue, cue + 1)

    # -- before the marked string --------------------------------------------------------------------------------

    def before(self, start: int, stop: int) -> Tag | None:
        """The tag that precedes: `Smith said (that)`, `According to Smith,`, `Smith:`, `…, citing`."""
        for i in range(start, stop):
            if (n := self.according(i, stop)) and (source := self.noun_phrase_right(i + n, stop)):
                return Tag("according-before", (i, i + n), source, 0.9, firm=stop - source[1] <= 1)
        cues = [i for i in range(start, stop) if self.is_cue(i)]
        for cue in reversed(cues):
            if self.items[cue].word in self.language.speech or cue + 12 >= stop or len(cues) == 1:
                source = self.noun_phrase_left(start, cue) or self._inverted_in_front(cue, stop)
                if source:
                    firm = stop - cue <= 3
                    speech = self.items[cue].word in self.language.speech
                    return Tag("subject-before", (cue, cue + 1), source, 0.9 if speech else 0.75, firm)
        if cues:
            return Tag("cue-before", (cues[-1], cues[-1] + 1), None, 0.5, firm=stop - cues[-1] <= 3)
        if stop > start and self.items[stop - 1].text == ":":
            return self.colon(start, stop - 1)
        return None

    def _inverted_in_front(self, cue: int, stop: int) -> Range | None:
        """Said the minister: “…”"""
        found = self.noun_phrase_right(cue + 1, stop)
        return found if found and self.items[found[0]].is_capital else None

    def colon(self, start: int, stop: int) -> Tag | None:
        """`Smith:` — a short name before a colon, or a sentence about somebody's words that ends in one."""
        nouns = [i for i in range(start, stop) if self.items[i].word in self.language.speech_nouns]
        source = self.subject(start, stop)
        if source is None:
            return None
        if nouns:
            return Tag("noun-colon", (nouns[-1], nouns[-1] + 1), source, 0.7)
        short = stop - start <= 6 and any(self.items[i].is_capital for i in range(start, stop))
        return Tag("colon", (stop, stop + 1), source, 0.8 if short else 0.6)

    # -- noun phrases --------------------------------------------------------------------------------------------

    def noun_phrase_left(self, start: int, cue: int) -> Range | None:
        """The subject that ends before a cue: over auxiliaries, asides, appositions and relative clauses."""
        end = cue
        while end > start and (self.skips(end - 1) or self._ends_aside(start, end)):
            end -= self._ends_aside(start, end) or 1
        if end > start and self.items[end - 1].text in (",", "—", "–", "--", ")"):
            return self._before_apposition(start, end - 1)
        if end > start and self.items[end - 1].word in self.language.relatives:
            return self.noun_phrase_left(start, end - 1)
        begin = end
        while begin > start and not self._breaks_left(begin - 1):
            begin -= 1
        begin = self._skip_openers(begin, end)
        end = self._cut_predicate(begin, end)
        if begin < end:
            return (begin, end) if self.plausible(begin, end) else None
        # He smiled and said: the subject stands farther left
        return self.subject(start, max(start, begin - 1)) if end > start else None

    def _cut_predicate(self, begin: int, end: int) -> int:
        """Before an auxiliary that small words follow: The ministry | has long since (described)."""
        for i in range(begin + 1, end):
            if self.skips(i) and not any(self.items[k].is_capital for k in range(i, end)):
                return i
        return end

    def plausible(self, begin: int, end: int) -> bool:
        """Whether the phrase can be somebody: it holds a name, a pronoun, a word for a person, body or document."""
        return any(
            self._is_person(i)
            or self.items[i].word in self.language.documents
            or (self.items[i].is_capital and self.items[i].word not in self.language.function_words)
            for i in range(begin, end)
        )

    def _ends_aside(self, start: int, end: int) -> int:
        for phrase in self.language.asides:
            n = len(phrase.split())
            if end - n >= start and self._phrase((phrase,), end - n, end):
                return n
        return 0

    def _before_apposition(self, start: int, comma: int) -> Range | None:
        """`Smith, the mayor, said`: the phrase before the pair of commas, with what stands between them."""
        for i in range(comma - 1, start - 1, -1):
            if self.items[i].marked:
                return None
            if self.items[i].text in (",", "—", "–", "--", "("):
                begin = i
                while begin > start and not self._breaks_left(begin - 1):
                    begin -= 1
                begin = self._skip_openers(begin, i)
                if begin < i and any(self.items[k].is_capital or self._is_person(k) for k in range(begin, i)):
                    return (begin, comma)
                if self.items[i].text == ",":
                    continue
                return None
        begin = self._skip_openers(start, comma)
        return self.subject(begin, comma)

    def _is_person(self, i: int) -> bool:
        word = self.items[i].word
        return (
            word in self.language.roles
            or word in self.language.bodies
            or word in self.language.anonymous
            or word in self.language.pronouns
        )

    def _breaks_left(self, i: int) -> bool:
        item = self.items[i]
        if (
            item.marked
            or item.text in (",", '"', "...", "…")
            or item.text[:1] in _CLAUSE_BREAKS
            or item.text in _DASHES
        ):
            return True
        if item.word in self.language.complementizers:
            return True
        return self.is_cue(i) and item.word in self.language.speech

    def _skip_openers(self, begin: int, end: int) -> int:
        """Past conjunctions and adverbs that open a clause: But, And, Meanwhile, Auch."""
        while begin < end and not self._begins_phrase(begin) and self.items[begin].word in self.language.function_words:
            begin += 1
        while begin < end and not self.items[begin].is_word:
            begin += 1
        return begin

    def _begins_phrase(self, i: int) -> bool:
        word = self.items[i].word
        return word in self.language.determiners or word in self.language.pronouns or self._is_person(i)

    def noun_phrase_right(self, start: int, stop: int) -> Range | None:
        """The phrase that begins here: `said | the minister of justice | in`."""
        i = start
        while i < stop and (
            n := self.aside(i, stop) or (1 if self.skips(i) or (self.items[i].text == "," and i == start) else 0)
        ):
            i += n
        begin = i
        while i < stop and i < begin + 14:
            item = self.items[i]
            if item.marked or (not item.is_word and not self._inner_mark(i, begin)):
                break
            if i > begin and (item.word in self.language.relatives or item.word in self.language.complementizers):
                break
            if item.word in self.language.source_ends and not (i == begin and self._begins_phrase(i)):
                break
            if i > begin and self.is_cue(i) and not item.is_capital:
                break
            i += 1
            if item.word in self.language.pronouns and i == begin + 1:
                break
        while i > begin and not self.items[i - 1].is_word and self.items[i - 1].text != ".":
            i -= 1
        if i == begin:
            return None
        return (begin, i) if self.plausible(begin, i) else None

    def _inner_mark(self, i: int, begin: int) -> bool:
        """The dot of Mr. or J., an ampersand or an apostrophe inside a name."""
        text = self.items[i].text
        if text == "." and i > begin:
            before = self.items[i - 1]
            return before.word in self.language.abbreviations or (len(before.text) == 1 and before.is_capital)
        return text in ("&", "'", "’", "/") and i > begin

    def subject(self, start: int, stop: int) -> Range | None:
        """The first phrase of a clause that looks like somebody: a pronoun, a name, a determiner and its noun."""
        i = start
        while i < stop:
            item = self.items[i]
            if item.marked:
                return None
            if item.word in self.language.pronouns:
                return (i, i + 1)
            if item.is_capital and item.word not in self.language.function_words and not self.is_cue(i):
                end = i + 1
                while end < stop and (
                    self.items[end].is_capital
                    or self.items[end].word in self.language.particles
                    or self._inner_mark(end, i)
                ):
                    end += 1
                return (i, end)
            if self._is_person(i) and i > start:
                begin = i
                while (
                    begin > start
                    and self.items[begin - 1].is_word
                    and self.items[begin - 1].word not in self.language.source_ends
                ):
                    begin -= 1
                    if self.items[begin].word in self.language.determiners:
                        break
                return (begin, i + 1)
            i += 1
        return None
