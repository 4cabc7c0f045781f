"""Reserves: words by which a speaker claims less than what stays says without them, or by which another claims it."""

from __future__ import annotations

from quotealign.languages import Language
from quotealign.scoring.clauses import MARKS, Cut, begins, has_verb, parts

_CLAUSE = 6
"""Tokens within which the verb of a clause stands that no complementizer opens."""


def opening_words(rules: Language) -> frozenset[str]:
    """The words by which a run may be a condition, a frame, a reserve, or all that a denial denies."""
    scope = rules.scope
    phrases = (scope.conditions, scope.hedges, rules.according)
    return scope.totals | scope.unclaimed | {word for known in phrases for word in known.by_first}


def framed(cut: Cut) -> bool:
    """Whether a run at the head says who says or thinks what stays, if that is not the speaker, or that nobody claims
    it: my opponent says that; it is a lie that; I hope."""
    rules, pieces = cut.rules, cut.pieces
    if cut.at_tail and not cut.at_head:
        first = cut.start
        while first < cut.end and pieces[first].text in MARKS:
            first += 1
        return first > cut.start and first < cut.end and begins(rules.according, pieces, first) > 0
    if not cut.at_head or cut.at_tail:
        return False
    speaking = rules.relations.speaking.intersection(rules.pronouns)
    first = max((j for j in range(cut.start, cut.end) if parts(pieces, j, rules)), default=cut.start)
    while first < cut.end and (not pieces[first].is_word or pieces[first].n in rules.conjunctions):
        first += 1
    if first == cut.end:
        return False
    if begins(rules.according, pieces, first):
        return True
    # Ich glaube, … opens a clause; the dam, he says, … does not.
    if pieces[first].n in rules.scope.adverbial or (pieces[cut.end - 1].text in MARKS and not rules.verb_second):
        return False
    others = 0  # il est faux de dire que: one word more may stand between
    for j in range(cut.end - 1, first - 1, -1):
        word = pieces[j].n
        if word in rules.scope.unclaimed:
            return _tells(cut, j)
        if rules.is_cue(word):
            noun = word in rules.noun_like or pieces[j - 1].n in rules.determiners
            if noun:
                others += 1
                continue
            mine = not speaking.isdisjoint(piece.n for piece in pieces[first:j])
            return j > first and not mine and _tells(cut, j)
        if pieces[j].is_word and word not in rules.function_words:
            others += 1
            if others > 1:
                return False
    return False


def _tells(cut: Cut, k: int) -> bool:
    """Whether a clause follows the verb or noun at `k`: that the dam is safe; the dam is safe."""
    rules, pieces = cut.rules, cut.pieces
    if any(piece.n in rules.complementizers for piece in pieces[k + 1 : cut.end]):
        return True
    stays = pieces[cut.end : cut.end + _CLAUSE]
    opens = bool(stays) and (stays[0].n in rules.pronouns or stays[0].n in rules.determiners)
    return opens and has_verb(stays, 0, rules)


def hedged(cut: Cut) -> bool:
    """Whether a run is a word of reserve and nothing else that tells: almost, allegedly, at least."""
    rules, found, j = cut.rules, False, cut.start
    if cut.at_tail and not cut.at_head and cut.pieces[j].text in MARKS and j + 1 < cut.end:
        return begins(rules.scope.hedges, cut.pieces, j + 1) > 0  # , at least near the surface
    while j < cut.end:
        length = begins(rules.scope.hedges, cut.pieces, j)
        piece = cut.pieces[j]
        if not length and piece.is_word and (cut.at_head or piece.n not in rules.function_words):
            return False
        found = found or length > 0
        j += length or 1
    return found
