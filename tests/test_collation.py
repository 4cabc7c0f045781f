"""Collation: what a person who reads an apparatus relies on."""

from __future__ import annotations

import json
import os
from itertools import combinations, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotealign.collation import collate, witness
from quotealign.errors import NameUnknown, QuotealignError
from quotealign.formats.collatex import Reader
from quotealign.languages import language
from quotealign.model import Apparatus, Token, Transposition, Witness
from quotealign.text.alignment import align, align_pairs, pairs
from quotealign.text.alignment.gains import gains
from quotealign.text.alignment.paths import Table
from quotealign.text.subwords import train

EN = language("en")


def _collate(*texts: str, **ways: Any) -> Apparatus:
    witnesses = [witness("ABCDEF"[number], text) for number, text in enumerate(texts)]
    return collate(witnesses, language=EN, **ways)


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


# -- words that changed places ---------------------------------------------------------------------------------------

MOVED = ("In spring the council opens the bridge.", "The council opens the bridge in spring.")


def test_a_phrase_that_moved_is_linked() -> None:
    """The phrase, not its words one by one, is linked to where the other witness has it."""
    apparatus = _collate(*MOVED)
    assert apparatus.transpositions == (Transposition((0, 1), (2, 3), (0,), (1,)),)
    assert _readings(apparatus) == [("In spring", ""), ("", "in spring")]


def test_a_moved_phrase_can_be_shown_where_the_others_have_it() -> None:
    """Resolved, both stand in one unit; the text of each witness is still its own."""
    apparatus = _collate(*MOVED, transpositions="resolve")
    assert not any(apparatus.varies(number) for number in range(apparatus.width))
    assert apparatus.transpositions[0].resolved
    assert tuple(apparatus.text_of(row) for row in (0, 1)) == MOVED


def test_what_has_no_room_stays_a_link() -> None:
    """Where a witness has other words at that place, its own are not pushed aside."""
    texts = ("bread for the harbour and peace", "peace for the harbour and roses", "bread for the harbour and peace")
    apparatus = _collate(*texts, transpositions="resolve")
    assert [t.resolved for t in apparatus.transpositions] == [False]
    assert tuple(apparatus.text_of(row) for row in range(3)) == texts


@pytest.mark.parametrize(
    "texts",
    [
        ("the bridge of the town", "of the bridge the town"),
        ("bridge " + "word " * 60 + "end", "word " * 60 + "bridge end"),
        ("the bridge is old", "the bridges are old, said the owner of the bridge"),
    ],
    ids=["function words", "far away", "its like stands there"],
)
def test_no_link_by_chance(texts: tuple[str, str]) -> None:
    """A function word alone, one word far away, and a word whose inflected form stands opposite have not moved."""
    assert not _collate(*texts).transpositions


def test_links_may_be_left_out() -> None:
    """Whoever wants no links gets the same units that there would be without them."""
    assert not _collate(*MOVED, transpositions="ignore").transpositions


# -- which reading is the base text ----------------------------------------------------------------------------------


def _base_text(apparatus: Apparatus) -> str:
    assert apparatus.lemma is not None
    cells = (apparatus.table[row or 0][number] for number, row in enumerate(apparatus.lemma))
    return "".join(token.t for cell in cells for token in cell or ()).strip()


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("majority", "the old bridge fell"),
        ("longest", "the very old bridge fell down"),
        ("earliest", "an old bridge fell"),
    ],
)
def test_a_lemma_is_found_by_a_named_policy(policy: str, expected: str) -> None:
    """Most witnesses, the longest witness, the first one given."""
    apparatus = _collate("an old bridge fell", "the very old bridge fell down", "the old bridge fell", lemma=policy)
    assert _base_text(apparatus) == expected


def test_the_earliest_is_known_by_its_date() -> None:
    """A date counts more than the order in which witnesses are given; one without a date comes last."""
    texts = {"undated": "", "later": "2024-05-02", "first": "2024-05-01"}
    witnesses = [Witness(text, witness(text, text).tokens, date) for text, date in texts.items()]
    assert collate(witnesses, lemma="earliest").lemma == (2,)


def test_an_unknown_policy_is_named() -> None:
    """With the names that there are."""
    with pytest.raises(NameUnknown, match=r"'newest'.*majority"):
        _collate("a", "b", lemma="newest")


# -- what may match --------------------------------------------------------------------------------------------------


