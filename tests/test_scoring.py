"""Scoring: figures that others know, and edits that say what the figures do not."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

import pytest
from sacrebleu.metrics import BLEU, CHRF, TER

from quotealign.errors import NameUnknown
from quotealign.languages import language
from quotealign.model import Cluster, Divergence, Kind, Quotation
from quotealign.scoring import METRICS, measure, score, score_all, signature
from quotealign.scoring.layers import LAYERS, steps
from quotealign.scoring.lexicon import lexicon
from quotealign.scoring.metrics import Gauges, Texts
from quotealign.scoring.severity import GRAVE

A = "Now more than ever, our two nations are working closely together to tackle the challenges of this region"
PAIRS = [
    (A, A),
    (A, A.replace("tackle", "face").replace("closely together", "closely")),
    ("strong and here to stay", "strong and made to last"),
    ("the cat", "a dog barked loudly at the cat"),
    ("我们将建成大桥", "我们不会建成大桥"),
    ("word", ""),
]
SACREBLEU = {
    "bleu": lambda: BLEU(effective_order=True),
    "chrf": lambda: CHRF(),
    "chrf++": lambda: CHRF(word_order=2),
    "ter": lambda: TER(),
}


def _kinds(divergence: Divergence) -> list[str]:
    return [edit.kind for edit in divergence.edits]


@pytest.mark.parametrize("name", SACREBLEU)
@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_sacrebleu_s_numbers_are_sacrebleu_s(name: str, a: str, b: str) -> None:
    """BLEU, chrF, chrF++ and TER are the library's own, the first text being the reference."""
    own = SACREBLEU[name]().sentence_score(b, [a]).score
    assert measure(a, b, names=(name,)) == {name: round(own, 4)}


@pytest.mark.parametrize("name", SACREBLEU)
def test_a_number_travels_with_sacrebleu_s_signature(name: str) -> None:
    """Whoever has the signature can repeat the figure."""
    metric = SACREBLEU[name]()
    metric.sentence_score("a", ["a"])
    assert str(metric.get_signature()) in signature((name,))
    assert str(metric.get_signature()) in score("a", "b", names=(name,)).signature


def test_an_inserted_not_is_grave_though_chrf_stays_high() -> None:
    """Likeness is not severity: one word denies the whole."""
    a = "We will close the border to all those who come here without the papers that are asked for"
    b = a.replace("will close", "will not close")
    found = score(a, b)
    assert found.metrics["chrf"] > 90
    assert found.divergence < 0.1
    assert "negation" in _kinds(found)
    assert found.label == "altered"
    assert found.severity > score(a, a.replace("papers", "documents")).severity


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("our defence programme", "our defense program", "spelling"),
        ("The end of it", "the end of it", "case"),
        ("“we” stand - here", '"we" stand – here', "punctuation"),
        ("we do not know it", "we don’t know it", "contraction"),
        ("reaffirm(ing) our bond", "reaffirming our bond", "bracket"),
        ("twenty people came", "20 people came", "numeral"),
    ],
)
def test_what_only_looks_different_is_no_change(a: str, b: str, kind: str) -> None:
    """Spelling variants, case, marks, contractions and declared edits are named as such and weigh next to nothing."""
    found = score(a, b)
    assert set(_kinds(found)) == {kind}
    assert found.label in ("cosmetic", "spelling")
    assert found.severity < 0.05


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("the bridge was built in 2019 here", "the bridge was built in 2016 here", "number"),
        ("we may build the bridge here", "we must build the bridge here", "modality"),
        ("we met on Monday at noon", "we met on Friday at noon", "date"),
        ("we thank Miller for the bridge", "we thank Okafor for the bridge", "name"),
        ("this is a legal way out", "this is an illegal way out", "antonym"),
        ("all of them will come here", "some of them will come here", "quantifier"),
        ("a woman of 30-year-old habits", "a woman of 40-year-old habits", "number"),
        ("they paid nine dollars for it", "they paid nine euros for it", "unit"),
        ("a local matter for the court", "a national matter for the court", "contrast"),
        ("we are deeper in it than before", "we are shallower in it than before", "antonym"),
        ("we leave if the bank agrees to it", "we leave", "modality"),
    ],
)
def test_what_changes_the_meaning_is_altered(a: str, b: str, kind: str) -> None:
    """Numbers, moods, dates, names, opposites and quantities are named as such and are grave."""
    found = score(a, b)
    assert kind in _kinds(found)
    assert found.label == "altered"


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("we begin the work in the hall", "we started the work in the hall", "synonym"),
        ("we sell boats in the hall", "we sold boats in the hall", "tense"),
        ("it is a very long road to here", "it is a rather long road to here", "intensity"),
        ("the town is in the valley here", "the town is at the valley here", "function"),
        ("they gave it to us in the end", "they gave it to them in the end", "pronoun"),
        ("we met Karimov at the gate", "we met Karimow at the gate", "spelling"),
        ("the boat is two hundred years old", "the boat is 200 years old", "numeral"),
        ("we walked 10 kilometres in snow", "we walked 6.2 miles in snow", "numeral"),
        ("the health care of the poor", "the healthcare of the poor", "merge"),
        ("this is legal in the valley", "this is not illegal in the valley", "negation"),
        ("we said that he would come", "we said that [Harlow] would come", "bracket"),
        ("we was here [sic] in the spring", "we was here in the spring", "bracket"),
        ("We sell boats. They buy them", "We sell boats, they buy them", "merge"),
    ],
)
def test_what_a_rewording_leaves_is_named_and_not_grave(a: str, b: str, kind: str) -> None:
    """Synonyms, other times and degrees, converted figures and words run together do not change what was said."""
    found = score(a, b)
    assert kind in _kinds(found)
    assert found.severity < GRAVE


