"""Two texts on the terminal and in a paper: words above words, what differs numbered, figures with their signature."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotealign.formats.scores import WRITERS
from quotealign.model import Divergence
from quotealign.report import compared
from quotealign.report.columns import columns
from quotealign.scoring import score

A = "We will not close the harbour before Monday, though two owners agreed."
B = "We shall close the harbor before Friday though three owners agreed with us."

WORDS = st.sampled_from(
    "we will not leave. don’t Smith’s 3,000 “we here” 建桥 état שלום e\u0301te\u0301 well-known , said".split()
)
TEXTS = st.lists(WORDS, max_size=12).map(" ".join)


def _lines(a: str, b: str, width: int = 80, **how: str) -> list[str]:
    return compared([("", a, b, score(a, b, **how))], width=width, colour=False).splitlines()


def test_words_stand_above_their_like() -> None:
    """What agrees stands in one column, and what differs has the number of its edit below it."""
    a, b, numbers = _lines(A, B)[2:5]
    for word in ("We", "close", "the", "before", "though", "owners"):
        assert re.search(rf"\b{word}\b", a).start() == re.search(rf"\b{word}\b", b).start()  # type: ignore[union-attr]
    for n, (one, other) in enumerate([("will", "shall"), ("not", "   "), ("harbour", "harbor ")], 1):
        place = numbers.index(str(n))
        assert a[place:].startswith(one)
        assert b[place:].startswith(other)


def test_each_edit_has_its_number_kind_and_severity() -> None:
    """The list below the texts explains every number."""
    found = score(A, B)
    lines = _lines(A, B)
    for n, edit in enumerate(found.edits, 1):
        line = next(line for line in lines if line.startswith(f"{n}  {edit.kind}"))
        assert f"{edit.severity:.2f}" in line
        assert f"{edit.a_text or '∅'} → {edit.b_text or '∅'}" in line


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS, st.sampled_from([40, 60, 80]), st.sampled_from(["en", "fr", "ar", "und"]))
def test_nothing_is_wider_than_the_terminal_and_no_word_is_lost(a: str, b: str, width: int, other: str) -> None:
    """Whatever the texts and the languages, lines fit and both texts can be read."""
    found = score(a, b, lang_b=other)
    printed = compared([("pair", a, b, found)], width=width, colour=False)
    assert all(columns(line) <= width for line in printed.splitlines())
    for word in {*a.split(), *b.split()}:
        assert "".join(c for c in word if c.isalnum()) in re.sub(r"[\s\W_]", "", printed)


def test_colours_add_nothing_but_colour() -> None:
    """Without its codes a coloured page is the plain one."""
    found = score(A, B)
    plain, coloured = (compared([("", A, B, found)], width=60, colour=colour) for colour in (False, True))
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain
    assert "\x1b[1;31m" in coloured


@pytest.mark.parametrize(
    ("a", "b"),
    [("我们将建成大桥" * 8, "我们不会建成大桥" * 8), ("سلام على الجميع اليوم", "سلام على القوم اليوم")],
)
def test_what_cannot_stand_in_columns_stands_in_brackets(a: str, b: str) -> None:
    """A line without spaces, or from right to left, is printed for itself with its differences in brackets."""
    printed = "".join(line.strip() for line in _lines(a, b, 40))
    assert "[" in printed


def test_a_control_character_steers_no_screen() -> None:
    """What a text holds is shown, not obeyed."""
    assert "\x1b" not in "".join(_lines("a \x1b[31m red word", "a red word"))


# -- a table for a paper -----------------------------------------------------------------------------------------------


def _latex(*names: str) -> str:
    return WRITERS["latex"]([(name, A, B, score(A, B)) for name in names])


def test_a_table_for_a_paper_has_a_line_a_pair_and_their_mean() -> None:
    """Every line has as many cells as the table has columns; a single pair has no mean."""
    table = _latex("p1", "p2")
    columns_ = len(re.search(r"tabular\}\{(\w+)\}", table).group(1))  # type: ignore[union-attr]
    lines = [line for line in table.splitlines() if line.endswith("\\\\")]
    assert [len(re.split(r"(?<!\\)&", line)) for line in lines] == [columns_] * 4
    assert [line.split(" ")[0] for line in lines] == ["pair", "p1", "p2", "mean"]
    assert "mean" not in _latex("p1")


def test_a_table_for_a_paper_has_the_signature_in_a_note() -> None:
    """Once for all pairs, and whole but for the places where TeX may break it."""
    note = re.sub(r"\\allowbreak\{\}", "", _latex("p1", "p2")).replace(r"\textbar{}", "|").replace(r"\_", "_")
    assert note.count(score(A, B).signature) == 1


def test_what_tex_would_read_as_a_command_is_escaped() -> None:
    """An id may hold any character."""
    table = WRITERS["latex"]([("50%_of \\{a}&b$#^~|<>\n", A, B, Divergence("", "a", "b", 0.5, 0.5, "altered"))])
    cell = (
        r"50\%\_of \textbackslash{}\{a\}\&b\$\#\textasciicircum{}\textasciitilde{}\textbar{}\textless{}\textgreater{} "
    )
    assert f"\n{cell} & altered & 0.50 & 0.50 \\\\\n" in table
