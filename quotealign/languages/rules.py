"""The loader: what a language says, read from `xx.toml` beside this file into one frozen `Language`.

A linguist corrects the TOML files without reading Python. `und.toml` holds what holds for every language; a
language's own file is laid over it, table by table. Word lists are strings of words separated by white space;
verb lists hold one paradigm a line, the base form first.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from quotealign.errors import InputMalformed, NameUnknown
from quotealign.languages.clauses import Clauses, read_clauses

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Language:
    """What extraction, attribution and scoring know of one language. All words are in lower case."""

    code: str
    name: str
    stemmer: str | None
    unspaced: bool
    verb_second: bool
    pro_drop: bool
    verb_first: bool
    compounds: bool
    noun_capitals: bool
    # marks
    marks: Pairs
    dialogue: tuple[str, ...]
    clause_inside: bool
    # sentences
    abbreviations: frozenset[str]
    # cues: form -> base form
    speech: Mapping[str, str]
    stance: Mapping[str, str]
    beside: Mapping[str, str]
    speech_nouns: frozenset[str]
    according: tuple[str, ...]
    asides: tuple[str, ...]
    auxiliaries: frozenset[str]
    complementizers: frozenset[str]
    conjunctions: frozenset[str]
    cue_phrases: tuple[str, ...]
    reportive: frozenset[str]
    infinitives: frozenset[str]
    likewise: frozenset[str]
    noun_like: frozenset[str]
    # sources: pronoun -> (gender m, f, n or ?; number sg, pl or ?)
    pronouns: Mapping[str, tuple[str, str]]
    determiners: frozenset[str]
    topics: frozenset[str]
    relatives: frozenset[str]
    source_ends: frozenset[str]
    # persons: honorific -> gender
    honorifics: Mapping[str, str]
    titles: frozenset[str]
    offices: frozenset[str]
    roles: frozenset[str]
    bodies: frozenset[str]
    anonymous: frozenset[str]
    documents: frozenset[str]
    particles: frozenset[str]
    names: frozenset[str]
    demonyms: frozenset[str]
    # naming: what comes before a term or a title in marks
    term_cues: tuple[str, ...]
    title_cues: frozenset[str]
    untagged: str
    unit: str
    clauses: Clauses
    # words
    function_words: frozenset[str]
    negations: frozenset[str]
    modals: frozenset[str]
    quantifiers: frozenset[str]
    intensifiers: frozenset[str]
    numbers: Mapping[str, str]
    months: Mapping[str, str]
    weekdays: frozenset[str]
    antonyms: Mapping[str, frozenset[str]]
    contractions: Mapping[str, str]
    spelling_rules: tuple[tuple[re.Pattern[str], str], ...]
    spelling_pairs: Mapping[str, str]

    def is_cue(self, word: str) -> bool:
        """Whether a lower-case word is a form of a verb of speech or of stance."""
        if word in self.speech or word in self.stance:
            return True
        bare = word.rpartition("'")[2]  # s'écria, l'appelle: the verb without what is elided before it
        return bare != word and (bare in self.speech or bare in self.stance)

    def means_somebody(self, word: str) -> bool:
        """Whether a lower-case word is a pronoun, or a word for a person, a body or a group."""
        return _means_somebody(word, self.code)


@lru_cache(maxsize=65536)
def _means_somebody(word: str, code: str) -> bool:
    rules = _build(code)
    word = word.rpartition("'")[2] or word  # l'avocate
    known = (rules.roles, rules.bodies, rules.anonymous)
    if word in rules.pronouns or any(word in words for words in known):
        return True
    # Innenminister, Fernsehsender: the last part of a compound says what it is
    parts = (word[k:] for k in range(3, len(word) - 4)) if rules.compounds else ()
    return any(part in words for part in parts for words in known)


_LEARNT: dict[str, str] = {}
"""Data that a user gave for this run: language code to TOML."""


@lru_cache(maxsize=1)
def codes() -> tuple[str, ...]:
    """The languages there is data for, `und` first."""
    names = (entry.name for entry in resources.files(__package__).iterdir())
    found = {name.removesuffix(".toml") for name in names if name.endswith(".toml")} | set(_LEARNT)
    return ("und", *sorted(found - {"und"}))


def learn(code: str, toml: str, *, where: str = "language data") -> Language:
    """Take in a user's data for a language, for as long as this process runs; it stands for what we have of it.

    Raises `InputMalformed` where it is no TOML, or a table of a wrong shape.
    """
    if not well_formed(code) or "-" in code:
        raise NameUnknown(f"{code!r} is no language code", where=where, do="name the file after one: sv.toml")
    _LEARNT[code] = toml
    for cache in (codes, language, _build, _means_somebody):
        cache.cache_clear()
    try:
        return _build(code)
    except InputMalformed as error:
        del _LEARNT[code]
        raise InputMalformed(error.what, where=where, do="mend the file; see docs/languages.md") from None
    except (TypeError, ValueError, KeyError, AttributeError, IndexError, re.error) as error:
        del _LEARNT[code]
        what = f"a table of a wrong shape ({error})"
        raise InputMalformed(what, where=where, do="see docs/languages.md") from None


def learnt() -> tuple[tuple[str, str], ...]:
    """What `learn` has taken in, code and TOML."""
    return tuple(sorted(_LEARNT.items()))


@lru_cache(maxsize=None)
def language(code: str) -> Language:
    """The language for a BCP 47 tag: its own file, else that of its primary subtag, else `und`."""
    primary = code.lower().replace("_", "-").split("-")[0]
    return _build(primary if primary in codes() else "und")


def well_formed(tag: str) -> bool:
    """Whether a string is shaped as a language tag (BCP 47)."""
    return bool(re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", tag))


def has_data(tag: str) -> bool:
    """Whether there is a file for the tag's primary language."""
    return tag.lower().split("-")[0] in codes()


