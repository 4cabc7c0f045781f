"""Tags for every marked string of a text: first beside it, then along its sentence, then from its neighbours.

The order is the order of trust: a clause beside the string is its own; one clause often serves a row of
strings in one sentence; and a sentence that is nothing but a quotation goes on where the last speaker was.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quotealign.extraction.blocks import UNTOLD, is_block
from quotealign.extraction.cues import Reader, Tag
from quotealign.extraction.layout import Sentence
from quotealign.extraction.marked_names import named_sources
from quotealign.languages import Language
from quotealign.text.caseless import plain
from quotealign.text.normalization import DASHES

_LEFT_OUT_REACH = 6
_TURN, _TURN_CLAUSE = 80, 6

Place = tuple[int, int]
"""Number of a sentence, and a position in it."""


class Governed(NamedTuple):
    """A tag, and the number of the sentence in which it stands; `cue_sentence` where its cue stands in another."""

    sentence: int
    tag: Tag
    cue_sentence: int | None = None


class _Trust(NamedTuple):
    """How a tag serves a string that it does not stand beside: the rule it is recorded under, whether it then counts
    as firm (None: as before), and the bounds that its strength is brought into."""

    rule: str
    firm: bool | None
    least: float = 0.0
    most: float = 1.0


_HANDED_ON = {
    "chain": _Trust("chain-before", firm=False),
    "chain, from behind another": _Trust("chain-before", firm=False, most=0.7),
    "same paragraph": _Trust("carried", firm=True, least=0.9, most=0.9),
    "same paragraph, from the next": _Trust("carried-back", firm=True, least=0.85, most=0.85),
    "next paragraph": _Trust("continued", firm=True, most=0.7),
    "in turns": _Trust("in-turns", firm=True, most=0.6),
    "told of": _Trust("announced", firm=None, least=0.6, most=0.6),
    "told of, paragraph before": _Trust("announced", firm=None, least=0.5, most=0.5),
    "mood": _Trust("reported-before", firm=None, least=0.7, most=0.7),
    "mood, told of": _Trust("reported-before", firm=None, least=0.6, most=0.6),
}
"""Constructions in which a clause reaches further than the string beside it, with the trust that each deserves."""


def _handed_on(tag: Tag, construction: str) -> Tag:
    trust = _HANDED_ON[construction]
    firm = tag.firm if trust.firm is None else trust.firm
    return tag._replace(rule=trust.rule, firm=firm, strength=min(max(tag.strength, trust.least), trust.most))


def tag_all(sentences: Sequence[Sentence], language: Language) -> dict[Place, Governed]:
    """For each marked string that a reporting clause governs, that clause."""
    found: dict[Place, Governed] = {}
    for number, sentence in enumerate(sentences):
        found.update(_within(number, sentence, language))
    _fill_left_out(found)
    for number, sentence in enumerate(sentences):
        for position in sentence.marked:
            if (number, position) not in found:
                governed = _from_neighbours(sentences, number, position, found, language)
                governed = governed or _nearest_subject(sentences, number, position, language)
                if governed:
                    found[number, position] = governed
    return found


def _fill_left_out(found: dict[Place, Governed]) -> None:
    """A subject that was left out is the one before, so long as it is near."""
    last: Governed | None = None
    for place in sorted(found):
        governed = found[place]
        if governed.tag.source is not None:
            last = governed
        elif governed.tag.rule == "left-out" and last and place[0] - last.sentence <= _LEFT_OUT_REACH:
            tag = governed.tag._replace(source=last.tag.source)
            found[place] = Governed(last.sentence, tag, cue_sentence=place[0])


def _within(number: int, sentence: Sentence, language: Language) -> dict[Place, Governed]:
    if not sentence.marked:
        return {}
    names = named_sources(sentence, language)
    reader = Reader(sentence.clause_items(names), language)
    positions = tuple(i for i in sentence.marked if not sentence.is_nickname(i) and i not in names)
    tags: dict[int, Tag] = {}
    for nth, position in enumerate(positions):
        start = positions[nth - 1] + 1 if nth else 0
        stop = positions[nth + 1] if nth + 1 < len(positions) else len(sentence.items)
        behind = reader.after(position + 1, stop)
        front = reader.before(start, position)
        closes = plain(sentence.items[position].text.rstrip("\"”’»'“」』")[-1:]) in (",", "!", "?", "…", "-", "—")
        comma = position + 1 < len(sentence.items) and sentence.items[position + 1].text in (",", "—", "–", "--", "-")
        opens_sentence = not any(item.is_word for item in sentence.items[:position])
        # with the words “…” he commented
        announced = position > start and sentence.items[position - 1].word in language.speech_nouns
        ends = closes or comma or opens_sentence or announced
        surer = behind and (behind.source or behind.rule == "left-out" or not (front and front.source))
        if behind and surer and behind.firm and (ends or behind.rule in ("dash", "around")):
            tags[position] = behind
        elif announced and not (front and front.source) and (source := reader.spoken(start, position)):
            tags[position] = Tag("noun-before", (position - 1, position), source, 0.6)
        elif not (front and front.source) and (
            closing := reader.bracket(start, position, stop) or reader.judged(start, position, stop)
        ):
            cue, source = closing
            tags[position] = Tag("bracket", reader.cue_range(cue), source, 0.8, firm=False)
        elif front and (front.source or nth == 0):
            tags[position] = front
        elif front and positions[nth - 1] in tags:
            # …, citing “…”: the same speaker, another verb
            last = tags[positions[nth - 1]]
            tags[position] = front._replace(source=last.source, rule="participle-before", strength=0.9 * last.strength)
        elif behind and (behind.rule.startswith("according") or behind.rule in ("trailing", "dash", "inverted-later")):
            tags[position] = behind
    for nth, position in enumerate(positions):
        if position in tags:
            continue
        later = next((tags[p] for p in positions[nth + 1 :] if p in tags), None)
        earlier = next((tags[p] for p in reversed(positions[:nth]) if p in tags), None)
        if earlier and earlier.rule.endswith("before"):
            tags[position] = _handed_on(earlier, "chain")
        elif later and later.firm and not later.rule.endswith("before"):
            tags[position] = _handed_on(later, "chain")
        elif earlier and earlier.firm:
            tags[position] = _handed_on(earlier, "chain, from behind another")
    return {(number, position): Governed(number, tag) for position, tag in tags.items()}


def _from_neighbours(
    sentences: Sequence[Sentence], number: int, position: int, found: dict[Place, Governed], language: Language
) -> Governed | None:
    sentence = sentences[number]
    outer = [item for item in sentence.items if item.is_word]
    if len(outer) > 2 or any(item.word not in language.function_words for item in outer):
        return _reported_on(sentences, number, found, language)
    # “…,” Smith said. “…”
    before = sentences[number - 1] if number else None
    if before and before.paragraph == sentence.paragraph:
        for place in reversed(before.marked):
            if governed := found.get((number - 1, place)):
                return Governed(governed.sentence, _handed_on(governed.tag, "same paragraph"))
        announced = _announced(before, language)
        if announced:
            return Governed(number - 1, announced)
        if reported := _reported_on(sentences, number - 1, found, language):
            return reported
    # “….” “…,” Smith said.
    if number + 1 < len(sentences) and sentences[number + 1].paragraph == sentence.paragraph:
        for place in sentences[number + 1].marked[:1]:
            governed = found.get((number + 1, place))
            if governed and governed.sentence == number + 1 and not sentences[number + 1].items[0].is_word:
                return Governed(governed.sentence, _handed_on(governed.tag, "same paragraph, from the next"))
    block, signed = _is_block(sentence, (position,)), _signed(sentences, number, language)
    if block and (m := sentence.items[position].marked) is not None and m.style == UNTOLD:
        return signed
    if before and before.paragraph == sentence.paragraph - 1:
        # Smith went on:¶ “…”
        announced = _announced(before, language)
        if announced and (before.items[-1].text == ":" or (block and announced.firm and not _ends(before))):
            return signed if signed and signed.tag.strength > announced.strength else Governed(number - 1, announced)
        if signed:
            return signed
        if block and not _is_block(before, before.marked[-1:]):
            return Governed(number - 1, _handed_on(announced, "told of, paragraph before")) if announced else None
        if other := _other_of_two(sentences, number, position, found):
            return other
        # the last paragraph's speaker goes on
        for place in reversed(before.marked):
            if governed := found.get((number - 1, place)):
                return Governed(governed.sentence, _handed_on(governed.tag, "next paragraph"))
        if announced:
            return Governed(number - 1, _handed_on(announced, "told of, paragraph before"))
    return signed


def _is_block(sentence: Sentence, positions: Sequence[int]) -> bool:
    return any((m := sentence.items[p].marked) is not None and is_block(m) for p in positions)


def _ends(sentence: Sentence) -> bool:
    return sentence.items[-1].text[-1] in ".!?…"


def _signed(sentences: Sequence[Sentence], number: int, language: Language) -> Governed | None:
    """Whoever the paragraph below names behind a dash, and nobody else: “….”¶ — Anna Smith, mayor"""
    below = sentences[number + 1] if number + 1 < len(sentences) else None
    if below is None or below.paragraph != sentences[number].paragraph + 1 or below.marked or _ends(below):
        return None
    if below.items[0].text not in (*DASHES, "--") or len(below.items) < 2:
        return None
    source = Reader(below.items, language).signature(1, len(below.items))
    return Governed(number + 1, Tag("dash", (0, 1), source, 0.85)) if source else None


def _other_of_two(
    sentences: Sequence[Sentence], number: int, position: int, found: dict[Place, Governed]
) -> Governed | None:
    """Of two who speak in turns the other: “…?”¶ “…”, where the paragraphs before were one's and then another's."""
    if number < 2 or sentences[number - 2].paragraph != sentences[number - 1].paragraph - 1:
        return None
    last, other = (
        next((found[n, p] for p in reversed(sentences[n].marked) if (n, p) in found), None)
        for n in (number - 1, number - 2)
    )
    brief = all(_is_brief(sentences[n]) for n in (number - 1, number - 2))
    if last is None or other is None or not brief or _who(sentences, last) == _who(sentences, other):
        return None
    asked = any(
        sentences[n].items[p].text.rstrip("\"”’»'“」』").endswith(("?", "？"))
        for n, p in _both(sentences, number, position)
    )
    if not (asked or last.tag.rule == "in-turns"):
        return None
    return Governed(other.sentence, _handed_on(other.tag, "in turns"), cue_sentence=other.cue_sentence)


def _is_brief(sentence: Sentence) -> bool:
    """Whether a paragraph is a turn of a quick exchange: few words in marks, and hardly more than who said them."""
    spoken = sum(len(sentence.items[p].text) for p in sentence.marked)
    return spoken <= _TURN and len(sentence.items) - len(sentence.marked) <= _TURN_CLAUSE


def _both(sentences: Sequence[Sentence], number: int, position: int) -> tuple[Place, ...]:
    return ((number, position), *((number - 1, p) for p in sentences[number - 1].marked[-1:]))


def _who(sentences: Sequence[Sentence], governed: Governed) -> tuple[str, ...]:
    source = governed.tag.source
    items = sentences[governed.sentence].items
    return tuple(item.word for item in items[source[0] : source[1]]) if source else ()


def _nearest_subject(sentences: Sequence[Sentence], number: int, position: int, language: Language) -> Governed | None:
    """Whoever the sentence, or the one before a bare quotation, is about: a guess, too weak to name a speaker by."""
    sentence = sentences[number]
    own = any(item.is_word for item in sentence.items) and not _is_reported(sentence, language, position)
    place, end = (number, position) if own else (number - 1, 0)
    paragraph = sentences[place].paragraph
    while (
        not own
        and place > 0
        and _is_reported(sentences[place], language)
        and sentences[place - 1].paragraph == paragraph
    ):
        place -= 1
    if place < 0:
        return None
    items = sentences[place].items
    source = Reader(items, language).nearest(0, end or len(items))
    return Governed(place, Tag("nearest-subject", (source[1], source[1]), source, 0.3, firm=False)) if source else None


def _is_reported(sentence: Sentence, language: Language, upto: int | None = None) -> bool:
    """Whether a sentence, or what stands before a place in it, is in the mood of reported speech."""
    return any(item.word in language.reportive for item in sentence.items[:upto])


def _reported_on(
    sentences: Sequence[Sentence], number: int, found: dict[Place, Governed], language: Language
) -> Governed | None:
    """A sentence in the mood of reported speech goes on with whoever was reported last in its paragraph."""
    if not _is_reported(sentences[number], language):
        return None
    for before in range(number - 1, -1, -1):
        if sentences[before].paragraph != sentences[number].paragraph:
            return None
        for place in reversed(sentences[before].marked):
            if governed := found.get((before, place)):
                return Governed(governed.sentence, _handed_on(governed.tag, "mood"))
        if announced := _announced(sentences[before], language):
            return Governed(before, _handed_on(announced, "mood, told of"))
    return None


def _announced(sentence: Sentence, language: Language) -> Tag | None:
    """A sentence without marks that tells of speech: Smith was angry, he said."""
    if sentence.marked:
        return None
    tag = Reader(sentence.items, language).before(0, len(sentence.items))
    if sentence.items[-1].text == ":":
        return tag
    return _handed_on(tag, "told of") if tag and tag.source else None
