"""Clauses: what a language says of how its clauses are built, where the finite verb has a fixed place.

The table `[clauses]` of a language's file. A language without one is read by neighbourhood alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from quotealign.languages.phrases import PhraseList


class Clauses(NamedTuple):
    """Words by the place they take in a clause; with their case folded, empty where the language says nothing."""

    # the verb
    helpers: frozenset[str]
    passive: frozenset[str]
    agents: frozenset[str]
    quoting: frozenset[str]
    finite_endings: tuple[str, ...]
    plural_endings: tuple[str, ...]
    particles: frozenset[str]
    # first part of a verb in two -> its second part -> base form
    separable: Mapping[str, Mapping[str, str]]
    # what opens a clause; `small`: what no subject is made of alone
    openers: frozenset[str]
    relative_articles: frozenset[str]
    adverbs: frozenset[str]
    times: frozenset[str]
    small: frozenset[str]
    # case
    nominative: frozenset[str]
    feminine_endings: tuple[str, ...]
    oblique: frozenset[str]
    indefinite: frozenset[str]
    # saying without a subject beside the verb; `judgements`: form -> base form
    impersonal: PhraseList
    places: frozenset[str]
    genitives: frozenset[str]
    naming: frozenset[str]
    judging: frozenset[str]
    judgements: Mapping[str, str]
    postposed: PhraseList
    account_leads: frozenset[str]
    accounts: frozenset[str]
    apart: frozenset[str]
    # names in marks
    name_articles: frozenset[str]


def read_clauses(
    words: Callable[[str], frozenset[str]],
    phrases: Callable[[str], PhraseList],
    verbs: Callable[[str], dict[str, str]],
    pronouns: Iterable[str],
) -> Clauses:
    """The table, by the loader's readers of words, phrases and verbs; each takes the path of a key."""
    return Clauses(
        helpers=words("clauses.helpers"),
        passive=words("clauses.passive"),
        agents=words("clauses.agents"),
        quoting=words("clauses.quoting"),
        finite_endings=tuple(sorted(words("clauses.finite_endings"))),
        plural_endings=tuple(sorted(words("clauses.plural_endings"))),
        particles=words("clauses.particles"),
        separable=_separable(verbs("cues.speech") | verbs("cues.stance"), words("clauses.particles")),
        openers=words("clauses.subordinators") | words("cues.complementizers"),
        relative_articles=words("clauses.relative_articles"),
        adverbs=words("clauses.adverbs"),
        times=words("clauses.times"),
        small=_small(words, pronouns),
        nominative=words("clauses.nominative"),
        feminine_endings=tuple(sorted(words("clauses.feminine_endings"))),
        oblique=words("clauses.oblique"),
        indefinite=words("clauses.indefinite"),
        impersonal=phrases("clauses.impersonal"),
        places=words("clauses.places"),
        genitives=words("clauses.genitives"),
        naming=words("clauses.naming"),
        judging=words("clauses.judging"),
        judgements=verbs("clauses.judgements"),
        postposed=phrases("clauses.postposed"),
        account_leads=words("clauses.account_leads"),
        accounts=words("clauses.accounts"),
        apart=words("clauses.apart"),
        name_articles=words("clauses.name_articles"),
    )


def _small(words: Callable[[str], frozenset[str]], pronouns: Iterable[str]) -> frozenset[str]:
    """Adverbs, prepositions, nouns of time and function words, but no determiner and no pronoun."""
    known = words("clauses.adverbs") | words("cues.auxiliaries") | words("sources.ends") | words("clauses.times")
    return known | (words("words.function") - words("sources.determiners") - frozenset(pronouns))


def _separable(verbs: Mapping[str, str], particles: frozenset[str]) -> dict[str, dict[str, str]]:
    """First part of a verb in two -> its second part -> base form: führte -> aus -> ausführen."""
    found: dict[str, dict[str, str]] = {}
    lengths = sorted(set(map(len, particles)))
    parts = {base: [base[:n] for n in lengths if base[:n] in particles] for base in set(verbs.values())}
    for form, base in sorted(verbs.items()):
        for particle in parts[base]:
            rest = form.removeprefix(particle)
            if rest != form and not rest.startswith(("ge", "zu")) and len(rest) > 2:
                found.setdefault(rest, {})[particle] = base
    return found
