"""Drift and transmission: what may be said of the way between two articles, and when nothing may be."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from report_builders import Page

from quotealign.errors import InputMalformed
from quotealign.formats.drifts import drift_of, drift_record, transmission_of, transmission_record
from quotealign.model import Alignment, Article, Descent, Divergence, Drift, Edit, Kind, Quotation, Trace
from quotealign.pipeline import align, quotations_of
from quotealign.report import draw, render, table
from quotealign.scoring import drifts
from quotealign.scoring.drift import judge
from quotealign.scoring.traces import WEIGHTS, trace, traces_of


def traces(text: str, lang: str = "en") -> list[tuple[str, str]]:
    """Kind and words of the traces in an article of one text."""
    article = Article("x", text, lang)
    found = traces_of(article, quotations_of(article)[0])
    for t in found:
        (name, (start, end)) = t.places[0]
        assert name == "x"
        assert " ".join(text[start:end].split()) == t.text
    return [(t.kind, t.text) for t in found]


# -- traces in an article's own words --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "“We shall open the bridge in spring,” said he said before leaving.",
        "“We shall open the bridge in spring,” said Ann Lee said on Monday.",
        "“We shall open the bridge in spring,” Ann Lee said said on Monday.",
    ],
)
def test_a_clause_that_reports_twice_is_a_trace(text: str) -> None:
    """Machines render an inverted clause twice, once in each order; people who write English do not."""
    assert [kind for kind, _ in traces(text)] == ["doubled-tag"]


@pytest.mark.parametrize(
    "text",
    [
        "“We shall open the bridge in spring,” said Ann Lee.",
        "“We shall open the bridge in spring,” Ann Lee said. She said it would be free.",
        "“We shall open the bridge in spring,” said the woman said to be their leader.",
        "Ann Lee said he said the bridge would be free.",
        "“We shall open the bridge,” Ann Lee said, claiming he had never seen it.",
        "“We shall open the bridge in spring,” for her part, the mayor said.",
        "“We shall open the bridge in spring,” said one of them.",
    ],
)
def test_clauses_at_home_are_no_trace(text: str) -> None:
    """An inverted name, two clauses in a row and a passive are plain English."""
    assert traces(text) == []


def test_an_english_clause_in_a_foreign_order_is_a_trace() -> None:
    """A pronoun behind its verb, or an adverbial before a verb whose subject follows, came from elsewhere."""
    assert traces("“We shall open the bridge in spring,” said she.") == [("tag-order", "said she")]
    found = traces("“We shall open the bridge in spring”, for her part added the mayor Ann Lee.")
    assert found == [("tag-order", "for her part added the mayor Ann Lee")]


@pytest.mark.parametrize(
    ("lang", "foreign", "native"),
    [
        ("fr", "« Nous ouvrirons le pont au printemps », Anne Leroy affirme.", "affirme Anne Leroy"),
        ("de", "„Wir öffnen die Brücke im Frühling“, Anna Lehr sagte.", "sagte Anna Lehr"),
        ("es", "“Abriremos el puente en primavera”, Ana Lara dijo.", "dijo Ana Lara"),
        ("it", "«Apriremo il ponte in primavera», Anna Lari afferma.", "afferma Anna Lari"),
        ("nl", "“Wij openen de brug in het voorjaar”, Anna Laar zei.", "zei Anna Laar"),
    ],
)
def test_where_the_verb_comes_first_the_subject_before_it_is_the_trace(lang: str, foreign: str, native: str) -> None:
    """What is at home in English is a calque where the verb is first, and the other way round."""
    assert [kind for kind, _ in traces(foreign, lang)] == ["tag-order"]
    clause = foreign.rpartition(", ")[2].rstrip(".")
    assert traces(foreign.replace(clause, native), lang) == []


def test_a_country_with_an_article_is_a_trace_unless_a_noun_follows() -> None:
    """“of the Chile.” is French or Spanish; the Chile team is English."""
    assert traces("It is a large customer of the Chile.") == [("article", "the Chile")]
    assert traces("He trains the Chile team in the Gambia.") == []
    assert traces("They ate the turkey.") == []


@pytest.mark.parametrize(
    ("lang", "text", "kind", "words"),
    [
        ("en", "Translated from the French by Ann Lee.", "mention", "Translated from the French"),
        ("en", "“We shall come,” Ann Lee said through an interpreter.", "mention", "through an interpreter"),
        ("en", "“We shall come,” Ann Lee said in Arabic.", "original-language", "in Arabic"),
        (
            "en",
            "This article was originally published in German.",
            "original-language",
            "originally published in German",
        ),
        ("en", "“We shall come,” Ann Lee said in English.", "own-language", "in English"),
        ("fr", "« Nous viendrons », a dit Anne Leroy en anglais.", "original-language", "en anglais"),
        ("fr", "Traduit de l'anglais par Anne Leroy.", "mention", "Traduit de l'anglais"),
        ("de", "„Wir kommen“, sagte Anna Lehr auf Englisch.", "original-language", "auf Englisch"),
        ("de", "Aus dem Englischen von Anna Lehr.", "mention", "Aus dem Englischen"),
        ("es", "“Vendremos”, dijo Ana Lara en francés.", "original-language", "en francés"),
        ("es", "Traducido del inglés por Ana Lara.", "mention", "Traducido del inglés"),
        ("it", "«Verremo», ha detto Anna Lari in inglese.", "original-language", "in inglese"),
        ("it", "Tradotto dall'inglese da Anna Lari.", "mention", "Tradotto dall'inglese"),
        ("pt", "“Viremos”, disse Ana Lara em francês.", "original-language", "em francês"),
        ("nl", "“Wij komen,” zei Anna Laar via een tolk.", "mention", "via een tolk"),
        ("nl", "“Wij komen,” zei Anna Laar in het Engels.", "original-language", "in het Engels"),
    ],
)
def test_what_says_that_words_were_translated_is_found(lang: str, text: str, kind: str, words: str) -> None:
    """A note on the translation, an interpreter, the language that was spoken."""
    assert traces(text, lang) == [(kind, words)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "“We shall come,” said Ann Lee, a name in French politics."),
        ("en", "“The book was translated from the French,” Ann Lee said."),
        ("en", "She has lived in French Guiana."),
        ("fr", "« We shall come », a dit Anne Leroy (en anglais dans le texte)."),
        ("fr", "Cela se traduit par une hausse."),
    ],
)
def test_what_only_looks_like_a_mention_is_none(lang: str, text: str) -> None:
    """Politics, a quoted remark, a country, words left as they were spoken."""
    assert traces(text, lang) == []


# -- between two articles --------------------------------------------------------------------------------------------

BRIDGE = (
    "We will finish the new bridge before the end of the year and nobody in this valley will have to pay for it",
    "We shall complete the new bridge prior to the end of the year and no one in this valley must pay for it",
)
SCHOOL = (
    "The school on the hill needs a larger garden and quiet rooms for the youngest children",
    "The school on the hill needs a bigger garden and calm rooms for the youngest children",
)
RIVER = (
    "Our river is cleaner today than it was in the time of my grandparents and the fish are coming back",
    "Our river is cleaner now than it was in the days of my grandparents and the fish are coming home",
)
TALK = (BRIDGE, SCHOOL, RIVER)


def report(name: str, quoted: Sequence[str], tag: str = "Ann Lee said", **header: str) -> Article:
    """An article in which Ann Lee says these things, the first with this tag."""
    tags = [tag, *["Ann Lee said"] * (len(quoted) - 1)]
    lines = [f"“{text},” {said} on Monday." for text, said in zip(quoted, tags, strict=True)]
    return Article(name, "Mayor Ann Lee spoke in the town hall.\n" + "\n".join(lines) + "\n", "en", **header)


def original(name: str, *numbers: int, **header: str) -> Article:
    return report(name, [TALK[n][0] for n in numbers], **header)


def reworded(name: str, *numbers: int, tag: str = "Ann Lee said", **header: str) -> Article:
    return report(name, [TALK[n][1] for n in numbers], tag, **header)


DOUBLED = "said Ann Lee said"


def drift(*articles: Article) -> Drift:
    """The drift between the first two of some articles."""
    return next(d for d in align(articles).drifts if {d.a, d.b} == {articles[0].id, articles[1].id})


def test_several_reworded_quotations_and_a_trace_of_its_own_make_a_translation() -> None:
    """The article with the doubled tag reads as the translated one, and each piece of evidence says where it stands."""
    a, b = original("plain", 0, 1), reworded("odd", 0, 1, tag=DOUBLED)
    found = drift(a, b)
    assert (found.verdict, found.translated, len(found.shared)) == ("translation", "odd", 2)
    assert 0 < found.strength < 1
    assert {t.kind for t in found.traces} >= {"doubled-tag", "run"}
    assert all(t.places for t in found.traces)


def test_the_same_in_the_other_order_is_the_same() -> None:
    """Which article comes first decides nothing."""
    a, b = original("plain", 0, 1), reworded("odd", 0, 1, tag=DOUBLED)
    one, other = drift(a, b), drift(b, a)
    assert (one.verdict, one.strength, one.translated) == (other.verdict, other.strength, other.translated)


def test_rewording_alone_is_never_enough() -> None:
    """A free paraphrase looks the same: without a trace in the articles' own words nothing is decided."""
    found = drift(original("plain", 0, 1, 2), reworded("other", 0, 1, 2))
    assert (found.verdict, found.strength) == ("undetermined", 0)
    assert "paraphrase" in found.why
    assert any(t.kind == "run" for t in found.traces), "the evidence is listed all the same"