def named(code: str) -> Language:
    """The language that a user named; `NameUnknown` with the good names where it has no file."""
    primary = code.lower().replace("_", "-").split("-")[0]
    if primary not in codes():
        raise NameUnknown(f"no language {code!r}", do=f"use one of {', '.join(codes())}")
    return _build(primary)


def _read(code: str) -> dict[str, Any]:
    known = _LEARNT.get(code)
    text = known if known is not None else resources.files(__package__).joinpath(f"{code}.toml").read_text("utf-8")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputMalformed(f"not valid TOML ({error})", where=f"languages/{code}.toml") from error


@lru_cache(maxsize=None)
def _build(code: str) -> Language:
    tables = _read("und")
    if code != "und":
        for table, entries in _read(code).items():
            tables.setdefault(table, {}).update(entries)

    known = set()

    def value(path: str, default: Any) -> Any:
        known.add(path)
        table, key = path.split(".")
        return tables.get(table, {}).get(key, default)

    def flag(path: str) -> bool:
        found = value(path, False)
        if not isinstance(found, bool):
            raise TypeError(f"{path} is true or false")
        return found

    def words(path: str) -> frozenset[str]:
        return frozenset(value(path, "").casefold().split())

    def phrases(path: str) -> tuple[str, ...]:
        if not isinstance(value(path, []), list):
            raise TypeError(f"{path} is a list of phrases")
        # Longest first, so that a phrase wins over its own beginning.
        return tuple(sorted((p.casefold() for p in value(path, []) if p.strip()), key=lambda p: (-len(p), p)))

    def verbs(path: str) -> dict[str, str]:
        paradigms = (line.casefold().split() for line in value(path, "").splitlines())
        return {form: forms[0] for forms in paradigms if forms for form in forms}

    def mapping(path: str) -> dict[str, str]:
        return {str(k).casefold(): str(v).casefold() for k, v in value(path, {}).items()}

    antonyms: dict[str, set[str]] = {}
    for line in value("words.antonyms", "").casefold().splitlines():
        for word in (group := line.split()):
            antonyms.setdefault(word, set()).update(w for w in group if w != word)

    made = Language(
        code=code,
        name=value("language.name", code),
        stemmer=value("language.stemmer", None),
        unspaced=flag("language.unspaced"),
        verb_second=flag("language.verb_second"),
        pro_drop=flag("language.pro_drop"),
        verb_first=flag("language.verb_first"),
        compounds=flag("language.compounds"),
        noun_capitals=flag("language.noun_capitals"),
        marks=tuple((a, b) for a, b in value("marks.pairs", [])),
        dialogue=tuple(value("marks.dialogue", ())),
        clause_inside=flag("marks.clause_inside"),
        abbreviations=words("sentences.abbreviations"),
        speech=verbs("cues.speech"),
        stance=verbs("cues.stance"),
        beside=verbs("cues.beside"),
        speech_nouns=words("cues.nouns"),
        according=phrases("cues.according"),
        asides=phrases("cues.asides"),
        auxiliaries=words("cues.auxiliaries"),
        complementizers=words("cues.complementizers"),
        conjunctions=words("cues.conjunctions"),
        cue_phrases=phrases("cues.phrases"),
        reportive=words("cues.reportive"),
        infinitives=words("cues.infinitives"),
        likewise=words("cues.likewise"),
        noun_like=words("cues.noun_like"),
        pronouns={k: (v.split()[0], v.split()[1]) for k, v in mapping("sources.pronouns").items()},
        determiners=words("sources.determiners"),
        topics=words("sources.topics"),
        relatives=words("sources.relatives"),
        source_ends=words("sources.ends"),
        honorifics=mapping("persons.honorifics"),
        titles=words("persons.titles"),
        offices=words("persons.offices"),
        roles=words("persons.roles"),
        bodies=words("persons.bodies"),
        anonymous=words("persons.anonymous"),
        documents=words("persons.documents"),
        particles=words("persons.particles"),
        names=words("persons.names"),
        demonyms=words("persons.demonyms"),
        term_cues=phrases("naming.term_cues"),
        title_cues=words("naming.title_cues"),
        untagged=value("naming.untagged", "mixed"),
        unit=value("naming.unit", "whole"),
        clauses=read_clauses(words, phrases, verbs, mapping("sources.pronouns")),
        function_words=words("words.function"),
        negations=words("words.negations"),
        modals=words("words.modals"),
        quantifiers=words("words.quantifiers"),
        intensifiers=words("words.intensifiers"),
        numbers=mapping("words.numbers"),
        months=mapping("words.months"),
        weekdays=words("words.weekdays"),
        antonyms={word: frozenset(others) for word, others in antonyms.items()},
        contractions=mapping("words.contractions"),
        spelling_rules=tuple((re.compile(a), b) for a, b in value("spelling.rules", [])),
        spelling_pairs=mapping("spelling.pairs"),
    )
    unknown = {f"{table}.{key}" for table, keys in tables.items() for key in keys} - known - {"language.name"}
    if unknown:
        raise InputMalformed(f"no key {min(unknown)}", where=f"languages/{code}.toml", do="see docs/languages.md")
    return made
