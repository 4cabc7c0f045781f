"""Readers by others take our TEI and our packages, and find in them what our records say. Skipped where one is missing.

`.ci/consumers DIR` installs those that have environments of their own; QUOTEALIGN_CONSUMERS says where. BaseX and
Chromium are Debian's. `python tests/test_consumers.py` makes docs/tei.png anew.
"""

from __future__ import annotations

import functools
import http.server
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from tei_builders import two_papers
from test_schema import TEI_ALL, needs_tei_all
from test_tei_editions import related

from quotealign.formats import packages, tei
from quotealign.formats.articles import read
from quotealign.formats.records import quotation_record
from quotealign.model import Alignment, Apparatus, Article
from quotealign.pipeline import align

SCHEMATRON = {"s": "http://purl.oclc.org/dsdl/schematron"}
PREFIXES = {
    "tei": "http://www.tei-c.org/ns/1.0",
    "teix": "http://www.tei-c.org/ns/Examples",
    "rng": "http://relaxng.org/ns/structure/1.0",
    "sch": SCHEMATRON["s"],
    "sch1x": "http://www.ascc.net/xml/schematron",
    "xs": "http://www.w3.org/2001/XMLSchema",
}


def anywhere(context: str) -> str:
    """The context of a rule as a path from the root; of alternatives without brackets, each."""
    if context.startswith("/"):
        return context
    parts = [context] if set("()[") & set(context) else context.split("|")
    return " | ".join(f"//{part.strip()}" for part in parts)


def broken_rules(root: etree._Element) -> Iterator[str]:
    """The rules embedded in tei_all that a document breaks, each with its test; and at the end how many were tried."""
    elementpath = pytest.importorskip("elementpath", reason="needs elementpath, an engine for XPath 2")
    tried = 0
    for rule in etree.parse(TEI_ALL).iterfind(".//s:rule", SCHEMATRON):
        for node in elementpath.select(root, anywhere(rule.get("context").strip()), namespaces=PREFIXES):
            names: dict[str, object] = {}
            for child in rule.iterchildren("{*}let", "{*}assert", "{*}report"):
                kind = etree.QName(child).localname
                test = child.get("value") if kind == "let" else f"boolean({child.get('test')})"
                value = elementpath.select(root, test, namespaces=PREFIXES, item=node, variables=names)
                if kind == "let":
                    names[child.get("name")] = value
                    continue
                tried += 1
                if bool(value) != (kind == "assert"):
                    yield f"{rule.get('context')}: {child.get('test')}"
    yield f"tried {tried}"


@pytest.mark.long
@needs_tei_all
@pytest.mark.parametrize("mode", ["inline", "standoff", "no-text"])
def test_the_rules_embedded_in_tei_all_hold(tmp_path: Path, mode: str) -> None:
    edition = tei.Edition(standoff=mode == "standoff", text=mode != "no-text")
    for path in tei.write(related(two_papers()), tmp_path, version="1", edition=edition):
        *broken, tried = broken_rules(etree.parse(path).getroot())
        assert not broken, path
        assert int(tried.split()[1]) > 5


@pytest.mark.long
@needs_tei_all
def test_a_rule_that_is_broken_is_seen(tmp_path: Path) -> None:
    """The proof above would see it."""
    *_, path = tei.write(related(two_papers()), tmp_path, version="1")
    root = etree.parse(path).getroot()
    for relation in root.iterfind(".//{*}relation[@active]"):
        del relation.attrib["active"]
    *broken, _ = broken_rules(root)
    assert any("@passive" in rule for rule in broken)


# -- the seeds, as others read them ------------------------------------------------------------------------------------

ROOT = Path(__file__).parents[1]
CONSUMERS = Path(os.environ.get("QUOTEALIGN_CONSUMERS") or "consumers")


def needed(name: str) -> Path:
    """A file of a consumer that has an environment of its own."""
    path = CONSUMERS.absolute() / name
    if not path.exists():
        pytest.skip(f"needs {name}: .ci/consumers DIR, then QUOTEALIGN_CONSUMERS=DIR")
    return path


def run(*command: object, **how: Any) -> str:
    """What a program prints."""
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False, **how)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


def seeds() -> Alignment:
    return align(item for item in read([ROOT / "seeds"]) if isinstance(item, Article))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[Alignment, Path]:
    """The seeds aligned, and the folder of their TEI."""
    alignment, folder = seeds(), tmp_path_factory.mktemp("seeds")
    tei.write(alignment, folder, version="1")
    return alignment, folder


