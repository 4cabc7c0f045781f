"""Where a finding says that something stands, a person or a program can open it; and what counts as a source."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from quotealign.cli import main

SAID = "We will paint the boat house green before the first guests arrive from the island"
OTHER = "Nobody has counted the herons behind the old sluice since my uncle left the harbour"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """`check` in a folder with two drafts and two sources of one name; status, output, errors."""
    for name, text in {
        "drafts/a/lead.md": f"“{SAID},” said Ada Lorn.\n",
        "drafts/b/lead.md": f"“{OTHER.replace('Nobody', 'Everybody')},” said Tom Veld.\n",
        "src/a/lead.txt": f"“{SAID},” said Ada Lorn.\n",
        "src/b/lead.txt": f"It rained.\n\n“{OTHER},” said Tom Veld.\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        capfd.readouterr()
        status = main(["check", *arguments])
        return status, *capfd.readouterr()

    return call


def test_two_files_of_one_name_are_told_by_their_paths(run: Run) -> None:
    """Every format names files that are there, of the draft and of the source; so does the warning."""
    status, lines, err = run("drafts", "--against", "src", "-f", "line")
    assert status == 1
    assert lines.startswith("drafts/b/lead.md:1:2: altered: ")
    assert lines.endswith(" [src/b/lead.txt:3:2]\n")
    assert "warning: src/b/lead.txt: a second article has this id; it is read as lead.2" in err
    made = {
        name: run("drafts", "--against", "src", "-f", name)[1] for name in ("text", "github", "csv", "html", "json")
    }
    assert "src/b/lead.txt:3:2 · Tom Veld" in made["text"]
    assert made["github"].startswith("::error file=drafts/b/lead.md,line=1,")
    assert "[src/b/lead.txt:3:2]" in made["github"]
    row = list(csv.DictReader(StringIO(made["csv"])))[1]
    assert (row["file"], row["source"]) == ("drafts/b/lead.md", "src/b/lead.txt:3:2")
    assert "<code>src/b/lead.txt</code>" in made["html"]
    assert json.loads(made["json"])["sources"] == {"lead": "src/a/lead.txt", "lead.2": "src/b/lead.txt"}
    assert not any("lead.2.md" in out or "drafts/lead" in out for out in (lines, *made.values()))


def test_sarif_leads_to_files_that_are_there(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft's file and a source's; the line of a record; of standard input no file. All by the schema."""
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((Path(__file__).parent / "schemas/sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)

    def result(*arguments: str) -> dict[str, Any]:
        log = json.loads(run(*arguments, "-f", "sarif")[1])
        assert [error.message for error in validator.iter_errors(log)] == []
        (found,) = log["runs"][0]["results"]
        return dict(found)

    found = result("drafts", "--against", "src")
    (related,) = found["relatedLocations"]
    assert found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "drafts/b/lead.md"
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "src/b/lead.txt"
    assert related["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 2}
    texts = [path.read_text(encoding="utf-8") for path in (Path("drafts/a/lead.md"), Path("drafts/b/lead.md"))]
    rows = "".join(json.dumps({"id": f"x{number}", "text": text}) + "\n" for number, text in enumerate(texts))
    Path("d.jsonl").write_text(rows, encoding="utf-8")
    (location,) = result("d.jsonl", "--against", "src")["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "d.jsonl"
    assert location["physicalLocation"]["region"]["startLine"] == 2
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "x1:1:2"
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(rows.encode("utf-8"))))
    (location,) = result("-", "--against", "src")["locations"]
    assert list(location) == ["logicalLocations"]


def test_a_draft_that_is_named_as_a_source_does_not_support_itself(run: Run) -> None:
    """By whatever path; alone it has no sources, and that is the sentence; with others it loses only itself."""
    Path("link.md").symlink_to("drafts/a/lead.md")
    for name in ("drafts/a/lead.md", "drafts/../drafts/a/lead.md", "link.md"):
        status, out, err = run("drafts/a/lead.md", "--against", name)
        assert (status, out, err.count("\n"), "no sources but the draft itself" in err) == (2, "", 1, True)
    _, out, _ = run("drafts/a/lead.md", "--against", "link.md", "--against", "src/b", "-f", "line")
    assert out.startswith("drafts/a/lead.md:1:2: unsupported: ")
    status, out, err = run("drafts", "--against", "drafts/a/lead.md", "-f", "line")
    assert (status, "skipped: drafts/a/lead.md: no sources but" in err) == (1, True)
    assert out.startswith("drafts/b/lead.md:1:2: unsupported: ")


def test_drafts_are_sources_of_each_other(run: Run) -> None:
    """A folder against itself: each draft against the others, as when it is checked alone."""
    Path("drafts/c.md").write_text(Path("drafts/a/lead.md").read_text(encoding="utf-8"), encoding="utf-8")
    status, out, _ = run("drafts", "--against", "drafts", "-f", "json")
    found = {f["file"]: f for f in json.loads(out)["findings"]}
    verdicts = {"drafts/a/lead.md": "verbatim", "drafts/b/lead.md": "unsupported", "drafts/c.md": "verbatim"}
    assert (status, {file: f["verdict"] for file, f in found.items()}) == (1, verdicts)
    for name, finding in found.items():
        _, alone, _ = run(name, "--against", "drafts", "-f", "json")
        assert json.loads(alone)["findings"][0]["passage"] == finding["passage"]
