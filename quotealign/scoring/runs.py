"""Words that only one text has: cut at an edge, left out, put in; weighed by the information they carry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from quotealign.languages import Language
from quotealign.model import Edit
from quotealign.scoring.clauses import Cut
from quotealign.scoring.lexicon import lexicon
from quotealign.scoring.making import made
from quotealign.scoring.reserves import framed, hedged, opening_words
from quotealign.scoring.scope import conditions, denied, denies, is_sentences
from quotealign.scoring.severity import of_words
from quotealign.text.numerals import negates, number
from quotealign.text.remembered import Remembered
from quotealign.text.tokens import Piece

Pair = tuple[int | None, int | None]

_SIC = "sic"
_FEW = 2
"""Content words up to which a run is asked for what its one telling word says."""
_ELLIPSES = frozenset({"...", "…", "[...]", "(...)"})


class Run(NamedTuple):
    """Columns `start` to `end` where only one text has words, in a region of columns that differ."""

    start: int
    end: int
    region: int
    region_end: int


class _Words(NamedTuple):
    """A run as it is asked: its words, where they stand, whether they were put in, whether the other text has an
    ellipsis in their place, and whether nothing is denied before them."""

    words: list[str]
    cut: Cut
    inserted: bool
    marked: bool
    undenied: bool

    @property
    def rules(self) -> Language:
        return self.cut.rules

    @property
    def at_edge(self) -> bool:
        return self.cut.at_head or self.cut.at_tail


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
        self._denials: list[int | None] = [None, None]
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
        cut = Cut(whole, places[0], places[-1] + 1, at_head, at_tail, self._rules)
        where = "at the beginning" if at_head else "at the end" if at_tail else "in the middle"
        marked = self._has_ellipsis(run, 1 - inserted)
        asked = _Words(words, cut, inserted, marked, places[0] <= self._first_denial(inserted))
        telling = any(self._telling.each(words))
        for question in _QUESTIONS if telling else ():
            name = question(asked)
            if name:
                return made(name, *sides, where=where)
        own = self._brackets[inserted]
        if own and all(k in own for k in places if whole[k].is_word):
            return made("bracket", *sides)
        if not telling and (name := _denied(asked)):
            return made(name, *sides, where=where)
        if at_head or at_tail or marked or is_sentences(cut):
            name = "marked-cut" if marked else "more" if inserted else "cut"
            return made(name, *sides, where=where)
        return made("insertion" if inserted else "deletion", *sides, severity=self._severity(places, inserted))

    def _first_denial(self, side: int) -> int:
        """Where a text first denies; behind its end where it does not."""
        first = self._denials[side]
        if first is None:
            text = self._texts[side]
            first = next((k for k, piece in enumerate(text) if negates(piece.n, self._rules)), len(text))
            self._denials[side] = first
        return first

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
    return "negation" if denies(run.cut) else None


def _condition(run: _Words) -> str | None:
    return "condition" if conditions(run.cut) else None


def _framed(run: _Words) -> str | None:
    return "frame" if not run.marked and framed(run.cut) else None


def _reserve(run: _Words) -> str | None:
    return "hedge" if not run.marked and hedged(run.cut) else None


def _modality(run: _Words) -> str | None:
    """May, perhaps; at an edge not a verb that goes with its own subject or object: (I would) say."""
    some, known = all if run.at_edge else any, run.rules.modals | run.rules.relations.unreal
    return "modality" if len(run.words) <= _FEW and some(w in known for w in run.words) else None


def _number(run: _Words) -> str | None:
    put_in = run.inserted and not run.at_edge
    return "number" if put_in and any(number(w, run.rules) is not None for w in run.words) else None


def _denying(run: _Words) -> str | None:
    if len(run.words) > _FEW + 1 or run.at_edge or not run.rules.relations.denying:
        return None
    known = lexicon(run.rules)
    return "denying-verb" if any(known.denies(word) for word in run.words) else None


def _denied(run: _Words) -> str | None:
    return None if run.marked or run.undenied else denied(run.cut)


def _quantity(run: _Words) -> str | None:
    return "quantity-alone" if _alone(run, run.rules.quantifiers) else None


def _degree(run: _Words) -> str | None:
    return "degree-alone" if not run.cut.at_tail and _alone(run, run.rules.intensifiers) else None


def _alone(run: _Words, known: frozenset[str]) -> bool:
    """Whether a short run is a word of a list, function words left out."""
    if len(run.words) > _FEW or not any(word in known for word in run.words):
        return False
    return all(word in known or word in run.rules.function_words for word in run.words)


_QUESTIONS: tuple[Callable[[_Words], str | None], ...] = (
    _negation,
    _condition,
    _framed,
    _reserve,
    _modality,
    _denying,
    _number,
    _denied,
    _degree,  # before quantities: very, rather and so stand in both lists in some languages
    _quantity,
)


@lru_cache(maxsize=64)
def _telling(rules: Language) -> Remembered[bool]:
    """Whether a word may be what one of the questions asks for; most runs have none."""
    listed = (rules.modals, rules.quantifiers, rules.intensifiers, rules.relations.unreal, opening_words(rules))

    def tells(word: str) -> bool:
        if negates(word, rules) or number(word, rules) is not None or any(word in words for words in listed):
            return True
        return rules.is_cue(word) or (bool(rules.relations.denying) and lexicon(rules).denies(word))

    return Remembered(tells)
