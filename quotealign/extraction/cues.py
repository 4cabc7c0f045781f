"""Cues: the reporting expression that governs a marked string, and the source that it names.

Clauses are read from the words beside a marked string, outwards, with the verbs and prepositions of the
language's data: after it (`said Smith`, `Smith said`, `according to Smith`), then before it (`Smith said that`,
`According to Smith,`, `Smith:`).
"""

from __future__ import annotations

from dataclasses import dataclass

from quotealign.extraction.constructions import Constructions
from quotealign.extraction.phrases import DASHES, Range

_REACH = 40
_NEAR = 12
_ADDRESSEE = 5
_BESIDE = 6


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


class Reader(Constructions):
    """Reads the reporting clauses of one sentence."""

    # -- after the marked string ---------------------------------------------------------------------------------

    def after(self, start: int, stop: int) -> Tag | None:
        """The tag that follows a marked string: `said Smith`, `Smith said`, `according to Smith`."""
        i = start
        while i < stop and not self.items[i].marked and (not self.items[i].is_word or self._quotes(i)):
            i += 1
        if i >= stop or self.items[i].marked:
            return None
        if n := self.according(i, stop):
            source = self.right(i + n, stop)
            return Tag("according-after", (i, i + n), source, 0.9) if source else None
        if self.items[start].text in DASHES and (source := self._signature(i, stop)):
            return Tag("dash", (start, start + 1), source, 0.85)
        loose: Tag | None = None
        for cue in range(i, min(stop, i + _REACH)):
            if self.items[cue].marked or self.items[cue].text == ";":
                break
            beside = cue - i <= _BESIDE and self.items[cue].text in self.language.beside
            if not (self.is_cue(cue) or beside):
                continue
            tag = self._at_cue(i, cue, stop)
            if tag and tag.firm:
                return tag
            loose = loose or tag
        return loose or self._according_later(i, stop) or self._any_verb(start, i, stop)

    def _at_cue(self, i: int, cue: int, stop: int) -> Tag | None:
        if self.inverted_pronoun(self.items[cue].word):
            end = cue + 1
            while end < stop and (self.skips(end) or self.is_cue(end)) and end < cue + 4:
                end += 1
            return Tag("inverted-pronoun", (cue, end), (cue, cue + 1), 0.9, firm=self._leads(i, cue))
        cue_range = self.cue_range(cue)
        if self._leads(i, cue):
            # said Smith; for his part stressed the minister; but never: citing Smith
            participle = self.items[cue].word in self.language.source_ends
            if n := self.impersonal(cue):
                return Tag("inverted", cue_range, self.place(cue + n, stop), 0.9)
            source = None if participle else self.right(cue_range[1], stop, certain=self.is_clear(cue))
            if source is None and self._left_out(cue_range[1], stop):
                return Tag("left-out", cue_range, None, 0.7)
            if source is None and self._quotes(i - 1) and (topic := self._topic(i)):
                return Tag("around", cue_range, topic, 0.9)
            return Tag("inverted", cue_range, source, 0.95) if source else None
        likewise = self.items[i].word in self.language.likewise
        if self.language.clauses.helpers and not likewise:
            return self._behind_comma(i, cue, stop)
        source = self.left(i, cue)
        if source is None:
            return None
        own_clause = self._governs(i) or self.items[i].word in self.language.conjunctions
        if source[0] <= i + 1 and (not own_clause or likewise):
            return Tag("subject-after", cue_range, source, 0.95)
        ends = cue + 1 >= stop or self.items[cue + 1].text in (",", ".") or self.items[cue + 1].marked is not None
        if ends and self.items[source[0] - 1].text == ",":
            # “…” of the plan, Smith said.
            return Tag("trailing", cue_range, source, 0.85, firm=False)
        return Tag("subject-later", cue_range, source, 0.6, firm=False)

    def _behind_comma(self, i: int, cue: int, stop: int) -> Tag | None:
        """Where the verb comes second: … „…“ gewesen, sagte | Weber; and „…“, wird | Weber zitiert."""
        words = self.language
        opener = cue - 1 if self.items[cue - 1].word in words.likewise else cue
        if self.items[opener - 1].text == "," and self.items[i - 1].text != ",":
            n = self.impersonal(cue)
            source = self.place(cue + n, stop) if n else self.right(cue + 1, stop, certain=self.is_clear(cue))
            return Tag("trailing", self.cue_range(cue), source, 0.85, firm=False) if source else None
        if (
            self.items[i].word in words.clauses.helpers
            and self._base(cue) in words.clauses.quoting
            and self._closes(cue + 1)
        ):
            source = self.right(i + 1, cue)
            return Tag("inverted", self.cue_range(cue), source, 0.9) if source else None
        return None

    def _left_out(self, i: int, stop: int) -> bool:
        """Whether nothing stands behind the cue that could be its subject, where a clear one may be left out."""
        if not self.language.pro_drop:
            return False
        return i >= stop or not self.items[i].is_word or self.items[i].word in self.language.source_ends

    def _quotes(self, i: int) -> bool:
        """Whether this is the particle behind marked words that joins them to their verb: 「…」 | と | 述べた."""
        return bool(self.language.topics) and self.items[i].word in self.language.complementizers

    def _behind(self, start: int, cue: int, stop: int) -> Range | None:
        """The subject behind a verb that stands first; where it is left out, that of the verb before."""
        before = (k for k in range(cue - 1, start - 1, -1) if self.is_cue(k))
        return self.right(cue + 1, stop) or next((s for k in before if (s := self.right(k + 1, cue))), None)

    def _topic(self, stop: int) -> Range | None:
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

    def _signature(self, i: int, stop: int) -> Range | None:
        """A name, and nothing else, after a dash: “…” — Anna Smith"""
        end = i
        while end < stop and (self.items[end].is_capital or self.items[end].word in self.language.particles):
            end += 1
        alone = end >= stop or (end + 1 >= stop and not self.items[end].is_word) or self.items[end].text == ","
        return (i, end) if alone and end > i and self.is_name(i) else None

    def _leads(self, i: int, cue: int) -> bool:
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

    def _any_verb(self, start: int, i: int, stop: int) -> Tag | None:
        """Where the verb comes second, whatever stands between the words and somebody is a verb: “…”, wehrte X ab."""
        words, item = self.language, self.items[i]
        small = item.is_capital or item.word in words.function_words
        if not words.verb_second or self.items[start].text != "," or small:
            return None
        source = self.right(i + 1, stop)
        return Tag("inverted", (i, i + 1), source, 0.7) if source and source[0] == i + 1 else None

    def _according_later(self, start: int, stop: int) -> Tag | None:
        for k in range(start, stop):
            if self.items[k].text == "," and (n := self.according(k + 1, stop)):
                source = self.right(k + 1 + n, stop)
                return Tag("according-later", (k + 1, k + 1 + n), source, 0.6, firm=False) if source else None
        return None

    # -- before the marked string --------------------------------------------------------------------------------

    def before(self, start: int, stop: int) -> Tag | None:
        """The tag that precedes a marked string: `Smith said (that)`, `According to Smith,`, `Smith:`."""
        for i in range(start, stop):
            if (n := self.according(i, stop)) and (source := self._topic(i + 1) or self.right(i + n, stop)):
                return Tag("according-before", (i, i + n), source, 0.9, firm=stop - source[1] <= 1)
            if postposed := self.behind_source(start, i):
                # ihrer Meinung nach: too little to name anybody by
                strength = 0.4 if self._tells(postposed[0][1] - 1) else 0.9
                return Tag("according-before", (i, i + postposed[1]), postposed[0], strength, firm=stop - i <= 2)
        cues = [i for i in range(start, stop) if self.is_cue(i) and not self.is_closed(start, i, stop)]
        found: Tag | None = None
        for cue in reversed(cues):
            base = self.separated(cue) or self.items[cue].word
            speech = base in self.language.speech
            outer = speech or self._is_reported(found)
            if found is not None and not (outer and self._reaches(cue, found)):
                continue
            if not speech and len(cues) > 1 and cue + _NEAR < stop:
                continue
            behind = self._behind(start, cue, stop) if self.language.verb_first else None
            if n := self.impersonal(cue):
                source = self.place(start, cue) or self.place(cue + n, stop)
            else:
                source = behind or self.left(start, cue) or self._in_front(cue, stop)
            if source:
                firm = stop - cue <= 3
                found = Tag("subject-before", self.cue_range(cue), source, 0.9 if speech else 0.75, firm)
                if firm and not self.items[stop - 1].is_word:
                    break  # …, he said, “…”
        if found:
            return found
        if noun := self.noun(start, stop):
            return Tag("noun-before", (noun[0], noun[0] + 1), noun[1], 0.7, firm=False)
        if stop > start and self.items[stop - 1].text in (":", ",") and (tag := self._announced(start, stop)):
            return tag
        if cues:
            return Tag("cue-before", (cues[-1], cues[-1] + 1), None, 0.5, firm=stop - cues[-1] <= 3)
        if stop > start and self.items[stop - 1].text == ":":
            return self._colon(start, stop - 1)
        return None

    def _is_reported(self, inner: Tag | None) -> bool:
        """Whether a cue is itself in the mood of reported speech: kritisierte, die Aktion | erinnere …"""
        if inner is None or not self.language.clauses.helpers:
            return False
        word = self.items[inner.cue[0]].word
        return word.endswith("e") and not word.endswith("te") and word != self._base(inner.cue[0])

    def _announced(self, start: int, stop: int) -> Tag | None:
        """Smith went so far as to say: — an infinitive before the mark that opens the words."""
        cue = next((i for i in range(stop - 1, start, -1) if self.language.is_cue(self.items[i].word)), None)
        if cue is None or stop - cue > _ADDRESSEE:
            return None
        source = self.subject(start, cue)
        return Tag("infinitive-before", (cue, cue + 1), source, 0.7) if source else None

    def _reaches(self, cue: int, inner: Tag) -> bool:
        """Whether the clause of an outer cue takes the inner one in: Smith said (that) she hoped …"""
        assert inner.source is not None
        between = range(cue + 1, inner.source[0])
        if any(self.items[k].text in (";", ":") or self.items[k].marked for k in between):
            return False
        return not any(
            self.items[k].text == "," and self.items[k + 1].word in self.language.conjunctions for k in between
        )

    def _in_front(self, cue: int, stop: int) -> Range | None:
        """Said the minister: “…”"""
        found = self.right(cue + 1, stop)
        return found if found and stop - found[1] <= 1 and not self.items[stop - 1].is_word else None

    def _colon(self, start: int, stop: int) -> Tag | None:
        """`Smith:` — a name before a colon, or a sentence about somebody's words that ends in one."""
        if all(item.word in self.language.conjunctions or not item.is_word for item in self.items[start:stop]):
            return None  # „…“ Und: „…“
        source = self.subject(start, stop)
        if stop - start == 1 and self.items[start].is_capital:
            source = (start, stop)  # Q: and A:, which else are small words
        if source is None:
            return None
        nouns = [i for i in range(start, stop) if self.items[i].word in self.language.speech_nouns]
        if nouns:
            return Tag("noun-colon", (nouns[-1], nouns[-1] + 1), source, 0.7)
        name = all(self.items[i].is_capital or not self.items[i].is_word for i in range(start, stop))
        apposed = (
            source[0] == start and source[1] < stop and self.items[source[1]].text in (",", "(") and stop <= _REACH
        )
        if name or apposed:
            return Tag("colon", (stop, stop + 1), source, 0.9)
        # He was full of praise for the hosts: “…”
        return Tag("colon-clause", (stop, stop), source, 0.55)
