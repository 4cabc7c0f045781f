"""Phrases: the words that name who spoke, read outwards from a cue, without a parser.

A phrase ends where the language's data says that a clause breaks: at marks, at complementizers, at words such as
*in* and *on* for a source that follows its cue.
"""

from __future__ import annotations

from quotealign.extraction.words import Words

Range = tuple[int, int]
"""Positions of items in a sentence, half-open."""

DASHES = frozenset({"—", "–", "―", "--", "-"})
_CLAUSE_BREAKS = frozenset(";:—–―()[]•|")
_LONGEST = 14
_LONGEST_ASIDE = 6
_HEAD = 7


class Phrases(Words):
    """Finds noun phrases among the items of one sentence."""

    # -- before a cue ------------------------------------------------------------------------------------------

    def left(self, start: int, cue: int) -> Range | None:
        """The subject that ends before a cue: over auxiliaries, asides, appositions and relative clauses."""
        end = cue
        while end > start and (self.skips(end - 1) or self._ends_aside(start, end)):
            end -= self._ends_aside(start, end) or 1
        if end > start and self.items[end - 1].text in (",", "—", "–", "--", ")"):
            found = self._before_apposition(start, end - 1)
            bracket = found and found[1] == end - 1 and self.items[end - 1].text == ")"
            return (found[0], end) if found and bracket else found
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
        begin = next((k + 1 for k in range(end - 2, begin, -1) if self._opens_head(k, end)), begin)
        begin = self._skip_openers(begin, end)
        if begin > start and self._governs(begin - 1):
            begin = next((k for k in range(end - 1, begin, -1) if self._begins_anew(k)), begin)
        end = self._cut_predicate(begin, end)
        if self.language.verb_second and self._is_adverbial(opener, begin):
            return self.right(cue + 1, len(self.items))  # In einem Gespräch sagte | der Minister
        if begin < end:
            known = self.plausible(begin, end) or self._is_certain(begin, cue)
            return (begin, end) if known or self._is_named(begin, end, cue) else None
        return self.subject(start, max(start, begin - 1)) if end > start else None

    def _begins_anew(self, i: int) -> bool:
        """Whether a second noun phrase begins here, right behind a noun: In a statement | the council (said)."""
        item, before = self.items[i], self.items[i - 1]
        if item.word not in self.language.determiners or before.is_capital or not before.is_word:
            return False
        return before.word not in self.language.function_words and not self.owns(i - 1)

    def _opens_head(self, i: int, end: int) -> bool:
        """Whether a clause opens here with all that is left before the cue: Jones left | after | Smith (said)."""
        return self.items[i].word in self.language.subordinators and self._is_head(i + 1, end)

    def _is_adverbial(self, opener: int, begin: int) -> bool:
        """Whether something other than the subject opens the clause: a preposition, an adverb."""
        upto = max(begin, min(opener + 1, len(self.items)))
        return any(
            self.items[k].word in self.language.source_ends and not (self.skips(k) or self.is_pronoun(k))
            for k in range(opener, upto)
        )

    def _shared(self, start: int, stop: int) -> Range | None:
        """The subject of a second predicate: that of the cue before it, else the clause's."""
        commas = (k for k in range(stop - 1, start, -1) if self.items[k].text == ",")
        comma = None if self.language.verb_second else next(commas, None)
        if comma and self.is_name(comma + 1) and (found := self.subject(comma + 1, stop)):
            return found  # When Jones came, | Smith | smiled and said
        for k in range(stop - 1, start, -1):
            word = self.items[k].word
            infinitive = self.items[k - 1].word in self.language.infinitives
            verb = self.language.is_cue(word) and not infinitive and word not in self.language.noun_like
            if verb and (found := self.left(start, k)):
                return found
        return self.subject(start, stop)

    def _is_certain(self, begin: int, cue: int) -> bool:
        """Whether so clear a verb of speech follows that whatever has a determiner before it must have spoken."""
        counted = self.items[begin].word[:1].isdigit()  # 63 percent said
        return self.is_clear(cue) and (counted or self.items[begin].word in self.language.determiners)

    def _is_named(self, begin: int, end: int, cue: int) -> bool:
        """Whether only capitals stand before a clear verb, not at the head of a sentence: “…,” | Will | wrote."""
        return begin > 0 and self.is_clear(cue) and all(self.items[k].is_capital for k in range(begin, end))

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
        return item.word in self.language.speech and not item.is_capital and not self.is_noun(i)

    def _skip_openers(self, begin: int, end: int) -> int:
        """Past conjunctions and adverbs that open a clause: But, And, Meanwhile, Auch."""
        while begin < end and not self.begins(begin) and self.items[begin].word in self.language.function_words:
            begin += 1
        while begin < end and not self.items[begin].is_word:
            begin += 1
        dated = self.items[begin].word in self.language.source_ends or self.items[begin].word.isdigit()
        if begin + 1 < end and dated and self.is_pronoun(begin + 1):
            begin += 1  # Yesterday | she; On May 3 | she
        return begin

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
        determined = i == begin + 1 and self.items[begin].word in words.determiners  # a Sunday paper, the next mayor
        dated = determined and item.word not in words.function_words
        if item.word in words.source_ends and not dated and not (i == begin and self.begins(i)):
            return True
        behind_name = words.verb_first and i > begin and self.items[i - 1].is_capital
        if behind_name and not (item.is_capital or self.is_person(i)):
            return True  # the object of the verb: وصف | أحمد العلي | القرار
        return i > begin and words.is_cue(item.word) and not item.is_capital and not self.is_person(i)

    def topic(self, stop: int) -> Range | None:
        """The last person or body before here that a particle marks as the topic: 首相 | は 「…」."""
        topics = self.language.topics
        for end in range(stop - 1, 0, -1):
            if self.items[end].word in topics:
                begin = end = self._before_bracket(end)
                while begin and not (self._breaks_left(begin - 1) or self.items[begin - 1].word in topics):
                    begin -= 1
                begin = self._skip_openers(begin, end)
                if any(self.is_name(k) or self.is_person(k) for k in range(begin, end)):
                    return (begin, end)
        return None

    def _before_bracket(self, end: int) -> int:
        """Past a remark in brackets: 山本教授 | （工学）は."""
        if self.items[end - 1].text != ")":
            return end
        return next((k for k in range(end - 1, 0, -1) if self.items[k].text == "("), end)

    # -- anywhere ----------------------------------------------------------------------------------------------

    def subject(self, start: int, stop: int) -> Range | None:
        """The first phrase of a clause that looks like somebody: a pronoun, a name, a determiner and its noun."""
        passed = start
        for i in range(start, stop):
            item = self.items[i]
            if item.marked:
                return None
            if i < passed:
                continue
            if item.word in self.language.pronouns and not (item.text.isupper() and len(item.text) > 1):
                return (i, i + 1)
            governed = i > start and self._governs(i - 1)
            if governed and self.is_name(i):
                passed = next((k for k in range(i, stop) if not self.items[k].is_capital), stop)  # by | NBC News
                continue
            if self.is_name(i) and not governed and not (self.language.is_cue(item.word) and i > start):
                end = i + 1
                while end < stop and (
                    self.items[end].is_capital
                    or self.items[end].word in self.language.particles
                    or self._inside_name(end, i)
                ):
                    end += 1
                return (i, self._owned(i, end, stop))
            if self.is_person(i) and i > start and not governed:
                begin = i
                while begin > start and self.items[begin - 1].is_word and not self._governs(begin - 1):
                    begin -= 1
                    if self.items[begin].word in self.language.determiners:
                        break
                if begin == start or not self._governs(begin - 1):
                    return (begin, self._with_name(begin, i + 1, stop))
        return None

    def _owned(self, begin: int, end: int, stop: int) -> int:
        """Past the person behind an owner: Smith's | old lawyer, Joe Baker, (was)."""
        if not self.owns(end - 1):
            return end
        for k in range(end, min(stop, end + _HEAD)):
            item = self.items[k]
            if self.is_person(k):
                return self._with_name(begin, k + 1, stop)
            if not item.is_word or item.marked or item.word in self.language.function_words:
                break
        return end
