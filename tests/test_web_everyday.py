"""A day at the local page, in a real browser: files of every kind, keys, widths, colours, faults: `-m long`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from check_builders import collection
from test_documents import a_pdf, office, packed, word
from test_web_browser import needs_browser, serving
from web_builders import DRAFT, SOURCE, folder

from quotealign import corpus
from quotealign.model import Article

pytestmark = [pytest.mark.long, needs_browser]
ARABIC = "قال سامي الحداد: «لن نغلق الجسر القديم قبل أن يحمل الجسر الجديد كل حافلات المدينة».\n"
PARAGRAPH = f"<w:p><w:r><w:t>{DRAFT}</w:t></w:r></w:p>"
TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Draft</title></titleStmt>'
    "<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"
    f"<text><body><p>{DRAFT}</p></body></text></TEI>"
)
GOOD = {
    "draft.md": f"# Bridge\n\n{DRAFT}".encode(),
    "draft.docx": word(PARAGRAPH),
    "draft.odt": packed({"content.xml": office(f"<text:p>{DRAFT}</text:p>")}),
    "draft.html": f"<html><body><article><h1>Bridge</h1><p>{DRAFT}</p></article></body></html>".encode(),
    "draft.xml": TEI.encode(),
    "draft.jsonl": f'{{"id": "one", "text": "{DRAFT.strip()}"}}\n'.encode(),
    "draft.txt": DRAFT.encode("utf-16"),
    "draft.pdf": a_pdf(
        r"BT /F1 6 Tf 9 200 Td (\252We will close the old bridge before the new one carries every bus,\272 "
        "she said.) Tj ET"
    ),
}
BAD = {
    "cut.docx": (word(PARAGRAPH)[:-40], "cut.docx: broken"),
    "empty.docx": (b"", "empty.docx is an empty file"),
    "blank.txt": (b" \n\n ", "blank.txt: holds no text"),
    "photo.jpg": (b"\xff\xd8\xff\xe0" * 900, "the ending .jpg is not one of"),
    "scan.pdf": (a_pdf("q Q"), "a scan, it seems"),
    "bad.xml": (b"<a><b></a>", "not well-formed XML"),
    "huge.txt": (b"We go. " * 1_000_000, "above the 5 MB allowed"),
    "fifty.docx": (b"\0" * 50_000_000, "More than 32 MB at once"),
}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Speeches, a linked corpus, a folder of many articles, and a draft of all that is said in them."""
    here = tmp_path_factory.mktemp("everyday")
    texts, said = collection(200, seed=5)
    folder(here / "many", **texts)
    (here / "long.txt").write_text("".join(f"“{one.text},” said {one.speaker}.\n\n" for one in said), "utf-8")
    again = SOURCE.replace("not close", "never close")
    folder(here / "speeches", speech=SOURCE, again=again, arabic=ARABIC.replace("لن نغلق", "سنغلق"))
    database = corpus.init(here / "news.db")
    corpus.add(database, [Article("a", SOURCE, "en", outlet="Daily"), Article("b", again, "en", outlet="Weekly")])
    corpus.link(database)
    return here


@pytest.fixture(scope="module")
def address(here: Path) -> Iterator[str]:
    """A server for all of these."""
    with serving(here / "speeches", here / "many", here / "news.db") as (address, _):
        yield address


def _sent(page: Any, address: str, draft: Path | str, against: str = "speeches") -> None:
    page.goto(address)
    if isinstance(draft, Path):
        page.set_input_files("#draft-file", draft)
    else:
        page.fill("#draft", draft)
    page.select_option("#collection", against)
    page.click("button:text('Check')")


def _over(page: Any) -> str:
    page.wait_for_selector(".take, .refused, h1:text('did not work')", timeout=60_000)
    return str(page.inner_text("main"))


@pytest.mark.parametrize("name", GOOD)
def test_a_draft_of_every_kind_gets_its_verdict(
    tab: Callable[..., Any], address: str, tmp_path: Path, name: str
) -> None:
    """As it came out of the editor's program."""
    (tmp_path / name).write_bytes(GOOD[name])
    page = tab()
    _sent(page, address, tmp_path / name)
    assert "1 quotation: 1 altered" in _over(page)


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_draft_gets_one_sentence(chromium: Any, address: str, tmp_path: Path, name: str) -> None:
    """Broken, empty, of a wrong kind, too large: the page says which, and goes on."""
    data, sentence = BAD[name]
    (tmp_path / name).write_bytes(data)
    page = chromium.new_page()
    _sent(page, address, tmp_path / name)
    told = _over(page)
    assert sentence in told
    assert "--" not in told
    page.context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_long_run_tells_how_far_it_is_and_is_stopped(
    tab: Callable[..., Any], address: str, here: Path, scripts: bool
) -> None:
    """With a script and without; loaded again it goes on; whoever goes back finds what was typed."""
    page = tab(java_script_enabled=scripts)
    draft = (here / "long.txt").read_text(encoding="utf-8")
    _sent(page, address, draft, "many")

    def done() -> int:
        page.wait_for_selector("#count:has-text('of 800 quotations')", timeout=30_000)
        return int(page.inner_text("#count").split()[0].replace(",", ""))

    before = done()
    page.reload()
    assert done() >= before
    page.click("button:text('Stop')")
    page.wait_for_selector("h1:text('Stopped')")
    page.go_back()
    page.go_back()
    assert page.input_value("#draft") == draft


