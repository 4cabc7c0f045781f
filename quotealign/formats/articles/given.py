"""Articles of what was handed over, such as an upload: a name and bytes. No file is opened by such a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import PurePosixPath

from quotealign.errors import QuotealignError
from quotealign.formats.articles.distinct import distinct
from quotealign.formats.articles.reading import DOCUMENTS, FORMATS, Reading, parse_pieces, too_large
from quotealign.model import Article, Notice

ENDINGS = tuple(sorted({**FORMATS, **DOCUMENTS}))
"""The endings of names that tell a format."""


def read_given(given: Iterable[tuple[str, bytes]], how: Reading | None = None) -> Iterator[Article | Notice]:
    """Articles, and a notice for whatever gives none. The end of a name tells the format, as a file's does."""
    how = how or Reading()
    yield from distinct(chain.from_iterable(_of(name, data, how) for name, data in given), how.lang)


def _of(name: str, data: bytes, how: Reading) -> Iterator[Article | Notice]:
    # A browser on Windows may send the whole path.
    path = PurePosixPath(name.replace("\\", "/").rpartition("/")[2])
    kind = how.format or {**FORMATS, **DOCUMENTS}.get(path.suffix.lower())
    if kind is None:
        what = f"the ending {path.suffix or '(none)'} is not one of {', '.join(ENDINGS)}"
        yield Notice("format", str(path), what, "save it as one of these", skipped=True)
        return
    if kind != "jsonl" and len(data) > how.most(kind):
        yield too_large(str(path), len(data), how.most(kind))
        return
    try:
        if kind == "tei":
            from quotealign.formats.tei.input import told_articles

            yield from told_articles(data, str(path), path.stem, True)
        else:
            yield from parse_pieces(iter((data,)), str(path), path.stem, kind, how)
    except QuotealignError as error:
        yield Notice("unreadable", str(path), error.what, error.do, skipped=True)
