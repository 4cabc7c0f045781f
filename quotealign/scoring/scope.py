"""Scope: whether words that only one text has deny, condition or limit what both have; and whether what both deny is
told there in full.

A denial speaks of its clause and of the clauses under it; a condition of the main clause beside it. Under a denial
words can not be left out without saying more than was said: who did not decide lightly did decide. (Deletion keeps
what is affirmed true, and not what is denied: MacCartney and Manning, Natural logic for textual inference, 2007.)
Where clauses begin is read from marks, conjunctions, pronouns and the words of the table `[scope]`.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import NamedTuple

from quotealign.languages import Language
from quotealign.languages.phrases import PhraseList
from quotealign.text.numerals import negates
from quotealign.text.tokens import Piece

_OPENING = 5
"""Tokens from a mark or conjunction on, among which the subject of a new clause stands."""
_FEW = 3
"""Words up to which a run may be what a denial is about."""
_SHORT = 2
"""Words of which, without a mark behind them, a whole condition does not consist."""
_MARKS = frozenset({",", "-", "--", "–", "—", "،", "，", "、"})
_CLOSED = frozenset(":“”‘’«»„\"'")
_STOPS = frozenset(".!?;…。！？؛؟")


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


def denies(cut: Cut) -> bool:
    """Whether a denial in the run speaks of what stays."""
    rules, pieces = cut.rules, cut.pieces
    places = [k for k in range(cut.start, cut.end) if negates(pieces[k].n, rules)]
    return any(_reaches(cut, k) for k in places if not _is_none(cut, k))


def _is_none(cut: Cut, k: int) -> bool:
    """Whether what looks like a denial is none: not only … but; No. 4."""
    behind = cut.pieces[k + 1 : k + 3]
    if k + 1 < cut.end and behind[0].n in cut.rules.scope.exclusives:
        return True
    return len(behind) > 1 and behind[0].text == "." and behind[1].n[:1].isdigit()


def _reaches(cut: Cut, k: int) -> bool:
    rules, pieces = cut.rules, cut.pieces
    if not cut.at_head and not _is_limit(cut, k):
        before = pieces[cut.start - 1] if cut.start else None
        first = cut.start - (before is not None and (not before.is_word or before.n in rules.conjunctions))
        barred = any(_opens(pieces, j, k, rules) for j in range(first, k + 1)) or (cut.at_tail and _takes_verb(cut, k))
        if not barred:
            return True
    if cut.at_tail or (not cut.at_head and _is_aside(cut)):
        return False
    ends = [j for j in range(k + 1, cut.end + 1) if _parts(pieces, j, rules)]
    return not ends and not (cut.at_head and _stands_first(cut, k))


def _is_limit(cut: Cut, k: int) -> bool:
    """Whether the denial is a preposition, such as without: it takes nothing back of what stands before it."""
    return _begins(cut.rules.scope.limits, cut.pieces, k) > 0


def _takes_verb(cut: Cut, k: int) -> bool:
    """Whether with a denial at the end its verb goes too, so that nothing is said instead: the ferry (is not safe)."""
    verbs = set(cut.rules.relations.tenses) | cut.rules.modals
    before = [piece.n for piece in cut.pieces[max(0, cut.start - 1) : k] if piece.is_word]
    return any(word in verbs for word in before)


def _is_aside(cut: Cut) -> bool:
    """Whether the run is put between marks, as , and nobody doubts it,"""
    pieces = cut.pieces
    if cut.end - cut.start <= _FEW or any(pieces[j].text not in _MARKS for j in (cut.start, cut.end - 1)):
        return False
    return pieces[cut.start + 1].n in cut.rules.conjunctions


def _stands_first(cut: Cut, k: int) -> bool:
    """Whether a denial stands in a clause of its own before the main clause: when nobody looked, …"""
    start = max((j for j in range(cut.start, k + 1) if _parts(cut.pieces, j, cut.rules)), default=cut.start)
    words = [piece.n for piece in cut.pieces[start : k + 1] if piece.is_word]
    closed = any(cut.pieces[j].text in _MARKS for j in range(k + 1, cut.end))
    return closed and bool(words) and words[0] in cut.rules.scope.adverbial


def _opens(pieces: Sequence[Piece], j: int, denial: int, rules: Language) -> bool:
    """Whether a clause or a phrase opens at `j` out of which a denial behind it does not reach back."""
    piece = pieces[j]
    if not piece.is_word:
        if piece.text in _STOPS or piece.text in _CLOSED:
            return True
        return piece.text in _MARKS and (_has_subject(pieces, j, rules) or j + 1 == denial)
    if piece.n in rules.scope.openers:
        return True
    if j and pieces[j - 1].text == "," and piece.n in rules.clauses.relative_articles:
        return True
    if piece.n not in rules.conjunctions and piece.n not in rules.scope.adversatives:
        return False
    takes_back = piece.n in rules.scope.adversatives and denial == j + 1
    return not takes_back or _has_verb(pieces, denial + 1, rules)


def _parts(pieces: Sequence[Piece], j: int, rules: Language) -> bool:
    """Whether a main clause begins at `j` of which what stands before it says nothing."""
    if j >= len(pieces):
        return False
    piece = pieces[j]
    if piece.text in _STOPS or (j and pieces[j - 1].text in _STOPS) or _is_sentence(pieces, j, rules):
        return True
    if piece.text in _MARKS:
        return _has_subject(pieces, j, rules)
    if piece.n in rules.scope.adversatives:
        return True
    marked = j > 0 and pieces[j - 1].text in _MARKS
    return piece.n in rules.conjunctions and (marked or _has_subject(pieces, j, rules))


def _has_subject(pieces: Sequence[Piece], j: int, rules: Language) -> bool:
    """Whether a subject of its own stands behind a mark or a conjunction: , and now they (never); , this is."""
    for k, piece in enumerate(pieces[j + 1 : j + _OPENING]):
        if piece.n in rules.pronouns or (k and (piece.n in rules.relations.tenses or piece.n in rules.modals)):
            return True
        if negates(piece.n, rules) or piece.n not in rules.function_words or piece.n in rules.scope.openers:
            return False
    return False


def _has_verb(pieces: Sequence[Piece], j: int, rules: Language) -> bool:
    """Whether a form that is certainly a verb's stands between here and the end of the clause."""
    known = rules.relations
    for piece in pieces[j:]:
        n = piece.n
        if piece.text in _STOPS or n in rules.scope.openers:
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


