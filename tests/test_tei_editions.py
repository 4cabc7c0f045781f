"""TEI in every mode and with every option: valid, to the code point, and read back to the same records."""

from __future__ import annotations

import hashlib
import itertools
import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import tei_builders as build
from collation_builders import bells_resolved, hostile_apparatuses
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from tei_builders import N, body_text, quotation, two_papers
from test_schema import TEI_ALL, needs_jing, needs_tei_all

from quotealign.cli.main import main
from quotealign.errors import InputMalformed
from quotealign.formats import tei
from quotealign.formats.records import (
    apparatus_record,
    article_record,
    cluster_record,
    divergence_record,
    dump,
    quotation_record,
)
from quotealign.formats.tei import cluster_reading, leftover, reading
from quotealign.formats.tei.apparatus import apparatus_file
from quotealign.formats.tei.edition import Edition, read_template
from quotealign.formats.tei.elements import encodable
from quotealign.formats.tei.parsing import parse
from quotealign.formats.tei.serialisation import serialised
from quotealign.formats.tei.stream import write_each
from quotealign.formats.tei.validation import check, check_text, files
from quotealign.model import (
    Alignment,
    Apparatus,
    Article,
    Cluster,
    Descent,
    Drift,
    Kind,
    Link,
    Quotation,
    Speaker,
    Transmission,
)

BRIEFLY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
MODES = [Edition(), Edition(standoff=True), Edition(text=False)]
HOSTILE = st.one_of(st.just("\u202eabc \u05d0\u05d1 ]]> \x00\x1b \U0001f600" + "x" * 5000), st.text(max_size=200))


def written(article: Article, *quotations: Quotation, edition: Edition = MODES[0]) -> bytes:
    return serialised(tei.article_tree(article, quotations, version="1.0", edition=edition), where="x")


def tree(article: Article, *quotations: Quotation, edition: Edition = MODES[0]) -> etree._Element:
    return parse(written(article, *quotations, edition=edition), "x")


def resolved(root: etree._Element, pointer: str, text: str) -> str:
    """What a string-range points to in the article's own text."""
    found = reading._ranges(pointer)
    assert found
    return " ".join(text[start:end] for start, end in found)


@BRIEFLY
@given(build.hostile_alignments(), build.editions)
def test_every_file_in_every_mode_is_valid_and_read_back_to_the_same_records(
    alignment: Alignment, edition: Edition
) -> None:
    for article in alignment.articles:
        own = [q for q in alignment.quotations if q.article == article.id]
        data = written(article, *own, edition=edition)
        assert check_text(data, "x.xml") == ()
        root = parse(data, "x")
        expected = article_record(article)
        if not edition.text:
            text = expected.pop("text")
            sha = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
            expected |= {"text_length": len(text), "text_sha256": sha}
        assert _json(reading.article_of(root, "x")) == _json(expected)
        assert _json(reading.quotations_of(root, "x")) == _json([quotation_record(q) for q in own])


def _json(records: object) -> str:
    return json.dumps(records, sort_keys=True)


@BRIEFLY
@given(HOSTILE, st.sampled_from(MODES), st.data())
@example("\r\n\r", MODES[0], None)
def test_offsets_lead_to_exactly_the_quoted_words(text: str, edition: Edition, data: st.DataObject | None) -> None:
    article = Article("a", text)
    ends = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(ends, ends).map(sorted).map(tuple), min_size=1)) if data else [(0, 2)]
    found = build.placed(article, tuple(spans))
    root = tree(article, found, edition=edition)
    pointers = root.xpath("//t:spanGrp[@type='words']/t:span/@target | //t:annotation/@target", namespaces=N)
    assert [resolved(root, pointer, text) for pointer in pointers] == [found.text]
    assert body_text(root) == (encodable(text) if edition.text else "")


