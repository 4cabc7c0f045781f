"""Kinds: whether a string in marks is speech, whole or in part, or a term or a title, by evidence.

Each piece of evidence is named, so that a quotation's `rule` can say how its kind came about.
"""

from __future__ import annotations

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
    item = sentence.items[position]
    assert item.marked is not None
    inner = list(cut(tokenize(text[item.marked.start : item.marked.end]), language))
    words = [p for p in inner if p.is_word]
    if not words:
        return Kind.TERM, "no-words"
    before = sentence.items[max(0, position - _TITLE_REACH) : position]
    after = sentence.items[position + 1 : position + 1 + _TITLE_REACH]
    tag = None if tag is not None and tag.rule == "nearest-subject" else tag
    firm = tag is not None and tag.firm
    named = _is_title_case(words, language)
    if sentence.is_nickname(position):
        return Kind.TERM, "nickname"
    said = tag is not None and firm and tag.rule in ("subject-after", "inverted", "inverted-pronoun")
    if named and not said and (len(words) >= _LONG_TITLE or (tag is None and len(words) > 1)):
        return Kind.TITLE, "title-case"
    if named and len(words) > 1 and _in_place_of_title(before, language):
        return Kind.TITLE, "title-place"
    if item.marked.style in _TITLE_MARKS and language.unspaced:
        return Kind.TITLE, "title-marks"
    if _may_open(words[0]) and _near(before[-2:], language.title_cues) and not firm:
        return Kind.TITLE, "title-cue"
    if not (firm and tag and tag.source) and _term_cue(sentence.items, position, language):
        return Kind.TERM, "term-cue"
    if language.untagged == "term" and _is_apposed(before, words, language):
        return Kind.TERM, "apposition"
    whole = _is_whole(inner, sentence, position, before)
    whole = whole or (tag is not None and tag.rule == "around" and ends_clause(inner[-1].text))
    if whole and (tag is not None or len(words) > _TERM_WORDS or inner[-1].text[-1] in _FINAL):
        return Kind.DIRECT, "whole"
    if firm or (tag is not None and tag.rule.endswith(("before", "carried"))):
        return Kind.MIXED, "tagged-fragment"
    if len(words) <= _TERM_WORDS and _inside_phrase(before, after, language) and not _reported(sentence, language):
        return Kind.TERM, "inside-phrase"
    if language.untagged == "term" and not _reported(sentence, language):
        return Kind.TERM, "untagged"
    return Kind.MIXED, "fragment"


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
    if language.code == "de":
        return False  # German writes all nouns with a capital: no evidence
    counted = [w for w in words if w.n not in language.function_words and w.text[:1].isalpha()]
    capital = sum(w.text[:1].isupper() for w in counted)
    return (
        words[0].text[:1].isupper()
        and bool(counted)
        and capital == len(counted)
        and (len(counted) > 1 or len(words) > 1)
    )


def _may_open(word: Piece) -> bool:
    """Whether a word can open a sentence or a title: it has a capital, or its script has none."""
    return word.text[:1].isupper() or is_caseless(word.text)


def _near(items: tuple[Item, ...] | list[Item], cues: frozenset[str]) -> bool:
    return any(item.word in cues for item in items)


def _term_cue(items: tuple[Item, ...], position: int, language: Language) -> bool:
    for parts in language.term_cues.by_last.get(items[position - 1].word, ()) if position else ():
        start = position - len(parts)
        if start >= 0 and all(items[start + k].word == part for k, part in enumerate(parts)):
            return True
    return False


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
