"""Attribution within an article: which person or body of the article a source means.

The order of `_resolve` is the order of trust: a name; a pronoun; a role (*the minister*); a body or a group by
the words that name it. Below `least` confidence nobody is named: no speaker rather than a wrong one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from quotealign.attribution.entity import Entity, Mention
from quotealign.attribution.name import Name, bare, speaker_named
from quotealign.attribution.names import find, that_count
from quotealign.attribution.parts import lexicon
from quotealign.attribution.people import Cast
from quotealign.attribution.unnamed import Unnamed, unnamed_before
from quotealign.languages import Language, language
from quotealign.model import Article, Quotation, Speaker
from quotealign.text.caseless import cut, writes_without_capitals
from quotealign.text.tokens import Piece, row_of, tokenize

_DECAY = 0.75
_GROUP = 0.6
_REACH = 120
_MENTIONS = 3
_SENTENCES = 3


class _Answer(NamedTuple):
    speaker: Speaker
    confidence: float
    how: str


def attribute(article: Article, quotations: Sequence[Quotation], *, least: float = 0.5) -> tuple[Quotation, ...]:
    """The quotations of one article with speakers, so far as their sources resolve with `least` confidence.

    Confidence is the extraction's times the resolution's: ordered, not calibrated.
    """
    if not any(q.source and q.source.span for q in quotations):
        return tuple(quotations)  # nobody to look for
    rules = language(article.lang)
    cast = Cast(article, [span for q in quotations for span in q.spans], rules)
    answers: dict[object, _Answer | None] = {}
    named = []
    for quotation in quotations:
        if quotation.source is None or quotation.source.span is None:
            named.append(quotation)
            continue
        key = quotation.source.span
        if key not in answers:
            answers[key] = _resolve(quotation, cast, rules)
        answer = answers[key]
        confidence = round((quotation.confidence or 1.0) * (answer.confidence if answer else 0.0), 3)
        if answer and confidence >= least:
            rule = f"{quotation.rule or ''} speaker={answer.how}".strip()
            quotation = replace(quotation, speaker=answer.speaker, confidence=confidence, rule=rule)
        named.append(quotation)
    return tuple(named)


def _resolve(quotation: Quotation, cast: Cast, rules: Language) -> _Answer | None:
    assert quotation.source is not None
    assert quotation.source.span is not None
    start = quotation.source.span[0]
    if len(quotation.source.text) == 1 and quotation.source.text.isupper():
        return None  # Q and A of a transcript
    pieces = [
        _without_verb(p, rules) if p.n in rules.contractions else p for p in cut(tokenize(quotation.source.text), rules)
    ]
    if writes_without_capitals(rules):
        # What stands beside the source tells whether it is a name.
        names = [m.name for m, _ in cast.before(quotation.source.span[1], _REACH) if m.name.start >= start]
    else:
        parts = lexicon(rules).of(pieces)
        names = [found.name for found in find(row_of(pieces, start), parts, that_count(parts))]
    steps = (
        partial(_by_name, names, pieces, start, cast, rules),
        partial(_by_family, pieces, cast),
        partial(_by_pronoun, pieces, quotation, cast, rules),
        partial(_by_role, pieces, start, cast, rules),
        partial(_by_words, names, pieces, rules),
    )
    return next((answer for step in steps if (answer := step())), None)


def _without_verb(piece: Piece, rules: Language) -> Piece:
    """A pronoun without what is written onto it: he's; any other word as it is."""
    first = rules.contractions[piece.n].split()[0]
    return piece._replace(n=first) if first in rules.pronouns else piece


def _by_name(names: list[Name], pieces: list[Piece], offset: int, cast: Cast, rules: Language) -> _Answer | None:
    """The first name that stands for itself: not Smith's lawyer, not a spokesman for Smith."""
    for name in names:
        headed = name.governed and any(
            rules.means_somebody(p.n) or p.n in rules.titles or p.n in rules.documents
            for p in pieces
            if offset + p.start < name.run_start and p.n not in rules.clauses.accounts  # Angaben der | Feuerwehr
        )
        if name.owner or headed or _modifies(name, pieces, offset, rules):
            continue
        entity = _entity_of(name, cast)
        if entity is None or _has_company(name, names, pieces, offset, rules):
            continue
        if entity.body or not _is_person(entity, cast, rules):
            return _Answer(speaker_named(entity.name, "org"), 0.9, "name")
        return _Answer(speaker_named(entity.name, "person"), 1.0, "name")
    return None


