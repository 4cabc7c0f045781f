"""The local page in a real browser, and under load: run with `-m long`."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx
import pytest
from check_builders import collection, misquoted
from web_builders import DRAFT, SOURCE, client, finished, folder, post

BROWSER = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)
MISSING = "playwright" if not find_spec("playwright") else None if BROWSER else "Chromium"
pytestmark = pytest.mark.long
needs_browser = pytest.mark.skipif(MISSING is not None, reason=f"{MISSING} is not installed")


@contextmanager
def serving(*paths: Path, jobs: int = 2, port: str = "0") -> Iterator[tuple[str, int]]:
    """The program as a user starts it; its address and the id of its process."""
    command = [sys.executable, "-m", "quotealign", "serve", *map(str, paths), "--port", port, "--no-open"]
    process = subprocess.Popen([*command, "--jobs", str(jobs)], stderr=subprocess.PIPE, text=True)
    assert process.stderr
    try:
        told = re.match(r"(http://\S+) \(Ctrl-C ends it\)", process.stderr.readline())
        assert told
        yield told.group(1), process.pid
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0, "Ctrl-C is how it is ended"
        assert process.stderr.read() == ""
        process.stderr.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with a folder of speeches."""
    with serving(folder(tmp_path_factory.mktemp("web") / "speeches", speech=SOURCE)) as (address, _):
        yield address


def _checked(page: Any, address: str, draft: str, **fields: str) -> None:
    page.goto(address)
    page.fill("#draft", draft)
    if fields:
        page.click("text=Texts of my own")
    for name, text in fields.items():
        page.fill(f"#{name}", text)
    page.click("button:text('Check')")
    page.wait_for_selector(".findings", timeout=30_000)


@needs_browser
@pytest.mark.parametrize("scripts", [True, False])
def test_paste_and_click_with_scripts_and_without(tab: Callable[..., Any], address: str, scripts: bool) -> None:
    """A pasted draft, a click on its quotation: the finding comes into view, with the passage and what differs."""
    page = tab(java_script_enabled=scripts, viewport={"width": 1280, "height": 700})
    _checked(page, address, "Nothing here.\n\n" * 40 + DRAFT)
    page.click("a.said")
    assert page.url.endswith("#finding-1")
    finding = page.locator("#finding-1")
    assert "altered" in finding.inner_text()
    assert finding.locator("del").first.inner_text() == "not"
    box = finding.bounding_box()
    assert 0 <= box["y"] < 700


@needs_browser
def test_by_keyboard_alone(tab: Callable[..., Any], address: str) -> None:
    """From the first key to the passage: past the navigation, into the draft, to the button, to the quotation."""
    page = tab()
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "draft"
    page.keyboard.insert_text(DRAFT)
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Check":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector(".findings", timeout=30_000)
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a.said')"):
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", "where one is must be seen"
    page.keyboard.press("Enter")
    assert page.url.endswith("#finding-1")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#finding-1') !== null")
    page.keyboard.press("Enter")
    assert page.url.endswith("#in-text-finding-1")


@needs_browser
def test_upload_and_download(tab: Callable[..., Any], address: str, tmp_path: Path) -> None:
    """A file goes in, the findings come out as files."""
    draft = tmp_path / "my draft.md"
    draft.write_text(DRAFT, encoding="utf-8")
    page = tab()
    page.goto(address)
    page.set_input_files("#draft-file", draft)
    page.click("button:text('Check')")
    page.wait_for_selector(".findings", timeout=30_000)
    assert page.inner_text("h1") == "my draft"
    with page.expect_download() as waiting:
        page.click("a:text-is('findings.csv')")
    assert waiting.value.suggested_filename == "findings.csv"
    assert "altered" in Path(waiting.value.path()).read_text(encoding="utf-8")
    page.click("text=look at it")
    assert "Quotations checked" in page.inner_text("h1")
    # The document brings its style with it, which is allowed by its hash.
    assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none"


@needs_browser
def test_an_article_that_is_a_script_does_not_run(tab: Callable[..., Any], address: str) -> None:
    """Neither in the draft nor in a source, neither on the page nor in the report; the fixture hears every dialog."""
    evil = "“<script>alert(1)</script><img src=x onerror=alert(2)> We will close the old bridge,” said Torvald.\n"
    page = tab()
    _checked(page, address, evil, source=evil.replace("will", "will not") + "</textarea><script>alert(3)</script>")
    assert "<script>alert(1)</script>" in page.inner_text(".draft")
    assert page.locator("main script, main img").count() == 0
    page.goto(page.url + "/files/findings.html?view=1")
    assert "<script>alert(1)</script>" in page.inner_text("main")