@pytest.mark.parametrize(
    ("b", "where"),
    [
        ("… to repair the old harbour wall", "at the beginning, marked by an ellipsis"),
        ("to repair the old harbour wall", "at the beginning, in silence"),
        ("We want to repair the old", "at the end, in silence"),
        ("We want […] the old harbour wall", "in the middle, marked by an ellipsis"),
    ],
)
def test_a_cut_says_where_it_is_and_whether_it_is_marked(b: str, where: str) -> None:
    """Head, middle or tail; an ellipsis owns up to it."""
    found = score("We want to repair the old harbour wall", b)
    assert [edit.why for edit in found.edits if edit.kind == "truncation"] == [f"left out {where}"]


def test_a_denial_in_two_words_is_one_edit() -> None:
    """The French ne … pas is one denial with two places, and ne alone is none."""
    found = score("il veut partir demain", "il ne veut pas partir demain", lang_a="fr", lang_b="fr")
    assert [(e.kind, e.b_text, len(e.b)) for e in found.edits] == [("negation", "ne … pas", 2)]
    found = score("il veut partir demain", "il ne veut plus partir demain", lang_a="fr", lang_b="fr")
    assert [(e.kind, e.b_text) for e in found.edits] == [("negation", "ne … plus")]
    assert score("je sais pas", "je ne sais pas", lang_a="fr", lang_b="fr").severity < GRAVE


@pytest.mark.parametrize(
    ("lang", "a", "b", "kind"),
    [
        ("fr", "les prix augmentent partout", "les prix baissent partout", "antonym"),
        ("de", "die Preise steigen überall", "die Preise sinken überall", "antonym"),
        ("es", "los precios suben por todas partes", "los precios bajan por todas partes", "antonym"),
        ("fr", "nous voulons aider la ville", "nous voulons soutenir la ville", "synonym"),
        ("de", "wir wollen der Stadt helfen", "wir wollen der Stadt beistehen", "synonym"),
        ("es", "queremos empezar la obra", "queremos comenzar la obra", "synonym"),
    ],
)
def test_lists_serve_other_languages(lang: str, a: str, b: str, kind: str) -> None:
    """French, German and Spanish have opposites and synonyms of their own."""
    assert _kinds(score(a, b, lang_a=lang, lang_b=lang)) == [kind]


def test_each_severity_has_a_source() -> None:
    """An edit says whether readers gave its place in the order, or we."""
    found = score("we saw two old boats here", "we saw three old ships here [sic]")
    assert {edit.source for edit in found.edits} == {"news edits", "by order"}


def test_the_layers_can_be_shown_one_by_one() -> None:
    """Each layer names what it explains; what no layer explains is left for the wording."""
    a, b = "Our defence—they don't help", "our defense, they do not assist"
    shown = {step.name: [(e.kind, e.b_text) for e in step.explained] for step in steps(a, b, language("en"))}
    assert list(shown) == [*(name for name, _ in LAYERS), "wording"]
    assert shown["case and contractions"] == [("case", "our"), ("contraction", "do not")]
    assert shown["spelling variants"] == [("spelling", "defense")]
    assert shown["wording"] == [("synonym", "assist")]