def _by_family(pieces: list[Piece], cast: Cast) -> _Answer | None:
    """A family name that is a word as well and would be no name by itself: Rural, where Anna Rural was named."""
    if len(pieces) != 1 or not pieces[0].text[:1].isupper():
        return None
    people = [e for e in cast.of_family(bare(pieces[0].text)) if not e.body and len(e.full.words) > 1]
    return _Answer(speaker_named(people[0].name, "person"), 0.9, "name") if len(people) == 1 else None


def _has_company(name: Name, names: list[Name], pieces: list[Piece], offset: int, rules: Language) -> bool:
    """Whether the source names two, with a conjunction between them: then neither alone has spoken."""
    for other in names:
        between = [
            p for p in pieces if min(name.end, other.end) <= offset + p.start < max(name.run_start, other.run_start)
        ]
        if other is not name and len(between) == 1 and between[0].n in rules.conjunctions:
            return True
    return False


def _modifies(name: Name, pieces: list[Piece], offset: int, rules: Language) -> bool:
    """Whether the name only says which: city court sources, Smith campaign officials."""
    if rules.unspaced:
        return any(offset + p.start >= name.end and p.n in rules.relatives for p in pieces)
    for piece in [p for p in pieces if offset + p.start >= name.end][:3]:
        if not piece.is_word or piece.text[:1].isupper() or piece.n in rules.function_words:
            return False  # Anna Smith of the union is not the union's
        if (
            piece.n in rules.speech_nouns
            or piece.n in rules.roles
            or piece.n in rules.anonymous
            or piece.n in rules.bodies
            or piece.n in rules.documents
        ):
            return True
    return False


def _entity_of(name: Name, cast: Cast) -> Entity | None:
    exact = cast.entity_at(name.start)
    if len(name.words) > 1 or (exact and len(exact.full.words) > 1):
        return exact or next((e for e in cast.of_family(name.family) if not e.body), None)
    # A single word may be what families are called by, too (Banks), or a given name that is one person's here.
    fitting = [e for e in cast.of_family(name.family) if name.gender == "?" or e.gender in ("?", name.gender)]
    full = [e for e in fitting if not e.body and len(e.full.words) > 1]
    return full[0] if full else next(iter(given), exact) if len(given := cast.of_given(name.words[0])) == 1 else exact


def _is_person(entity: Entity, cast: Cast, rules: Language) -> bool:
    """A single word that only ever stands as a nation or a body's short name is none."""
    if len(entity.full.words) > 1 or cast.gender(entity) != "?":
        return True
    word = entity.name.lower().rstrip(".")
    return word not in rules.demonyms and not entity.name.isupper()


def _by_pronoun(pieces: list[Piece], quotation: Quotation, cast: Cast, rules: Language) -> _Answer | None:
    assert quotation.source is not None
    assert quotation.source.span is not None
    at = quotation.source.span[0]
    pronoun = next((p.n for p in pieces if p.n in rules.pronouns), None)
    if pronoun is None:
        pronoun = next((part for p in pieces if (part := p.n.rpartition("-")[2]) in rules.pronouns), None)
    if pronoun is None or len([p for p in pieces if p.is_word]) > 2:
        return None
    gender, count = _meaning(pronoun, quotation, rules)
    if count == "pl" or gender == "n" or (gender == "?" and count != "?"):
        return None
    cast.vote()
    here = cast.sentence_of(at)
    near: dict[Entity, list[Mention]] = {}
    for mention, entity in reversed(cast.before(at, _REACH)):
        if mention.quoted:
            continue
        last = near.get(entity)
        if last is None:
            near[entity] = [mention]
        elif len(last) < _MENTIONS:
            last.append(mention)
    scores: list[tuple[float, int, Entity]] = []
    for entity, mentions in near.items():
        stated = entity.gender
        if (gender in "mf" and stated not in ("?", gender)) or not (entity.may_be_meant() or entity.is_given(gender)):
            continue
        weight = 0.0
        for mention in mentions:
            weight += _DECAY ** (here - mention.sentence) * (2.0 if mention.subject else 0.7)
        weight *= 1 + 0.25 * min(len(entity.mentions), 8)
        # A given name only rules out: a name that no list has would be at a disadvantage.
        weight *= 1.5 if entity.told_gender == gender else 1.0
        scores.append((weight, mentions[0].name.start, entity))
    if gender in "mf" and (unnamed := unnamed_before(cast, at)) and _is_meant(unnamed, [e for _, _, e in scores], near):
        start = unnamed.pieces[0].start
        words = " ".join(p.text for p in unnamed.pieces)
        return _by_role(unnamed.pieces, start, cast, rules) or _Answer(speaker_named(words, "group"), _GROUP, "unnamed")
    if not scores:
        return None
    scores.sort(key=lambda s: s[:2], reverse=True)
    second = scores[1][0] if len(scores) > 1 else 0.0
    confidence = 0.5 + 0.45 * (scores[0][0] - second) / scores[0][0]
    chosen = scores[0][2]
    if gender in "mf":
        chosen.heard(gender)  # who was once meant by he is not meant by she
    return _Answer(speaker_named(chosen.name, "person"), confidence, "pronoun")


