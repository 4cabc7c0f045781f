"""`quotealign collate`: what a person who names files is answered, and what is said of input that cannot be read."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from quotealign.cli import main
from quotealign.cli.collate import FORMATS, SINGLE

TEXTS = {"A": "The black cat sat.\n", "B": "The white cat sat down.\n", "C": "The cat sat.\n"}


class Ran(NamedTuple):
    """What one run left behind."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command in a folder with three witnesses in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")

    def call(*arguments: str, given: Any = None) -> Ran:
        if given is not None:
            (tmp_path / "in.json").write_text(given if isinstance(given, str) else json.dumps(given), encoding="utf-8")
        capfdbinary.readouterr()
        status = main(["collate", *arguments])
        out, err = capfdbinary.readouterr()
        return Ran(status, out.decode("utf-8"), err.decode("utf-8"))

    return call


def _document(*witnesses: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"witnesses": list(witnesses), **more}


A, B = {"id": "A", "content": "x y"}, {"id": "B", "content": "x z"}


# -- files and formats -----------------------------------------------------------------------------------------------


def test_plain_files_make_a_table_to_read(run: Run) -> None:
    """The names of the files are the sigla."""
    ran = run("A.txt", "B.txt", "C.txt")
    assert (ran.status, ran.err) == (0, "")
    assert (
        ran.out == "A  The  black  cat sat  ∅     .\nB  The  white  cat sat  down  .\nC  The  ∅      cat sat  ∅     .\n"
    )


@pytest.mark.parametrize("to", FORMATS)
def test_every_format_is_the_same_twice_and_the_same_in_a_file(run: Run, tmp_path: Path, to: str) -> None:
    """Bytes to standard output or to a file, twice."""
    first = run("A.txt", "B.txt", "C.txt", "-f", to)
    assert first.status == 0
    assert run("A.txt", "B.txt", "C.txt", "-f", to, "-o", "out").out == ""
    assert (tmp_path / "out").read_text(encoding="utf-8") == first.out


@pytest.mark.parametrize("to", FORMATS)
def test_several_documents_in_one_file(run: Run, to: str) -> None:
    """Formats that can hold several do, the others say so in one sentence."""
    lines = "".join(json.dumps(_document(A, B, id=name)) + "\n" for name in ("one", "two"))
    ran = run("in.json", "-f", to, given=lines)
    if to in SINGLE:
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith(f"quotealign: -f {to} holds one collation, and the input has 2; give one document")
    else:
        assert ran.status == 0
        assert "one" in ran.out
        assert "two" in ran.out


@pytest.mark.parametrize("to", FORMATS)
def test_the_name_of_the_output_tells_its_format(run: Run, tmp_path: Path, to: str) -> None:
    """Without `-f`; with it, the option is right."""
    name = {"tei": "out.xml", "text": "out.txt", "svg": "out.SVG"}.get(to, f"out.{to}")
    files = ("A.txt", "B.txt")
    assert run(*files, "-o", name).status == 0
    assert (tmp_path / name).read_text(encoding="utf-8") == run(*files, "-f", to).out
    run(*files, "-f", "csv", "-o", name)
    assert (tmp_path / name).read_text(encoding="utf-8") == run(*files, "-f", "csv").out


def test_an_older_encoding_can_be_named(run: Run, tmp_path: Path) -> None:
    """The advice of the warning is an option that there is."""
    (tmp_path / "D.txt").write_bytes("A café – “one”".encode("cp1252"))
    assert "name its --encoding" in run("A.txt", "D.txt").err
    ran = run("A.txt", "D.txt", "--encoding", "cp1252")
    assert (ran.status, ran.err) == (0, "")
    assert "café" in ran.out


def test_a_number_that_json_cannot_hold_is_written_as_null(run: Run) -> None:
    """Whatever reads our JSON need not know Python's NaN."""
    given = '{"witnesses": [{"id": "A", "tokens": [{"t": "x", "p": [NaN, 1.5], "q": 1e999}]}]}'
    ran = run("in.json", given=given)
    assert ran.status == 0
    [[[[token]]]] = [json.loads(ran.out, parse_constant=pytest.fail)["table"]]
    assert token == {"t": "x", "n": "x", "p": [None, 1.5], "q": None}


