"""How files of articles are named, on every system."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from quotealign.formats import tei
from quotealign.formats.annotations import FOLDERS, Annotated
from quotealign.formats.tei.validation import check, files
from quotealign.model import Alignment, Article


def test_no_two_articles_have_file_names_that_some_system_takes_for_one(tmp_path: Path) -> None:
    """macOS and Windows know no capitals in names, and keep some for devices; a name is made of the id alone."""
    ids = ["bridge", "Bridge", "caf\u00e9", "cafe\u0301", "CON", "nul", "aux.2", "end.", "x" * 300, "X" * 300]
    names = [tei.article_file(name) for name in ids]
    assert len({unicodedata.normalize("NFC", name).casefold() for name in names}) == len(ids)
    assert all(len(name.encode()) < 200 for name in names)
    assert names[0] == "article.bridge.xml"
    assert re.fullmatch(r"article\.Bridge\.[0-9a-f]{8}\.xml", names[1])
    articles = tuple(Article(name, "We go.") for name in ids)
    written = FOLDERS["brat"]("1", ()).write([Annotated(article, (), ()) for article in articles], tmp_path / "brat")
    assert len({path.name.lower() for path in written}) == 2 * len(ids) + 1
    assert not {path.name.split(".")[0].lower() for path in written} & {"con", "nul", "aux"}
    tei.write(Alignment(articles), tmp_path / "tei", version="1")
    assert not any(one.problems for one in check(files([str(tmp_path / "tei")])))
    assert sorted(path.name for path in (tmp_path / "tei").iterdir()) == sorted([*names, "corpus.xml"])
