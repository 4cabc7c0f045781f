"""Phrases: the words that name who spoke, read outwards from a cue, without a parser.

A phrase ends where the language's data says that a clause breaks: at marks, at complementizers, at words such as
*in* and *on* for a source that follows its cue.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from quotealign.extraction.layout import Item
from quotealign.languages import Language

Range = tuple[int, int]
"""Positions of items in a sentence, half-open."""

DASHES = frozenset({"—", "–", "―", "--", "-"})
_CLAUSE_BREAKS = frozenset(";:—–―()[]•|")
_LONGEST = 14
_LONGEST_ASIDE = 6
_HEAD = 7


@lru_cache(maxsize=256)
def _by_first_word(phrases: tuple[str, ...]) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for phrase in phrases:
        parts = phrase.split()
        found.setdefault(parts[0], []).append(parts)
    return found


class Phrases:
    """Finds noun phrases among the items of one sentence."""

    def __init__(self, items: Sequence[Item], language: Language) -> None:
        self.items = items
        self.language = language

    # -- words -----------------------------------------------------------------------------------------------

    def skips(self, i: int) -> bool:
        """Whether the word may stand between a source and its cue."""
        word = self.items[i].word
        dated = self.language.unspaced and word[:1].isdigit()
        return dated or word in self.language.auxiliaries or word in self.language.negations

    def aside(self, i: int, stop: int) -> int:
        """Items taken up at `i` by a phrase such as *for his part*; 0 for none."""
        return self.phrase(self.language.asides, i, stop)

    def phrase(self, phrases: tuple[str, ...], i: int, stop: int) -> int:
        """Items taken up at `i` by the first of some phrases that stands there; 0 for none."""
        for parts in _by_first_word(phrases).get(self.items[i].word, ()) if i < stop else ():
            if i + len(parts) <= stop and all(self.items[i + k].word == part for k, part in enumerate(parts)):
                return len(parts)
        return 0

    def is_person(self, i: int) -> bool:
        """Whether the word is a pronoun, or a word for a person, a body or a group."""
        return self.language.means_somebody(self.items[i].word)

    def is_name(self, i: int) -> bool:
        """Whether the word looks like part of a name: a capital, and no function word, weekday or month."""
        item = self.items[i]
        words = self.language
        common = item.word in words.function_words or item.word in words.weekdays or item.word in words.months
        acronym = item.text.isupper() and len(item.text) > 1
        return item.is_capital and (acronym or not common)

    def plausible(self, begin: int, end: int) -> bool:
        """Whether the phrase can be somebody: it holds a name, a pronoun, a word for a person, body or document."""
        return any(
            self.is_person(i) or self.items[i].word in self.language.documents or self.is_name(i)
            for i in range(begin, end)
        )

    # -- before a cue ------------------------------------------------------------------------------------------

    def left(self, start: int, cue: int) -> Range | None:
        """The subject that ends before a cue: over auxiliaries, asides, appositions and relative clauses."""
        end = cue
        while end > start and (self.skips(end - 1) or self._ends_aside(start, end)):
            end -= self._ends_aside(start, end) or 1
        if end > start and self.items[end - 1].text in (",", "—", "–", "--", ")"):
            return self._before_apposition(start, end - 1)
        if end > start and self.items[end - 1].word in self.language.relatives:
            relative = end
            end -= 1
            if end > start and self.items[end - 1].text == ",":
                end -= 1
            found = self.left(start, end)
            # Smith, who said: the relative belongs to what names the source
            return (found[0], relative) if found and found[1] >= end - 1 else (relative - 1, relative)
        if end > start and self.items[end - 1].word in self.language.conjunctions:
            return self._shared(start, end - 1)  # he smiled and said
        begin = end
        while begin > start and not self._breaks_left(begin - 1):
            begin -= 1
        opener = begin
        begin = self._skip_openers(begin, end)
        end = self._cut_predicate(begin, end)
        if self.language.verb_second and self._is_adverbial(opener, begin):
            return self.right(cue + 1, len(self.items))  # In einem Gespräch sagte | der Minister
        if begin < end:
            return (begin, end) if self.plausible(begin, end) or self._is_certain(begin, cue) else None
        return self.subject(start, max(start, begin - 1)) if end > start else None

    def _is_adverbial(self, opener: int, begin: int) -> bool:
        """Whether something other than the subject opens the clause: a preposition, an adverb."""
        upto = max(begin, min(opener + 1, len(self.items)))
        return any(
            self.items[k].word in self.language.source_ends and not (self.skips(k) or self._is_pronoun(k))
            for k in range(opener, upto)
        )

    def _shared(self, start: int, stop: int) -> Range | None:
        """The subject of a second predicate: that of the cue before it, else the clause's."""
        for k in range(stop - 1, start, -1):
            word = self.items[k].word
            infinitive = self.items[k - 1].word in self.language.infinitives
            verb = self.language.is_cue(word) and not infinitive and word not in self.language.noun_like
            if verb and (found := self.left(start, k)):
                return found
        return self.subject(start, stop)

    def _is_certain(self, begin: int, cue: int) -> bool:
        """Whether so clear a verb of speech follows that whatever has a determiner before it must have spoken."""
        return self.is_clear(cue) and self.items[begin].word in self.language.determiners

    def is_clear(self, cue: int) -> bool:
        """Whether the cue is a verb of speech and hardly anything else."""
        word = self.items[cue].word if cue < len(self.items) else ""
        return word in self.language.speech and word not in self.language.noun_like

    def _cut_predicate(self, begin: int, end: int) -> int:
        """Before an auxiliary that small words follow: The ministry | has long since (described)."""
        for i in range(begin + 1, end):
            if self.skips(i) and not any(self.items[k].is_capital for k in range(i, end)):
                return i
        return end

    def _ends_aside(self, start: int, end: int) -> int:
        for begin in range(max(start, end - _LONGEST_ASIDE), end):
            if self.aside(begin, end) == end - begin:
                return end - begin
        return 0

    def _before_apposition(self, start: int, comma: int) -> Range | None:
        """`Smith, the mayor, said`: the phrase before the pair of commas, with what stands between them."""
        first = next((k for k in range(start, comma) if self.items[k].text == ","), comma)
        head = self._skip_openers(start, first)
        unopened = not any(self.items[k].word in self.language.source_ends for k in range(start, head))
        if unopened and first < comma and first - head <= _HEAD and self._is_head(head, first):
            return (head, comma)
        for i in range(comma - 1, start - 1, -1):
            if self.items[i].marked:
                return None
            if self.items[i].text in (",", "—", "–", "--", "("):
                begin = i
                while begin > start and not self._breaks_left(begin - 1):
                    begin -= 1
                begin = self._skip_openers(begin, i)
                if begin < i and any(self.is_name(k) or self.is_person(k) for k in range(begin, i)):
                    return (begin, comma)
                if self.items[i].text == ",":
                    continue
                return None
        begin = self._skip_openers(start, comma)
        return self.subject(begin, comma)

    def _is_pronoun(self, i: int) -> bool:
        return self.items[i].word in self.language.pronouns

    def _is_head(self, begin: int, end: int) -> bool:
        """Whether the phrase is a name or a determiner and a person, and no more."""
        if not self.plausible(begin, end):
            return False
        small = self.language.determiners | self.language.particles
        return begin < end and all(
            self.items[k].is_capital or self.is_person(k) or self.items[k].word in small or not self.items[k].is_word
            for k in range(begin, end)
        )

    def _breaks_left(self, i: int) -> bool:
        item = self.items[i]
        if item.marked or item.text in (",", '"', "...", "…") or item.text[:1] in _CLAUSE_BREAKS or item.text in DASHES:
            return True
        if item.word in self.language.complementizers:
            return True
        return item.word in self.language.speech and not item.is_capital

    def _skip_openers(self, begin: int, end: int) -> int:
        """Past conjunctions and adverbs that open a clause: But, And, Meanwhile, Auch."""
        while begin < end and not self.begins(begin) and self.items[begin].word in self.language.function_words:
            begin += 1
        while begin < end and not self.items[begin].is_word:
            begin += 1
        return begin

    def begins(self, i: int) -> bool:
        """Whether a noun phrase may begin with this word though it is a small one."""
        word = self.items[i].word
        return word in self.language.determiners or word in self.language.pronouns or self.is_person(i)

    # -- after a cue -------------------------------------------------------------------------------------------

    def right(self, start: int, stop: int, *, certain: bool = False) -> Range | None:
        """The phrase that begins here: `said | the minister of justice | in`."""
        i = start
        while i < stop and (
            n := self.aside(i, stop)
            or (1 if self.skips(i) or (self.items[i].text == "," and i == start and not self.is_name(i)) else 0)
        ):
            i += n
        begin = i
        while i < stop and i < begin + _LONGEST and not self._ends_right(i, begin):
            i += 1
            if self.items[begin].word in self.language.pronouns:
                break
        i = self._with_name(begin, i, stop)
        while i > begin and not self.items[i - 1].is_word and self.items[i - 1].text != ".":
            i -= 1
        known = certain and i > begin + 1 and self.items[begin].word in self.language.determiners
        return (begin, i) if i > begin and (known or self.plausible(begin, i)) else None

    def _with_name(self, begin: int, end: int, stop: int) -> int:
        """Past a name that a comma sets off from its role: said the lawyer | , Anna Smith."""
        k = end + 1
        if end >= stop or self.items[end].text != "," or not any(self.is_person(i) for i in range(begin, end)):
            return end
        while k < stop and (self.items[k].is_capital or self.items[k].word in self.language.particles):
            k += 1
        closed = k >= stop or not self.items[k].is_word or self.items[k].word in self.language.source_ends
        return k if closed and k - end > 2 else end

    def _ends_right(self, i: int, begin: int) -> bool:
        item, words = self.items[i], self.language
        if item.marked or (not item.is_word and not self._inside_name(i, begin)):
            return True
        if i > begin and (item.word in words.relatives or item.word in words.complementizers):
            return True
        if item.word in words.source_ends and not (i == begin and self.begins(i)):
            return True
        behind_name = words.verb_first and i > begin and self.items[i - 1].is_capital
        if behind_name and not (item.is_capital or self.is_person(i)):
            return True  # the object of the verb: وصف | أحمد العلي | القرار
        return i > begin and words.is_cue(item.word) and not item.is_capital and not self.is_person(i)

    def _inside_name(self, i: int, begin: int) -> bool:
        """The dot of Mr. or J., an ampersand or an apostrophe inside a name."""
        text = self.items[i].text
        if text == "." and i > begin:
            before = self.items[i - 1]
            return before.word in self.language.abbreviations or (len(before.text) == 1 and before.is_capital)
        return text in ("&", "'", "’", "/") and i > begin

    # -- anywhere ----------------------------------------------------------------------------------------------

    def subject(self, start: int, stop: int) -> Range | None:
        """The first phrase of a clause that looks like somebody: a pronoun, a name, a determiner and its noun."""
        for i in range(start, stop):
            item = self.items[i]
            if item.marked:
                return None
            if item.word in self.language.pronouns and not (item.text.isupper() and len(item.text) > 1):
                return (i, i + 1)
            governed = i > start and self._governs(i - 1)
            if self.is_name(i) and not governed and not (self.language.is_cue(item.word) and i > start):
                end = i + 1
                while end < stop and (
                    self.items[end].is_capital
                    or self.items[end].word in self.language.particles
                    or self._inside_name(end, i)
                ):
                    end += 1
                return (i, end)
            if self.is_person(i) and i > start and not governed:
                begin = i
                while begin > start and self.items[begin - 1].is_word and not self._governs(begin - 1):
                    begin -= 1
                    if self.items[begin].word in self.language.determiners:
                        break
                if begin == start or not self._governs(begin - 1):
                    return (begin, i + 1)
        return None

    def _governs(self, i: int) -> bool:
        """Whether the word is a preposition, so far as the data tells: a small word that begins no phrase."""
        word = self.items[i].word
        if self.skips(i):
            return False
        small = word in self.language.function_words and word not in self.language.conjunctions
        return word in self.language.source_ends or (small and not self.begins(i))
