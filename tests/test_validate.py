"""What `quotealign validate` finds, where it says it is, and what it never reads."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from tei_builders import two_papers

from quotealign.cli import main
from quotealign.formats import tei
from quotealign.formats.tei import parsing
from quotealign.formats.tei.validation import check as check_files
from quotealign.formats.tei.validation import check_text, files
from quotealign.model import Problem

SAMPLES = Path(__file__).parents[2] / "shared" / "tei" / "samples"

SMALL = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="x.tei" xml:lang="en">
<teiHeader>
  <fileDesc>
    <titleStmt><title>A report</title></titleStmt>
    <publicationStmt><publisher>Nobody</publisher></publicationStmt>
    <sourceDesc><listWit><witness xml:id="x.w.A">A</witness><witness xml:id="x.w.B">B</witness></listWit></sourceDesc>
  </fileDesc>
  <profileDesc>
    <langUsage><language ident="en">English</language></langUsage>
    <particDesc><listPerson><person xml:id="x.mayor"><persName>Ada Miller</persName></person></listPerson></particDesc>
  </profileDesc>
</teiHeader>
<text><body xml:id="x.body"><p xml:id="x.p1">She said <said xml:id="x.q1" who="#x.mayor" direct="true">"Go."</said></p>
<ab type="collation">so <app><rdg wit="#x.w.A">be</rdg><rdg wit="#x.w.B">is</rdg></app></ab></body></text>
</TEI>
"""
"""A sound file, not of our making."""


def problems(text: str) -> list[Problem]:
    return list(check_text(text.encode(), "x.xml"))


def changed(old: str, new: str) -> list[Problem]:
    """The problems of the small file with one thing changed."""
    assert SMALL.count(old) >= 1
    return problems(SMALL.replace(old, new, 1))


@pytest.fixture
def written(tmp_path: Path) -> Path:
    folder = tmp_path / "tei"
    tei.write(two_papers(), folder, version="0.1.0")
    return folder


def test_a_sound_file_of_anybody_is_valid() -> None:
    assert problems(SMALL) == []


def test_what_we_write_is_valid(written: Path) -> None:
    assert [p for checked in check_files(files([str(written)])) for p in checked.problems] == []


@pytest.mark.skipif(not SAMPLES.exists(), reason="needs the samples in ../shared/tei")
def test_samples_by_other_hands_are_valid_but_for_files_that_are_not_there() -> None:
    found = [p for checked in check_files(files([str(SAMPLES)])) for p in checked.problems]
    assert all("no such file" in p.what or "is not there" in p.what for p in found), found


CASES = {
    "outside-subset": ("<p xml:id", "<lg><l>a</l></lg><p xml:id", "<lg> is not of the subset"),
    "attribute": ('<ab type="collation">', '<ab type="collation" facs="#x.p1">', "<ab> has @facs"),
    "misplaced": ("<profileDesc>", "<p>x</p><profileDesc>", "<p> may not stand here in <teiHeader>"),
    "incomplete": ("<title>A report</title>", "", "<titleStmt> is not complete"),
    "text": ("<langUsage>", "<langUsage>hm", "<langUsage> holds text"),
    "value": ('direct="true"', 'direct="maybe"', "@direct of <said> is 'maybe'"),
    "same-id": ('xml:id="x.p1"', 'xml:id="x.mayor"', "'x.mayor' is given in line 11 already"),
    "pointer": ('who="#x.mayor"', 'who="#x.major"', "points to #x.major, which is nowhere"),
    "no-hash": ('who="#x.mayor"', 'who="x.mayor"', "without #"),
    "who": ('who="#x.mayor"', 'who="#x.p1"', "@who points to #x.p1, which is a <p>"),
    "wit": ('wit="#x.w.B"', 'wit="#x.mayor"', "@wit points to #x.mayor"),
    "ana": ('direct="true"', 'direct="true" ana="#x.p1"', "@ana points to #x.p1"),
    "language": ('xml:lang="en"', 'xml:lang="fr"', "'fr' is not declared"),
}


