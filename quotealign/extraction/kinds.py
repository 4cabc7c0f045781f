"""Kinds: whether a string in marks is speech, whole or in part, or a term or a title, by evidence.

Each piece of evidence is named, so that a quotation's `rule` can say how its kind came about.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from quotealign.extraction.blocks import is_block
from quotealign.extraction.cues import Tag
from quotealign.extraction.layout import Item, Sentence
from quotealign.languages import Language
from quotealign.model import Kind
from quotealign.text.caseless import cut, ends_clause, is_caseless, plain
from quotealign.text.tokens import Piece, tokenize

_TERM_WORDS = 3
_TITLE_REACH = 4
_LONG_TITLE = 6
_FINAL = frozenset(".!?…。！？؟۔")
_TITLE_MARKS = frozenset("《〈")


def decide(text: str, sentence: Sentence, position: int, tag: Tag | None, language: Language) -> tuple[Kind, str]:
    """The kind of the marked string at `position` of its sentence, and the evidence it rests on."""
    evidence = _evidence(text, sentence, position, tag, language)
    return next((kind, name) for name, kind, holds in RULES if holds(evidence))


class Evidence(NamedTuple):
    """What the kind of a marked string is told by.

    inner  its pieces; `words` those that are words
    before, after  the reporter's words beside it
    tag    what governs it, a guess left out; `firm` where that stands right beside it
    named  whether it is written as a title is
    """

    sentence: Sentence
    position: int
    language: Language
    inner: list[Piece]
    words: list[Piece]
    before: tuple[Item, ...]
    after: tuple[Item, ...]
    tag: Tag | None
    firm: bool
    named: bool


def _evidence(text: str, sentence: Sentence, position: int, tag: Tag | None, language: Language) -> Evidence:
    item = sentence.items[position]
    assert item.marked is not None
    inner = list(cut(tokenize(text[item.marked.start : item.marked.end]), language))
    words = [p for p in inner if p.is_word]
    tag = None if tag is not None and tag.rule == "nearest-subject" else tag
    return Evidence(
        sentence,
        position,
        language,
        inner,
        words,
        before=sentence.items[max(0, position - _TITLE_REACH) : position],
        after=sentence.items[position + 1 : position + 1 + _TITLE_REACH],
        tag=tag,
        firm=tag is not None and tag.firm,
        named=bool(words) and _is_title_case(words, language),
    )


def _is_block(e: Evidence) -> bool:
    marked = e.sentence.items[e.position].marked
    return marked is not None and is_block(marked)


def _in_title_case(e: Evidence) -> bool:
    said = e.firm and e.tag is not None and e.tag.rule in ("subject-after", "inverted", "inverted-pronoun")
    return e.named and not said and (len(e.words) >= _LONG_TITLE or (e.tag is None and len(e.words) > 1))


def _behind_title_cue(e: Evidence) -> bool:
    return _may_open(e.words[0]) and _near(e.before[-2:], e.language.title_cues) and not e.firm


def _is_name(e: Evidence) -> bool:
    """Whether a name stands where the reporter names somebody: sagte der „Neuen Zeit“; not what was called so."""
    words, last = e.language, e.before[-1] if e.before else None
    counted = [w for w in e.words if w.n not in words.function_words]
    capitals = e.words[0].text[:1].isupper() and all(w.text[:1].isupper() or w.text[:1].isdigit() for w in counted)
    if last is None or not capitals:
        return False
    after = e.after[0].text if e.after else ""
    explained = last.text == "(" and after in (")", ",") and e.inner[-1].text[-1] not in _FINAL
    return explained or (last.word in words.clauses.name_articles and not _in_reported_clause(e))


def _in_reported_clause(e: Evidence) -> bool:
    """Whether the string stands in the clause that its cue reports, which a comma or a complementizer opens."""
    if _reported(e.sentence, e.language) or (e.tag is not None and e.tag.rule == "according-before"):
        return True
    if e.tag is None or not e.tag.rule.endswith("before") or e.tag.cue[1] > e.position:
        return False
    between = e.sentence.items[e.tag.cue[1] : e.position]
    return any(item.text in (",", ":") or item.word in e.language.complementizers for item in between)


def _behind_term_cue(e: Evidence) -> bool:
    sourced = e.firm and e.tag is not None and e.tag.source is not None
    if sourced and not _needs_tag(e):
        return False
    n = _term_cue(e.sentence.items, e.position, e.language)
    # a Norn, called “…”: the verb that would be its cue is part of the phrase
    naming = _needs_tag(e) and e.tag is not None and e.position - n <= e.tag.cue[0] < e.position
    return bool(n) and (naming or not sourced)


def _is_utterance(e: Evidence) -> bool:
    """Whether the string stands by itself, and is too long for a term, or governed, or ends as a sentence does."""
    last = e.inner[-1].text
    around = e.tag is not None and e.tag.rule == "around" and ends_clause(last)
    whole = around or _is_whole(e.inner, e.sentence, e.position, e.before)
    if _needs_tag(e) and e.tag is None and last[-1] not in _FINAL and _is_listed(e):
        return False
    return whole and (e.tag is not None or len(e.words) > _TERM_WORDS or last[-1] in _FINAL)


def _is_listed(e: Evidence) -> bool:
    """Whether the string stands in a row of others, or behind a noun of its own: Themen wie „…“, „…“."""
    row = any(item.marked for item in (*e.before[-3:], *e.after[:3]))
    return row and any(item.is_word for item in e.sentence.items[: e.position])


def _is_governed(e: Evidence) -> bool:
    rule = e.tag.rule if e.tag else ""
    later = _needs_tag(e) and rule in ("trailing", "according-later")
    return e.firm or later or rule.endswith(("before", "carried", "bracket"))


RULES: tuple[tuple[str, Kind, Callable[[Evidence], bool]], ...] = (
    ("no-words", Kind.TERM, lambda e: not e.words),
    ("block", Kind.DIRECT, _is_block),
    ("nickname", Kind.TERM, lambda e: e.sentence.is_nickname(e.position)),
    ("title-case", Kind.TITLE, _in_title_case),
    ("title-place", Kind.TITLE, lambda e: e.named and len(e.words) > 1 and _in_place_of_title(e.before, e.language)),
    ("title-marks", Kind.TITLE, lambda e: e.language.unspaced and _style(e) in _TITLE_MARKS),
    ("title-cue", Kind.TITLE, _behind_title_cue),
    ("term-cue", Kind.TERM, _behind_term_cue),
    ("apposition", Kind.TERM, lambda e: _needs_tag(e) and _is_apposed(e.before, e.words, e.language)),
    ("name", Kind.TERM, lambda e: _needs_tag(e) and _is_name(e)),
    ("whole", Kind.DIRECT, _is_utterance),
    ("tagged-fragment", Kind.MIXED, _is_governed),
    ("inside-phrase", Kind.TERM, lambda e: _is_inside_phrase(e) and not _reported(e.sentence, e.language)),
    ("untagged", Kind.TERM, lambda e: _needs_tag(e) and not (_reported(e.sentence, e.language) or _is_predicate(e))),
    ("fragment", Kind.MIXED, lambda e: True),
)
"""The rules in their order: name, kind, and when it holds; the first that holds decides."""


def _style(e: Evidence) -> str:
    marked = e.sentence.items[e.position].marked
    return marked.style if marked else ""


def _needs_tag(e: Evidence) -> bool:
    """Whether a fragment is speech in this language only where something says so."""
    return e.language.untagged == "term"


def _is_predicate(e: Evidence) -> bool:
    """Whether the string is too long for a term and no name, as its small letter tells: will „alles noch prüfen“."""
    return len(e.words) >= _LONG_TITLE and e.words[0].text[:1].islower()


def _is_inside_phrase(e: Evidence) -> bool:
    return len(e.words) <= _TERM_WORDS and _inside_phrase(e.before, e.after, e.language)


def _is_apposed(before: tuple[Item, ...], words: list[Piece], language: Language) -> bool:
    """Whether the string names the noun before it: die Zeitschrift „Neue Welt“."""
    last = before[-1] if before else None
    if last is None or not last.is_capital or last.word in language.speech_nouns or language.is_cue(last.word):
        return False
    content = [w for w in words if w.n not in language.function_words]
    return words[0].text[:1].isupper() and all(w.text[:1].isupper() or w.text[:1].isdigit() for w in content)


def _in_place_of_title(before: tuple[Item, ...], language: Language) -> bool:
    """Whether a preposition or an owner stands right before: on “Late News”, the channel's “Morning Talk”."""
    last = before[-1] if before else None
    if last is None or not last.is_word:
        return False
    owner = last.text.endswith(("'s", "’s", "s'", "s’"))
    small = last.word in language.function_words and last.word not in language.conjunctions
    opens = last.word in language.determiners or last.word in language.pronouns or last.word in language.auxiliaries
    return owner or (small and not opens and last.word not in language.complementizers)


