"""Edits between two texts: aligned words, each difference typed, neighbours of one kind joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotealign.languages import Language
from quotealign.model import Edit, Span
from quotealign.scoring.severity import SEVERITY, of_words
from quotealign.scoring.typing import kind_of, negates, number
from quotealign.text.alignment import align
from quotealign.text.likeness import likeness
from quotealign.text.tokens import Piece, tokenize

_ALIKE = 0.85

_WHY = {
    "punctuation": "only marks, dashes or spaces differ",
    "case": "only capital letters differ",
    "bracket": "an edit that the brackets declare",
    "contraction": "the same words, contracted",
    "spelling": "a spelling variant",
    "numeral": "the same number, written otherwise",
    "inflection": "the same word, inflected otherwise",
    "function": "another function word",
    "derivation": "another word of the same root",
    "truncation": "left out at the beginning or the end",
    "transposition": "the same words in another place",
    "pronoun": "another pronoun",
    "intensity": "another degree",
    "substitution": "another word",
    "quantifier": "another quantity",
    "modality": "another mood: can, may, must",
    "name": "another name",
    "negation": "denied in one, not in the other",
    "date": "another date",
    "antonym": "the opposite",
    "number": "another number",
    "deletion": "left out",
    "insertion": "put in",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts as aligned: their words and marks, and pairs of places (None where one has nothing)."""

    a: tuple[Piece, ...]
    b: tuple[Piece, ...]
    pairs: tuple[tuple[int | None, int | None], ...]


def compare(a: str, b: str, rules: Language) -> Comparison:
    """The word alignment of two texts."""
    x, y = _expanded(a, rules), _expanded(b, rules)
    columns = align([tuple(p.n for p in x), tuple(p.n for p in y)], rules)
    return Comparison(tuple(x), tuple(y), tuple((c[0], c[1]) for c in columns))


def _expanded(text: str, rules: Language) -> list[Piece]:
    """The words and marks of a text, a contraction as the words that it stands for: don't as do and not."""
    found: list[Piece] = []
    for piece in tokenize(text):
        whole = rules.contractions.get(piece.n)
        parts = whole.split() if whole else [piece.n]
        found += [piece._replace(n=part) for part in parts]
    return found


def edits(comparison: Comparison, rules: Language) -> tuple[Edit, ...]:
    """The typed edits that turn `a` into `b`, in the order of `a`."""
    x, y = comparison.a, comparison.b
    found: list[Edit] = []
    run: list[tuple[int | None, int | None]] = []

    def close() -> None:
        if run:
            found.append(_words(run, comparison, rules))
            run.clear()

    for i, j in comparison.pairs:
        if i is not None and j is not None:
            close()
            if x[i].text != y[j].text:
                found.append(_edit(kind_of(x[i], y[j], rules), (x[i],), (y[j],)))
            continue
        if run and (run[-1][0] is None) != (i is None):
            close()
        run.append((i, j))
    close()
    return tuple(_without_repeats(_with_transpositions(_moved_words(found, rules), rules)))


def _moved_words(found: list[Edit], rules: Language) -> list[Edit]:
    """A word whose own like was put in elsewhere has moved: x → y with ∅ → x is ∅ → y, and x in another place."""
    made = list(found)
    for change in [e for e in found if e.kind == "substitution"]:
        for other in [e for e in made if e.kind in ("insertion", "deletion", "truncation")]:
            inserted = other.kind == "insertion"
            mine, theirs = (change.a_text, other.b_text) if inserted else (change.b_text, other.a_text)
            if likeness(_compared(mine), _compared(theirs), rules) < _ALIKE:
                continue
            a, b = (change.a, other.b) if inserted else (other.a, change.b)
            x, y = (mine, theirs) if inserted else (theirs, mine)
            moved = Edit("transposition", a, b, SEVERITY["transposition"], x, y, _WHY["transposition"])
            rest = (
                Edit("insertion", (), change.b, other.severity, "", change.b_text, _WHY["insertion"])
                if inserted
                else Edit("deletion", change.a, (), other.severity, change.a_text, "", _WHY["deletion"])
            )
            made = [e for e in made if e is not change and e is not other] + [moved, rest]
            break
    return made


def _without_repeats(found: list[Edit]) -> list[Edit]:
    """One edit for one contraction, though it was compared as the words that it stands for."""
    kept: list[Edit] = []
    for edit in found:
        last = kept[-1] if kept else None
        if last and last.kind == edit.kind == "contraction" and (last.a == edit.a or last.b == edit.b):
            a, b = sorted({*last.a, *edit.a}), sorted({*last.b, *edit.b})
            a_text = last.a_text if last.a == edit.a else f"{last.a_text} {edit.a_text}"
            b_text = last.b_text if last.b == edit.b else f"{last.b_text} {edit.b_text}"
            edit = Edit(edit.kind, tuple(a), tuple(b), edit.severity, a_text, b_text, edit.why)
            kept.pop()
        kept.append(edit)
    return kept


