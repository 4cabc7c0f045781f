"""The documents: commands run, examples print what they say, links lead somewhere, generated parts are fresh.

`python tests/test_docs.py` writes docs/cli.md and every generated part anew.
"""

from __future__ import annotations

import ast
import contextlib
import fnmatch
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

import click
import pytest

import quotealign
from quotealign.cli.collate import FORMATS
from quotealign.cli.main import COMMANDS, group, main
from quotealign.corpus.store import TABLES
from quotealign.formats.articles import Reading
from quotealign.formats.articles import read as read_articles
from quotealign.formats.checked import LEVELS
from quotealign.formats.readings import COLUMNS
from quotealign.languages import clauses, codes, language, relations, rules, scope
from quotealign.model import Article, Kind, Verdict
from quotealign.pipeline import Settings, align
from quotealign.report import draw
from quotealign.report.wording import CLASSES, FAMILIES
from quotealign.scoring.making import _WHY
from quotealign.scoring.severity import _BY_INFORMATION, GRAVE, NEWS, REASONS, SEVERITY, of_words
from quotealign.scoring.traces import WEIGHTS

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("seeds/*.md")])
LANGUAGES = ROOT / "docs/languages.md"
DRIFT = ROOT / "docs/drift.md"
COLLATION = ROOT / "docs/collation.md"
CORPUS = ROOT / "docs/corpus.md"
CHECK = ROOT / "docs/check.md"
FORMATS_PAGE = ROOT / "docs/formats.md"
PICTURE = ROOT / "docs/variant-graph.svg"
TEI = ROOT / "docs/tei.md"
RUN = [ROOT / "README.md", ROOT / "docs/quickstart.md", TEI, COLLATION, LANGUAGES, DRIFT, CHECK, CORPUS]
"""The documents whose commands are run."""

