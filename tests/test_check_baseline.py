"""What an editor lets stand, stays; what is new, is told; nothing that was let stand is lost in silence."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from quotealign.cli import main

SAID = "We will paint the boat house green before the first guests arrive from the island"
OTHER = "Nobody has counted the herons behind the old sluice since my uncle left the harbour"
WRONG = f"“{SAID.replace('will', 'will not')},” said Ada Lorn.\n"
WORSE = f"“{OTHER.replace('Nobody', 'Everybody')},” said Tom Veld.\n"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """`check` with the baseline known.json in a folder with two drafts and a source; status, output, errors."""
    (tmp_path / "s.txt").write_text(f"“{SAID},” said Ada Lorn.\n\n“{OTHER},” said Tom Veld.\n", encoding="utf-8")
    (tmp_path / "a.md").write_text(WRONG, encoding="utf-8")
    (tmp_path / "b.md").write_text(WORSE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        capfd.readouterr()
        status = main(["check", *arguments, "--against", "s.txt", "--baseline", "known.json"])
        return status, *capfd.readouterr()

    return call


def accepted() -> list[str]:
    """The files of the accepted findings."""
    return [row["file"] for row in json.loads(Path("known.json").read_text(encoding="utf-8"))["accepted"]]


def test_what_is_accepted_outlives_a_new_name(run: Run) -> None:
    """Of the draft, and lines above it."""
    assert run("a.md", "--update-baseline")[0] == 0
    text = Path("a.md").rename("final.md").read_text(encoding="utf-8")
    assert run("final.md")[0] == 0
    Path("final.md").write_text("A line above.\n\n" + text, encoding="utf-8")
    assert run("final.md")[0] == 0


def test_words_that_are_given_to_somebody_else_are_a_new_finding(run: Run) -> None:
    """The first name more or less is nobody else."""
    run("a.md", "--update-baseline")
    Path("a.md").write_text(WRONG.replace("Ada Lorn", "Lorn"), encoding="utf-8")
    assert run("a.md")[0] == 0
    Path("a.md").write_text(WRONG.replace("Ada Lorn", "Tom Veld"), encoding="utf-8")
    assert run("a.md")[0] == 1


def test_updating_for_one_draft_keeps_what_others_may_have(run: Run) -> None:
    """What came and what went is said, and counts only in the drafts that were checked, by whatever path."""
    assert "2 accepted (2 added, 0 removed)" in run("a.md", "b.md", "--update-baseline")[2]
    Path("b.md").write_text(f"“{OTHER},” said Tom Veld.\n", encoding="utf-8")
    assert "2 accepted (0 added, 0 removed), 1 of them in drafts not checked" in run("a.md", "--update-baseline")[2]
    assert accepted() == ["b.md", "a.md"]
    assert "1 accepted (0 added, 1 removed), 1 of them" in run("./b.md", "--update-baseline")[2]
    assert accepted() == ["a.md"]


def test_updating_takes_nothing_away_that_is_still_there(run: Run) -> None:
    """With a --fail-on that nothing reaches, nothing is added, and what was accepted stays."""
    run("a.md", "--update-baseline")
    assert "1 accepted (0 added, 0 removed)" in run("a.md", "b.md", "--fail-on", "never", "--update-baseline")[2]
    assert accepted() == ["a.md"]


def test_every_output_tells_what_is_accepted(run: Run) -> None:
    """The last line, the table, the text and the page."""
    run("a.md", "--update-baseline")
    status, out, err = run("a.md", "b.md", "-f", "csv")
    assert (status, err) == (1, "2 quotations: 2 altered (1 accepted)\n")
    assert [row["accepted"] for row in csv.DictReader(StringIO(out))] == ["yes", ""]
    assert "2 quotations: 2 altered (1 accepted)" in run("a.md", "b.md")[1]
    assert "2 quotations: 2 altered (1 accepted)." in run("a.md", "b.md", "-f", "html")[1]


def test_a_baseline_of_an_earlier_version_goes_on_working(run: Run) -> None:
    """Its ids hang on the name of the draft; once it is updated, they do not."""
    Path("known.json").write_text('{"accepted": []}', encoding="utf-8")
    _, out, _ = run("a.md", "-f", "json")
    (finding,) = json.loads(out)["findings"]
    old = {"id": finding["id"], "verdict": "altered", "file": "a.md", "text": "", "message": ""}
    Path("known.json").write_text(json.dumps({"accepted": [old]}), encoding="utf-8")
    assert run("a.md")[0] == 0
    assert "1 accepted (0 added, 0 removed)" in run("a.md", "--update-baseline")[2]
    Path("a.md").rename("final.md")
    assert run("final.md")[0] == 0