def test_one_shared_quotation_is_undetermined() -> None:
    """Even where the article has a trace of its own, and of course where nothing differs."""
    assert drift(original("plain", 0), reworded("odd", 0, tag=DOUBLED)).verdict == "undetermined"
    assert drift(original("plain", 0), original("same", 0)).verdict == "undetermined"


def test_what_an_article_does_elsewhere_counts_for_it() -> None:
    """With one quotation shared, the others that the article shares with a third complete the evidence."""
    odd, third = reworded("odd", 0, 1, tag=DOUBLED), original("third", 1)
    found = drift(original("plain", 0), odd, third)
    assert (found.verdict, found.translated) == ("translation", "odd")
    assert "elsewhere" in {t.kind for t in found.traces}


def test_long_stretches_in_the_same_words_are_editing() -> None:
    """Two translators never agree for twenty words; spelling, case and cuts are an editor's."""
    cut = report("cut", [BRIDGE[0], SCHOOL[0], RIVER[0].partition(" and the fish")[0]])
    found = drift(original("plain", 0, 1, 2), cut)
    assert (found.verdict, found.translated) == ("editing", None)
    assert {t.kind for t in found.traces} >= {"same-words", "cut"}


def test_a_copy_of_a_translation_is_no_second_translation() -> None:
    """What both have was there before: between the two lies an editor at most."""
    found = drift(reworded("odd", 0, 1, tag=DOUBLED), reworded("copy", 0, 1, tag=DOUBLED))
    assert (found.verdict, found.translated) == ("editing", None)
    assert "doubled-tag" not in {t.kind for t in found.traces}