def test_only_equal_words_match_where_nothing_near_is_wanted() -> None:
    """As CollateX does without near matching: what agrees with nothing stands as far left as it can."""
    texts = ("the mayors crossed bridges today", "the bridge today")
    assert _readings(_collate(*texts)) == [("mayors crossed", ""), ("bridges", "bridge")]
    assert _readings(_collate(*texts, near=False)) == [("mayors crossed bridges", "bridge")]


def test_a_caller_may_forbid_a_match() -> None:
    """With parts of speech, the verb is not put beside the noun of the same letters."""

    def tagged(sigil: str, *tokens: tuple[str, str]) -> Witness:
        return Witness(sigil, tuple(Token(f"{word} ", word, {"pos": pos}) for word, pos in tokens))

    witnesses = [
        tagged("A", ("they", "PRON"), ("report", "VERB")),
        tagged("B", ("a", "DET"), ("report", "NOUN")),
        tagged("C", ("a", "DET"), ("report", "NOUN")),
    ]

    def same_tag(one: Token, other: Token) -> bool:
        return one.properties["pos"] == other.properties["pos"]

    free, bound = collate(witnesses), collate(witnesses, may_match=same_tag)
    assert any(all(column) for column in zip(*free.table, strict=True))
    assert not any(all(column) for column in zip(*bound.table, strict=True))
    assert bound.table[1] == bound.table[2]


# -- a peer's own tests ----------------------------------------------------------------------------------------------

CASES = (
    Path(os.environ.get("QUOTEALIGN_SHARED", Path(__file__).parents[2] / "shared")) / "data" / "collatex.cases.jsonl"
)
EXPLAINED = {
    "java:AlignmentTest:additionInCombinationWithTransposition",
    "java:TranspositionRenderingTest:transposition1",
    "java:AlignmentTableTest:transpositionAndReplacement",
}
"""The tables that docs/collation.md says differ, and why."""


@pytest.mark.skipif(not CASES.exists(), reason="needs the cases of ../shared/data")
def test_the_tables_that_differ_from_a_peer_s_are_those_explained() -> None:
    """All tables of CollateX's tests but three, case and spaces aside."""
    differ = set()
    for line in CASES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        asked = {"id": case["id"], "segmentation": case["segmentation"], "near_match": case["near_match"]}
        with TemporaryDirectory() as folder:
            file = Path(folder) / "case.json"
            file.write_text(json.dumps({**asked, "witnesses": case["witnesses"]}), encoding="utf-8")
            (document,), _ = Reader(witness, print).documents([str(file)])
        found = collate(document.witnesses, segmentation=document.segmentation, near=document.near)
        cells = [["".join(t.t for t in cell or ()) for cell in row] for row in found.table]
        wanted = [[cell or "" for cell in row] for row in case["expected"]]
        if [list(map(_flat, row)) for row in cells] != [list(map(_flat, row)) for row in wanted]:
            differ.add(case["id"])
    assert differ == EXPLAINED


def _flat(cell: str) -> str:
    return "".join(cell.split()).lower()


# -- the best path ---------------------------------------------------------------------------------------------------

GAINS = st.integers(0, 6).flatmap(
    lambda width: st.lists(st.lists(st.integers(-3, 5), min_size=width, max_size=width), min_size=1, max_size=600)
)


@given(GAINS)
def test_the_best_path_gains_what_it_says(rows: list[list[int]]) -> None:
    """The pairs rise, gain together what the table promises, and no other path gains more (a plain table agrees)."""
    gains = np.array(rows, dtype=np.int32).reshape(len(rows), -1)
    height, width = gains.shape
    table = Table(lambda start, stop: gains[start:stop], height, width)
    pairs = table.path(lambda i, j: True)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(pairs))
    assert table.gain == table.gain_of(pairs) == sum(int(gains[pair]) for pair in pairs)
    best = [[0] * (width + 1) for _ in range(height + 1)]
    for i in range(height):
        for j in range(width):
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], best[i][j] + rows[i][j])
    assert table.gain == best[-1][-1]


ROWS = st.lists(
    st.sampled_from(["the", "bridge", "bridges", "brigde", ",", "two", "2", "colour", "color", "of"]), max_size=9
)


