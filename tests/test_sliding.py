"""Of several places that an omission may have, the one at an edge of the text is taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotealign.scoring import score
from quotealign.text.alignment import slid


@pytest.mark.parametrize(
    ("source", "quotation", "gone"),
    [
        (
            "I like the mill, though not every stone of the mill",
            "I like the mill",
            ", though not every stone of the mill",
        ),
        ("The mill is old, but not all of the mill is old", "The mill is old", ", but not all of the mill is old"),
        ("We begin this spring and end next spring.", "We begin this spring.", "and end next spring"),
        ("The dam is old, and the dam is safe", "The dam is safe", "The dam is old, and"),
    ],
)
def test_the_end_was_cut_though_its_last_word_recurs(source: str, quotation: str, gone: str) -> None:
    """A word that stands twice does not make an omission in the middle of one at the end."""
    found = [edit for edit in score(source, quotation, names=()).edits if edit.a and not edit.b]
    assert [(edit.kind, edit.a_text) for edit in found] == [("truncation", gone)]


ROWS = st.lists(st.sampled_from(["a", "b", ",", "."]), max_size=12)


@given(ROWS, st.lists(st.booleans(), max_size=12))
def test_sliding_keeps_every_word_in_order_and_every_pair_equal(row: list[str], kept: list[bool]) -> None:
    """Whatever was left out, both rows stay whole, and as many equal words stand together as before."""
    kept = [*kept, *[True] * len(row)][: len(row)]
    rest = [word for word, stays in zip(row, kept, strict=True) if stays]
    places = iter(range(len(rest)))
    columns: list[tuple[int | None, int | None]] = [(i, next(places) if kept[i] else None) for i in range(len(row))]
    found = slid(columns, row, rest)
    assert [i for i, _ in found if i is not None] == list(range(len(row)))
    assert [j for _, j in found if j is not None] == list(range(len(rest)))
    assert all(row[i] == rest[j] for i, j in found if i is not None and j is not None)
    assert sum(None not in column for column in found) == len(rest)
