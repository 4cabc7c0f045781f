"""The loader: what a language says, read from `xx.toml` beside this file into one frozen `Language`.

A linguist corrects the TOML files without reading Python. `und.toml` holds what holds for every language; a
language's own file is laid over it, table by table. Word lists are strings of words separated by white space;
verb lists hold one paradigm a line, the base form first.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from quotealign.errors import InputMalformed, NameUnknown
from quotealign.languages.clauses import read_clauses
from quotealign.languages.facts import Language
from quotealign.languages.phrases import PhraseList
from quotealign.languages.relations import KEYS, relations
from quotealign.languages.scope import read_scope
from quotealign.languages.translation import Translation

_HERE = Path(__file__).parent

_LEARNT: dict[str, str] = {}
"""Data that a user gave for this run: language code to TOML."""


@lru_cache(maxsize=1)
def codes() -> tuple[str, ...]:
    """The languages there is data for, `und` first."""
    found = {path.stem for path in _HERE.glob("*.toml")} | set(_LEARNT)
    return ("und", *sorted(found - {"und"}))


def learn(code: str, toml: str, *, where: str = "language data") -> Language:
    """Take in a user's data for a language, for as long as this process runs; it stands for what we have of it.

    Raises `InputMalformed` where it is no TOML, or a table of a wrong shape.
    """
    if not well_formed(code) or "-" in code:
        raise NameUnknown(f"{code!r} is no language code", where=where, do="name the file after one: sv.toml")
    _LEARNT[code] = toml
    for cache in (codes, language, _build):
        cache.cache_clear()
    try:
        rules = _build(code)
        for pattern, _ in rules.spelling_rules:
            re.compile(pattern)
        rules.relations_read()
        return rules
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
    text = known if known is not None else (_HERE / f"{code}.toml").read_text("utf-8")
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

    def phrases(path: str) -> PhraseList:
        if not isinstance(value(path, []), list):
            raise TypeError(f"{path} is a list of phrases")
        return PhraseList(p.casefold() for p in value(path, []) if p.strip())

    def verbs(path: str) -> dict[str, str]:
        paradigms = (line.casefold().split() for line in value(path, "").splitlines())
        return {form: forms[0] for forms in paradigms if forms for form in forms}

    def mapping(path: str) -> dict[str, str]:
        return {str(k).casefold(): str(v).casefold() for k, v in value(path, {}).items()}

    def rows(path: str) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for line in value(path, "").casefold().splitlines():
            for word in line.split():
                found[word] = found.get(word, frozenset()) | frozenset(line.split())
        return found

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
        verbosity=float(value("language.verbosity", 1.0)),
        marks=tuple((a, b) for a, b in value("marks.pairs", [])),
        dialogue=tuple(value("marks.dialogue", ())),
        clause_inside=flag("marks.clause_inside"),
        abbreviations=words("sentences.abbreviations"),
        speech=verbs("cues.speech"),
        stance=verbs("cues.stance"),
        addressed=words("cues.addressed"),
        marked_only=words("cues.marked_only"),
        findings=verbs("cues.findings"),
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
        participles=tuple(sorted(words("cues.participles"))),
        progressive=words("cues.progressive"),
        finite=words("cues.finite"),
        absolutes=words("cues.absolutes"),
        agents=words("cues.agents"),
        fused=words("cues.fused"),
        subordinators=words("cues.subordinators"),
        noun_like=words("cues.noun_like"),
        pronouns={k: (v.split()[0], v.split()[1]) for k, v in mapping("sources.pronouns").items()},
        feminine=words("sources.feminine"),
        determiners=words("sources.determiners"),
        articles=words("sources.articles"),
        standalone=words("sources.standalone"),
        topics=words("sources.topics"),
        relatives=words("sources.relatives"),
        source_ends=words("sources.ends"),
        honorifics=mapping("persons.honorifics"),
        titles=words("persons.titles"),
        offices=words("persons.offices"),
        family_names=words("persons.family_names"),
        roles=words("persons.roles"),
        bodies=words("persons.bodies"),
        anonymous=words("persons.anonymous"),
        documents=words("persons.documents"),
        particles=words("persons.particles"),
        names=words("persons.names"),
        given_names=dict.fromkeys(words("persons.given_m"), "m") | dict.fromkeys(words("persons.given_f"), "f"),
        short_names=rows("persons.short_names"),
        outlets=words("persons.outlets"),
        demonyms=words("persons.demonyms"),
        term_cues=phrases("naming.term_cues"),
        title_cues=words("naming.title_cues"),
        notes=words("naming.notes"),
        untagged=value("naming.untagged", "mixed"),
        unit=value("naming.unit", "whole"),
        scope=read_scope(words, phrases),
        clauses=read_clauses(words, phrases, verbs, mapping("sources.pronouns")),
        translation=Translation(
            phrases("translation.mentions"),
            phrases("translation.leads"),
            mapping("translation.languages"),
            phrases("translation.untranslated"),
            phrases("translation.calques"),
            value("translation.tag_order", ""),
            words("translation.bare_names"),
        ),
        function_words=words("words.function"),
        negations=words("words.negations"),
        modals=words("words.modals"),
        quantifiers=words("words.quantifiers"),
        intensifiers=words("words.intensifiers"),
        numbers=mapping("words.numbers"),
        scales=mapping("words.scales"),
        fractions=mapping("words.fractions"),
        ordinals=mapping("words.ordinals"),
        ordinal_endings=words("words.ordinal_endings"),
        single=words("words.single"),
        partitives=words("words.partitives"),
        months=mapping("words.months"),
        weekdays=words("words.weekdays"),
        contractions=mapping("words.contractions"),
        clitics=mapping("words.clitics"),
        spelling_rules=tuple((a, b) for a, b in value("spelling.rules", [])),
        spelling_pairs=mapping("spelling.pairs"),
        spelling_swaps=tuple((a, b) for a, b in value("spelling.swaps", [])),
        relations_read=lru_cache(maxsize=1)(lambda: relations(value)),
    )
    unknown = {f"{table}.{key}" for table, keys in tables.items() for key in keys} - known - KEYS - {"language.name"}
    if unknown:
        raise InputMalformed(f"no key {min(unknown)}", where=f"languages/{code}.toml", do="see docs/languages.md")
    return made
