"""Words that only one text has: cut at an edge, left out, put in; weighed by the information they carry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from quotealign.languages import Language
from quotealign.model import Edit
from quotealign.scoring.lexicon import lexicon
from quotealign.scoring.making import made
from quotealign.scoring.severity import of_words
from quotealign.text.numerals import negates, number
from quotealign.text.remembered import Remembered
from quotealign.text.tokens import Piece

Pair = tuple[int | None, int | None]

_SIC = "sic"
_OPENING = 5
"""Tokens from the mark or conjunction on, among which the subject of a new clause stands."""
_FEW = 2
"""Content words up to which a run is asked for what its one telling word says."""
_ELLIPSES = frozenset({"...", "…", "[...]", "(...)"})
_STOPS = ".!?;"


class Run(NamedTuple):
    """Columns `start` to `end` where only one text has words, in a region of columns that differ."""

    start: int
    end: int
    region: int
    region_end: int


class _Words(NamedTuple):
    """A run as it is asked: its words, those of the sentence that stays, and where it stands."""

    words: list[str]
    near: list[str]
    at_head: bool
    at_tail: bool
    inserted: bool
    rules: Language


class Runs:
    """Types the runs of one comparison; what all of them ask of the two texts is counted once."""

    def __init__(
        self,
        texts: tuple[Sequence[Piece], Sequence[Piece]],
        pairs: Sequence[Pair],
        weights: tuple[Sequence[float], Sequence[float]],
        brackets: tuple[set[int], set[int]],
        rules: Language,
    ) -> None:
        self._texts = texts
        self._pairs = pairs
        self._weights = weights
        self._brackets = brackets
        self._rules = rules
        self._full: list[float | None] = [None, None]
        self._telling = _telling(rules)
        self._first = next((place for place in range(len(pairs)) if self._has_word(place)), 0)
        self._last = next((place for place in reversed(range(len(pairs))) if self._has_word(place)), 0)

    def _has_word(self, place: int) -> bool:
        i, j = self._pairs[place]
        return (i is not None and self._texts[0][i].is_word) or (j is not None and self._texts[1][j].is_word)

    def edit(self, run: Run) -> Edit:
        """The edit of a run."""
        columns = self._pairs[run.start : run.end]
        inserted = columns[0][0] is None
        whole = self._texts[inserted]
        places = [place for pair in columns if (place := pair[inserted]) is not None]
        pieces = [whole[k] for k in places]
        sides: tuple[Sequence[Piece], Sequence[Piece]] = ((), pieces) if inserted else (pieces, ())
        words = [p.n for p in pieces if p.is_word]
        if not words:
            return made("punctuation", *sides)
        if words == [_SIC]:
            return made("sic", *sides)
        # What one witness has more at an edge the other has cut, whichever of the two comes first.
        at_head, at_tail = run.start <= self._first, run.end > self._last
        if any(self._telling.each(words)):
            near = words
            if at_head or at_tail:
                opening = places[-1] + 1 if at_head else places[0]
                stays = _same_sentence(pieces, at_head, at_tail, self._rules)
                near = [] if _opens(whole, opening, self._rules) else [p.n for p in stays if p.is_word]
            asked = _Words(words, near, at_head, at_tail, inserted, self._rules)
            for question in _QUESTIONS:
                name = question(asked)
                if name:
                    return made(name, *sides)
        own = self._brackets[inserted]
        if own and all(k in own for k in places if whole[k].is_word):
            return made("bracket", *sides)
        marked = self._has_ellipsis(run, 1 - inserted)
        if at_head or at_tail or marked:
            where = "at the beginning" if at_head else "at the end" if at_tail else "in the middle"
            return made("marked-cut" if marked else "cut", *sides, where=where)
        return made("insertion" if inserted else "deletion", *sides, severity=self._severity(places, inserted))

    def _severity(self, places: Sequence[int], inserted: bool) -> float:
        """By the share of the text's information that the run carries."""
        weight = self._information(places, inserted)
        full = self._full[inserted]
        if full is None and weight:
            full = self._full[inserted] = self._information(range(len(self._texts[inserted])), inserted)
        return of_words(weight / full if full else 0.0, inserted=inserted)

    def _information(self, places: Sequence[int], side: int) -> float:
        empty, text, weights = self._rules.function_words, self._texts[side], self._weights[side]
        return sum([weights[k] for k in places if text[k].is_word and text[k].n not in empty])

    def _has_ellipsis(self, run: Run, side: int) -> bool:
        """Whether the text without the words has an ellipsis in their place."""
        beside = (pair[side] for pair in self._pairs[max(run.region - 1, 0) : run.region_end + 1])
        return any(self._texts[side][k].n in _ELLIPSES for k in beside if k is not None)


