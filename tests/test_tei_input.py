"""TEI as input: plain articles, our own files, and apparatus of other editors."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import jsonschema
import pytest
import tei_builders as build
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tei_builders import two_papers

from quotealign.cli import main
from quotealign.collation import collate, witness
from quotealign.errors import InputMalformed
from quotealign.formats import records, tei
from quotealign.formats.articles import read
from quotealign.formats.collatex import dump_tables
from quotealign.formats.records import quotation_record
from quotealign.formats.shapes import json_schema
from quotealign.formats.tei.apparatus import apparatus_file
from quotealign.formats.tei.parsing import parse
from quotealign.formats.tei.segmentation import apparatus_in
from quotealign.formats.tei.validation import check_text
from quotealign.model import Apparatus, Article, Notice, Token

HEAD = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Bells</title></titleStmt>
<publicationStmt><p>none</p></publicationStmt><sourceDesc>{}</sourceDesc></fileDesc>
<profileDesc><langUsage><language ident="en">English</language></langUsage></profileDesc></teiHeader>
<text><body>{}</body></text></TEI>"""


def plain(body: str, source: str = '<bibl><date when="1999-05-01">May Day</date></bibl>') -> str:
    return HEAD.format(source, body)


def cut(text: str) -> list[Token]:
    words = text.split(" ")
    return [Token(word + " " * (n < len(words) - 1), word.lower()) for n, word in enumerate(words) if word]


def apparatus_of(text: str) -> Apparatus:
    [found] = apparatus_in(parse(text.encode(), "x.xml"), "x.xml", "x", cut)
    return found


def rows(found: Apparatus) -> dict[str, list[str | None]]:
    """For each witness its readings, as printed without outer space."""
    return {
        sigil: [None if cell is None else "".join(token.t for token in cell).strip() for cell in row]
        for sigil, row in zip(found.witnesses, found.table, strict=True)
    }


# -- articles ----------------------------------------------------------------------------------------------------------


def test_a_plain_article_gives_its_paragraphs_and_what_its_header_says(tmp_path: Path) -> None:
    path = tmp_path / "bells.xml"
    path.write_text(
        plain(
            "<head>The bells</head>\n  <div><p>They rang\n     <hi>at</hi> dawn.<note>Or noon.</note></p><!-- x -->\n"
            "<p>A <choice><sic>lowd</sic><corr>loud</corr></choice> sound.</p></div>"
        )
    )
    [article] = read([path])
    assert isinstance(article, Article)
    assert article.text == "The bells\n\nThey rang at dawn.\n\nA loud sound."
    assert (article.id, article.lang, article.title, article.published) == ("bells", "en", "Bells", "1999-05-01")


def test_our_own_files_give_the_articles_they_were_made_of(tmp_path: Path) -> None:
    papers = two_papers()
    tei.write(papers, tmp_path, version="1")
    assert sorted(a.id for a in read([tmp_path]) if isinstance(a, Article)) == ["courier one", "herald"]
    assert {a.id: a for a in read([tmp_path])} == {a.id: a for a in papers.articles}  # type: ignore[union-attr]


def test_a_file_without_an_article_is_told_when_it_is_named_and_passed_over_in_a_folder(tmp_path: Path) -> None:
    tei.write(two_papers(), tmp_path, version="1")
    (tmp_path / "feed.xml").write_text("<rss/>")
    assert not [found for found in read([tmp_path]) if isinstance(found, Notice)]
    [cluster] = tmp_path.glob("cluster.*.xml")
    (tmp_path / "old.xml").write_text("<TEI.2><text/></TEI.2>")
    (tmp_path / "group.xml").write_text(plain("").replace("<body></body>", "<group/>"))
    for name, why in (
        ("corpus.xml", "its articles are included by <xi:include>; name their files"),
        ("feed.xml", "its root is <rss>, not <TEI> of TEI P5; convert it"),
        ("old.xml", "its root is <TEI.2>, not <TEI>"),
        ("group.xml", "there is no <body> straight in a <text>"),
        (cluster.name, "its text is a collation, with <app>; read it with quotealign tei read -f collatex"),
    ):
        [notice] = read([tmp_path / name])
        assert isinstance(notice, Notice)
        assert f"no article in this file: {why}" in str(notice)


