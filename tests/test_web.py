"""The local page: what a person and a program get, and one sentence for whatever is odd."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from lxml import etree
from web_builders import DRAFT, SOURCE, client, finished, folder, post

from quotealign import corpus
from quotealign.cli import main
from quotealign.corpus.opening import opened
from quotealign.model import Article

AGAIN = SOURCE.replace("every bus in", "each bus of").replace("not close", "never close")


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with some folders of sources and a corpus."""
    here = tmp_path_factory.mktemp("web")
    folder(here / "speeches", speech=SOURCE, again=AGAIN)
    folder(here / "changing", one=SOURCE)
    folder(here / "linked", one=SOURCE)
    folder(here / "moved", one=SOURCE)
    folder(here / "mixed", one=SOURCE, none="")
    (here / "mixed" / "cut.docx").write_bytes(b"PK\x03\x04 and no more")
    database = corpus.init(here / "news.db")
    articles = [Article("daily", SOURCE, "en", outlet="Daily"), Article("weekly", AGAIN, "en", outlet="Weekly")]
    corpus.add(database, articles)
    corpus.link(database)
    return here


@pytest.fixture(scope="module")
def browser(here: Path) -> Iterator[httpx.Client]:
    """A browser at a server that knows all of these; its processes are started once for all tests here."""
    names = ("speeches", "changing", "linked", "moved", "mixed", "news.db")
    with client(*(here / name for name in names)) as browser:
        yield browser


# -- people ------------------------------------------------------------------------------------------------------------


def test_a_pasted_draft_gets_its_verdict_beside_its_text(browser: httpx.Client) -> None:
    """The quotation is a link to its finding, which has the passage and what differs; four files may be taken away."""
    page = finished(browser, post(browser, "/check", draft=DRAFT, source=SOURCE, collection="speeches"))
    assert page.status_code == 200
    assert '<a class="said altered grave" href="#finding-1">We will close' in page.text
    assert '<del class="heavy" title="negation">not</del>' in page.text
    assert "1 quotation: 1 altered" in page.text
    assert '<a href="#finding-1"><span aria-hidden="true">≠</span> line 1' in page.text, "what to look at first"
    for name in ("findings.json", "findings.csv", "findings.sarif", "findings.html"):
        taken = browser.get(f"{page.url.path}/files/{name}")
        assert taken.status_code == 200
        assert taken.headers["content-disposition"].startswith("attachment")


def test_a_draft_is_uploaded_whatever_its_name(browser: httpx.Client) -> None:
    """The name of a file tells its format and is shown; nothing is opened by it."""
    files = {"draft-file": ("../../etc/<b>passwd.md", DRAFT.encode())}
    page = finished(browser, post(browser, "/check", files, collection="news.db"))
    assert "1 altered" in page.text
    assert "<b>passwd" not in page.text
    assert "<bdi>&lt;b&gt;passwd</bdi>" in page.text


def test_what_is_missing_is_said_above_the_form_and_nothing_typed_is_lost(browser: httpx.Client) -> None:
    """A draft without sources comes back with one sentence, in its box."""
    page = post(browser, "/check", draft="</textarea><b>Draft</b>")
    assert page.status_code == 422
    assert "there are no sources; choose a collection" in page.text
    assert "&lt;/textarea&gt;&lt;b&gt;Draft" in page.text


def test_an_article_that_is_a_script_is_words(browser: httpx.Client) -> None:
    """Text of drafts and sources is escaped wherever it is shown, in names and verdicts as well."""
    evil = (
        "“<script>alert(1)</script> We will <img src=x onerror=alert(2)> close the old bridge,” said <b>Torvald</b>.\n"
    )
    files = {"draft-file": ("<script>alert(3)</script>.txt", evil.encode())}
    page = finished(browser, post(browser, "/check", files, source=evil * 2))
    assert "<script>" not in page.text.replace('<script src="/serve.js" defer>', "")
    assert "<img" not in page.text
    assert "&lt;script&gt;" in page.text
    report = browser.get(f"{page.url.path}/files/findings.html?view=1")
    assert "<script" not in report.text
    assert "style-src 'sha256-" in report.headers["content-security-policy"]


def test_articles_are_compared_and_each_cluster_has_a_page(browser: httpx.Client) -> None:
    """From the list to the card and its collation, and a zip with all that align writes."""
    page = finished(browser, post(browser, "/align", collection="speeches"))
    assert "utterances are quoted more than once" in page.text
    card = browser.get(f"{page.url.path}/clusters/1")
    assert "Collation table" in card.text
    assert browser.get(f"{page.url.path}/clusters/99").status_code == 404
    archive = zipfile.ZipFile(io.BytesIO(browser.get(f"{page.url.path}/files/everything.zip").content))
    assert {"report.html", "quotations.jsonl", "tei/corpus.xml"} <= set(archive.namelist())
    assert all(info.date_time[0] == 1980 for info in archive.infolist())


