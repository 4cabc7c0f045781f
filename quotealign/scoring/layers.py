"""The layers in which two texts are compared, shown one by one: what each explains, and what is left.

The first layers are of form. What a layer explains is charged by that layer only, and is gone from the texts that the
next one sees: a word that both have is then printed as in `a`, and what only one has is left out. What no layer of
form explains is a change of wording, typed by what the two words are to each other (`typing.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quotealign.languages import Language
from quotealign.model import Divergence, Edit, Layer, Span
from quotealign.scoring.edits import compare, edits
from quotealign.scoring.metrics import Texts

LAYERS: tuple[tuple[str, frozenset[str]], ...] = (
    ("as printed", frozenset()),
    ("marks, dashes, spaces", frozenset({"punctuation"})),
    ("case and contractions", frozenset({"case", "contraction"})),
    ("spelling variants", frozenset({"spelling", "merge", "numeral"})),
    ("declared edits", frozenset({"bracket"})),  # behind spelling: what brackets leave is a word like any other
    ("inflection", frozenset({"inflection", "tense"})),
)
"""The layers of form in their order, and the kinds of edit that each explains."""

WORDING = "wording"
"""The last step: what no layer of form explains."""


def layers_of(texts: Texts, found: Divergence) -> tuple[Layer, ...]:
    """The layers of two texts that were scored; none between two languages, whose words are not compared."""
    return () if texts.is_across else explained(texts.a, texts.b, found.edits)


def steps(a: str, b: str, rules: Language) -> tuple[Layer, ...]:
    """The layers of two texts of one language."""
    return explained(a, b, edits(compare(a, b, rules), rules))


def explained(a: str, b: str, found: Sequence[Edit]) -> tuple[Layer, ...]:
    """The layers of form in order, each with what it explains, and last `wording` with the edits that are left.

    The two texts of a layer are equal once nothing is left to explain.
    """
    done: list[Edit] = []
    shown = []
    for name, kinds in LAYERS:
        mine = tuple(edit for edit in found if edit.kind in kinds)
        done += mine
        shown.append(Layer(name, *_without(a, b, done), mine))
    rest = tuple(edit for edit in found if edit not in done)
    return (*shown, Layer(WORDING, shown[-1].a, shown[-1].b, rest))


def _without(a: str, b: str, done: Iterable[Edit]) -> tuple[str, str]:
    """Both texts with some edits undone: `b` reads as `a` where both have words, else the words go."""
    of_a: list[tuple[Span, str]] = []
    of_b: list[tuple[Span, str]] = []
    for edit in done:
        if edit.a and edit.b:
            of_b.append(((edit.b[0][0], edit.b[-1][1]), a[edit.a[0][0] : edit.a[-1][1]]))
        else:
            of_a += [(span, "") for span in edit.a]
            of_b += [(span, "") for span in edit.b]
    return (_replaced(a, of_a), _replaced(b, of_b)) if of_a or of_b else (a, b)


def _replaced(text: str, changes: Iterable[tuple[Span, str]]) -> str:
    parts, end = [], 0
    for (start, stop), words in sorted(changes):
        if start >= end:
            parts += [text[end:start], words]
            end = stop
    return " ".join("".join((*parts, text[end:])).split())
