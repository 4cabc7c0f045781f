"""Packages for archives: what an archive takes in it can check, and nothing changes unseen."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import bagit
import pytest
from tei_builders import two_papers

from quotealign.cli.main import main
from quotealign.errors import QuotealignError
from quotealign.formats import packages, tei
from quotealign.formats.tei.edition import Edition, Responsible
from quotealign.model import Notice

EDITION = Edition(
    publisher="City Archive",
    place="Springfield",
    date="2026-11-22",
    idno="urn:example:{id}",
    availability="https://example.org/licence",
    rights="The articles belong to their newspapers.",
    funder="A Fund",
    responsible=(Responsible("Ann Lee", "selection", "persName", "https://example.org/ann"),),
)


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """A folder as `align` leaves it: TEI, and a file of another kind with a hostile name."""
    folder = tmp_path / "out"
    tei.write(two_papers(), folder / "tei", version="1.2", edition=EDITION)
    (folder / "half\nof it.txt").write_text("half")
    (folder / "quotations.jsonl").write_text("{}\n")
    return folder


def told(found: list[Notice]) -> str:
    return " ".join(map(str, found))


def test_a_bag_is_valid_for_the_library_of_the_library_of_congress(results: Path, tmp_path: Path) -> None:
    done = packages.package(results, tmp_path / "bag", version="1.2")
    bag = bagit.Bag(str(tmp_path / "bag"))
    assert bag.validate()
    assert bag.info["Source-Organization"] == "City Archive"
    assert bag.info["Bagging-Date"] == "2026-11-22"
    assert bag.info["Rights"] == [
        "Annotation: https://example.org/licence",
        "Text of articles: The articles belong to their newspapers.",
    ]
    assert bag.info["External-Identifier"] == "urn:example:corpus"
    assert bag.info["Bag-Software-Agent"] == "quotealign 1.2"
    assert len(list(bag.payload_files())) == done.files + 1  # the description


def test_the_payload_is_the_folder_byte_for_byte(results: Path, tmp_path: Path) -> None:
    packages.package(results, tmp_path / "bag", version="1.2")
    for path in results.rglob("*"):
        if path.is_file():
            assert (tmp_path / "bag/data" / path.relative_to(results)).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("form", ["crate", "checksums"])
def test_sha256sum_checks_the_plain_forms(results: Path, tmp_path: Path, form: str) -> None:
    packages.package(results, tmp_path / "made", version="1", form=form)
    command = ["sha256sum", "--strict", "-c", "manifest-sha256.txt"]
    checked = subprocess.run(command, cwd=tmp_path / "made", capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert len(list((tmp_path / "made").rglob("*.*"))) - 1 == checked.stdout.count("OK")


def test_the_description_says_what_each_file_is_and_who_publishes_it(results: Path, tmp_path: Path) -> None:
    packages.package(results, tmp_path / "made", version="9", form="crate")
    graph = json.loads((tmp_path / "made/ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    entities = {entity["@id"]: entity for entity in graph}
    assert len(entities) == len(graph)
    dataset = entities["./"]
    assert dataset["datePublished"] == "2026-11-22"
    # The annotation's licence is not that of the articles, which have conditions of their own.
    assert dataset["license"]["@id"] == "#conditions"
    assert "https://example.org/licence" in entities["#conditions"]["description"]
    assert entities[dataset["publisher"]["@id"]]["name"] == "City Archive"
    assert [entities[one["@id"]]["name"] for one in dataset["author"]] == ["Ann Lee"]
    assert all(part["@id"] in entities for part in dataset["hasPart"])
    corpus = entities["tei/corpus.xml"]
    assert corpus["encodingFormat"] == "application/tei+xml"
    assert int(corpus["contentSize"]) == (results / "tei/corpus.xml").stat().st_size
    assert entities["#quotealign"]["softwareVersion"] == "1.2"
    settings = {entities[one["@id"]]["name"]: entities[one["@id"]]["value"] for one in entities["#making"]["object"]}
    assert settings == {"threshold": "0.5", "lemma": "first"}


def test_what_is_said_now_goes_before_what_the_corpus_file_says(results: Path, tmp_path: Path) -> None:
    packages.package(results, tmp_path / "made", version="1", edition=Edition(publisher="Town Hall", idno="n:{id}"))
    info = bagit.Bag(str(tmp_path / "made")).info
    assert (info["Source-Organization"], info["External-Identifier"]) == ("Town Hall", "n:corpus")
    assert info["Organization-Address"] == "Springfield"


def test_a_corpus_file_by_another_hand_is_taken_as_far_as_it_tells(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/corpus.xml").write_text(
        '<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>'
        "<title type='main'>Old <hi>papers</hi></title></titleStmt><extent><measure unit='reels' quantity='many'/>"
        "</extent><publicationStmt><publisher>A Library</publisher></publicationStmt></fileDesc><profileDesc>"
        "<langUsage><language/></langUsage></profileDesc></teiHeader></teiCorpus>"
    )
    packages.package(tmp_path / "out", tmp_path / "made", version="7", form="crate")
    graph = json.loads((tmp_path / "made/ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    dataset = next(entity for entity in graph if entity["@id"] == "./")
    assert dataset["name"] == "Old papers"
    assert "mentions" not in dataset  # nobody says how it was made
    assert not [entity for entity in graph if entity["@type"] == "CreateAction"]


def test_a_folder_without_tei_is_packed_too_and_what_is_lacking_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "quotations.csv").write_text("id\n")
    (folder / ".quotations.csv.7.tmp").write_text("i")
    notices: list[Notice] = []
    packages.package(folder, tmp_path / "bag", version="1", tell=notices.append)
    assert bagit.Bag(str(tmp_path / "bag")).validate()
    assert "1 hidden file left out" in told(notices)
    assert "no date of publication" in told(notices)
    assert "no licence" in told(notices)
    assert main(["validate", str(tmp_path / "bag")]) == 0


def test_the_same_folder_gives_the_same_bytes(results: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        packages.package(results, tmp_path / name, version="1")
    files = {path.relative_to(tmp_path / "one"): path for path in (tmp_path / "one").rglob("*") if path.is_file()}
    assert all((tmp_path / "two" / name).read_bytes() == path.read_bytes() for name, path in files.items())
    assert str(tmp_path) not in "".join(path.read_text("utf-8", "replace") for path in files.values())


def test_a_package_is_replaced_only_where_that_is_said(results: Path, tmp_path: Path) -> None:
    target = tmp_path / "bag"
    packages.package(results, target, version="1")
    (results / "quotations.jsonl").write_text("{} \n")
    with pytest.raises(QuotealignError, match="a package stands there; name another place, or say --replace"):
        packages.package(results, target, version="1")
    packages.package(results, target, version="1", replace=True)
    assert (target / "data/quotations.jsonl").read_text() == "{} \n"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_what_is_no_package_is_never_replaced(results: Path, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers/mine.txt").write_text("years of work")
    with pytest.raises(QuotealignError, match="no package"):
        packages.package(results, tmp_path / "papers", version="1", replace=True)
    assert (tmp_path / "papers/mine.txt").exists()


def test_a_package_that_cannot_be_finished_leaves_nothing_behind(results: Path, tmp_path: Path) -> None:
    (results / "tei/corpus.xml").write_text("<TEI")
    with pytest.raises(QuotealignError, match=r"corpus\.xml: not well-formed XML"):
        packages.package(results, tmp_path / "bag", version="1")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


@pytest.mark.parametrize(
    ("folder", "target", "reason"),
    [
        ("out", "out/bag", "would lie in its own folder"),
        ("out", "out", "would lie in its own folder"),
        ("nowhere", "bag", "no such folder"),
        ("empty", "bag", "an empty folder"),
        ("linked", "bag", "a link, which no package keeps"),
        ("described", "bag", "a description by another hand"),
        ("holiday", "bag", "nothing in this folder was written by quotealign"),
    ],
)
def test_a_refusal_is_one_sentence(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], folder: str, target: str, reason: str
) -> None:
    for name in ("empty", "linked", "described", "holiday"):
        (tmp_path / name).mkdir()
    (tmp_path / "linked/passwords").symlink_to("/etc/passwd")
    (tmp_path / "described/ro-crate-metadata.json").write_text("{}")
    (tmp_path / "holiday/beach.jpg").write_bytes(b"\xff\xd8")
    (tmp_path / "holiday/notes.txt").write_text("sun")
    assert main(["package", str(tmp_path / folder), "-o", str(tmp_path / target)]) == 2
    error = capsys.readouterr().err
    assert reason in error
    assert error.count("\n") == 1


# -- checking ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", list(packages.FORMS))
def test_missing_altered_and_extra_files_are_each_named(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    target = tmp_path / "made"
    packages.package(results, target, version="1", form=form)
    assert main(["validate", str(target)]) == 0
    assert "all valid" in capsys.readouterr().err
    inside = target / "data" if form == "bag" else target
    (inside / "quotations.jsonl").unlink()
    (inside / "half\nof it.txt").write_text("hall")
    (inside / "more.txt").write_text("")
    assert main(["validate", str(target), "-f", "json"]) == 2
    problems = json.loads(capsys.readouterr().out)["problems"]
    named = {(problem["code"], Path(problem["file"]).name) for problem in problems}
    assert named >= {("missing", "quotations.jsonl"), ("altered", "half\nof it.txt"), ("extra", "more.txt")}
    assert len(named) == (4 if form == "bag" else 3)  # a bag promises the sum of its octets as well


def test_a_name_with_a_percent_sign_is_encoded_as_the_rfc_says_and_found_where_a_program_did_not(
    results: Path, tmp_path: Path
) -> None:
    (results / "50%.txt").write_text("half")
    packages.package(results, tmp_path / "bag", version="1")
    manifest = tmp_path / "bag/manifest-sha256.txt"
    assert "  data/50%25.txt\n" in manifest.read_text()
    assert not [one for one in packages.check(tmp_path / "bag") if one.problems]
    manifest.write_text(manifest.read_text().replace("%25", "%"))
    wrong = [one for one in packages.check(tmp_path / "bag") if one.problems]
    assert [Path(one.file).name for one in wrong] == ["manifest-sha256.txt"]


def test_tei_in_a_package_is_checked_as_tei(results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (results / "tei/article.herald.xml").write_text("<TEI")
    packages.package(results, tmp_path / "bag", version="1")
    assert main(["validate", str(tmp_path / "bag")]) == 2
    assert "article.herald.xml:1:" in capsys.readouterr().out


def test_a_bag_by_another_program_is_checked_with_all_its_checksums(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("words")
    bagit.make_bag(str(tmp_path), checksums=["md5", "sha512"])
    assert main(["validate", str(tmp_path)]) == 0
    (tmp_path / "data/a.txt").write_text("wordy")
    (tmp_path / "bag-info.txt").write_text("Payload-Oxum: 5.1\n")
    assert main(["validate", str(tmp_path)]) == 2
    out = capsys.readouterr().out
    assert out.count("data/a.txt: altered") == 2
    assert out.count("bag-info.txt: altered") == 2


def test_a_manifest_that_leads_outside_opens_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (tmp_path / "secret").write_text("x")
    os.symlink(tmp_path / "secret", package / "link")
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    lines = [f"{digest}  ../secret", f"{digest}  link", "no checksum", f"{digest}  /etc/passwd"]
    (package / "manifest-sha256.txt").write_text("\n".join(lines))
    assert main(["validate", str(package)]) == 2
    out = capsys.readouterr().out
    assert "'../secret' leads outside the package" in out
    assert "'/etc/passwd' leads outside the package" in out
    assert "manifest-sha256.txt:3:1: no checksum and name" in out
    assert "link: altered" in out


def test_files_of_an_earlier_run_are_told(results: Path, tmp_path: Path) -> None:
    """What corpus.xml does not include goes into the package, but not in silence."""
    (results / "tei/article.old.xml").write_text("<TEI/>", encoding="utf-8")
    notices: list[Notice] = []
    packages.package(results, tmp_path / "made", version="1", tell=notices.append)
    assert "article.old.xml" in told(notices)


def test_every_command_tells_in_the_same_words_of_files_of_an_earlier_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    papers, db = tmp_path / "papers", str(tmp_path / "news.db")
    papers.mkdir()
    for name in ("one", "two"):
        (papers / f"{name}.txt").write_text("The mayor spoke. “We will stay,” Ann Lee said.", encoding="utf-8")
    assert main(["corpus", "init", db]) == main(["corpus", "add", db, str(papers)]) == 0
    commands = {
        "align": ["align", str(papers), "-o", str(tmp_path / "align")],
        "export/tei": ["corpus", "export", db, "-f", "tei", "-o", str(tmp_path / "export")],
        "write": ["tei", "write", str(papers), "-o", str(tmp_path / "write")],
        "write ": ["package", str(tmp_path / "write"), "-o", str(tmp_path / "packed")],
    }
    (tmp_path / "align/tei").mkdir(parents=True)
    for folder, command in commands.items():
        place = tmp_path / ("align/tei" if folder == "align" else folder.strip())
        place.mkdir(parents=True, exist_ok=True)
        (place / "article.old.xml").write_text("<TEI/>")
        capsys.readouterr()
        assert main(command) == 0
        said = "1 TEI file that corpus.xml does not include, article.old.xml first; remove what an earlier run has left"
        assert f"warning: {place}: {said} there" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["crate", "bag"])
def test_a_package_that_lost_its_checksums_is_not_valid(results: Path, tmp_path: Path, form: str) -> None:
    packages.package(results, tmp_path / "made", version="1", form=form)
    (tmp_path / "made/manifest-sha256.txt").unlink()
    assert packages.is_package(tmp_path / "made")
    assert any(problem.code == "manifest" for one in packages.check(tmp_path / "made") for problem in one.problems)