def _compared(text: str) -> str:
    return " ".join(p.n for p in tokenize(text) if p.is_word)


def _words(run: Sequence[tuple[int | None, int | None]], comparison: Comparison, rules: Language) -> Edit:
    """Words that only one text has: a cut at the edge, an insertion or a deletion."""
    inserted = run[0][0] is None
    pieces = (
        tuple(comparison.b[j] for _, j in run if j is not None)
        if inserted
        else tuple(comparison.a[i] for i, _ in run if i is not None)
    )
    words = [p.n for p in pieces if p.is_word]
    kind = "insertion" if inserted else "deletion"
    a, b = ((), pieces) if inserted else (pieces, ())
    if not words:
        return _edit("punctuation", a, b)
    first, last = comparison.pairs.index(run[0]), comparison.pairs.index(run[-1])
    # What one witness has more at an edge the other has cut, whichever of the two comes first.
    at_head = not _words_in(comparison, comparison.pairs[:first])
    at_tail = not _words_in(comparison, comparison.pairs[last + 1 :])
    near = [p.n for p in _same_sentence(pieces, at_head, at_tail) if p.is_word]
    if any(negates(w, rules) for w in near):
        return _edit("negation", a, b)
    if any(w in rules.modals for w in words) and len(words) <= 2:
        return _edit("modality", a, b)
    if at_head or at_tail:
        return _edit("truncation", a, b)
    content = [w for w in words if w not in rules.function_words]
    whole = [p.n for p in (comparison.b if inserted else comparison.a) if p.is_word and p.n not in rules.function_words]
    share = len(content) / len(whole) if whole else 0.0
    if any(number(w, rules) is not None for w in words) and inserted:
        return _edit("number", a, b)
    return _edit(kind, a, b, of_words(share, inserted=inserted))


def _words_in(comparison: Comparison, pairs: Sequence[tuple[int | None, int | None]]) -> bool:
    return any(
        (i is not None and comparison.a[i].is_word) or (j is not None and comparison.b[j].is_word) for i, j in pairs
    )


def _same_sentence(pieces: tuple[Piece, ...], at_head: bool, at_tail: bool) -> tuple[Piece, ...]:
    """Of words cut at an edge those that belong to the sentence that stays: a cut sentence takes its own not along."""
    stops = [k for k, piece in enumerate(pieces) if piece.text[-1] in ".!?;"]
    if at_head and stops:
        return pieces[stops[-1] + 1 :]
    return pieces[: stops[0]] if at_tail and stops else pieces


def _edit(kind: str, a: tuple[Piece, ...], b: tuple[Piece, ...], severity: float | None = None) -> Edit:
    x, y = _stretch(a), _stretch(b)
    return Edit(
        kind=kind,
        a=(x,) if x else (),
        b=(y,) if y else (),
        severity=SEVERITY[kind] if severity is None else severity,
        a_text=_printed(a),
        b_text=_printed(b),
        why=_WHY[kind],
    )


def _stretch(pieces: tuple[Piece, ...]) -> Span | None:
    return (pieces[0].start, pieces[-1].end) if pieces else None


def _printed(pieces: tuple[Piece, ...]) -> str:
    text, end = "", None
    for piece in pieces:
        text += (" " if end is not None and piece.start > end else "") + piece.text
        end = piece.end
    return text


def _with_transpositions(found: list[Edit], rules: Language) -> list[Edit]:
    """Words left out in one place and put in at another were moved."""
    moved: list[Edit] = []
    taken: set[int] = set()
    for i, gone in enumerate(found):
        if gone.kind not in ("deletion", "truncation"):
            continue
        key = [p.n for p in tokenize(gone.a_text) if p.is_word]
        if all(word in rules.function_words for word in key):
            continue
        for j, come in enumerate(found):
            if j not in taken and come.kind == "insertion" and [p.n for p in tokenize(come.b_text) if p.is_word] == key:
                moved.append(
                    Edit(
                        "transposition",
                        gone.a,
                        come.b,
                        SEVERITY["transposition"],
                        gone.a_text,
                        come.b_text,
                        _WHY["transposition"],
                    )
                )
                taken |= {i, j}
                break
    kept = [edit for k, edit in enumerate(found) if k not in taken]
    return sorted([*kept, *moved], key=lambda e: (e.a[0] if e.a else e.b[0], e.b))