def test_a_corpus_is_browsed_by_words(browser: httpx.Client) -> None:
    """A list of clusters, those that hold some words, one of them with its apparatus in TEI."""
    assert "2 clusters" in browser.get("/collections/news.db").text
    found = browser.get("/collections/news.db", params={"words": "BRIDGE torvald"}).text
    assert "1 cluster with these words" in found
    assert "No cluster has all these words" in browser.get("/collections/news.db?words=zeppelin%25").text
    name = browser.get("/api/collections/news.db/clusters?words=bridge").json()["clusters"][0]["id"]
    page = browser.get("/collections/news.db/cluster", params={"id": name})
    assert "Daily" in page.text
    assert b"<TEI" in browser.get("/collections/news.db/files/cluster.xml", params={"id": name}).content
    collation = browser.get("/collections/news.db/files/collation.html", params={"id": name, "view": "1"})
    assert "Weekly" not in collation.headers["content-security-policy"]
    assert browser.get("/collections/news.db/cluster?id=nothing").status_code == 404
    assert browser.get("/collections/speeches").status_code == 404


def test_sources_that_change_are_read_again(browser: httpx.Client, here: Path) -> None:
    """What was unsupported is verbatim as soon as a file has it."""
    draft = "“The ferry never sails on a Sunday in March,” said Ann Lee.\n"
    assert "1 unsupported" in finished(browser, post(browser, "/check", draft=draft, collection="changing")).text
    folder(here / "changing", two=draft)
    assert "1 verbatim" in finished(browser, post(browser, "/check", draft=draft, collection="changing")).text


def test_sources_that_cannot_be_read_are_told(browser: httpx.Client, here: Path) -> None:
    """Single files beside the verdicts, each time; a folder that is gone in one sentence. Where it was is not told."""
    for _ in range(2):
        page = finished(browser, post(browser, "/check", draft=DRAFT, collection="mixed"))
        assert "1 altered" in page.text
        assert "mixed/none.txt: holds no text" in page.text
        assert "mixed/cut.docx: broken" in page.text
    (here / "moved").rename(here / "elsewhere")
    page = finished(browser, post(browser, "/check", draft=DRAFT, collection="moved"))
    assert "moved: no longer where it was when the server was started; put it back" in page.text
    assert str(here) not in page.text


def test_a_corpus_that_another_program_has_open_is_named(browser: httpx.Client, here: Path) -> None:
    """By its name and not by its place; the next look is answered."""
    with opened(here / "news.db", write=True):
        locked = finished(browser, post(browser, "/check", draft=DRAFT, collection="news.db")).text
    assert "news.db: another program" in locked
    assert str(here) not in locked
    assert "1 altered" in finished(browser, post(browser, "/check", draft=DRAFT, collection="news.db")).text


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("zero.docx", b"", "zero.docx is an empty file; choose the one that holds the draft"),
        ("long.txt", b"We go. " * 800_000, "above the 5 MB allowed for one article; split it."),
        ("old.txt", DRAFT.encode("cp1252"), "old.txt: not UTF-8; read as cp1252; convert it to UTF-8."),
    ],
)
def test_what_is_said_of_a_file_can_be_done_here(browser: httpx.Client, name: str, data: bytes, sentence: str) -> None:
    """No option of the command line is named to somebody who has none."""
    answer = post(browser, "/check", {"draft-file": (name, data)}, collection="speeches")
    page = finished(browser, answer) if answer.is_redirect else answer
    assert sentence in page.text
    assert "--" not in page.text.replace("<!--", "")


def test_a_form_of_an_earlier_start_loses_nothing_that_was_typed(browser: httpx.Client) -> None:
    """The program was started anew meanwhile: the form comes back as it was, and can be sent."""
    fields = {"draft": DRAFT, "collection": "speeches", "source": "", "token": "0" * 64}
    page = browser.post("/check", data=fields, files={"none": ("", b"")})
    assert page.status_code == 403
    assert "this form is of an earlier start of the program" in page.text
    assert DRAFT.strip() in page.text
    fields["token"] = re.findall(r'name="token" value="(\w+)"', page.text)[0]
    assert "1 altered" in finished(browser, browser.post("/check", data=fields, files={"none": ("", b"")})).text


