"""Unnamed people: whom an article points at by what they are (the harbour officer), so that a pronoun may mean them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quotealign.attribution.parts import LINKS
from quotealign.attribution.people import Cast
from quotealign.languages import Language
from quotealign.text.caseless import writes_without_capitals
from quotealign.text.tokens import Piece

_SENTENCES = 3
_LONGEST = 5
_PLURALS = ("s", "es", "n", "en", "nen", "x")
_MARKS = frozenset(",:")


class Unnamed(NamedTuple):
    """Somebody pointed at as the subject of a clause: number of the sentence, the words without the determiner, and
    whether that makes him somebody new (a neighbour): nobody named before."""

    sentence: int
    pieces: list[Piece]
    is_new: bool


def unnamed_before(cast: Cast, at: int) -> Unnamed | None:
    """Who stands last, as the subject of a clause and without a name, before a pronoun: in its sentence or the two
    before it, outside quotations."""
    if writes_without_capitals(cast.language):
        return None
    here = cast.sentence_of(at)
    for number in range(here, max(-1, here - _SENTENCES), -1):
        pieces = cast.reporters_pieces(number, at)
        for first in range(len(pieces) - 1, -1, -1):
            if found := _person_at(pieces, first, cast.language):
                return Unnamed(number, found, pieces[first].n in cast.language.clauses.indefinite)
    return None


def _person_at(pieces: Sequence[Piece], first: int, language: Language) -> list[Piece] | None:
    """A determiner and somebody that opens a sentence, or a clause behind a short opening, and goes without a name."""
    if not _opens(pieces, first, language):
        return None
    start = first
    head, elided, rest = pieces[first].n.partition("'")
    if elided and head + elided in language.determiners:  # l'avocate
        cut = len(pieces[first].text) - len(rest)
        pieces = [*pieces]
        pieces[first] = pieces[first]._replace(text=pieces[first].text[cut:], n=rest, start=pieces[first].start + cut)
    elif pieces[first].n in language.determiners:
        start = first + 1
    else:
        return None
    for k in range(start, min(len(pieces), start + _LONGEST)):
        piece = pieces[k]
        if not piece.is_word or (piece.text[:1].isupper() and not language.noun_capitals and k > first):
            return None
        if _is_somebody(piece.n, language):
            if k + 1 < len(pieces) and _is_somebody(pieces[k + 1].n, language):
                continue
            end = _with_belonging(pieces, k + 1, language)
            apposed = first > 0 and end < len(pieces) and pieces[end].text == ","
            if apposed or _is_named(pieces, k + 1) or _is_many(piece.n, language):
                return None
            return list(pieces[start:end])
        if piece.n in language.function_words or language.is_cue(piece.n):
            return None
    return None


def _with_belonging(pieces: Sequence[Piece], k: int, language: Language) -> int:
    """Past whom or what somebody belongs to: the officer | of the watch, a spokesman | for the Ferry Guild."""
    end = k + 1
    if k >= len(pieces) or pieces[k].n not in LINKS or pieces[k].n in language.conjunctions:
        return k
    while end < len(pieces) and pieces[end].n in language.determiners:
        end += 1
    noun = end
    while end < len(pieces) and pieces[end].is_word and (end == noun or pieces[end].text[:1].isupper()):
        end += 1
    return end if end > noun and pieces[noun].n not in language.function_words else k


def _opens(pieces: Sequence[Piece], first: int, language: Language) -> bool:
    if first == 0:
        return True
    opener = pieces[0].n
    if first == 2 and not (opener in language.function_words or opener in language.source_ends):
        return False  # Smith, | the mayor
    # Anna Smith, | the mayor: an apposition opens nothing; but: In Rome, | the mayor
    named = any(p.text[:1].isupper() for p in pieces[max(1, first - 3) : first])
    leads = opener in language.source_ends and opener not in language.conjunctions
    return pieces[first - 1].text in _MARKS and (leads or not named)


def _is_somebody(word: str, language: Language) -> bool:
    if word in language.bodies:
        return False
    return word in language.roles or any(part in language.roles for part in language.last_parts(word))


def _is_many(word: str, language: Language) -> bool:
    """Whether a word for people is the plural of another."""
    return any(word.endswith(end) and word.removesuffix(end) in language.roles for end in _PLURALS)


def _is_named(pieces: Sequence[Piece], k: int) -> bool:
    """Whether a name follows: the mayor Anna Smith; the mayor, Anna Smith, said; the mayor of Ulm, Anna Smith."""
    behind = pieces[k : k + _LONGEST + 2]
    if not behind:
        return False
    if behind[0].text[:1].isupper():
        return True
    comma = next((i for i, piece in enumerate(behind) if piece.text == ","), None)
    after = behind[comma + 1 :] if comma is not None else []
    return bool(after) and after[0].text[:1].isupper()
