"""Cues: the reporting expression that governs a marked string, and the source that it names.

Clauses are read from the words beside a marked string, outwards, with the verbs and prepositions of the
language's data: after it (`said Smith`, `Smith said`, `according to Smith`), then before it (`Smith said that`,
`According to Smith,`, `Smith:`).
"""

from __future__ import annotations

from dataclasses import dataclass

from quotealign.extraction.clauses import Clauses
from quotealign.extraction.phrases import DASHES, Range

_REACH = 40
_NEAR = 12
_ADDRESSEE = 5
_BESIDE = 6
_FUSED = 4


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


class Reader(Clauses):
    """Reads the reporting clauses of one sentence."""

    # -- cues --------------------------------------------------------------------------------------------------

    def is_cue(self, i: int) -> bool:
        """Whether a form of a reporting verb stands here, used as a verb so far as its neighbours tell."""
        item = self.items[i]
        if not item.word:
            return False
        if self.inverted_pronoun(item.word) or self.phrase(self.language.cue_phrases, i, len(self.items)):
            return True
        if item.word in self.language.findings:
            return self._finds(i)
        if not self.language.is_cue(item.word) or (item.text.isupper() and len(item.text) > 1):
            return False
        if i and item.text[0].isupper() and (item.word in self.language.noun_like or item.word in self.language.stance):
            return False  # the United States
        before = self.items[i - 1] if i else None
        if before is None or item.word == "said":
            return True
        if before.word in self.language.infinitives or self._is_article(i - 1):
            return False  # the claim, his demand; to welcome
        if self.owns(i - 1) or (self.is_preposition(i - 1) and not item.word.endswith(self.language.participles)):
            return False  # Smith's repeated claims; from noted scholars
        # tweets, calls, fears: a verb only where somebody stands before it
        return item.word not in self.language.noun_like or self._ends_subject(i - 1)

    def _finds(self, i: int) -> bool:
        """Whether a verb of finding reports: before *that*, or where a document is its subject."""
        opened = i + 1 < len(self.items) and self.items[i + 1].word in self.language.complementizers
        return i > 0 and (opened or self.items[i - 1].word in self.language.documents)

    def _is_article(self, i: int) -> bool:
        """Whether a noun has to follow: *the* and *his*, but not *the two* and *others*, which may speak themselves."""
        word = self.items[i].word
        alone = word in self.language.standalone and self.language.is_cue(self.items[i + 1].word)
        return word in self.language.determiners and not (alone and self.is_clear(i + 1))

    def _ends_subject(self, i: int) -> bool:
        item = self.items[i]
        if self.skips(i) or item.word in self.language.relatives:
            return True
        joins = item.text in (",", ")") or item.word in self.language.conjunctions
        return joins or self.is_name(i) or self.is_person(i) or item.word in self.language.documents

    def _is_speech(self, i: int) -> bool:
        word = self.items[i].word
        return word in self.language.speech or self.phrase(self.language.cue_phrases, i, len(self.items)) > 0

    def cue_range(self, i: int) -> Range:
        """The positions of the cue that begins here, several where it is a phrase."""
        return (i, i + (self.phrase(self.language.cue_phrases, i, len(self.items)) or 1))

    def inverted_pronoun(self, word: str) -> str | None:
        """The pronoun of said-he in one word, as French writes it: a-t-il (its participle behind), dit-elle."""
        if "-" not in word:
            return None
        verb, _, pronoun = word.replace("-t-", "-").rpartition("-")
        known = pronoun in self.language.pronouns
        return pronoun if known and (self.language.is_cue(verb) or verb in self.language.auxiliaries) else None

    def according(self, i: int, stop: int) -> int:
        """Items taken up at `i` by a phrase such as *according to*; 0 for none."""
        return self.phrase(self.language.according, i, stop)

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
            return Tag("inverted-pronoun", (cue, end), (cue, cue + 1), 0.9, firm=self.leads(i, cue))
        cue_range = self.cue_range(cue)
        if self.leads(i, cue):
            # said Smith; for his part stressed the minister; but never: citing Smith
            participle = self.items[cue].word in self.language.source_ends or self.is_participle(cue)
            source = None if participle else self.inverted(cue, cue_range[1], stop)
            if source is None and self._left_out(cue_range[1], stop):
                return Tag("left-out", cue_range, None, 0.7)
            if source is None and self._quotes(i - 1) and (topic := self.topic(i)):
                return Tag("around", cue_range, topic, 0.9)
            return Tag("inverted", cue_range, source, 0.95) if source else None
        if not self.opening_phrase(i, cue) and self.turns(cue) and (source := self.inverted(cue, cue_range[1], stop)):
            return Tag("inverted-later", cue_range, source, 0.85, firm=False)  # “…” of the plan, said Smith
        source = self.left(i, cue) or self.unclosed(i, cue)
        if source is None:
            return None
        opened = self._governs(i) or self.items[i].word in self.language.conjunctions
        own_clause = source[0] > i and opened and self.items[i].word not in self.language.likewise
        if source[0] <= i + 1 and not own_clause:
            return Tag("subject-after", cue_range, source, 0.95)
        ends = cue + 1 >= stop or self.items[cue + 1].text in (",", ".") or self.items[cue + 1].marked is not None
        if ends and self.items[source[0] - 1].text == ",":
            # “…” of the plan, Smith said.
            return Tag("trailing", cue_range, source, 0.85, firm=False)
        if not opened and (unclosed := self.unclosed(i, cue)):
            return Tag("subject-after", cue_range, unclosed, 0.9)
        return Tag("subject-later", cue_range, source, 0.6, firm=False)

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

    def _signature(self, i: int, stop: int) -> Range | None:
        """A name, and nothing else, after a dash: “…” — Anna Smith"""
        end = i
        particles = self.language.particles
        while end < stop and (
            self.items[end].is_capital or self.items[end].word in particles or self._inside_name(end, i)
        ):
            end += 1
        alone = end >= stop or (end + 1 >= stop and not self.items[end].is_word) or self.items[end].text == ","
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
        start = self.past_dateline(start)
        for i in range(start, stop):
            if (n := self.according(i, stop)) and (source := self.topic(i + 1) or self.right(i + n, stop)):
                return Tag("according-before", (i, i + n), source, 0.9, firm=stop - source[1] <= 1)
        cues = [i for i in range(start, stop) if self.is_cue(i)]
        found: Tag | None = None
        for cue in reversed(cues):
            speech = self._is_speech(cue)
            fused = found is not None and self._is_fused(cue, found)
            outer = fused or self.items[cue].word in self.language.speech
            if found is not None and not (
                outer and self.reaches(cue, found.source[0] if found.source else found.cue[0])
            ):
                continue
            if not speech and len(cues) > 1 and cue + _NEAR < stop:
                continue
            behind = self._behind(start, cue, stop) if self.language.verb_first else None
            participle = self.is_participle(cue)
            subject = self.participle_subject(start, cue) if participle else None
            subject = subject or self.turned(start, cue, stop) or (None if participle else self.left(start, cue))
            source = behind or self.agent(cue, stop) or subject or self._in_front(cue, stop)
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
        if stop > start and self.items[stop - 1].text in (":", ",") and (tag := self._announced(start, stop)):
            return tag
        if cues and self.is_participle(cues[0]) and not start and not any(i.is_word for i in self.items[: cues[0]]):
            return Tag("left-out", (cues[0], cues[0] + 1), None, 0.7)  # Adding: “…”
        if cues:
            return Tag("cue-before", (cues[-1], cues[-1] + 1), None, 0.5, firm=stop - cues[-1] <= 3)
        if stop > start and self.items[stop - 1].text == ":":
            return self._colon(start, stop - 1)
        return None

    def _is_fused(self, cue: int, inner: Tag) -> bool:
        """Whether the inner clause only names what the outer one reports: Smith condemned | what he called | “…”"""
        if not inner.source or not cue < inner.source[0] - 1 <= cue + _FUSED or not self.is_pronoun(inner.source[0]):
            return False
        return self.items[inner.source[0] - 1].word in self.language.fused

    def _is_aside(self, source: Range, cue: int, stop: int) -> bool:
        """Whether commas set the clause off from what it reports on both sides: The costs, he added, were “…”"""
        begin, end = min(source[0], cue), max(source[1], self.cue_range(cue)[1])
        return begin > 0 and end < stop and self.items[begin - 1].text == self.items[end].text == ","

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
