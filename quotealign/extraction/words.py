"""Words: what a word of the reporter's sentence can be, by the language's lists and by what stands beside it.

A reader of one sentence grows in steps, each in a module of its own: words; phrases; clauses, as commas and small
words tell them; fields, the places of a clause whose verb is second or last; verb_second, its subject; constructions
of saying; cues.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from quotealign.extraction.layout import Item
from quotealign.languages import Language, PhraseList
from quotealign.text.remembered import Remembered

_ADJECTIVES = 3


@lru_cache(maxsize=None)
def _reporting(language: Language) -> Remembered[bool]:
    """Whether a cue may begin with a word, before anything is asked of its neighbours; most words say no."""
    openers = (language.cue_phrases.by_first, language.clauses.separable, language.findings)
    return Remembered(
        lambda word: "-" in word or language.is_cue(word) or any(word in known for known in openers),
    )


@lru_cache(maxsize=None)
def _accounting(language: Language) -> frozenset[str]:
    """The words with which a phrase such as *according to* begins, and those that stand behind a source."""
    clauses = language.clauses
    return clauses.account_leads.union(language.according.by_first, clauses.postposed.by_first)


class Words:
    """Tells names, people, nouns and small words apart among the items of one sentence."""

    def __init__(self, items: Sequence[Item], language: Language) -> None:
        self.items = items
        self.language = language
        self.reporting = _reporting(language)
        self.accounting = _accounting(language)

    def skips(self, i: int) -> bool:
        """Whether the word may stand between a source and its cue."""
        word = self.items[i].word
        dated = self.language.unspaced and word[:1].isdigit()
        return dated or word in self.language.auxiliaries or word in self.language.negations

    def aside(self, i: int, stop: int) -> int:
        """Items taken up at `i` by a phrase such as *for his part*; 0 for none."""
        return self.phrase(self.language.asides, i, stop)

    def phrase(self, phrases: PhraseList, i: int, stop: int) -> int:
        """Items taken up at `i` by the first of some phrases that stands there; 0 for none."""
        for parts in phrases.by_first.get(self.items[i].word, ()) if i < stop else ():
            if i + len(parts) <= stop and all(self.items[i + k].word == part for k, part in enumerate(parts)):
                return len(parts)
        return 0

    def without_emphasis(self, start: int, stop: int) -> tuple[int, int]:
        """Without the marks with which Markdown sets words bold: ** | Smith: | ** “…”"""
        while stop > start and not self.items[stop - 1].text.strip("*_"):
            stop -= 1
        while start < stop and not self.items[start].text.strip("*_"):
            start += 1
        return start, stop

    def is_pronoun(self, i: int) -> bool:
        """Whether the word is a pronoun, alone or with what is written onto it: he, he's."""
        return self._bare(i) in self.language.pronouns

    def _bare(self, i: int) -> str:
        word = self.items[i].word
        return self.language.contractions.get(word, word).split(" ", 1)[0]

    def is_person(self, i: int) -> bool:
        """Whether the word is a pronoun, or a word for a person, a body or a group."""
        return self.language.means_somebody(self._bare(i))

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

    def is_noun(self, i: int) -> bool:
        """Whether the form of a verb is a noun here, by the determiner or the owner before it: the (annual) report."""
        words = self.language
        if self.items[i].word not in words.noun_like and self.items[i].word not in words.documents:
            return False
        for k in range(i - 1, max(-1, i - 1 - _ADJECTIVES), -1):
            if self.items[k].word in words.determiners or self.owns(k):
                return True
            if (
                not self.items[k].is_word
                or self.items[k].word in words.function_words
                or words.is_cue(self.items[k].word)
            ):
                return False
        return False

    def owns(self, i: int) -> bool:
        """Whether the word is a possessive, so that what follows is a noun: Smith's."""
        return self.items[i].text.endswith(("'s", "’s", "s'", "s’")) and not self.is_pronoun(i)

    def is_clear(self, cue: int) -> bool:
        """Whether the cue is a verb of speech and hardly anything else."""
        word = self.items[cue].word if cue < len(self.items) else ""
        return word in self.language.speech and word not in self.language.noun_like

    def begins(self, i: int) -> bool:
        """Whether a noun phrase may begin with this word though it is a small one."""
        word = self.items[i].word
        return word in self.language.determiners or self.is_person(i)

    def _inside_name(self, i: int, begin: int) -> bool:
        """The dot of Mr. or J., an ampersand or an apostrophe inside a name."""
        text = self.items[i].text
        if text == "." and i > begin:
            before = self.items[i - 1]
            return before.word in self.language.abbreviations or (len(before.text) == 1 and before.is_capital)
        return text in ("&", "'", "’", "/") and i > begin

    def _governs(self, i: int) -> bool:
        """Whether the word is a preposition, so far as the data tells: a small word that begins no phrase."""
        word = self.items[i].word
        if self.skips(i) or (self.items[i].text.isupper() and self.is_name(i)):
            return False  # a US official
        if word in self.language.determiners and word not in self.language.complementizers:
            return False  # this official
        small = word in self.language.function_words and word not in self.language.conjunctions
        return word in self.language.source_ends or (small and not self.begins(i))
