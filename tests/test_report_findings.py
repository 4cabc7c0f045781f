"""The page of findings, and links to words as published: each test one fact that an editor goes by."""

from __future__ import annotations

import pytest
from report_builders import ADA, BEN, Page, squeezed

from quotealign.model import Article, Edit, Finding, Kind, Quotation, SourcePassage, Verdict
from quotealign.report import verdicts
from quotealign.report.originals import pointed

TOLD = "We will mend the quay before the first frost and the town will pay for the stones"
DENIED = TOLD.replace("will mend", "will not mend")


def _finding() -> tuple[Article, Article, Finding]:
    draft = Article("draft", f"Ben Ode said: “{DENIED}.” The hall was full.", "en")
    start = draft.text.index("We")
    quotation = Quotation("draft-q0", "draft", "en", Kind.DIRECT, DENIED, ((start, start + len(DENIED)),), speaker=BEN)
    source = Article(
        "s1", f"It rained. “{TOLD},” Ada Mill said.", "en", None, "Quay News", "2022-11-02", "https://q.example"
    )
    at = source.text.index("We")
    passage = SourcePassage(
        "s1", "en", ((at, at + len(TOLD)),), TOLD, source.text[11:], (11, len(source.text)), 1, at + 1, speaker=ADA
    )
    edit = Edit("negation", (), ((8, 12),), 0.85, "", "not", "denied in one, not in the other")
    return draft, source, Finding(quotation, Verdict.MISATTRIBUTED, "Said by Ada Mill.", passage=passage, edits=(edit,))


def test_a_finding_shows_both_sides_both_names_and_the_passage_in_its_sentence() -> None:
    """The draft beside the source; the passage marked where it stands, with whose article it is and a link to it."""
    draft, source, finding = _finding()
    made = verdicts([("draft.md", finding, False)], version="1", drafts=[("draft.md", draft)], sources={"s1": source})
    page = Page(made)
    text = squeezed(page.text)
    assert page.unbalanced == []
    assert page.open == []
    assert "The draft: Ben Ode" in text
    assert "The source: Ada Mill" in text
    assert f"<mark>{TOLD}</mark>,” Ada Mill said." in made
    assert "Quay News 2022-11-02, line 1, said by Ada Mill" in text
    assert any(href.startswith("https://q.example#:~:text=We%20will") for href in page.all("href"))
    assert {"#in-finding-1", "#finding-1"} <= set(page.all("href"))
    assert {href[1:] for href in page.all("href") if href.startswith("#")} <= set(page.all("id"))
    assert "The hall was full." in text


def test_findings_are_shown_without_drafts_and_headers() -> None:
    """What is not known is left out: a program that has only the findings makes the page as well."""
    page = Page(verdicts([("draft.md", _finding()[2], True)], version="1"))
    assert "s1, line 1" in squeezed(page.text)
    assert "In the draft" not in page.text
    assert {href[1:] for href in page.all("href")} <= set(page.all("id"))
    assert "There is nothing to check." in Page(verdicts([], version="1")).text


@pytest.mark.parametrize(
    ("url", "text", "link"),
    [
        (
            "https://a.example/x",
            "“Well-known, isn’t it?”",
            "https://a.example/x#:~:text=Well%2Dknown%2C%20isn%E2%80%99t%20it",
        ),
        ("https://a.example/x#top", "We go", "https://a.example/x#top:~:text=We%20go"),
        ("https://a.example/x?a=1&b=2", "a & b", "https://a.example/x?a=1&b=2#:~:text=a%20%26%20b"),
        ("https://a.example/x", "", "https://a.example/x"),
        ("javascript:alert(1)", "We go", ""),
        ("file:///home/somebody", "We go", ""),
        (None, "We go", ""),
    ],
)
def test_a_text_fragment_is_encoded(url: str | None, text: str, link: str) -> None:
    """Commas, hyphens and ampersands have a meaning there; addresses that are not of the web are no links."""
    assert pointed(url, text) == link
