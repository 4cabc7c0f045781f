"""Fields: the places of a clause whose finite verb is second or last: where it opens, its verb stands, it closes.

In languages such as German the finite verb is the second part of a main clause; a participle or an infinitive
stands at the end, its helping verb in the second place; and in a clause that a complementizer or a relative pronoun
opens, the finite verb stands last.
"""

from __future__ import annotations

from typing import NamedTuple

from quotealign.extraction.clauses import Clauses
from quotealign.extraction.phrases import DASHES, Range

_OPENER = 24
_STOPS = frozenset({";", ":", "(", ")", "[", "]"}) | DASHES


class Clause(NamedTuple):
    """The clause of a cue: where it opens, where its finite verb stands, and whether that comes last."""

    begin: int
    finite: int
    last: bool


class Fields(Clauses):
    """Finds the clause of a verb, by commas, openers and helping verbs, and the places in it."""

    def _clause(self, start: int, cue: int) -> Clause:
        """The clause of a cue, so far as commas, openers and helping verbs tell."""
        begin = cue
        while begin > start and not self._parts(begin - 1):
            begin -= 1
        opener = self._opener(begin, cue)
        if opener is not None and self._closes(cue + 1):
            return Clause(opener, cue, last=True)
        for k in range(cue - 1, begin - 1, -1):
            if self.items[k].word in self.language.conjunctions and (k == cue - 1 or not self._closes(cue + 1)):
                break
            if self.items[k].word in self.language.clauses.helpers:
                return Clause(begin, k, last=False)
        if self._is_past_participle(cue):
            return self._beyond_commas(start, begin, cue)
        return Clause(begin, cue, last=False)

    def _beyond_commas(self, start: int, begin: int, cue: int) -> Clause:
        """The clause of a participle whose helping verb an apposition or a relative clause parts from it."""
        for k in range(begin - 1, max(start, begin - _OPENER) - 1, -1):
            if self.items[k].text in _STOPS:
                break
            if self.items[k].word in self.language.clauses.helpers and not self._closes(k + 1):
                begin = k
                while begin > start and not self._parts(begin - 1):
                    begin -= 1
                return Clause(begin, k, last=False)
        return Clause(begin, cue, last=False)

    def _is_past_participle(self, i: int) -> bool:
        """Whether a form is no finite one, as its ge- tells: gesagt, ausgesprochen."""
        word = self.items[i].word
        bare = (word.removeprefix(p) for p in self.language.clauses.particles if word.startswith(p))
        return word.startswith("ge") or any(rest.startswith("ge") for rest in bare)

    def _governs(self, i: int) -> bool:
        """A preposition that holds its article governs, too: am | Rande."""
        words, word = self.language, self.items[i].word
        joined = bool(words.clauses.helpers) and word in words.source_ends and word in words.determiners
        return joined or super()._governs(i)

    def _parts(self, i: int) -> bool:
        item = self.items[i]
        return item.text == "," or (item.text in _STOPS and not self._is_suspended(i))

    def _breaks_left(self, i: int) -> bool:
        return super()._breaks_left(i) and not self._is_suspended(i)

    def _is_suspended(self, i: int) -> bool:
        """Whether a hyphen stands for the rest of a compound that follows: Fraktions- und Parteivorsitzende."""
        joins = self.items[i].text == "-" and i > 0 and self.items[i - 1].end == self.items[i].start
        followed = i + 1 < len(self.items) and self.items[i + 1].word in self.language.conjunctions
        return bool(self.language.clauses.helpers) and joins and followed

    def _opener(self, begin: int, cue: int) -> int | None:
        """The word that opens a clause whose verb comes last: a complementizer; behind a comma a relative pronoun."""
        k = begin
        if k < cue and self.items[k].word in self.language.conjunctions:
            k += 1
        if (
            k < cue
            and self.items[k].word in self.language.source_ends
            and self.items[k].word not in self.language.clauses.openers
        ):
            k += 1  # auf dem
        if k >= cue:
            return None
        word = self.items[k].word
        relative = word in self.language.relatives or word in self.language.clauses.relative_articles
        if word in self.language.clauses.openers or (relative and k > 0 and self.items[begin - 1].text == ","):
            return k
        return None

    def _closes(self, i: int) -> bool:
        """Whether a clause ends here, or behind a helping verb here."""
        while i < len(self.items) and self.items[i].word in self.language.clauses.helpers:
            i += 1
        return i >= len(self.items) or not self.items[i].is_word or self.items[i].word in self.language.conjunctions

    def is_closed(self, start: int, cue: int, stop: int) -> bool:
        """Whether a cue belongs to a relative clause that ends before here, and so reports nothing that follows."""
        if not self.language.clauses.helpers:
            return False
        if self._in_brackets(start, cue, stop):
            return True
        clause = self._clause(start, cue)
        if not clause.last or self.items[clause.begin].word in self.language.clauses.openers:
            return False
        comma = next((k for k in range(cue + 1, min(cue + 5, stop)) if self.items[k].text == ","), stop)
        if comma + 1 >= stop:
            return False
        after, words = self.items[comma + 1], self.language
        goes_on = after.word in words.clauses.judging or after.word in words.clauses.helpers or words.is_cue(after.word)
        return goes_on or self._looks_finite(comma + 1)

    def _in_brackets(self, start: int, cue: int, stop: int) -> bool:
        """Whether a cue stands in brackets that close before here: (die Nordpost berichtete)."""
        opening = any(self.items[k].text == "(" for k in range(max(start, cue - _OPENER), cue))
        closing = any(self.items[k].text == ")" for k in range(cue + 1, min(stop, cue + _OPENER)))
        return opening and closing

    def _looks_finite(self, i: int) -> bool:
        """Whether a word may be the finite verb of its clause: a form of a known verb, or the ending of a weak one."""
        item, words = self.items[i], self.language
        if item.is_capital or not item.is_word:
            return False
        if item.word in words.clauses.helpers or words.is_cue(item.word):
            return True
        if item.word in words.function_words:
            return False
        before = self.items[i - 1].word if i else ""
        governed = before in words.determiners or before in words.source_ends
        return item.word.endswith(words.clauses.finite_endings) and not governed

    def _is_passive(self, clause: Clause, cue: int) -> bool:
        """Whether the subject is spoken about: wird als „…“ bezeichnet; but not: wird mit den Worten „…“ zitiert."""
        first, end = (cue + 1, cue + 3) if clause.last else (clause.finite, cue)
        helpers = self.items[first : min(end, first + 2)]
        base = self._base(cue)
        participle = self.items[cue].word != base and base not in self.language.clauses.quoting
        return participle and any(item.word in self.language.clauses.passive for item in helpers)

    def _passive_agent(self, clause: Clause, cue: int) -> Range | None:
        """Whoever acts in a clause of the passive: wurde | von den Gegnern | als „…“ bezeichnet."""
        for k in range(clause.begin, cue):
            if self.items[k].word in self.language.clauses.agents and (found := self.right(k + 1, cue)):
                return found
        return None

    def _base(self, cue: int) -> str:
        word = self.items[cue].word
        return self.language.speech.get(word) or self.language.stance.get(word, word)