def conditions(cut: Cut) -> bool:
    """Whether the run is a condition of what stays: if they pay; at the head also: without their help."""
    rules, pieces = cut.rules, cut.pieces
    known = rules.scope.conditions
    if not known:
        return False
    if not cut.at_head:
        if cut.length <= _SHORT:
            return False
        j = cut.start
        while j < cut.end and (not pieces[j].is_word or pieces[j].n in rules.scope.totals):
            if pieces[j].text in _STOPS:
                return False
            j += 1
        asked = j and rules.is_cue(pieces[j - 1].n)
        return j < cut.end and not asked and _begins(known, pieces, j) > 0
    first = cut.start
    for j in range(cut.start, cut.end):
        closed = pieces[j].text in _MARKS and j + 1 < cut.end and pieces[j + 1].n in rules.conjunctions
        if pieces[j].text in _STOPS or closed:
            first = j + 1
    while first < cut.end and (not pieces[first].is_word or pieces[first].n in rules.scope.totals):
        first += 1
    if first == cut.end:
        return False
    closed = any(pieces[j].text in _MARKS for j in range(first, cut.end))
    if not closed and cut.length <= _SHORT:
        return False
    lacking = negates(pieces[first].n, rules) and _begins(rules.scope.limits, pieces, first) > 0
    return lacking or _begins(known, pieces, first) > 0


def _begins(known: PhraseList, pieces: Sequence[Piece], j: int) -> int:
    """The number of words of the phrase of a list that stands at `j`."""
    for phrase in known.by_first.get(pieces[j].n, ()):
        if [piece.n for piece in pieces[j : j + len(phrase)]] == list(phrase):
            return len(phrase)
    return 0


def denied(cut: Cut) -> str | None:
    """The name of the reason why words of a statement that both texts deny change what is denied; None where they do
    not.

    limit        until when, or but for what, it is denied
    denied-word  what the denial was about: not lightly, not only, no new taxes
    denied-cut   the end of what is denied: it may have been denied of that alone
    """
    rules, pieces = cut.rules, cut.pieces
    if cut.at_head or not cut.words:
        return None
    denial = _denial_before(cut)
    if denial is None:
        return None
    first = next(j for j in range(cut.start, cut.end) if pieces[j].is_word)
    if cut.length > 1 and _begins(rules.scope.limits, pieces, first):
        return "limit"
    if _opens(pieces, first, -1, rules) or first != cut.start:
        return None
    # Of a longer cut only the clause of the denial counts.
    ends = (j for j in range(first + 1, cut.end) if _parts(pieces, j, rules) or _opens(pieces, j, -1, rules))
    cut = cut._replace(end=next(ends, cut.end))
    words = cut.words
    telling = _telling(cut, first)
    if not telling:
        return None
    if len(words) <= _FEW:
        beside = all(p.n in rules.determiners and p.is_word for p in pieces[denial + 1 : cut.start])
        totals = [word in rules.scope.totals for word in telling]
        if beside and not cut.at_tail:
            return "denied-word" if any(totals) or any(w not in rules.intensifiers for w in telling) else None
        how = [word.endswith(rules.scope.adverb_endings) for word in telling] if rules.scope.adverb_endings else totals
        if all(map(operator.or_, totals, how)):
            return "denied-word"
    return "denied-cut" if cut.at_tail else None


def _telling(cut: Cut, j: int) -> list[str]:
    """The words of a run, from `j` on, without which a denial does not say as much."""
    rules, found = cut.rules, []
    while j < cut.end:
        piece = cut.pieces[j]
        passed = _begins(rules.scope.strengtheners, cut.pieces, j)
        if not passed and piece.is_word and (piece.n in rules.scope.totals or piece.n not in rules.function_words):
            found.append(piece.n)
        j += passed or 1
    return found


def _denial_before(cut: Cut) -> int | None:
    """Where a denial stands before the run that reaches as far as it."""
    rules, pieces = cut.rules, cut.pieces
    for j in range(cut.start - 1, -1, -1):
        if negates(pieces[j].n, rules):
            return j
        if pieces[j].n in rules.scope.adverbial or _parts(pieces, j, rules):
            return None
    return None
