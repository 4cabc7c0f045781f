"""The articles as a bibliography, read back by bibtexparser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotealign.cli import main
from quotealign.formats.bibtex import bibtex
from quotealign.model import Article

HOSTILE = st.text(st.sampled_from('\\{}$&#%_^~<>"|@,=\t\n 😀שaé') | st.characters(codec="utf-8"), max_size=12)


UNKNOWN = {*"'`-?!", *'<>|"^~\\'}
"""Two of the first are one sign in TeX, as they are when somebody types them; the names of the others this reader
does not know."""


def words(text: str) -> list[str]:
    return "".join(" " if ord(c) < 32 else c for c in text).split()


def read(content: str) -> list[tuple[str, str, dict[str, str]]]:
    """Type, key and fields of each entry, TeX read as the characters that it stands for."""
    reader: Any = pytest.importorskip("bibtexparser", reason="needs bibtexparser, a reader of BibTeX")
    latex: Any = pytest.importorskip("pylatexenc.latex2text", reason="needs pylatexenc, which bibtexparser brings")
    library = reader.parse_string(content)
    assert not library.failed_blocks
    plain = latex.LatexNodes2Text(math_mode="verbatim").latex_to_text

    def shown(key: str, value: str) -> str:
        # These two names it does not know.
        named = value.replace("\\textbraceleft{}", "\\{").replace("\\textbraceright{}", "\\}")
        return value if key == "url" else plain(named)

    return [(e.entry_type, e.key, {f.key: shown(f.key, f.value) for f in e.fields}) for e in library.entries]


def test_an_article_has_the_entry_that_its_header_makes() -> None:
    articles = [
        Article("a", "", "en", "50% & {more}", "Gazette", "2020-10-02T10:00Z", "https://example.org/a?b=1&c=2#x_%20"),
        Article("b c", "", "und", None, "Post", "on Friday", "nowhere {"),
        Article("B c", ""),
    ]
    (one, a, first), (two, b, second), (three, other, third) = read(bibtex(articles))
    assert (one, two, three) == ("online", "article", "misc")
    assert a == "a"
    assert len({b.lower(), other.lower(), a}) == 3
    assert first == {
        "title": "50% & {more}",
        "organization": "Gazette",
        "date": "2020-10-02",
        "url": "https://example.org/a?b=1&c=2#x_%20",
        "language": "en",
    }
    assert second == {"title": "b c", "journal": "Post", "note": "published on Friday; address nowhere {"}
    assert third == {"title": "B c"}


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(HOSTILE.filter(bool), HOSTILE, HOSTILE), max_size=3, unique_by=lambda row: row[0]))
def test_no_title_breaks_the_file(rows: list[tuple[str, str, str]]) -> None:
    """As many entries come out as went in, each with a key of its own, and their braces are in balance."""
    content = bibtex(Article(name, "", "en", title, outlet) for name, title, outlet in rows)
    entries = read(content)
    assert len(entries) == len(rows)
    assert len({key for _, key, _ in entries}) == len(rows)
    assert content.count("{") == content.count("}")
    for (_, _, fields), (name, title, outlet) in zip(entries, rows, strict=True):
        assert ("journal" in fields) == bool(words(outlet))
        if not UNKNOWN & {*name, *title}:
            assert fields.get("title", "").split() == (words(title) or words(name))


def test_cite_writes_the_articles_or_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [
        {"id": "a", "text": "We shall stay here, she said.", "title": "A", "published": "2020"},
        {"id": "x"},
    ]
    Path("a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert main(["cite", "a.jsonl"]) == 3
    out, err = capfdbinary.readouterr()
    assert out.decode() == "@misc{a,\n  title = {{A}},\n  date = {2020},\n  language = {en},\n}\n"
    assert b"has no text" in err
    assert main(["cite", "a.jsonl", "-f", "text"]) == 2
    assert main(["cite"]) == 0
    assert capfdbinary.readouterr().out.startswith(b"The quotealign developers")
