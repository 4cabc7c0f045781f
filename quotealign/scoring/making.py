"""Making an edit of a reason and the pieces of both texts."""

from __future__ import annotations

from collections.abc import Sequence

from quotealign.model import Edit, Span
from quotealign.scoring.severity import NEWS, REASONS
from quotealign.text.tokens import Piece

ENDS = frozenset({".", "!", "?", "…", "...", "。", "！", "？", ":"})
"""Marks behind which a word begins a sentence."""

_WHY = {"insertion": "put in", "deletion": "left out"}


def made(
    reason: str, a: Sequence[Piece], b: Sequence[Piece], *, severity: float | None = None, where: str = ""
) -> Edit:
    """The edit of a reason. `severity` is that of a run of words, which has no fixed one; `where` fills the reason's
    explanation."""
    known = REASONS.get(reason)
    x, y = _stretch(a), _stretch(b)
    return Edit(
        kind=known.kind if known else reason,
        a=(x,) if x else (),
        b=(y,) if y else (),
        severity=known.severity if severity is None and known else severity or 0.0,
        a_text=_printed(a),
        b_text=_printed(b),
        why=(known.why.format(where=where) if where else known.why) if known else _WHY[reason],
        source=known.source if known else NEWS,
    )


def _stretch(pieces: Sequence[Piece]) -> Span | None:
    return (pieces[0].start, pieces[-1].end) if pieces else None


def _printed(pieces: Sequence[Piece]) -> str:
    if len(pieces) == 1:
        return pieces[0].text
    text, end = "", None
    for piece in pieces:
        if end is not None and piece.start < end:
            continue  # a second word of the same contraction
        text += (" " if end is not None and piece.start > end else "") + piece.text
        end = piece.end
    return text