def test_two_people_see_their_own_only(browser: httpx.Client) -> None:
    """Runs have addresses that nobody guesses, there is no list of them, and what is forgotten is gone."""
    first = finished(browser, post(browser, "/check", draft=DRAFT, source=SOURCE))
    with httpx.Client(base_url=browser.base_url, trust_env=False) as other:
        second = finished(other, post(other, "/check", draft=DRAFT.replace("bus", "tram"), source=SOURCE))
        assert "tram" in second.text
        assert "tram" not in browser.get(first.url.path).text
        assert first.url.path not in other.get("/").text
        assert len(first.url.path.rpartition("/")[2]) == 32
        assert post(other, f"{second.url.path}/forget").status_code == 303
        gone = other.get(second.url.path)
    assert gone.status_code == 404
    assert "forgotten after 60 minutes" in gone.text


def test_pages_say_what_they_are_to_those_who_cannot_see_them(browser: httpx.Client) -> None:
    """Every field has a label, there is one heading of the first order, a way past the navigation, and a language."""
    for address in ("/", "/align", "/about", "/collections/news.db", "/nothing"):
        page = browser.get(address).text
        assert page.count("<h1") == 1, address
        assert '<html lang="en">' in page
        assert 'href="#main"' in page
        read = etree.fromstring(page, etree.HTMLParser())
        fields = read.xpath("//textarea | //select | //input[not(@type='hidden')]")
        assert {field.get("id") for field in fields} == {label.get("for") for label in read.iter("label")}, address


# -- programs ----------------------------------------------------------------------------------------------------------


def _holds(document: dict[str, Any], name: str, answer: Any) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    Draft202012Validator(schema).validate(answer)


