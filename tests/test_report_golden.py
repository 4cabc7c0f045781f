"""Pages as they were looked at and approved, without their style. `python tests/test_report_golden.py` writes anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from collation_builders import bells
from lxml import etree
from report_builders import hostile, town
from test_report_findings import _finding
from test_report_parts import _arrow

from quotealign.model import Drift, Trace
from quotealign.report import collation, render, verdicts

GOLDEN = Path(__file__).parent / "golden" / "report"


def _findings() -> str:
    draft, source, finding = _finding()
    return verdicts([("draft.md", finding, False)], version="1", drafts=[("draft.md", draft)], sources={"s1": source})


PAGES: dict[str, Callable[[], str]] = {"report": lambda: render(_arrow(), version="1"), "findings": _findings}


def _body(name: str) -> str:
    return PAGES[name]().partition("</head>\n")[2]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_was_looked_at_and_approved(name: str) -> None:
    """Two languages, a denial, an arrow and a line that is undetermined; a finding with its draft and its source."""
    assert _body(name) == (GOLDEN / f"{name}.html").read_text(encoding="utf-8")


def _name(picture: etree._Element, page: etree._Element) -> str:
    """What a picture is called for those who do not see it: by reference, else by its title (WAI-ARIA)."""
    ids = picture.get("aria-labelledby", "").split()
    named = [one for name in ids for one in page.xpath("//*[@id=$name]", name=name)]
    assert len(named) == len(ids), "a name that is nowhere, or twice"
    titles = named or picture.xpath("./*[local-name()='title']")
    return " ".join("".join(one.itertext()) for one in titles).strip()


def test_every_picture_has_a_name_or_is_hidden_from_those_who_do_not_see_it() -> None:
    """Pictures say what they are; the little squares of a legend, which stand beside their words, are passed over."""
    drift = Drift("en1", "en2", "editing", 0.7, ("c0",), traces=(Trace("dates", "editing", 1.0, "later", "a day"),))
    made = (town(), hostile(), replace(_arrow(), drifts=(drift,)))
    pages = [*(render(one, version="1") for one in made), PAGES["findings"]()]
    kinds: dict[bool, set[str]] = {True: set(), False: set()}
    for source in [*pages, collation.render([bells()], version="1"), collation.draw(bells())]:
        page = etree.fromstring(source.encode(), etree.HTMLParser(encoding="utf-8"))
        for picture in page.iter("svg"):
            hidden = picture.get("aria-hidden") == "true"
            assert hidden or (picture.get("role") == "img" and _name(picture, page)), picture.attrib
            kinds[hidden].add(picture.get("class", "graph"))
    assert kinds == {True: {"heat"}, False: {"heat", "arcs", "stemma", "graph"}}


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name in PAGES:
        (GOLDEN / f"{name}.html").write_text(_body(name), encoding="utf-8")