def test_a_bad_file_costs_no_other_article(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<!DOCTYPE TEI><TEI/>")
    (tmp_path / "b.xml").write_text(plain("<p>Fine.</p>"))
    notice, article = read([tmp_path])
    assert isinstance(notice, Notice)
    assert notice.skipped
    assert isinstance(article, Article)


def test_the_command_reads_back_what_align_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seeds = Path(__file__).parent.parent / "seeds"
    for mode in ([], ["--standoff"], ["--no-text"]):
        assert main(["align", str(seeds), "-o", str(tmp_path), *mode]) == 0
        capsys.readouterr()
        assert main(["validate", str(tmp_path / "tei")]) == 0
        for kind in ("quotations", "clusters", "divergences", "apparatus"):
            assert main(["tei", "read", str(tmp_path / "tei"), "-f", kind]) == 0
            assert capsys.readouterr().out == (tmp_path / f"{kind}.jsonl").read_text(encoding="utf-8")


def test_articles_are_written_one_by_one_from_any_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": "a", "text": "\\"We will stay,\\" Ann Lee said."}\n{"id": "b", "text": "Rain."}\n')
    assert main(["tei", "write", str(source), "-o", str(tmp_path / "tei"), "--publisher", "City Archive"]) == 0
    assert "3 TEI files" in capsys.readouterr().err
    assert main(["validate", str(tmp_path / "tei")]) == 0
    assert main(["tei", "read", str(tmp_path / "tei"), "-f", "articles"]) == 0
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == ["a", "b"]


def test_extract_finds_in_a_tei_file_what_it_finds_in_the_text(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    article = Article("a", '"We will stay," Ann Lee said.', "en")
    tei.write(build.Alignment((article,)), tmp_path, version="1")
    assert main(["extract", str(tmp_path / "article.a.xml")]) == 0
    [line] = capsys.readouterr().out.splitlines()
    assert json.loads(line)["spans"] == [[1, 14]]


def test_a_file_without_text_still_gives_its_quotations(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    papers = two_papers()
    tei.write(papers, tmp_path, version="1", edition=tei.Edition(text=False))
    assert main(["tei", "read", str(tmp_path / "article.herald.xml")]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    expected = [quotation_record(q) for q in papers.quotations if q.article == "herald"]
    assert found == json.loads(json.dumps(expected))
    [notice] = read([tmp_path / "article.herald.xml"])
    assert isinstance(notice, Notice)
    assert "leaves its article's text out" in notice.what


def test_an_article_left_out_is_a_record_with_the_checksum_of_its_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Such a record is valid, and whoever has the article puts the text in; another text is refused."""
    papers = two_papers()
    article = papers.articles[1]
    tei.write(papers, tmp_path, version="1", edition=tei.Edition(text=False))
    assert main(["tei", "read", str(tmp_path), "-f", "articles"]) == 0
    _, found = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert found["id"] == article.id
    assert found["text_length"] == len(article.text)
    assert found["text_sha256"] == hashlib.sha256(article.text.encode()).hexdigest()
    assert "text" not in found
    validator = jsonschema.Draft202012Validator(json_schema("article"))
    validator.validate(found)
    validator.validate(found | {"text": article.text})
    assert not validator.is_valid({name: value for name, value in found.items() if name != "text_sha256"})
    assert records.article_of(found | {"text": article.text}, "here") == article
    for wrong, said in (({}, "leaves its text out"), ({"text": "Another."}, "does not have the SHA-256")):
        with pytest.raises(InputMalformed, match=said):
            records.article_of(found | wrong, "here")


def test_a_file_that_has_neither_text_nor_checksum_gives_no_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of somebody else's text with a gap in it the rest is read."""
    tei.write(two_papers(), tmp_path, version="1", edition=tei.Edition(text=False))
    mine = tmp_path / "article.herald.xml"
    mine.write_text(mine.read_text("utf-8").replace('type="sha256"', 'type="md5"'), encoding="utf-8")
    assert main(["tei", "read", str(mine), "-f", "articles"]) == 2
    assert "its length or SHA-256 as well" in capsys.readouterr().err
    (tmp_path / "b.xml").write_text(plain("<p>Fine, <gap reason='rights'/> and well.</p>"))
    assert main(["tei", "read", str(tmp_path / "b.xml"), "-f", "articles"]) == 0
    assert json.loads(capsys.readouterr().out)["text"] == "Fine, and well."


# -- apparatus ---------------------------------------------------------------------------------------------------------

_cells = st.none() | st.sampled_from(["a ", "b c ", "- ", ", ", "\u00e9 "])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(_cells, _cells, _cells, _cells), min_size=2, max_size=4))
def test_our_own_apparatus_gives_every_witness_back(table: list[tuple[str | None, ...]]) -> None:
    made = build.apparatus("c.1", {f"w{row}": list(cells) for row, cells in enumerate(table)})
    found = apparatus_of(apparatus_file(made, version="1"))
    assert found.witnesses == made.witnesses
    for row in range(len(made.witnesses)):
        assert found.text_of(row) == made.text_of(row).strip()


_sentences = st.lists(st.sampled_from("the bells rang at dawn over old roofs".split()), min_size=3, max_size=8)


@st.composite
def _shuffled(draw: st.DrawFn) -> Apparatus:
    """The collation of a sentence and what became of it when some of its words were put elsewhere."""
    words = draw(_sentences)
    texts = [words]
    for _ in range(draw(st.integers(1, 2))):
        start = draw(st.integers(0, len(words) - 1))
        end = draw(st.integers(start + 1, len(words)))
        rest = words[:start] + words[end:]
        at = draw(st.integers(0, len(rest)))
        texts.append(rest[:at] + words[start:end] + rest[at:] + draw(st.sampled_from([[], ["again."]])))
    return collate(
        [witness(sigil, " ".join(text)) for sigil, text in zip("ABC", texts, strict=False)],
        segmentation=draw(st.booleans()),
        transpositions=draw(st.sampled_from(["mark", "resolve"])),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(_shuffled())
def test_a_table_comes_back_from_tei_unit_by_unit_with_the_words_that_changed_places(made: Apparatus) -> None:
    text = apparatus_file(made, version="1")
    assert check_text(text.encode(), "x") == ()
    [found] = apparatus_in(parse(text.encode(), "x"), "x", "x", lambda words: witness("", words).tokens)
    assert dump_tables([found]) == dump_tables([made])


def test_the_row_of_the_base_text_comes_back_from_tei() -> None:
    texts = ("the bells rang", "the bell rang", "the bell sang")
    made = collate([witness(sigil, text) for sigil, text in zip("ABC", texts, strict=True)], base="C")
    assert made.lemma is not None
    assert apparatus_of(apparatus_file(made, version="1")).lemma == made.lemma


def test_an_edition_with_a_base_text_gives_the_lemma_to_those_who_are_not_named() -> None:
    source = '<listWit><witness xml:id="A"/><witness xml:id="B"/><witness xml:id="C"/></listWit>'
    text = plain(
        "<p>The\n   bells <app><lem>rang</lem><rdg wit='#B'>sang</rdg><rdg wit='#C'/></app> at\n dawn<app><rdg wit='#A"
        " #B'>,</rdg></app></p>",
        source,
    )
    found = apparatus_of(text)
    assert rows(found) == {
        "A": ["The bells", "rang", "at dawn", ","],
        "B": ["The bells", "sang", "at dawn", ","],
        "C": ["The bells", None, "at dawn", None],
    }
    assert [found.text_of(row) for row in range(3)] == [
        "The bells rang at dawn,",
        "The bells sang at dawn,",
        "The bells at dawn",
    ]


def test_groups_nested_readings_and_witnesses_that_nobody_declared_are_read() -> None:
    text = plain(
        "<ab>a <app><rdgGrp><rdg wit='#A'>b <app><rdg wit='#A'>c</rdg><rdg wit='#B'>d</rdg></app></rdg></rdgGrp>"
        "<rdg wit='#B'>e<note>why</note></rdg></app></ab>"
    )
    assert rows(apparatus_of(text)) == {"A": ["a", "b c"], "B": ["a", "e"]}


def test_an_apparatus_by_another_method_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = plain("<p>a<app from='#x'><rdg wit='#A'>b</rdg></app></p>").replace(
        "<profileDesc>",
        '<encodingDesc><variantEncoding method="double-end-point" location="external"/></encodingDesc><profileDesc>',
    )
    path = tmp_path / "x.xml"
    path.write_text(text)
    assert main(["tei", "read", str(path), "-f", "collatex"]) == 2
    assert "an apparatus by double-end-point, which is not read" in capsys.readouterr().err


def test_an_apparatus_is_collatex_json_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.xml"
    path.write_text(plain("<ab>so <app><rdg wit='#A'>be</rdg><rdg wit='#B'>is</rdg></app> it</ab>"))
    assert main(["tei", "read", str(path), "-f", "collatex"]) == 0
    table = json.loads(capsys.readouterr().out)
    assert table["witnesses"] == ["A", "B"]
    assert [["".join(t["t"] for t in cell) for cell in row] for row in table["table"]] == [
        ["so ", "be ", "it"],
        ["so ", "is ", "it"],
    ]
