"""TEI as input: the articles that a file holds, ours to the code point, those of others by their paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from quotealign.errors import QuotealignError
from quotealign.formats import records
from quotealign.formats.records import Record
from quotealign.formats.tei.elements import TEI, Element
from quotealign.formats.tei.parsing import parse
from quotealign.formats.tei.reading import article_of, articles, quotations_of, without_text
from quotealign.model import Article, Notice


def articles_in(data: bytes, where: str, stem: str) -> Iterator[Article | Notice]:
    """The articles of a file, and a notice where one gives none; nothing for a file without articles."""
    try:
        root = parse(data, where)
    except QuotealignError as error:
        yield Notice("unreadable", error.where, error.what, error.do, skipped=True)
        return
    for tree in articles(root):
        if without_text(tree):
            do = "read it with quotealign tei read, which gives its quotations"
            yield Notice("empty", where, "this TEI file leaves its article's text out", do, skipped=True)
            continue
        record = article_of(tree, stem)
        if not str(record.get("text", "")).strip():
            yield Notice("empty", where, "holds no text", "put text there or leave it out", skipped=True)
            continue
        try:
            yield records.article_of(record, where)
        except QuotealignError as error:
            yield Notice("record", where, error.what, error.do, skipped=True)


def records_in(root: Element, stem: str) -> Iterator[tuple[Record, list[Record]]]:
    """For each article in a document its record, and those of its quotations."""
    for tree in articles(root):
        yield article_of(tree, stem), quotations_of(tree, stem)


def lacks(record: Record) -> tuple[str, str] | None:
    """What the record of an article has neither as text nor as the checksum of a text left out, and what to do."""
    if "text" in record:
        return None if record["text"].strip() else ("holds no text", "put text there or leave it out")
    if {"text_length", "text_sha256"} <= record.keys():
        return None
    return "leaves its article's text out, and its length or SHA-256 as well", "restore them in extent and sourceDesc"


def is_tei(root: Element) -> bool:
    """Whether a document is TEI at all."""
    return etree.QName(root).namespace == TEI


def told_articles(data: bytes, where: str, stem: str, named: bool) -> Iterator[Article | Notice]:
    """`articles_in`, and a notice where a file that was named holds none. A file of a folder that holds none, such as a
    collation, is passed over."""
    found = False
    for item in articles_in(data, where, stem):
        found = True
        yield item
    if not found and named:
        what = "no article in this file: it is a collation, an index, or no TEI"
        yield Notice("no-article", where, what, "name the files of articles, or their folder", skipped=True)
