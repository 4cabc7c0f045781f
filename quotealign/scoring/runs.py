"""Words that only one text has: cut at an edge, left out, put in; weighed by the information they carry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from quotealign.languages import Language
from quotealign.model import Edit
from quotealign.scoring.information import information
from quotealign.scoring.lexicon import lexicon
from quotealign.scoring.making import made
from quotealign.scoring.severity import of_words
from quotealign.scoring.typing import negates, number
from quotealign.text.tokens import Piece

Pair = tuple[int | None, int | None]

_SIC = "sic"
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
    pieces: Sequence[Piece]
    at_head: bool
    at_tail: bool
    inserted: bool
    rules: Language

    @property
    def content(self) -> list[str]:
        return [word for word in self.words if word not in self.rules.function_words]


def run_edit(
    run: Run,
    a: Sequence[Piece],
    b: Sequence[Piece],
    pairs: Sequence[Pair],
    brackets: tuple[set[int], set[int]],
    rules: Language,
) -> Edit:
    """The edit of a run."""
    columns = pairs[run.start : run.end]
    inserted = columns[0][0] is None
    places = [j if inserted else i for i, j in columns]
    whole = b if inserted else a
    pieces = [whole[k] for k in places if k is not None]
    sides: tuple[Sequence[Piece], Sequence[Piece]] = ((), pieces) if inserted else (pieces, ())
    words = [p.n for p in pieces if p.is_word]
    if not words:
        return made("punctuation", *sides)
    # What one witness has more at an edge the other has cut, whichever of the two comes first.
    at_head, at_tail = not _words_in(a, b, pairs[: run.start]), not _words_in(a, b, pairs[run.end :])
    near = [p.n for p in _same_sentence(pieces, at_head, at_tail) if p.is_word]
    asked = _Words(words, near, pieces, at_head, at_tail, inserted, rules)
    declared = all(k in brackets[inserted] for k in places if k is not None and whole[k].is_word)
    if words == [_SIC]:
        return made("sic", *sides)
    for question in _QUESTIONS:
        name = question(asked)
        if name:
            return made(name, *sides)
    if declared:
        return made("bracket", *sides)
    marked = _ellipsis_beside(run, a, b, pairs, inserted=inserted)
    if at_head or at_tail or marked:
        where = "at the beginning" if at_head else "at the end" if at_tail else "in the middle"
        return made("marked-cut" if marked else "cut", *sides, where=where)
    weight = sum(information(p, rules) for p in pieces if p.is_word and p.n not in rules.function_words)
    full = sum(information(p, rules) for p in whole if p.is_word and p.n not in rules.function_words)
    severity = of_words(weight / full if full else 0.0, inserted=inserted)
    return made("insertion" if inserted else "deletion", *sides, severity=severity)


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
    denying = lexicon(run.rules).denying
    if not denying or len(run.words) > _FEW + 1 or run.at_head or run.at_tail:
        return None
    return "denying-verb" if any(lexicon(run.rules).key(w) in denying for w in run.words) else None


def _quantity(run: _Words) -> str | None:
    others = run.rules.function_words | run.rules.quantifiers
    few = len(run.words) <= _FEW and all(word in others for word in run.words)
    return "quantity-alone" if few and any(w in run.rules.quantifiers for w in run.words) else None


def _degree(run: _Words) -> str | None:
    few = len(run.words) <= _FEW and not run.at_tail
    known = run.rules.intensifiers | run.rules.function_words
    told = few and all(w in known for w in run.words) and any(w in run.rules.intensifiers for w in run.words)
    return "degree-alone" if told else None


_QUESTIONS: tuple[Callable[[_Words], str | None], ...] = (
    _negation,
    _condition,
    _modality,
    _denying,
    _number,
    _degree,  # before quantities: very, rather and so stand in both lists in some languages
    _quantity,
)


def _words_in(a: Sequence[Piece], b: Sequence[Piece], pairs: Sequence[Pair]) -> bool:
    return any((i is not None and a[i].is_word) or (j is not None and b[j].is_word) for i, j in pairs)


def _same_sentence(pieces: Sequence[Piece], at_head: bool, at_tail: bool) -> Sequence[Piece]:
    """Of words cut at an edge those that belong to the sentence that stays: a cut sentence takes its own not along."""
    stops = [k for k, piece in enumerate(pieces) if piece.text[-1] in _STOPS]
    if at_head and stops:
        return pieces[stops[-1] + 1 :]
    return pieces[: stops[0]] if at_tail and stops else pieces


def _ellipsis_beside(
    run: Run, a: Sequence[Piece], b: Sequence[Piece], pairs: Sequence[Pair], *, inserted: bool
) -> bool:
    """Whether the text without the words has an ellipsis in their place."""
    return any(piece.n in _ELLIPSES for piece in _other(run, a, b, pairs, inserted=inserted))


def _other(
    run: Run, a: Sequence[Piece], b: Sequence[Piece], pairs: Sequence[Pair], *, inserted: bool
) -> Iterator[Piece]:
    for i, j in pairs[max(run.region - 1, 0) : run.region_end + 1]:
        if inserted and i is not None:
            yield a[i]
        if not inserted and j is not None:
            yield b[j]