def test_a_witness_of_white_space_is_told(run: Run) -> None:
    """No unit can hold it, and a reader should know that it was there."""
    ran = run("in.json", given=_document({"id": "A", "content": " \n "}, B))
    assert ran.status == 0
    assert ran.err.startswith("warning: in.json: witness 'A' is white space only")
    assert run("in.json", given=_document({"id": "A", "content": ""}, B)).err == ""


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("way", ["--near", "--exact"])
@pytest.mark.parametrize("last", ["yz", "yzw"])
def test_a_token_may_be_compared_as_nothing(run: Run, way: str, last: str) -> None:
    """An empty `n` is a form like others: no warning, and equal ones stand together, of two witnesses or of more."""
    given = _document(
        *({"id": n, "tokens": [{"t": "x"}, {"t": "(sic)", "n": ""}, {"t": n}]} for n in last),
    )
    ran = run("in.json", way, "--no-segment", given=given)
    assert (ran.status, ran.err) == (0, "")
    assert [row[1][0]["t"] for row in json.loads(ran.out)["table"]] == ["(sic)"] * len(last)


def test_colour_is_for_terminals_or_on_request(run: Run) -> None:
    """A pipe gets none unless told otherwise, a file never."""
    files = ("A.txt", "B.txt", "C.txt")
    assert "\x1b" not in run(*files).out
    assert "\x1b[33mwhite" in run(*files, "--color", "always").out


def test_the_width_of_the_table_can_be_told(run: Run) -> None:
    """As in align; the words are the same, in more blocks."""
    wide, narrow = run("A.txt", "B.txt"), run("A.txt", "B.txt", "--width", "20")
    assert max(map(len, narrow.out.splitlines())) <= 20
    assert sorted(set(narrow.out.split())) == sorted(set(wide.out.split()))


def test_further_keys_of_tokens_come_out_again(run: Run) -> None:
    """And `t` as it came in, though a space was set for the reader."""
    tokens = [{"t": "x", "page": 1}, {"t": "y", "n": "Y", "mark": {"a": [1]}}]
    given = _document({"id": "A", "tokens": tokens}, B)
    [row, _] = json.loads(run("in.json", given=given).out)["table"]
    assert [token for cell in row for token in cell or ()] == [
        {"t": "x", "n": "x", "page": 1},
        {"t": "y", "n": "Y", "mark": {"a": [1]}},
    ]


def test_tokens_without_spaces_are_set_as_a_printer_would(run: Run) -> None:
    """No space before a comma or behind a bracket, none in Chinese; one between words."""
    tokens = [{"t": t} for t in ("Well", ",", "(", "so", "be", "it", ")", "!")]
    assert run("in.json", "-f", "text", given=_document({"id": "A", "tokens": tokens})).out == "A  Well, (so be it)!\n"
    chinese = [{"t": t} for t in ("我们", "离开", "。")]
    assert run("in.json", "-f", "text", given=_document({"id": "A", "tokens": chinese})).out == "A  我们离开。\n"


def test_a_witness_without_words_is_a_row_of_nothing(run: Run) -> None:
    """CollateX JSON may say that a witness is there and has nothing."""
    ran = run("in.json", given=_document({"id": "A", "content": ""}, B))
    assert ran.status == 0
    assert json.loads(ran.out)["table"][0] == [None] * len(json.loads(ran.out)["table"][1])


def test_one_witness_as_json_is_a_table_of_one_row(run: Run) -> None:
    """As in CollateX, so that a program need not count before it asks."""
    assert len(json.loads(run("in.json", given=_document(A)).out)["table"]) == 1


# -- scripts without spaces ------------------------------------------------------------------------------------------


def test_chinese_is_collated_by_characters(run: Run, tmp_path: Path) -> None:
    """On a page of text characters align better than what could be learnt from it."""
    (tmp_path / "A.txt").write_text("北部的大桥将在明年建成。\n", encoding="utf-8")
    (tmp_path / "B.txt").write_text("北部大桥将于明年建成。\n", encoding="utf-8")
    assert run("A.txt", "B.txt").out == "A  北部  的  大桥将  在  明年建成。\nB  北部  ∅   大桥将  于  明年建成。\n"