def test_two_articles_of_one_outlet_say_so() -> None:
    """One house seldom translates itself: a weak piece of evidence, never a verdict."""
    one, other = original("one", 0, outlet="Post"), original("two", 0, outlet="POST")
    found = drift(one, other)
    assert "same-outlet" in {t.kind for t in found.traces}
    assert found.verdict == "undetermined"


def test_two_languages_need_no_further_evidence() -> None:
    """What passed into another language was translated."""
    quotation = Quotation("a.q", "a", "en", Kind.DIRECT, BRIDGE[0], ((0, len(BRIDGE[0])),))
    french = replace(quotation, id="b.q", article="b", lang="fr", text="Nous finirons le pont", spans=((0, 21),))
    articles = [Article("a", BRIDGE[0], "en"), Article("b", "Nous finirons le pont", "fr")]
    (found,) = drifts(articles, [quotation, french], [], [Divergence("c", "a.q", "b.q", 0.9, 0.0, "translated")])
    assert (found.verdict, found.translated) == ("translation", None)


def test_whose_wording_stands_alone_is_told_by_a_third() -> None:
    """Where two of three agree, the trace points to the one that does not."""
    found = drift(original("plain", 1), reworded("odd", 1), original("third", 1))
    assert {t.side for t in found.traces if t.kind == "run"} == {"odd"}


def test_kinds_of_edit_that_nobody_knows_do_no_harm() -> None:
    """A comparison made by a newer program is read as far as its kinds are known."""
    q = Quotation("a.q", "a", "en", Kind.DIRECT, BRIDGE[0], ((0, len(BRIDGE[0])),))
    r = replace(q, id="b.q", article="b")
    edit = Edit("something-new", ((0, 2),), ((0, 2),), 0.4, "We", "We")
    d = Divergence("c", "a.q", "b.q", 0.1, 0.4, "reworded", edits=(edit,))
    (found,) = drifts([Article("a", BRIDGE[0], "en"), Article("b", BRIDGE[0], "en")], [q, r], [], [d])
    assert found.verdict == "undetermined"
    assert found.traces == ()


def test_one_kind_of_evidence_cannot_pile_up() -> None:
    """A hundred calques weigh no more than a few, and evidence for both sides decides nothing."""
    many = [trace("calque", str(n), [("a", (n, n + 1))], side="a") for n in range(100)]
    assert judge("a", "b", ["c"], many).verdict == "undetermined"
    both = [trace("mention", "m", side="a"), trace("doubled-tag", "d", side="a")]
    both += [trace("run", str(n), cluster=f"c{n}") for n in range(3)]
    assert judge("a", "b", [], both).verdict == "translation"
    against = [trace("same-words", str(n), cluster=f"d{n}") for n in range(4)]
    assert judge("a", "b", [], [*both, *against]).verdict == "undetermined"