def _reported(sentence: Sentence, language: Language) -> bool:
    """Whether the sentence stands in the mood of reported speech: Der Rücktritt sei ein „…“."""
    return any(item.word in language.reportive for item in sentence.items)


def _is_title_case(words: list[Piece], language: Language) -> bool:
    """Whether every word that a title writes with a capital has one."""
    if language.noun_capitals or not words[0].text[:1].isupper():
        return False  # no evidence where every noun has one
    counted = 0
    for word in words:
        if word.n not in language.function_words and word.text[:1].isalpha():
            if not word.text[:1].isupper():
                return False
            counted += 1
    return counted > 1 or (counted == 1 and len(words) > 1)


def _may_open(word: Piece) -> bool:
    """Whether a word can open a sentence or a title: it has a capital, or its script has none."""
    return word.text[:1].isupper() or is_caseless(word.text)


def _near(items: tuple[Item, ...] | list[Item], cues: frozenset[str]) -> bool:
    return any(item.word in cues for item in items)


def _term_cue(items: tuple[Item, ...], position: int, language: Language) -> int:
    """Items taken up by a phrase that leads a term, right before it; 0 for none."""
    for parts in language.term_cues.by_last.get(items[position - 1].word, ()) if position else ():
        start = position - len(parts)
        if start >= 0 and all(items[start + k].word == part for k, part in enumerate(parts)):
            return len(parts)
    return 0


def _is_whole(inner: list[Piece], sentence: Sentence, position: int, before: tuple[Item, ...]) -> bool:
    """Whether the string is an utterance of its own: it opens a sentence or follows a colon or a comma."""
    first = next((p for p in inner if p.is_word), inner[0])
    if not (_may_open(first) or first.text[:1].isdigit() or not first.text[:1].isalpha() or inner[0].text[0] in "…["):
        return False
    last = before[-1] if before else None
    if last is None or not any(i.is_word for i in sentence.items[:position]):
        return True
    if last.text in (":", ",", "—", "–", "--", "-"):
        return True
    return inner[-1].text[-1] in _FINAL or plain(inner[-1].text) == ","


def _inside_phrase(before: tuple[Item, ...], after: tuple[Item, ...], language: Language) -> bool:
    """Whether the string stands inside the reporter's own noun phrase: the “…” talks, a “…” ally."""
    last = before[-1] if before else None
    following = after[0] if after else None
    opened = last is not None and (last.word in language.determiners or last.word in language.function_words)
    goes_on = following is not None and following.is_word and following.word not in language.function_words
    return opened or goes_on
