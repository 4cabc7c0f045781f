"""Collation: what a person who reads an apparatus relies on."""

from __future__ import annotations

import pytest

from quotealign.collation import collate, witness
from quotealign.errors import QuotealignError
from quotealign.languages import language
from quotealign.model import Apparatus
from quotealign.text.subwords import train

EN = language("en")


def _collate(*texts: str, segmentation: bool = True, base: str | None = None) -> Apparatus:
    witnesses = [witness("ABCDEF"[number], text) for number, text in enumerate(texts)]
    return collate(witnesses, language=EN, segmentation=segmentation, base=base)


def _readings(apparatus: Apparatus) -> list[tuple[str, ...]]:
    """The units that vary, each with its readings as printed."""
    return [
        tuple("".join(token.t for token in reading or ()).strip() for reading in apparatus.column(number))
        for number in range(apparatus.width)
        if apparatus.varies(number)
    ]


def test_three_witnesses_are_aligned_word_by_word() -> None:
    """What one has and another has not stands in a unit of its own."""
    apparatus = _collate("the black cat sat", "the white cat sat down", "the cat sat")
    assert _readings(apparatus) == [("black", "white", ""), ("", "down", "")]


def test_spelling_variants_and_inflections_stand_together() -> None:
    """A variant is the other word's partner, not an omission and an addition."""
    apparatus = _collate("It clearly reaffirms our defence ties", "It reaffirmed our defense ties")
    assert _readings(apparatus) == [("clearly", ""), ("reaffirms", "reaffirmed"), ("defence", "defense")]


def test_a_word_is_not_aligned_with_a_mark() -> None:
    """A comma and a name never stand in one unit."""
    apparatus = _collate("threats, and broader ones", "threats to broader ones")
    assert not any("," in readings and any(r.isalpha() for r in readings) for readings in _readings(apparatus))


def test_case_and_marks_print_but_do_not_vary() -> None:
    """Letters and quotation marks that differ in print only are no variation."""
    apparatus = _collate("Now more than ever, “we” stand", 'now more than ever, "we" stand')
    assert not any(apparatus.varies(number) for number in range(apparatus.width))
    assert apparatus.text_of(0) != apparatus.text_of(1)


def test_without_segmentation_each_word_is_a_unit() -> None:
    """Segmentation joins units; without it there is one a token, and the text is the same."""
    joined, single = _collate("a b c", "a b c"), _collate("a b c", "a b c", segmentation=False)
    assert (joined.width, single.width) == (1, 3)
    assert joined.text_of(0) == single.text_of(0)


def test_chinese_is_collated_by_subwords() -> None:
    """Words that the corpus shows to be words stand whole in a unit, and the witnesses come back."""
    phrases = [
        "我们将建成这座大桥。",
        "这座大桥很长",
        "市长不会增加税收",
        "北部的税收",
        "他说增加税收不会",
        "我们将去北部",
    ]
    subwords = train(a + b for a in phrases for b in phrases)
    texts = ["我们将建成这座大桥", "我们将不会建成这座大桥"]
    witnesses = [witness(name, text, subwords=subwords) for name, text in zip("AB", texts, strict=True)]
    assert [len(w.tokens) < len(w.text) for w in witnesses] == [True, True]
    apparatus = collate(witnesses)
    assert [apparatus.text_of(row) for row in (0, 1)] == texts
    assert _readings(apparatus) == [("", "不会")]


def test_space_around_the_text_belongs_to_the_witness() -> None:
    """Leading and trailing space come back, too."""
    text = " \n the  cat \u00a0"
    assert _collate(text).text_of(0) == text


def test_the_lemma_is_the_base_witness() -> None:
    """With a base text every unit's lemma is that witness's reading."""
    apparatus = _collate("the black cat", "the white cat", base="B")
    assert apparatus.lemma == (1,) * apparatus.width
    assert _collate("the black cat", "the white cat").lemma is None


@pytest.mark.parametrize(
    ("sigla", "base", "named"),
    [(("A", "A"), None, "'A'"), (("A", "B"), "C", "'C'")],
    ids=["one sigil twice", "no such base"],
)
def test_a_wrong_sigil_is_named(sigla: tuple[str, ...], base: str | None, named: str) -> None:
    """Two witnesses of one name, or a base text that is none of them, is an error in the user's words."""
    with pytest.raises(QuotealignError, match=named):
        collate([witness(sigil, "words") for sigil in sigla], base=base)


def test_nothing_to_collate_is_an_empty_apparatus() -> None:
    """No witness, or a witness without a word, breaks nothing."""
    assert collate([]).width == 0
    assert _collate("", "word").text_of(0) == ""
