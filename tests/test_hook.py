"""What docs/check.md says of pre-commit and of GitHub is run: the hook by pre-commit, and the Action's steps."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from test_documents import CHANGED, word

from quotealign.cli import main
from quotealign.formats.articles.reading import DOCUMENTS, FORMATS

ROOT = Path(__file__).parents[1]
HOOK = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
SOURCE = "“We will not close the old bridge before the new one carries every bus,” said Ana Torvald.\n"
WRONG = SOURCE.replace("not ", "")


def blocks(language: str) -> list[str]:
    """The blocks of docs/check.md in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", (ROOT / "docs/check.md").read_text("utf-8"), re.M | re.S)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a source, a draft that has it wrong, and the configuration that names the source."""
    for name, text in (("sources/speech.txt", SOURCE), ("drafts/a.txt", WRONG)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "quotealign.toml").write_text('[check]\nagainst = ["sources"]\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_hook_gets_what_can_be_a_draft() -> None:
    """Every ending that is read, and nothing else, whichever folder the user names."""
    pattern = re.search(r"exclude: '(.*)'", HOOK)
    assert pattern
    excluded = re.compile(pattern[1])
    assert not [ending for ending in {**FORMATS, **DOCUMENTS} if excluded.search(f"drafts/my draft.v2{ending}")]
    assert not [name for name in ("Entwurf.DOCX", "a.MD", "b.Html") if excluded.search(f"drafts/{name}")]
    others = ["a.png", "README", ".DS_Store", "a.docx.tmp", "x.txt/README", "~$a.docx~"]
    assert [name for name in others if not excluded.search(f"drafts/{name}")] == []


def test_the_steps_of_the_action_do_what_they_say(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The step ends with status 1 and an annotation at the quotation, and with 0 once it is mended."""
    (action,) = (block for block in blocks("yaml") if "runs-on" in block)
    install, command = re.findall(r"run: (.*)", action)
    assert install == "pip install quotealign"
    program, *arguments = shlex.split(command)
    assert program == "quotealign"
    assert main(arguments) == 1
    assert capfd.readouterr().out.startswith("::error file=drafts/a.txt,line=1,endLine=1,col=2,")
    (sarif,) = re.findall(r"write `(-f sarif[^`]*)`", (ROOT / "docs/check.md").read_text("utf-8"))
    assert main([*arguments[: arguments.index("-f")], *shlex.split(sarif)]) == 0
    assert (project / "quotations.sarif").stat().st_size
    (project / "drafts/a.txt").write_text(SOURCE, encoding="utf-8")
    assert main(arguments) == 0


@pytest.fixture
def git(project: Path) -> Callable[..., str]:
    """git, with somebody's name."""
    who = ["-c", "user.email=a@example.org", "-c", "user.name=A"]

    def run(*arguments: str, at: Path = project) -> str:
        return subprocess.run(["git", *who, *arguments], cwd=at, check=True, capture_output=True, text=True).stdout

    return run


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_pre_commit_stops_a_wrong_quotation(
    project: Path, git: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """With the configuration of the docs, from a repository at a path; what is no draft is passed over, a .docx not."""
    pre_commit = shutil.which("pre-commit", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if pre_commit is None:
        pytest.skip("needs pre-commit (pip install pre-commit)")
    ours = tmp_path_factory.mktemp("ours")
    for name in ("quotealign", "setup.cfg", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, ours / name)
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "all"]):
        git(*arguments, at=ours)
    (config,) = (block for block in blocks("yaml") if "quotealign-check" in block)
    config = config.replace("https://github.com/YOUR/quotealign", str(ours))
    config = re.sub(r"rev: .*", f"rev: {git('rev-parse', 'HEAD', at=ours).strip()}", config)
    (project / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    (project / "drafts/picture.png").write_bytes(b"\x89PNG\r\n")
    git("init", "-q")
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    environment["PRE_COMMIT_HOME"] = str(tmp_path_factory.mktemp("home"))

    def run() -> tuple[int, str]:
        git("add", "-A")
        done = subprocess.run(
            [pre_commit, "run", "--all-files"], cwd=project, env=environment, capture_output=True, text=True
        )
        return done.returncode, done.stdout + done.stderr

    status, out = run()
    if "CalledProcessError" in out:
        pytest.skip(f"pre-commit could not install quotealign: {out[-300:]}")
    assert status == 1, out
    assert "drafts/a.txt:1:2: altered: " in out
    (project / "drafts/a.txt").write_text(SOURCE, encoding="utf-8")
    status, out = run()
    assert (status, "Passed" in out) == (0, True), out
    (project / "drafts/b.docx").write_bytes(word(CHANGED))
    status, out = run()
    assert status == 1, out
    assert "drafts/b.docx:1:2: unsupported: " in out
