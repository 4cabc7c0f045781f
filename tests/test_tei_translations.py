"""Translations in TEI: the tags of witnesses that passed through another language, and who translated whom."""

from __future__ import annotations

from lxml import etree
from tei_builders import ID, N, quotation

from quotealign.formats import tei
from quotealign.formats.drifts import drift_of, drift_record
from quotealign.formats.records import cluster_record, quotation_record
from quotealign.formats.tei.cluster_reading import cluster_of
from quotealign.formats.tei.reading import quotations_of
from quotealign.formats.tei.segmentation import apparatus_in
from quotealign.formats.tei.validation import check_text
from quotealign.model import Alignment, Apparatus, Article, Cluster, Drift, Quotation, Token, Trace
from quotealign.model.drift import TRANSLATION, UNDETERMINED
from quotealign.pipeline import align
from quotealign.pipeline import quotations_of as found_in
from quotealign.scoring.traces import traces_of

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PAPERS = (
    Article("en", "“The Kattenburg bridge will cost 42 million euros and open in 2031,” Ingrid Solheim said.", "en"),
    Article("fr", "« Le pont Kattenburg coûtera 42 millions d’euros et ouvrira en 2031 », a dit Ingrid Solheim.", "fr"),
)


def papers(note: str = "") -> tuple[Article, ...]:
    return (PAPERS[0], Article("fr", f"{PAPERS[1].text}\n{note}", "fr"))


def is_valid(tree: etree._Element) -> bool:
    """Whether all is valid but that the files beside it are not there."""
    return {problem.what.rpartition(", and ")[2] for problem in check_text(etree.tostring(tree), "x.xml")} <= {
        "there is no such file"
    }


def trees(*given: Article) -> tuple[Alignment, etree._Element, etree._Element]:
    """The alignment, the file of its cluster and that of the second article, checked."""
    made = align(given)
    [cluster] = made.clusters
    by_id = {q.id: q for q in made.quotations}
    articles = {a.id: a for a in given}
    [apparatus] = made.apparatuses
    found = tei.cluster_tree(
        cluster, apparatus, made.divergences, articles=articles, quotations=by_id, version="1", drifts=made.drifts
    )
    own = tei.article_tree(given[1], made.quotations, version="1")
    for tree in (found, own):
        assert is_valid(tree)
    return made, found, own


def tags(tree: etree._Element) -> dict[str, str]:
    return {str(w.get(ID)).split(".w.")[1].split(".")[0]: str(w.get(LANG)) for w in tree.iterfind(".//t:witness", N)}


def links(tree: etree._Element) -> list[list[str]]:
    return [
        [end.split(".w.")[1].split(".")[0] for end in str(link.get("target")).split()]
        for link in tree.iterfind(".//t:linkGrp[@type='translation']/t:link", N)
    ]


def test_a_translation_has_the_language_that_it_came_from_in_its_tag() -> None:
    """The article says that it was translated; the tag stands on the witness and on its readings, and is declared."""
    made, tree, _ = trees(*papers("Traduit de l'anglais par Anne Leroy."))
    assert tags(tree) == {"en": "en", "fr": "fr-t-en"}
    assert links(tree) == [["en", "fr"]]
    assert tree.find(".//t:linkGrp", N).get("targFunc") == "source translation"
    assert "fr-t-en" in {language.get("ident") for language in tree.iterfind(".//t:langUsage/t:language", N)}
    seen = set()
    for reading in (*tree.iterfind(".//t:rdg", N), *tree.iterfind(".//t:lem", N)):
        [witness] = str(reading.get("wit")).split()
        if (reading.text or "").strip():
            seen.add((witness.split(".w.")[1].split(".")[0], reading.get(LANG)))
    assert seen == {("en", "en"), ("fr", "fr-t-en")}
    assert cluster_of(tree) == cluster_record(made.clusters[0])


def test_an_article_is_written_as_it_is_whoever_else_prints_its_words() -> None:
    """What the comparison tells stands in its own files: an article's file stays as it is when others come."""
    made, _, own = trees(*papers("Traduit de l'anglais par Anne Leroy."))
    alone = tei.article_tree(papers("Traduit de l'anglais par Anne Leroy.")[1], made.quotations, version="1")
    assert etree.tostring(own) == etree.tostring(alone)
    assert b"-t-" not in etree.tostring(own)
    assert quotations_of(own, "fr") == [quotation_record(q) for q in made.quotations if q.article == "fr"]


def test_without_a_trace_nobody_is_called_the_translated_one() -> None:
    """Two languages alone do not tell which of the two is the original; readings have their plain languages."""
    _, tree, _ = trees(*papers())
    assert tags(tree) == {"en": "en", "fr": "fr"}
    assert links(tree) == []
    assert {reading.get(LANG) for reading in tree.iterfind(".//t:rdg", N)} <= {"en", "fr", None}


def test_an_article_that_names_a_third_language_is_no_translation_of_the_other() -> None:
    _, tree, _ = trees(*papers("Traduit de l'espagnol par Anne Leroy."))
    assert tags(tree) == {"en": "en", "fr": "fr-t-es"}
    assert links(tree) == []


def test_a_name_that_goes_with_a_noun_names_no_language() -> None:
    """Translated by a French broadcaster says nothing of the language it was translated from."""

    def named(text: str) -> set[str | None]:
        article = Article("x", text, "en")
        return {trace.language for trace in traces_of(article, found_in(article)[0])}

    assert named("Translated from the French by Ann Lee.") == {"fr"}
    assert named("Translated by French broadcasters.") == {None}
    assert named("“We shall come,” Ann Lee said in Arabic.") == {"ar"}


def cluster_of_two(a: str, b: str, *drifts: Drift) -> etree._Element:
    articles = [Article(name, "We go now", lang) for name, lang in (("a", a), ("b", b))]
    both: list[Quotation] = [quotation(article, "We go now") for article in articles]
    table = tuple(((Token("We ", "we"),), (Token(word, word),), (Token(" now", "now"),)) for word in ("go", "come"))
    cluster = Cluster("c.1", tuple(q.id for q in both))
    tree = tei.cluster_tree(
        cluster,
        Apparatus("c.1", cluster.quotations, table),
        articles={x.id: x for x in articles},
        quotations={q.id: q for q in both},
        version="1",
        drifts=drifts,
    )
    assert is_valid(tree)
    [again] = apparatus_in(tree, "x", "x", lambda text: (Token(text, text),))
    assert [again.text_of(row) for row in range(2)] == ["We go now", "We come now"]
    return tree


def test_words_that_came_back_into_their_language_have_the_tag_and_no_link() -> None:
    """Nobody of the two prints the other language, so there is no translation to link."""
    spoken = Trace("original-language", TRANSLATION, 0.5, "in French", "", side="b", language="fr")
    drift = Drift("a", "b", TRANSLATION, 0.6, ("c.1",), "b", (spoken,))
    assert drift_of(drift_record(drift), "here") == drift
    tree = cluster_of_two("en", "en-GB", drift)
    assert tags(tree) == {"a": "en", "b": "en-GB-t-fr"}
    assert links(tree) == []


def test_no_tag_is_made_of_what_is_not_known() -> None:
    """Undetermined, of no known language, or of a tag that no extension can follow."""
    for a, b, verdict in (("en", "fr", UNDETERMINED), ("und", "fr", TRANSLATION), ("en", "fr-x-old", TRANSLATION)):
        tree = cluster_of_two(a, b, Drift("a", "b", verdict, 0.6, ("c.1",), "b"))
        assert tags(tree) == {"a": a, "b": b}
        assert links(tree) == []