def test_what_the_layers_explain_is_gone_from_both_texts() -> None:
    """Texts that differ in form only are the same behind the last layer."""
    last = steps("Our “defence” [sic] now", "our defense now", language("en"))[-1]
    assert last.a == last.b
    assert last.explained == ()


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Two men are not carrying the piano upstairs.", "Three women sell fresh bread at the old market."),
        (
            "The minister opened a hospital in Lisbon on Monday.",
            "A dog never sleeps while the neighbours close their shops.",
        ),
    ],
)
def test_nothing_is_claimed_of_texts_that_have_nothing_in_common(a: str, b: str) -> None:
    """Opposites, figures and denials between unlike texts are there by chance: they are no alarm, from either side."""
    for one, other in ((a, b), (b, a)):
        found = score(one, other)
        assert found.label == "undetermined"
        assert found.severity < GRAVE
        assert {edit.kind for edit in found.edits} <= {"unrelated", "insertion", "deletion", "punctuation"}
        assert found.evidence["common"]["words"] == 0


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("yes", "no"),
        ("The harbour will be open", "The harbour will be closed"),
        ("It is not as easy as we had been told", "It is as cold as we had been promised"),
        ("open on Monday", "closed on Friday"),
    ],
)
def test_short_texts_and_texts_of_one_frame_are_compared(a: str, b: str) -> None:
    """Few words in common are too few only where there are enough of them."""
    assert score(a, b).label == "altered"


def test_two_quotations_run_together_are_a_merge() -> None:
    """Where one article prints as one quotation what another prints as two, nothing was cut: from either side."""
    one, two = "We will build the bridge this year", "the school must wait until the council has met"
    members = [
        Quotation("x1", "x", "en", Kind.DIRECT, one),
        Quotation("y1", "y", "en", Kind.DIRECT, f"{one}, {two}"),
        Quotation("x2", "x", "en", Kind.DIRECT, two),
        Quotation("z1", "z", "en", Kind.DIRECT, one),
    ]
    found = {(d.a, d.b): d for d in score_all(Cluster("c", tuple(q.id for q in members)), members)}
    merged = {pair for pair, d in found.items() if "merge" in _kinds(d)}
    assert merged == {("x1", "y1"), ("y1", "x2")}
    assert [e.why for e in found["x1", "y1"].edits] == ["two quotations run together as one"]
    assert _kinds(found["y1", "z1"]) == ["truncation"]


def test_words_left_out_at_the_end_are_a_trim() -> None:
    """A quotation cut short says less, not something else."""
    found = score(A, A[: A.index(" to tackle")])
    assert _kinds(found) == ["truncation"]
    assert found.label == "trimmed"


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_edits_are_places_in_both_texts(a: str, b: str) -> None:
    """Each edit's spans lie in its texts and hold the words that it names."""
    for edit in score(a, b).edits:
        for text, spans, printed in ((a, edit.a, edit.a_text), (b, edit.b, edit.b_text)):
            assert "".join("".join(text[s:e] for s, e in spans).split()) == "".join(printed.split())
        assert edit.why
        assert 0 <= edit.severity <= 1


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_the_divergence_is_a_share_and_does_not_depend_on_who_is_first(a: str, b: str) -> None:
    """How much changed is the same seen from either side, 0 for the same words and at most 1."""
    there, back = score(a, b).divergence, score(b, a).divergence
    assert there == back
    assert 0 <= there <= 1
    assert score(a, a).divergence == 0


def test_the_same_words_are_verbatim() -> None:
    """Nothing is found between a text and itself."""
    found = score(A, A)
    assert (found.label, found.edits, found.severity) == ("verbatim", (), 0.0)


EN_FR = {"lang_a": "en", "lang_b": "fr"}


def test_two_languages_are_not_charged_word_by_word() -> None:
    """A translation has no edits of words, and says what its figure rests on."""
    a = "In May the council of Lisbon will inaugurate two modern bridges"
    found = score(a, "En mai, le conseil de Lisbonne inaugurera deux ponts modernes", **EN_FR)
    assert (found.label, found.edits) == ("translated", ())
    assert found.evidence["rests_on"] == {
        "numbers": ["two = deux"],
        "names": ["Lisbon = Lisbonne"],
        "cognates": ["inaugurate = inaugurera", "modern = modernes"],
    }
    assert found.divergence < 0.5


def test_another_number_is_seen_in_another_language() -> None:
    """Two bridges are not three, in whichever language."""
    a = "In May the council of Lisbon will inaugurate two modern bridges"
    found = score(a, "En mai, le conseil de Lisbonne inaugurera trois ponts modernes", **EN_FR)
    assert (found.label, [(e.kind, e.a_text, e.b_text) for e in found.edits]) == (
        "altered",
        [("number", "two", "trois")],
    )
    assert found.severity > 0.5


