"""Edits that belong together: what moved, what was contracted, denials in two words, denials that cancel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import permutations

from quotealign.languages import Language
from quotealign.model import Edit
from quotealign.scoring.lexicon import lexicon
from quotealign.scoring.making import ENDS
from quotealign.scoring.severity import REASONS
from quotealign.text.edits import similarity
from quotealign.text.numerals import negates
from quotealign.text.tokens import Piece, tokenize, words

_PHRASE = 3
"""Words that a quotation has at least which was run together with another."""
_SAME = 0.8
"""Words in common, as a share, with which it is the one that stands by itself elsewhere."""
_WORDS_BETWEEN = 4
"""Words between a denied verb and what it denies, at most: not hold such a vote."""
_NEAR = 25
"""Code points within which a second denying word belongs to the first: ne … pas."""


def joined(found: Sequence[Edit], a: Sequence[Piece], b: Sequence[Piece], rules: Language) -> list[Edit]:
    """The edits of two texts, in order, with those made one that tell one change."""
    made = sorted(found, key=_place)
    if len(made) > 1:
        made = _without_repeats(_with_transpositions(_moved_words(made, rules), rules))
        made = _cancelled(_denials(_rehung(made, (a, b), rules), rules))
    elif made:
        made = _denials(made, rules)
    return _sentences(made, a, b, rules)


def run_together(found: Sequence[Edit], of_a: Sequence[str], of_b: Sequence[str]) -> tuple[Edit, ...]:
    """The edits, where one text has more: what the other's article quotes by itself was run together with it.

    of_a, of_b  what the articles of both texts quote besides, in the same cluster
    """
    if not (of_a or of_b):
        return tuple(found)
    besides = [[words(text) for text in texts] for texts in (of_b, of_a)]
    return tuple(
        _as("merged-quotations", edit)
        if not (edit.a and edit.b) and _is_one_of(words(edit.a_text or edit.b_text), besides[not edit.a])
        else edit
        for edit in found
    )


def _is_one_of(more: Sequence[str], quoted: Sequence[Sequence[str]]) -> bool:
    return len(more) >= _PHRASE and any(similarity(more, other) >= _SAME for other in quoted)


def _place(edit: Edit) -> tuple[tuple[int, int], tuple[tuple[int, int], ...]]:
    return (edit.a[0] if edit.a else edit.b[0], edit.b)


def _as(name: str, edit: Edit) -> Edit:
    known = REASONS[name]
    return replace(edit, kind=known.kind, severity=known.severity, why=known.why, source=known.source)


def _moved(a: Edit, b: Edit) -> Edit:
    return _as("transposition", Edit("", a.a, b.b, 0.0, a.a_text, b.b_text))


def _moved_words(found: list[Edit], rules: Language) -> list[Edit]:
    """A word whose own like was put in elsewhere has moved: x → y with ∅ → x is ∅ → y, and x in another place."""
    made = list(found)
    key = lexicon(rules).key
    for change in [e for e in found if e.kind in _EXCHANGES]:
        for other in [e for e in made if e.kind in _ONE_SIDED]:
            inserted = not other.a
            mine, theirs = (change.a_text, other.b_text) if inserted else (change.b_text, other.a_text)
            one, two = _compared(mine), _compared(theirs)
            if one != two and (" " in two or key(one) != key(two)):
                continue
            moved = _moved(change, other) if inserted else _moved(other, change)
            rest = (
                replace(other, kind="insertion", a=(), b=change.b, a_text="", b_text=change.b_text, why="put in")
                if inserted
                else replace(other, kind="deletion", a=change.a, b=(), a_text=change.a_text, b_text="", why="left out")
            )
            made = [e for e in made if e is not change and e is not other] + [moved, rest]
            break
    return made


_EXCHANGES = frozenset({"unrelated", "related", "derivation"})
_ONE_SIDED = frozenset({"insertion", "deletion", "truncation"})


def _with_transpositions(found: list[Edit], rules: Language) -> list[Edit]:
    """Words left out in one place and put in at another were moved."""
    moved: list[Edit] = []
    taken: set[int] = set()
    if all(edit.b for edit in found) or all(edit.a for edit in found):
        return found
    for i, gone in enumerate(found):
        if gone.b or gone.kind not in ("deletion", "truncation"):
            continue
        key = _compared(gone.a_text)
        if all(word in rules.function_words for word in key.split()):
            continue
        for j, come in enumerate(found):
            if j in taken or come.a or come.kind not in ("insertion", "truncation"):
                continue
            if _compared(come.b_text) == key:
                moved.append(_moved(gone, come))
                taken |= {i, j}
                break
    kept = [edit for k, edit in enumerate(found) if k not in taken]
    return sorted([*kept, *moved], key=_place)


def _without_repeats(found: list[Edit]) -> list[Edit]:
    """One edit for one contraction, though it was compared as the words that it stands for."""
    kept: list[Edit] = []
    for edit in found:
        last = kept[-1] if kept else None
        if last and last.kind == edit.kind == "contraction" and (last.a == edit.a or last.b == edit.b):
            a, b = sorted({*last.a, *edit.a}), sorted({*last.b, *edit.b})
            a_text = last.a_text if last.a == edit.a else f"{last.a_text} {edit.a_text}"
            b_text = last.b_text if last.b == edit.b else f"{last.b_text} {edit.b_text}"
            edit = replace(edit, a=tuple(a), b=tuple(b), a_text=a_text, b_text=b_text)
            kept.pop()
        kept.append(edit)
    return kept


@lru_cache(maxsize=16384)
def _compared(text: str) -> str:
    return " ".join(words(text))


def _denials(found: list[Edit], rules: Language) -> list[Edit]:
    """A denial in two words is one edit (ne … pas, ne … plus); half of one alone changes nothing: je sais pas, je ne
    sais pas."""
    halves = rules.relations.half_negations
    if not halves:
        return found
    kept: list[Edit] = []
    for edit in found:
        last = kept[-1] if kept else None
        if last is not None and _is_other_half(last, edit, halves, rules):
            kept[-1] = replace(
                edit if edit.kind == "quantifier" else last,  # ne … que limits, and denies nothing
                a=last.a + edit.a,
                b=last.b + edit.b,
                a_text=" … ".join(filter(None, (last.a_text, edit.a_text))),
                b_text=" … ".join(filter(None, (last.b_text, edit.b_text))),
            )
        else:
            kept.append(edit)
    return [_as("function", e) if _is_half(e, halves, rules) else e for e in kept]


def _is_other_half(last: Edit, edit: Edit, halves: frozenset[str], rules: Language) -> bool:
    """Whether an edit stands behind a denial in the same text only, and denies too or completes its half."""
    if last.kind != "negation" or (last.a and last.b) or (edit.a and edit.b) or bool(last.a) != bool(edit.a):
        return False
    if (edit.a or edit.b)[0][0] - (last.a or last.b)[-1][1] > _NEAR:
        return False
    word = _compared(edit.a_text or edit.b_text)
    return edit.kind == "negation" or (_is_half(last, halves, rules) and word in rules.function_words)


def _is_half(edit: Edit, halves: frozenset[str], rules: Language) -> bool:
    if edit.kind != "negation" or (edit.a and edit.b):
        return False
    found = [p.n for p in tokenize(f"{edit.a_text} {edit.b_text}") if p.is_word or p.n in halves]
    denials = [word for word in found if negates(word, rules)]
    return bool(denials) and all(word in halves for word in denials) and len(edit.a + edit.b) == 1


def _cancelled(found: list[Edit]) -> list[Edit]:
    """not illegal for legal: a denial and the opposite beside it, in the same text, say what was said."""
    kept: list[Edit] = []
    for edit in found:
        last = kept[-1] if kept else None
        denied = last is not None and last.kind == "negation" and not (last.a and last.b)
        if last is not None and denied and edit.kind == "antonym" and _beside(last, edit):
            a_text, b_text = (
                " ".join(filter(None, t)) for t in ((last.a_text, edit.a_text), (last.b_text, edit.b_text))
            )
            both = Edit("", _span(last.a + edit.a), _span(last.b + edit.b), 0.0, a_text, b_text)
            kept[-1] = _as("two-denials", both)
            continue
        kept.append(edit)
    return kept


def _rehung(found: list[Edit], texts: tuple[Sequence[Piece], Sequence[Piece]], rules: Language) -> list[Edit]:
    """no vote and not a vote: a sentence that is denied in both, at another word."""
    kept: list[Edit] = []
    for edit in found:
        last = kept[-1] if kept else None
        if last is not None and last.kind == edit.kind == "negation" and _is_rehung(last, edit, texts, rules):
            both = Edit("", _span(last.a + edit.a), _span(last.b + edit.b), 0.0, *_texts_of(last, edit))
            kept[-1] = _as("moved-denial", both)
        else:
            kept.append(edit)
    return kept


def _is_rehung(verbal: Edit, nominal: Edit, texts: tuple[Sequence[Piece], Sequence[Piece]], rules: Language) -> bool:
    """Whether one text denies the verb, and the other behind it what the first has with an article, or any."""
    if bool(verbal.a) == bool(verbal.b) or not (nominal.a and nominal.b):
        return False
    side = 0 if verbal.a else 1
    without, denied = (_compared((nominal.a_text, nominal.b_text)[k]) for k in (side, 1 - side))
    if not negates(denied, rules) or not (without in rules.single or without in rules.quantifiers):
        return False
    start, end = ((verbal.a, nominal.a), (verbal.b, nominal.b))[side]
    between = [piece for piece in texts[side] if start[-1][1] <= piece.start < end[0][0]]
    apart = rules.subordinators | rules.complementizers | rules.conjunctions
    return len(between) <= _WORDS_BETWEEN and not any(
        not p.is_word or p.n in apart or negates(p.n, rules) or rules.is_cue(p.n) for p in between
    )


def _texts_of(one: Edit, other: Edit) -> tuple[str, str]:
    pairs = ((one.a_text, other.a_text), (one.b_text, other.b_text))
    a_text, b_text = (" … ".join(filter(None, pair)) for pair in pairs)
    return a_text, b_text


def _beside(denial: Edit, other: Edit) -> bool:
    one, two = (denial.a, other.a) if denial.a else (denial.b, other.b)
    return bool(one and two) and 0 <= two[0][0] - one[-1][1] <= 1


def _span(spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    return ((spans[0][0], spans[-1][1]),) if spans else ()


def _sentences(found: list[Edit], a: Sequence[Piece], b: Sequence[Piece], rules: Language) -> list[Edit]:
    """A full stop in one text where the other goes on: two sentences run together, or one taken apart."""
    if all(edit.kind != "punctuation" for edit in found):
        return found
    found = [_as("question", e) if e.kind == "punctuation" and _asks(e, found) else e for e in found]
    ends = [next((p.end for p in reversed(pieces) if p.is_word), 0) for pieces in (a, b)]
    short = [{p.end for p in pieces if p.text.casefold() in rules.abbreviations} for pieces in (a, b)]
    return [_as("merged-sentences", e) if e.kind == "punctuation" and _joins(e, ends, short) else e for e in found]


def _asks(edit: Edit, found: Sequence[Edit]) -> bool:
    """Whether one text asks what the other says, and the question was not cut with its mark."""
    if not any("?" in one and "?" not in other for one, other in permutations((edit.a_text, edit.b_text))):
        return False
    spans = [(edit.a, other.a) for other in found if other is not edit]
    spans += [(edit.b, other.b) for other in found if other is not edit]
    return not any(mine and theirs and -1 <= mine[0][0] - theirs[-1][1] <= 1 for mine, theirs in spans)


def _joins(edit: Edit, ends: Sequence[int], short: Sequence[set[int]]) -> bool:
    """Whether a stop stands in one text only, before its last word, and not behind an abbreviation."""
    stops = [text.strip() in ENDS - {":"} for text in (edit.a_text, edit.b_text)]
    if stops[0] == stops[1]:
        return False
    spans = edit.a if stops[0] else edit.b
    side = 0 if stops[0] else 1
    return spans[0][0] < ends[side] and spans[0][0] not in short[side]