def _meaning(pronoun: str, quotation: Quotation, rules: Language) -> tuple[str, str]:
    """Gender and number of a pronoun; of one that is a woman or several, as the verb beside it tells: sagte | sie."""
    assert quotation.source is not None
    gender, count = rules.pronouns[pronoun]
    source, cue = quotation.source.span, quotation.cue.span if quotation.cue else None
    if pronoun not in rules.feminine or quotation.cue is None or source is None or cue is None:
        return gender, count
    if cue[1] > source[0] - 2 and source[1] > cue[0] - 2:
        many = quotation.cue.text.split()[0].endswith(rules.clauses.plural_endings)
        return ("?", "pl") if many else ("f", "sg")
    return gender, count


def _is_meant(unnamed: Unnamed, named: list[Entity], near: dict[Entity, list[Mention]]) -> bool:
    """Whether a pronoun means who is pointed at rather than somebody named: none is near, or only beside him."""
    for entity in named:
        for mention in near[entity]:
            behind = mention.name.start > unnamed.pieces[0].start
            beside = (
                behind and mention.sentence == unnamed.sentence and not unnamed.is_new
            )  # A man asked Smith. He said
            if not beside and (behind or not unnamed.is_new) and mention.sentence >= unnamed.sentence - _SENTENCES:
                return False
    return True


def _by_role(pieces: list[Piece], at: int, cast: Cast, rules: Language) -> _Answer | None:
    """`the minister`: the one person of the article who bears this title, the last named where there are two."""
    words = [p.n for p in pieces if p.is_word]
    if not words or (words[0] not in rules.determiners and len(words) > 1) or len(words) > 5:
        return None
    heads = {w for w in words if w in rules.roles or w in rules.titles}
    if not heads or words[0] in ("a", "an", "un", "une", "ein", "eine"):
        return None
    bearers = [e for e in cast.with_title(min(heads)) if not e.body and heads <= e.titles]
    bearers = [e for e in bearers if e.mentions[0].name.start < at]
    if not bearers:
        return None
    last = max(bearers, key=lambda e: e.last_before(at))
    return _Answer(speaker_named(last.name, "person"), 0.85 if len(bearers) == 1 else 0.6, "role")


def _by_words(names: list[Name], pieces: list[Piece], rules: Language) -> _Answer | None:
    """A body or a group, named by the words of the source without its article."""
    account = max((k for k, p in enumerate(pieces[:-1]) if p.n in rules.clauses.accounts), default=-1)
    kept = [p for p in pieces[account + 1 :] if p.is_word or p.text in "&-'’."]
    while kept and (kept[0].n in rules.determiners or not kept[0].is_word) and kept[0].n not in rules.demonyms:
        kept.pop(0)
    if not kept or len(kept) > 10 or (len(kept) == 2 and kept[1].text.isdigit()):  # SPEAKER 1
        return None
    known = any(
        p.n in rules.bodies or p.n in rules.anonymous or p.n in rules.documents or p.n in rules.roles for p in kept
    )
    if not known and all(name.governed for name in names):
        return None
    text = ("" if rules.unspaced else " ").join(p.text for p in kept)
    body = any(name.body for name in names) or any(p.n in rules.bodies for p in kept)
    return _Answer(speaker_named(text, "org" if body else "group"), _GROUP, "words")