@pytest.mark.parametrize("code", CASES)
def test_each_thing_that_is_wrong_is_told_in_its_place(code: str) -> None:
    old, new, words = CASES[code]
    [problem] = changed(old, new)
    assert problem.code == code
    assert words in problem.what
    line = SMALL.replace(old, new, 1).split("\n")[problem.line - 1]
    assert line[problem.column - 1] == "<"
    assert problem.do


MORE = [
    ('wit="#x.w.B"', 'wit="#x.w.B #x.w.A"', "has two readings"),
    ('xml:lang="en"', 'xml:lang="englisch-"', "expected is a language tag"),
    ("<title>A report</title>", '<title xml:lang="en-US-GB">A</title>', "no language tag"),
    ("</publisher>", '</publisher><date when="2021-02-29">x</date>', "@when of <date> is '2021-02-29'"),
    ("</publisher>", '</publisher><date when="1.3.2021">x</date>', "expected is a date such as"),
    ("</publisher>", '</publisher><ptr target="qa:herald"/>', "no prefixDef says what qa: means"),
    ("</publisher>", '</publisher><ptr target="other.xml#a"/>', "there is no such file"),
    ("</publisher>", '</publisher><ptr target="../../etc/passwd"/>', "outside the folder"),
    ("</publisher>", '</publisher><ptr target="file:///etc/passwd"/>', "no prefixDef"),
    (
        "</publisher>",
        '</publisher><ptr target="#string-range(x.p1,5,99)"/>',
        "ends at 104, and the text of #x.p1 has 14",
    ),
    ("</publisher>", '</publisher><ptr target="#string-range(x.p1, 5)"/>', "is no string-range"),
]


@pytest.mark.parametrize(("old", "new", "words"), MORE)
def test_other_things_beyond_the_schema_are_told(old: str, new: str, words: str) -> None:
    assert any(words in str(problem) for problem in changed(old, new))


def test_a_text_that_was_touched_is_found_by_its_checksum(written: Path) -> None:
    path = written / "article.herald.xml"
    path.write_text(path.read_text(encoding="utf-8").replace("The mayor spoke.", "The mayor wept."), encoding="utf-8")
    codes = [p.code for p in check_text(path.read_bytes(), "x")]
    assert {"checksum", "length"} <= set(codes)


def test_many_problems_are_told_singly_only_so_far() -> None:
    text = SMALL.replace('<p xml:id="x.p1">', "".join(f'<p xml:id="x.n{n}" who="#x"/>' for n in range(50)) + "<p>")
    found = problems(text)
    assert len(found) == 21
    assert "further problems" in "".join(p.what for p in found)


# -- bad input ---------------------------------------------------------------------------------------------------------

LAUGHS = '<!DOCTYPE TEI [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">{}]>'.format(
    "".join(f'<!ENTITY {chr(99 + n)} "{f"&{chr(98 + n)};" * 10}">' for n in range(12))
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "an empty file"),
        ("no XML at all", "not well-formed"),
        ("<TEI><p></TEI>", "mismatch"),
        ("<TEI>&nbsp;</TEI>", "Entity 'nbsp' not defined"),
        ('<!DOCTYPE TEI SYSTEM "http://127.0.0.1:1/tei.dtd"><TEI/>', "DOCTYPE"),
        ('<!DOCTYPE TEI [<!ENTITY x SYSTEM "/etc/passwd">]><TEI>&x;</TEI>', "DOCTYPE"),
        (LAUGHS + "<TEI>&n;</TEI>", "DOCTYPE"),
        ("<!-- a --><?b c?>\n<!DOCTYPE TEI><TEI/>", "DOCTYPE"),
        ('<?xml version="1.0" encoding="EBCDIC-X"?><TEI/>', "encoding"),
        ("<TEI/>", "<TEI> is not a document of TEI"),
        ("<html><body/></html>", "is not a document of TEI"),
        ("<a>" * 100_000, "more than two thousand deep"),
        ("<TEI>\x00</TEI>", "not well-formed"),
    ],
)
def test_what_is_no_tei_is_answered_in_one_sentence(text: str, words: str) -> None:
    [problem] = check_text(text.encode(), "x.xml")
    assert words in problem.what
    assert "\n" not in str(problem)


