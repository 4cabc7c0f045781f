"""The pages in a real browser, at three widths, light and dark, with no network: run with `-m long`.

Needs playwright (extra `browser`) and Debian's Chromium; the accessibility rules are axe-core's, fetched with npm.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from collation_builders import bells
from report_builders import ADA, BEN, alignment_of, article_of, hostile, town
from test_report_findings import _finding

from quotealign.model import Alignment, Article, Descent, Kind, Transmission
from quotealign.pipeline import align
from quotealign.report import render, verdicts
from quotealign.report.collation import render as collation

BROWSER = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)
MISSING = "playwright" if not find_spec("playwright") else None if BROWSER else "Chromium"
pytestmark = [pytest.mark.long, pytest.mark.skipif(MISSING is not None, reason=f"{MISSING} is not installed")]

WIDTHS = (390, 800, 1280)
SCHEMES = ("light", "dark")
UNFOLD = "document.querySelectorAll('details').forEach(folded => { folded.open = true })"


def _reports() -> Alignment:
    """Three papers on one speech, as the program itself aligns them: a denial, a cut, and an Arabic pair."""
    said = "The quay will be mended before the first frost, and the town will pay for the stones and for the men"
    arabic = "سيتم إصلاح الرصيف قبل الصقيع الأول وستدفع المدينة ثمن الحجارة"
    texts = (
        ("a", "en", "Quay News", "2022-11-01", f"“{said},” said Ada Mill."),
        ("b", "en", "The Lamp", "2022-11-02", f"“{said.replace('will be', 'will not be')},” said Ada Mill."),
        ("c", "en", None, None, f"“{said[:63]},” said Ada Mill."),
        ("d", "ar", "جريدة الرصيف", "2022-11-02", f"قالت آدا ميل: «{arabic}»."),
        ("e", "ar", "صحيفة المصباح", "2022-11-03", f"قالت آدا ميل: «{arabic.replace('الأول', 'الثاني')}»."),
    )
    return align([Article(i, text, lang, None, outlet, date) for i, lang, outlet, date, text in texts])


def _many() -> Alignment:
    parts = [
        article_of(f"a{n}", ("We meet again here tomorrow" + " once more" * (n % 3), Kind.DIRECT, ADA))
        for n in range(30)
    ]
    return alignment_of(parts, [[f"a{n}-q0", f"a{n + 1}-q0"] for n in range(0, 30, 2)])


def _towns() -> Alignment:
    made = town()
    first = made.clusters[0]
    descents = tuple(Descent(q, first.quotations[0], "the earliest") for q in first.quotations[1:])
    return replace(made, transmissions=(Transmission(first.id, descents),))


def _findings() -> str:
    draft, source, finding = _finding()
    rows = [("draft.md", finding, False), ("other.md", replace(finding, passage=None, edits=()), True)]
    return verdicts(rows, version="1", drafts=[("draft.md", draft)], sources={"s1": source})


PAGES: dict[str, Callable[[], str]] = {
    "reports": lambda: render(_reports(), version="1"),
    "town": lambda: render(_towns(), version="1"),
    "many": lambda: render(_many(), version="1"),
    "hostile": lambda: render(hostile(), version="1"),
    "empty": lambda: render(Alignment(article_of("a", ("We go", Kind.DIRECT, BEN))[:1]), version="1"),
    "findings": _findings,
    "collation": lambda: collation([bells()], version="1"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all pages as files, as a reader has them."""
    made = tmp_path_factory.mktemp("pages")
    for name, page in PAGES.items():
        (made / f"{name}.html").write_text(page(), encoding="utf-8")
    return made


@pytest.fixture
def opened(chromium: Any, folder: Path) -> Iterator[Callable[..., Any]]:
    """Opens a page without network. A request, a word on the console or a running script fails the test."""
    complaints: list[str] = []
    contexts = []

    def tab(name: str, width: int = 1280, scheme: str = "light", **how: Any) -> Any:
        contexts.append(chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **how))
        contexts[-1].set_offline(True)
        page = contexts[-1].new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("dialog", lambda dialog: (complaints.append("a script ran"), dialog.dismiss()))
        page.on("request", lambda r: complaints.append(r.url) if r.url != f"file://{folder}/{name}.html" else None)
        page.goto(f"file://{folder}/{name}.html")
        return page

    yield tab
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_the_screen(opened: Callable[..., Any], name: str) -> None:
    """At three widths, everything unfolded: wide tables and pictures scroll inside themselves. Nothing is asked for."""
    for width in WIDTHS:
        page = opened(name, width, java_script_enabled=True)
        page.evaluate(UNFOLD)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(opened: Callable[..., Any], axe: str, name: str) -> None:
    """No violation of axe-core's rules at the widths of a phone and a desk, light and dark, everything unfolded."""
    for width in (WIDTHS[0], WIDTHS[-1]):
        for scheme in SCHEMES:
            page = opened(name, width, scheme, bypass_csp=True)
            page.evaluate(UNFOLD)
            page.evaluate(axe)
            found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == []


@pytest.mark.parametrize("name", ["reports", "findings", "collation"])
def test_the_keyboard_reaches_everything_and_is_held_nowhere(opened: Callable[..., Any], name: str) -> None:
    """Tab goes through all links, folds and tables in the order of the page, each with an outline, and out again."""
    page = opened(name, 390)
    focused = "(() => { const e = document.activeElement; return e === document.body ? null : \
        {n: [...document.querySelectorAll('*')].indexOf(e), line: getComputedStyle(e).outlineStyle}})()"
    there = page.evaluate(
        "[...document.querySelectorAll('a[href], summary, [tabindex=\"0\"]')].filter(e => e.checkVisibility()).length"
    )
    seen = []
    for _ in range(there):
        page.keyboard.press("Tab")
        at = page.evaluate(focused)
        assert at
        assert at["line"] != "none"
        seen.append(at["n"])
    assert seen == sorted(set(seen))
    page.keyboard.press("Tab")
    assert page.evaluate(focused) is None or page.evaluate(focused)["n"] == seen[0]


def test_the_skip_link_leads_to_the_content(opened: Callable[..., Any]) -> None:
    """It is the first thing that Tab reaches, is seen then, and goes past the navigation."""
    page = opened("reports")
    page.keyboard.press("Tab")
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_fold_opens_by_key(opened: Callable[..., Any]) -> None:
    """The collation table waits behind a heading that Enter opens."""
    page = opened("reports")
    fold = page.locator("details.wide > summary").first
    fold.focus()
    page.keyboard.press("Enter")
    assert page.locator("table.collation").first.is_visible()


def test_a_link_unfolds_the_article_it_leads_to(opened: Callable[..., Any]) -> None:
    """Without scripts: of many articles the texts are folded, and the browser opens the one asked for."""
    page = opened("many", java_script_enabled=False)
    link = page.locator('.card a[href^="#quotation-"]').last
    place = page.locator(link.get_attribute("href").replace(".", "\\."))
    text = place.locator("xpath=ancestor::details")
    assert text.get_attribute("open") is None
    link.click()
    page.wait_for_timeout(200)
    assert text.get_attribute("open") is not None


def test_paper_is_light_and_holds_what_is_folded(opened: Callable[..., Any]) -> None:
    """A dark screen prints dark on white, and nothing that was folded is missing."""
    page = opened("town", scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("table.collation").first.is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")