def test_every_answer_is_as_it_was_described(browser: httpx.Client) -> None:
    """The OpenAPI document names each address there is, and what comes holds to its schemas."""
    document = browser.get("/api/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    texts = [{"id": "daily", "text": SOURCE}, {"id": "weekly", "text": AGAIN, "outlet": "Weekly"}]
    posts = {
        "/api/check": {"draft": DRAFT, "sources": texts, "support": 0.6, "lang": "en"},
        "/api/align": {"articles": texts},
        "/api/extract": {"articles": SOURCE, "unit": "part", "indirect": True},
    }
    told = {
        "/api/check": lambda result: [f["verdict"] for f in result["findings"]] == ["altered"],
        "/api/align": lambda result: len(result["clusters"]) == 2,
        "/api/extract": lambda result: len(result["quotations"]) == 2,
    }
    for address, body in posts.items():
        answer = browser.post(address, json=body, params={"wait": 30})
        assert answer.status_code == 200, answer.text
        _holds(document, "Run", answer.json())
        assert told[address](answer.json()["result"])
        for file in answer.json()["files"]:
            assert len(browser.get(file["href"]).content) == file["bytes"]
    run = answer.headers["location"]
    assert browser.delete(run).status_code == 204
    _holds(document, "Problem", browser.get(run).json())
    _holds(document, "Collections", browser.get("/api/collections").json())
    clusters = browser.get("/api/collections/news.db/clusters").json()
    _holds(document, "Clusters", clusters)
    whole = browser.get("/api/collections/news.db/cluster", params={"id": clusters["clusters"][0]["id"]}).json()
    _holds(document, "WholeCluster", whole)
    routes = {route.replace("{id}", "x").replace("{name}", "x") for route in document["paths"]}
    assert all(browser.get(route).headers["content-type"].startswith("application/") for route in routes)


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        ('{"draft": ', 400, "not valid JSON at line 1, column 11"),
        ("[1]", 400, "not a JSON object"),
        ("[" * 100_000, 400, "not valid JSON"),
        ('{"draft": "x"}', 422, "there are no sources"),
        ('{"sources": "x"}', 422, "there is no draft"),
        ('{"draft": 3, "sources": "x"}', 422, "draft is no text and no article record"),
        ('{"draft": {"text": 3}, "sources": "x"}', 422, "draft"),
        ('{"draft": "x", "sources": "x", "lang": "xx"}', 422, "no such language"),
        ('{"draft": "x", "sources": "x", "support": 7}', 422, "support is no number from 0.1 to 1"),
        ('{"draft": "x", "sources": "x", "suport": 1}', 422, "no field 'suport'"),
        ('{"draft": "x", "collection": "../../etc"}', 404, "no such collection"),
        ('{"draft": "x", "collection": ["a"]}', 404, "no such collection"),
        ('{"draft": "x", "collection": "speeches", "sources": "x"}', 422, "give one or the other"),
    ],
)
def test_a_wrong_request_gets_one_sentence(browser: httpx.Client, body: str, status: int, sentence: str) -> None:
    """A problem record says what is wrong and what to do."""
    answer = browser.post("/api/check", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert sentence.lower() in answer.json()["title"].lower()


def test_how_far_a_long_run_is_is_told(browser: httpx.Client) -> None:
    """How many quotations of how many: to a program, and on the page, which needs no script for it."""
    draft = "".join(f"“We will not close the old bridge of day {n} yet,” said Torvald.\n\n" for n in range(200))
    document = browser.get("/api/openapi.json").json()
    answer = browser.post("/api/check", json={"draft": draft, "sources": SOURCE})
    told = []
    while answer.json()["status"] in ("waiting", "running"):
        time.sleep(0.03)
        page = browser.get(answer.json()["page"]).text
        answer = browser.get(answer.headers["location"])
        _holds(document, "Run", answer.json())
        if shown := re.search(
            r'<progress [^>]*value="(\d+)" max="200"></progress>\s<p id="count">(\d+) of 200 q', page
        ):
            assert shown.group(1) == shown.group(2)
            told.append(int(shown.group(1)))
        if progress := answer.json()["progress"]:
            assert progress["of"] == 200
            told.append(progress["done"])
    assert len(set(told)) > 2
    assert told == sorted(told)
    assert answer.json()["progress"] is None, "it is over"


def test_json_results_are_the_records_that_check_writes(browser: httpx.Client, tmp_path: Path) -> None:
    """A program gets from the page what it gets from the command line."""
    draft, source = tmp_path / "draft.txt", tmp_path / "speech.txt"
    draft.write_text(DRAFT, encoding="utf-8")
    source.write_text(SOURCE, encoding="utf-8")
    written = tmp_path / "out.json"
    main(["check", str(draft), "--against", str(source), "-o", str(written), "--fail-on", "never"])
    body = {"draft": {"id": "draft", "text": DRAFT}, "sources": {"id": "speech", "text": SOURCE}}
    ours = browser.post("/api/check", json=body, params={"wait": 30}).json()["result"]["findings"]
    (theirs,) = json.loads(written.read_text(encoding="utf-8"))["findings"]
    assert ours == [{**theirs, "file": "draft"}]


# -- starting ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere"], "nowhere: no such file or folder"),
        (["--host", "0.0.0.0"], "0.0.0.0 is not this machine alone"),
        (["--port", "{taken}"], "cannot be used (Address already in use); name another with --port"),
    ],
)
def test_what_cannot_be_served_is_said_at_once(
    browser: httpx.Client, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    """A missing folder, an address that others can reach, a port in use: one sentence, status 2."""
    taken = str(browser.base_url.port)
    assert main(["serve", "--no-open", *(a.format(taken=taken) for a in arguments)]) == 2
    assert sentence in capsys.readouterr().err


def test_without_the_extra_the_install_line_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who asks for the page and has no uvicorn learns how to get it."""
    monkeypatch.delitem(sys.modules, "quotealign.web.server")
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert main(["serve"]) == 2
    assert "pip install 'quotealign[web]'" in capsys.readouterr().err


def test_links_that_lead_out_of_a_folder_are_not_followed(browser: httpx.Client, here: Path) -> None:
    """A folder of sources shows what is in it, and nothing that a link in it points to elsewhere."""
    secret = "“The password is a green umbrella,” said Ann Lee.\n"
    (here / "secret.txt").write_text(secret, encoding="utf-8")
    os.symlink(here / "secret.txt", here / "linked" / "two.txt")
    os.symlink(here / "linked" / "one.txt", here / "linked" / "three.txt")
    body = {"draft": secret, "collection": "linked"}
    (finding,) = browser.post("/api/check", json=body, params={"wait": 30}).json()["result"]["findings"]
    assert finding["verdict"] == "unsupported"
    assert finding["passage"] is None


def test_the_examples_of_the_documents_are_answered(browser: httpx.Client) -> None:
    """Every curl of docs/serve.md does what is said there."""
    text = (Path(__file__).parents[1] / "docs/serve.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    commands = [shlex.split(command) for block in blocks for command in block.split("curl -s ")[1:]]
    assert len(commands) == 6
    for address, *options in commands:
        path = address.removeprefix("http://127.0.0.1:8765")
        if options:
            headers = dict([options[options.index("-H") + 1].split(": ")])
            answer = browser.post(path, content=options[options.index("-d") + 1], headers=headers)
            assert answer.json()["status"] == "done" or answer.status_code == 202
        else:
            answer = browser.get(path)
        assert answer.is_success, answer.text
