"""Clauses whose finite verb is the second part, as in German: where their subject stands.

What opens such a clause may be anything, and the subject then follows the finite verb (*Am Abend sagte | Anna
Weber*). A participle or an infinitive stands at the end, its helping verb in the second place (*Weber hat den Plan
gelobt*); in a clause that a complementizer or a relative pronoun opens, the finite verb stands last.
"""

from __future__ import annotations

from quotealign.extraction.fields import Clause, Fields
from quotealign.extraction.phrases import Range


class VerbSecond(Fields):
    """Finds subjects on both sides of the finite verb."""

    def left(self, start: int, cue: int) -> Range | None:
        """The subject of a cue that something stands before: of a clause of this order, also behind its verb."""
        words = self.language
        if not words.verb_second or cue <= start:
            return super().left(start, cue)
        if words.clauses.helpers:
            clause = self._clause(start, cue)
            if self._is_passive(clause, cue):
                return self._passive_agent(clause, cue)
            found = self._subject_of(clause, start, cue)
            if found is not None:
                return found
        elif cue + 1 < len(self.items) and self._is_nominative(cue + 1) and not self.is_pronoun(cue - 1):
            return (cue + 1, cue + 2)  # Den Plan nannte | er
        return super().left(start, cue)

    def subject(self, start: int, stop: int) -> Range | None:
        """The first phrase that looks like somebody; rather whoever surely is."""
        return (self.nearest(start, stop) if self.language.clauses.helpers else None) or super().subject(start, stop)

    def nearest(self, start: int, stop: int) -> Range | None:
        """Whoever a clause is about: behind its verb where something else opens it, else the first who is surely
        somebody and no preposition's."""
        if not self.language.clauses.helpers or start >= stop:
            return super().subject(start, stop)
        first = self._skip_conjunctions(start, stop)
        if self._is_circumstance(first, first + 1) and not self._is_focus(first, stop):
            for k in range(first + 1, stop - 1):
                if self.items[k].marked:
                    break
                if self._looks_finite(k) and (found := self._next_to(k, stop)) and self._acts(*found):
                    return found
        k = start
        while k < stop:
            item = self.items[k]
            opens = item.is_capital or item.word in self.language.determiners or self.is_pronoun(k)
            found = self.right(k, stop) if opens and not item.marked else None
            if found and found[0] == k:
                governed = k > start and self._governs(k - 1)
                if not governed and item.word not in self.language.clauses.oblique and self._acts(*found):
                    return self._before_verb(*found)
                k = max(k, self._past_head(k, found[1]) - 1)
            k += 1
        return None

    def _ends_right(self, i: int, begin: int) -> bool:
        """A phrase ends as well where a finite verb follows its noun: laut Anna Weber | steht."""
        verb = self.language.clauses.helpers and i > begin and self.items[i - 1].is_capital and self._is_predicate(i)
        return super()._ends_right(i, begin) or bool(verb)

    def _before_verb(self, begin: int, end: int) -> Range:
        """The phrase up to a finite verb that follows its noun."""
        verbs = (k for k in range(begin + 1, end) if self.items[k - 1].is_capital and self._is_predicate(k))
        return (begin, next(verbs, end))

    def _is_predicate(self, k: int) -> bool:
        return self._looks_finite(k) or self.skips(k)

    def _past_head(self, begin: int, end: int) -> int:
        """Past the head of a phrase, its first noun."""
        k = next((k for k in range(begin, end) if self.items[k].is_capital), end)
        while k < end and self.items[k].is_capital:
            k += 1
        return k

    def _is_focus(self, i: int, stop: int) -> bool:
        """Whether an adverb stands before a subject that it brings out: Auch der Minister …"""
        words, item = self.language, self.items[i]
        if (
            item.word in words.source_ends and item.word not in words.clauses.adverbs
        ) or item.word in words.clauses.oblique:
            return False
        return i + 1 < stop and (self.items[i + 1].is_capital or self.items[i + 1].word in words.determiners)

    # -- its subject -----------------------------------------------------------------------------------------------

    def _subject_of(self, clause: Clause, start: int, cue: int) -> Range | None:
        begin, finite, last = clause
        if last:
            return self._in_subordinate(begin, start, cue)
        k = self._past_small(finite + 1, len(self.items))
        if k < len(self.items) and self._is_nominative(k) and not self._is_nominative(max(start, finite - 1)):
            return (k, k + 1)  # Den Plan nannte | er
        if finite > start and self.items[finite - 1].word in self.language.conjunctions:
            return None
        if begin == finite:
            return self._behind_fronted(start, finite)
        if self._is_subject(begin, finite, finite):
            return None if finite == cue else super().left(start, finite)
        return self._next_to(finite, cue)

    def _in_subordinate(self, opener: int, start: int, cue: int) -> Range | None:
        """The subject of a clause whose verb comes last stands right behind its opener, or is the opener."""
        word = self.items[opener].word
        relative = word not in self.language.clauses.openers
        opens_object = self.items[opener + 1].word in self.language.determiners
        if relative and opens_object and self.items[opener + 1].word not in self.language.clauses.nominative:
            return self._antecedent(start, opener)
        found = self.right(opener + 1, cue)
        if found and found[0] == self._past_small(opener + 1, cue):
            return found
        return None

    def _antecedent(self, start: int, relative: int) -> Range | None:
        """Whom a relative pronoun stands for, with it: ein Beschluss, der | den Plan (ablehnt)."""
        if relative <= start + 1 or self.items[relative - 1].text != ",":
            return None
        begin, words = relative - 1, self.language
        while begin > start and self.items[begin - 1].is_word and not self._governs(begin - 1):
            word = self.items[begin - 1].word
            if word in words.function_words and word not in words.determiners and word not in words.particles:
                break
            begin -= 1
            if word in words.determiners and not (word in words.clauses.genitives and self.items[begin - 1].is_capital):
                break
        return (begin, relative + 1) if begin < relative - 1 else None

    def _past_small(self, i: int, stop: int) -> int:
        while i < stop and (self.skips(i) or self.aside(i, stop)):
            i += 1
        return i

    def _behind_fronted(self, start: int, finite: int) -> Range | None:
        """Behind a clause that stands first: Als der Redner schwieg, rief | Anna Weber."""
        first = self._skip_conjunctions(start, finite)
        head = next((k for k in range(first, finite) if self.items[k].text == ","), finite)
        verbs = self.language.clauses.helpers | self.language.reportive
        fronted = self.items[first].word in self.language.clauses.openers or self._is_circumstance(first, head)
        reported = any(self.items[k].word in verbs for k in range(first, head))
        return self._next_to(finite, finite) if fronted or reported else None

    def _skip_conjunctions(self, i: int, stop: int) -> int:
        while i < stop and (self.items[i].word in self.language.conjunctions or not self.items[i].is_word):
            i += 1
        return min(i, stop - 1)

    def _next_to(self, finite: int, cue: int) -> Range | None:
        """The subject right behind the finite verb."""
        stop = cue if cue > finite else len(self.items)
        k = self._past_small(finite + 1, stop)
        if k >= stop or not (self.items[k].is_word) or self.items[k].word in self.language.clauses.oblique:
            return None
        found = self.right(k, stop)
        if found is None or found[0] != k:
            return None
        end = found[1]
        while end > k + 1 and self.items[end - 1].is_word and not self.items[end - 1].is_capital:
            end -= 1  # fügte | Weber | hinzu
        return (k, end)

    def _is_subject(self, begin: int, end: int, finite: int) -> bool:
        """Whether what stands before the finite verb may be its subject."""
        first = self._skip_conjunctions(begin, end)
        word = self.items[first].word
        alone = first + 1 == end and self.is_pronoun(first)
        nominative = word in self.language.clauses.nominative
        feminine = nominative and self._is_feminine(first, end)
        if alone or self._is_nominative(first) or (nominative and not feminine):
            return True
        if self._is_circumstance(first, end):
            return False
        behind = self._next_to(finite, finite)
        return (self._acts(first, end) and not feminine) or behind is None or not self._acts(*behind)

    def _is_feminine(self, begin: int, end: int) -> bool:
        """Whether a noun's ending tells that *der* is no nominative: Der Verwaltung antwortete | Weber."""
        noun = next((item for item in self.items[begin + 1 : end] if item.is_capital), None)
        return noun is not None and noun.word.endswith(self.language.clauses.feminine_endings)

    def _is_circumstance(self, first: int, end: int) -> bool:
        """Whether a phrase can be no subject: a preposition or an oblique case opens it, or it tells when and how."""
        words = self.language
        word = self.items[first].word
        if word in words.clauses.oblique or (word in words.source_ends and word not in words.pronouns):
            return True
        timed = any(item.word in words.clauses.times for item in self.items[first + 1 : end])
        return all(
            item.word in words.clauses.small
            or item.word in words.months
            or item.text.isdigit()
            or (timed and item.word in words.determiners)
            for item in self.items[first:end]
        )

    def _acts(self, begin: int, end: int) -> bool:
        """Whether a phrase is surely somebody: its head is a person, a body, an acronym, or a bare name."""
        noun_behind = begin + 1 < len(self.items) and self.items[begin + 1].is_capital
        if self.is_person(begin) and not (noun_behind and self.items[begin].word in self.language.determiners):
            return True  # dieser, but not: dieser Schritt
        head = begin
        while head < end and (self.items[head].word in self.language.determiners or not self.items[head].is_capital):
            head += 1
        if head >= end:
            return False
        text = self.items[head].text
        common = self.language.speech_nouns | self.language.clauses.adverbs
        bare = head == begin and self.is_name(head) and self.items[head].word not in common
        return bare or self.is_person(head) or (text.isupper() and len(text) > 1)

    def _is_nominative(self, i: int) -> bool:
        """Whether this is a pronoun that can only be a subject: er, man, wir; but sie, diese are objects, too."""
        gender, number = self.language.pronouns.get(self.items[i].word, ("", ""))
        return gender in ("m", "f", "?") and (number != "?" or not self.language.clauses.helpers)
