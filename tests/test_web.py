"""The local page: a draft is checked, pages say what was found, whatever is odd gets one sentence."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from web_builders import DRAFT, SOURCE, client, finished, folder, post


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A browser at a server that knows one folder; its process is started once for all tests here."""
    with client(folder(tmp_path_factory.mktemp("web") / "speeches", speech=SOURCE)) as browser:
        yield browser


def test_a_pasted_draft_gets_its_verdict_beside_its_text(browser: httpx.Client) -> None:
    """The quotation is a link to its finding, which has the passage and what differs."""
    page = finished(browser, post(browser, "/check", draft=DRAFT, collection="speeches"))
    assert page.status_code == 200
    assert '<a class="said altered grave" href="#finding-1">We will close' in page.text
    assert '<del class="heavy" title="negation">not</del>' in page.text
    assert "1 quotation: 1 altered" in page.text.lower()
