"""Pairs of texts for translators: from articles in two languages to a translation memory, and word alignments."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotealign.cli import main
from quotealign.formats.pairs import Translated, pharaoh, side_by_side, tmx
from quotealign.formats.tei.elements import encodable
from quotealign.model import Divergence
from quotealign.scoring import Texts, words_of

ENGLISH = "“The Kattenburg bridge will cost 42 million euros and open in March 2031,” Ingrid Solheim said on Monday.\n"
FRENCH = (
    "« Le pont de Kattenburg coûtera 42 millions d’euros et ouvrira en mars 2031 », a déclaré lundi Ingrid Solheim.\n"
)
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HOSTILE = [
    "<b>&amp;",
    "]]>",
    "a \"b\" 'c'",
    "😀 \u202eسلام\u202c",
    "a\tb\nc\rd\r\ne",
    "\x00\x0b\ud800",
    " x ",
    "",
    "{1}%s",
]
TEXTS = st.sampled_from(HOSTILE) | st.text(max_size=8)


def rows(texts: Sequence[tuple[str, str]]) -> list[Translated]:
    found = Divergence("", "a", "b", 0.25, 0.1, "translated")
    return [(f'p<{n}>&"', (a, "en"), (b, "fr-CA"), found) for n, (a, b) in enumerate(texts)]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_a_memory_holds_both_texts_of_each_pair(texts: list[tuple[str, str]]) -> None:
    """What XML cannot hold is replaced one for one; all else, line ends too, is there as it was."""
    root = ElementTree.fromstring(tmx(rows(texts), "1").encode("utf-8"))
    assert root.get("version") == "1.4"
    assert {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"} == set(
        root[0].attrib
    )
    found = [[(v.get(XML_LANG), v.findtext("seg") or "") for v in unit.iter("tuv")] for unit in root.iter("tu")]
    assert found == [[("en", encodable(a)), ("fr-CA", encodable(b))] for a, b in texts]
    assert [unit.get("tuid") for unit in root.iter("tu")] == [name for name, *_ in rows(texts)]


def test_translate_toolkit_reads_the_memory(tmp_path: Path) -> None:
    """It is GPL, so it runs in a process of its own."""
    if find_spec("translate") is None:
        pytest.skip("needs translate-toolkit, a reader of TMX")
    texts = [(f"{n} {text}", f"{text} {n}") for n, text in enumerate(HOSTILE)]
    (tmp_path / "m.tmx").write_text(tmx(rows(texts), "1"), encoding="utf-8", newline="")
    code = (
        "import json, sys; from translate.storage.tmx import tmxfile\n"
        "store = tmxfile.parsefile(sys.argv[1])\n"
        "print(json.dumps([[u.source, u.target, u.getid()] for u in store.units]))"
    )
    ran = subprocess.run([sys.executable, "-c", code, tmp_path / "m.tmx"], capture_output=True, text=True, check=True)
    found = [(source.split(), target.split()) for source, target, _ in json.loads(ran.stdout)]
    assert found == [(encodable(a).split(), encodable(b).split()) for a, b in texts]


def test_articles_of_two_languages_become_a_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in (("english", ENGLISH), ("french", FRENCH), ("late", ENGLISH.replace("42", "43"))):
        Path(f"{name}.txt").write_text(text, encoding="utf-8")
    assert main(["extract", "english.txt", "french.txt", "late.txt", "-o", "q.jsonl"]) == 0
    assert main(["cluster", "q.jsonl", "-f", "pairs", "-o", "pairs.jsonl"]) == 0
    pairs = [json.loads(line) for line in Path("pairs.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [pair["lang_a"] + pair["lang_b"] for pair in pairs] == ["enfr", "enen", "fren"]
    assert all(pair["id"] == "+".join(pair["quotations"]) for pair in pairs)
    capfdbinary.readouterr()
    assert main(["score", "pairs.jsonl", "-f", "tmx"]) == 0
    out, err = capfdbinary.readouterr()
    units = list(ElementTree.fromstring(out).iter("tu"))
    assert [unit.get("tuid") for unit in units] == [pairs[0]["id"], pairs[2]["id"]]
    assert units[0].findtext("tuv/seg") == pairs[0]["a"]
    assert {p.get("type"): p.text for p in units[0].iter("prop")}["x-quotealign-class"] == "translated"
    assert pairs[1]["id"] in err.decode()
    assert b"1 pair of one language" in err
    assert main(["score", "a house", "a home", "--lang", "en", "-f", "tmx"]) == 2
    assert b"no pair of two languages" in capfdbinary.readouterr().err


def test_a_memory_has_no_unit_without_words(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """A text that was left empty is no translation; the pair is told, and the others are written."""
    file = tmp_path / "pairs.jsonl"
    texts = {"one": ("Forty bridges", "Quarante ponts"), "two": ("Forty bridges", " "), "three": ("", "Un pont")}
    pairs = [{"id": name, "a": a, "b": b, "lang_a": "en", "lang_b": "fr"} for name, (a, b) in texts.items()]
    file.write_text("".join(json.dumps(pair) + "\n" for pair in pairs), encoding="utf-8")
    assert main(["score", str(file), "-f", "tmx"]) == 0
    out, err = capfdbinary.readouterr()
    assert [unit.get("tuid") for unit in ElementTree.fromstring(out).iter("tu")] == ["one"]
    assert b"two, three: 2 pairs without words in one of their languages left out" in err


def test_scores_come_as_tsv_with_the_cells_of_csv(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text('{"id": "=1+1", "a": "We go", "b": "We do not go"}\n{"id": "b, c", "a": "We go", "b": "We went"}\n')
    tables = []
    for form in ("csv", "tsv"):
        assert main(["score", str(file), "-f", form]) == 0
        text = capfdbinary.readouterr().out.decode()
        tables.append(list(csv.reader(io.StringIO(text), delimiter="," if form == "csv" else "\t")))
    assert tables[0] == tables[1]
    assert [row[0] for row in tables[1]] == ["id", "'=1+1", "b, c"]


def test_an_alignment_counts_the_tokens_that_stand_beside_it() -> None:
    """A line a pair in both files; numbers, names and cognates across languages, every word within one."""
    run = [Texts("We shall not build the bridge.", "We will not build that old bridge."), Texts("", "x"),
           Texts("Kattenburg has 42 bridges", "Kattenburg a 42 ponts", "en", "fr")]  # fmt: skip
    some = [words_of(pair) for pair in run]
    assert side_by_side(some).splitlines() == [
        "We shall not build the bridge . ||| We will not build that old bridge .",
        " ||| x",
        "Kattenburg has 42 bridges ||| Kattenburg a 42 ponts",
    ]
    assert pharaoh(some).splitlines() == ["0-0 1-1 2-2 3-3 4-4 5-6 6-7", "", "0-0 2-2"]


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from(["en", "fr"]))
def test_every_link_leads_to_a_token(a: str, b: str, other: str) -> None:
    some = [words_of(Texts(a, b, "en", other))]
    left, right = side_by_side(some).removesuffix("\n").split(" ||| ")
    links = [tuple(map(int, link.split("-"))) for link in pharaoh(some).split()]
    assert links == sorted(set(links))
    for i, j in links:
        assert i < len(left.split(" "))
        assert j < len(right.split(" "))
