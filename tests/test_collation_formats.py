"""What a collation looks like outside: each format says what the apparatus says, whatever the words are."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from collation_builders import HOSTILE, added_and_left_out, bells, bells_resolved, hostile_apparatuses, made
from hypothesis import HealthCheck, Phase, example, given, settings
from lxml import etree

from quotealign.formats.collatex import dump_tables
from quotealign.formats.graphs import dot, graphml
from quotealign.formats.readings import table_csv
from quotealign.formats.tei.apparatus import apparatus_file
from quotealign.formats.tei.elements import encodable
from quotealign.formats.tei.ids import witness_id
from quotealign.model import Apparatus, Token, Transposition, variant_graph, words_of
from quotealign.model.graph import END, START
from quotealign.report.collation import draw, render, table, tables
from quotealign.report.columns import columns

TEI_ALL = Path(__file__).parents[2] / "shared" / "tei" / "tei_all.rng"
GOLDEN = Path(__file__).parent / "golden" / "collation"
T = {"t": "http://www.tei-c.org/ns/1.0"}
ID = "{http://www.w3.org/XML/1998/namespace}id"
BRIEFLY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
WRITERS = {
    "json": lambda a: dump_tables([a]),
    "text": lambda a: table(a, width=80, colour=False),
    "html": lambda a: render([a], version="1", lang="en"),
    "csv": lambda a: table_csv([a]),
    "tei": lambda a: apparatus_file(a, version="1", lang="en"),
    "dot": lambda a: dot([a]),
    "graphml": graphml,
    "svg": draw,
}


def _hostile() -> Apparatus:
    """Every hostile string as a reading and as a sigil."""
    rows = {
        sigil: [words, HOSTILE[-1 - n], "so be it"]
        for n, (sigil, words) in enumerate(zip(HOSTILE, HOSTILE, strict=True))
    }
    first = tuple(range(len(HOSTILE) // 2))
    return made(rows, [Transposition((0, 1), (1, 2), first, tuple(range(len(first), len(HOSTILE))))])


def _shown(name: str) -> str:
    written = WRITERS[name](bells())
    return written.partition('<body class="wide-page">')[2] if name == "html" else written


# -- all formats -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WRITERS)
def test_a_format_looks_as_it_was_looked_at_and_approved(name: str) -> None:
    """Of the page what stands between its style and its end. `python tests/test_collation_formats.py` writes anew."""
    assert _shown(name) == (GOLDEN / f"bells.{name}").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize(
    "rows", [{"A": ["one"]}, {"A": [], "B": []}, {"A": [None], "B": ["one"]}], ids=["1", "0", "null"]
)
def test_next_to_nothing_is_a_collation_too(name: str, rows: dict[str, list[str | None]]) -> None:
    """One witness, no words at all, a witness without words: no format stumbles."""
    assert WRITERS[name](made(rows))


@BRIEFLY
@given(hostile_apparatuses())
def test_any_words_make_a_file_that_can_be_written_and_read(apparatus: Apparatus) -> None:
    """No words and no sigil break a format: UTF-8, well-formed, and no control character reaches a screen."""
    made_files = {name: write(apparatus) for name, write in WRITERS.items()}
    for name in ("tei", "graphml", "svg"):
        etree.fromstring(made_files[name].encode("utf-8"))
    json.loads(made_files["json"])
    for name in ("text", "html", "svg"):
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]", made_files[name])
    assert (
        len(list(csv.reader(io.StringIO(made_files["csv"], newline=""))))
        == 1 + len(apparatus.witnesses) * apparatus.width
    )


# -- JSON ------------------------------------------------------------------------------------------------------------


def test_json_names_what_changed_places_and_only_then() -> None:
    """Half-open ranges of units from 0, and who has the words at which of the two."""
    assert json.loads(WRITERS["json"](bells()))["transpositions"] == [
        {"units": [[0, 1], [3, 4]], "witnesses": [["B"], ["A", "C"]]}
    ]
    assert "transpositions" not in json.loads(WRITERS["json"](made({"A": ["x"], "B": ["y"]})))


def test_json_gives_back_what_tokens_carried() -> None:
    """Further keys of a token stand beside `t` and `n`."""
    apparatus = Apparatus("c", ("A",), (((Token("so ", "so", {"page": 1}), Token("be", "be")),),))
    assert json.loads(dump_tables([apparatus]))["table"] == [
        [[{"t": "so ", "n": "so", "page": 1}, {"t": "be", "n": "be"}]]
    ]


# -- the table for the terminal --------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [20, 40, 80, 200])
@pytest.mark.parametrize("colour", [True, False])
def test_no_line_is_wider_than_the_terminal(width: int, colour: bool) -> None:
    """As a terminal measures: wide characters count two, marks and colours nothing."""
    long = made(
        {"a/very/long/name/of/a/file": ["word " * 30 + "x" * 90, "漢字" * 50, "end"], "B": ["word", None, "e\u0301nd"]}
    )
    for apparatus in (long, bells(), _hostile()):
        for line in table(apparatus, width=width, colour=colour).splitlines():
            assert columns(re.sub("\x1b\\[[0-9;]*m", "", line)) <= width


def test_words_of_a_unit_begin_in_one_column_of_the_screen() -> None:
    """Wide characters, accents and colours move nothing."""
    shown = table(made({"A": ["漢字", "one"], "B": ["e\u0301a", "two"], "C": [None, "six"]}), width=80, colour=False)
    assert len({columns(line[: re.search("one|two|six", line).start()]) for line in shown.splitlines()}) == 1


def test_every_witness_can_be_read_line_by_line() -> None:
    """All that a witness says stands in its lines, in order, however narrow the terminal."""
    apparatus = made({"A": ["one two three four five six", "seven", None], "B": ["one two", None, "eight nine"]})
    shown = table(apparatus, width=20, colour=False).splitlines()
    for row, sigil in enumerate(apparatus.witnesses):
        said = " ".join(line[1:] for line in shown if line.startswith(sigil)).replace("∅", " ").split()
        assert said == apparatus.text_of(row).split()


def test_colours_tell_readings_apart_and_say_nothing_alone() -> None:
    """The reading of most is plain; without its codes the coloured table is the plain one."""
    coloured = table(bells(), width=80, colour=True)
    assert "\x1b[33mall bells\x1b[0m" in coloured
    assert "\x1b" not in re.search("The bells", coloured).group()
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == table(bells(), width=80, colour=False)


def test_a_hyphen_in_the_table_is_a_hyphen() -> None:
    """What a witness prints is never the sign for nothing."""
    assert table(made({"A": ["-"], "B": [None]}), width=80, colour=False) == "A  -\nB  ∅\n"


def test_additions_and_gaps_of_few_are_coloured() -> None:
    """What one of five has more and what one has less; nothing is plain where most have nothing."""
    faint, marked = "\x1b[2m{}\x1b[0m".format, "\x1b[33m{}\x1b[0m".format
    lines = table(added_and_left_out(), width=80, colour=True).splitlines()
    usual = ["so", faint("∅"), "it"]
    assert [line.split()[1:] for line in lines] == [
        usual,
        ["so", marked("be"), "it"],
        usual,
        ["so", faint("∅"), marked("∅")],
        usual,
    ]


def test_arabic_keeps_the_order_of_the_cells() -> None:
    """A mark of direction stands between cells, so that a terminal turns words around and not the table."""
    shown = table(made({"A": ["قال", "الوزير"], "B": ["قال", "أمس"]}), width=80, colour=False)
    assert all("\u200e" in line for line in shown.splitlines())


def test_several_tables_bear_their_names() -> None:
    """Of one nothing is said, of several each has its id above it."""
    assert tables([bells()], width=80, colour=False) == table(bells(), width=80, colour=False)
    assert tables([bells(), bells()], width=80, colour=False).count("bells\n   1") == 2


def test_words_shown_elsewhere_are_told_so() -> None:
    """Resolved, there is no second place in the table, and the reader learns where the words really stand."""
    shown = table(bells_resolved(), width=80, colour=False)
    assert shown.endswith("1. “At dawn” is unit 1 in B, shown in unit 4, where A and C have it.\n")
    assert json.loads(WRITERS["json"](bells_resolved()))["transpositions"][0]["resolved"] is True
    rows = csv.DictReader(io.StringIO(table_csv([bells_resolved()]), newline=""))
    assert [r["unit"] + r["witness"] for r in rows if r["transposition"]] == ["4A", "4B", "4C"]
    assert not any(edge.moved for edge in variant_graph(bells_resolved()).edges)
    assert 'class="moved"' not in draw(bells_resolved())


# -- the page --------------------------------------------------------------------------------------------------------


def test_the_page_loads_and_runs_nothing() -> None:
    """One file: no script, no address to fetch."""
    page = render([_hostile()], version="1", lang="en")
    assert not re.search(r"<script|<link|<img|src=|@import|url\(|https?://", page)
    assert "<b>" not in page


def test_the_page_can_be_read_by_ear() -> None:
    """A caption, heads of rows and columns, a word for what is missing."""
    page = render([bells()], version="1", lang="en")
    assert all(part in page for part in ("<caption", '<th scope="col">', '<th scope="row">', "nothing</span>"))
    assert page.count('<th scope="col">') == 1 + 3


def test_the_longer_side_of_a_table_goes_downwards() -> None:
    """Many units make rows of units, many witnesses rows of witnesses; what all print stands once across."""
    assert '<td class="same across" colspan="3"' in render([bells()], version="1")
    many = made({f"w{n}": ["same", f"x{n}"] for n in range(9)})
    assert render([many], version="1").count('<th scope="col">') == 1 + 2


def test_words_that_differ_in_print_only_are_not_shown_as_variants() -> None:
    """Case is dotted, not shaded."""
    page = render([made({"A": ["The", "x", "z"], "B": ["the", "y", "z"]})], version="1")
    assert page.count('<td class="surface"') == 2
    assert page.count('<td class="shade') == 2


def test_additions_and_gaps_of_few_are_shaded_on_the_page() -> None:
    """The word that one of five has, and the gap of one; all other cells that differ are plain."""
    page = render([added_and_left_out()], version="1")
    assert re.findall(r'<td class="([^"]*shade[1-9])".*?>(be|∅)<', page) == [("shade1", "be"), ("left-out shade1", "∅")]


def test_with_many_readings_only_that_of_most_is_plain() -> None:
    """Shades begin again, without the plain one."""
    page = render([made({f"w{n}": ["same", f"x{max(n, 1)}"] for n in range(9)})], version="1")
    assert page.count('<td class="shade0"') == 2
    assert page.count('<td class="shade1"') == 2


# -- CSV -------------------------------------------------------------------------------------------------------------


def _cells(apparatus: Apparatus) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table_csv([apparatus]), newline="")))


def test_csv_has_a_row_for_each_witness_in_each_unit() -> None:
    """Long, so that collations of any witnesses can stand below each other."""
    rows = _cells(bells())
    assert [(r["unit"], r["witness"], r["reading"]) for r in rows[:4]] == [
        ("1", "A", ""),
        ("1", "B", "At dawn"),
        ("1", "C", ""),
        ("2", "A", "The bells"),
    ]


def test_csv_groups_readings_that_agree() -> None:
    """The same number is the same reading as compared, 1 that of most witnesses; nothing is a reading, too."""
    assert [r["group"] for r in _cells(bells()) if r["unit"] in ("1", "2")] == ["1", "2", "1", "1", "1", "2"]
    groups = [r["group"] for r in _cells(added_and_left_out())]
    assert groups == ["1", "1", "1", "1", "1", "1", "2", "1", "1", "1", "1", "1", "1", "2", "1"]


def test_csv_names_the_base_text_and_the_transpositions() -> None:
    """`lemma` is true for all that agree with the base text, `transposition` counts from 1."""
    rows = _cells(made({"A": ["x"], "B": ["X"], "C": ["y"]}, lemma=(0,)))
    assert [r["lemma"] for r in rows] == ["TRUE", "TRUE", "FALSE"]
    assert [(r["unit"] + r["witness"]) for r in _cells(bells()) if r["transposition"] == "1"] == ["1B", "4A", "4C"]


def test_what_a_witness_does_not_have_changed_no_place() -> None:
    """Neither a row of the table nor a reading in the picture without words bears the number of a transposition."""
    rows = {"A": ["x", "y", "so", None], "B": [None, None, "so", "x y"], "C": ["x", None, "so", None]}
    apparatus = made(rows, [Transposition((0, 2), (3, 4), (0, 2), (1,))])
    linked = [r["unit"] + r["witness"] for r in _cells(apparatus) if r["transposition"]]
    assert linked == ["1A", "1C", "2A", "4B"]
    groups = ElementTree.fromstring(draw(apparatus)).iter(f"{S}g")
    badges = [g.findtext(f"{S}title") for g in groups if any(t.get("class") == "badge" for t in g)]
    assert badges == ["x: A, C", "y: A", "x y: B"]


def test_a_spreadsheet_takes_no_reading_for_a_formula() -> None:
    """An apostrophe keeps text what it is, in words and in sigla."""
    assert {(r["witness"], r["reading"]) for r in _cells(made({"=A": ["=1+1"], "@B": ["-"]}))} == {
        ("'=A", "'=1+1"),
        ("'@B", "'-"),
    }


def test_words_can_be_had_back_from_what_a_spreadsheet_is_given() -> None:
    """One apostrophe taken off in front of such cells, also where the words had one themselves."""
    said = ["-", "'-", "''=x", "'tis", "'", "plain"]
    rows = _cells(made({f"w{n}": [words] for n, words in enumerate(said)}))
    for column in ("reading", "compared"):
        assert [re.sub(r"^'(?='*[=+@\t\r-])", "", row[column]) for row in rows] == said


# -- TEI -------------------------------------------------------------------------------------------------------------


def _tei(apparatus: Apparatus) -> etree._Element:
    return etree.fromstring(apparatus_file(apparatus, version="1", lang="en").encode("utf-8"))


def test_tei_points_at_both_places_of_words_that_moved() -> None:
    """The first pointer leads to the earlier place, the second to the later."""
    tree = _tei(bells())
    [link] = tree.iterfind(".//t:standOff/t:listTranspose/t:transpose", T)
    [here], [there] = ([tree.xpath("//*[@xml:id=$i]", i=name[1:])[0] for name in p.get("target").split()] for p in link)
    assert (here.text.strip(), there.text.strip()) == ("At dawn", "at dawn")
    assert (here.get("wit"), there.get("wit")) == ("#bells.w.B", "#bells.w.A #bells.w.C")


@BRIEFLY
@given(hostile_apparatuses())
@example(_hostile())
def test_tei_gives_each_witness_back_and_points_nowhere_in_vain(apparatus: Apparatus) -> None:
    """By the rule that the header states; ids are different ones."""
    tree = _tei(apparatus)
    ids = tree.xpath("//@xml:id")
    assert len(ids) == len(set(ids))
    pointers = [pointer for value in tree.xpath("//@target|//@wit") for pointer in value.split()]
    assert {pointer[1:] for pointer in pointers} <= set(ids)
    [block] = tree.iterfind(".//t:body/t:ab", T)
    for row, sigil in enumerate(apparatus.witnesses):
        own = f"#{witness_id(apparatus.id, sigil)}"
        parts = [block.text or ""]
        for element in block:
            mine = [r for r in element if own in r.get("wit").split()] if len(element) else [element]
            parts += ["".join(mine[0].itertext()), element.tail or ""]
        assert "".join(parts).strip() == encodable(apparatus.text_of(row)).strip()


def test_tei_says_how_to_put_words_back_that_are_shown_elsewhere() -> None:
    """By the rule in the header: what the first pointer leads to goes to the second, for the witnesses it names."""
    apparatus = bells_resolved()
    tree = _tei(apparatus)
    assert "corresp" in "".join(tree.find(".//t:normalization", T).itertext())
    [[here, there]] = tree.iterfind(".//t:transpose", T)
    for row, sigil in enumerate(apparatus.witnesses):
        own = f"#{witness_id(apparatus.id, sigil)}"
        pieces = []
        for element in tree.find(".//t:body/t:ab", T):
            [mine] = [r for r in element if own in r.get("wit").split()] if len(element) else [element]
            pieces += [(mine.get(ID), mine.text or ""), (None, element.tail or "")]
        if own in there.get("corresp").split():
            words = [text for name, text in pieces if f"#{name}" in here.get("target").split()]
            pieces = [(name, text) for name, text in pieces if text not in words]
            pieces = [(name, "".join(words) if f"#{name}" == there.get("target") else text) for name, text in pieces]
        assert "".join("".join(text for _, text in pieces).split()) == "".join(apparatus.text_of(row).split())


@pytest.mark.skipif(not TEI_ALL.exists(), reason="needs tei_all.rng in ../shared/tei")
@pytest.mark.skipif(not shutil.which("jing"), reason="needs jing")
def test_tei_is_valid(tmp_path: Path) -> None:
    """Against the whole of TEI, with hostile words, links and sigla."""
    found = [
        bells(),
        bells_resolved(),
        _hostile(),
        made({"A": ["same"], "B": ["same"]}, [Transposition((0, 1), (0, 1), (0,), (1,))]),
    ]

    @settings(
        max_examples=30,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(hostile_apparatuses())
    def more(apparatus: Apparatus) -> None:
        found.append(apparatus)

    more()
    files = []
    for number, apparatus in enumerate(found):
        files.append(tmp_path / f"{number}.xml")
        files[-1].write_bytes(apparatus_file(apparatus, version="1", lang="en").encode("utf-8"))
    checked = subprocess.run(["jing", TEI_ALL, *files], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout[:2000]


# -- the variant graph -----------------------------------------------------------------------------------------------


@BRIEFLY
@given(hostile_apparatuses())
def test_each_witness_runs_through_the_graph_from_start_to_end(apparatus: Apparatus) -> None:
    """Its readings, in order and each once; where it has nothing it passes by."""
    graph = variant_graph(apparatus)
    nodes = {node.number: node for node in graph.nodes}
    for row in range(len(apparatus.witnesses)):
        steps = {edge.source: edge.target for edge in graph.edges if row in edge.rows and not edge.moved}
        at, units = START, []
        while (at := steps[at]) != END:
            units.append(nodes[at].unit)
            assert row in nodes[at].rows
        assert units == [unit for unit in range(apparatus.width) if apparatus.table[row][unit]]


def test_readings_that_agree_are_one_node_with_the_words_that_most_print() -> None:
    """As many print each: the first in the order of the alphabet, so that the order of witnesses says nothing."""
    words = [node.words for node in variant_graph(bells()).nodes]
    assert words == ["At dawn", "The bells", "all bells", "rang", "at dawn"]


def test_networkx_reads_our_graphml() -> None:
    """Labels, units, weights; the way of a witness can be walked."""
    networkx = pytest.importorskip("networkx", reason="needs networkx (pip install 'quotealign[test]')")
    graph = networkx.parse_graphml(graphml(bells()), force_multigraph=True)
    labels = networkx.get_node_attributes(graph, "label")
    assert sorted(labels.values()) == ["At dawn", "The bells", "all bells", "at dawn", "end", "rang", "start"]
    paths = [(a, b, e) for a, b, e in graph.edges(data=True) if e["type"] == "path"]
    way = {labels[a]: labels[b] for a, b, e in paths if "B" in e["label"].split(", ")}
    assert way == {"start": "At dawn", "At dawn": "The bells", "The bells": "rang", "rang": "end"}
    assert {e["weight"] for _, _, e in paths} == {1, 2}
    [moved] = [{labels[a], labels[b]} for a, b, e in graph.edges(data=True) if e["type"] == "transposition"]
    assert moved == {"At dawn", "at dawn"}


@BRIEFLY
@given(hostile_apparatuses())
def test_graphml_is_one_graph_with_known_ends(apparatus: Apparatus) -> None:
    """Every edge leads from a node to a node, every key is declared."""
    tree = ElementTree.fromstring(graphml(apparatus))
    g = "{http://graphml.graphdrawing.org/xmlns}"
    nodes = {node.get("id") for node in tree.iter(f"{g}node")}
    assert {edge.get(end) for edge in tree.iter(f"{g}edge") for end in ("source", "target")} <= nodes
    assert {data.get("key") for data in tree.iter(f"{g}data")} <= {key.get("id") for key in tree.iter(f"{g}key")}


@pytest.mark.skipif(not shutil.which("dot"), reason="needs Graphviz (dot)")
def test_graphviz_reads_our_dot_and_shows_the_words_as_printed() -> None:
    """Quotes, backslashes and character references in a text are text."""
    words = ['a"b', "c\\nd", "&lt;e&gt;", "<f>", "{g|h}", "漢字"]
    apparatus = made({f'{w}"\\': [w, "x"] for w in words})
    for known in (bells(), _hostile()):
        subprocess.run(["dot", "-Tsvg"], input=dot([known]).encode(), check=True, capture_output=True)
    drawn = subprocess.run(["dot", "-Tsvg"], input=dot([apparatus]).encode(), check=True, capture_output=True)
    assert set(words) <= {
        text.text for text in ElementTree.fromstring(drawn.stdout).iter("{http://www.w3.org/2000/svg}text")
    }


def test_dot_holds_several_graphs() -> None:
    """One after the other, as Graphviz takes them."""
    assert dot([bells(), bells()]).count("digraph") == 2


# -- the picture -----------------------------------------------------------------------------------------------------

S = "{http://www.w3.org/2000/svg}"


def test_the_picture_says_what_it_shows_without_being_seen() -> None:
    """A title and a description, one for each reading and each line; no script."""
    tree = ElementTree.fromstring(draw(bells()))
    assert tree.findtext(f"{S}title") == "Variant graph: bells"
    assert tree.get("role") == "img"
    told = {title.text for title in tree.iter(f"{S}title")}
    assert {"At dawn: B", "nothing: A, C", "The bells: A, B", "all bells: C"} <= told
    assert "<script" not in draw(bells())


def test_additions_and_gaps_of_few_are_shaded_in_the_picture() -> None:
    """The word that one of five has is no plain reading, and a gap of one is a box with the sign for nothing."""
    tree = ElementTree.fromstring(draw(added_and_left_out()))
    shaded = [
        (group.findtext(f"{S}title"), group.findtext(f"{S}text"))
        for group in tree.iter(f"{S}g")
        if group.get("class") != "s0"
    ]
    assert shaded == [("be: B", "be"), ("nothing: D", "∅")]


def test_lines_are_as_thick_as_witnesses_are_many() -> None:
    """Three in one line are thicker than two, and two than one."""
    tree = ElementTree.fromstring(draw(made({"A": ["a", "x", "z"], "B": ["a", "y", "z"], "C": ["a", "y", "z z"]})))
    widths: dict[str, set[float]] = {}
    for path in tree.iter(f"{S}path"):
        if path.get("class") is None:
            widths.setdefault(path.findtext(f"{S}title", ""), set()).add(float(path.get("stroke-width", "0")))
    assert all(len(found) == 1 for found in widths.values())
    assert widths["A"] == widths["C"]
    assert max(widths["A"]) < min(widths["B, C"]) < min(widths["A, B, C"])


def test_a_long_text_goes_on_in_further_lines() -> None:
    """Nothing is drawn beyond the right edge, and no reading above or on another."""
    apparatus = made(
        {"A": [f"word{n}" for n in range(60)], "B": [f"word{n}" if n % 3 else f"other{n}" for n in range(60)]}
    )
    tree = ElementTree.fromstring(draw(apparatus))
    width = float(tree.get("viewBox", "").split()[2])
    boxes = [
        [float(r.get(k, "0")) for k in ("x", "y", "width", "height")] for r in tree.iter(f"{S}rect") if r.get("rx")
    ]
    assert len(boxes) == 60 + 20
    assert width <= 1000
    assert all(x >= 0 and x + w <= width for x, _, w, _ in boxes)
    for n, (x, y, w, h) in enumerate(boxes):
        for a, b, c, d in boxes[n + 1 :]:
            assert x + w <= a or a + c <= x or y + h <= b or b + d <= y


def test_units_that_notes_name_bear_their_numbers() -> None:
    """Where nothing is told below, nothing needs a number."""
    tree = ElementTree.fromstring(draw(bells()))
    assert [t.text for t in tree.findall(f"{S}text")][:-1] == ["unit", "1", "2", "3", "4"]
    assert ElementTree.fromstring(draw(added_and_left_out())).findall(f"{S}text") == []


def test_no_badge_and_no_line_covers_words() -> None:
    """The number of a transposition stands beside the words; the line between its places runs behind the readings."""
    link = Transposition((0, 1), (2, 3), (0,), (1,))
    apparatus = made({"A": ["nowadays", "so", "rarely"], "B": ["never", "so", "nowadays"]}, [link] * 11)
    tree = ElementTree.fromstring(draw(apparatus))
    badged = [texts for g in tree.iter(f"{S}g") if (texts := g.findall(f"{S}text"))[-1].get("class") == "badge"]
    assert len(badged) == 2
    for words, *_, badge in badged:
        assert badge.text.count("⇄") == 11
        end = float(words.get("x")) + 7 * len(words.text) / 2
        assert end < float(badge.get("x")) - 6 * len(badge.text)
    kinds = [element.get("class", "") for element in tree]
    assert kinds.index("moved") < kinds.index("s0")


def test_counted_witnesses_are_explained_and_notes_end_within_the_picture() -> None:
    """Above six a reading has a number, and a line below says where the sigla are."""
    rows = {f"w{n}": ["so", "x" if n else "y"] for n in range(8)}
    note = "Where a reading has a number of witnesses"
    assert "7 witnesses" in draw(made(rows))
    assert note in draw(made(rows))
    assert note not in draw(made({name: ["so", "x"] for name in rows}))
    links = [Transposition((0, 1), (1, 2), (0,), tuple(range(1, 8)))]
    tree = ElementTree.fromstring(draw(made(rows, links)))
    width = float(tree.get("viewBox", "").split()[2])
    assert all(24 + 6 * len(t.text) <= width for t in tree.findall(f"{S}text") if t.get("x") == "24")


def test_a_text_that_runs_from_right_to_left_is_drawn_so() -> None:
    """The first unit stands rightmost."""
    tree = ElementTree.fromstring(draw(made({"A": ["قال", "الوزير"], "B": ["قال", "أمس"]})))
    first, *_, last = [float(r.get("x", "0")) for r in tree.iter(f"{S}rect") if r.get("rx")]
    assert first > last


def test_long_sigla_get_numbers_and_a_key() -> None:
    """Names of files do not crowd the readings; the key says whose number is whose."""
    texts = [
        t.text
        for t in ElementTree.fromstring(draw(made({"first/edition": ["a"], "second/edition": ["b"]}))).iter(f"{S}text")
    ]
    assert texts[:4] == ["a", "1", "b", "2"]
    assert texts[4].split() == ["1", "first/edition", "2", "second/edition"]


def test_words_of_is_what_a_person_reads() -> None:
    """The words of a reading without the space around them, nothing for nothing."""
    assert words_of((Token(" so ", "so"), Token("be \n", "be"))) == "so be"
    assert words_of(None) == ""


if __name__ == "__main__":
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for known in WRITERS:
        (GOLDEN / f"bells.{known}").write_text(_shown(known), encoding="utf-8", newline="\n")