def test_a_file_too_large_to_be_read_at_once_is_refused_by_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "long.xml"
    path.write_text(SMALL.replace('type="collation"', f'type="{"x" * 6_000_000}"'))
    monkeypatch.setattr(parsing, "LARGEST", 5_000_000)
    assert main(["validate", str(path)]) == 2
    out, _ = capsys.readouterr()
    assert "more than the 5,000,000 that are read at once" in out
    assert len(out) < 300
    assert main(["tei", "read", str(path)]) == 2
    assert "more than the 5,000,000" in capsys.readouterr().err


def test_a_document_type_is_refused_in_any_encoding() -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE TEI [<!ENTITY x "y">]><TEI>&x;</TEI>'
    [problem] = check_text(text.encode("utf-16"), "x.xml")
    assert problem.code == "doctype"


def test_broken_xml_is_told_with_line_and_column() -> None:
    [problem] = problems(SMALL.replace("</said>", "</sad>"))
    assert (problem.line, problem.code) == (14, "not-xml")
    assert problem.column > 1


@pytest.mark.parametrize("href", ["../secret.xml", "/etc/passwd", "file:///etc/passwd", "http://127.0.0.1:1/x.xml"])
def test_an_include_outside_the_folder_is_refused_and_not_read(tmp_path: Path, href: str) -> None:
    (tmp_path / "secret.xml").write_text("<secret/>")
    corpus = _corpus(tmp_path / "in", href)
    found = [p for checked in check_files([corpus]) for p in checked.problems]
    assert [p.code for p in found] == ["outside-folder"]


def test_a_link_out_of_the_folder_is_not_followed_either(tmp_path: Path) -> None:
    (tmp_path / "secret.xml").write_text("<secret/>")
    corpus = _corpus(tmp_path / "in", "x.xml")
    (tmp_path / "in" / "x.xml").symlink_to(tmp_path / "secret.xml")
    assert [p.code for checked in check_files([corpus]) for p in checked.problems] == ["outside-folder"]


def _corpus(folder: Path, *hrefs: str) -> Path:
    folder.mkdir(exist_ok=True)
    includes = "".join(f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{href}"/>' for href in hrefs)
    start = SMALL.replace("<TEI ", "<teiCorpus ").replace("x.", "c.").partition("<text>")[0]
    path = folder / "corpus.xml"
    path.write_text(f"{start}{includes}</teiCorpus>")
    return path


def test_an_id_that_is_there_twice_after_inclusion_is_told(tmp_path: Path) -> None:
    corpus = _corpus(tmp_path, "a.xml", "b.xml")
    (tmp_path / "a.xml").write_text(SMALL)
    (tmp_path / "b.xml").write_text(SMALL)
    [problem] = [p for checked in check_files([corpus]) for p in checked.problems]
    assert "after inclusion the xml:id 'x.body' is there twice: in a.xml and in b.xml" in problem.what
    assert Path(problem.file).name == "corpus.xml"


@pytest.mark.parametrize("name", ["y.x.p1", "x.p1", "plain"])
def test_ids_without_a_prefix_are_compared_as_well(tmp_path: Path, name: str) -> None:
    corpus = _corpus(tmp_path, "a.xml", "b.xml")
    (tmp_path / "a.xml").write_text(SMALL.replace("x.p1", name))
    (tmp_path / "b.xml").write_text(
        re.sub(r' xml:id="x\.(?!mayor|w)[^"]*"', "", SMALL)
        .replace("x.", "z.", 99)
        .replace("<body>", f'<body xml:id="{name}">')
    )
    found = [p for checked in check_files([corpus]) for p in checked.problems]
    assert [p.code for p in found] == ["same-id"], found


def test_an_included_file_that_includes_the_first_is_told(tmp_path: Path) -> None:
    corpus = _corpus(tmp_path, "corpus.xml")
    assert [p.code for checked in check_files([corpus]) for p in checked.problems] == ["include"]


def test_a_pointer_to_an_id_that_another_file_does_not_have_is_told(written: Path) -> None:
    [path] = written.glob("cluster.*.xml")
    path.write_text(path.read_text(encoding="utf-8").replace("#herald.q.", "#herald.k."), encoding="utf-8")
    found = [p for checked in check_files(files([str(written)])) for p in checked.problems]
    assert found
    assert all("nowhere in that file" in p.what for p in found)


# -- the command line --------------------------------------------------------------------------------------------------


def test_the_command_says_how_many_and_ends_with_0(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(written)]) == 0
    out, err = capsys.readouterr()
    assert (out, err) == ("", "4 files checked, all valid\n")


