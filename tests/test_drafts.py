"""Drafts as editors keep them: block quotations of every format, and documents with tracked changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_documents import of, office, packed, text_of, word

from quotealign.checking import check
from quotealign.cli import main
from quotealign.formats.articles import is_before, read
from quotealign.formats.articles.flowing import paragraphs_of
from quotealign.formats.articles.reading import Reading
from quotealign.model import Article, Verdict
from quotealign.pipeline import extract_all

SOURCE = """The mayor spoke. “We will not close the old bridge before the new one carries every bus. It is a promise,”
Ana Torvald said. “The winter will decide, and the winter has never asked the council,” said Pavel Brandt.
""".replace("promise,”\nAna", "promise,” Ana")

Found = list[tuple[str, str]]


def spoken(text: str, lang: str = "en") -> Found:
    """The quotations of a text, each with its speaker."""
    quotations, _ = extract_all([Article("draft", text, lang)])
    return [(q.text, q.speaker.name if q.speaker else "") for q in quotations]


# -- block quotations ------------------------------------------------------------------------------------------------

BLOCKS: list[tuple[str, str, Found]] = [
    ("behind a colon", "Ana Torvald wrote:\n\n> We stay.\n", [("We stay.", "Ana Torvald")]),
    ("behind a verb", "In the end, Ana Torvald wrote\n\n> We stay here.\n", [("We stay here.", "Ana Torvald")]),
    ("behind nothing", "The council met.\n\n> We will all stay here.\n\nIt left.", [("We will all stay here.", "")]),
    ("signed", "It was late.\n\n> We stay here.\n> — Ana Torvald, mayor\n", [("We stay here.", "Ana Torvald")]),
    ("signed below", "It was late.\n\n> We stay here.\n\n— Ana Torvald\n", [("We stay here.", "Ana Torvald")]),
    ("signed in its line", "> We stay here. — Ana Torvald\n", [("We stay here.", "Ana Torvald")]),
    ("marks, signed below", "It was late.\n\n“We stay here.”\n— Ana Torvald\n", [("We stay here.", "Ana Torvald")]),
    (
        "wrapped",
        "Ana Torvald wrote:\n\n> We will not close the old bridge before\n> the new one is open. Never.\n>\n> We stay.",
        [("We will not close the old bridge before the new one is open. Never. We stay.", "Ana Torvald")],
    ),
    (
        "wrapped by a program that leads only the first line",
        "Ana Torvald wrote:\n> We will not close the old\nbridge.\n\nNobody answered.",
        [("We will not close the old\nbridge.", "Ana Torvald")],
    ),
    (
        "its own marks say more",
        "> “We stay,” Ana Torvald said. “It is\n> a promise.”\n",
        [("We stay,", "Ana Torvald"), ("It is a promise.", "Ana Torvald")],
    ),
    (
        "in an e-mail, by two who write",
        "On Monday, Ana Torvald wrote:\n> Who closed it?\n>> Not I.\n> So who did?\n\nBo did.\n",
        [("Who closed it?", "Ana Torvald"), ("Not I.", ""), ("So who did?", "")],
    ),
    (
        "in a block, with a sentence before it that tells who",
        "Ana Torvald wrote:\n> It is a shame.\n> Bo Lund wrote:\n>> We stay.\n",
        [("It is a shame.", "Ana Torvald"), ("We stay.", "Bo Lund")],
    ),
    ("in a list", "- > A sentence in a list.\n- Another.\n", [("A sentence in a list.", "")]),
    (
        "two",
        "> It is so.\n> — Ana Lee\n\n> No, it is not.\n> — Bo Lund\n",
        [("It is so.", "Ana Lee"), ("No, it is not.", "Bo Lund")],
    ),
]


@pytest.mark.parametrize(("text", "found"), [c[1:] for c in BLOCKS], ids=[c[0] for c in BLOCKS])
def test_a_block_that_is_led_is_a_quotation(text: str, found: Found) -> None:
    """Of whoever the sentence before it, or a name behind a dash below it, says; if neither does, of nobody."""
    assert spoken(text) == found


NO_BLOCKS = {
    "a note of Markdown": "> [!NOTE]\n> This page was changed on Monday.",
    "a note by its label": "> **Update:** The council has said since then that it is sorry.",
    "items": "Two ways:\n> over the bridge\n> by the ferry",
    "a command": "> npm install bridge",
    "a link": "> Read more: [The bridge is closed, and nobody knows for how long](https://harbour.example/1)",
    "code": "```\n> This is said by nobody at all.\n“Nor is this,” it prints.\n```",
    "marks of another sort": ">>We stay here<<",
    "what the article says": (
        "It is the ugliest bridge that this town has built, and it will stand for a century.\n\n"
        "> It is the ugliest bridge … it will stand for a century."
    ),
}


@pytest.mark.parametrize("text", NO_BLOCKS.values(), ids=NO_BLOCKS)
def test_what_is_led_and_is_nobodys_words_is_no_quotation(text: str) -> None:
    """Notes, lists, commands, links, fenced code, and pull quotes of the article's own words."""
    assert spoken(text) == []