def test_copies_of_evidence_count_once() -> None:
    """The same trace found twice is one trace."""
    one = trace("run", "a → b", [("a", (0, 1))], cluster="c")
    assert judge("a", "b", ["c"], [one, one]).traces == (one,)


def test_every_kind_of_trace_weighs_something_and_has_a_limit() -> None:
    """No kind outweighs its own limit."""
    assert all(0 < weight <= most for _, weight, most, _ in WEIGHTS.values())


# -- who took it from whom -------------------------------------------------------------------------------------------


def descents(*articles: Article) -> dict[str, Descent]:
    """The descents in the one cluster of some articles, by article, sources and rivals as articles."""
    made = align(articles)
    (found,) = made.transmissions
    home = {q.id: q.article for q in made.quotations}
    return {
        home[d.witness]: replace(
            d, source=home[d.source] if d.source else None, rivals=tuple(home[r] for r in d.rivals)
        )
        for d in found.descents
    }


def dated(name: str, day: str, text: str = BRIDGE[0], **header: str) -> Article:
    return report(name, [text], published=day, outlet=header.pop("outlet", name), **header)


CHANGED = BRIDGE[0].replace("new bridge", "wooden bridge").replace("this valley", "the whole valley")


def test_the_earliest_near_witness_may_be_the_source() -> None:
    """Of two earlier ones with the same words it is the first; the second is named beside it."""
    found = descents(dated("c", "2021-03-04"), dated("b", "2021-03-03"), dated("a", "2021-03-02"))
    assert (found["c"].source, found["c"].rivals) == ("a", ("b",))
    assert found["b"].source == "a"
    assert found["a"].source is None
    assert found["a"].why == "nobody is earlier"


def test_a_tie_has_no_answer() -> None:
    """Two with the same words on the same day: either may be the source."""
    found = descents(dated("a", "2021-03-02"), dated("b", "2021-03-02"), dated("c", "2021-03-03"))
    assert found["c"].source is None
    assert set(found["c"].rivals) == {"a", "b"}
    assert found["a"].source is found["b"].source is None


def test_without_dates_there_is_no_answer() -> None:
    """Likeness has no direction; the nearest is named all the same."""
    found = descents(original("a", 0), original("b", 0))
    assert found["b"].source is None
    assert "date" in found["b"].why
    assert found["b"].rivals == ("a",)


def test_the_time_of_day_counts_where_both_have_one() -> None:
    """Nine o'clock in the west may be later than ten in the east."""
    early, late = "2021-03-02T10:00:00+05:00", "2021-03-02T09:00:00+01:00"
    assert descents(dated("a", early), dated("b", late))["b"].source == "a"
    assert descents(dated("a", early), dated("b", "2021-03-02"))["b"].source is None


def test_a_departure_that_only_two_share_tells() -> None:
    """Common truth proves nothing, a common departure does: of many earlier witnesses the one that has it."""
    plain = [dated(name, "2021-03-02") for name in ("a", "b", "c", "d")]
    found = descents(*plain, dated("e", "2021-03-03", CHANGED), dated("f", "2021-03-04", CHANGED))
    assert found["f"].source == "e"
    assert "wooden" in " ".join(found["f"].readings)
    assert found["f"].strength > descents(*plain[:1], dated("f", "2021-03-04"))["f"].strength


def test_copies_in_one_outlet_are_one_voice() -> None:
    """A reading that one outlet prints three times, and one other, is still one that two share."""
    plain = [dated(name, "2021-03-02") for name in ("a", "b", "c", "d")]
    copies = [dated(f"e{n}", f"2021-03-0{n}", CHANGED, outlet="E") for n in (3, 4, 5)]
    found = descents(*plain, *copies, dated("f", "2021-03-06", CHANGED))
    assert found["f"].source == "e3"
    assert found["f"].readings


def test_an_outlet_that_is_named_breaks_a_tie() -> None:
    """Who says where the words are from is believed."""
    named = dated("c", "2021-03-03")
    named = replace(named, text=named.text + "She spoke to the River Post.\n")
    found = descents(
        dated("a", "2021-03-02", outlet="River Post"), dated("b", "2021-03-02", outlet="Hill Herald"), named
    )
    assert found["c"].source == "a"
    assert "names" in found["c"].why


