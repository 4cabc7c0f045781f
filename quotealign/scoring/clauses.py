"""Clauses: where in a text a clause begins of which what stands before it says nothing, or out of which nothing reaches
back; read from marks, conjunctions, subjects and the words of the table `[scope]`, without a parser.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quotealign.languages import Language
from quotealign.languages.phrases import PhraseList
from quotealign.text.normalization import fold
from quotealign.text.numerals import negates
from quotealign.text.tokens import Piece

_OPENING = 5
"""Tokens from a mark or conjunction on, among which the subject of a new clause stands."""
MARKS = frozenset({",", "-", "--", "–", "—", "،", "，", "、"})
"""Marks inside a sentence, between which clauses and asides stand."""
STOPS = frozenset(".!?;…。！？؛؟")
"""Marks that end a sentence, or part one."""
_CLOSED = frozenset(":“”‘’«»„\"'")


class Cut(NamedTuple):
    """A run of words that only one text has: the pieces `start` to `end` (half-open) of that text, and whether the
    other text has nothing before it, or nothing behind it."""

    pieces: Sequence[Piece]
    start: int
    end: int
    at_head: bool
    at_tail: bool
    rules: Language

    @property
    def words(self) -> list[str]:
        """Its words as compared."""
        return [piece.n for piece in self.pieces[self.start : self.end] if piece.is_word]

    @property
    def length(self) -> int:
        """The number of its words as printed."""
        return len({piece.start for piece in self.pieces[self.start : self.end] if piece.is_word})


def opens(pieces: Sequence[Piece], j: int, denial: int, rules: Language) -> bool:
    """Whether a clause or a phrase opens at `j` out of which a denial behind it does not reach back."""
    piece = pieces[j]
    if not piece.is_word:
        if piece.text in STOPS or piece.text in _CLOSED:
            return True
        return piece.text in MARKS and (has_subject(pieces, j, rules) or j + 1 == denial)
    if piece.n in rules.scope.openers:
        return True
    if j and pieces[j - 1].text == "," and piece.n in rules.clauses.relative_articles:
        return True
    if piece.n not in rules.conjunctions and piece.n not in rules.scope.adversatives:
        return False
    takes_back = piece.n in rules.scope.adversatives and denial == j + 1
    return not takes_back or has_verb(pieces, denial + 1, rules)


def parts(pieces: Sequence[Piece], j: int, rules: Language) -> bool:
    """Whether a main clause begins at `j` of which what stands before it says nothing."""
    if j >= len(pieces):
        return False
    piece = pieces[j]
    if piece.text in STOPS or (j and pieces[j - 1].text in STOPS) or _is_sentence(pieces, j, rules):
        return True
    if piece.text in MARKS:
        return has_subject(pieces, j, rules)
    if piece.n in rules.scope.adversatives:
        return True
    marked = j > 0 and pieces[j - 1].text in MARKS
    return piece.n in rules.conjunctions and (marked or has_subject(pieces, j, rules))


def has_subject(pieces: Sequence[Piece], j: int, rules: Language) -> bool:
    """Whether a subject of its own stands behind a mark or a conjunction: , and now they (never); , this is."""
    for k, piece in enumerate(pieces[j + 1 : j + _OPENING]):
        if piece.n in rules.pronouns or (k and (piece.n in rules.relations.tenses or piece.n in rules.modals)):
            return True
        if negates(piece.n, rules) or piece.n not in rules.function_words or piece.n in rules.scope.openers:
            return False
    return False


def has_verb(pieces: Sequence[Piece], j: int, rules: Language) -> bool:
    """Whether a form that is certainly a verb's stands between here and the end of the clause."""
    known = rules.relations
    for piece in pieces[j:]:
        n = piece.n
        if piece.text in STOPS or n in rules.scope.openers:
            return False
        past = n in known.irregular and known.irregular[n][1] > 0
        if past or n in known.tenses or n in rules.modals or any(n.endswith(end) for end in known.past):
            return True
    return False


def _is_sentence(pieces: Sequence[Piece], place: int, rules: Language) -> bool:
    """Whether a sentence begins at a place: a capital of no name behind a mark, though that be a comma."""
    piece = pieces[place]
    if not place or not piece.is_word or pieces[place - 1].is_word:
        return False
    return len(piece.text) > 1 and piece.text[0].isupper() and piece.n in rules.function_words


def begins(known: PhraseList, pieces: Sequence[Piece], j: int) -> int:
    """The number of pieces of the phrase of a list that stands at `j`; a contraction counts as printed."""
    for phrase in known.by_first.get(_word(pieces, j), ()):
        k = j
        for word in phrase:
            if k >= len(pieces) or _word(pieces, k) != word:
                break
            k += _pieces_of_word(pieces, k)
        else:
            return k - j
    return 0


def _pieces_of_word(pieces: Sequence[Piece], j: int) -> int:
    length = 1
    while j + length < len(pieces) and pieces[j + length].start == pieces[j].start:
        length += 1
    return length


def _word(pieces: Sequence[Piece], j: int) -> str:
    return pieces[j].n if _pieces_of_word(pieces, j) == 1 else fold(pieces[j].text)