def test_a_pull_quote_that_changes_a_word_is_checked() -> None:
    """What repeats the article is passed over; what says something else is not."""
    text = "“We will never close it,” Ana Torvald said.\n\n> We will never close it.\n\n> We will close it.\n"
    assert [words for words, _ in spoken(text)] == ["We will never close it,", "We will close it."]


def test_a_block_quotation_of_a_draft_is_checked_at_its_place() -> None:
    """Its line and column are those of its first word; `>` belongs to none of its spans."""
    draft = (
        "Torvald was clear.\n\nShe wrote:\n\n> We will close the old bridge before the new\n> one carries every bus.\n"
    )
    (finding,), notices = check(Article("draft", draft, "en"), [Article("source", SOURCE, "en")])
    assert (finding.verdict, finding.line, finding.column, notices) == (Verdict.ALTERED, 5, 3, ())
    assert [draft[s:e] for s, e in finding.quotation.spans] == [
        "We will close the old bridge before the new",
        "one carries every bus.",
    ]


def test_a_name_below_french_words_is_no_turn_of_dialogue() -> None:
    """A dash opens speech there, but not a name under a quotation."""
    assert spoken("« Nous restons ici. »\n— Anne Morel, maire\n", "fr") == [("Nous restons ici.", "Anne Morel")]


def test_a_draft_that_is_one_line_of_dialogue_has_a_language() -> None:
    """Its verb of saying tells which, where its small words are in two languages."""
    assert spoken("– Je ne partirai pas, dit Ana.\n", "und") == [("Je ne partirai pas,", "Ana")]


PAGE = """<html lang="en"><body><article><p>Ana Torvald wrote to the council on Monday:</p>
<blockquote><p>We stay.</p><p>You go.</p></blockquote><p>Nobody in the town hall answered her.</p>
<figure><blockquote>It is cold.</blockquote><figcaption>— Bo Lund, diver</figcaption></figure>
<blockquote class="twitter-tweet"><p>We never asked.</p>&mdash; Ida Holm (@ida) <a href="/">May 5</a></blockquote>
<blockquote><p>It is late.</p><footer>Ida Holm</footer></blockquote></article></body></html>"""


def test_block_quotations_of_a_page(tmp_path: Path) -> None:
    """They are led, by paragraphs; a caption, a footer or a dash names who said them."""
    found = of(PAGE.encode(), "page.html", tmp_path)
    assert isinstance(found, Article)
    assert "Monday:\n\n> We stay.\n>\n> You go.\n\nNobody" in found.text
    assert spoken(found.text) == [
        ("We stay. You go.", "Ana Torvald"),
        ("It is cold.", "Bo Lund"),
        ("We never asked.", "Ida Holm"),
        ("It is late.", "Ida Holm"),
    ]


def styled(words: str, style: str) -> str:
    """A paragraph of Word."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>'


@pytest.mark.parametrize("style", ["Quote", "IntensivesZitat", "Citation", "BlockText", "a7", "Indented"])
def test_a_style_for_quotations_is_a_block_in_word(style: str, tmp_path: Path) -> None:
    """By its name, by the name that an id stands for, or by the style that it is based on."""
    names = (
        'w:styleId="a7"><w:name w:val="Intense Quote"/></w:style><w:style w:styleId="Indented"><w:basedOn w:val="a7"/>'
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = styled("She wrote:", "Normal") + styled("We stay.", style) + styled("Then came", "Caption")
    data = packed(
        {
            "word/document.xml": f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>',
            "word/styles.xml": f'<w:styles xmlns:w="{space}"><w:style {names}</w:style></w:styles>',
        }
    )
    assert text_of(data, "a.docx", tmp_path) == "She wrote:\n> We stay.\nThen came\n"


def test_a_style_for_quotations_is_a_block_in_opendocument(tmp_path: Path) -> None:
    """Also where a paragraph has a style of its own that is based on it."""
    body = '<text:p>She wrote:</text:p><text:p text:style-name="P1">We stay.</text:p>'
    style = '<style:style style:name="P1" style:parent-style-name="Quotations"/>'
    space = 'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    content = office(body).replace("<office:body>", f"<office:styles {space}>{style}</office:styles><office:body>")
    assert text_of(packed({"content.xml": content}), "a.odt", tmp_path) == "She wrote:\n> We stay.\n"


def test_a_block_quotation_of_tei(tmp_path: Path) -> None:
    """A quote with paragraphs of its own is led, and the reference below it names who said it."""
    body = (
        "<p>It was late.</p><cit><quote><p>We stay.</p><p>You go.</p></quote><bibl>Bo Lund</bibl></cit>"
        "<quote><p>“We go,” she said.</p></quote>"
    )
    data = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text xml:lang="en"><body>{body}</body></text></TEI>'
    text = text_of(data.encode(), "a.xml", tmp_path)
    assert text == "It was late.\n\n> We stay.\n>\n> You go.\n\n— Bo Lund\n\n“We go,” she said."
    assert spoken(text)[0] == ("We stay. You go.", "Bo Lund")


# -- tracked changes -------------------------------------------------------------------------------------------------

FIGURE = (
    "<w:p><w:r><w:t>“It costs </w:t></w:r><w:del><w:r><w:delText>4</w:delText></w:r></w:del>"
    "<w:ins><w:r><w:t>5</w:t></w:r></w:ins>"
    "<w:r><w:t>0 crowns to mend the old bridge,” she said. “We will stay.”</w:t></w:r></w:p>"
)


def test_both_versions_of_a_document_are_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No figure is made of two; what was wrong before says so, and what both have is told once."""
    draft, source = tmp_path / "draft.docx", tmp_path / "source.txt"
    draft.write_bytes(word(FIGURE))
    source.write_text("“It costs 50 crowns to mend the old bridge,” she said. “We will not stay.”", encoding="utf-8")
    arguments = ["check", str(draft), "--against", str(source), "-f", "line", "--changes", "both"]
    assert main(arguments) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.removeprefix(str(draft)).partition(": ")[0] for line in lines] == [":1:57", "#before:1:2"]
    assert "“50” became “40”" in lines[1]


