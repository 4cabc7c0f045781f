"""Clauses: main ones told from those that hang on them, as far as their first words and commas tell.

A participle has no subject of its own (`Smith left, saying …`), and what a clause that begins with *while* reports
is not what the clause behind its comma reports (`While Smith said …, Jones said …`).
"""

from __future__ import annotations

from quotealign.extraction.phrases import DASHES, Phrases, Range

_DATELINE = 12
_HEAD = 7
_AGENT = 6


class Clauses(Phrases):
    """Finds the subject of the main clause, and where one clause ends within another."""

    def is_participle(self, cue: int) -> bool:
        """Whether the cue is a participle that no auxiliary makes a verb with a subject: saying, but not: is saying."""
        words, word = self.language, self.items[cue].word
        if not word.endswith(words.participles) or words.speech.get(word, words.stance.get(word, word)) == word:
            return False
        k = cue - 1
        while k >= 0 and self.skips(k) and self.items[k].word not in words.progressive:
            k -= 1
        last = words.contractions.get(self.items[k].word, self.items[k].word) if k >= 0 else ""
        return last.rpartition(" ")[2] not in words.progressive

    def participle_subject(self, start: int, cue: int) -> Range | None:
        """Who speaks in a participle: with Smith | saying; quoted Smith as | saying; else the subject of its clause."""
        end = cue
        while end > start and (self.skips(end - 1) or self._ends_aside(start, end)):
            end -= self._ends_aside(start, end) or 1
        last = end - 1
        if last < start:
            return None
        if self.items[last].word in self.language.likewise and (found := self._quoted(start, last)):
            return found
        if self.items[last].is_word and not self._is_small(last) and (found := self._own_subject(start, end)):
            return found
        return self.main_subject(start, cue)

    def _quoted(self, start: int, stop: int) -> Range | None:
        """Whom an account quotes: quoted | Smith | as saying, Smith was quoted as saying."""
        verb = next((k for k in range(stop - 1, start, -1) if self.language.is_cue(self.items[k].word)), None)
        if verb is None:
            return None
        return self.right(verb + 1, stop) if verb + 1 < stop else self.left(start, verb)

    def quoted(self, cue: int, stop: int) -> Range | None:
        """Whom somebody else quotes, behind the words: “…,” the paper quoted | Smith | as saying."""
        if self.language.speech.get(self.items[cue].word) not in self.language.clauses.quoting:
            return None
        found = self.right(cue + 1, stop)
        passed_on = found and found[1] < stop and self.items[found[1]].word in self.language.likewise
        return found if passed_on else None

    def _own_subject(self, start: int, end: int) -> Range | None:
        """The subject that a participle has for once: with Smith | saying, … – and Smith | saying."""
        for k in range(end - 1, start - 1, -1):
            item = self.items[k]
            if item.word in self.language.absolutes:
                return (k + 1, end) if self.plausible(k + 1, end) else None
            joined = item.text in DASHES or item.word in self.language.conjunctions
            if joined and k + 1 < end and self.items[k + 1].is_capital and self._is_head(k + 1, end):
                return (k + 1, end)
            if item.marked or item.text == ",":
                return None
        return None

    def agent(self, cue: int, stop: int) -> Range | None:
        """Who speaks in a passive: the plan was called | by Smith | “…”, the plan was called “…” | by Smith."""
        k = cue - 1
        while k >= 0 and self.skips(k) and self.items[k].word not in self.language.progressive:
            k -= 1
        passive = k >= 0 and self.items[k].word in self.language.progressive
        if not passive or self.items[cue].word.endswith(self.language.participles):
            return None
        for by in (*range(cue + 1, min(stop, cue + _AGENT)), stop + 1):
            if by < len(self.items) and self.items[by].word in self.language.agents:
                return self.right(by + 1, stop if by < stop else len(self.items))
        return None

    def main_subject(self, start: int, cue: int) -> Range | None:
        """The subject of the clause before a participle: of the last stretch between commas that is a clause."""
        begin = self.past_dateline(start)
        stop = cue
        for k in range(cue - 1, begin - 2, -1):
            if k >= begin and self.items[k].text != "," and self.items[k].text not in DASHES:
                continue
            i = self._past_openers(k + 1, stop)
            if i < stop and self._is_small(i) and stop == cue and (subject := self.subject(i + 1, stop)):
                return subject  # when he left by saying
            if i < stop and not self._is_small(i):
                subject = self.opening_phrase(i, stop)
                if subject and self._goes_on(subject[1], stop):
                    return subject
                if subject is None and k > begin and stop < cue:
                    return self._before_apposition(begin, k)  # Smith, the mayor, left, | saying
            stop = k
        if start:
            return None
        return self.subject(begin, cue) or self._later_subject(cue)

    def _later_subject(self, cue: int) -> Range | None:
        """The subject of the main clause where it follows: After saying the mill was “…”, | Smith | left."""
        for k in range(cue + 1, len(self.items) - 1):
            closed = self.items[k].text == "," or (
                self.items[k].marked and self.items[k].text.rstrip("\"”’'")[-1:] == ","
            )
            if closed and (found := self.opening_phrase(k + 1, len(self.items))):
                return found if self._goes_on(found[1], len(self.items)) else None
        return None

    def _past_openers(self, i: int, stop: int) -> int:
        while i < stop:
            conjunction = self.items[i].word in self.language.conjunctions
            n = self.aside(i, stop) or int(not self.items[i].is_word or self.skips(i) or conjunction)
            if not n:
                break
            i += n
        return i

    def _goes_on(self, i: int, stop: int) -> bool:
        """Whether a stretch has words, its verb among them, behind its subject: not so an apposition."""
        for k in range(i, stop):
            item = self.items[k]
            plain = item.is_word and not item.is_capital and item.word not in self.language.function_words
            if (plain or self.skips(k)) and (k == i or self.items[k - 1].is_capital or self.is_person(k - 1)):
                return True
        return False

    def opening_phrase(self, start: int, stop: int) -> Range | None:
        """The phrase that opens a stretch, so far as it is somebody or a document: The former | secretary."""
        words = self.language
        determined = self.items[start].word in words.determiners
        end = start
        for k in range(start, min(stop, start + _HEAD)):
            word = self.items[k].word
            if self.owns(k):
                determined, end = True, start
            elif self.is_person(k) or self.is_name(k) or (determined and word in words.documents):
                end = k + 1
            elif end > start:
                if not self._inside_name(k, start) and word not in words.particles:
                    break
            elif not self._may_modify(k, start, determined):
                break
        return (start, end) if end > start else None

    def _may_modify(self, k: int, start: int, determined: bool) -> bool:
        """Whether a word can stand before the noun of a phrase that begins at `start`: the | former | mayor."""
        if not self.items[k].is_word or self._is_small(k) or (k > start and self.begins(k)):
            return False
        return determined or self.items[k].word in self.language.titles

    def begins_name(self, i: int) -> bool:
        """Whether a name, or a determiner with somebody behind it, begins here; a pronoun does not count."""
        return not self.is_pronoun(i) and self.opening_phrase(i, len(self.items)) is not None

    def _is_small(self, i: int) -> bool:
        """Whether the word is a preposition or opens a dependent clause: in, after, while."""
        word, words = self.items[i].word, self.language
        if word in words.subordinators:
            return True
        small = word in words.function_words and word not in words.conjunctions
        return small and not self.skips(i) and not self.begins(i) and not self.is_name(i)

    def inverted(self, cue: int, start: int, stop: int) -> Range | None:
        """The source behind a cue, unless it is the subject of a clause of its own: said | the mayor | would go."""
        source = self.right(start, stop, certain=self.is_clear(cue))
        return None if source and source[1] < stop and self.items[source[1]].word in self.language.finite else source

    def turns(self, cue: int) -> bool:
        """Whether a comma sets a clear verb off from all before it, so that its subject follows: …, said Smith."""
        clear = self.is_clear(cue) and not self.is_participle(cue)
        followed = cue + 1 < len(self.items) and self.begins_name(cue + 1)
        return clear and followed and self.items[cue - 1].text == ","

    def unclosed(self, start: int, cue: int) -> Range | None:
        """Somebody with an apposition that no comma closes: “…,” | Smith, the mayor of Harwick | told"""
        head = self.opening_phrase(start, cue) if self.is_clear(cue) else None
        return (start, cue) if head and self.items[head[1]].text == "," else None

    def leads(self, i: int, cue: int) -> bool:
        """Whether only asides and small words stand before the cue."""
        while i < cue:
            if n := self.aside(i, cue):
                i += n
            elif self.skips(i) or not self.items[i].is_word or self._is_thus(i, cue):
                i += 1
            else:
                return False
        return True

    def _is_thus(self, i: int, cue: int) -> bool:
        """Whether this is the word before a verb that stands second: „…“, so | urteilte Weber."""
        return i + 1 == cue and self.language.verb_second and self.items[i].word in self.language.likewise

    def turned(self, start: int, cue: int, stop: int) -> Range | None:
        """The subject of a verb that turns within what it reports: Because of the rain, said Smith, the “…”"""
        head = self.opening_phrase(start, cue) if cue > start else None
        words = any(self.items[k].is_word for k in range(start, cue))
        apposed = not words or (head and self.items[head[1]].text == ",")
        found = None if apposed or not self.turns(cue) else self.inverted(cue, cue + 1, stop)
        return found if found and found[1] < stop and self.items[found[1]].text == "," else None

    def past_addressee(self, cue: int, start: int) -> int:
        """Behind whom a verb of telling addresses, and behind prepositions: told | the council on Monday | it would."""
        words, k = self.language, start
        if words.speech.get(self.items[cue].word) in words.addressed:
            k = self._past_phrase(k)
        while k < len(self.items) and self._is_small(k) and self.items[k].word in words.source_ends:
            k = self._past_phrase(k + 1)
        return k if k < len(self.items) and self.items[k].is_word else start

    def is_adjunct(self, start: int, end: int) -> bool:
        """Whether a stretch is nothing but a preposition and its phrase: said | on Monday."""
        small = self._is_small(start) and self.items[start].word in self.language.source_ends
        return small and self._past_phrase(start + 1) >= end

    def _past_phrase(self, i: int) -> int:
        """Behind a noun phrase: up to the next determiner, pronoun or small word."""
        first = i
        while i < len(self.items) and self.items[i].is_word and not self._is_small(i):
            if i > first and self.begins(i) and not self.items[i].is_capital and not self.is_person(i):
                break
            if i > first and (self.is_pronoun(i) or self.items[i].word in self.language.infinitives):
                break
            i += 1
        return i

    def is_preposition(self, i: int) -> bool:
        """Whether a noun phrase has to follow: from, of; not a word that opens a clause."""
        word, words = self.items[i].word, self.language
        if word in words.subordinators or word in words.relatives or word in words.complementizers:
            return False
        if word in words.clauses.adverbs:
            return False
        return word in words.source_ends and word not in words.likewise and self._is_small(i)

    def past_dateline(self, start: int) -> int:
        """Behind the place and the agency that open a report: HARWICK (PN) — | Smith said."""
        if start or not self.items or not self.items[0].is_capital:
            return start
        for k in range(1, min(_DATELINE, len(self.items))):
            item = self.items[k]
            if item.text in DASHES:
                placed = self.items[0].text.isupper() or self.items[k - 1].text == ")"
                return k + 1 if placed else start
            if item.marked or (item.is_word and not (item.is_capital or item.text[0].isdigit())):
                return start
        return start

    def reaches(self, cue: int, inner: int) -> bool:
        """Whether the clause of an outer cue takes in the one that begins at `inner`: Smith said (that) she hoped …"""
        items, words = self.items, self.language
        between = range(cue + 1, inner)
        if any(items[k].text in (";", ":") or items[k].marked for k in between):
            return False
        if any(items[k].text == "," and items[k + 1].word in words.conjunctions for k in between):
            return False
        if inner - 1 > cue and items[inner - 1].word in words.subordinators:
            # Smith spoke …, though Jones hoped …; but: Smith said that … after Jones left
            return items[inner - 2].text != "," and any(items[k].word in words.complementizers for k in between)
        closed = inner - 1 > cue and items[inner - 1].text == ","
        return not (closed and self.is_dependent(cue))

    def is_dependent(self, cue: int) -> bool:
        """Whether the clause of the cue hangs on another: While Smith said …, | Jones, who hoped …, |"""
        words = self.language
        for k in range(cue - 1, -1, -1):
            item = self.items[k]
            if item.marked or item.text == ";" or (item.text == "," and self.items[k + 1].word not in words.relatives):
                return False
            if item.word in words.subordinators or item.text == ",":
                return True
        return False