@needs_tei_all
@needs_jing
def test_every_mode_and_option_is_valid_against_tei_all(tmp_path: Path) -> None:
    count = 0

    @settings(
        max_examples=25,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(build.hostile_alignments(), build.editions, HOSTILE)
    def write_many(alignment: Alignment, edition: Edition, text: str) -> None:
        nonlocal count
        count += 1
        tei.write(related(alignment), tmp_path / str(count), version="0.1.0", edition=edition)
        single = ((article, ()) for article in (Article("t", text), Article("u", "x", "en")))
        list(write_each(single, tmp_path / f"{count}s", version="1", edition=edition))
        for apparatus in alignment.apparatuses:
            (tmp_path / f"{count}" / "one.xml").write_text(apparatus_file(apparatus, version="1"), encoding="utf-8")

    write_many()
    paths = [*tmp_path.rglob("*.xml")]
    problems = [str(p) for checked in check(p for p in paths if p.name != "one.xml") for p in checked.problems]
    assert problems == []
    checked = subprocess.run(["jing", TEI_ALL, *paths], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout[:2000]


def related(alignment: Alignment) -> Alignment:
    """The same alignment, its first two articles and witnesses related."""
    import dataclasses

    articles = [article.id for article in alignment.articles][:2]
    drifts = (
        [Drift(*articles, "translation", 0.6, (), which, why="run") for which in (None, articles[0])]
        if len(articles) > 1
        else []
    )
    [cluster] = alignment.clusters
    pairs = zip(cluster.quotations, cluster.quotations[1:], strict=False)
    descents = tuple(Descent(b, a, "it is near", strength=0.4) for a, b in pairs)
    return dataclasses.replace(alignment, drifts=tuple(drifts), transmissions=(Transmission(cluster.id, descents),))


# -- modes -------------------------------------------------------------------------------------------------------------

ARTICLE = Article("a", "One.\n\u201cGo,\u201d she said, \u201cor stay.\u201d", "en", published="2020-10-02")
GO = quotation(ARTICLE, "Go,", "or stay.", speaker=build.MAYOR, cue=build.passage(ARTICLE, "said"))


def test_stand_off_leaves_the_text_as_it_is_and_points_into_it() -> None:
    root = tree(ARTICLE, GO, edition=Edition(standoff=True))
    assert body_text(root) == ARTICLE.text
    assert root.find(".//t:said", N) is None
    [annotation] = root.iterfind(".//t:annotation", N)
    assert resolved(root, annotation.get("target"), ARTICLE.text) == GO.text
    assert annotation.find("t:ptr[@type='speaker']", N).get("target") == "#a.speaker-the-mayor"


def test_without_text_the_words_quoted_are_kept_and_no_other() -> None:
    data = written(ARTICLE, GO, edition=Edition(text=False)).decode()
    assert "One." not in data
    assert "Go, or stay." in data
    assert 'reason="rights" unit="characters" quantity="31"' in data
    assert ">eaaa" not in data
    assert reading.quotations_of(parse(data.encode(), "x"), "x") == [quotation_record(GO)]


def test_a_quotation_without_a_place_is_kept_with_its_words() -> None:
    found = Quotation("q1", "a", "en", Kind.DIRECT, "Come back")
    [annotation] = tree(ARTICLE, found).iterfind(".//t:annotation", N)
    assert (annotation.findtext("t:note", None, N), annotation.get("target")) == ("Come back", "#a.body")


def test_headers_say_who_publishes_on_what_conditions(tmp_path: Path) -> None:
    template = tmp_path / "header.toml"
    template.write_text(
        'publisher = "City Archive"\nplace = "Springfield"\ndate = "2026-11-22"\nrights = "with the papers"\n'
        'idno = "urn:x:{id}"\nfunder = "A Fund"\navailability = "https://example.org/by"\nstatus = "free"\n'
        '[[responsible]]\nname = "Ann Lee"\nresp = "selection"\nkind = "person"\nref = "https://example.org/ann"\n'
    )
    edition = read_template(template).said(publisher="The Library", idno=None)
    root = tree(ARTICLE, GO, edition=edition)
    statement = root.find(".//t:publicationStmt", N)
    assert statement.findtext("t:publisher", None, N) == "The Library"
    assert statement.findtext("t:idno", None, N) == "urn:x:a"
    assert statement.find("t:availability/t:licence", N).get("target") == "https://example.org/by"
    assert "Text of articles: with the papers" in [p.text for p in statement.iterfind("t:availability/t:p", N)]
    assert root.find(".//t:titleStmt/t:respStmt/t:persName", N).get("ref") == "https://example.org/ann"
    assert check_text(etree.tostring(root), "x") == ()


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("publisher = ", "", "not valid TOML"),
        ("place = 'x'\npublisher = x", ":2:13", "not valid TOML"),
        ("# a\npublishers = 'x'", ":2", "no key 'publishers'"),
        ("place = 'x'\n\npublisher = 3", ":3", "publisher is not a string"),
        ("status = 'mine'", ":1", "no status 'mine'"),
        ("[publisher]\nname = 'x'", ":1", "publisher is not a string"),
        ("place = 'x'\nresponsible = 'Ann'", ":2", "responsible is not a list"),
        ("[[responsible]]\nname = 'Ann'\nresp = 'x'\n[[responsible]]\nname = 'Ann'", ":4", "somebody responsible is"),
        ("[[responsible]]\nname = 'Ann'\nresp = 'x'\nkind = 'cat'", ":4", "no kind 'cat'"),
        ("[[responsible]]\nname = 'Ann'\nresp = 'x'\nref = 'ann'", ":4", "ref 'ann' is no address"),
    ],
)
def test_a_template_that_is_wrong_is_answered_in_one_sentence_with_its_line(
    tmp_path: Path, text: str, place: str, words: str
) -> None:
    path = tmp_path / "header.toml"
    path.write_text(text)
    with pytest.raises(InputMalformed, match=f"header.toml{place}: {words}"):
        read_template(path)


