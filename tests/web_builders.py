"""The local page, served by a thread of this process, and small sources for it."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from quotealign.web.limits import Limits
from quotealign.web.server import Server

SOURCE = """Opening of the harbour bridge

“We will not close the old bridge before the new one carries every bus in this city,” Ana Torvald said. “The money is
there: 40 million crowns, and every one of them is borrowed.”
""".replace("is\nthere", "is there")
DRAFT = "“We will close the old bridge before the new one carries every bus in this city,” said Torvald.\n"


def folder(path: Path, **texts: str) -> Path:
    """A folder of sources, a file each."""
    path.mkdir(exist_ok=True)
    for name, text in texts.items():
        (path / f"{name}.txt").write_text(text, encoding="utf-8")
    return path


@contextmanager
def client(*paths: Path, **limits: Any) -> Iterator[httpx.Client]:
    """A browser at the page, for as long as the block lasts."""
    server = Server(paths, port=0, limits=Limits(**{"processes": 1, **limits}))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        with httpx.Client(base_url=server.address, trust_env=False, timeout=30) as browser:
            yield browser
    finally:
        server.stop()
        thread.join()


def token(browser: httpx.Client) -> str:
    """The token of the forms that this browser was given."""
    found = re.search(r'name="token" value="(\w+)"', browser.get("/").text)
    assert found
    return found.group(1)


def post(browser: httpx.Client, address: str, files: Any = None, **fields: str) -> httpx.Response:
    """A form of ours, sent by this browser."""
    return browser.post(address, data={"token": token(browser), **fields}, files=files or {"none": ("", b"")})


def finished(browser: httpx.Client, response: httpx.Response) -> httpx.Response:
    """The page of the run that a form led to, when it is over."""
    assert response.status_code == 303, response.text
    where = response.headers["location"]
    for _ in range(600):
        if browser.get(f"{where}/state").text.split("\n")[0] not in ("waiting", "running"):
            return browser.get(where)
        time.sleep(0.05)
    raise AssertionError("it never ended")
