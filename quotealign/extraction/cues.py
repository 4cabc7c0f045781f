"""Cues: the reporting expression that governs a marked string, and the source that it names.

Clauses are read from the words beside a marked string, outwards, with the verbs and prepositions of the
language's data: after it (`said Smith`, `Smith said`, `according to Smith`), then before it (`Smith said that`,
`According to Smith,`, `Smith:`).
"""

from __future__ import annotations

from typing import NamedTuple

from quotealign.extraction.constructions import Constructions
from quotealign.extraction.phrases import DASHES, Range

_REACH = 40
_NEAR = 12
_ADDRESSEE = 5
_BESIDE = 6
_FUSED = 4


class Tag(NamedTuple):
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
        hyphen = self.items[start].text == "-" and self.items[i].start == self.items[start].end  # the “…”-Network
        if self.items[start].text in DASHES and not hyphen and (source := self.signature(i, stop)):
            return Tag("dash", (start, start + 1), source, 0.85)
        if start == 1 and self.items[start].text == ":" and (head := self._headed(i, stop)):
            return Tag("colon-after", (start, start + 1), head, 0.8)
        loose: Tag | None = None
        for cue in range(i, min(stop, i + _REACH)):
            item = self.items[cue]
            if item.marked or item.text == ";":
                break
            beside = cue - i <= _BESIDE and item.text in self.language.beside
            if not (beside or (self.reporting[item.word] and self.is_cue(cue))):
                continue
            tag = self._at_cue(i, cue, stop)
            if tag and tag.firm:
                return tag
            loose = loose or tag
        return loose or self._according_later(i, stop) or self._any_verb(start, i, stop)

    def _headed(self, i: int, stop: int) -> Range | None:
        """Who is named behind the colon of a headline: “…”: | Mayor Smith | on the plan."""
        head = self.opening_phrase(i, stop) if self.items[i].is_capital else None
        named = head and self.items[head[1] - 1].is_capital and not self.language.noun_capitals
        return head if named else None

    def _at_cue(self, i: int, cue: int, stop: int) -> Tag | None:
        if self.inverted_pronoun(self.items[cue].word):
            end = cue + 1
            while end < stop and (self.skips(end) or self.is_cue(end)) and end < cue + 4:
                end += 1
            return Tag("inverted-pronoun", (cue, end), (cue, cue + 1), 0.9, firm=self.leads(i, cue))
        cue_range = self.cue_range(cue)
        if self.leads(i, cue):
            # said Smith; for his part stressed the minister; but never: citing Smith
            participle = self.items[cue].word in self.language.source_ends or self.is_participle(cue)
            if n := self.impersonal(cue):
                return Tag("inverted", cue_range, self.place(cue + n, stop), 0.9)
            source = None if participle else self.inverted(cue, cue_range[1], stop)
            if source is None and self._left_out(cue_range[1], stop):
                return Tag("left-out", cue_range, None, 0.7)
            if source is None and self._quotes(i - 1) and (topic := self.topic(i)):
                return Tag("around", cue_range, topic, 0.9)
            return Tag("inverted", cue_range, source, 0.95) if source else None
        if self.language.clauses.helpers and self.items[i].word not in self.language.likewise:
            return self._behind_comma(i, cue, stop)
        if not self.opening_phrase(i, cue) and self.turns(cue) and (source := self.inverted(cue, cue_range[1], stop)):
            return Tag("inverted-later", cue_range, source, 0.85, firm=False)  # “…” of the plan, said Smith
        source = self.quoted(cue, stop) or self.left(i, cue) or self.unclosed(i, cue)
        if source is None:
            return None
        opened = self._governs(i) or self.items[i].word in self.language.conjunctions
        own_clause = source[0] > i and opened and self.items[i].word not in self.language.likewise
        if (source[0] <= i + 1 or source[0] > cue) and not own_clause:
            return Tag("subject-after", cue_range, source, 0.95)
        ends = cue + 1 >= stop or self.items[cue + 1].text in (",", ".") or self.items[cue + 1].marked is not None
        if ends and self.items[source[0] - 1].text == ",":
            # “…” of the plan, Smith said.
            return Tag("trailing", cue_range, source, 0.85, firm=False)
        if not opened and (unclosed := self.unclosed(i, cue)):
            return Tag("subject-after", cue_range, unclosed, 0.9)
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
        if self.is_clear(cue) and self._closes(cue + 1) and self.opening_phrase(i, cue) == (i, cue):
            return Tag("subject-after", self.cue_range(cue), (i, cue), 0.9)  # not at home here, but translated so
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

    def signature(self, i: int, stop: int) -> Range | None:
        """A name, and nothing else, after a dash: “…” — Anna Smith"""
        end = i
        particles = self.language.particles
        while end < stop and (
            self.items[end].is_capital or self.items[end].word in particles or self._inside_name(end, i)
        ):
            end += 1
        alone = end >= stop or (end + 1 >= stop and not self.items[end].is_word) or self.items[end].text in (",", "(")
        return (i, end) if alone and end > i and self.is_name(i) else None

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
        start, stop = self.without_emphasis(self.past_dateline(start), stop)
        for i in [i for i in range(start, stop) if self.items[i].word in self.accounting]:
            if (n := self.according(i, stop)) and (source := self.topic(i + 1) or self.right(i + n, stop)):
                return Tag("according-before", (i, i + n), source, 0.9, firm=stop - source[1] <= 1)
            if postposed := self.behind_source(start, i):
                # ihrer Meinung nach: too little to name anybody by
                strength = 0.4 if self._tells(postposed[0][1] - 1) else 0.9
                return Tag("according-before", (i, i + postposed[1]), postposed[0], strength, firm=stop - i <= 2)
        verbs = [i for i in range(start, stop) if self.reporting[self.items[i].word]]
        cues = [i for i in verbs if self.is_cue(i) and not self.is_closed(start, i, stop)]
        found: Tag | None = None
        for cue in reversed(cues):
            speech = self._is_speech(cue)
            fused = found is not None and self._is_fused(cue, found)
            outer = fused or self.is_verb_of_speech(cue) or self._is_reported(found)
            if found is not None and not (
                outer and self.reaches(cue, found.source[0] if found.source else found.cue[0])
            ):
                continue
            if not speech and len(cues) > 1 and cue + _NEAR < stop:
                continue
            behind = self._behind(start, cue, stop) if self.language.verb_first else None
            participle = self.is_participle(cue)
            if n := self.impersonal(cue):
                source = self.place(start, cue) or self.place(cue + n, stop)
            else:
                subject = behind or self.agent(cue, stop) or self._subject_before(start, cue, stop)
                source = subject or self._in_front(cue, stop)
            if participle and not source and start:
                found = Tag("cue-before", (cue, cue + 1), None, 0.5, firm=stop - cue <= 3)
            elif source:
                firm = stop - cue <= 3 or (fused and found is not None and found.firm)
                found = Tag("subject-before", self.cue_range(cue), source, 0.9 if speech else 0.75, firm)
                quoted = participle and self.items[cue - 1].word in self.language.likewise
                if quoted or self._is_aside(source, cue, stop) or (firm and not self.items[stop - 1].is_word):
                    break  # quoted Smith as saying “…”; …, he said, “…”
        if found:
            return found
        if cues and (source := self.left(start, cues[-1])):
            return Tag("subject-before", self.cue_range(cues[-1]), source, 0.6, firm=stop - cues[-1] <= 3)
        if noun := self.noun(start, stop):
            return Tag("noun-before", (noun[0], noun[0] + 1), noun[1], 0.7, firm=False)
        if stop > start and self.items[stop - 1].text in (":", ",") and (tag := self._announced(start, stop)):
            return tag
        if cues and self.is_participle(cues[0]) and not start and not any(i.is_word for i in self.items[: cues[0]]):
            return Tag("left-out", (cues[0], cues[0] + 1), None, 0.7)  # Adding: “…”
        if cues:
            return Tag("cue-before", (cues[-1], cues[-1] + 1), None, 0.5, firm=stop - cues[-1] <= 3)
        if stop > start and self.items[stop - 1].text == ":":
            return self._colon(start, stop - 1)
        return None

    def _subject_before(self, start: int, cue: int, stop: int) -> Range | None:
        """The subject of a cue that stands before its words: of a participle, that of the clause it belongs to."""
        participle = self.is_participle(cue)
        subject = self.participle_subject(start, cue) if participle else None
        return subject or self.turned(start, cue, stop) or (None if participle else self.left(start, cue))

    def _is_fused(self, cue: int, inner: Tag) -> bool:
        """Whether the inner clause only names what the outer one reports: Smith condemned | what he called | “…”"""
        if not inner.source or not cue < inner.source[0] - 1 <= cue + _FUSED or not self.is_pronoun(inner.source[0]):
            return False
        return self.items[inner.source[0] - 1].word in self.language.fused

    def _is_aside(self, source: Range, cue: int, stop: int) -> bool:
        """Whether commas set the clause off from what it reports on both sides: The costs, he added, were “…”"""
        begin, end = min(source[0], cue), max(source[1], self.cue_range(cue)[1])
        return begin > 0 and end < stop and self.items[begin - 1].text == self.items[end].text == ","

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

    def _in_front(self, cue: int, stop: int) -> Range | None:
        """Said the minister: “…”"""
        found = self.right(self.cue_range(cue)[1], stop)
        return found if found and stop - found[1] <= 1 and not self.items[stop - 1].is_word else None

    def _colon(self, start: int, stop: int) -> Tag | None:
        """`Smith:` — a name before a colon, or a sentence about somebody's words that ends in one."""
        if all(item.word in self.language.conjunctions or not item.is_word for item in self.items[start:stop]):
            return None  # „…“ Und: „…“
        if any(item.word in self.language.reportive for item in self.items[start:stop]):
            return None  # Das Dach sei alt: „…“ – whoever was reported before goes on
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