@given(ROWS, ROWS)
def test_two_long_rows_are_aligned_as_two_short_ones(first: list[str], second: list[str]) -> None:
    """The way that spares memory finds the same pairs."""
    rows = tuple(first), tuple(second)
    if first and second and rows[0] != rows[1]:
        longer, shorter = sorted(rows, key=lambda row: (-len(row), row))
        short = [(i, j) for i, j in align([longer, shorter], EN) if i is not None and j is not None]
        assert pairs._long(longer, shorter, EN) == short


@given(st.lists(st.tuples(ROWS, ROWS), max_size=12))
def test_many_pairs_are_aligned_as_each_alone(some: list[tuple[list[str], list[str]]]) -> None:
    """Pairs that are aligned side by side do not see each other, whichever row of a pair comes first."""
    rows = [(tuple(first), tuple(second)) for first, second in some]
    assert align_pairs(rows, EN) == [align(pair, EN) for pair in rows]
    turned = align_pairs([(second, first) for first, second in rows], EN)
    assert [[(i, j) for j, i in columns] for columns in turned] == align_pairs(rows, EN)


# -- what a careful reader found ---------------------------------------------------------------------------------------


def test_two_moves_to_one_place_lose_nothing() -> None:
    """Where two links of a witness aim at one free place, the second stays a link."""
    texts = ("hope love", "love hope mercy", "mercy love")
    apparatus = _collate(*texts, transpositions="resolve")
    assert tuple(apparatus.text_of(row) for row in range(3)) == texts


def test_the_lemma_is_that_of_the_table_as_shown() -> None:
    """A phrase that most have, at two places, is the majority where the table shows it in one, in any order."""
    early, late = "At dawn the bells rang in the city.", "The bells rang in the city at dawn."
    for texts in (
        (early, early, late, late, "The bells rang in the city."),
        ("The bells rang in the city.", late, late, early, early),
    ):
        apparatus = _collate(*texts, transpositions="resolve", lemma="majority")
        assert _base_text(apparatus).lower().count("dawn") == 1


def test_a_filter_is_outvoted_by_nobody() -> None:
    """However many witnesses would have it so, and by rank as well as by likeness."""
    tokens = [Token("page ", "page", {"n": n}) for n in (1, *[2] * 30)]
    witnesses = [Witness(f"w{k}", (token,)) for k, token in enumerate(tokens)]

    def near(one: Token, other: Token) -> bool:
        return one.properties["n"] == other.properties["n"]

    for exact in (False, True):
        table = collate(witnesses, may_match=near, near=not exact).table
        assert not any(table[0][unit] and table[1][unit] for unit in range(len(table[0])))


def test_a_small_word_alone_has_not_moved_where_nobody_knows_which_are_small() -> None:
    """Without a language's data a short word makes no link; a longer one does."""
    short, long = (
        ("die Brücke am See steht da", "da die Brücke am See steht"),
        ("gestern fiel die Brücke", "die Brücke fiel gestern"),
    )
    found = [
        collate([witness(name, text) for name, text in zip("AB", pair, strict=True)]).transpositions
        for pair in (short, long)
    ]
    assert [len(links) for links in found] == [0, 1]


def test_refinement_mends_what_the_first_order_got_wrong() -> None:
    """Witnesses that are taken out and aligned anew gain more together."""
    rows = [tuple(t.split()) for t in ("x g a z", "a z e f a", "f y a x", "e x e y a f")]
    known = gains(sorted({n for row in rows for n in row}), EN)
    names = sorted({n for row in rows for n in row})

    def total(columns: list[tuple[int | None, ...]]) -> int:
        found = 0
        for column in columns:
            held = [names.index(rows[k][place]) for k, place in enumerate(column) if place is not None]
            found += sum(int(known[i, j]) for i, j in combinations(held, 2))
        return found

    assert total(align(rows, EN)) > total(_unrefined(rows))


def _unrefined(rows: list[tuple[str, ...]]) -> list[tuple[int | None, ...]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("quotealign.text.alignment.rows._ROUNDS", 0)
        return align(rows, EN)


def test_a_word_before_a_comma_is_aligned_with_the_same_word_before_a_stop() -> None:
    """Content words weigh more than marks and function words: they decide what stands together."""
    apparatus = _collate("the old, the grey harbour", "the grey. the harbour, old", segmentation=False)
    together = [tuple(t and t[0].n for t in apparatus.column(k)) for k in range(apparatus.width)]
    assert ("grey", "grey") in together
    assert ("harbour", "harbour") in together
