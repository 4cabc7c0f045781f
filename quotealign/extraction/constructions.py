"""Constructions of saying in which no subject stands beside a verb.

What a document says (*In dem Bericht heißt es*), a noun of saying whose clause follows (*der Vorwurf der Gegner,
dass …*), a verb in two parts (*führte Weber aus, dass …*), and a verb that closes its clause behind the marked
words (*hatte den Plan als „verfrüht“ abgelehnt*).
"""

from __future__ import annotations

from quotealign.extraction.layout import Item
from quotealign.extraction.phrases import DASHES, Range
from quotealign.extraction.verb_second import VerbSecond

_NOUN_TAIL = 8
_BRACKET = 14


class Constructions(VerbSecond):
    """Finds what these constructions name as cue and as source."""

    # -- cues --------------------------------------------------------------------------------------------------

    def is_cue(self, i: int) -> bool:
        """Whether a form of a reporting verb stands here, used as a verb so far as its neighbours tell."""
        item = self.items[i]
        if not self.reporting[item.word]:
            return False
        if self.inverted_pronoun(item.word) or self.phrase(self.language.cue_phrases, i, len(self.items)):
            return True
        if self.separated(i):
            return True
        if item.word in self.language.findings:
            return self._finds(i)
        if i and self.language.noun_capitals and item.is_capital:
            return False  # in Frage
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

    def is_verb_of_speech(self, i: int) -> bool:
        """Whether a verb of speech stands here, as a whole or its first part."""
        return (self.separated(i) or self.items[i].word) in self.language.speech

    def _is_speech(self, i: int) -> bool:
        return self.is_verb_of_speech(i) or self.phrase(self.language.cue_phrases, i, len(self.items)) > 0

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
        if i >= stop or self.items[i].word not in self.accounting:
            return 0
        n = self.phrase(self.language.according, i, stop) or self._account(i, stop)
        return n if n and (self.items[i].word not in self.language.clauses.apart or self._stands_apart(i, stop)) else 0

    def _account(self, i: int, stop: int) -> int:
        """1 for a preposition that leads somebody's account: nach | ersten Angaben der Polizei; else 0."""
        if self.items[i].word not in self.language.clauses.account_leads:
            return 0
        end = next((k for k in range(i + 1, min(stop, i + 4)) if self.items[k].is_capital), i)
        return int(end > i and self._tells(end))

    def _tells(self, i: int) -> bool:
        """Whether a noun is an account, as its last part tells in a compound: Angaben, Polizeiangaben."""
        return any(self.items[i].word.endswith(noun) for noun in self.language.clauses.accounts)

    def behind_source(self, start: int, i: int) -> tuple[Range, int] | None:
        """Who said it before a word that follows its source, and how many items that takes: Weber | zufolge."""
        n = self.phrase(self.language.clauses.postposed, i, len(self.items))
        if not n and i > start and self.items[i].word in self.language.clauses.account_leads and self._tells(i - 1):
            n = 1  # ihrer Meinung | nach
        begin = i
        while n and begin > max(start, i - _NOUN_TAIL) and not self._ends_left(begin - 1, i):
            begin -= 1
        return ((begin, i), n) if n and begin < i and self.plausible(begin, i) else None

    def _ends_left(self, i: int, stop: int) -> bool:
        """Whether the phrase that ends at `stop` begins behind this word."""
        item, words = self.items[i], self.language
        if not item.is_word or item.word in words.clauses.helpers or (words.is_cue(item.word) and not item.is_capital):
            return True
        if self.items[i + 1].word in words.determiners and not item.is_capital and i + 1 < stop:
            return True  # waren | dem Bericht zufolge
        return not item.is_capital and (item.word in words.clauses.adverbs or self.skips(i))

    def _stands_apart(self, i: int, stop: int) -> bool:
        """Whether a clause without a verb begins here: „…“, so | der Minister; but never: so wurde der Minister."""
        before = self.items[i - 1] if i else None
        after = self.items[i + 1] if i + 1 < stop else None
        if before is None or after is None or not (before.marked or before.text in (",", ")") or before.text in DASHES):
            return False
        return after.is_capital or after.word in self.language.determiners or after.word in self.language.pronouns

    # -- it says -------------------------------------------------------------------------------------------------

    def impersonal(self, i: int) -> int:
        """Items taken up at `i` by an expression whose subject is nobody, such as *heißt es*; 0 for none."""
        return self.phrase(self.language.clauses.impersonal, i, len(self.items))

    def place(self, start: int, stop: int) -> Range | None:
        """Where it says so: in | dem Bericht der Behörde; rather a document than another thing."""
        found: Range | None = None
        for k in range(start, stop):
            if self.items[k].word in self.language.clauses.places and (phrase := self.right(k + 1, stop)):
                if any(self.items[i].word in self.language.documents for i in range(*phrase)):
                    return phrase
                found = found or phrase
        return found

    # -- a verb in two parts ---------------------------------------------------------------------------------------

    def separated(self, i: int) -> str:
        """The base form of the verb whose first part stands here and whose second ends the clause: führte … aus."""
        parts = self.language.clauses.separable.get(self.items[i].word)
        if not parts or self.items[i].is_capital:
            return ""
        end = i + 1
        while end < len(self.items) and not self._ends_part(self.items[end]):
            end += 1
        return parts.get(self.items[end - 1].word, "") if end > i + 1 else ""

    def _ends_part(self, item: Item) -> bool:
        return not item.is_word and item.text not in ("(", ")") and not self._inner_dot(item)

    def _inner_dot(self, item: Item) -> bool:
        return item.text == "." and item is not self.items[-1]

    # -- a noun of saying --------------------------------------------------------------------------------------------

    def noun(self, start: int, stop: int) -> tuple[int, Range] | None:
        """A noun of saying whose clause follows behind a comma, and whose it is: der Vorwurf | der Gegner, dass …"""
        for k in range(stop - 1, start - 1, -1) if self.language.clauses.helpers else ():
            if self.items[k].word not in self.language.speech_nouns or not self.items[k].is_capital:
                continue
            comma = next((j for j in range(k + 1, min(stop, k + _NOUN_TAIL)) if self.items[j].text == ","), None)
            if comma is None or not self._reports_behind(comma + 1):
                continue
            owner = self.right(k + 1, comma) if k + 1 < comma and self._is_owner(k + 1) else None
            begin = self._clause(start, k).begin
            source = owner or self.subject(begin, k) or self._giver(begin, k)
            return (k, source) if source else None
        return None

    def spoken(self, start: int, position: int) -> Range | None:
        """Whose words a noun of saying right before a marked string announces: mit den Worten „…“ eröffnete | Weber."""
        noun = self.items[position - 1]
        if not self.language.clauses.helpers or noun.word in self.language.title_cues or self._is_name_like(position):
            return None
        return self.nearest(start, position) or self.nearest(position + 1, len(self.items))

    def _is_owner(self, i: int) -> bool:
        return self.items[i].word in self.language.clauses.genitives

    def _giver(self, start: int, stop: int) -> Range | None:
        for k in range(start, stop):
            if self.items[k].word in self.language.clauses.agents and (found := self.right(k + 1, stop)):
                return found
        return None

    def _reports_behind(self, i: int) -> bool:
        """Whether a reported clause begins here: a complementizer opens it, or it stands in the reported mood."""
        if i >= len(self.items):
            return False
        if self.items[i].word in self.language.complementizers:
            return True
        return any(item.word in self.language.reportive for item in self.items[i:])

    # -- a verb behind the marked words --------------------------------------------------------------------------------

    def bracket(self, start: int, position: int, stop: int) -> tuple[int, Range | None] | None:
        """The cue that closes the clause around a marked string, and its subject; or that follows it at once."""
        if not self.language.clauses.helpers or not position > start:
            return None
        for k in range(position + 1, min(stop, position + _BRACKET)):
            item = self.items[k]
            if item.marked or item.text in (",", ";", ":", "(", ")") or item.text in DASHES:
                return None
            if self.impersonal(k):
                place = self.place(start, position)
                return (k, place) if place else None  # In dem Brief war von „…“ | die Rede
            if not self.is_cue(k) or item.is_capital or self._base(k) in self.language.clauses.naming:
                continue
            if self._closes(k + 1):
                return self._closing(start, position, k)
            opens = all(self._is_function_word(i) for i in range(self._clause(start, k).begin, position))
            source = self._next_to(k, stop) if k == position + 1 and opens else None
            return (k, source) if source else None  # Von einem „…“ sprach | Weber
        return None

    def judged(self, start: int, position: int, stop: int) -> tuple[int, Range | None] | None:
        """A verb of judgement, and whose it is, where what was judged is said behind als: hält den Plan für „…“."""
        words = self.language
        lead = position - 1
        while lead > start and self.items[lead].word in words.determiners:
            lead -= 1
        if not words.clauses.helpers or lead < start or self.items[lead].word not in words.clauses.judging:
            return None
        for k in (*range(lead - 1, start - 1, -1), *range(position + 1, min(stop, position + _BRACKET))):
            if self.items[k].text in (";", ":") or (k > position and self.items[k].text == ","):
                break
            if self.items[k].word in words.clauses.judgements and not self.items[k].is_capital:
                source = self.left(start, k)
                return (k, source) if source else None
        return None

    def _closing(self, start: int, position: int, cue: int) -> tuple[int, Range | None] | None:
        """Told from a name that stands by chance in the clause of a verb: bei der „Neuen Zeit“ gesagt."""
        clause = self._clause(start, cue)
        nobody = self._is_passive(clause, cue) and self._passive_agent(clause, cue) is None
        judged = self.items[position - 1].word in self.language.clauses.judging and not nobody
        if not judged and self._is_name_like(position):
            return None
        source = self.left(start, cue)
        return (cue, source) if source or judged else None

    def _is_function_word(self, i: int) -> bool:
        return self.items[i].word in self.language.function_words

    def _is_name_like(self, position: int) -> bool:
        """Whether all words of a marked string but small ones have a capital, as names and single nouns do."""
        words = self.items[position].text.strip("„“”\"'‚‘»«").split()
        counted = [w for w in words if w.casefold() not in self.language.function_words]
        return all(w[:1].isupper() or not w[:1].isalpha() for w in counted)
