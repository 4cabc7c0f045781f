"""No command writes over what it has read, whatever name the output is given."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from quotealign.cli import main

WORDS = "“We will paint the boat house green before the guests arrive,” said Ada Lorn.\n"
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """A command in a folder with a draft, a source, records, aliases and links; its status and what it said."""
    (tmp_path / "src").mkdir()
    (tmp_path / "d.md").write_text(WORDS.replace("green", "grey"), encoding="utf-8")
    (tmp_path / "src/s.txt").write_text(WORDS, encoding="utf-8")
    (tmp_path / "a.tsv").write_text("Lorn\tAda Lorn\n", encoding="utf-8")
    (tmp_path / "p.jsonl").write_text(json.dumps({"id": "p", "a": "one boat", "b": "two boats"}) + "\n", "utf-8")
    (tmp_path / "quotealign.toml").write_text('[check]\nagainst = ["src"]\n', encoding="utf-8")
    (tmp_path / "link.md").symlink_to("d.md")
    os.link(tmp_path / "d.md", tmp_path / "other name.md")
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str]:
        capfd.readouterr()
        return main(list(arguments)), capfd.readouterr().err

    return call


def contents() -> dict[str, bytes]:
    """All files here, by name."""
    return {str(path): path.read_bytes() for path in sorted(Path().rglob("*")) if path.is_file()}


@pytest.mark.parametrize(
    "arguments",
    [
        "check d.md -o d.md",
        "check d.md -o src/../d.md",
        "check d.md -o link.md",
        "check link.md -o d.md",
        "check d.md -o|other name.md",
        "check d.md -o src/s.txt",
        "check d.md -o quotealign.toml",
        "check d.md --aliases a.tsv -o a.tsv",
        "check d.md --baseline d.md --update-baseline",
        "check d.md --baseline src/s.txt --update-baseline",
        "extract d.md -o d.md",
        "extract src -f text -o src/s.txt",
        "collate d.md src/s.txt -o src/s.txt",
        "score p.jsonl -o p.jsonl",
        "tei read tei/article.s.xml -o tei/article.s.xml",
        "tei write tei/article.s.xml --lang en -o tei",
        "cite src/s.txt -o src/s.txt",
    ],
)
def test_an_output_that_is_an_input_is_refused(run: Run, arguments: str) -> None:
    """One sentence that names it, status 2, and every file as it was: by another path, a link, a second name."""
    if "tei/" in arguments:
        assert main(["tei", "write", "src", "--publisher", "City Archive", "-o", "tei"]) == 0
    before = contents()
    words = [part for half in arguments.split("|")[:1] for part in half.split()] + arguments.split("|")[1:]
    status, err = run(*words)
    assert (status, err.count("quotealign: ")) == (2, 1), err
    assert words[-1 if words[-1] != "--update-baseline" else -2].removeprefix("src/../") in err
    assert contents() == before


def test_what_is_no_baseline_is_not_written_over(run: Run) -> None:
    """A slip in the name of the baseline costs no file, even of one that is not read otherwise."""
    Path("notes.json").write_text('{"mine": 1}', encoding="utf-8")
    before = contents()
    status, err = run("check", "d.md", "--baseline", "notes.json", "--update-baseline")
    assert (status, "notes.json: not a baseline" in err) == (2, True)
    assert contents() == before


def test_results_are_written_anew(run: Run) -> None:
    """What an earlier run has left is written over, and an input that says the same may stand where a result goes."""
    for _ in range(2):
        assert run("extract", "d.md", "-f", "brat", "-o", "notes")[0] == 0
        assert run("extract", "notes/d.txt", "-f", "brat", "-o", "notes")[0] == 0
        assert run("check", "d.md", "--baseline", "known.json", "--update-baseline")[0] == 0
        assert run("align", "d.md", "src/s.txt", "-o", "out")[0] == 0
    for _ in range(2):
        assert run("extract", "src", "-o", "src/quotations.jsonl")[0] == 0
    assert run("check", "d.md", "--baseline", "known.json", "-o", "known.json")[0] == 2
