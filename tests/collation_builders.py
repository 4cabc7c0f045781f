"""Small apparatuses made by hand: invented sentences, hostile text, words that changed places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from quotealign.model import Apparatus, Token, Transposition

HOSTILE = (
    '<b>&amp; "x"\'</b>',
    "]]> --> \\n %s {{x}}",
    "\x00\x07\x1b[31mred\x1b[0m\x7f\x9b",
    "\u202eevil\u202c \u2066iso\u2069",
    "قال الوزير",
    "שָׁלוֹם",
    "e\u0301\u0323 ก็",
    "\U0001d538\U0001f9d1\u200d\U0001f680",
    "\ufffe\uffff\ud800",
    "=1+1",
    "a\r\nb\tc\u2028d",
    "漢字かな",
)


def made(
    rows: Mapping[str, Sequence[str | None]],
    transpositions: Sequence[Transposition] = (),
    *,
    identifier: str = "c",
    lemma: tuple[int | None, ...] | None = None,
) -> Apparatus:
    """An apparatus from the words of each cell, a token a word; None for nothing."""
    table = tuple(
        tuple(None if cell is None else tuple(Token(f"{w} ", w.lower()) for w in cell.split(" ")) for cell in cells)
        for cells in rows.values()
    )
    return Apparatus(identifier, tuple(rows), table, lemma, tuple(transpositions))


def bells() -> Apparatus:
    """Three witnesses, of which the second says first what the others say last."""
    return made(
        {
            "A": [None, "The bells", "rang", "at dawn"],
            "B": ["At dawn", "the bells", "rang", None],
            "C": [None, "all bells", "rang", "at dawn"],
        },
        [Transposition((0, 1), (3, 4), (1,), (0, 2))],
        identifier="bells",
    )


def bells_resolved() -> Apparatus:
    """The same, with the words of the second shown where the others have them."""
    table = {
        "A": [None, "The bells", "rang", "at dawn"],
        "B": [None, "the bells", "rang", "At dawn"],
        "C": [None, "all bells", "rang", "at dawn"],
    }
    return made(table, [Transposition((3, 4), (0, 1), (0, 2), (1,), resolved=True)], identifier="bells")


def added_and_left_out() -> Apparatus:
    """Five witnesses, of which the second has a word more, and the fourth a word less."""
    return made(
        {
            "A": ["so", None, "it"],
            "B": ["so", "be", "it"],
            "C": ["so", None, "it"],
            "D": ["so", None, None],
            "E": ["so", None, "it"],
        }
    )


_words = st.text(st.one_of(st.sampled_from("".join(HOSTILE)), st.characters()), min_size=1, max_size=8)


@st.composite
def hostile_apparatuses(draw: st.DrawFn) -> Apparatus:
    """Any words, any sigla, any links; no two witnesses have one sigil, and no unit is empty."""
    height, width = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    sigla = draw(st.lists(_words, min_size=height, max_size=height, unique=True))
    cells = st.none() | st.lists(st.builds(Token, _words, _words), min_size=1, max_size=2).map(tuple)
    table = [tuple(draw(cells) for _ in range(width)) for _ in range(height)]
    links = []
    if height > 1 and width > 1:
        for _ in range(draw(st.integers(0, 2))):
            cut = draw(st.integers(1, width - 1))
            rows = draw(st.integers(1, height - 1))
            here, there = (draw(st.integers(0, cut - 1)), cut), (cut, draw(st.integers(cut + 1, width)))
            links.append(Transposition(here, there, tuple(range(rows)), tuple(range(rows, height))))
    return Apparatus(draw(_words), tuple(sigla), tuple(table), None, tuple(links))
