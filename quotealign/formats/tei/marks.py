"""Widening a span by the quotation marks around it: spans leave the marks out, TEI keeps them inside the element."""

from __future__ import annotations

from collections.abc import Iterable

from quotealign.model import Span

# All of Unicode's property Quotation_Mark, and what keyboards and typewriters put in its place.
_SINGLE = frozenset(
    "\"'`"
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
    "\N{ACUTE ACCENT}\N{MODIFIER LETTER PRIME}\N{PRIME}\N{DOUBLE PRIME}"
    "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2039\u203a\u275b\u275c\u275d\u275e\u2e42"
    "\u3008\u3009\u300a\u300b\u300c\u300d\u300e\u300f\u301d\u301e\u301f\ufe41\ufe42\ufe43\ufe44\uff02\uff07\uff62\uff63"
)
_DOUBLE = frozenset({"''", "``", ",,", "<<", ">>", "\u2018\u2018", "\u2019\u2019", "\u201a\u201a", "\u00b4\u00b4"})
_SPACED_LEFT = frozenset("\u00ab\u2039")
_SPACED_RIGHT = frozenset("\u00bb\u203a")
_SPACES = frozenset(" \u00a0\u2009\u202f")


def is_mark(character: str) -> bool:
    """Whether a character may open or close a quotation."""
    return character in _SINGLE


def with_marks(text: str, spans: Iterable[Span]) -> dict[Span, Span]:
    """Each span, and the span with the marks that stand directly before and behind it.

    A mark belongs to one span only: to the outer or earlier one. French guillemets are found behind a space too.
    """
    taken: set[int] = set()
    widened: dict[Span, Span] = {}
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        left = _left(text, start)
        # A closing mark is as wide as its opening one: in ''a 'b''' the first of three closes b.
        right = _right(text, end, double_allowed=start - left != 1)
        if left != start and taken.isdisjoint(range(left, start)):
            taken.update(range(left, start))
        else:
            left = start
        if right != end and taken.isdisjoint(range(end, right)):
            taken.update(range(end, right))
        else:
            right = end
        widened[start, end] = (left, right)
    return widened


def _left(text: str, start: int) -> int:
    if start >= 2 and text[start - 2 : start] in _DOUBLE:
        return start - 2
    if start >= 1 and text[start - 1] in _SINGLE:
        return start - 1
    if start >= 2 and text[start - 1] in _SPACES and text[start - 2] in _SPACED_LEFT:
        return start - 2
    return start


def _right(text: str, end: int, *, double_allowed: bool) -> int:
    if double_allowed and text[end : end + 2] in _DOUBLE:
        return end + 2
    if end < len(text) and text[end] in _SINGLE:
        return end + 1
    if end + 1 < len(text) and text[end] in _SPACES and text[end + 1] in _SPACED_RIGHT:
        return end + 2
    return end