def test_in_thai_no_vowel_and_no_tone_mark_parts_from_its_consonant(run: Run, tmp_path: Path) -> None:
    """Vowels stand before, behind, above and below it; all of them are one token."""
    for name, text in (("A", "เมืองจะไม่ขึ้นภาษี"), ("B", "เราก็จะขึ้นภาษีนี้")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    rows = json.loads(run("A.txt", "B.txt", "-f", "json", "--no-segment").out)["table"]
    tokens = [[token["t"] for cell in row for token in cell or ()] for row in rows]
    assert tokens[0] == ["เมื", "อ", "ง", "จะ", "ไม่", "ขึ้", "น", "ภา", "ษี"]
    assert tokens[1] == ["เรา", "ก็", "จะ", "ขึ้", "น", "ภา", "ษี", "นี้"]


# -- input that cannot be read ---------------------------------------------------------------------------------------

BAD = {
    "no list of witnesses": {"witnesses": 3},
    "no witness": {"witnesses": []},
    "not one object": [_document(A, B)],
    "witness 2 is no object": _document(A, "x y"),
    "witness 1 has no id": _document({"content": "x"}, B),
    "'A' has neither content nor tokens": _document({"id": "A"}, B),
    "'A' has a content that is no string": _document({"id": "A", "content": ["x"]}, B),
    "two witnesses have the id 'A'": _document(A, A),
    "the tokens of witness 'A' are no list": _document({"id": "A", "tokens": {"t": "x"}}, B),
    "token 2 of witness 'A' has no \"t\"": _document({"id": "A", "tokens": [{"t": "x"}, {"n": "y"}]}, B),
    "the \"n\" of token 1 of witness 'A' is no string": _document({"id": "A", "tokens": [{"t": "x", "n": 1}]}, B),
    '"segmentation" is neither true nor false': _document(A, B, segmentation="no"),
    '"near_match" is neither true nor false': _document(A, B, near_match=3),
    "witness 'A' has 3 tokens, more than 2": _document({"id": "A", "content": "x y z"}, B),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_wrong_is_one_sentence(run: Run, what: str) -> None:
    """What, where, what to do; status 2 alone, and status 3 where another document could be collated."""
    said = what if what.startswith(("'", '"', "witness", "two", "the", "token")) else "no CollateX document"
    alone = run("in.json", "--max-tokens", "2", given=BAD[what])
    assert (alone.status, alone.out) == (2, "")
    assert alone.err.startswith("quotealign: in.json: ")
    assert said in alone.err
    assert alone.err.count("\n") == 1
    both = run("in.json", "--max-tokens", "2", given=f"{json.dumps(BAD[what])}\n{json.dumps(_document(A, B))}\n")
    assert both.status == 3
    assert both.out.count("\n") == 1
    assert both.err.startswith("skipped: in.json:1: ")


@pytest.mark.parametrize(
    ("given", "place"),
    [('{"witnesses": [\n  {"id": "A" "content": "x"}]}', "in.json:2:14"), ('{"witnesses": [}', "in.json:1:16")],
)
def test_malformed_json_is_named_by_line_and_column(run: Run, given: str, place: str) -> None:
    """An editor's cursor goes there."""
    ran = run("in.json", given=given)
    assert ran.status == 2
    assert place in ran.err


def test_a_long_witness_is_named_with_its_count_and_the_option(run: Run) -> None:
    """Before the work, not after it."""
    ran = run("A.txt", "B.txt", "--max-tokens", "5")
    assert ran.status == 2
    assert (
        ran.err == "quotealign: witness 'B' has 6 tokens, more than 5; shorten it, or allow them with --max-tokens 6.\n"
    )
    assert run("A.txt", "B.txt", "--max-tokens", "6").status == 0


def test_where_no_document_is_left_nothing_was_done(run: Run) -> None:
    """Two bad lines are named one by one, and the status says that there is no result."""
    ran = run("in.json", given=f"{json.dumps(_document(A, A))}\n" * 2)
    assert (ran.status, ran.out) == (2, "")
    assert [line.split(":")[0] for line in ran.err.splitlines()] == ["skipped", "skipped", "quotealign"]


def test_json_among_plain_texts_is_not_collated_as_a_text(run: Run) -> None:
    """A document named beside a text is a slip, and braces are no witness."""
    ran = run("A.txt", "in.json", given=_document(A, B))
    assert ran.status == 2
    assert "in.json: CollateX JSON among plain texts" in ran.err


def test_help_does_not_wait_for_libraries() -> None:
    """XML, templates and sentencepiece are loaded by the formats and scripts that need them."""
    code = "import sys; from quotealign.cli import main; main(['collate', '--help']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"lxml", "jinja2", "sentencepiece"} & set(done.stdout.splitlines()[-1].split())


# -- how to collate --------------------------------------------------------------------------------------------------


def test_words_that_moved_are_linked_shown_together_or_left(run: Run) -> None:
    """Three ways, each with every word of each witness."""
    given = _document({"id": "A", "content": "In spring we sow."}, {"id": "B", "content": "We sow in spring."})
    links = {
        way: json.loads(run("in.json", "--transpositions", way, given=given).out)
        for way in ("mark", "resolve", "ignore")
    }
    assert [bool(links[way].get("transpositions")) for way in links] == [True, True, False]
    shown = [["".join(t["n"] for t in cell or ()) for cell in row] for row in links["resolve"]["table"]]
    assert "inspring" in set(shown[0]) & set(shown[1])


def test_the_base_text_is_a_witness_or_a_policy(run: Run) -> None:
    """Without either there is none, and a witness that is not there is named."""
    given = _document(A, B, {"id": "C", "content": "x z"})
    lemma = {
        way: json.loads(run("in.json", *way, given=given).out).get("lemma")
        for way in ((), ("--base", "A"), ("--lemma", "majority"))
    }
    assert lemma == {(): None, ("--base", "A"): [0, 0], ("--lemma", "majority"): [0, 1]}
    assert "no witness has the sigil 'Z'" in run("in.json", "--base", "Z", given=given).err


def test_exact_lets_only_equal_words_stand_together(run: Run) -> None:
    """The option overrules what the document says."""
    given = _document(
        {"id": "A", "content": "bridges near home"}, {"id": "B", "content": "the bridge home"}, near_match=True
    )
    near, exact = (
        json.loads(run("in.json", "--no-segment", way, given=given).out)["table"] for way in ("--near", "--exact")
    )
    assert [[cell and cell[0]["n"] for cell in row] for row in near] == [
        [None, "bridges", "near", "home"],
        ["the", "bridge", None, "home"],
    ]
    assert [[cell and cell[0]["n"] for cell in row] for row in exact] == [
        ["bridges", "near", "home"],
        ["the", "bridge", "home"],
    ]


def test_subwords_are_learnt_from_the_witnesses(run: Run) -> None:
    """In a script without spaces what repeats becomes a token; nothing is lost."""
    text = "市议会决定重建旧桥。工程师检查了旧桥。" * 12
    given = _document({"id": "A", "content": text}, {"id": "B", "content": text + "市议会"})
    plain, learnt = (
        json.loads(run("in.json", "--no-segment", *way, given=given).out)["table"] for way in ((), ("--subwords",))
    )
    assert len(learnt[0]) < len(plain[0])
    assert ["".join(t["t"] for cell in row for t in cell or ()) for row in learnt] == [text, text + "市议会"]


def test_a_language_without_data_is_still_named_in_the_file(run: Run) -> None:
    """Danish has no file of its own: what holds for all languages is used, and TEI says da."""
    assert 'xml:lang="da"' in run("A.txt", "B.txt", "--lang", "da", "-f", "tei").out
    refused = run("A.txt", "B.txt", "--lang", "danish")
    assert (refused.status, "no language 'danish'" in refused.err) == (2, True)


def test_tei_says_how_it_was_collated(run: Run) -> None:
    """Other settings, another digest, and each setting by name."""
    exact, near = (run("A.txt", "B.txt", "-f", "tei", *way).out for way in (("--exact",), ()))
    digests = [re.search(r'type="sha256">([0-9a-f]{64})<', out) for out in (exact, near)]
    assert digests[0]
    assert digests[1]
    assert digests[0].group(1) != digests[1].group(1)
    assert "<label>transpositions</label> mark" in near
