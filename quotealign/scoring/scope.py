"""Scope: whether words that only one text has deny, condition or limit what both have; and whether what both deny is
told there in full.

A denial speaks of its clause and of the clauses under it; a condition of the main clause beside it. Under a denial
words can not be left out without saying more than was said: who did not decide lightly did decide. (Deletion keeps
what is affirmed true, and not what is denied: MacCartney and Manning, Natural logic for textual inference, 2007.)
Where clauses begin is read from marks, conjunctions, pronouns and the words of the table `[scope]`.
"""

from __future__ import annotations

import operator

from quotealign.scoring.clauses import MARKS, STOPS, Cut, begins, opens, parts
from quotealign.text.numerals import negates

_FEW = 3
"""Words up to which a run may be what a denial is about."""
_APART = 6
"""Tokens within which the other half of a denial stands."""
_SHORT = 2
"""Words of which, without a mark behind them, a whole condition does not consist."""


def denies(cut: Cut) -> bool:
    """Whether a denial in the run speaks of what stays."""
    rules, pieces = cut.rules, cut.pieces
    places = [k for k in range(cut.start, cut.end) if negates(pieces[k].n, rules)]
    return any(_reaches(cut, k) for k in places if not _is_none(cut, k))


def _is_none(cut: Cut, k: int) -> bool:
    """Whether what looks like a denial is none: not only … but; No. 4."""
    behind = cut.pieces[k + 1 : k + 3]
    if cut.at_head and k == cut.start and cut.end <= k + 2 and behind and behind[0].text in MARKS:
        return True  # No, the port stays.
    if k + 1 < cut.end and behind[0].n in cut.rules.scope.exclusives:
        return True
    known = cut.rules.relations
    if cut.pieces[k].n in known.half_negations:
        others = {piece.n for piece in cut.pieces[k + 1 : k + 1 + _APART]}
        if others.isdisjoint(known.second_halves.values()) and not any(negates(n, cut.rules) for n in others):
            return True  # à moins qu'il ne publie
    return len(behind) > 1 and behind[0].text == "." and behind[1].n[:1].isdigit()


def _reaches(cut: Cut, k: int) -> bool:
    rules, pieces = cut.rules, cut.pieces
    if not cut.at_head and not _is_limit(cut, k):
        before = pieces[cut.start - 1] if cut.start else None
        first = cut.start - (before is not None and (not before.is_word or before.n in rules.conjunctions))
        barred = any(opens(pieces, j, k, rules) for j in range(first, k + 1)) or (cut.at_tail and _takes_verb(cut, k))
        if not barred:
            return True
    if cut.at_tail or (not cut.at_head and _is_aside(cut)):
        return False
    ends = [j for j in range(k + 1, cut.end + 1) if parts(pieces, j, rules)]
    return not ends and not (cut.at_head and _stands_first(cut, k))


def _is_limit(cut: Cut, k: int) -> bool:
    """Whether the denial is a preposition, such as without: it takes nothing back of what stands before it."""
    return begins(cut.rules.scope.limits, cut.pieces, k) > 0


def _takes_verb(cut: Cut, k: int) -> bool:
    """Whether with a denial at the end its verb goes too, so that nothing is said instead: the ferry (is not safe)."""
    tenses, modals = cut.rules.relations.tenses, cut.rules.modals
    return any(piece.n in tenses or piece.n in modals for piece in cut.pieces[max(0, cut.start - 1) : k])


def _is_aside(cut: Cut) -> bool:
    """Whether the run is put between marks, as , and nobody doubts it,"""
    pieces = cut.pieces
    if cut.end - cut.start <= _FEW or any(pieces[j].text not in MARKS for j in (cut.start, cut.end - 1)):
        return False
    return pieces[cut.start + 1].n in cut.rules.conjunctions


def _stands_first(cut: Cut, k: int) -> bool:
    """Whether a denial stands in a clause of its own before the main clause: when nobody looked, …"""
    start = max((j for j in range(cut.start, k + 1) if parts(cut.pieces, j, cut.rules)), default=cut.start)
    words = [piece.n for piece in cut.pieces[start : k + 1] if piece.is_word]
    closed = any(cut.pieces[j].text in MARKS for j in range(k + 1, cut.end))
    return closed and bool(words) and words[0] in cut.rules.scope.adverbial


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
        limiting = rules.scope.totals.union(rules.relations.second_halves.values())
        while j < cut.end and (not pieces[j].is_word or pieces[j].n in limiting or _is_but_only(cut, j)):
            if pieces[j].text in STOPS:
                return False
            j += 1
        asked = j and rules.is_cue(pieces[j - 1].n)
        return j < cut.end and not asked and begins(known, pieces, j) > 0
    first = cut.start
    for j in range(cut.start, cut.end):
        closed = pieces[j].text in MARKS and j + 1 < cut.end and pieces[j + 1].n in rules.conjunctions
        if pieces[j].text in STOPS or closed:
            first = j + 1
    skipped = rules.scope.totals | rules.conjunctions | rules.scope.adversatives
    while first < cut.end and (not pieces[first].is_word or pieces[first].n in skipped):
        first += 1
    if first == cut.end:
        return False
    closed = any(pieces[j].text in MARKS for j in range(first, cut.end))
    if not closed and cut.length <= _SHORT:
        return False
    lacking = negates(pieces[first].n, rules) and begins(rules.scope.limits, pieces, first) > 0
    return lacking or begins(known, pieces, first) > 0


def _is_but_only(cut: Cut, j: int) -> bool:
    """Whether a conjunction stands before a word such as only: but only if."""
    scope, pieces = cut.rules.scope, cut.pieces
    return pieces[j].n in scope.adversatives and j + 1 < len(pieces) and pieces[j + 1].n in scope.totals


def is_sentences(cut: Cut) -> bool:
    """Whether the run consists of whole sentences."""
    words = [j for j in range(cut.start, cut.end) if cut.pieces[j].is_word]
    if not words or not cut.start or cut.end >= len(cut.pieces):
        return False
    before = cut.pieces[cut.start - 1 : words[0]]
    behind = cut.pieces[words[-1] + 1 : cut.end + 1]
    return all(any(piece.text in STOPS for piece in beside) for beside in (before, behind))


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
    if cut.length > 1 and begins(rules.scope.limits, pieces, first):
        return "limit"
    if opens(pieces, first, -1, rules) or first != cut.start:
        return None
    # Of a longer cut only the clause of the denial counts.
    ends = (j for j in range(first + 1, cut.end) if parts(pieces, j, rules) or opens(pieces, j, -1, rules))
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
        passed = begins(rules.scope.strengtheners, cut.pieces, j)
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
        if pieces[j].n in rules.scope.adverbial or parts(pieces, j, rules):
            return None
    return None