def test_relations_say_who_may_have_copied_and_what_may_be_a_translation(tmp_path: Path) -> None:
    tei.write(related(two_papers()), tmp_path, version="1")
    corpus = etree.parse(tmp_path / "corpus.xml")
    names = [(r.get("name"), r.get("cert")) for r in corpus.iterfind(".//t:relation", N)]
    assert names == [
        ("sharesQuotationWith", None),
        ("copiedFrom", "low"),
        ("isTranslated", "medium"),
        ("isTranslationOf", "medium"),
    ]
    assert [p for checked in check(files([str(tmp_path)])) for p in checked.problems] == []


# -- clusters ----------------------------------------------------------------------------------------------------------


@BRIEFLY
@given(
    build.hostile_alignments(), build.editions, st.dictionaries(HOSTILE, st.integers() | st.lists(HOSTILE), max_size=2)
)
def test_cluster_divergences_and_apparatus_are_read_back_as_they_were(
    alignment: Alignment, edition: Edition, evidence: dict[str, object]
) -> None:
    [cluster], [apparatus] = alignment.clusters, alignment.apparatuses
    links = tuple(Link(a, b, 0.51, evidence) for a, b in itertools.pairwise(cluster.quotations))
    cluster = replace(cluster, links=links, quotations=cluster.quotations[::-1])
    scores = [replace(one, evidence=evidence) for one in alignment.divergences]
    made = tei.cluster_tree(
        cluster,
        apparatus,
        [*scores, *scores[:1]],
        articles={article.id: article for article in alignment.articles},
        quotations={one.id: one for one in alignment.quotations},
        version="1",
        edition=edition,
    )
    data = serialised(made, where="x")
    [tree] = cluster_reading.clusters_in(parse(data, "x"))
    assert dump(cluster_reading.cluster_of(tree)) == dump(cluster_record(cluster))
    expected = [divergence_record(one) for one in [*scores, *scores[:1]]]
    assert [dump(one) for one in cluster_reading.divergences_of(tree)] == [dump(one) for one in expected]
    assert dump(cluster_reading.apparatus_of(tree) or {}) == dump(apparatus_record(apparatus))


