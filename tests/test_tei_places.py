"""Whatever claims a place in a text is held against it: one number, letter, tag or pointer changed, and it is told."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from collation_builders import bells
from tei_builders import MAYOR, passage, placed, quotation, two_papers
from tei_mutants import Mutant, mutants

from quotealign.cli.main import main
from quotealign.formats import tei
from quotealign.formats.records import divergence_record
from quotealign.formats.tei import cluster_reading
from quotealign.formats.tei.apparatus import apparatus_file
from quotealign.formats.tei.edition import Edition
from quotealign.formats.tei.parsing import parse
from quotealign.formats.tei.serialisation import serialised
from quotealign.formats.tei.validation import check, check_text, files
from quotealign.model import Alignment, Article, Kind

OPTIONS = {"inline": [], "stand-off": ["--standoff"], "no text": ["--no-text"]}
MODES = {"inline": Edition(), "stand-off": Edition(standoff=True), "no text": Edition(text=False)}

OPEN = {"inline": {"whose content"}, "stand-off": {"whose content", "whose cue", "whose source"}, "no text": set()}
"""What nothing tells, where another quotation had none: whose content is in which both stand; beside a bare text, whose
a cue and a source are. The places themselves are held."""

HARBOUR = Article(
    "harbour",
    "Ferries stop\n\n"
    "One said the \u201csmall\u201d boats stay. \u201cNobody\u201d, Ada Miller told us, \u201chas asked us.\n"
    "Nobody will.\u201d \x07\n"
    "She read \u00ab\u00a0Tides\u00a0\u00bb, and asked: \u2018Who pays?\u2019 She added that it was late.\n",
    "en",
)


def harbour() -> Alignment:
    """An article with quotations of every kind: in pieces, over a line's end, of one word, without marks."""
    said = quotation(
        HARBOUR,
        "Nobody",
        "has asked us.\nNobody will.",
        speaker=MAYOR,
        cue=passage(HARBOUR, "told"),
        source=passage(HARBOUR, "Ada Miller"),
    )
    asked = quotation(
        HARBOUR, "Who pays?", speaker=MAYOR, cue=passage(HARBOUR, "asked:"), source=passage(HARBOUR, "She read")
    )
    start = HARBOUR.text.index("it was late")
    late = placed(
        HARBOUR,
        ((start, start + 11),),
        kind=Kind.INDIRECT,
        speaker=MAYOR,
        cue=passage(HARBOUR, "added"),
        content=((start - 5, start + 11),),
    )
    small, tides = (quotation(HARBOUR, word, kind=kind) for word, kind in (("small", Kind.TERM), ("Tides", Kind.TITLE)))
    return Alignment((HARBOUR,), (small, said, tides, asked, late))


def unseen(folder: Path, *, only: str = "*") -> tuple[Counter[str], list[tuple[str, Mutant]]]:
    """How many changes of each kind there are in the files of a folder, and those that nothing is told of."""
    kinds: Counter[str] = Counter()
    left: list[tuple[str, Mutant]] = []
    for path in sorted(folder.glob(only)):
        text = path.read_bytes().decode()
        for mutant in mutants(text):
            kinds[mutant.kind] += 1
            path.write_bytes(mutant.of(text).encode())
            found = [problem for checked in check([path]) for problem in checked.problems]
            if not any(problem.line and problem.column and problem.do for problem in found):
                left.append((path.name, mutant))
        path.write_bytes(text.encode())
    return kinds, left


@pytest.mark.parametrize("mode", MODES)
def test_no_single_change_of_an_article_goes_unseen(tmp_path: Path, mode: str) -> None:
    tei.write(harbour(), tmp_path, version="1", edition=MODES[mode])
    kinds, left = unseen(tmp_path, only="article.*")
    assert [mutant for _, mutant in left if mutant.kind not in OPEN[mode]] == []
    assert {"start", "length", "quantity", "number"} <= set(kinds)
    assert kinds.total() > 80


def test_no_single_change_of_a_collation_or_a_corpus_goes_unseen(tmp_path: Path) -> None:
    papers = two_papers()
    third = Article("third", "\u201cWe will not build,\u201d the mayor said.", "en")
    apart = replace(
        papers,
        articles=(*papers.articles, third),
        quotations=(*papers.quotations, quotation(third, "We will not build,")),
    )
    tei.write(apart, tmp_path, version="1")
    kinds, left = unseen(tmp_path, only="c*")
    assert left == []
    assert {"edit", "edit's word", "rdg/@wit", "witness/@source", "relation/@mutual", "include/@href"} <= set(kinds)


def test_pointers_to_words_that_changed_places_are_held_against_the_readings() -> None:
    text = apparatus_file(bells(), version="1")
    assert check_text(text.encode(), "x") == ()
    link = text[text.index("<transpose>") : text.index("</transpose>")]
    targets = re.findall(r'target="#(\S+?)"', link)
    changed = text.replace(
        f'target="#{targets[0]}" corresp="#bells.w.B"', f'target="#{targets[0]}" corresp="#bells.w.A"'
    )
    assert changed != text
    [problem] = check_text(changed.encode(), "x")
    assert "the witness #bells.w.A has none of the readings that <ptr> points to" in problem.what


@pytest.mark.parametrize(
    ("mode", "old", "new", "words"),
    [
        (
            "inline",
            "68,4)",
            "69,4)",
            "the words at its place are 'old ', and it gives 'told'; correct the offsets (they stand at 68,4)",
        ),
        ("inline", 'n="2"', 'n="3"', "number 2 of the text, its @n is 3"),
        (
            "inline",
            ">told</seg>",
            ">tol</seg>d",
            "<seg> of the cue of #harbour.q.ef26800c44 stands at 68,3, and its span points to 68,4",
        ),
        ("inline", "U+0007 at 106", "U+0007 at 105", "lists U+0007 at 105, and as <g> the text has U+0007 at 106"),
        ("no text", "68,4)", "68,5)", "its words are 4 code points, and its place has 5"),
        ("no text", "68,4)", "69,4)", "are not those that its check value was made of"),
        ("no text", ">told<", ">tald<", "are not those that its check value was made of"),
        ("no text", "code points: 179", "code points: 178", "@quantity of <measure> is 179, and its text says 178"),
    ],
)
def test_what_is_told_says_what_to_do(tmp_path: Path, mode: str, old: str, new: str, words: str) -> None:
    tei.write(harbour(), tmp_path, version="1", edition=MODES[mode])
    text = (tmp_path / "article.harbour.xml").read_bytes().decode()
    assert text.count(old) >= 1
    found = check_text(text.replace(old, new, 1).encode(), "x")
    assert any(words in str(problem) for problem in found), [str(problem) for problem in found]


def test_a_witness_that_says_other_words_than_its_quotation_is_told(tmp_path: Path) -> None:
    tei.write(two_papers(), tmp_path, version="1")
    [path] = tmp_path.glob("cluster.*")
    path.write_bytes(path.read_bytes().replace(b"shall<", b"would<").replace(b'"shall "', b'"would "'))
    found = [str(problem) for checked in check(files([str(tmp_path)])) for problem in checked.problems]
    assert any("the witness reads 'We would build the', and its quotation" in problem for problem in found), found


def without_words(text: str) -> str:
    """A file as it was written before places said their words."""
    text = re.sub(r"(<span [^>]*target=[^>]*)>[^<]*</span>", r"\1/>", text)
    text = re.sub(r'\s*<note type="check">[^<]*</note>', "", text)
    return text if "<gap" in text else re.sub(r'\s*<note type="words">[^<]*</note>', "", text)


@pytest.mark.parametrize("mode", MODES)
def test_files_without_words_at_their_places_stay_valid(tmp_path: Path, mode: str) -> None:
    tei.write(harbour(), tmp_path, version="1", edition=MODES[mode])
    text = (tmp_path / "article.harbour.xml").read_bytes().decode()
    assert check_text(text.encode(), "x") == ()
    before = without_words(text)
    assert before != text
    assert check_text(before.encode(), "x") == ()


def test_an_edit_whose_words_stand_elsewhere_is_written_without_its_place_and_read_back() -> None:
    papers = two_papers()
    [score], [cluster] = papers.divergences, papers.clusters
    wrong = replace(score, edits=(replace(score.edits[0], a=((4, 8),)),))
    made = tei.cluster_tree(cluster, papers.apparatuses[0], [wrong], articles={}, quotations={}, version="1")
    data = serialised(made, where="x")
    assert b'"a-place">' not in data.partition(b"<standOff>")[2]
    assert check_text(data, "x") == ()
    [tree] = cluster_reading.clusters_in(parse(data, "x"))
    assert cluster_reading.divergences_of(tree)[0]["edits"] == divergence_record(wrong)["edits"]


@pytest.mark.long
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("source", ["seeds", "../shared/seeds"])
def test_no_single_change_of_the_seeds_goes_unseen(tmp_path: Path, mode: str, source: str) -> None:
    folder = Path(__file__).parents[1] / source
    if not folder.exists():
        pytest.skip(f"needs {source}")
    assert main(["align", str(folder), "-o", str(tmp_path), *OPTIONS[mode]]) in (0, 3)
    kinds, left = unseen(tmp_path / "tei")
    assert [found for found in left if found[1].kind not in OPEN[mode]] == []
    assert kinds.total() > 500
