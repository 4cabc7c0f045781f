"""Facts: all that is known of one language, each by its name; where it comes from is the loader's business."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from quotealign.languages.clauses import Clauses
from quotealign.languages.phrases import PhraseList
from quotealign.languages.relations import Relations
from quotealign.languages.scope import Scope
from quotealign.languages.translation import Translation

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Language:
    """What extraction, attribution and scoring know of one language. All words have their case folded.

    Each is its own and equal to no other, so that what was found out with it can be remembered by it.
    """

    code: str
    name: str
    stemmer: str | None
    unspaced: bool
    verb_second: bool
    pro_drop: bool
    verb_first: bool
    compounds: bool
    noun_capitals: bool
    verbosity: float
    # marks
    marks: Pairs
    dialogue: tuple[str, ...]
    clause_inside: bool
    # sentences
    abbreviations: frozenset[str]
    # cues: form -> base form
    speech: Mapping[str, str]
    stance: Mapping[str, str]
    addressed: frozenset[str]
    marked_only: frozenset[str]
    findings: Mapping[str, str]
    beside: Mapping[str, str]
    speech_nouns: frozenset[str]
    according: PhraseList
    asides: PhraseList
    auxiliaries: frozenset[str]
    complementizers: frozenset[str]
    conjunctions: frozenset[str]
    cue_phrases: PhraseList
    reportive: frozenset[str]
    infinitives: frozenset[str]
    likewise: frozenset[str]
    participles: tuple[str, ...]
    progressive: frozenset[str]
    finite: frozenset[str]
    absolutes: frozenset[str]
    agents: frozenset[str]
    fused: frozenset[str]
    subordinators: frozenset[str]
    noun_like: frozenset[str]
    # sources: pronoun -> (gender m, f, n or ?; number sg, pl or ?)
    pronouns: Mapping[str, tuple[str, str]]
    feminine: frozenset[str]
    determiners: frozenset[str]
    articles: frozenset[str]
    standalone: frozenset[str]
    topics: frozenset[str]
    relatives: frozenset[str]
    source_ends: frozenset[str]
    # persons: honorific -> gender
    honorifics: Mapping[str, str]
    titles: frozenset[str]
    offices: frozenset[str]
    family_names: frozenset[str]
    roles: frozenset[str]
    bodies: frozenset[str]
    anonymous: frozenset[str]
    documents: frozenset[str]
    particles: frozenset[str]
    names: frozenset[str]
    given_names: Mapping[str, str]
    short_names: Mapping[str, frozenset[str]]
    outlets: frozenset[str]  # what papers, stations and societies are called, in a name only
    demonyms: frozenset[str]
    # naming: what comes before a term or a title in marks
    term_cues: PhraseList
    title_cues: frozenset[str]
    notes: frozenset[str]
    untagged: str
    unit: str
    scope: Scope
    clauses: Clauses
    translation: Translation
    # words
    function_words: frozenset[str]
    negations: frozenset[str]
    modals: frozenset[str]
    quantifiers: frozenset[str]
    intensifiers: frozenset[str]
    numbers: Mapping[str, str]
    scales: Mapping[str, str]
    fractions: Mapping[str, str]
    ordinals: Mapping[str, str]
    ordinal_endings: frozenset[str]
    single: frozenset[str]
    partitives: frozenset[str]
    months: Mapping[str, str]
    weekdays: frozenset[str]
    contractions: Mapping[str, str]
    clitics: Mapping[str, str]
    spelling_rules: Pairs
    spelling_pairs: Mapping[str, str]
    spelling_swaps: Pairs
    relations_read: Callable[[], Relations]

    @property
    def relations(self) -> Relations:
        """How its words stand to each other: read when first asked for, since only scoring asks."""
        return self.relations_read()

    def is_cue(self, word: str) -> bool:
        """Whether a lower-case word is a form of a verb of speech or of stance."""
        if word in self.speech or word in self.stance:
            return True
        bare = word.rpartition("'")[2]  # s'écria, l'appelle: the verb without what is elided before it
        return bare != word and (bare in self.speech or bare in self.stance)

    def means_somebody(self, word: str) -> bool:
        """Whether a lower-case word is a pronoun, or a word for a person, a body or a group."""
        return _means_somebody(self, word)

    def last_parts(self, word: str) -> Iterator[str]:
        """What a lower-case word may be by its last part, where nouns are written as one: Innenminister, a minister."""
        return (word[k:] for k in range(3, len(word) - 4)) if self.compounds else iter(())


@lru_cache(maxsize=65536)
def _means_somebody(rules: Language, word: str) -> bool:
    word = word.rpartition("'")[2] or word  # l'avocate
    known = (rules.roles, rules.bodies, rules.anonymous)
    if word in rules.pronouns or any(word in words for words in known):
        return True
    return any(part in words for part in rules.last_parts(word) for words in known)
