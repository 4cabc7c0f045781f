"""What a reader of our TEI may rely on."""

from __future__ import annotations

import dataclasses
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
import tei_builders as build
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from tei_builders import ID, NASTY, N, article_of, body_text, cluster_of, placed, quotation, said, two_papers

from quotealign.errors import OutputRefused
from quotealign.formats import tei
from quotealign.formats.tei.elements import UNENCODABLE, encodable
from quotealign.formats.tei.ids import witness_id
from quotealign.formats.tei.validation import check, check_text, files
from quotealign.model import Alignment, Article, Cluster, Kind, Passage

TEI_ALL = Path(__file__).parents[2] / "shared" / "tei" / "tei_all.rng"
BRIEFLY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tei")
    tei.write(two_papers(), folder, version="0.1.0")
    return folder


@BRIEFLY
@given(build.hostile_alignments())
def test_the_body_says_the_article_code_point_for_code_point(alignment: Alignment) -> None:
    for article in alignment.articles:
        assert body_text(article_of(article, *alignment.quotations)) == encodable(article.text)


@BRIEFLY
@given(st.text(st.sampled_from(NASTY + "ab\n")))
@example("")
@example("\r\n \t\n")
@example("\u00a0")
@example(NASTY)
def test_what_xml_cannot_hold_can_be_put_back_from_the_header(text: str) -> None:
    tree = article_of(Article("a", text))
    restored = list(body_text(tree))
    for code, offset in re.findall(r"U\+([0-9A-F]+) at (\d+)", tree.findtext(".//t:note[@type='unencodable']", "", N)):
        restored[int(offset)] = chr(int(code, 16))
    assert "".join(restored) == text


def test_each_line_that_is_not_blank_is_a_paragraph() -> None:
    tree = article_of(Article("a", "one\r\n\r\n \t\n two \n\u00a0\nthree"))
    assert [p.text for p in tree.iterfind(".//t:body/t:p", N)] == ["one", " two ", "\u00a0", "three"]


def test_an_empty_article_still_has_a_paragraph() -> None:
    assert len(article_of(Article("a", "\n")).findall(".//t:body/t:p", N)) == 1


STYLES = "\"go\" \u201cgo\u201d \u201ego\u201c \u00abgo\u00bb \u00ab\u202fgo\u00a0\u00bb \u2018go\u2019 ''go'' ``go''"


@pytest.mark.parametrize("marked", STYLES.split(" "))
def test_marks_of_any_style_stand_inside_the_element(marked: str) -> None:
    article = Article("a", f"He said {marked}, then left.")
    assert said(article_of(article, quotation(article, "go"))) == [marked]


def test_two_quotations_never_share_a_mark() -> None:
    article = Article("a", '"one"two"')
    tree = article_of(article, quotation(article, "one"), quotation(article, "two"))
    assert said(tree) == ['"one"', 'two"']


def test_terms_and_titles_are_not_encoded_as_speech() -> None:
    article = Article("a", "the \u201cdeal\u201d and \u201cHamlet\u201d")
    term, title = quotation(article, "deal", kind=Kind.TERM), quotation(article, "Hamlet", kind=Kind.TITLE)
    tree = article_of(article, term, title)
    assert tree.findtext(".//t:soCalled", None, N) == "\u201cdeal\u201d"
    assert tree.findtext(".//t:body//t:title", None, N) == "\u201cHamlet\u201d"
    assert not said(tree)


def test_a_quotation_in_a_quotation_stands_inside_it() -> None:
    article = Article("a", "\"He told me 'go'.\"")
    tree = article_of(article, quotation(article, "He told me 'go'."), quotation(article, "go"))
    assert said(tree) == [article.text, "'go'"]
    assert tree.find(".//t:said/t:said", N) is not None


def test_a_quotation_over_a_line_end_is_chained_and_joined() -> None:
    article = Article("a", '"One.\nTwo." End.')
    found = quotation(article, "One.\nTwo.")
    tree = article_of(article, found)
    first, second = tree.findall(".//t:said", N)
    assert said(tree) == ['"One.', 'Two."']
    assert first.get("next") == f"#{second.get(ID)}"
    assert second.get("prev") == f"#{first.get(ID)}"
    assert tree.find(".//t:join", N).get("target") == f"#{first.get(ID)} #{second.get(ID)}"
    assert first.get(ID) == found.id


def test_a_quotation_that_crosses_another_is_cut_where_that_one_ends() -> None:
    article = Article("a", "abcdefgh")
    tree = article_of(article, placed(article, ((0, 5),)), placed(article, ((3, 8),), kind=Kind.MIXED))
    assert said(tree) == ["abcde", "de", "fgh"]
    assert len(tree.findall(".//t:join", N)) == 1