def test_too_little_in_common_is_undetermined() -> None:
    """Without names, figures or words of one origin nothing is claimed."""
    found = score("We will build the bridge", "Nous allons construire le pont", **EN_FR)
    assert (found.label, found.evidence) == ("undetermined", {"rests_on": {}})


def test_strangers_in_two_languages_diverge_more_than_a_translation() -> None:
    """A figure above one half where nothing supports the pair, below where much does."""
    a = "The minister of finance presented the annual budget in Geneva"
    same = score(a, "Le ministre des finances a présenté le budget annuel à Genève", **EN_FR)
    other = score(a, "Il pleut depuis hier soir, et la mer du Nord est mauvaise", **EN_FR)
    assert same.divergence < 0.5 < other.divergence


def test_every_metric_measures_and_says_what_it_is_not_for() -> None:
    """Each name in the table can be computed, signed and explained."""
    run = [Texts(A, A + str(n)) for n in range(9)]

    class Same:
        name, floor = "same", 0.0

        def encode(self, texts: Sequence[str]) -> list[list[float]]:
            return [[1.0] for _ in texts]

    for name, metric in METRICS.items():
        gauges = Gauges((name,), run, encoder=Same())
        assert gauges.measure(Texts(A, A))[name] in (0, 1, 100)
        assert gauges.signature.partition("=")[0] == name
        assert name in signature((name,))
        assert metric.good_for
        assert metric.not_for


def test_an_unknown_metric_is_answered_with_the_known_ones() -> None:
    """A wrong name is met with the right ones."""
    with pytest.raises(NameUnknown, match="bleu, chrf"):
        measure("a", "b", names=("meteor",))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("No tax increases are planned", "Tax increases are planned"),
        ("We will leave, but not now", "We will leave"),
        ("She can't go", "She can go"),
    ],
)
def test_a_denial_cut_off_at_the_edge_is_a_denial(a: str, b: str) -> None:
    """Words cut at an edge that deny what stays change the meaning, in either order of the two texts."""
    assert {score(a, b).label, score(b, a).label} == {"altered"}


def test_a_sentence_cut_off_takes_its_denial_along() -> None:
    """A whole sentence left out is a trim, though it holds a not."""
    assert score("We won. That is not all.", "We won.").label == "trimmed"


@pytest.mark.parametrize(("a", "b"), [("I don't know", "I do not know"), ("We're late", "We are late")])
def test_a_contraction_is_the_words_that_it_stands_for(a: str, b: str) -> None:
    """One edit, and a harmless one, tells a contraction from its words."""
    found = score(a, b)
    assert found.label == "cosmetic"
    assert [edit.kind for edit in found.edits] == ["contraction"]


def test_a_word_that_moved_has_moved() -> None:
    """A word that stands elsewhere in the other text is no other word."""
    kinds = {
        edit.kind: (edit.a_text, edit.b_text)
        for edit in score("They agreed clearly on it", "The plan clearly agrees on it").edits
    }
    assert kinds["transposition"] == ("agreed", "agrees")


@pytest.mark.parametrize("code", ["en", "fr", "de", "es"])
def test_no_pair_of_words_is_called_the_same_and_another(code: str) -> None:
    """What stands in a group of synonyms is neither opposed nor another one of a set."""
    known = lexicon(language(code))
    groups = ([*map(known.key, group)] for group in language(code).relations.synonyms)
    pairs = [(x, y) for group in groups for x, y in combinations(group, 2)]
    assert len(pairs) > 200
    assert [pair for pair in pairs if known.antonyms(*pair) or known.contrast(*pair)] == []


@pytest.mark.parametrize("code", ["en", "fr", "de", "es"])
def test_relations_do_not_depend_on_the_order_of_two_words(code: str) -> None:
    """From a to b, the kind of an edit is that from b to a."""
    words = [word for sides in language(code).relations.opposites[:200:5] for side in sides for word in sorted(side)]
    for a, b in pairwise(words):
        there = score(f"so {a} it", f"so {b} it", lang_a=code, lang_b=code)
        back = score(f"so {b} it", f"so {a} it", lang_a=code, lang_b=code)
        assert sorted(_kinds(there)) == sorted(_kinds(back))


@pytest.mark.parametrize(
    ("whole", "label"),
    [
        ("We mended the roof, and now they say we never came", "trimmed"),
        ("We mended the roof, but not in time", "altered"),
    ],
)
def test_a_denial_in_a_clause_of_its_own_goes_with_its_clause(whole: str, label: str) -> None:
    """What is cut behind the words that stay alters them only where it says something of them."""
    assert score(whole, "We mended the roof", lang_a="en", lang_b="en").label == label