QUERY = """
declare namespace t = "http://www.tei-c.org/ns/1.0";
for $file in collection("seeds")/t:TEI[t:standOff/t:spanGrp[@type = "words"]]
let $text := string($file/t:text/t:body)
for $span in $file/t:standOff/t:spanGrp[@type = "words"]/t:span
let $quotation := $file/id(substring($span/@corresp, 2))
let $words :=
  for $range in tokenize($span/@target)
  let $place := tokenize(translate($range, ")", ""), ",")
  return substring($text, xs:integer($place[2]) + 1, xs:integer($place[3]))
let $linked := $file//t:linkGrp[@type = "speaker"]/t:link[tokenize(@target)[1] = $span/@corresp]/tokenize(@target)[2]
let $who := ($quotation/@who, $linked)[1]
return serialize(map {
  "id": string($quotation/@xml:id),
  "kind": substring-after(tokenize($quotation/@ana)[contains(., ".kind.")], ".kind."),
  "speaker": string($file/id(substring($who, 2))/(t:persName | t:orgName)),
  "text": string-join($words, " "),
  "inside": contains(string($quotation), $words[1])
}, map { "method": "json", "indent": "no" }),
serialize(map {
  "files": count(collection("seeds")/t:TEI),
  "included": count(collection("seeds")/t:teiCorpus/t:TEI),
  "speakers": array { sort(collection("seeds")/t:teiCorpus/t:teiHeader//t:particDesc/*/*/*[1]/string()) }
}, map { "method": "json", "indent": "no" })
"""


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("basex"), reason="needs BaseX (Debian: basex)")
def test_basex_finds_by_xquery_what_our_records_say(corpus: tuple[Alignment, Path], tmp_path: Path) -> None:
    """Words are looked up by their offsets, so that they are counted as XPath counts."""
    alignment, folder = corpus
    (tmp_path / "query.xq").write_text(QUERY)
    script = f"SET CHOP false\nSET XINCLUDE true\nCREATE DB seeds {folder}\nRUN {tmp_path / 'query.xq'}\n"
    (tmp_path / "all.bxs").write_text(script)
    printed = run("basex", tmp_path / "all.bxs", env={**os.environ, "HOME": str(tmp_path)})
    *found, whole = (json.loads(line) for line in printed.splitlines() if line.startswith("{"))
    records = [quotation_record(quotation) for quotation in alignment.quotations]
    expected = [
        {key: record[key] for key in ("id", "kind", "text")}
        | {"speaker": record["speaker"]["name"] if record["speaker"] else "", "inside": True}
        for record in records
    ]
    assert sorted(found, key=lambda one: one["id"]) == sorted(expected, key=lambda one: one["id"])
    assert whole["files"] == whole["included"] == len(alignment.articles) + len(alignment.clusters)
    assert whole["speakers"] == sorted({q.speaker.name for q in alignment.quotations if q.speaker})


PASSAGES = """
import json, sys
from lxml import etree
from dapytains.tei.document import Document
document = Document(sys.argv[1])
def text(ref):
    passage = etree.fromstring(etree.tostring(document.get_passage(ref)))
    return "".join("".join(p.itertext()) for p in passage.iter("{http://www.tei-c.org/ns/1.0}p"))
print(json.dumps({unit.ref: text(unit.ref) for unit in document.get_reffs()}))
"""


@pytest.mark.long
def test_dapytains_serves_every_paragraph_as_a_passage(corpus: tuple[Alignment, Path]) -> None:
    """DTS: the passages by number are the lines of the article that are not blank."""
    python = needed("dapytains/bin/python")
    alignment, folder = corpus
    for article in alignment.articles:
        passages = json.loads(run(python, "-c", PASSAGES, folder / tei.article_file(article.id)))
        lines = [line for line in article.text.split("\n") if line.strip()]
        assert passages == {str(number): line for number, line in enumerate(lines, 1)}


def states(apparatus: Apparatus) -> list[str]:
    """For each witness its readings where witnesses differ, the first of a place as 0."""
    rows: list[list[str]] = [[] for _ in apparatus.witnesses]
    for column in range(apparatus.width):
        groups = apparatus.groups(column)
        for state, members in enumerate(groups if len(groups) > 1 else ()):
            for row in members:
                rows[row].append(str(state))
    return ["".join(row) for row in rows]


@pytest.mark.long
def test_teiphy_turns_a_collation_into_nexus(corpus: tuple[Alignment, Path], tmp_path: Path) -> None:
    """Taxa are the witnesses, characters the places where they differ, states the readings."""
    teiphy = needed("teiphy/bin/teiphy")
    alignment, folder = corpus
    for apparatus in alignment.apparatuses:
        made = tmp_path / "made.nex"
        run(teiphy, folder / tei.cluster_file(apparatus.id), made)
        matrix = re.search(r"Matrix\n(.*?);", made.read_text(), re.DOTALL)
        assert matrix is not None
        taxa = dict(line.split() for line in matrix[1].splitlines() if line.strip())
        assert all(
            name.endswith(re.sub(r"\W", "_", sigil)) for name, sigil in zip(taxa, apparatus.witnesses, strict=True)
        )
        assert [canonical(column) for column in zip(*taxa.values(), strict=True)] == [
            canonical(column) for column in zip(*states(apparatus), strict=True)
        ]