def test_an_end_in_the_midst_is_told_and_a_new_start_loses_nothing_typed(chromium: Any, here: Path) -> None:
    """The page of a run says that nobody answers; after a new start it is gone, and an old form can still be sent."""
    working, typing = chromium.new_page(), chromium.new_page()
    with serving(here / "speeches", here / "many") as (address, _):
        port = address.rstrip("/").rpartition(":")[2]
        typing.goto(address)
        typing.fill("#draft", DRAFT)
        _sent(working, address, (here / "long.txt").read_text(encoding="utf-8"), "many")
        working.wait_for_selector("#count:has-text('of 800 quotations')", timeout=30_000)
    working.wait_for_selector("#stage:has-text('does not answer')", timeout=30_000)
    with serving(here / "speeches", here / "many", port=port):
        working.wait_for_selector(".lead:has-text('No such run')", timeout=30_000)
        typing.click("button:text('Check')")
        assert "of an earlier start" in typing.inner_text(".refused")
        typing.select_option("#collection", "speeches")
        typing.click("button:text('Check')")
        assert "1 quotation: 1 altered" in _over(typing)
    for page in (working, typing):
        page.context.close()


def test_a_draft_from_right_to_left_is_read_so(tab: Callable[..., Any], address: str) -> None:
    """The draft, the words that differ and the passage; the page around them runs from left to right."""
    page = tab()
    _sent(page, address, ARABIC)
    assert "1 altered" in _over(page)
    for place in (".draft .text", ".finding dd"):
        for one in page.locator(place).all():
            assert one.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert page.locator(".finding h3").evaluate("e => getComputedStyle(e).direction") == "ltr"


@pytest.fixture(scope="module")
def pages(chromium: Any, address: str) -> dict[str, str]:
    """The address of a page of every kind."""
    page = chromium.new_page()
    found = {name: address + name for name in ("", "align", "about", "nothing", "collections/news.db")}
    for name, draft in (("checked", DRAFT * 3), ("arabic", ARABIC), ("none", "Nobody spoke.")):
        _sent(page, address, draft)
        _over(page)
        found[name] = page.url
    page.goto(address + "align")
    page.click("button:text('Compare')")
    _over(page)
    found |= {"aligned": page.url, "card": f"{page.url}/clusters/1"}
    page.goto(found["collections/news.db"])
    page.click("th a")
    found["kept"] = page.url
    page.context.close()
    return found


def test_axe_finds_nothing_on_any_page(chromium: Any, pages: dict[str, str], axe: str) -> None:
    """No violation of axe-core's rules, contrast among them: light on a phone, dark on a desk, everything unfolded."""
    for width, scheme in ((390, "light"), (1280, "dark")):
        page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
        for name, address in pages.items():
            page.goto(address)
            page.evaluate("document.querySelectorAll('details').forEach(folded => { folded.open = true })")
            page.evaluate(axe)
            found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == [], (name, width, scheme)
        page.close()


def test_no_page_is_wider_than_the_screen(chromium: Any, pages: dict[str, str]) -> None:
    """From 320 pixels on, which is also what four times the size leaves of a desk (WCAG 1.4.10); all unfolded."""
    page = chromium.new_page()
    for address in pages.values():
        for width in (320, 390, 640, 820, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(address)
            unfold = "document.querySelectorAll('details').forEach(folded => { folded.setAttribute('open', '') })"
            page.evaluate(f"() => {{ {unfold} }}")
            assert page.evaluate("() => document.documentElement.scrollWidth") <= width, address
    page.close()


def test_keys_reach_everything_in_order_and_one_sees_where_one_is(chromium: Any, pages: dict[str, str]) -> None:
    """Tab goes through every page from its skip link to its end, each stop with an outline, inside the window."""
    page = chromium.new_page(viewport={"width": 1280, "height": 700})
    at = """() => {
        const e = document.activeElement;
        if (e === document.body) return null;
        const box = e.getBoundingClientRect();
        const seen = box.bottom > 0 && box.top < innerHeight && getComputedStyle(e).outlineStyle !== "none";
        return [[...document.querySelectorAll("*")].indexOf(e), seen, e.outerHTML.slice(0, 80)];
    }"""
    for address in pages.values():
        page.goto(address)
        stops = []
        for _ in range(100):
            page.keyboard.press("Tab")
            stop = page.evaluate(at)
            if stop is None or (stops and stop[0] == stops[0][0]):
                break
            stops.append(stop)
        assert "skip" in stops[0][2]
        assert [stop[2] for stop in stops if not stop[1]] == [], address
        assert [stop[0] for stop in stops] == sorted(stop[0] for stop in stops), address
    page.close()