def _negation(run: _Words) -> str | None:
    return "negation" if any(negates(word, run.rules) for word in run.near) else None


def _condition(run: _Words) -> str | None:
    """A clause on which the rest depends, whole: its first word, and a clause of its own behind it."""
    starts = run.words[0] in run.rules.relations.conditions and len(run.words) > _FEW
    return "condition" if starts and run.near else None


def _modality(run: _Words) -> str | None:
    return "modality" if len(run.words) <= _FEW and any(w in run.rules.modals for w in run.words) else None


def _number(run: _Words) -> str | None:
    edge = run.at_head or run.at_tail
    return "number" if run.inserted and not edge and any(number(w, run.rules) is not None for w in run.words) else None


def _denying(run: _Words) -> str | None:
    if len(run.words) > _FEW + 1 or run.at_head or run.at_tail or not run.rules.relations.denying:
        return None
    known = lexicon(run.rules)
    return "denying-verb" if any(known.denies(word) for word in run.words) else None


def _quantity(run: _Words) -> str | None:
    return "quantity-alone" if _alone(run, run.rules.quantifiers) else None


def _degree(run: _Words) -> str | None:
    return "degree-alone" if not run.at_tail and _alone(run, run.rules.intensifiers) else None


def _alone(run: _Words, known: frozenset[str]) -> bool:
    """Whether a short run is a word of a list, function words left out."""
    if len(run.words) > _FEW or not any(word in known for word in run.words):
        return False
    return all(word in known or word in run.rules.function_words for word in run.words)


_QUESTIONS: tuple[Callable[[_Words], str | None], ...] = (
    _negation,
    _condition,
    _modality,
    _denying,
    _number,
    _degree,  # before quantities: very, rather and so stand in both lists in some languages
    _quantity,
)


@lru_cache(maxsize=64)
def _telling(rules: Language) -> Remembered[bool]:
    """Whether a word may be what one of the questions asks for; most runs have none."""
    listed = (rules.modals, rules.quantifiers, rules.intensifiers, rules.relations.conditions)

    def tells(word: str) -> bool:
        if negates(word, rules) or number(word, rules) is not None or any(word in words for words in listed):
            return True
        return bool(rules.relations.denying) and lexicon(rules).denies(word)

    return Remembered(tells)


def _same_sentence(pieces: Sequence[Piece], at_head: bool, at_tail: bool, rules: Language) -> Sequence[Piece]:
    """Of words cut at an edge those that belong to the sentence that stays: a cut sentence takes its own not along,
    nor does a clause behind it that has a subject of its own."""
    stops = [k for k, piece in enumerate(pieces) if piece.text[-1] in _STOPS]
    if at_head and stops:
        return pieces[stops[-1] + 1 :]
    ends = (k for k in range(len(pieces)) if k in stops or _begins_clause(pieces, k, rules))
    return pieces[: next(ends, len(pieces))] if at_tail else pieces


def _begins_clause(pieces: Sequence[Piece], k: int, rules: Language) -> bool:
    """Whether a mark or a conjunction stands here, and a subject behind it: , and now they (never)."""
    if pieces[k].text != "," and pieces[k].n not in rules.conjunctions:
        return False
    for piece in pieces[k + 1 : k + _OPENING]:
        if piece.n in rules.pronouns:
            return True
        if negates(piece.n, rules) or piece.n not in rules.function_words:
            return False
    return False


def _opens(pieces: Sequence[Piece], place: int, rules: Language) -> bool:
    """Whether a sentence begins at a place: a capital of no name behind a mark, though that be a comma."""
    while place < len(pieces) and not pieces[place].is_word:
        place += 1
    if not 0 < place < len(pieces) or pieces[place - 1].is_word:
        return False
    piece = pieces[place]
    return len(piece.text) > 1 and piece.text[0].isupper() and piece.n in rules.function_words
