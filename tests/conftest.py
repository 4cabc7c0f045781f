"""For all tests: the processes that they start keep what they compile; and a browser."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Tests start some hundred processes; where none may keep it, each would compile all of its modules."""
    os.environ.setdefault("PYTHONPYCACHEPREFIX", str(config.rootpath / ".pytest_cache" / "compiled"))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, for the tests that ask whether it is there."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # As root, as in a container, Chromium has no sandbox of its own.
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"), args=["--no-sandbox"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The rules of axe-core as a script."""
    made = tmp_path_factory.mktemp("axe")
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed")
    line = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(made), "axe-core@4"]
    done = subprocess.run(line, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        pytest.skip(f"npm did not give axe-core: {done.stderr.strip()[-200:]}")
    return (made / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def tab(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Opens tabs of a new user each; nothing that a browser complains of is passed over."""
    complaints: list[str] = []
    contexts = []

    def opened(**how: Any) -> Any:
        contexts.append(chromium.new_context(**how))
        page = contexts[-1].new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: (complaints.append("a script ran"), dialog.dismiss()))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints
