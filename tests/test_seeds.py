"""The main job on five articles, held against what a person marked up: ours and, where at hand, the real ones."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from quotealign.cli import main
from quotealign.scoring import score
from quotealign.scoring.severity import GRAVE

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("QUOTEALIGN_SHARED", ROOT.parent / "shared"))
TEI_ALL = SHARED / "tei" / "tei_all.rng"
TEI = "{http://www.tei-c.org/ns/1.0}"
RECORDS = (
    "quotations.jsonl",
    "clusters.jsonl",
    "apparatus.jsonl",
    "divergences.jsonl",
    "drift.jsonl",
    "transmission.jsonl",
)

Gold = dict[str, Any]
Record = dict[str, Any]


@dataclass
class Outcome:
    """What `align` made of a folder of articles, and the gold for it."""

    seeds: Path
    out: Path
    printed: str
    gold: list[Gold]
    at: dict[tuple[str, int, int], Record] = field(default_factory=dict)
    clusters: list[Record] = field(default_factory=list)

    def record(self, gold: Gold) -> Record | None:
        """The record whose one span is exactly the gold's."""
        return self.at.get((gold["file"].removesuffix(".txt"), gold["start"], gold["end"]))

    @property
    def speech(self) -> list[Gold]:
        return [g for g in self.gold if g["kind"] in ("direct", "mixed")]

    def cluster(self, gold: Gold) -> str | None:
        """The id of the cluster that the gold's quotation stands in."""
        record = self.record(gold)
        return next((c["id"] for c in self.clusters if record and record["id"] in c["quotations"]), None)


def _lines(path: Path) -> list[Record]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


SOURCES = {"ours": (ROOT / "seeds", Path(__file__).parent / "seeds.gold.json")}
SOURCES["real"] = (SHARED / "seeds", SHARED / "data" / "seeds.gold.json")


@pytest.fixture(scope="module", params=list(SOURCES))
def outcome(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    seeds, gold = SOURCES[request.param]
    if not gold.exists():
        pytest.skip(f"the real articles are not at hand ({gold}); set QUOTEALIGN_SHARED to the folder that has them")
    out = tmp_path_factory.mktemp(request.param) / "out"
    with pytest.MonkeyPatch.context() as patch:
        printed = tmp_path_factory.mktemp("printed") / "table.txt"
        with printed.open("w", encoding="utf-8") as sink:
            patch.setattr("sys.stdout", sink)
            assert main(["align", str(seeds), "-o", str(out), "--width", "120"]) == 0
    made = Outcome(seeds, out, printed.read_text(encoding="utf-8"), json.loads(gold.read_text(encoding="utf-8")))
    for quotation in _lines(out / "quotations.jsonl"):
        if len(quotation["spans"]) == 1:
            made.at[(quotation["article"], *quotation["spans"][0])] = quotation
    made.clusters = _lines(out / "clusters.jsonl")
    return made


def _folded(name: str) -> str:
    return re.sub(r"\W|^the ", "", name.lower())


def test_the_gold_is_what_the_articles_print(outcome: Outcome) -> None:
    """Every string of the gold stands in its article at its place."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in outcome.seeds.glob("*.txt")}
    assert len(texts) == 5
    assert [g["text"] for g in outcome.gold if texts[g["file"]][g["start"] : g["end"]] != g["text"]] == []


def test_the_translated_article_reads_as_one(outcome: Outcome) -> None:
    """Its two partners have it for a translation; the other two share one quotation, which tells nothing."""
    names = {path.stem[:3]: path.stem for path in outcome.seeds.glob("*.txt")}
    found = {(d["a"], d["b"]): (d["verdict"], d["translated"]) for d in _lines(outcome.out / "drift.jsonl")}
    agency, odd, journal = names["000"], names["001"], names["004"]
    assert found == {
        (agency, odd): ("translation", odd),
        (agency, journal): ("undetermined", None),
        (odd, journal): ("translation", odd),
    }


def test_without_dates_nobody_took_anything_from_anybody(outcome: Outcome) -> None:
    """The five files have no dates: every witness has its nearest at best, and no source."""
    descents = [d for t in _lines(outcome.out / "transmission.jsonl") for d in t["descents"]]
    assert descents
    assert {d["source"] for d in descents} == {None}


def test_all_speech_is_found(outcome: Outcome) -> None:
    """Each quotation of the gold is found with exactly its words."""
    assert [g["text"] for g in outcome.speech if outcome.record(g) is None] == []


def test_every_speaker_is_named(outcome: Outcome) -> None:
    """Whoever the gold says spoke is the speaker's canonical name, within and across articles."""
    found = {g["text"]: ((outcome.record(g) or {}).get("speaker") or {}).get("name", "") for g in outcome.speech}
    wrong = {g["text"]: found[g["text"]] for g in outcome.speech if _folded(found[g["text"]]) != _folded(g["speaker"])}
    assert wrong == {}


def test_terms_and_titles_are_not_speech(outcome: Outcome) -> None:
    """A ship's, an exercise's or a document's name in marks is nobody's words."""
    named = [g for g in outcome.gold if g["kind"] in ("term", "title") and g["speaker"] is None]
    assert named
    assert [g["text"] for g in named if (outcome.record(g) or {}).get("kind") in ("direct", "mixed")] == []


def test_each_group_is_one_cluster_and_nobody_elses(outcome: Outcome) -> None:
    """Variants of one utterance stand together, and no other marked string of the gold stands with them."""
    groups: dict[str, list[Gold]] = defaultdict(list)
    for g in outcome.gold:
        if g["group"]:
            groups[g["group"]].append(g)
    assert groups
    for name, members in groups.items():
        clusters = {outcome.cluster(g) for g in members}
        assert len(clusters) == 1, name
        assert clusters != {None}, name
        assert [g["text"] for g in outcome.gold if g["group"] != name and outcome.cluster(g) in clusters] == []


def test_the_whole_board_is_left(outcome: Outcome) -> None:
    """Records of each stage, a TEI file an article and a cluster, the corpus file and the page, and no more."""
    articles, clusters = len(list(outcome.seeds.glob("*.txt"))), len(outcome.clusters)
    left = {path.relative_to(outcome.out).as_posix() for path in outcome.out.rglob("*") if path.is_file()}
    tei = {name for name in left if name.startswith("tei/")}
    assert left - tei == {*RECORDS, "report.html"}
    assert sum(name.startswith("tei/article.") for name in tei) == articles
    assert sum(name.startswith("tei/cluster.") for name in tei) == clusters
    assert len(tei) == articles + clusters + 1


def test_the_stages_speak_of_each_other(outcome: Outcome) -> None:
    """A cluster has an apparatus with a row a quotation, and a divergence for each pair of them."""
    known = {quotation["id"] for quotation in outcome.at.values()}
    apparatuses = {a["id"]: a for a in _lines(outcome.out / "apparatus.jsonl")}
    divergences = _lines(outcome.out / "divergences.jsonl")
    for cluster in outcome.clusters:
        members = cluster["quotations"]
        assert set(members) <= known
        assert apparatuses[cluster["id"]]["witnesses"] == members
        pairs = [(d["a"], d["b"]) for d in divergences if d["cluster"] == cluster["id"]]
        assert pairs == [(a, b) for i, a in enumerate(members) for b in members[i + 1 :]]


def test_the_table_names_every_cluster_its_speaker_and_its_papers(outcome: Outcome) -> None:
    """A person who reads only what is printed sees who said it and in which articles."""
    quotations = {quotation["id"]: quotation for quotation in outcome.at.values()}
    assert outcome.clusters
    for cluster in outcome.clusters:
        members = [quotations[name] for name in cluster["quotations"]]
        speakers = {member["speaker"]["name"] for member in members}
        assert [name for name in speakers if f"{name} · {len(members)} witnesses" not in outcome.printed] == []
        assert [m["article"] for m in members if m["article"] not in outcome.printed] == []


def test_the_body_of_every_tei_file_is_its_article(outcome: Outcome) -> None:
    """Marked up or not, an article keeps its text."""
    for path in outcome.seeds.glob("*.txt"):
        body = etree.parse(outcome.out / "tei" / f"article.{_stem(outcome, path)}.xml").find(f"{TEI}text/{TEI}body")
        assert body is not None
        assert "".join(body.itertext()) == path.read_text(encoding="utf-8")


def _stem(outcome: Outcome, path: Path) -> str:
    """What the file's name is made of: the article's id as an XML name."""
    (stem,) = {p.name[8:-4] for p in (outcome.out / "tei").glob("article.*.xml") if path.stem in p.name}
    return stem


def test_every_tei_file_is_valid(outcome: Outcome) -> None:
    """tei_all accepts each file."""
    if not TEI_ALL.exists():
        pytest.skip(
            f"there is no TEI schema to check with ({TEI_ALL}); set QUOTEALIGN_SHARED to the folder that has it"
        )
    files = sorted((outcome.out / "tei").glob("*.xml"))
    assert files
    if jing := shutil.which("jing"):
        done = subprocess.run([jing, TEI_ALL, *files], capture_output=True, text=True)
        assert (done.returncode, done.stdout) == (0, "")
        return
    schema = etree.RelaxNG(etree.parse(TEI_ALL))
    assert [f"{f.name}: {schema.error_log}" for f in files if not schema.validate(etree.parse(f))] == []


def _much_quoted(outcome: Outcome) -> list[str]:
    """The texts of the quotation that most articles print, in the order of the articles."""
    groups = defaultdict(list)
    for gold in outcome.speech:
        groups[gold["group"]].append(gold["text"])
    return max((texts for group, texts in groups.items() if group), key=lambda texts: (len(texts), len(texts[0])))


def test_retellings_of_one_quotation_are_reworded_and_not_grave(outcome: Outcome) -> None:
    """Another translation and another transcript say what was said."""
    first, *others = _much_quoted(outcome)
    assert len(others) > 1
    found = [score(first, other) for other in others]
    assert [d.label for d in found] == ["reworded"] * len(others)
    assert max(d.severity for d in found) < 0.3


@pytest.mark.parametrize(("word", "planted"), [("are", "are not"), ("two", "three"), ("regional", "global")])
def test_a_word_planted_in_it_is_grave(outcome: Outcome, word: str, planted: str) -> None:
    """A denial, another number and another scale alter the same quotation."""
    first, *_ = _much_quoted(outcome)
    altered = re.sub(rf"\b{word}\b", planted, first, count=1)
    assert altered != first
    found = score(first, altered)
    assert found.label == "altered"
    assert found.severity >= GRAVE


def test_a_bracket_inside_a_word_is_no_edit_of_wording(outcome: Outcome) -> None:
    """What the reporter's brackets declare is not charged."""
    texts = [gold["text"] for gold in outcome.speech if re.search(r"\w\(\w", gold["text"])]
    assert texts
    for text in texts:
        plain = re.sub(r"(\w)\((\w+)\)", r"\1\2", text)
        assert [edit.kind for edit in score(text, plain).edits] == ["bracket"]
        assert score(text, plain).severity < 0.05