@needs_browser
def test_two_users_at_once(tab: Callable[..., Any], address: str) -> None:
    """Each sees the result of their own draft; neither can stop or forget the run of the other by its form."""
    first, second = tab(), tab()
    for page, words in ((first, "harbour"), (second, "meadow")):
        page.goto(address)
        page.fill("#draft", f"“We will close the old {words} before the new one comes,” said Torvald.")
    first.click("button:text('Check')")
    second.click("button:text('Check')")
    for page, words, other in ((first, "harbour", "meadow"), (second, "meadow", "harbour")):
        page.wait_for_selector(".findings", timeout=30_000)
        assert words in page.inner_text(".draft")
        assert other not in page.inner_text(".draft")
    assert first.url != second.url


@needs_browser
def test_a_thousand_quotations(tab: Callable[..., Any], address: str, tmp_path: Path) -> None:
    """A long draft is shown whole; the last finding is one click away; no width makes the page scroll sideways."""
    texts, said = collection(250, seed=5)
    drafts = [misquoted(one, said[i ^ 1], ("verbatim", "altered", "trimmed")[i % 3]) for i, one in enumerate(said)]
    folder(tmp_path, draft="\n\n".join(f"“{words},” said {who}." for words, who in drafts), **texts)
    page = tab()
    page.goto(address)
    page.click("text=Texts of my own")
    page.set_input_files("#draft-file", tmp_path / "draft.txt")
    page.set_input_files("#source-files", [tmp_path / f"{name}.txt" for name in list(texts)[:190]])
    started = time.monotonic()
    page.click("button:text('Check')")
    page.wait_for_selector(".findings", timeout=60_000)
    assert page.locator("article.finding").count() == 1000
    page.locator("a.said").last.click()
    assert page.url.endswith("#finding-1000")
    page.wait_for_function("document.getElementById('finding-1000').getBoundingClientRect().top < innerHeight")
    assert time.monotonic() - started < 60, "however busy the machine is"
    for width in (390, 800, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def _resident(process: int) -> int:
    """Bytes that a process and those it started hold in memory."""
    children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True, check=False)
    pages = [int(Path(f"/proc/{name}/statm").read_text().split()[1]) for name in (process, *children.stdout.split())]
    return sum(pages) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(
    not Path("/proc/self/statm").exists() or not shutil.which("ps"), reason="memory cannot be seen here"
)
def test_under_load_there_is_no_error_and_memory_is_flat(tmp_path: Path) -> None:
    """Eight users, fifty checks each: every one is answered, and what is held afterwards is what was held before."""
    texts, said = collection(20, seed=3)
    drafts = [f"“{one.text},” said {one.speaker}.\n" for one in said[:10]]
    faults: list[str] = []

    def user(address: str, checks: int) -> None:
        with httpx.Client(base_url=address, trust_env=False, timeout=60) as browser:
            for number in range(checks):
                page = finished(browser, post(browser, "/check", draft=drafts[number % 10], collection="speeches"))
                if "1 quotation: 1 verbatim" not in page.text:
                    faults.append(page.text)
                post(browser, f"{page.url.path}/forget")

    with serving(folder(tmp_path / "speeches", **texts)) as (address, process):
        held = []
        for checks in (10, 20, 20):
            users = [threading.Thread(target=user, args=(address, checks)) for _ in range(8)]
            for one in users:
                one.start()
            for one in users:
                one.join()
            held.append(_resident(process))
    assert not faults
    assert held[-1] < held[0] * 1.05 + 4_000_000, held


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process so")
def test_who_wants_too_much_memory_is_ended(tmp_path: Path) -> None:
    """One sentence says so, and the server is there for the next."""
    speeches = folder(tmp_path / "speeches", speech=SOURCE)
    with client(speeches, memory=200_000_000 / (os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))) as browser:
        draft = "".join(f"“The word{n} of thing{n} and never{n},” said Ann Lee.\n\n" for n in range(60_000))
        page = finished(browser, post(browser, "/check", {"source-files": ("a.txt", draft.encode())}, draft=draft))
        assert "memory" in page.text
        assert "1 altered" in finished(browser, post(browser, "/check", draft=DRAFT, collection="speeches")).text