def test_what_is_far_or_short_has_no_answer() -> None:
    """Half of the words from elsewhere, or too few to tell."""
    far = BRIDGE[0].replace("before the end of the year and nobody in this valley", "soon because every village")
    assert "from elsewhere" in descents(dated("a", "2021-03-02"), dated("b", "2021-03-03", far))["b"].why
    (short,) = [
        d for n, d in descents(dated("a", "2021-03-02"), dated("b", "2021-03-03", "the new bridge")).items() if n == "b"
    ] or [None]
    assert short is None or short.source is None


def test_the_first_witness_is_named_only_where_all_dates_are_known() -> None:
    """An article without a date may have been the first."""
    known = align([dated("a", "2021-03-02"), dated("b", "2021-03-03")])
    assert known.transmissions[0].first == known.clusters[0].quotations[0]
    assert align([dated("a", "2021-03-02"), original("b", 0)]).transmissions[0].first is None


# -- kept and shown --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def town() -> Alignment:
    plain, odd = original("plain", 0, 1, published="2021-03-02"), reworded("odd", 0, 1, tag=DOUBLED)
    return align([plain, replace(odd, published="2021-03-03"), original("copy", 0, 1, published="2021-03-04")])


def test_reading_what_was_written_gives_the_same(town: Alignment) -> None:
    """Drift and transmission survive their records, through JSON."""
    for d in town.drifts:
        assert drift_of(json.loads(json.dumps(drift_record(d))), "here") == d
    for t in town.transmissions:
        assert transmission_of(json.loads(json.dumps(transmission_record(t))), "here") == t


def test_a_record_of_a_wrong_shape_is_answered_with_its_place() -> None:
    """Nobody has to guess which line is meant."""
    with pytest.raises(InputMalformed, match=r"here\.jsonl:3"):
        drift_of({"type": "drift", "a": "x"}, "here.jsonl:3")
    with pytest.raises(InputMalformed, match=r"here\.jsonl:3"):
        transmission_of({"cluster": "c", "descents": [{}]}, "here.jsonl:3")


def test_an_alignment_without_drift_is_still_one(town: Alignment) -> None:
    """Results of an earlier version have none: the page leaves the section out."""
    bare = replace(town, drifts=(), transmissions=())
    assert 'id="drift"' not in render(bare, version="1")
    assert draw(bare) == ""
    assert "translation" not in table(bare, width=100, colour=False)


def test_the_page_shows_the_evidence_and_leads_to_it(town: Alignment) -> None:
    """Every trace stands there with a link to its article, and the picture says in words what it shows."""
    page = Page(render(town, version="1"))
    assert page.unbalanced == []
    assert page.open == []
    assert "said Ann Lee said" in page.text
    assert "odd reads as the translated one" in " ".join(page.text.split())
    ids = set(page.all("id"))
    assert not [href for href in page.all("href") if href.startswith("#") and href[1:] not in ids]
    assert "odd and plain" in page.text or "plain and odd" in page.text


def test_the_table_tells_the_verdicts(town: Alignment) -> None:
    """One line a pair with a verdict; the others are counted."""
    text = table(town, width=100, colour=False)
    assert "plain and odd: translation" in text
    assert "plain and copy: editing" in text


def test_the_picture_stands_alone(town: Alignment) -> None:
    """The SVG is the same on every run and needs nothing from elsewhere."""
    picture = draw(town)
    assert picture == draw(town)
    assert picture.startswith("<svg xmlns=")
    assert "url(" not in picture


def test_two_languages_and_nothing_else_are_drawn_lightly(town: Alignment) -> None:
    """That two languages need a translation is no news: its line is thin, and the legend says what it stands for."""
    plain = Trace("languages", "translation", 2.0, "en, fr", "two languages")
    drift = replace(town.drifts[0], verdict="translation", strength=0.67, traces=(plain,))
    assert "two languages, nothing else tells" in draw(replace(town, drifts=(drift,)))
    assert "two languages, nothing else tells" not in draw(town)


def test_hostile_names_do_not_leave_their_place() -> None:
    """An outlet or a word of an article becomes no markup in the picture, the page or the table."""
    bad = "</svg><script>alert(1)</script>\x1b[31m"
    plain, odd = original("plain", 0, 1, outlet=bad), reworded("odd", 0, 1, tag=DOUBLED, outlet=bad + "2")
    made = align([plain, odd])
    worse = Trace("run", "translation", 0.3, bad, bad, (("plain", (0, 3)),), "c")
    made = replace(made, drifts=(replace(made.drifts[0], traces=(worse,)),))
    assert "<script" not in draw(made)
    assert "<script" not in render(made, version="1")
    assert "\x1b" not in table(made, width=100, colour=False)
