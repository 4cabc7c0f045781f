"""Documents read as articles: Word, OpenDocument, web pages, PDF; what is broken gets one sentence."""

from __future__ import annotations

import importlib.util
import io
import sys
import zipfile
from pathlib import Path

import pytest

from quotealign.formats.articles import Reading, read
from quotealign.model import Article, Notice

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)


def packed(parts: dict[str, str]) -> bytes:
    """A zip of some parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, text in parts.items():
            folder.writestr(name, text)
    return data.getvalue()


def word(body: str, notes: str = "") -> bytes:
    """A Word document with this body, and footnotes."""
    parts = {"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"}
    if notes:
        parts["word/footnotes.xml"] = f"<w:footnotes {W}><w:footnote>{notes}</w:footnote></w:footnotes>"
    return packed(parts)


def office(body: str) -> str:
    """The content of an OpenDocument text."""
    inner = f"<office:body><office:text>{body}</office:text></office:body>"
    return f"<office:document-content {ODF}>{inner}</office:document-content>"


def of(data: bytes, name: str, folder: Path, **how: str) -> Article | Notice:
    """What comes of a file."""
    path = folder / name
    path.write_bytes(data)
    (found,) = read([path], Reading(**how))
    return found


def text_of(data: bytes, name: str, folder: Path, **how: str) -> str:
    """The text of a file that can be read."""
    found = of(data, name, folder, **how)
    assert isinstance(found, Article), found
    return found.text


CHANGED = (
    "<w:p><w:r><w:t>“We will </w:t></w:r><w:del><w:r><w:delText>not </w:delText></w:r></w:del>"
    '<w:ins><w:r><w:t xml:space="preserve">never </w:t></w:r></w:ins><w:r><w:t>go,” she said.</w:t></w:r></w:p>'
)


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ("accept", "“We will never go,” she said.\n"),
        ("reject", "“We will not go,” she said.\n"),
    ],
)
def test_tracked_changes_of_word(changes: str, text: str, tmp_path: Path) -> None:
    """What was put in and taken out is accepted or rejected."""
    assert text_of(word(CHANGED), "draft.docx", tmp_path, changes=changes) == text


def test_tables_notes_and_boxes_of_word(tmp_path: Path) -> None:
    """A cell's paragraphs are lines, footnotes come last, a text box comes once, fields and their codes do not."""
    box = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>'
        "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback>"
        "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent>"
    )
    body = (
        f"<w:p><w:r><w:t>Above.</w:t><w:instrText> PAGE </w:instrText>{box}</w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>left</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>right</w:t><w:tab/><w:t>end</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    note = "<w:p><w:r><w:t>A note.</w:t></w:r></w:p>"
    assert text_of(word(body, note), "a.docx", tmp_path) == "Above.\nIn a box.\nleft\nright\tend\nA note.\n"


@pytest.mark.parametrize(
    ("changes", "line"),
    [("accept", "We will never  go."), ("reject", "We will not  go.")],
)
def test_opendocument(changes: str, line: str, tmp_path: Path) -> None:
    """Headings, spaces, tabs, notes, tables and tracked changes of OpenDocument."""
    body = (
        "<text:tracked-changes>"
        '<text:changed-region text:id="c1"><text:deletion><text:p>not</text:p></text:deletion></text:changed-region>'
        '<text:changed-region text:id="c2"><text:insertion/></text:changed-region></text:tracked-changes>'
        "<text:h>Title</text:h><text:p>We will "
        '<text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>never'
        '<text:change-end text:change-id="c2"/><text:s text:c="2"/>go.'
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body>"
        "</text:note></text:p><table:table><table:table-row><table:table-cell><text:p>cell</text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )
    content = office(body)
    assert (
        text_of(packed({"content.xml": content}), "a.odt", tmp_path, changes=changes)
        == f"Title\n{line}\ncell\nA note.\n"
    )


def test_a_page_keeps_its_article_and_its_quotations(tmp_path: Path) -> None:
    """The marks of `q` are there, captions too; navigation, scripts and what is mostly links are not."""
    page = """<!DOCTYPE html><html lang="en"><head><title>The harbour  opens</title>
<script>var x = "“no”";</script></head><body><nav><ul><li><a href="/">Home</a></li></ul></nav>
<main><article><h1>The harbour opens</h1>
<p>Ann Lee said: <q>We will call it <q>the<em>old</em> sea</q>, and <a href="/x">nothing</a> else.</q></p>
<figure><img src="x.jpg" alt="A boat"><figcaption>The boat of <b>Ann Lee</b>.</figcaption></figure>
<ul><li><a href="/1">Read this as well</a></li><li><a href="/2">And this</a></li></ul></article></main>
<footer>All rights</footer></body></html>"""
    found = of(page.encode(), "page.html", tmp_path)
    assert isinstance(found, Article)
    assert found.text == (
        "The harbour opens\n\nAnn Lee said: “We will call it ‘theold sea’, and nothing else.”\n\nThe boat of Ann Lee.\n"
    )
    assert (found.title, found.lang) == ("The harbour opens", "en")


ASIDES = """<html><body><div role="banner"><p>Above all.</p></div><div style="display: none">Unseen.</div>
<main><h1>The harbour</h1><div class="elementor-widget"><p>Ann Lee opened it.</p></div>
<div class="article-comments"><p>Nobody asked.</p></div><p class="hidden md:block">It was late.</p>
<div class="x"><a href="/1">The ferry</a><p>Sunk again.</p></div>
<div class="x"><a href="/2">The mill</a><p>Sold.</p></div>
<div><a href="/ann">Ann Lee</a> is the mayor.</div><div><a href="/bo">Bo Lund</a> is not.</div></main></body></html>"""


def test_what_a_page_says_to_be_no_article_is_left_out(tmp_path: Path) -> None:
    """By role, by style, by the name that its program gives it, and rows of teasers; no name takes half a page away."""
    text = text_of(ASIDES.encode(), "page.html", tmp_path)
    sentences = ["The harbour", "Ann Lee opened it.", "It was late.", "Ann Lee is the mayor.", "Bo Lund is not."]
    assert text.split("\n\n") == [*sentences[:-1], sentences[-1] + "\n"]
    whole = text_of(ASIDES.replace("<main>", '<main class="newsletter">').encode(), "page.html", tmp_path)
    assert whole == text


@pytest.mark.parametrize("wrapped", ["%s", '[{"@graph": [{"author": {}}, %s]}]'])
def test_an_article_that_only_a_script_shows_is_read_from_what_search_engines_get(wrapped: str, tmp_path: Path) -> None:
    """Its paragraphs are lines; what is shown goes before it, and broken JSON is passed over."""
    body = wrapped % '{"articleBody": "“We will go,” said Ann Lee.\\n\\nShe went."}'
    page = '<html><body><script type="application/ld+json">%s</script><div id="app">%s</div></body></html>'
    assert (
        text_of((page % (body, "Wait.")).encode(), "a.html", tmp_path) == "“We will go,” said Ann Lee.\n\nShe went.\n"
    )
    shown = text_of((page % (body, "<p>The whole article stands here already.</p>")).encode(), "a.html", tmp_path)
    assert shown == "The whole article stands here already.\n"
    assert text_of((page % ('{"articleBody": ', "Wait.")).encode(), "a.html", tmp_path) == "Wait.\n"


def test_pages_of_many_builds_give_their_article() -> None:
    """Of the sentences of articles nearly all come out, with their marks, and few of those around them."""
    path = Path(__file__).parents[1] / "benchmarks" / "pages.py"
    spec = importlib.util.spec_from_file_location("pages_benchmark", path)
    assert spec is not None
    assert spec.loader is not None
    benchmark = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = benchmark  # its dataclasses look there
    spec.loader.exec_module(benchmark)
    for folder, recall, precision in ((benchmark.FOLDER, 0.98, 0.94), (benchmark.FOLDER / "held", 0.98, 0.8)):
        found = benchmark.counted(benchmark.pages_of(folder), benchmark.ours).figures()
        assert found["recall"] >= recall, found
        assert found["precision"] >= precision, found
        assert found["marks"] == 1


BROKEN = [
    ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
    ("cut.docx", word(CHANGED)[:-40], "broken"),
    ("text.docx", b"We will go.", "broken"),
    ("other.docx", packed({"mimetype": "x"}), "no Word document"),
    ("empty.docx", word("<w:p/>"), "no text"),
    ("bad.docx", packed({"word/document.xml": "<w:document"}), "broken"),
    (
        "locked.odt",
        packed(
            {
                "content.xml": office(""),
                "META-INF/manifest.xml": '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
                "<m:file-entry><m:encryption-data/></m:file-entry></m:manifest>",
            }
        ),
        "password",
    ),
    ("empty.html", b"<html><body><nav>Home</nav></body></html>", "no page with text"),
]


@pytest.mark.parametrize(("name", "data", "why"), BROKEN, ids=[name for name, *_ in BROKEN])
def test_what_cannot_be_read_is_told_in_one_sentence(name: str, data: bytes, why: str, tmp_path: Path) -> None:
    """Password, cut file, no document, no words: a notice that says which, and what to do."""
    found = of(data, name, tmp_path)
    assert isinstance(found, Notice)
    assert found.skipped
    assert why in found.what
    assert found.do


def test_a_document_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    """A small file with a part of a hundred megabytes in it is told, not read; so are tags and text without end."""
    found = of(packed({"word/document.xml": " " * 70_000_000}), "bomb.docx", tmp_path)
    assert isinstance(found, Notice)
    assert "64 MB" in found.what
    tags = of(word("<w:p/>" * 2_000_001), "bomb.docx", tmp_path)
    assert isinstance(tags, Notice)
    assert "2,000,000 tags" in tags.what
    paragraph = f"<w:p><w:r><w:t>{'We go. ' * 100_000}</w:t></w:r></w:p>"
    text = of(word(8 * paragraph), "bomb.docx", tmp_path)
    assert isinstance(text, Notice)
    assert "5.6 MB" in text.what


def test_entities_are_not_fetched(tmp_path: Path) -> None:
    """A document cannot make us read another file."""
    (tmp_path / "secret").write_text("hidden words", encoding="utf-8")
    entity = f'<!DOCTYPE x [<!ENTITY s SYSTEM "file://{tmp_path}/secret">]>'
    evil = f"{entity}<w:document {W}><w:body><w:p><w:r><w:t>a&s;b</w:t></w:r></w:p></w:body></w:document>"
    found = of(packed({"word/document.xml": evil}), "evil.docx", tmp_path)
    assert not isinstance(found, Article) or "hidden" not in found.text


def a_pdf(stream: str) -> bytes:
    """A PDF of one page."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R "
        "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{place:010} 00000 n \n" for place in places)
    return (out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").encode("latin-1")


def test_a_pdf_gives_its_text_and_a_scan_is_told(tmp_path: Path) -> None:
    """The words of a page are read; a page without any is a scan; what is no PDF is told."""
    pytest.importorskip("pypdf")
    page = a_pdf("BT /F1 12 Tf 20 200 Td (We will go home, she said.) Tj ET")
    assert text_of(page, "a.pdf", tmp_path) == "We will go home, she said.\n"
    scan = of(a_pdf("q Q"), "scan.pdf", tmp_path)
    assert isinstance(scan, Notice)
    assert "scan" in scan.what
    broken = of(b"%PDF-1.4 and nothing more", "broken.pdf", tmp_path)
    assert isinstance(broken, Notice)
    assert broken.skipped


def test_a_folder_gives_documents_only_where_they_are_asked_for(tmp_path: Path) -> None:
    """Notes beside the articles of `align` stay notes; among sources every document counts."""
    (tmp_path / "a.txt").write_text("one", encoding="utf-8")
    (tmp_path / "b.md").write_text("two", encoding="utf-8")
    plain = [x.id for x in read([tmp_path], Reading()) if isinstance(x, Article)]
    every = [x.id for x in read([tmp_path], Reading(documents=True)) if isinstance(x, Article)]
    assert (plain, every) == (["a"], ["a", "b"])
