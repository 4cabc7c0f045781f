"""Two texts in two languages: what is claimed of them, and what that rests on."""

from __future__ import annotations

from collections.abc import Sequence

from quotealign.model import Edit, Span
from quotealign.scoring.severity import NEWS, SEVERITY
from quotealign.text.crosslingual import Comparison
from quotealign.text.tokens import Piece


def edits(a: Sequence[Piece], b: Sequence[Piece], found: Comparison) -> tuple[Edit, ...]:
    """Figures that stand against each other; of words no edit is claimed across languages."""
    return tuple(
        Edit(
            "number",
            (_span(a[i]),),
            (_span(b[j]),),
            SEVERITY["number"],
            a[i].text,
            b[j].text,
            "another number, in the other language",
            NEWS,
        )
        for i, j in zip(*found.numbers_alone, strict=False)
    )


def evidence(a: Sequence[Piece], b: Sequence[Piece], found: Comparison) -> dict[str, object]:
    """What the answer rests on, in words of both texts, and what speaks against it."""
    said: dict[str, object] = {
        "rests_on": {
            name: [f"{a[i].text} = {b[j].text}" for i, j in pairs]
            for name, pairs in (("numbers", found.numbers), ("names", found.names), ("cognates", found.cognates))
            if pairs
        }
    }
    only = [
        [text[i].text for i in (*numbers, *names)]
        for text, numbers, names in zip((a, b), found.numbers_alone, found.names_alone, strict=True)
    ]
    if any(only):
        said["only_a"], said["only_b"] = only
    if found.negations[0] != found.negations[1]:
        said["negation"] = "in a only" if found.negations[0] else "in b only"
    return said


def _span(piece: Piece) -> Span:
    return piece.start, piece.end