def test_a_problem_ends_with_2_and_stands_on_standard_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.xml"
    path.write_text(SMALL.replace("#x.mayor", "x.mayor"))
    assert main(["validate", str(path)]) == 2
    out, _ = capsys.readouterr()
    assert re.fullmatch(r".*/x\.xml:14:55: @who of <said> is 'x\.mayor' without #; write #x\.mayor\.\n", out)


def test_as_json_there_is_one_document(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (written / "corpus.xml").write_text("<TEI/>")
    assert main(["validate", str(written), "-f", "json"]) == 2
    document = json.loads(capsys.readouterr().out)
    assert (document["files"], document["valid"]) == (4, False)
    assert set(document["problems"][0]) == {"file", "line", "column", "code", "what", "do"}


def test_a_name_that_is_not_there_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(tmp_path / "no.xml")]) == 2
    assert main(["validate", str(tmp_path)]) == 2
    assert "no .xml file in this folder" in capsys.readouterr().err


def test_one_file_may_come_on_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(SMALL.encode())))
    assert main(["validate", "-"]) == 0
    assert capsys.readouterr().err == "1 file checked, all valid\n"


@pytest.mark.parametrize("mode", [[], ["--standoff"], ["--no-text"]])
def test_words_that_xml_cannot_hold_are_the_same_in_article_and_collation(tmp_path: Path, mode: list[str]) -> None:
    """A form feed inside a quotation that two articles share makes no file invalid."""
    said = "“The bridge will not open before {}March 2031, and it will cost {} million euros,” said Ada Solheim.\n"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one.txt").write_text(said.format("\f", 42), encoding="utf-8")
    (tmp_path / "in" / "two.txt").write_text(said.format("", 45), encoding="utf-8")
    assert main(["align", str(tmp_path / "in"), "-o", str(tmp_path / "out"), *mode]) == 0
    assert main(["validate", str(tmp_path / "out")]) == 0


def test_ids_that_look_like_those_of_witnesses_are_no_trouble(tmp_path: Path) -> None:
    """An article may be called daily.w.12: its witnesses keep their sigla."""
    said = "“The bridge will not open before March 2031, and it will cost 42 million euros,” said Ada Solheim."
    rows = [json.dumps({"id": name, "lang": "en", "text": said}) for name in ("daily.w.12", "weekly.w.12")]
    (tmp_path / "in.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert main(["align", str(tmp_path / "in.jsonl"), "-o", str(tmp_path / "out")]) == 0
    assert main(["validate", str(tmp_path / "out")]) == 0
    assert (
        main(["tei", "read", str(tmp_path / "out" / "tei"), "-f", "collatex", "-o", str(tmp_path / "table.json")]) == 0
    )
    witnesses = json.loads((tmp_path / "table.json").read_text(encoding="utf-8").splitlines()[0])["witnesses"]
    assert [name.partition(".q.")[0] for name in witnesses] == ["daily.w.12", "weekly.w.12"]


def test_a_corpus_whose_includes_were_resolved_is_looked_at(written: Path, tmp_path: Path) -> None:
    """Whoever resolves the includes gets problems with lines, if any, and no fault of ours."""
    from lxml import etree

    tree = etree.parse(written / "tei" / "corpus.xml" if (written / "tei").is_dir() else written / "corpus.xml")
    tree.xinclude()
    tree.write(tmp_path / "all.xml", encoding="utf-8")
    assert all(problem.line for found in check_files([tmp_path / "all.xml"]) for problem in found.problems)