def test_a_document_without_changes_has_one_version(tmp_path: Path) -> None:
    """Nothing is checked twice for nothing; the version before says what it is."""
    path = tmp_path / "a.docx"
    path.write_bytes(word("<w:p><w:r><w:t>We stay.</w:t></w:r></w:p>"))
    assert len(list(read([path], Reading(changes="both")))) == 1
    path.write_bytes(word(FIGURE))
    found = [a for a in read([path], Reading(changes="both")) if isinstance(a, Article)]
    assert [(a.id, is_before(a)) for a in found] == [("a", False), ("a.before", True)]


@pytest.mark.parametrize(("changes", "mark"), [("accept", "del"), ("reject", "ins")])
def test_a_paragraph_end_may_be_a_change(changes: str, mark: str, tmp_path: Path) -> None:
    """Two paragraphs are one where the end between them was taken out, or was not there yet."""
    body = f"<w:p><w:pPr><w:rPr><w:{mark}/></w:rPr></w:pPr><w:r><w:t>“We </w:t></w:r></w:p>"
    body += "<w:p><w:r><w:t>stay.”</w:t></w:r></w:p>"
    assert text_of(word(body), "a.docx", tmp_path, changes=changes) == "“We stay.”\n"


def test_changes_of_opendocument_reach_over_paragraphs_and_notes(tmp_path: Path) -> None:
    """What was put in over an end of paragraph leaves one behind; what was taken out has its spaces and no remarks."""
    body = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:insertion/></text:changed-region>'
        '<text:changed-region text:id="c2"><text:deletion><office:change-info><text:p>a remark</text:p>'
        '</office:change-info><text:p>not<text:s text:c="2"/>so</text:p></text:deletion></text:changed-region>'
        '</text:tracked-changes><text:p>“We <text:change-start text:change-id="c1"/>all</text:p><text:p>of us '
        '<text:change-end text:change-id="c1"/>stay <text:change text:change-id="c2"/>.”</text:p>'
    )
    data = packed({"content.xml": office(body)})
    assert text_of(data, "a.odt", tmp_path, changes="reject") == "“We stay not  so.”\n"
    assert text_of(data, "a.odt", tmp_path) == "“We all\nof us stay .”\n"


# -- printed pages ---------------------------------------------------------------------------------------------------

PAGES = [
    """The Northern Post
The harbour bridge
Mayor Ana Torvald was clear. “We will not close the
old bridge before the new one carries every passen-
ger in this city,” she said to the council. “It is a
well-known promise.”
Engineer Pavel Brandt was less certain of that. “The
winter will decide, and the winter has never asked
1""",
    """The Northern Post
the council, nor a well-known man,” he said.
Nobody answered.
- It was late.
2""",
]


def test_the_lines_of_printed_pages_become_paragraphs() -> None:
    """Over the end of a page, too; running heads and page numbers go, and a word parted at an end is whole."""
    assert paragraphs_of(PAGES).split("\n\n") == [
        "The harbour bridge",
        "Mayor Ana Torvald was clear. “We will not close the old bridge before the new one carries every passenger in "
        "this city,” she said to the council. “It is a well-known promise.”",
        "Engineer Pavel Brandt was less certain of that. “The winter will decide, and the winter has never asked the "
        "council, nor a well-known man,” he said.",
        "Nobody answered.",
        "- It was late.\n",
    ]


def test_short_lines_of_a_page_stay_lines() -> None:
    """Cells of a table and titles are not made one with what follows them."""
    page = "Year\nSaid by\n2019\nPavel Brandt\nThe winter was long, and the ferry did not come for a month"
    assert paragraphs_of([page]) == page.replace("\n", "\n\n") + "\n"