_BOTH = ("quotations.jsonl", "transmission.jsonl")
_COLUMNS = "100"
_SET_UP = ("python3 -m venv", ".venv/bin/pip", ".venv/bin/python -m pytest", "git clone", "cd ")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MADE = re.compile(r"(<!-- made by tests/test_docs.py: ([\w -]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
_FILE = re.compile(r"^<!-- file: ([\w.]+) -->\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_KEY = re.compile(r"^\| `(\w+)` \| [^|]+ \| [^|]+ \| `([^|]+)` \|$", re.MULTILINE)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# -- running -----------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def copied() -> Iterator[Path]:
    """A folder with the seeds in it, and a `quotealign` on its own path that runs this interpreter."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "seeds", folder / "seeds")
        program = folder / "bin" / "quotealign"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m quotealign "$@"\n')
        program.chmod(0o755)
        yield folder


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A command line run in a folder, its two streams in one."""
    paths = {"PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    environment = {**os.environ, **paths, "COLUMNS": _COLUMNS, "PYTHONUTF8": "1", "NO_COLOR": "1"}
    return subprocess.run(
        ["sh", "-c", line],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )


def command_lines(document: Path) -> list[str]:
    """The command lines of a document's `sh` blocks without their set-up parts; a trailing backslash goes on."""
    lines = []
    for kind, body in _BLOCK.findall(document.read_text(encoding="utf-8")):
        if kind != "sh":
            continue
        for line in body.replace("\\\n", " ").splitlines():
            parts = [part for part in line.split(" && ") if part.strip() and not part.startswith(_SET_UP)]
            if parts and not line.startswith("#"):
                lines.append(" && ".join(parts).replace(".venv/bin/quotealign", "quotealign"))
    return lines


def shown_files(document: Path) -> dict[str, str]:
    """Files that a document shows in full, each below a comment with its name."""
    return dict(_FILE.findall(document.read_text(encoding="utf-8")))


def lay_down(document: Path, folder: Path) -> None:
    """Write the files that a document shows into a folder, for its commands."""
    for name, body in shown_files(document).items():
        (folder / name).write_text(body, encoding="utf-8")


@cache
def printed(document: Path) -> tuple[subprocess.CompletedProcess[str], ...]:
    """The command lines of a document, run in the order in which they stand, each once for all tests."""
    with copied() as folder:
        lay_down(document, folder)
        return tuple(shell(line, folder) for line in command_lines(document))


@cache
def main_job() -> tuple[str, dict[str, list[dict[str, Any]]], tuple[str, ...]]:
    """What `align seeds/ -o out/` prints, the records it writes, and the names of all its files."""
    with copied() as folder:
        done = shell("quotealign align seeds/ -o out/", folder)
        assert done.returncode == 0, done.stdout
        out = folder / "out"
        records = {
            path.stem: [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
            for path in sorted(out.glob("*.jsonl"))
        }
        names = tuple(sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()))
    return done.stdout, records, names


def python_output(document: Path) -> str:
    """What the `python` blocks of a document print, run one after the other in one name space."""
    blocks = [body for kind, body in _BLOCK.findall(document.read_text(encoding="utf-8")) if kind == "python"]
    printed = io.StringIO()
    names: dict[str, Any] = {"__name__": "example"}
    with copied() as folder, contextlib.chdir(folder), contextlib.redirect_stdout(printed):
        for block in blocks:
            exec(compile(block, _name(document), "exec"), names)
    return printed.getvalue()


# -- making ------------------------------------------------------------------------------------------------------------


def _fenced(text: str, kind: str = "text") -> str:
    return f"```{kind}\n{text.rstrip()}\n```\n"


def _table() -> str:
    return _fenced(main_job()[0])


def _commands() -> str:
    return "".join(f"- `{name}`: {what}\n" for name, what in COMMANDS.items())


def _example(which: str) -> Callable[[], str]:
    """A record of the cluster with the shortest base text, the signatures without versions of libraries."""

    def make() -> str:
        records = main_job()[1]
        cluster = min(records["clusters"], key=lambda c: (len(c["lemma"]), c["id"]))
        found = {
            "quotation": lambda: next(q for q in records["quotations"] if q["id"] == cluster["quotations"][0]),
            "cluster": lambda: cluster,
            "apparatus": lambda: next(a for a in records["apparatus"] if a["id"] == cluster["id"]),
            "divergence": lambda: next(d for d in records["divergences"] if d["cluster"] == cluster["id"]),
            "drift": lambda: {**(d := records["drift"][0]), "traces": d["traces"][:2]},
            "transmission": lambda: next(t for t in records["transmission"] if t["cluster"] == cluster["id"]),
        }[which]()
        return _fenced(_spread(json.loads(re.sub(r"version:[\w.-]+", "version:…", json.dumps(found)))), "json")

    return make


def _spread(value: Any, indent: str = "") -> str:
    """JSON that a person can read: short values on one line, longer ones spread."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(flat) <= 96 or not isinstance(value, dict | list):
        return flat
    deeper = indent + "  "
    if isinstance(value, dict):
        inner = [f"{deeper}{json.dumps(k)}: {_spread(v, deeper)}" for k, v in value.items()]
        return "{\n" + ",\n".join(inner) + f"\n{indent}}}"
    return "[\n" + ",\n".join(deeper + _spread(v, deeper) for v in value) + f"\n{indent}]"


def _severities() -> str:
    rows = ["| kind of edit | severity | source | what it says |", "|---|---|---|---|"]
    for name, known in sorted(REASONS.items(), key=lambda entry: (SEVERITY[entry[1].kind], entry[1].kind)):
        kind = known.kind if name == known.kind else ""
        if name not in ("cut", "marked-cut"):
            rows.append(f"| {kind} | {known.severity:.2f} | {known.source} | {known.why} |")
    rows += [f"| {kind} | by share | {NEWS} | {why} |" for kind, why in _WHY.items()]
    return "\n".join(rows) + "\n"


def _shares() -> str:
    rows = ["| share of the text's information, from | left out | put in |", "|---|---|---|"]
    for least, _ in _BY_INFORMATION:
        gone, come = (of_words(max(least, 0.001), inserted=inserted) for inserted in (False, True))
        none = f" ({of_words(0.0, inserted=True):.2f} where only function words are)" if least == 0 else ""
        rows.append(f"| {least:.2f} | {gone:.2f} | {come:.2f}{none} |")
    return "\n".join(rows) + "\n"


def _drift() -> str:
    """The verdicts on the seeds, each with its evidence and where that stands."""
    lines = []
    for d in main_job()[1]["drift"]:
        told = f", strength {d['strength']:.2f}" if d["strength"] else ""
        reads = f"; {d['translated']} reads as the translated one" if d["translated"] else ""
        lines.append(f"{d['a']} and {d['b']}: {d['verdict']}{told}{reads}")
        for t in d["traces"]:
            where = ", ".join(f"{p['article']} {p['span'][0]}–{p['span'][1]}" for p in t["places"])
            sign = "+" if t["towards"] == "translation" else "−"
            lines.append(f"  {sign}{t['weight']:.2f} {t['kind']:12} {t['text']}  [{where}]")
        lines.append(f"  why: {d['why']}")
    return _fenced("\n".join(lines))


def _traces() -> str:
    rows = [
        f"| {kind} | {towards} | {weight:.2f} | {most:.2f} | {why} |"
        for kind, (towards, weight, most, why) in sorted(
            WEIGHTS.items(), key=lambda item: (item[1][0] == "editing", -item[1][1])
        )
    ]
    head = ["| kind of trace | speaks for | weight | at most | what it is |", "|---|---|---|---|---|"]
    return "\n".join([*head, *rows]) + "\n"


def _transmission() -> str:
    """Who may have taken it from whom in the example of docs/drift.md."""
    with copied() as folder:
        lay_down(DRIFT, folder)
        shell(command_lines(DRIFT)[0], folder)
        out = folder / "out-lighthouse"
        read = {n: [json.loads(x) for x in (out / n).read_text("utf-8").splitlines()] for n in _BOTH}
    home = {q["id"]: q["article"] for q in read["quotations.jsonl"]}
    lines = []
    for transmission in read["transmission.jsonl"]:
        for d in transmission["descents"]:
            source = home.get(d["source"], "no answer")
            strength = f" (strength {d['strength']:.2f})" if d["source"] else ""
            nearest = ", ".join(home[r] for r in d["rivals"])
            lines.append(
                f"{home[d['witness']]:8} ← {source}{strength}: {d['why']}" + (f"; near: {nearest}" * bool(nearest))
            )
    return _fenced("\n".join(lines))


def drawing() -> str:
    """docs/drift.svg: the picture of drift and transmission in the seeds, as the report draws it."""
    articles = [x for x in read_articles([str(ROOT / "seeds")], Reading()) if isinstance(x, Article)]
    return draw(align(articles))


def _settings() -> str:
    rows = [f"| `{name}` | {value} |" for name, value in Settings().rows() if name != "version"]
    return "\n".join(["| setting | default |", "|---|---|", *rows]) + "\n"


def _classes() -> str:
    rows = [f"| {named.name} | {named.sign} | {named.meaning} |" for named in CLASSES]
    return "\n".join(["| class | sign in the report | meaning |", "|---|---|---|", *rows]) + "\n"


def _families() -> str:
    rows = [f"| `{n.sign}` | {n.name} | {n.meaning} | {', '.join(sorted(kinds))} |" for n, kinds in FAMILIES]
    return "\n".join(["| sign | family | meaning | kinds of edit |", "|---|---|---|---|", *rows]) + "\n"


def _metrics() -> str:
    with copied() as folder:
        return _fenced(re.sub(r"version:[\w.-]+", "version:…", shell("quotealign metrics", folder).stdout))


def _python() -> str:
    return _fenced(python_output(ROOT / "docs/quickstart.md"))


def _printed_by(line: str) -> Callable[[], str]:
    def make() -> str:
        with copied() as folder:
            return _fenced(shell(line, folder).stdout)

    return make


def _quickstart_table() -> str:
    """What the last command of the quick start prints, run after those that stand before it."""
    return _fenced(printed(ROOT / "docs/quickstart.md")[-1].stdout)


def _corpus(which: int, kind: str = "text") -> Callable[[], str]:
    """What a command of docs/corpus.md prints, run after those that stand before it."""
    return lambda: _fenced(printed(CORPUS)[which].stdout, kind)


def _tables() -> str:
    rows = [f"| `{table}` | {', '.join(f'`{name}`' for name in columns)} |" for table, columns in TABLES.items()]
    return "\n".join(["| table | columns |", "|---|---|", *rows]) + "\n"


def _swedish() -> str:
    return _fenced(printed(LANGUAGES)[0].stdout)


def collated(*options: str, files: str = "first.txt second.txt third.txt") -> str:
    """What `quotealign collate` prints of the files that docs/collation.md shows."""
    with copied() as folder:
        lay_down(COLLATION, folder)
        return shell(" ".join(("quotealign collate", files, *options)), folder).stdout


def _collation_json() -> str:
    return _fenced(_spread(json.loads(collated(files="words.json"))), "json")


def _collation_csv() -> str:
    return _fenced("\n".join([*collated("-f csv").splitlines()[:7], "…"]))


def _collation_tei() -> str:
    """The `ab`, a line for each `app`."""
    block = re.search(r"<ab .*</ab>", collated("-f tei"), re.DOTALL)
    assert block is not None
    return _fenced(re.sub(r" ?(?=<app|</ab>)|(?<=</app>) ?(?=\w)", "\n", block.group()).replace("\n\n", "\n"), "xml")


def _checked(options: str) -> str:
    """What `quotealign check` prints of the draft that docs/check.md shows."""
    with copied() as folder:
        lay_down(CHECK, folder)
        return shell(f"quotealign check draft.txt --against sources.txt {options} 2> errors", folder).stdout


def _finding_example() -> str:
    return _fenced(_spread(json.loads(_checked("-f json"))["findings"][0]), "json")


def _verdicts() -> str:
    rows = [f"| {verdict.value} | {LEVELS[verdict]} | {verdict.meaning} |" for verdict in Verdict]
    return "\n".join(["| verdict | level in SARIF | what it says |", "|---|---|---|", *rows]) + "\n"


_SQL = "SELECT kind, spans, speaker.name, text FROM 'quotations.parquet'"


@cache
def formats_page() -> dict[str, str]:
    """What each command line of docs/formats.md prints, all run in one folder in their order, and what two files hold.

    A plain command is run in this process, which takes a tenth of the time.
    """
    import duckdb

    printed = {}
    with copied() as folder, contextlib.chdir(folder):
        lay_down(FORMATS_PAGE, folder)
        for line in command_lines(FORMATS_PAGE):
            words = shlex.split(line)
            if words[0] == "quotealign" and "|" not in words:
                stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
                with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(io.StringIO()) as told:
                    status = main(words[1:])
                printed[line] = cast(io.BytesIO, stream.buffer).getvalue().decode("utf-8")
            else:
                done = shell(line, folder)
                status, told, printed[line] = done.returncode, done.stdout, done.stdout
            assert status == 0, (line, told)
        printed["bridge.tmx"] = Path("bridge.tmx").read_text(encoding="utf-8")
        rows = duckdb.sql(_SQL).fetchall()
    return printed | {_SQL: "\n".join(" │ ".join(map(str, row)) for row in rows)}


def _formats(*lines: str, kind: str = "text", most: int = 99) -> Callable[[], str]:
    """What some command lines of docs/formats.md print, cut where it is longer than that many lines."""

    def make() -> str:
        rows = "".join(formats_page()[line] for line in lines).splitlines()
        return _fenced("\n".join([*rows[:most], "…"] if len(rows) > most else rows), kind)

    return make


def _formats_sql() -> str:
    return _fenced(f"{_SQL};", "sql") + "\n" + _fenced(formats_page()[_SQL])


MAKERS: dict[str, Callable[[], str]] = {
    "table": _table,
    "commands": _commands,
    "languages": _printed_by("quotealign languages"),
    "score": _printed_by('quotealign score "strong and here to stay" "strong and made to last"'),
    "quickstart table": _quickstart_table,
    "quickstart score": _printed_by('quotealign score "We will not leave" "We will leave"'),
    "quickstart text": _printed_by("quotealign extract seeds/004_journal.txt -f text"),
    "record quotation": _example("quotation"),
    "record cluster": _example("cluster"),
    "record apparatus": _example("apparatus"),
    "record divergence": _example("divergence"),
    "record drift": _example("drift"),
    "record transmission": _example("transmission"),
    "record finding": _finding_example,
    "check text": lambda: _fenced(_checked("")),
    "check python": lambda: _fenced(python_output(CHECK)),
    "verdicts": _verdicts,
    "drift": _drift,
    "traces": _traces,
    "transmission": _transmission,
    "severities": _severities,
    "shares": _shares,
    "settings": _settings,
    "classes": _classes,
    "families": _families,
    "metrics": _metrics,
    "python": _python,
    "swedish": _swedish,
    "corpus add": _corpus(1),
    "corpus again": _corpus(2),
    "corpus link": _corpus(3),
    "corpus status": _corpus(4),
    "corpus sql": lambda: _fenced(python_output(CORPUS)),
    "corpus tables": _tables,
    "formats brat": _formats("cat brat/english.ann"),
    "formats webanno": _formats("cat webanno/english.tsv", most=18),
    "formats conllu": _formats("quotealign extract english.txt -f conllu", most=20),
    "formats sql": _formats_sql,
    "formats tmx": _formats("bridge.tmx", kind="xml"),
    "formats pharaoh": _formats("quotealign score pairs.jsonl -f tokens", "quotealign score pairs.jsonl -f pharaoh"),
    "collation python": lambda: _fenced(python_output(COLLATION)),
    "collation text": lambda: _fenced(collated()),
    "collation csv": _collation_csv,
    "collation json": _collation_json,
    "collation tei": _collation_tei,
}
"""Generated parts of the documents by the name in their comment."""


def fresh(text: str) -> str:
    """A document with every generated part made anew."""
    return _MADE.sub(lambda m: m.group(1) + MAKERS[m.group(2)]() + m.group(4), text)


def reference() -> str:
    """docs/cli.md: the help of every command, as it is printed at a width of 80 columns."""

    def helped(command: click.Command, name: str) -> str:
        context = click.Context(command, info_name=name, terminal_width=80, help_option_names=["-h", "--help"])
        return _fenced(command.get_help(context))

    parts = [
        "# Command line\n",
        "Made by `python tests/test_docs.py` from the commands themselves; do not edit it by hand.\n",
        "Data goes to standard output, everything else to standard error. `-` stands for standard input or output.",
        "Options of one command mean the same in every other. For exit statuses see the [README](../README.md).\n",
        "## quotealign\n",
        helped(group, "quotealign"),
    ]
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        assert command is not None
        parts += [f"## {name}\n", helped(command, f"quotealign {name}")]
        for below, further in command.commands.items() if isinstance(command, click.Group) else ():
            parts += [f"### {name} {below}\n", helped(further, f"quotealign {name} {below}")]
    return "\n".join(parts)


# -- tests -------------------------------------------------------------------------------------------------------------


def test_the_command_line_reference_is_fresh() -> None:
    """docs/cli.md is what the commands say of themselves."""
    assert (ROOT / "docs/cli.md").read_text(encoding="utf-8") == reference(), "run: python tests/test_docs.py"


def test_the_picture_of_drift_is_fresh() -> None:
    """docs/drift.svg is what the report draws of the seeds."""
    assert (ROOT / "docs/drift.svg").read_text(encoding="utf-8") == drawing(), "run: python tests/test_docs.py"


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_generated_parts_are_fresh(document: Path) -> None:
    """Tables, records and printed examples are what the program really gives."""
    text = document.read_text(encoding="utf-8")
    assert text == fresh(text), "run: python tests/test_docs.py"


@pytest.mark.parametrize("document", RUN, ids=_name)
def test_every_command_line_runs(document: Path) -> None:
    """Each command line of a document ends with status 0, in the order in which they stand."""
    for line, done in zip(command_lines(document), printed(document), strict=True):
        assert done.returncode == 0, f"{line}\n{done.stdout}"


def test_the_main_job_is_in_the_readme() -> None:
    """The two commands that a newcomer needs stand in the README, word for word."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    set_up = "python3 -m venv .venv && .venv/bin/pip install"
    assert f"\n{set_up} . && .venv/bin/quotealign align seeds/ -o out/\n" in text
    assert f"\n{set_up} -e '.[test]' && .venv/bin/python -m pytest\n" in text


def test_the_readme_names_every_file_of_the_output() -> None:
    """Each file in out/ is described in the README, and each described file is there."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    described = [name.replace("ID", "*") for name in re.findall(r"^\| `out/([^`]+)` \|", text, re.MULTILINE)]
    names = main_job()[2]
    assert [n for n in names if not any(fnmatch.fnmatch(n, d) for d in described)] == []
    assert [d for d in described if not fnmatch.filter(names, d)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_links_lead_somewhere(document: Path) -> None:
    """Every link to another file, and to a heading in it, resolves."""
    for target in _LINK.findall(_BLOCK.sub("", document.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, heading = target.partition("#")
        path = (document.parent / name).resolve() if name else document
        assert path.exists(), target
        assert not heading or heading in _headings(path), target


def _headings(path: Path) -> set[str]:
    """The anchors of a document's headings, as forges make them."""
    titles = re.findall(r"^#+ (.+)$", _BLOCK.sub("", path.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_field_of_a_record_is_described() -> None:
    """docs/records.md names each field that the main job writes in its record's section."""
    text = (ROOT / "docs/records.md").read_text(encoding="utf-8")
    sections = {part.partition("\n")[0].strip().lower(): part for part in text.split("\n## ")[1:]}
    for records in main_job()[1].values():
        for record in records:
            described = set(re.findall(r"`(\w+)`", sections[record["type"]]))
            assert set(record) <= described, record["type"]


def test_the_glossary_explains_every_word_that_a_result_shows() -> None:
    """Kinds, classes and kinds of edit are in the glossary or in the tables it points to."""
    glossary = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    methods = (ROOT / "docs/methods.md").read_text(encoding="utf-8")
    assert [kind.value for kind in Kind if f"**{kind.value}**" not in glossary] == []
    assert [named.name for named in CLASSES if f"| {named.name} |" not in methods] == []
    assert [kind for kind in _WHY if f"| {kind} |" not in methods] == []
    assert f"{GRAVE}" in methods


def test_the_picture_in_the_documents_is_fresh() -> None:
    """docs/variant-graph.svg is what the command beside it draws."""
    assert PICTURE.read_text(encoding="utf-8") == collated("-f svg"), "run: python tests/test_docs.py"


def test_every_format_of_a_collation_is_described() -> None:
    """docs/collation.md has each format in its table, and each column of the CSV."""
    text = COLLATION.read_text(encoding="utf-8")
    assert [name for name in (*FORMATS, *COLUMNS) if f"| `{name}` |" not in text] == []


def test_every_language_is_named() -> None:
    """A reader learns from the README which languages have data."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [language(code).name for code in codes() if code != "und" and language(code).name not in text] == []


def loaded_keys() -> set[str]:
    """Every `table.key` that the loader asks a language's file for, read from its code."""
    found: set[str] = set()
    for module, name in ((rules, "_build"), (clauses, "read_clauses"), (relations, "relations"), (scope, "read_scope")):
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        build = next(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == name)
        found |= {
            node.value for node in ast.walk(build) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    return {text for text in found if re.fullmatch(r"[a-z]+\.[a-z_]+", text)}


def described_keys() -> dict[str, str]:
    """Each `table.key` of docs/languages.md, with its example."""
    text = LANGUAGES.read_text(encoding="utf-8").partition("\n## Every table and key\n")[2].partition("\n## ")[0]
    sections = (part.partition("\n") for part in text.split("\n### ")[1:])
    return {f"{table}.{key}": example for table, _, rows in sections for key, example in _KEY.findall(rows)}


@pytest.fixture
def unlearnt() -> Iterator[None]:
    """Languages learnt during a test are forgotten after it."""
    yield
    rules._LEARNT.clear()
    for cached in (rules.codes, rules.language, rules._build):
        cached.cache_clear()


def test_every_key_of_a_language_is_described() -> None:
    """docs/languages.md has each key that the loader reads below its table, and no other."""
    keys = loaded_keys()
    assert len(keys) > 50
    assert set(described_keys()) == keys


def test_every_key_of_our_own_languages_is_one_that_the_loader_reads() -> None:
    """No list of a language file stands there in vain, under a name that nobody asks for."""
    for path in Path(rules.__file__).parent.glob("*.toml"):
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        assert {f"{table}.{key}" for table, entries in tables.items() for key in entries} <= loaded_keys(), path.name


@pytest.mark.parametrize("name", sorted(described_keys()))
def test_the_example_of_a_key_is_data_that_the_loader_takes(name: str, unlearnt: None) -> None:
    """Each example in docs/languages.md sets its own key, to something that is more than nothing."""
    table, _, key = name.partition(".")
    example = described_keys()[name]
    assert list(tomllib.loads(example)) == [key]
    assert rules.learn("qaa", f"[{table}]\n{example}\n") != rules.learn("qaa", "")


def test_the_swedish_of_the_documents_finds_what_its_golden_cases_ask_for() -> None:
    """The example in docs/languages.md is read from a file with `--language-data`, and its golden cases hold."""
    shown = shown_files(LANGUAGES)
    cases = tomllib.loads(shown["golden.toml"])["case"]
    assert cases
    with copied() as folder:
        lay_down(LANGUAGES, folder)
        for case in cases:
            (folder / "case.txt").write_text(case["text"], encoding="utf-8")
            printed = shell("quotealign extract case.txt --language-data sv.toml --lang sv --unit part", folder).stdout
            found = [json.loads(line) for line in printed.splitlines()]
            for record, wanted in zip(found, case["quotations"], strict=True):
                assert {"text": record["text"], "kind": record["kind"]}.items() <= wanted.items(), case["why"]
                assert (record["source"] or {}).get("text") == wanted.get("source"), case["why"]
                assert (record["speaker"] or {}).get("name") == wanted.get("speaker"), case["why"]


def test_the_version_is_one() -> None:
    """Package, change log and citation file agree."""
    assert f"## {quotealign.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"\nversion: {quotealign.__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


if __name__ == "__main__":
    (ROOT / "docs/cli.md").write_text(reference(), encoding="utf-8")
    (ROOT / "docs/drift.svg").write_text(drawing(), encoding="utf-8")
    PICTURE.write_text(collated("-f svg"), encoding="utf-8")
    for place in DOCUMENTS:
        place.write_text(fresh(place.read_text(encoding="utf-8")), encoding="utf-8")