def test_cue_and_source_are_marked_where_they_cross_nothing() -> None:
    article = Article("a", '"Go," she said. Then silence.')
    found = quotation(article, "Go,", cue=Passage("said", (10, 14)), source=Passage("she", (6, 9)))
    crossing = quotation(article, "silence", kind=Kind.INDIRECT, cue=Passage("Then sil", (16, 24)))
    tree = article_of(article, found, crossing)
    assert [cue.text for cue in tree.iterfind(".//t:seg", N)] == ["said"]
    assert tree.find(".//t:rs", N).get("corresp") == f"#{found.id}"


def test_a_speaker_nobody_found_leaves_no_who() -> None:
    article = Article("a", '"Go."')
    tree = article_of(article, quotation(article, "Go."))
    assert tree.find(".//t:said", N).get("who") is None
    assert tree.find(".//t:certainty[@match='@who']", N) is None


_cells = st.none() | st.sampled_from(["a", "a ", " a", "b c ", "-", " ", "", "\u00a0", ", ", "\x00", "x\r\n"])


@BRIEFLY
@given(st.lists(st.tuples(_cells, _cells, _cells, _cells), min_size=1, max_size=4), st.data())
def test_every_witness_is_given_back_whole(rows: list[tuple[str | None, ...]], data: st.DataObject) -> None:
    lemma = data.draw(st.none() | st.tuples(*[st.none() | st.integers(0, len(rows) - 1)] * 4))
    collated = build.apparatus("c.1", {f"a.{row}": list(cells) for row, cells in enumerate(rows)}, lemma)
    tree = cluster_of(collated)
    for row, sigil in enumerate(collated.witnesses):
        assert build.witness_text(tree, f"#{witness_id('c.1', sigil)}") == encodable(collated.text_of(row)).strip()


def test_readings_that_differ_by_outer_space_are_one_reading() -> None:
    tree = cluster_of(build.apparatus("c.1", {"A": ["well", "-", "known"], "B": ["well ", "- ", "known "]}))
    assert {app.get("type") for app in tree.iterfind(".//t:app", N)} == {"spacing"}


def test_what_all_witnesses_print_stands_outside_the_apparatus() -> None:
    [block] = cluster_of(build.apparatus("c.1", {"A": ["so be ", "it"], "B": ["so be ", "I"]})).iterfind(".//t:ab", N)
    assert block.text == "so be"
    assert len(block) == 1


def test_the_lemma_comes_first_and_nobody_invents_one() -> None:
    rows: dict[str, list[str | None]] = {"A": ["x"], "B": ["y"], "C": ["y"]}
    [app] = cluster_of(build.apparatus("c.1", rows, (1,))).iterfind(".//t:app", N)
    assert [etree.QName(reading).localname for reading in app] == ["lem", "rdg"]
    assert app[0].get("wit") == "#c.1.w.B #c.1.w.C"
    assert cluster_of(build.apparatus("c.1", rows)).find(".//t:lem", N) is None


def test_a_reading_says_by_which_kind_of_edit_it_differs(written: Path) -> None:
    [path] = written.glob("cluster.*.xml")
    readings = {r.text: r.get("ana", "").rpartition(".")[2] for r in etree.parse(path).iterfind(".//t:rdg", N)}
    assert readings[" shall"] == "synonym"
    assert readings[" will"] == ""


def test_every_feature_in_use_is_declared_and_every_figure_has_four_decimals(written: Path) -> None:
    [path] = written.glob("cluster.*.xml")
    tree = etree.parse(path)
    for structure in tree.iterfind(".//t:standOff//t:fs", N):
        declared = tree.xpath("//t:fsDecl[@type=$type]/t:fDecl/@name", namespaces=N, type=structure.get("type"))
        assert {f.get("name") for f in structure.iterfind("t:f", N)} <= set(declared)
    figures = [n.get("value") for n in tree.iterfind(".//t:standOff//t:numeric", N) if n.get("max") is None]
    assert "61.2346" in figures
    assert all(re.fullmatch(r"-?\d+\.\d{4}", figure) for figure in figures)


def test_a_cluster_that_nobody_collated_still_shows_its_witnesses(tmp_path: Path) -> None:
    alignment = dataclasses.replace(two_papers(), apparatuses=())
    [path] = [path for path in tei.write(alignment, tmp_path, version="1") if path.name.startswith("cluster.")]
    assert len(etree.parse(path).findall(".//t:rdg", N)) == 2


def test_one_file_an_article_one_a_cluster_and_the_corpus_last(tmp_path: Path) -> None:
    names = [path.name for path in tei.write(two_papers(), tmp_path, version="1")]
    assert [name.partition(".")[0] for name in names] == ["article", "article", "cluster", "corpus"]
    assert sorted(names) == sorted(path.name for path in tmp_path.iterdir()), "nothing else is left behind"


def test_ids_stay_unique_and_pointers_lead_somewhere_when_all_is_included(written: Path) -> None:
    tree = etree.parse(written / "corpus.xml")
    tree.xinclude()
    _assert_sound(tree)
    assert len(tree.findall(".//t:TEI", N)) == 3