def canonical(column: tuple[str, ...]) -> tuple[int, ...]:
    """A column whose states are counted in the order in which they come."""
    order = list(dict.fromkeys(column))
    return tuple(map(order.index, column))


CRATE = """
import json, sys
from rocrate.rocrate import ROCrate
crate = ROCrate(sys.argv[1])
[action] = crate.get_by_type("CreateAction")
print(json.dumps({
    "version": crate.version, "name": crate.name, "published": str(crate.datePublished)[:10],
    "publisher": crate.publisher["name"], "licence": crate.license.id, "program": action["instrument"]["name"],
    "settings": len(action["object"]), "files": {one.id: one["sha256"] for one in crate.data_entities},
}))
"""


@pytest.mark.long
def test_rocrate_reads_the_description_of_a_package(corpus: tuple[Alignment, Path], tmp_path: Path) -> None:
    python = needed("rocrate/bin/python")
    alignment, folder = corpus
    licence = "https://creativecommons.org/licenses/by/4.0/"
    edition = tei.Edition(publisher="City Archive", date="2026-11-22", availability=licence)
    packages.package(folder, tmp_path / "bag", version="1", edition=edition)
    found = json.loads(run(python, "-c", CRATE, tmp_path / "bag" / "data"))
    manifest = (tmp_path / "bag/manifest-sha256.txt").read_text().split("\n")
    sums = dict(line.split("  data/")[::-1] for line in manifest if line and "ro-crate-metadata" not in line)
    assert found.pop("files") == sums
    assert found == {
        "version": "1.2",
        "name": "Quoted speech aligned across articles",
        "published": "2026-11-22",
        "publisher": "City Archive",
        "licence": licence,
        "program": "quotealign",
        "settings": len(alignment.settings),
    }


# -- in a browser ------------------------------------------------------------------------------------------------------


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder with the viewer and CETEIcean in it."""
    shutil.copy(needed("node_modules/CETEIcean/dist/CETEI.js"), folder)
    shutil.copy(ROOT / "docs/tei-viewer.html", folder)
    handler = functools.partial(_Silent, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/tei-viewer.html"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def browser() -> Iterator[Any]:
    """A page of headless Chromium."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright, to speak to Chromium")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("needs Chromium (Debian: chromium)")
    with playwright.sync_playwright() as play:
        started = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started.new_page(viewport={"width": 900, "height": 1000})
        started.close()


LOOK = """() => ({
  length: Array.from(document.querySelector("tei-body").textContent).length,
  quotations: Array.from(document.querySelectorAll("tei-body tei-said, tei-body tei-socalled, tei-body tei-title"))
    .map(one => ({
      id: one.id,
      text: one.textContent,
      label: one.dataset.speaker ?? "",
      drawn: one.getClientRects().length > 0
    }))
})"""


@pytest.mark.long
def test_ceteicean_shows_every_quotation_and_all_of_the_text(corpus: tuple[Alignment, Path], tmp_path: Path) -> None:
    alignment, folder = corpus
    shutil.copytree(folder, tmp_path / "site")
    with served(tmp_path / "site") as address, browser() as page:
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        for article in alignment.articles:
            page.goto(f"{address}?file={tei.article_file(article.id)}")
            page.wait_for_selector("body[data-shown]")
            seen = page.evaluate(LOOK)
            own = [q for q in alignment.quotations if q.article == article.id]
            shown = {one["id"]: one for one in seen["quotations"]}
            assert seen["length"] == len(article.text)
            assert set(shown) >= {q.id for q in own}
            assert all(shown[q.id]["drawn"] and article.text[slice(*q.spans[0])] in shown[q.id]["text"] for q in own)
            spoken = [q for q in own if q.speaker and q.kind.is_speech and len(q.spans) == 1]
            assert [shown[q.id]["label"] for q in spoken] == [q.speaker.name for q in spoken if q.speaker]
        assert faults == []


def picture(path: Path) -> None:
    """docs/tei.png: an article and a collation of the seeds."""
    with tempfile.TemporaryDirectory() as name, browser() as page:
        alignment, folder = seeds(), Path(name)
        tei.write(alignment, folder, version="1")
        files = (tei.article_file(alignment.articles[0].id), tei.cluster_file(alignment.clusters[0].id))
        with served(folder) as address:
            page.goto(f"{address}?" + "&".join(f"file={file}" for file in files))
            page.wait_for_selector("body[data-shown]")
            page.screenshot(path=str(path), full_page=True)


if __name__ == "__main__":
    picture(ROOT / "docs/tei.png")