@BRIEFLY
@given(hostile_apparatuses())
@example(bells_resolved())
def test_an_apparatus_in_which_words_changed_places_is_read_back_as_it_was(apparatus: Apparatus) -> None:
    made = tei.cluster_tree(Cluster("c.1", apparatus.witnesses), apparatus, articles={}, quotations={}, version="1")
    [tree] = cluster_reading.clusters_in(parse(serialised(made, where="x"), "x"))
    assert dump(cluster_reading.apparatus_of(tree) or {}) == dump(apparatus_record(apparatus))


def test_figures_places_and_reasons_stand_in_tei_itself() -> None:
    """The JSON in the header is only what TEI has no place for."""
    papers = two_papers()
    [cluster], [score] = papers.clusters, papers.divergences
    made = tei.cluster_tree(cluster, papers.apparatuses[0], [score], articles={}, quotations={}, version="1")
    record = dict(divergence_record(score))
    assert record["metrics"] == {"bleu": 61.23456, "chrF": 80.0}
    rest = leftover.rest_in(made)
    assert rest["divergences"][0][1] == {"metrics": record["metrics"]}  # more decimals than four
    assert "cluster" not in rest
    assert set(rest["apparatus"]) == {"table"}


def test_an_apparatus_that_somebody_has_corrected_is_told_and_not_given_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tei.write(two_papers(), tmp_path, version="1")
    [path] = tmp_path.glob("cluster*")
    assert main(["tei", "read", str(path), "-f", "apparatus"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
    path.write_text(path.read_text().replace("shall<", "will<").replace(" shall ", " will "))
    assert main(["tei", "read", str(path), "-f", "apparatus"]) == 3
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "no longer those that were compared; read it with -f collatex" in shown.err
    assert main(["tei", "read", str(path), "-f", "collatex"]) == 0


# -- many --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("silent", [False, True])
def test_articles_written_as_they_come_give_the_same_files(tmp_path: Path, silent: bool) -> None:
    papers = two_papers()
    council = Speaker("the council's \udc80", "The council", "group")
    third = Article("third", "\u201cWe differ,\u201d said the council.", "fr")
    said = () if silent else (*papers.quotations, quotation(third, "We differ,", speaker=council))
    alone = Alignment((*papers.articles, third), said, settings=papers.settings)
    tei.write(alone, tmp_path / "whole", version="1")
    found = ((a, [q for q in said if q.article == a.id]) for a in alone.articles)
    list(write_each(found, tmp_path / "each", version="1", settings=papers.settings))
    assert ("listOrg" in (tmp_path / "each" / "corpus.xml").read_text()) is not silent
    for path in (tmp_path / "whole").iterdir():
        assert (tmp_path / "each" / path.name).read_bytes() == path.read_bytes()


def test_an_article_is_there_before_the_next_one_is_read(tmp_path: Path) -> None:
    def found() -> object:
        yield Article("a", "x"), ()
        assert (tmp_path / "article.a.a..e3b0c442.xml").exists() or (tmp_path / "article.a.xml").exists()
        yield Article("b", "y"), ()

    assert len(list(write_each(found(), tmp_path, version="1"))) == 3  # type: ignore[arg-type]


@pytest.mark.parametrize("date", ["2026-02-30", "22.11.2026", "soon"])
def test_a_date_in_a_header_template_is_one(tmp_path: Path, date: str) -> None:
    """What is no year, month or day is told with its line; the three are taken."""
    template = tmp_path / "header.toml"
    template.write_text(f'publisher = "The Archive"\ndate = "{date}"\n', encoding="utf-8")
    with pytest.raises(InputMalformed) as told:
        read_template(template)
    assert told.value.where == f"{template}:2"
    for good in ("2026", "2026-11", "2026-11-22"):
        template.write_text(f'date = "{good}"\n', encoding="utf-8")
        assert read_template(template).date == good