@settings(parent=BRIEFLY, max_examples=20)
@given(build.hostile_alignments())
def test_hostile_text_never_raises_and_never_repeats_an_id(alignment: Alignment) -> None:
    with tempfile.TemporaryDirectory() as folder:
        tei.write(alignment, Path(folder), version="not a number\x00")
        tree = etree.parse(Path(folder) / "corpus.xml")
        tree.xinclude()
        _assert_sound(tree)


def _assert_sound(tree: etree._ElementTree) -> None:
    ids = tree.xpath("//@xml:id")
    assert len(ids) == len(set(ids))
    pointers = {pointer for value in tree.xpath("//@*") for pointer in value.split() if pointer.startswith("#")}
    own = {
        pointer for pointer in pointers if re.match(r"#(corpus\.|.*\.(q|w|resp|kind|rule|edit|char|speaker))", pointer)
    }
    assert {pointer[1:] for pointer in own} <= set(ids)


def test_the_same_alignment_gives_the_same_bytes_in_any_folder(written: Path, tmp_path: Path) -> None:
    for path in tei.write(two_papers(), tmp_path / "elsewhere", version="0.1.0"):
        assert path.read_bytes() == (written / path.name).read_bytes()
        assert str(tmp_path).encode() not in path.read_bytes()


def test_another_article_leaves_the_files_of_the_others_alone(written: Path, tmp_path: Path) -> None:
    alignment = two_papers()
    more = dataclasses.replace(alignment, articles=(Article("new", "News."), *alignment.articles))
    before = {path.name: path.read_bytes() for path in written.iterdir()}
    changed = {p.name for p in tei.write(more, tmp_path, version="0.1.0") if p.read_bytes() != before.get(p.name)}
    assert changed == {"article.new.xml", "corpus.xml"}


@pytest.mark.parametrize("name", ["corpus", "c.12", "a.corpus"])
def test_an_article_named_like_another_file_shares_no_id_with_it(tmp_path: Path, name: str) -> None:
    articles = (Article(name, '"Go."'), Article("b", '"Go."'))
    go = [quotation(article, "Go.") for article in articles]
    cluster = Cluster("c.12", tuple(q.id for q in go))
    tei.write(Alignment(articles, tuple(go), (cluster,)), tmp_path, version="1")
    assert [problem for checked in check(files([str(tmp_path)])) for problem in checked.problems] == []


def test_two_articles_of_one_id_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(OutputRefused, match="one file"):
        tei.write(Alignment((Article("a", "x"), Article("a", "y"))), tmp_path / "out", version="1")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputRefused, match="cannot be written"):
        tei.write(two_papers(), tmp_path / "file" / "out", version="1")


def test_ids_longer_than_a_file_name_may_be_are_shortened(tmp_path: Path) -> None:
    articles = tuple(Article("x" * 300 + end, "text") for end in "ab")
    assert len(tei.write(Alignment(articles), tmp_path, version="1")) == 3


def test_quotations_nested_without_end_still_make_a_readable_file(tmp_path: Path) -> None:
    article = Article("a", "x" * 1000)
    nested = tuple(placed(article, ((n, 1000 - n),)) for n in range(400))
    assert body_text(article_of(article, *nested)) == article.text


@pytest.mark.skipif(not TEI_ALL.exists(), reason="needs tei_all.rng in ../shared/tei")
@pytest.mark.skipif(not shutil.which("jing"), reason="needs jing")
def test_every_file_is_valid_tei(written: Path, tmp_path: Path) -> None:
    count = 0

    @settings(
        max_examples=40,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(build.hostile_alignments())
    def write_many(alignment: Alignment) -> None:
        nonlocal count
        count += 1
        tei.write(alignment, tmp_path / str(count), version="0.1.0")

    write_many()
    paths = [*tmp_path.glob("*/*.xml"), *written.glob("*.xml")]
    checked = subprocess.run(["jing", TEI_ALL, *paths], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout[:2000]


def test_unencodable_characters_are_exactly_those_that_the_xml_library_refuses() -> None:
    element = etree.Element("x")
    for code in [*range(0x3000), *range(0xD7F0, 0xE010), *range(0xFDD0, 0x10010), 0x1FFFE, 0x10FFFF]:
        try:
            element.text = chr(code)
            refused = False
        except ValueError:
            refused = True
        assert refused == bool(UNENCODABLE.match(chr(code))), hex(code)


ADDRESSES = [
    "https://",
    "a:",
    "a:#b",
    "https://x:y/",
    "https://a@b@c/",
    "https://x/#%",
    "//x",
    "mailto:a@b.org",
]


@pytest.mark.parametrize("url", [*ADDRESSES, "https://example.org:80/a b?c=%20#d", "urn:x:y"])
def test_an_address_is_a_pointer_only_where_every_reader_takes_it_for_a_uri(url: str) -> None:
    tree = article_of(Article("a", "x", url=url))
    assert check_text(etree.tostring(tree), "x") == ()
    pointer = tree.find(".//t:biblStruct/t:ptr", N)
    assert (pointer is None) == (url in ADDRESSES[:-1])
