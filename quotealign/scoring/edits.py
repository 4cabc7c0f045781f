"""Edits between two texts: aligned words, each difference typed, neighbours of one kind joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotealign.languages import Language
from quotealign.model import Edit, Span
from quotealign.scoring.severity import SEVERITY, of_words
from quotealign.scoring.typing import kind_of, negates, number
from quotealign.text.alignment import align
from quotealign.text.tokens import Piece, tokenize

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
    x, y = tokenize(a), tokenize(b)
    columns = align([tuple(p.n for p in x), tuple(p.n for p in y)], rules)
    return Comparison(tuple(x), tuple(y), tuple((c[0], c[1]) for c in columns))


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
    return tuple(_with_transpositions(found, rules))


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
    at_edge = not inserted and (run[0] == comparison.pairs[0] or run[-1] == comparison.pairs[-1])
    if at_edge:
        return _edit("truncation", a, b)
    if any(negates(w, rules) for w in words):
        return _edit("negation", a, b)
    if any(w in rules.modals for w in words) and len(words) <= 2:
        return _edit("modality", a, b)
    content = [w for w in words if w not in rules.function_words]
    whole = [p.n for p in (comparison.b if inserted else comparison.a) if p.is_word and p.n not in rules.function_words]
    share = len(content) / len(whole) if whole else 0.0
    if any(number(w, rules) is not None for w in words) and inserted:
        return _edit("number", a, b)
    return _edit(kind, a, b, of_words(share, inserted=inserted))


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
